"""What stands around a speech on a page: buttons, links, copies of the title, and what looks like them and belongs to the
speech. Data for `phrasebank.surroundings`."""

from __future__ import annotations

import re

from phrasebank.name_patterns import SURNAMES

_UI = "|".join(
    (
        "首页|主页|登录|登陆|注册|搜索|分享|收藏|点赞|赞|在看|转发|评论|举报|反馈|纠错|下载|免费下载|立即下载|打印|关闭|返回|顶部",
        "返回顶部|全屏|目录|导航|客服|帮助|投稿|订阅|关注|阅读原文|网友评论|最新评论|网站地图|联系我们|关于我们|无障碍浏览|长者模式",
        "手机版|电脑版|上一页|下一页|尾页|末页|微信|微博|朋友圈|QQ空间|QQ好友|更多|展开|收起|正文|字号|字体|大|中|小|A|TOP|top|扫一扫",
        "二维码|设为首页|加入收藏|会员中心|新闻中心|下载中心|免责声明|隐私政策|用户协议|友情链接|全部|换一换|刷新|复制|复制链接|播放",
        "暂停|默认|超大",
    )
)
UI_LINE = re.compile(rf"(?:(?:{_UI})|[\s\d+\-|/·>»>【】\[\]（）()：:、,，★☆←→↑↓＋^~]){{1,40}}")
"""Words of buttons and nothing else."""
UI_WORD = re.compile(_UI)

_KIND = (
    "讲话|发言|发言稿|讲话稿|发言材料|研讨材料|总结|主持词|报告|心得体会|体会|方案|党课|党课讲稿|讲稿|述职报告|对照检查材料"
    "|剖析材料|表态发言|致辞|工作要点|汇报|意见|通知|经验材料|提纲|计划|体会文章|倡议书|材料|演讲稿"
)
_DAY = r"\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?"
_PREFIX = (
    rf"[\[［(（【]?{_DAY}[\]］)）】]?\s*|[·•●○◆■▪»>*★☆☞→\-]+\s*|[\[【［][^\[\]【】]{{1,6}}[\]】］]\s*"
    rf"|(?:{_UI}|上一[篇条]|下一[篇条])\s*[:：]\s*"
)
LISTED = re.compile(
    rf"(?:{_PREFIX})[^。！？；]{{4,60}}|[^。！？；]{{4,60}}\s[\[(（]?{_DAY}[\])）]?"
    rf"|(?:[\[【（(]?\d{{1,2}}[\]】）).、．]\s*)?《?[^。！？；]{{2,50}}?(?:{_KIND})》?(?:[（(【\[][^（）()]{{1,16}}[）)】\]])?"
    rf"\s*(?:[（(\[]?{_DAY}[）)\]]?)?"
)
"""An entry of a list of links: with a bullet, a date or a label, or the title of a text."""
RELATED = re.compile(
    r"(?:相关|推荐|热门|热点|精彩|最新|延伸|本类|同类|猜你|大家|您|你|随机|编辑|小编)[^。，]{0,6}"
    r"(?:文章|阅读|推荐|链接|资讯|新闻|文档|内容|范文|专题|喜欢|在看|感兴趣|下载|排行)[】\]]?\s*[:：]?"
)
TITLE = re.compile(
    rf"《?[^。！？；：:|>]{{4,50}}(?:{_KIND}|规定|条例|办法|决定|建议|规划|纲要|细则|汇编)(?:范文)?(?:[（(][^（）()]{{1,12}}[）)])?》?"
)
GREETING = re.compile(r"(?:同志们|大家|各位)?(?:早上|上午|中午|下午|晚上)?好[！!。.，,]?")
ABOVE = re.compile(r"(?:以上|上面|上述|这[篇份])[^。！？，]{0,12}(?:小[编編]|讲话|发言|演讲|稿|范文|内容)")
"""What is said of a text that stands above."""
HANDED = re.compile(
    r"(?:下面|以下|接下来)(?:是|就是)?(?:小[编編]|[^。！？我]{0,6}|我们)[为為给給帮幫](?:大家|您|你|各位)[^。！？我]{0,6}(?:整理|收集|搜集|分享|推荐|准备|带来)[^。！？]{0,60}"
    r"|小[编編][^。！？]{0,60}"
)
HOPED = re.compile(r"(?:希望|[供欢歡]迎?)[^。！？]{0,8}(?:帮助|幫助|参考|參考|借[鉴鑑]|喜[欢歡]|阅[读讀]|收藏)[^。！？]{0,12}[。！!]?\s*$")
"""With these words, at the end of a line above the speech, a page without an editor hands a text to its reader."""
ABSTRACT = re.compile(
    r"\s*(?:[【\[]\s*(?:摘\s*要|提\s*要|导\s*[语读]|内容[摘提]要|内容简介|核心提示|编者按)\s*[】\]]|(?:摘\s*要|导\s*[语读]|内容[摘提]要|内容简介|核心提示|编者按)\s*[:：])"
)
"""With these words a page says in advance what a text says."""
VIEWER_PAGE = re.compile(r"\s{0,8}(\d{1,3})[、.．]\s?(?=\D)")
"""A document viewer writes the number of each of its pages so."""
BREADCRUMB = re.compile(r"\s*(?:网站)?(?:首页|主页)[\s>/»›|·\-]+\S.{0,100}")
_TEXT = "一-鿿，、。；：！？“”（）"
_PICTURE = "\U0001f000-\U0001faff\u200d\ufe0f\u2640\u2642\u2702-\u27bf"
STRAY = (
    ("site_widget", re.compile(r"第\s{0,3}\d{1,4}\s{0,3}页\s{0,3}[,，/]?\s{0,3}[（(]?共\s{0,3}\d{1,4}\s{0,3}页[）)]?")),
    ("paywall_marker", re.compile(r"(?<=的)[`'.](?=[一-鿿，。、；：])")),
    ("site_widget", re.compile(r"[【<〈](?:正|摘要)[】>〉]")),
    ("site_footer", re.compile(r"[（(][^（）()。，]{2,16}(?:供稿|供图|撰稿|报道)[）)](?=\s{0,8}$)")),
    ("watermark", re.compile(f"[{_PICTURE}](?<=[{_TEXT}].)[{_PICTURE}]*(?=[{_TEXT}])")),
    ("watermark", re.compile(r"(?<!-)-{1,8}[^-。，]{0,10}(?:精品|推荐|文档|范文|资料)[^-。，]{0,6}-{1,8}")),
    ("site_widget", re.compile(r"^\s{0,8}[^\s。，]{0,12}(?:记者|通讯员)\s?[一-鿿]{2,4}\s?摄(?=\s)")),
)
"""What pages leave inside lines: their number, signs that betray a copy (pictures, marks behind 的), who took the picture or
sent the text in, the series of the site."""
STRAY_HINT = re.compile(
    f"[`'.】>〉）)\\-页摄{_PICTURE}](?:(?<=的[`'.])|(?<=[正要][】>〉])|(?<=[稿图道][）)])|(?<=-)|(?<=页)[\\s,，/（(共]|(?<=摄)\\s|(?<=[{_PICTURE}]))"
)
"""What one of these needs: a line without it is not looked at any closer."""
LINK_END = re.compile(
    r"(?:(?<=[。！？；”.…])|[\s…．.]{1,6}|[\[【（(<〈])[\s\[【（(<〈]{0,4}(?:点击|点此|继续)?(?:查看|阅读|展开|浏览|显示|收起)"
    r"(?:原文|全文|详情|详细|更多|全部|正文|余下全文)(?:内容)?[\s\]】）)>〉»＞…→]{0,6}$"
)
"""The link that opens the rest of a text, behind what is shown of it."""
LINK_ROOM = 24
"""Characters it takes at most."""
LINK_ENDS = frozenset("文情细多部容]】)）>〉»＞…→")
"""What it ends with."""
ASCII_RUN = re.compile(r"[!-~ ]{12,}")
PAGED = re.compile(r".{2,60}[\s_\-—]第\s*\d{1,3}\s*页|[^。，]{2,20}\d{4}\s?年第?\s?\d{1,2}\s?期")
"""The page of a document, or the issue of a journal, that a line of the site names."""
STAMP = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)[^。！？]{0,40}")
"""When a page was put up, to the minute, and by whom."""
FORM_ROW = re.compile(
    r"(?:文件名称|信息名称|标\s?题|索引号|作者(?:姓名|单位)?|公开[^|]{0,6}|文\s?号|有效性|成文日期|发布(?:日期|机构|单位)|主题(?:分类|词))"
    r"\s*[:：]?\s*\|.{0,100}|[一-鿿]{2,6}\s?[:：][^|。]{0,40}\|[^。]{0,60}|\|\s?(?:来源|作者|编辑)\s?[:：][^|。]{0,40}|[\s|｜]+"
)
"""A row of the form above a published document, or one with nothing in it."""
UNSEEN = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&[a-z]{2,8};|[\u200b-\u200f\u00ad\ufeff\u00a0\s]+")
"""Tags, escapes, spaces and what does not show."""
PAGE = re.compile(r"[-—–─·\s]{0,4}(\d{1,3})[-—–─·\s]{0,4}")
NUMBERED = re.compile(r"(.{5,60}?)[\s\-—_]*\d{1,3}")
LABELLED = re.compile(r"[一-鿿]{2,4}\s*[:：]")
EDITION = re.compile(r"\s*[（(](?:试行|草案|暂行|修订|\d{4}\s?年).{0,8}[）)]|\s*[【（(]?篇\s?[\d一二三四五六七八九十]{1,2}[】）)]?.{0,12}")
KEPT = re.compile(
    r".{0,10}(?:名词|用语|术语)(?:解释|说明).{0,6}$|.{0,12}[〔\[（(][\dXx×*]{2,4}[〕\]）)].{0,4}号|.{0,12}第\s*[\dXx×*]+\s*号.{0,20}$"
    r"|此致|敬礼|祝好|主题词|[（(]?(?:共印|加盖|盖章|公章|签字|签名).{0,12}[）)]?$|.{0,24}印发$|.{0,12}[（(](?:签字|签名|盖章|公章)[）)].{0,6}$"
    r"|[（(]此件.{2,12}|新华(?:通讯)?社.{0,16}$|(?:附件?|附录|注|注释|说明|附注|抄送|谢谢)[\d一二三四五]{0,2}\s*(?:[:：].*|$)"
)
"""Numbers of documents, notes and lists of attachments: they read as furniture does and belong to the text."""
SITE_END = re.compile(
    r"(?:网|移动版|手机版|客户端|文库|素材库|资料站|公文圈|知识星球|笔杆子|文档|公众号|平台|之家|资料库|范文|工作室|[a-z]{2,}\.[a-z]{2,4})[\W_]*$"
)
NAMES = re.compile(rf"[\W_]*[{SURNAMES}][一-鿿]{{1,2}}(?:[\s、]+[{SURNAMES}][一-鿿]{{1,2}})+[\W_]*")
"""A line of nothing but names: a byline."""
