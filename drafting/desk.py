"""What a section template may use: its variables and its functions. docs/templates.md teaches them.

pick(role, point)      one sentence of that role for the point's facet, a blank when there is none
fill(roles, point)     sentences and runs of these roles in turn, until the section has its length; `last="pledge"`
                       closes the paragraph with one of another role
heading(point)         the point's run-in heading, number and closing mark included
facts(point)           one sentence a fact that belongs to the point
fact(what, unit)       a figure of the fact sheet, or a blank that asks for it
blank(kind, what)      a typed blank, or the fact that answers it
quote(point)           a verified quotation with its source, nothing when none fits
each(items, count)     items of a list as numbered steps, those not yet used first
word(slot)             the writer's word for a level slot: 全镇, 各村（社区）…
indicator(point)       the name of an indicator of the point's facet, to be asked for with `blank`
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from drafting.affinity import NOTHING, OF_IT, TAKEN_UP, Around
from drafting.choose import Chooser, Growing, pairs
from drafting.config import nearest
from drafting.either import WAY
from drafting.errors import ConfigError
from drafting.factual import fact_sentence
from drafting.fill import Filler, blank_span
from drafting.filling import LONG_RUN, RUN, Filling, PointView, Wish
from drafting.model import Blank, Origin, Outline, Span, has_words
from drafting.numerals import heading_number
from drafting.plan import MOST_POINTS, Plan, PlannedSection, draw
from drafting.quotations import Verified
from drafting.stock import Step, Stock, written
from drafting.themes import Task
from drafting.weave import Loom, Piece, clean
from phrasebank.levels import word_for
from phrasebank.model import ROLES, Phrase
from phrasebank.slots import BLANK, blank_fields

T = TypeVar("T")
FUNCTIONS = (
    "pick", "fill", "heading", "facts", "fact", "blank", "word", "own", "quote", "each", "sites", "aims", "law",
    "closing", "indicator",
)  # fmt: skip
"""What templates may call, by its name here."""
SHORT = 0.95
"""Share of a genre's usual length below which a speech is short."""


@dataclass(slots=True)
class Desk:
    """The functions of one section's templates."""

    outline: Outline
    plan: Plan
    section: PlannedSection
    index: int
    chooser: Chooser
    filler: Filler
    stock: Stock
    quotations: Sequence[Verified]
    loom: Loom
    points: tuple[PointView, ...]
    _calls: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    _heard: Growing = field(default_factory=Growing)

    def functions(self) -> dict[str, object]:
        """Names under which templates call them."""
        return {name: getattr(self, name) for name in FUNCTIONS} | {WAY: self.way}

    # ------------------------------------------------------------ from the bank
    def pick(
        self, role: str, point: PointView | None = None, optional: bool = False, mine: bool = False, run: bool = False
    ) -> str:
        """One sentence; with `optional` nothing rather than a blank when the bank has none.

        `mine` prefers one in which the speaker speaks of himself, `run` two or three sentences that go on from each other.
        """
        _known((role,))
        strict = optional and point is not None  # rather nothing than another facet's
        phrase = self._given(role, point) or self.choose(role, point, strict=strict, mine=mine, run=run, around=self.around(point))
        if phrase is not None:
            return self.put(self.filler.spans(phrase), point)
        if optional:
            return ""
        about = point.facet if point and point.facet else self.outline.theme
        return self.put((blank_span(Blank("内容", f"{about}：{ROLES[role]}一句")), Span("。", self.origin)), point)

    def fill(
        self, roles: Sequence[str], point: PointView | None = None, *, last: str = "", spare: Sequence[str] = (), most: int = 0,
        mine: bool = False,
    ) -> str:  # fmt: skip
        """Sentences that must stand first, then the roles in turn until the room is full or the bank has no more.

        `spare` are roles taken when the others have run out; `last` is the role of one sentence that closes the point,
        for which room is kept; `most` is the most characters it may take; `mine` puts those first in which
        the speaker speaks of himself. A point that grows long goes on in a new paragraph.
        """
        wish = Wish(_known(roles), _known(spare), "".join(_known((last,) if last else ())), mine)
        if not isinstance(most, int):  # told here, where the template's line is known, and not when gaps are filled
            raise ConfigError(f"fill 的 most 应为字数，写成了“{most}”")

        def filled(budget: int, before: str, after: str) -> str:
            return Filling(self, wish, point, min(budget, most or budget), before, after).run()

        return self.loom.gap(filled)

    # ------------------------------------------------------------ from the writer
    def heading(self, point: PointView) -> str:
        """The run-in heading of a point, level 2; nothing for a point without heading."""
        if not point.title:
            return ""
        number = 1 + sum(1 for p in self.points if p.title and p.index < point.index)
        words = f"{heading_number(2, number)}{point.title.rstrip('。')}。"
        given = self.section.points[point.index].point.heading != "auto"
        return self.loom.token(
            Piece((Span(words, Origin("writer") if given else self.origin),), point.index, heading=True)
        )

    def facts(self, point: PointView) -> str:
        """The facts that belong to a point, a short sentence each; the year and unit travel with the figure."""
        chosen = [fact for name in point.facts for fact in self.outline.facts if fact.name == name]
        self.chooser.told.update(fact.name for fact in chosen)
        return "".join(self.put(fact_sentence(fact, self.outline.profile), point) for fact in chosen)

    def own(self, point: PointView) -> str:
        """The writer's own words for a point."""
        self.passed[f"own|{point.index}"] += 1
        return self.put(writer_spans(point.text), point)

    def unsaid(self) -> str:
        """The writer's own words for points that the template has no place for, each in a paragraph of its own."""
        return "".join("\n\n" + self.own(point) for point in self.points if point.text and not self.passed[f"own|{point.index}"])

    def unused(self) -> str:
        """What else the writer asked for at a point and still stands nowhere when all gaps are filled."""
        rest = ((point, tuple(self.wanted(point))) for point in self.points)
        return "".join("\n\n" + "".join(self.put(spans, point) for spans in groups) for point, groups in rest if groups)

    def fact(self, what: str, unit: str = "") -> str:
        """A figure of the fact sheet, or a blank that asks for it."""
        return self.blank("数据", what, unit)

    def blank(self, kind: str, what: str, unit: str = "") -> str:
        """A typed blank, or the fact that answers it."""
        return self.put((self.filler.blank(kind, what, unit),), None)

    def word(self, slot: str) -> str:
        """The level word, as plain text; a blank where the writer's level has none."""
        return word_for(self.outline.profile.level, slot) or self.blank("单位", "本级的相应称谓")

    # ------------------------------------------------------------ from what ships
    def quote(self, point: PointView | None = None) -> str:
        """A verified quotation with its source, word for word, that fits the point's facet or the theme; nothing when none does."""
        facet = point.facet if point else ""
        found = _fitting(self.quotations, self.plan.theme.name, facet, self.plan.genre.name)
        taken = self.stock.take([q for q in found if q not in self.stock.used], 1)
        if not taken:
            return ""
        return self.put(_quoted(taken[0], draw(self.outline.seed, f"quote|{taken[0].text}", len(_LEADS))), point)

    def each(
        self, items: Sequence[str | Task], count: int | None = None, marks: str = "", who: Sequence[str] = ()
    ) -> tuple[Step, ...]:
        """Items as numbered steps (`Stock.steps`); tasks and faults near to what the point's heading announces."""
        point = next((point for point in self.points if items is point.tasks or items is point.problems), None)
        near = self._announced(point) if point else frozenset()
        if near and point and items is point.tasks:  # a task that has nothing to do with what is told there is rather asked for
            items = [item for item in items if len(pairs(written(item)) & near) >= TAKEN_UP]
        return self.stock.steps(items, count, marks, who, near)

    def _announced(self, point: PointView) -> frozenset[str]:
        """The pairs of a point's own heading and of the paragraph it is of; empty where its heading announces no more than its facet."""
        heading = point.about
        return (pairs(heading) | self.chooser.written_under(heading, point.facet)) - pairs(point.facet) if heading else frozenset()

    def indicator(self, point: PointView) -> str:
        """The name of the indicator of a point's facet that is nearest to what stands there; a general name where none is near."""
        facet, near = self.plan.theme.facet(point.facet), self._announced(point)
        names = self.stock.take([fact.name for fact in facet.facts] if facet else (), 1, near)
        fits = [name for name in names if not near or pairs(name) & near]
        return fits[0] if fits else f"{point.facet or self.plan.theme.name}主要指标"

    def sites(self, count: int = 1) -> str:
        """Places where one goes to see what the theme is about: 工地、厂房."""
        return "、".join(self.stock.take(self.plan.theme.sites, count)) or "一线"

    def aims(self, count: int = 1) -> str:
        """What the theme is for: 让群众住得安心."""
        return "、".join(self.stock.take(self.plan.theme.aims, count)) or f"让{self.plan.theme.people}得到实惠"

    def law(self) -> str:
        """The title of a law on the theme; nothing when there is none."""
        return "".join(self.stock.take(self.plan.theme.laws, 1))

    def closing(self) -> str:
        """The closing form of the genre for the occasion and level, by the seed."""
        fits = [f for f in self.plan.genre.closings if f.fits(self.outline.occasion, self.outline.profile.level)]
        return self.stock.one_of(fits)

    # ------------------------------------------------------------ common
    def way(self, sizes: Sequence[int], place: str) -> int:
        """Which of the wordings of these sizes a template takes at a place; the next one each time it comes by there again. A speech that
        is to be shorter than its genre's takes none longer than the first."""
        short = self.plan.characters < SHORT * self.plan.genre.characters
        ways = [n for n, size in enumerate(sizes) if not short or size <= sizes[0]]
        return self.next_of(ways, f"way|{self.section.part.template}|{place}", place)

    def next_of(self, items: Sequence[T], slot: str, passing: str) -> T:
        """One of the items by the seed and a slot; the next one each time the section comes by `passing` again."""
        self.passed[passing] += 1
        return items[(draw(self.outline.seed, slot, len(items)) + self.passed[passing]) % len(items)]

    @property
    def origin(self) -> Origin:
        """What a section's template says of itself."""
        return Origin("template", self.section.part.template)

    def choose(
        self, role: str, point: PointView | None, *, strict: bool = False, mine: bool = False, run: bool = False, room: int = 1000,
        around: Around = NOTHING,
    ) -> Phrase | None:  # fmt: skip
        """The next phrase of a role for a point, or the theme without one (`Chooser.choose`): what takes up a heading that nothing
        has taken up yet, then with `run` a run where there is one, then a sentence."""
        self._calls += 1
        facet = point.facet if point else ""
        slot = f"{self.index}|{point.index if point else ''}|{self._calls}"
        for kind, least, near in _tries(around, run, room, LONG_RUN if self._toss() else 0):
            bound = strict or near.must > 0 or kind != "sentence"
            phrase = self.chooser.choose(
                role, facet, slot, strict=bound, mine=mine, kind=kind, room=room, least=least, around=near
            )
            if phrase is not None:
                return phrase
        return None

    def own_paragraph(self, roles: Sequence[str], point: PointView, room: int, *, mine: bool) -> Phrase | None:
        """The paragraph that a point's heading is of, in any of these roles; None where it is of none or that may not stand here."""
        heading = point.about
        lines = self.chooser.lines_of(heading) if heading else frozenset()
        return self.paragraph(roles, point, room, mine=mine, around=Around(frozenset(), must=OF_IT, lines=lines)) if lines else None

    def paragraph(self, roles: Sequence[str], point: PointView, room: int, *, mine: bool, around: Around) -> Phrase | None:
        """A paragraph for a point, of the first of these roles that has one; one that takes up its heading as long as nothing does."""
        self.passed[point.facet] += 1
        facet = self.plan.theme.facet(point.facet)
        slot = str(self.index * MOST_POINTS + (facet.place if facet else point.index) + _FURTHER * self.passed[point.facet])
        near = replace(around, must=around.must or TAKEN_UP * bool(around.heading))
        found = (
            self.chooser.choose(role, point.facet, slot, strict=True, mine=mine, kind="paragraph", room=room, around=near, at_rank=at_rank)
            for at_rank in (True, False) for role in roles
        )  # fmt: skip
        return next((phrase for phrase in found if phrase is not None), None)

    def around(self, point: PointView | None, said: str = "", file: str = "") -> Around:
        """What a phrase for a point is to go with: `said`, or what was put there before it is printed, the words of its facet, and
        its heading, if it is one of the facet's own, as long as nothing there takes it up."""
        if point is None:
            return Around(_ORGANISING.union(self._heard.pairs(said)), file) if said else NOTHING
        put = (piece.spans for piece in self.loom.pieces if isinstance(piece, Piece) and piece.point == point.index)
        said = (said or "".join(span.text for spans in put for span in spans)).replace(point.title, "") if point.title else said
        facet, spoken = self.plan.theme.facet(point.facet), self._heard.pairs(said)
        title = pairs(point.about) - pairs(point.facet)
        near = title.union(spoken, _of_words(facet.words if facet else ()))
        return Around(near, file, frozenset() if len(title & spoken) >= TAKEN_UP else title)

    def _given(self, role: str, point: PointView | None) -> Phrase | None:
        """The first phrase the writer asked for at this point that has the role."""
        for item in point.use if point else ():
            phrase = None if has_words(item) else self.chooser.stack.by_id(item)
            if phrase is not None and phrase.role == role:
                point.use.remove(item)  # type: ignore[union-attr]
                self.chooser.use(phrase)
                return phrase
        return None

    def wanted(self, point: PointView | None) -> Iterator[tuple[Span, ...]]:
        """What the writer asked for at this point and does not stand there yet."""
        while point and point.use:
            yield wanted_spans(point.use.pop(0), self.chooser, self.filler)

    def _toss(self) -> bool:
        """Whether to look for a long run first: three times of four."""
        return draw(self.outline.seed, f"long|{self.index}|{self._calls}", 4) > 0

    def put(self, spans: tuple[Span, ...], point: PointView | None) -> str:
        """A token for spans that belong to a point."""
        return self.loom.token(Piece(spans, point.index if point else -1))


@lru_cache(maxsize=1024)
def _of_words(words: tuple[str, ...]) -> frozenset[str]:
    """The pairs of characters of some words."""
    return frozenset().union(*map(pairs, words))


def _tries(around: Around, run: bool, room: int, long: int) -> Iterator[tuple[str, int, Around]]:
    """Kinds of phrases in the order they are looked for, with their fewest characters and what they are to go with; `long` are the
    characters a run has by preference."""
    runs = [size for size in sorted({long, 0}, reverse=True) if run and room >= max(RUN, size)]
    if around.heading:
        must = replace(around, must=TAKEN_UP)
        yield from (("run", 0, must) for _ in runs[:1])
        yield "sentence", 0, must
    yield from (("paragraph", 0, around) for _ in runs[:1])
    yield from (("run", size, around) for size in runs)
    yield "sentence", 0, around


def _known(roles: Sequence[str]) -> tuple[str, ...]:
    """The roles, of which there must be such. Raises ConfigError with the nearest."""
    if isinstance(roles, str):
        raise ConfigError(f"作用要写成列表：[\"{roles}\"]")
    for role in roles:
        if role not in ROLES:
            raise ConfigError(f"没有名为 {role} 的作用{nearest(str(role), list(ROLES))}")
    return tuple(roles)


_FURTHER = 101
"""Places between one paragraph of a point and the next: a prime beyond the size of any cell, so that all places differ."""
_ORGANISING = frozenset(("责任", "牵头", "调度", "会商", "专班", "督查", "考核", "通报", "台账", "清单", "经费", "问责", "带头", "表扬"))
"""What is said of no facet of a theme, in the parts on how it is seen to."""

_LEADS = ("{source}有言，", "{source}里说，", "古人讲，", "{source}讲得明白，")
"""How a quotation is led in; where the source is not named before, it is named after."""


def _fitting(entries: Sequence[Verified], theme: str, facet: str, genre: str) -> tuple[Verified, ...]:
    """Quotations for a theme and facet, those for the facet alone where there are any; none that does not fit the occasion."""
    usable = [q for q in entries if q.verified and not {theme, facet, genre} & set(q.unfit)]
    near = tuple(q for q in usable if facet and facet in q.facets)
    return near or tuple(q for q in usable if theme in q.themes)


def _quoted(quotation: Verified, lead: int) -> tuple[Span, ...]:
    """A quotation as a sentence of its own, with its source; its words are the quotation's alone."""
    form, ours = _LEADS[lead], Origin("template", "quote")
    words = Span(quotation.text.rstrip("。"), Origin("quotation", quotation.id or quotation.text))
    if "{source}" in form:
        mark = "”" if quotation.text[-1] in "？！" else "。”"
        return Span(form.format(source=quotation.source) + "“", ours), words, Span(mark, ours)
    return Span(form + "“", ours), words, Span(f"”，语出{quotation.source}。", ours)


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
