"""What surrounds a speech on a page, told by place and company: above the title, below the last paragraph, in rows.

Words alone do not tell «分享» on a button from 分享 in a sentence, nor the titles of other speeches from this one's. A line
outside the speech needs less to be furniture than one inside it; lines that come in rows are judged together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from phrasebank import noise, sentences
from phrasebank.foreign import foreignness
from phrasebank.frontmatter import closing_of, is_front, is_salutation, kind_of, piece_label
from phrasebank.headings import key_of, parse_mark

Found = tuple[int, str]
"""Index of a line that is no part of the speech, and the kind of what it is."""

INSIDE, ABOVE, BELOW, SENTENCE = 0.3, 0.0, -0.6, 0.9
"""Mean log-odds (`foreign.foreignness`) that convict a line among the text, one above and one below it, and a sentence."""
MAX_LINE = 120
"""Characters of a line that is judged as a whole by the model."""

_UI = (
    "首页|主页|登录|登陆|注册|搜索|分享|收藏|点赞|赞|在看|转发|评论|举报|反馈|纠错|下载|免费下载|立即下载|打印|关闭|返回|顶部|返回顶部|全屏|目录|导航|客服|帮助|投稿|订阅|关注"
    "|阅读原文|网友评论|最新评论|网站地图|联系我们|关于我们|无障碍浏览|长者模式|手机版|电脑版|上一页|下一页|尾页|末页|微信|微博|朋友圈|QQ空间|QQ好友|更多|展开|收起|正文|字号|字体"
    "|大|中|小|A|TOP|top|扫一扫|二维码|设为首页|加入收藏|会员中心|新闻中心|下载中心|免责声明|隐私政策|用户协议|友情链接|全部|换一换|刷新|复制|复制链接|播放|暂停|默认|超大"
)
_UI_LINE = re.compile(rf"(?:(?:{_UI})|[\s\d+\-|/·>»>【】\[\]（）()：:、,，★☆←→↑↓＋^~]){{1,40}}")
_UI_WORD = re.compile(_UI)
_TITLE_KIND = (
    "讲话|发言|发言稿|讲话稿|发言材料|研讨材料|总结|主持词|报告|心得体会|体会|方案|党课|党课讲稿|讲稿|述职报告|对照检查材料|剖析材料|表态发言|致辞|工作要点|汇报|意见|通知|经验材料|提纲|计划|体会文章|倡议书|材料|演讲稿"
)
_PREFIX = (
    r"[\[［(（【]?\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?[\]］)）】]?\s*|[·•●○◆■▪»>*★☆☞→\-]+\s*|[\[【［][^\[\]【】]{1,6}[\]】］]\s*"
    rf"|(?:{_UI}|上一[篇条]|下一[篇条])\s*[:：]\s*"
)
_SUFFIX = r"(?:[（(【\[][^（）()]{1,16}[）)】\]])?\s*(?:[（(\[]?\d{2,4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?[）)\]]?)?"
_LISTED = re.compile(
    rf"(?:{_PREFIX})[^。！？；]{{4,60}}|[^。！？；]{{4,60}}\s[\[(（]?\d{{2,4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}[\])）]?"
    rf"|(?:[\[【（(]?\d{{1,2}}[\]】）).、．]\s*)?《?[^。！？；]{{2,50}}?(?:{_TITLE_KIND})》?{_SUFFIX}"
)
_RELATED = re.compile(
    r"(?:相关|推荐|热门|热点|精彩|最新|延伸|本类|同类|猜你|大家|您|你|随机|编辑|小编)[^。，]{0,6}(?:文章|阅读|推荐|链接|资讯|新闻|文档|内容|范文|专题|喜欢|在看|感兴趣|下载|排行)[】\]]?\s*[:：]?"
)
_TITLE = re.compile(rf"《?[^。！？；：:|>]{{4,50}}(?:{_TITLE_KIND}|规定|条例|办法|决定|建议|规划|纲要|通知|细则)(?:[（(][^（）()]{{1,12}}[）)])?》?")
_UNSEEN = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&[a-z]{2,8};|[\u200b-\u200f\u00ad\ufeff\u00a0\s]+")
_PAGE = re.compile(r"[-—–─·\s]{0,4}(\d{1,3})[-—–─·\s]{0,4}")
_SIGNED = ("speaker", "date")
_NUMBERED = re.compile(r"(.{5,60}?)[\s\-—_]*\d{1,3}")
_LABELLED = re.compile(r"[一-鿿]{2,4}\s*[:：]")
_EDITION = re.compile(r"\s*[（(](?:试行|草案|暂行|修订|\d{4}\s?年).{0,8}[）)]")
_COPY_EXTRA = 14
"""Letters that a decorated copy of a title has beyond it: the name of a site, 全文, 最新."""
_KEPT = re.compile(r".{0,10}(?:名词|用语|术语)(?:解释|说明).{0,6}$|.{0,12}[〔\[（(][\dXx×*]{2,4}[〕\]）)].{0,4}号|.{0,12}第\s*[\dXx×*]+\s*号.{0,20}$|[（(]此件.{2,12}|新华(?:通讯)?社.{0,16}$|(?:附件?|附录|注|注释|说明|附注|抄送|谢谢)[\d一二三四五]{0,2}\s*(?:[:：].*|$)")
_ENDINGS = re.compile(r"(?:网|文库|素材库|资料站|公文圈|知识星球|笔杆子|文档|公众号|平台|之家|资料库|范文|工作室|[a-z]{2,}\.[a-z]{2,4})[\W_]*$")


def surroundings(lines: Sequence[str]) -> Iterator[Found]:
    """The lines of a text that are no part of the speech; what is gone already is blank in `lines`."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    first = next((i for i in filled if _is_prose(lines[i].strip())), None)
    last = next((i for i in reversed(filled) if _is_prose(lines[i].strip())), None)
    if first is None or last is None:
        yield from _copies(lines, filled, len(lines))
        return
    found = dict(_judged(lines, filled, first, last))
    found.update(_copies(lines, [i for i in filled if i not in found], first))
    found.update(_page_numbers(lines, filled))
    found.update(_repeated(lines, filled))
    found.update(_links(lines, [i for i in filled if i > last and i not in found]))
    yield from sorted(found.items())


def _is_prose(text: str) -> bool:
    """Whether a line is running text, wrapped or not."""
    long = len(text) >= 22 and (text[-1] in "。！？；" or "，" in text or len(text) >= 50)
    return long and foreignness(_bare(text)[:MAX_LINE]) < INSIDE


def _bare(text: str) -> str:
    """A line without what does not show, tags, and the rules and ornaments around it."""
    return _UNSEEN.sub("", text).strip("-—–─=*_~·•※☆★◆■▲>»|｜ \u3000")


def _judged(lines: Sequence[str], filled: Sequence[int], first: int, last: int) -> Iterator[Found]:
    """Lines that the model or their words give away, each by itself."""
    open_before = False
    for i in filled:
        goes_on = open_before and first < i <= last
        open_before = not sentences.ends_sentence(lines[i])
        if len(lines[i]) > MAX_LINE or (not open_before and (goes_on or noise.PROSE.search(lines[i]))):
            continue
        text = _bare(lines[i])
        if not text or _is_own(text) or lines[i].lstrip()[:1] == "|":
            continue
        if not first <= i <= last and _UI_LINE.fullmatch(text) and _UI_WORD.search(text):
            yield i, "site_widget"
        elif foreignness(text) > (SENTENCE if not open_before or goes_on and "，" in text else BELOW if i > last else INSIDE):
            yield i, "site_widget" if len(text) <= 16 else "ad" if first <= i <= last else "site_footer"


def _is_own(text: str) -> bool:
    """Whether the form of a short line says that it belongs to the speech."""
    if is_front(text) or is_salutation(text) or _KEPT.match(text) or piece_label(text) or closing_of([text]):
        return True
    return (parse_mark(text) is not None or _TITLE.fullmatch(text) is not None) and foreignness(text) < 1


def _copies(lines: Sequence[str], filled: Sequence[int], first: int) -> Iterator[Found]:
    """Copies of the title: above the text with the name of a site behind it or a label before it, or the same again;
    anywhere with a page number behind it. Of equal copies the plainest is the title, else the first."""
    above = [i for i in filled if i <= first][:8]
    bare = {i: text for i in above if 5 <= len(key_of(text := _bare(lines[i]))) <= 60 and "。" not in text and kind_of(text) not in _SIGNED}
    copies = {i for i in bare if any(_copy_of(bare[j], bare[i], i > j) for j in bare if j != i)}
    yield from ((i, "duplicate_title") for i in copies)
    titles = {key_of(bare[i]) for i in bare if i not in copies}
    for i in filled:
        head = _NUMBERED.fullmatch(_bare(lines[i])) if lines[i].rstrip()[-1].isdigit() and len(lines[i]) <= MAX_LINE else None
        if head and key_of(head.group(1)) in titles:
            yield i, "duplicate_title"


def _copy_of(title: str, text: str, later: bool) -> bool:
    """Whether `text` is `title` again, decorated, or as plain and `later`."""
    one, two = key_of(title), key_of(text)
    if one == two:
        return len(text) > len(title) or (later and len(text) == len(title))
    behind = text.removeprefix(title)
    added = behind != text and len(two) - len(one) <= _COPY_EXTRA and not _EDITION.fullmatch(behind)
    return added or (two.endswith(one) and _LABELLED.match(text) is not None)


def _page_numbers(lines: Sequence[str], filled: Sequence[int]) -> Iterator[Found]:
    """Numbers alone on their lines that count up through the text."""
    alone = [(i, int(m.group(1))) for i in filled if len(lines[i]) <= 12 and (m := _PAGE.fullmatch(lines[i].strip()))]
    rising = sum(after == before + 1 for (_, before), (_, after) in pairwise(alone))
    if len(alone) >= 2 and rising >= 0.6 * (len(alone) - 1):
        yield from ((i, "site_widget") for i, _ in alone)


def _repeated(lines: Sequence[str], filled: Sequence[int]) -> Iterator[Found]:
    """Short lines without end that come again and name a site, or that no speech would repeat."""
    texts = {i: text for i in filled if len(text := lines[i].strip()) <= 40 and not sentences.ends_sentence(text)}
    counts = Counter(texts.values())
    for i, text in texts.items():
        if counts[text] >= 2 and len(key_of(text)) >= 2 and not _is_own(text) and (_ENDINGS.search(text) or foreignness(text) > BELOW):
            yield i, "watermark"


def _links(lines: Sequence[str], tail: Sequence[int]) -> Iterator[Found]:
    """Titles of other texts in a row below the speech, with the words above them."""
    if any(_KEPT.match(lines[i].strip()) for i in tail):
        return  # a list of attachments reads as one of links does
    run: list[int] = []
    for i in [*tail, -1]:
        if i >= 0 and _LISTED.fullmatch(lines[i].strip()) and not is_front(lines[i].strip()):
            run.append(i)
            continue
        head = bool(run) and any(_RELATED.fullmatch(lines[j].strip()) for j in tail if j < run[0])
        if len(run) >= 3 or head:
            yield from ((j, "site_widget") for j in run)
        run = []
    yield from ((i, "site_widget") for i in tail if _RELATED.fullmatch(lines[i].strip()))
