"""What stands in quotation marks, what is quoted without them, and whose words it is.

Kinds: leader, classic, saying (someone's words); slogan (a maxim or standing formula that says what to do or to be),
name (of a programme, a case, an event) and coined (a word set off because it is new, figurative or not meant plainly).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from phrasebank.generalise import number_terms
from phrasebank.maxims import find_lines, kind_of
from phrasebank.reported import ANCIENTS, BOOK, CITES, SAGES, find_reported, source_of, speaker_of


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation in a text: start and end with its marks, kind, and who is said to have said it."""

    start: int
    end: int
    kind: str
    attributed_to: str | None = None


_PLAIN_KINDS = ("slogan", "name", "coined")
_MARK = re.compile(r"[“”\"＂「」『』]")
_CLOSED_BY = {"“": "”", "「": "」", "『": "』", '"': '"', "＂": "＂"}
_SENTENCE_END = re.compile(r"[。！？!?]")
_LONGEST = 600
"""Characters of the longest quotation: a mark without its fellow must not swallow a chapter."""

_SAYING_BEFORE = re.compile(
    r"(?:俗话|常言|老话|民谚|谚语|农谚|古话|民间|群众|老百姓|有句话|人们|有人)[^。！？“”]{0,10}(?:说"
    r"|讲|道|言|云|得好|称)[^。！？“”]{0,4}$|(?:俗语|谚语|歇后语|顺口溜)[：:，,]?$|(?:被称为|俗称|号称)$|(?:说|表示|回答|感慨|感叹)[：:]$"
)
_TAUGHT = ("倡导", "提出", "要求", "强调")
_TAUGHT_BEFORE = re.compile(r"(“[^“”]{2,12}(?:经验|精神|工程)”)..$")
_CLASSICS = "《(?:论语|孟子|大学|中庸|礼记|诗经|尚书|周易|易经|左传|史记|汉书|道德经|老子|庄子|荀子|韩非子|管子|孙子兵法|资治通鉴|菜根谭)》"
"""Books that say in modern prose what other books do with 云."""
_CLASSIC_BEFORE = re.compile(
    rf"(?:{BOOK}|[一-鿿]{{2,3}})[^。！？“”，]{{0,8}}(?:{CITES})[：:，,]?$"
    rf"|(?:{ANCIENTS}|{SAGES}|{_CLASSICS})[^。！？“”]{{0,6}}(?:说|讲)(?:过|得好|的好)?[：:，,]?$"
)
_CLASSIC_WORDS = re.compile(
    r"[惟乎矣焉兮哉]|之[^，。]{1,3}也|[^，。]者[，,][^，。]+也"
    r"|[^，。]{2,6}则[^，。]{1,5}[，,][^，。]{2,6}则|不[患以][^，。]{1,4}而|莫[大不如]"
)
_INTRODUCED = frozenset("：:，,说道讲云曰言称为谓语谚溜载好")
"""Characters one of which ends whatever introduces a saying or a classic."""
_NAME = re.compile(
    r"(?:工程|经验|行动|计划|模式|革命|项目|博览会|博会|论坛|[奖杯节日周号网]|条例|平台|品牌)$|^[七八九十][一二三四五]?五$"
)
_NAME_BEHIND = re.compile(
    r"(?:(?:专项|提升|攻坚|系列|重点|示范|惠民|三年|培育)?(?:工程|行动|计划)|项目|品牌|平台|模式|论坛|博览会|系统|专列|公司|合作社)"
)
_SLOGAN_BEHIND = re.compile(
    r"的?[一-鿿]{0,4}?(?:要求|理念|宗旨|原则|立场|思想|信念|追求|情怀|责任感|品质|作风|精神|胸怀|主题|方针|主题教育)"
)
_SLOGAN_BEFORE = re.compile(r"(?:坚持|秉持|秉承|恪守|践行|遵循|树牢|彰显|围绕|高举|始终|开展)$")
_ACT = re.compile(r"[为是要让把做办到守立树呼靠]|植根|依靠|坚持|推动|建设|实现|服务|敢于|勇于|善于|不忘|牢记|当好|放心")
_VALUE = re.compile(r"[民党国公]|群众|担当|奋斗|奉献|务实|求是|廉洁|初心|使命|忠诚|法治|责任|为政|清正")
_TURNED = re.compile(r"(?:从|由|变|到|变成|变为|转为)$")
_NUMBERED = re.compile(r"[两三四五六七八九十百千双][一-鿿]+")


def find_quotations(text: str) -> Iterator[Span]:
    """Every quotation of a paragraph in order, classified: in marks, then those without between them."""
    found: list[Span] = []
    for start, end in _marked(text):
        found.append(_classified(text, start, end, found[-1] if found else None))
    yield from sorted([*_agreed(text, found), *_unmarked(text, found)], key=lambda span: (span.start, -span.end))


def _agreed(text: str, spans: list[Span]) -> Iterator[Span]:
    """One word is of one kind throughout a paragraph: what it is called anywhere tells more than `coined`, which is left over."""
    named: dict[str, str] = {}
    for span in spans:
        if span.kind in _PLAIN_KINDS and span.kind != "coined":
            named.setdefault(text[span.start : span.end], span.kind)
    for span in spans:
        kind = named.get(text[span.start : span.end], span.kind) if span.kind in _PLAIN_KINDS else span.kind
        yield span if kind == span.kind else replace(span, kind=kind)


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands in marks, the outermost where they are nested.

    A mark that nothing closes quotes to the end of its sentence; where the paragraph opens with it, to its end: so
    quotations of several paragraphs are set.
    """
    start, closing = -1, ""
    for found in _MARK.finditer(text):
        mark, at = found.group(), found.start()
        too_far = start >= 0 and at - start > _LONGEST
        if start >= 0 and mark == closing and not too_far:
            if at - start > 1:
                yield start, at + 1
            start = -1
        elif mark in _CLOSED_BY and (start < 0 or mark == text[start] or too_far):
            if start >= 0:
                yield from _unclosed(text, start, at)
            start, closing = at, _CLOSED_BY[mark]
    if start >= 0:
        yield from _unclosed(text, start, len(text))


def _unclosed(text: str, start: int, limit: int) -> Iterator[tuple[int, int]]:
    """A quotation that no mark closes; straight marks, which may be closing ones, open none."""
    if text[start] in '"＂' or limit - start < 6:
        return
    end = _SENTENCE_END.search(text, start, min(limit, start + _LONGEST))
    if start == 0 and limit == len(text) <= _LONGEST:
        yield 0, limit
    elif end:
        yield start, end.start()


def _unmarked(text: str, marked: list[Span]) -> Iterator[Span]:
    """Reported speech, and known lines, that stand outside quotation marks."""
    spans = [*(Span(*found) for found in find_reported(text)), *(Span(*found) for found in find_lines(text))]
    starts, free = [span.start for span in marked], 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        i = bisect_right(starts, span.start)
        if span.start >= free and not (i and span.start < marked[i - 1].end):
            free = span.end
            yield span


def _classified(text: str, start: int, end: int, previous: Span | None) -> Span:
    """The quotation at `start`:`end`, `previous` being the one before it."""
    inner, before, after = text[start + 1 : end].rstrip('”"＂」』'), _sentence_before(text, start), text[end : end + 60]
    if len(inner) < 4:  # too short for anybody's words
        return Span(start, end, kind_of(inner) or _plain_kind(inner, before, after))
    near = previous.attributed_to if previous and start - previous.end <= 6 and previous.kind == "leader" else None
    if speaker := speaker_of(inner, before, after, near):
        return Span(start, end, "leader", speaker)
    if kind := _spoken_kind(inner, before):
        return Span(start, end, kind, source_of(before) if kind == "classic" else None)
    teacher = _TAUGHT_BEFORE.search(before) if before.endswith(_TAUGHT) else None
    return Span(start, end, _plain_kind(inner, before, after), teacher.group(1) if teacher else None)


def _spoken_kind(inner: str, before: str) -> str | None:
    """classic, saying or another kind of what is introduced as such, known, or a sentence of its own; None for the rest."""
    introduced = before[-1:] in _INTRODUCED
    if introduced and _CLASSIC_BEFORE.search(before):
        return "classic"
    if known := kind_of(inner):
        return known
    if introduced and _SAYING_BEFORE.search(before):
        return "saying"
    if not before.strip() and _whole(inner):
        return "classic" if _CLASSIC_WORDS.search(inner) and len(inner) <= 16 else "saying"
    return None


def _sentence_before(text: str, start: int) -> str:
    """The part of the sentence before `start`, at most 120 characters of it."""
    before = text[max(0, start - 120) : start]
    return before[max(before.rfind(c) for c in "。！？!?") + 1 :]


def _whole(inner: str) -> bool:
    """Whether a quotation is a sentence of its own."""
    return inner[-1:] in "。！？!?" and len(inner) >= 10


def _plain_kind(inner: str, before: str, after: str) -> str:
    """name, slogan or coined of words that are nobody's."""
    campaign = after.startswith("活动")
    if _NAME.search(inner) or _NAME_BEHIND.match(after) or (campaign and not _ACT.search(inner)):
        return "name"
    if _NUMBERED.fullmatch(inner) and len(inner) < 8:
        return "slogan" if inner in number_terms() else "coined"
    return "slogan" if len(inner) >= 4 and _is_slogan(inner, before, after) else "coined"


def _is_slogan(inner: str, before: str, after: str) -> bool:
    """Whether words say what to do or to be, by themselves or by what they are called."""
    if _TURNED.search(before) or after.startswith(("变", "到“", "转")):
        return False
    if _SLOGAN_BEHIND.match(after) or _SLOGAN_BEFORE.search(before):
        return True
    return _ACT.search(inner) is not None and (_VALUE.search(inner) is not None or len(inner) >= 8)
