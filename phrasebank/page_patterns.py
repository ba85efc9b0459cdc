"""What stands around a speech on a page: buttons, links, copies of the title, and what looks like them and belongs to the
speech. Data for `phrasebank.surroundings`."""

from __future__ import annotations

import re

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
    rf"《?[^。！？；：:|>]{{4,50}}(?:{_KIND}|规定|条例|办法|决定|建议|规划|纲要|细则)(?:[（(][^（）()]{{1,12}}[）)])?》?"
)
UNSEEN = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&[a-z]{2,8};|[\u200b-\u200f\u00ad\ufeff\u00a0\s]+")
"""Tags, escapes, spaces and what does not show."""
PAGE = re.compile(r"[-—–─·\s]{0,4}(\d{1,3})[-—–─·\s]{0,4}")
NUMBERED = re.compile(r"(.{5,60}?)[\s\-—_]*\d{1,3}")
LABELLED = re.compile(r"[一-鿿]{2,4}\s*[:：]")
EDITION = re.compile(r"\s*[（(](?:试行|草案|暂行|修订|\d{4}\s?年).{0,8}[）)]")
KEPT = re.compile(
    r".{0,10}(?:名词|用语|术语)(?:解释|说明).{0,6}$|.{0,12}[〔\[（(][\dXx×*]{2,4}[〕\]）)].{0,4}号|.{0,12}第\s*[\dXx×*]+\s*号.{0,20}$"
    r"|[（(]此件.{2,12}|新华(?:通讯)?社.{0,16}$|(?:附件?|附录|注|注释|说明|附注|抄送|谢谢)[\d一二三四五]{0,2}\s*(?:[:：].*|$)"
)
"""Numbers of documents, notes and lists of attachments: they read as furniture does and belong to the text."""
SITE_END = re.compile(
    r"(?:网|文库|素材库|资料站|公文圈|知识星球|笔杆子|文档|公众号|平台|之家|资料库|范文|工作室|[a-z]{2,}\.[a-z]{2,4})[\W_]*$"
)
