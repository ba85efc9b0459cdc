"""What a section template may use: its variables and its functions. docs/templates.md teaches them.

pick(role, point)      one sentence of that role for the point's facet, a blank when there is none
fill(roles, point)     sentences of these roles in turn, until the point has its share of the length; `last="pledge"`
                       closes the paragraph with one of another role
heading(point)         the point's run-in heading, number and closing mark included
facts(point)           one sentence a fact the writer set beside the point
blank(kind, what, unit)  a typed blank, or the fact that answers it
word(slot)             the writer's word for a level slot: 全镇, 各村（社区）…
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from drafting.choose import Chooser
from drafting.fill import Filler, blank_span, fact_span
from drafting.model import Blank, Fact, Origin, Outline, Profile, Span, has_words
from drafting.numerals import heading_number
from drafting.plan import PlannedSection
from drafting.weave import Loom, Piece, clean
from phrasebank.levels import word_for
from phrasebank.model import ROLES, Phrase
from phrasebank.slots import BLANK, blank_fields

SENTENCE = 50
"""Characters of a usual sentence: filling stops when less than half of one is left of the budget."""

LONG = 280
"""Characters after which a point goes on in a new paragraph: longer ones are hard to read and to hear."""

_DEED = re.compile(
    r"^(?:共|新|累计|已|全年)?(?:新|改|建|修|排查|整改|检查|开展|签订|落实|培训|举办|化解|调解|办理|办结|完成|发放|帮|走访|入户|组织|更新|转移|清理"
    r"|加固|加装|硬化|铺设|架设|疏通|栽|补|筹|捐|救|打通|引进|引导|带动|吸纳|流转|整治|整理|清淤|升级|创建|打造|减|压|取消|解决|受理|接待|招|引|种|推|服务|代办|救助|资助|安置|拆|治|实施|投|发展|吸收|选|配|评|征|收|挂牌|约谈|精简|公开|设)"
)
"""How names of indicators begin that name a deed (新改建公路, 培训从业人员)."""

_CHANGE = re.compile(r"(?:下降|减少|压减|降低|增长|增加|提高|上升|达到?|为|共)$")
_SCOPED = re.compile(
    r"[全我本各][省市县区镇乡村校局院]|全国|[省县镇](?!级)|市(?!场|民)|(?<!小)区(?!域)|(?<![农乡])村(?![级民务规])|街道"
)
"""Names of indicators that say themselves whose figure it is (石桥村新修水渠); 农村公路 does not."""
_FIGURE = re.compile(r"^[\d０-９][\d０-９.,，．万亿千百余多]*$")



@dataclass(slots=True)
class PointView:
    """A point as a template sees it. `budget` is its share of the characters; `spent` what has been put in so far,
    `broken` what had been when its last paragraph began."""

    index: int
    facet: str
    title: str
    text: str
    who: tuple[str, ...]
    budget: int
    use: list[str] = field(default_factory=list)
    facts: tuple[str, ...] = ()
    spent: int = 0
    broken: int = 0


@dataclass(slots=True)
class Desk:
    """The functions of one section's templates."""

    outline: Outline
    section: PlannedSection
    index: int
    chooser: Chooser
    filler: Filler
    loom: Loom
    points: tuple[PointView, ...]
    _calls: int = 0

    def functions(self) -> dict[str, object]:
        """Names under which templates call them."""
        return {
            "pick": self.pick, "fill": self.fill, "heading": self.heading, "facts": self.facts, "blank": self.blank,
            "word": self.word, "own": self.own,
        }  # fmt: skip

    def pick(self, role: str, point: PointView | None = None, optional: bool = False, mine: bool = False) -> str:
        """One sentence; with `optional` nothing rather than a blank when the bank has none.

        `mine` prefers one in which the speaker speaks of himself.
        """
        phrase = self._given(role, point) or self._choose(role, point, mine=mine)
        if phrase is not None:
            return self._put(self.filler.spans(phrase), point)
        if optional:
            return ""
        about = point.facet if point and point.facet else self.outline.theme
        kind = ROLES.get(role, role)
        return self._put((blank_span(Blank("内容", f"{about}：{kind}一句")), Span("。", self._own)), point)

    def fill(self, roles: Sequence[str], point: PointView, last: str = "", spare: Sequence[str] = ()) -> str:
        """Sentences that must stand first, then the roles in turn until the budget is spent or the bank has no more.

        `spare` are roles taken when the others have run out; `last` is the role of one sentence that closes the point,
        for which room is kept. A point that grows long goes on in a new paragraph.
        """
        out = [self._put(self._wanted(item), point) for item in self._rest(point)]
        room = SENTENCE // 2 + (SENTENCE if last else 0)
        for phrase in self._stream(roles, spare, point):
            out.append(self._put(self.filler.spans(phrase), point))
            if point.budget - point.spent < room:
                break
            if point.spent - point.broken > LONG and point.budget - point.spent > LONG // 2:
                point.broken = point.spent
                out.append("\n")
        if last and (phrase := self._choose(last, point, strict=True)):  # type: ignore[assignment]
            out.append(self._put(self.filler.spans(phrase), point))
        return "".join(out)

    def _stream(self, roles: Sequence[str], spare: Sequence[str], point: PointView) -> Iterator[Phrase]:
        """Phrases of the roles in turn, then of the spare ones, until there are none or the point is full."""
        for group in (roles, spare):
            misses = 0
            for role in cycle(group):
                if misses >= len(group) or point.budget - point.spent < SENTENCE // 2:
                    break
                phrase = self._choose(role, point, strict=True)
                misses = 0 if phrase else misses + 1
                if phrase:
                    yield phrase

    def heading(self, point: PointView) -> str:
        """The run-in heading of a point, level 2; nothing for a point without heading."""
        if not point.title:
            return ""
        number = 1 + sum(1 for p in self.points if p.title and p.index < point.index)
        words = f"{heading_number(2, number)}{point.title.rstrip('。')}。"
        point.spent += len(words)
        given = self.section.points[point.index].point.heading != "auto"
        return self.loom.token(
            Piece((Span(words, Origin("writer") if given else self._own),), point.index, heading=True)
        )

    def facts(self, point: PointView) -> str:
        """The facts set beside a point, a short sentence each; the year and unit travel with the figure."""
        chosen = [fact for name in point.facts for fact in self.outline.facts if fact.name == name]
        return "".join(self._put(fact_sentence(fact, self.outline.profile), point) for fact in chosen)

    def own(self, point: PointView) -> str:
        """The writer's own words for a point."""
        return self._put(writer_spans(point.text), point)

    def blank(self, kind: str, what: str, unit: str = "") -> str:
        """A typed blank, or the fact that answers it."""
        return self._put((self.filler.blank(kind, what, unit),), None)

    def word(self, slot: str) -> str:
        """The level word, as plain text; a blank where the writer's level has none."""
        return word_for(self.outline.profile.level, slot) or self.blank("单位", "本级的相应称谓")

    @property
    def _own(self) -> Origin:
        return Origin("template", self.section.part.template)

    def _choose(self, role: str, point: PointView | None, *, strict: bool = False, mine: bool = False) -> Phrase | None:
        self._calls += 1
        facet = point.facet if point else ""
        slot = f"{self.index}|{point.index if point else ''}|{self._calls}"
        return self.chooser.choose(role, facet, slot, strict=strict, mine=mine)

    def _given(self, role: str, point: PointView | None) -> Phrase | None:
        """The first phrase the writer asked for at this point that has the role."""
        for item in point.use if point else ():
            phrase = None if has_words(item) else self.chooser.stack.by_id(item)
            if phrase is not None and phrase.role == role:
                point.use.remove(item)  # type: ignore[union-attr]
                self.chooser.use(phrase)
                return phrase
        return None

    def _rest(self, point: PointView) -> Iterator[str]:
        while point.use:
            yield point.use.pop(0)

    def _wanted(self, item: str) -> tuple[Span, ...]:
        return wanted_spans(item, self.chooser, self.filler)

    def _put(self, spans: tuple[Span, ...], point: PointView | None) -> str:
        if point is not None:
            point.spent += sum(len(span.text) for span in spans)
        return self.loom.token(Piece(spans, point.index if point else -1))


def wanted_spans(item: str, chooser: Chooser, filler: Filler) -> tuple[Span, ...]:
    """A `use` item as spans: a phrase by its id, or the writer's own sentence. An unknown id becomes a blank."""
    if has_words(item):
        return writer_spans(item)
    phrase = chooser.stack.by_id(item)
    if phrase is None:
        return (blank_span(Blank("内容", f"素材库里没有编号为{item}的语句")),)
    chooser.use(phrase)
    return filler.spans(phrase)


def writer_spans(text: str) -> tuple[Span, ...]:
    """The writer's words; typed blanks in them stay blanks."""
    spans: list[Span] = []
    position, text = 0, clean(text)
    for match in BLANK.finditer(text):
        spans += [Span(text[position : match.start()], Origin("writer"))] if match.start() > position else []
        kind, what, unit = blank_fields(match["body"])
        blank = Blank(kind, what, unit, doubtful=match.group().startswith("〔待核"))
        spans.append(Span(match.group(), Origin("blank", blank.what, blank=blank)))
        position = match.end()
    rest = text[position:]
    return (*spans, Span(rest, Origin("writer"))) if rest else tuple(spans)


def fact_sentence(fact: Fact, profile: Profile) -> tuple[Span, ...]:
    """«2025年，全镇新改建农村公路36公里。»: year, name and figure are the fact's, the words that join them ours."""
    origin, ours = Origin("fact", fact.name), Origin("template", "fact")
    year: tuple[Span, ...] = (Span(f"{fact.year}年", origin), Span("，", ours)) if fact.year else ()
    if fact.year and fact.year == profile.year:
        year = (Span("今年以来，", ours),)
    whole = "" if _SCOPED.search(fact.name) or not _FIGURE.match(fact.value) else word_for(profile.level, "whole") or ""
    parts = (
        *year,
        Span(whole, ours),
        Span(fact.name, origin),
        Span(_joint(fact), ours),
        fact_span(fact),
        Span("。", ours),
    )
    return tuple(span for span in parts if span.text)


def _joint(fact: Fact) -> str:
    """The word between an indicator's name and its value: none after a verb, 为 for a rate or a name, 共 for a count."""
    if _CHANGE.search(fact.name):
        return ""
    if not _FIGURE.match(fact.value) or fact.unit.startswith(("%", "％")):
        return "为"
    return "" if _DEED.match(fact.name) else "共"
