"""What stands in quotation marks, and whose words it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation in a text: start and end with its marks, kind, and who is said to have said it."""

    start: int
    end: int
    kind: str
    attributed_to: str | None = None


_QUOTED = re.compile(r"“[^“”]{1,400}”|\"[^\"“”\n]{1,400}\"|「[^「」]{1,400}」")
_SPEAKER = (
    r"(?:以习近平同志为核心的党中央|(?:时任[^，。“”]{2,12})?(?:习近平|毛泽东|邓小平|江泽民|胡锦涛"
    r"|周恩来|刘少奇|朱德|陈云)(?:总书记|主席|同志|总理)?|[*＊_×xX○]{1,4}(?:总书记|主席|书记|同志)"
    r"|总书记|党中央)"
)
_SAID = r"(?:指出|强调|说过?|要求|提出|讲(?:过|到)?|告诫|指示|寄语|号召|谈到|曾说|写道|勉励|嘱托|叮嘱|明确)"
_LEADER_BEFORE = re.compile(rf"({_SPEAKER})[^。！？“”]{{0,40}}?{_SAID}[^。！？“”]{{0,12}}$")
_LEADER_MENTION = re.compile(_SPEAKER)
_EXAMPLE_BEFORE = re.compile(r"(?:比如|例如|诸如|如|正如|像|从|到)[，,：:]?$")
_LEADER_AFTER = re.compile(
    rf"[，,]?(?:这是|是|正是|——)?[，,]?({_SPEAKER})[^。！？]{{0,24}}(?:要求|嘱托|教导|名言|论述|话|强调|指出)"
)
_SAYING_BEFORE = re.compile(
    r"(?:俗话|常言|老话|民谚|谚语|农谚|古话|民间|群众|老百姓|有句话|人们|有人)[^。！？“”]{0,10}(?:说"
    r"|讲|道|言|云|得好|称)[^。！？“”]{0,4}$|(?:俗语|谚语|歇后语|顺口溜)[：:，,]?$|被称为$|(?:俗称"
    r"|号称|所谓)$"
)
_TAUGHT_BEFORE = re.compile(r"(“[^“”]{2,12}(?:经验|精神|工程)”)(?:倡导|提出|要求|强调)$")
_CLASSIC_BEFORE = re.compile(
    r"(?:古人|先贤|古语|孔子|孟子|老子|荀子|庄子|诗经|论语|《[^》]{1,12}》"
    r"|[一-鿿]{2,3})(?:[^。！？“”，]{0,8})(?:云|曰|有言|有云|诗云|言道|写道|载)[：:，,]?$|(?:古人"
    r"|古语)[^。！？“”]{0,6}(?:说|讲)[：:，,]?$"
)
_CLASSIC_WORDS = re.compile(
    r"[惟乎矣焉兮哉]|之[^，。]{1,3}也|[^，。]者[，,][^，。]+也"
    r"|[^，。]{2,6}则[^，。]{1,5}[，,][^，。]{2,6}则|不[患以][^，。]{1,4}而|莫[大不如]"
)
_LEADER_KNOWN = (
    "江山就是人民",
    "人民就是江山",
    "我将无我",
    "人民对美好生活的向往",
    "执政最大的底气",
    "执政的最大底气",
    "望得见山",
    "空谈误国",
    "打铁还需自身硬",
    "打铁必须自身硬",
    "幸福都是奋斗出来的",
    "绿水青山就是金山银山",
    "功成不必在我",
    "小康不小康",
    "时代是出卷人",
    "为民造福是最大政绩",
    "人民是历史的创造者",
    "实践是检验真理",
    "没有调查，就没有发言权",
    "没有调查就没有发言权",
    "星星之火",
    "发展才是硬道理",
    "发展是硬道理",
    "谁是我们的敌人",
    "共产党打江山",
    "不忘初心，方得始终",
    "撸起袖子加油干",
    "中国人的饭碗",
)
"""Openings of words of leaders that are known to everyone and quoted without name."""
_CLASSIC_KNOWN = (
    "民惟邦本",
    "民为邦本",
    "水能载舟",
    "先天下之忧而忧",
    "天下兴亡",
    "苟利国家",
    "政之所兴",
    "治国有常",
    "其身正",
    "政者，正也",
    "博学之",
    "学而不思",
    "知者行之始",
    "纸上得来",
    "吾日三省",
    "见贤思齐",
    "千里之行",
    "合抱之木",
    "不积跬步",
    "九层之台",
    "天下之事",
    "天下大事",
    "行之力则知愈进",
    "衙斋卧听",
    "安得广厦",
    "与天下同利",
    "治大国",
    "为政以德",
    "民生在勤",
    "德不孤",
    "己所不欲",
    "三人行",
    "温故而知新",
    "奢靡之始",
    "历览前贤",
    "居安思危",
    "生于忧患",
    "得道多助",
    "善不可失",
    "志之所趋",
    "功崇惟志",
    "宝剑锋从",
    "疾风知劲草",
    "长风破浪",
    "会当凌绝顶",
    "路漫漫其修远",
    "老骥伏枥",
    "致广大而尽精微",
    "苟日新",
    "穷则变",
    "不谋全局",
    "不谋万世",
    "知之愈明",
    "行而不辍",
    "道虽迩",
    "事虽小",
    "图之于未萌",
    "欲知平直",
    "国无常强",
    "法者",
    "公生明",
    "吏不畏吾严",
    "一枝一叶总关情",
    "咬定青山",
    "千磨万击",
    "任尔东西",
)
_NAME = re.compile(r"(?:工程|经验|行动|计划|模式|革命|项目|博览会|博会|论坛|奖|节|号|条例)$")
_NAME_FRAME = re.compile(r"(?:网|平台|品牌)$")
_SET = re.compile(
    r"^[一二两三四五六七八九十百]+(?:个|大|项|种|不|学|严|抓|问|查|化|有|为|多|少|免|新|高|好|位|员)?[一-鿿]{1,4}$"
)
_KNOWN_SET = frozenset(
    [
        "四个意识",
        "四个自信",
        "两个维护",
        "两个确立",
        "国之大者",
        "四风",
        "三会一课",
        "三严三实",
        "两学一做",
        "五位一体",
        "四个全面",
        "三重一大",
        "急难愁盼",
        "一带一路",
        "三农",
        "六稳",
        "六保",
        "放管服",
        "双碳",
        "枫桥经验",
    ]
)
_VERB = re.compile(r"[为是要让把做办到走守立树当为]|实现|服务|坚持|推动|建设")


def find_quotations(text: str) -> Iterator[Span]:
    """Every span in quotation marks of a paragraph, in order, classified."""
    previous: Span | None = None
    for m in _QUOTED.finditer(text):
        previous = _classified(text, m.start(), m.end(), previous)
        yield previous


def _classified(text: str, start: int, end: int, previous: Span | None) -> Span:
    """The quotation at `start`:`end`, `previous` being the one before it."""
    inner, before, after = text[start + 1 : end - 1], _sentence_before(text, start), text[end : end + 60]
    near = previous if previous and start - previous.end <= 6 else None
    if speaker := _speaker(inner, before, after, near):
        return Span(start, end, "leader", speaker)
    if any(known in inner for known in _CLASSIC_KNOWN) or (len(inner) >= 4 and _CLASSIC_BEFORE.search(before)):
        return Span(start, end, "classic")
    if any(known in inner for known in _LEADER_KNOWN) and len(inner) >= 5:
        return Span(start, end, "leader")
    if len(inner) >= 4 and _SAYING_BEFORE.search(before):
        return Span(start, end, "saying")
    if not before.strip() and _whole(inner):
        return Span(start, end, "classic" if _CLASSIC_WORDS.search(inner) and len(inner) <= 16 else "saying")
    teacher = _TAUGHT_BEFORE.search(before)
    return Span(start, end, _plain_kind(inner), teacher.group(1) if teacher else None)


def _sentence_before(text: str, start: int) -> str:
    """The part of the sentence before `start`, at most 120 characters of it."""
    before = text[max(0, start - 120) : start]
    return before[max(before.rfind(c) for c in "。！？!?") + 1 :]


def _whole(inner: str) -> bool:
    """Whether a quotation is a sentence of its own."""
    return inner[-1:] in "。！？!?" and len(inner) >= 10


def _speaker(inner: str, before: str, after: str, near: Span | None) -> str | None:
    """The leader whose words these are, None where none is named; `near` is a quotation just before."""
    sentence_like = len(inner) >= 8 or "，" in inner or "," in inner
    if found := _LEADER_BEFORE.search(before):
        return found.group(1) if len(inner) >= 6 else None
    if sentence_like and (found := _LEADER_AFTER.match(after)):
        return found.group(1)
    if sentence_like and _EXAMPLE_BEFORE.search(before):
        if near and near.kind == "leader":
            return near.attributed_to
        named = list(_LEADER_MENTION.finditer(before))
        return named[-1].group() if named else None
    return None


def _plain_kind(inner: str) -> str:
    """name, slogan or coined of words that are nobody's."""
    if _NAME.search(inner) or _NAME_FRAME.search(inner):
        return "name"
    if inner in _KNOWN_SET:
        return "slogan"
    if _SET.match(inner):
        return "coined"
    return "slogan" if len(inner) >= 8 and _VERB.search(inner) else "coined"
