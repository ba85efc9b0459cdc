"""What tells foreign matter from the text of a speech: cues with weights, and patterns. Data for `phrasebank.clean`.

No single weak cue convicts a line: real reports speak of downloads, members and QR codes too. A *core* cue speaks to
the reader of a web page or names where the text was offered; without one, weak cues count half.
"""

from __future__ import annotations

import re

from phrasebank.scan import any_of

CORE: dict[str, float] = {
    "http": 2,
    "www.": 2,
    ".com": 2,
    ".cn": 2,
    "加微信": 3,
    "微信号": 2,
    "加V": 2,
    "VX": 2,
    "QQ": 1.5,
    "qq": 1.5,
    "试读": 2,
    "网盘": 1.5,
    "客服": 1.5,
    "付费": 1,
    "会员": 1,
    "转载": 1.5,
    "注明出处": 1.5,
    "本站": 1.5,
    "本网站": 1.5,
    "素材库": 1.5,
    "代写": 2,
    "代笔": 2,
    "免责声明": 2,
    "代表作者": 2,
    "未经授权": 1,
    "未经许可": 1.5,
    "阅读全文": 2,
    "查看全文": 2,
    "查阅全文": 2,
    "完整阅读": 2,
    "完整版": 1,
    "全文共": 1.5,
    "未完": 1.5,
    "责任编辑": 2,
    "文秘网": 2,
    "写作网": 2,
    "公文网": 2,
    "范文网": 2,
    "素材网": 2,
    "材料网": 2,
    "文库网": 2,
    "笔杆子": 1.5,
    "公文库": 1.5,
    "资料群": 2,
    "打赏": 1.5,
    "充值": 1,
    "vip": 1.5,
    "VIP": 1.5,
    "版权所有": 2,
    "版权归": 2,
    "联系我们": 1.5,
    "请联系": 1,
    "小编": 1.5,
    "站长": 1.5,
    "备案号": 2,
    "ICP备": 2,
    "公网安备": 2,
    "Copyright": 2,
    "©": 2,
    "All Rights": 2,
    "可完整": 1.5,
    "注册会员": 1.5,
    "本文档": 1,
    "本文来": 2,
    "本文由": 1.5,
    "本文内容": 1.5,
    "本资料": 1,
    "原文链接": 2,
    "原文出处": 2,
    "文章来源": 2,
    "转自": 1.5,
    "更多范文": 2,
    "扫码关注": 1.5,
    "长按识别": 2,
    "公众号回复": 2,
    "后台回复": 2,
    "尽在": 0.5,
    "提示信息": 1,
    "免费领取": 2,
    "邀请码": 1.5,
    "需登录": 1.5,
    "登录后": 1.5,
    "继续阅读": 1.5,
    "剩余": 0.5,
    "省略": 1,
    "预览": 1,
    "整理发布": 1,
    "收集整理": 1,
    "严禁外传": 1.5,
    "请勿外传": 1.5,
    "关注我们": 1.5,
    "扫一扫": 1.5,
    "您当前的位置": 2,
    "润稿": 2,
    "润笔": 2,
    "接单": 1.5,
}
"""Words of those who offer texts, with how strongly they tell."""

WEAK: dict[str, float] = {
    "公众号": 1,
    "下载": 1,
    "点击": 1,
    "扫码": 1,
    "二维码": 1,
    "版权": 1,
    "侵权": 1,
    "收藏": 1,
    "出处": 1,
    "举报": 0.5,
    "邮件": 0.5,
    "邮箱": 0.5,
    "关注": 0.5,
    "素材": 0.5,
    "范文": 1,
    "材料": 0.25,
    "搜索": 0.5,
    "互联网用户": 1,
    "更新": 0.25,
    "存储空间": 1,
    "原创": 0.5,
    "法律责任": 0.5,
    "删除": 0.5,
    "全文": 0.5,
    "阅读": 0.25,
    "电话": 0.5,
    "微信": 0.5,
    "文库": 0.5,
    "公文": 0.5,
    "资料": 0.25,
    "交流群": 1,
    "好评": 0.5,
    "唯一平台": 1,
    "谨防": 0.25,
    "免费": 0.25,
    "来源": 0.5,
    "作者": 0.5,
    "网络": 0.25,
    "仅供": 0.5,
    "参考": 0.25,
    "学习交流": 0.5,
    "商业用途": 1,
    "星球": 0.5,
    "您": 0.5,
    "积分": 0.5,
    "上传": 0.5,
    "浏览": 0.5,
    "评论": 0.5,
    "请勿": 0.5,
    "照搬": 0.5,
    "登录": 0.5,
    "朋友圈": 1,
    "写作": 0.5,
    "声明": 0.5,
    "付费": 0.5,
}
"""Words that real texts use as well."""

VOICE = re.compile(
    r"我们|我的|[我本全][县镇市乡村局校省]|大家|同志|各(?:单位|乡镇|村|部门|级|地|位)|群众|今年|去年|会议|^(?:要|严禁|必须|坚决)|县委"
    r"|党员|干部|企业|学生|老师|村民|商户|居民|差距"
)
"""What tells one who speaks to an audience, or of its work, from one who offers texts to a reader."""
HARD = re.compile(
    "小编|本站|本网站|试读|加微信|微信号|加V|客服|VIP|vip|阅读全文|免责声明|版权归|未完|会员分享|范文|公文网|文库"
    "|对[你您](?:们)?(?:有所|有|的)?[^，。]{0,4}帮助|供(?:大家|您|你)参考|这篇(?:讲话|发言|演讲)稿"
)
"""What nobody says who speaks to an audience."""
PROSE = re.compile("我们|要|群众|工作|任务|责任|干部|党|发展|推进|推动|落实|建设|坚持|人民|问题|领导|加强")
"""Words hardly a sentence of a speech is without."""

BODY = ("群众", "干部", "推进", "推动", "建设", "发展", "全市", "全县", "全省", "部门", "企业", "坚持", "加强", "落实")
"""Words of the speech itself: each halves a point of suspicion away."""

_SIGNS = (
    "稿旨在",
    "扫描",
    "长按",
    "本文章",
    "该文章",
    "本篇文章",
    "此文档",
    "该内容",
    "浏览",
    "评论",
    "登录",
    "积分",
    "只能看到",
    "公众号",
    "关注",
    "下载",
    "二维码",
    "扫码",
    "版权",
    "侵权",
    "出处",
    "点击",
    ".net",
    ".org",
    ".top",
    ".vip",
    "朋友圈",
    "范文",
    "@",
    "声明",
    "仅供",
    "微信",
    "写作",
    "V信",
    "加群",
    "进群",
    "入群",
)
TRIGGERS = (*CORE, *_SIGNS)
CORE_WORD, WEAK_WORD, TRIGGER = any_of(CORE), any_of(WEAK), any_of(TRIGGERS)
"""A line without any of these is not judged as a whole, nor are its sentences."""

_TLD = r"(?:com\.cn|gov\.cn|org\.cn|com|cn|net|org|cc|top|vip|xyz|info)"
_PATH = r"(?:/[A-Za-z0-9\-._~/?#=&%:]*)?"
URL = re.compile(
    rf"(?:https?://)?(?<![A-Za-z0-9.\-@])[A-Za-z0-9][A-Za-z0-9\-]{{0,40}}(?:\.[A-Za-z0-9\-]{{1,40}}){{0,4}}?\.{_TLD}(?![A-Za-z.]){_PATH}"
    r"|https?://[A-Za-z0-9\-._~/?#=&%:]+|www\.[A-Za-z0-9\-.]+"
)
"""Addresses; behind the domain a digit is already the text again."""
CONTACT = re.compile(
    r"(?:微信|V信|威信|薇信|[QqＱ][QqＱ]群?|Q群|[VvWw][Xx]|加\s?V|客服"
    r"|(?<!举报)(?<!监督)(?<!服务)(?<!值班)(?:电话|手机|联系方式|联系)(?=\D{0,6}\d{7}))"
    r"号?(?:码)?(?:加|是|为)?\s*[:：]?\s*[A-Za-z0-9_\-]{2,}[A-Za-z0-9_\- ]{1,20}"
)
SELF = re.compile(
    r"(?:本|该|此)(?:篇)?(?:文章|文档|资料|内容|范文|网页)(?:由|为|系|来|已|需|共|仅|属)|(?:扫描|长按"
    r"|识别)[^，。]{0,8}(?:二维码|小程序)|浏览\s*\d+|评论\s*[（(]\d+"
    r"|(?:登录|回复|付费|购买|关注)后?(?:才能|方可|即可|可)?(?:发表|查看|可见|阅读|下载)|(?:公文|写作"
    r"|文秘|材料|范文)[^，。]{0,6}(?:平台|网站|助手|大全)|下载[^，。]{0,8}(?:积分|金币|本文|全文"
    r"|文档)|"
    r"只能看到|(?:公众号|微信|QQ|官网)\s*[:：]|内容(?:回复|登录|付费|会员)可见|关注[“\"【][^”\"】]{2,12}[”\"】]"
)
"""A page that speaks of itself and of what its reader must do."""
EDITOR = re.compile(
    r"(?:小[编編]|站[长長]|本站)[^。！？!?]{0,10}(?:[为為给給替帮幫](?:大家|您|你|各位|广大)|整理|收集|搜集|分享|推[荐薦])"
    r"|(?:这[篇份]|以上|本)(?:讲话稿|发言稿|演讲稿|致辞稿?|范文|文稿|模板)[^。！？]{0,60}(?:旨在|仅供|可根据)"
    r"|由(?:会员|网友|用户)[^。，,]{0,8}(?:分享|上传|提供)[^。]{0,6}(?:阅读|下载|预览)"
)
"""With these words a page hands a text to its reader."""
EMAIL = re.compile(r"[A-Za-z0-9_.\-]{1,40}@[A-Za-z0-9\-]{1,40}\.[A-Za-z]{2,}")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
OFFER = re.compile(r"(?:更多|海量|各类|全套)[^，。；]{0,10}(?:材料|资料|范文|文章|素材|公文|好文|干货|讲话稿)")
INVITE = re.compile(
    r"(?:欢迎|请|可)?(?:加|添加|关注|搜索|访问|登录|扫)[^，。；]{0,8}(?:客服|微信|公众号|小编|官网"
    r"|网站|星球|二维码|QQ)|(?<![收增投促深步引])[进入加]群(?![众体落])"
)

_SITE_KIND = (
    "公文网|文库|素材库|资料站|文秘网|范文网|写作网|材料网|文档|文档网|知识星球|公众号|笔杆子|公文圈|公文库|材料库|资料库|资料群|资源网|写作社|写作助手|文稿馆|文章网|下载网|课件网|模板网"
    "|范文大全|素材网|材料之家|公文之家|秘书网|文汇网|学习网|学堂|工作室|在线文库"
)
_SITE_VERB = "原创|整理|首发|出品|提供|制作|发布|独家|收集|所有|专用"
SITE = re.compile(rf"[一-鿿A-Za-z0-9]{{0,10}}(?:{_SITE_KIND})(?:{_SITE_VERB}){{0,2}}")
"""The name of a place that offers texts."""
SITE_NOTE = re.compile(
    rf"(?:本文|文章|此文|内容|资料|更多[^，。；]{{0,8}})?(?:来自|来源于|来源[:：]|转自|摘自|出自|选自|首发于|下载自|由)\s?"
    rf"[一-鿿A-Za-z0-9]{{0,8}}?(?:{_SITE_KIND})(?:{_SITE_VERB}){{0,2}}"
)
"""Where a text is said to come from, in the middle of its words."""
HANDLE = re.compile(r"(?:定制|代写|咨询|材料|联系|[加找])[^，。；A-Za-z]{0,8}[A-Za-z][A-Za-z0-9_\-]{5,}")
"""An invitation to write to somebody by a Latin name."""
_PAGE_WORDS = (
    "文章|文档|资料|内容|范文|网页|二维码|小程序|浏览|评论|登录|回复|付费|购买|关注|公文|写作|文秘|材料|下载"
    "|只能看到|公众号|微信|QQ|官网"
)
_INVITERS = "客服|微信|公众号|小编|官网|网站|星球|二维码|QQ|进群|入群|加群"
CUES = (
    (CONTACT, 2.5, re.compile(r"[A-Za-z0-9_\-]{2}")),
    (re.compile(f"{EMAIL.pattern}|{URL.pattern}"), 1.5, re.compile(r"[.:](?:(?<=\.)[A-Za-z0-9\-.]|(?<=:)//)")),
    (EDITOR, 3.0, any_of(("小编", "小編", "站长", "站長", "本站", "会员", "网友", "用户", "旨在", "仅供", "可根据"))),
    (SELF, 2.0, any_of(_PAGE_WORDS.split("|"))),
    (OFFER, 1.5, any_of(("更多", "海量", "各类", "全套"))),
    (INVITE, 1.0, any_of(_INVITERS.split("|"))),
    (MOBILE, 1.0, re.compile(r"\d{11}")),
    (HANDLE, 2.0, re.compile(r"[A-Za-z][A-Za-z0-9_\-]{5}")),
)
"""Pattern, weight, and a hint: a pattern quick to search for, without which the first need not be tried."""

MARKER = re.compile(
    r"#{1,4}[A-Za-z_]{3,24}#{1,4}|\[(?P<box>hide|reply|pay|vip)[^\]]{0,20}\].{0,80}?\[/(?P=box)\]"
    r"|\[/?[A-Za-z]{3,24}(?:=[^\]]{0,40})?\]|\{\{[^{}]{0,40}\}\}|<!--.{0,200}?-->"
    r"|(?P<ornament>[※☆★◆■▲♦§◎¤])[^。，；※☆★◆■▲♦§◎¤]{2,20}(?P=ornament)"
    r"|【/?付费[^】]{0,12}】|\[\[[^\[\]]{2,12}\]\]|\${1,3}[A-Za-z_]{3,24}\${1,3}|@{1,3}[^@\s，。]{2,14}@{1,3}"
    r"|(?<![*~^|=])[*~^|=]{2,6}(?:[A-Za-z_]{3,24}|[一-鿿]{0,8}(?:公文|文秘|范文|材料|文库|写作|素材|资料|笔友)[一-鿿]{0,4})[*~^|=]{2,6}"
)
"""Marks a paywall program leaves in the text; they may cut a word in two."""
TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|strong|em|img|font|h[1-6]|ul|li|table|tr|td)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)

GAP_WORDS = re.compile(
    r"省略|未完|完整阅读|全文共?\s*约?\d+\s*字|显示\s*\d+\s*字|剩余[^，。]{0,8}(?:字|内容|%)|余下"
    r"|试读|中略|下略|以下内容|隐藏"
)
"""What says inside a bracket or between dots that text is missing here."""
_MARKS = "#[{<【$@*~^|=※☆★◆■▲♦§◎¤"
MARK = any_of(_MARKS)
"""What MARKER and TAG begin with."""
_GAPS = ("省略", "未完", "完整阅读", "全文", "显示", "剩余", "余下", "试读", "中略", "下略", "以下内容", "隐藏")
SUSPECT = any_of((*TRIGGERS, *_GAPS, *_MARKS, *_SITE_KIND.split("|"), "部分略", "联系"))
"""A line without any of these is not looked at any closer."""
PREVIEW_END = re.compile(r"(?:试读|预览|免费阅读|试看)(?:到此|已|部分)?(?:结束|完毕|完)")

_WIDGETS = (
    "下载 打印 全屏 收藏 分享 加大 还原 减小 字号 字体 大 中 小 首页 返回 返回顶部 返回首页 返回列表 纠错 关闭 "
    "关闭窗口 关闭本页 打印本页 打印此页 打印文章 扫一扫 分享到 微信 微博 朋友圈 QQ空间 点赞 评论 登录 注册 搜索 "
    "更多 复制链接 复制 举报 上一页 下一页 默认 超大 特大 保存 我要纠错 听全文 朗读 语音播报 目录导航 展开全文 "
    "阅读全文 点击查看更多 网站首页 设为首页 加入收藏 手机版 电脑版 无障碍 繁体 简体 微信好友 扫码分享 收起 刷新"
)
WIDGETS = tuple(_WIDGETS.split())
_WORD = "|".join(sorted(map(re.escape, WIDGETS), key=len, reverse=True))
WIDGET_LINE = re.compile(rf"[\s\[【（(|｜/>》·:：]*(?:(?:{_WORD})[\s\]】）)|｜/>》·:：\[【（(]*){{1,12}}")
BRACKET_LINE = re.compile(r"[\s\[\]【】（）()|｜>》]+")
LABEL_LINE = re.compile(
    r"\s*[\[【（(]?(?:来\s*源|文章来源|稿件来源|信息来源|发布(?:时间|日期|者|机构)?|时\s*间|日\s*期"
    r"|作\s*者|编\s*辑|责\s*编|责任编辑|审\s*核|校\s*对|"
    r"浏览(?:次数|量)?|阅读(?:次数|量|数)?|点击(?:数|量|率)?|访问量|字\s*数|大小|上传(?:者|时间)?|更新时间|标\s*签|关键词|分\s*类|栏\s*目|"
    r"上一篇|下一篇|上一条|下一条|当前位置|(?:网站|本站|站内)公告|您的位置|您(?:现在|当前|所在)的?位置|你所在的位置|文档编号"
    r"|页\s*数|格\s*式|积\s*分|字\s*号)\s*[:：].{0,60}"
)
RELATED = re.compile(
    r"\s*[【\[]?(?:相关|推荐|热门|精彩|猜你|大家都在|您可能|你可能|延伸|更多)(?:报道|阅读|文章|推荐"
    r"|链接|新闻|内容|范文|文档|喜欢|资料|看|感兴趣)"
    r"(?:的)?(?:文章|内容|文档|范文)?[】\]]?\s*[:：]?\s*"
)
CAPTION = re.compile(
    r"[^。！？]{0,60}(?:记者|通讯员|摄影)[^。，！？]{0,12}(?:摄|摄影|供图|报道)[。）)]?\s*"
    r"|.{0,70}[。）] ?\S{0,12}记者 ?\S{2,4} ?摄\s*"
)
PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–·]{1,3}\s*\d{1,3}\s*[-—–·]{1,3}|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?"
    r"|\d{1,3}\s*/\s*\d{1,3})\s*"
)
BANNER = re.compile(
    r"[\s【\[（(]*[^，。；]{0,16}(?:素材库|公文库|资料库|写作网|文秘网|公文网|范文网|材料网"
    r"|文库)[^，。；]{0,16}[\s】\])）]*"
)
RULE_LINE = re.compile(r"\s*[-=_*~—─━#·•+]{4,}\s*")

_HINTS = (
    "关注 素材 范文 资料 公众 客服 会员 免费 转发 联系 更多 欢迎 阅读 文库 网站 写作 公文 全文 订阅 投稿 分享 登录"
    " 扫 码 群 载 搜 购 链 击 藏 赞 删 侵 询 赏 售 铺 薇 稿"
)
HINT = any_of(_HINTS.split())
"""A sentence without any of these is not judged by its characters."""
