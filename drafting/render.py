"""Outline and bank to Draft: plans, runs the section templates, and weaves their output into blocks of spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from drafting.choose import Chooser
from drafting.config import Library, Theme
from drafting.desk import Desk, wanted_spans, writer_spans
from drafting.errors import RenderError
from drafting.factual import fact_sentence, home_of
from drafting.fill import Filler, blank_span
from drafting.filling import PointView
from drafting.model import Blank, Block, Draft, Origin, Outline, Profile, Span
from drafting.numerals import chinese, heading_number
from drafting.plan import Plan, PlannedPoint, PlannedSection, plan, variant
from drafting.provenance import Known, told_spans
from drafting.quotations import Verified, load_quotations
from drafting.sandbox import run, variants
from drafting.stock import Stock, facet_of
from drafting.weave import Line, Loom, Piece
from phrasebank.search import Stack

_DIGIT = re.compile(r"[0-9０-９]")
SPEAKER_LINE = 25
"""Characters of post and name that stand on one centred line of 28."""

HEAD = 40
"""Characters of unit, post, name and date under a title, filled in or still asked for."""

OFF = 0.07
"""How far a draft may miss its length before it is drawn again for a length that makes up for it."""

_GATED = frozenset({"template", "phrase", "quotation"})
"""Origins that may not bring a figure into a draft: only facts, the profile and the writer may."""


def render(
    outline: Outline, library: Library, stack: Stack, known: Known = MappingProxyType({}), planned: Plan | None = None,
    *, without: frozenset[str] = frozenset(),
) -> Draft:  # fmt: skip
    """The draft of `outline`. The same outline, library and banks give the same draft; `known` tells where settled words came from,
    `planned` is its plan where that has been made, `without` are the ids of phrases that are not to be chosen.

    Raises ConfigError for an unknown genre or theme, RenderError when a template fails or prints a figure of its own.
    """
    planned = planned or plan(outline, library)
    draft = _drawn(outline, library, stack, known, planned, without=without)
    size = _size(draft.blocks)
    if abs(size / planned.characters - 1) > OFF and not _settled(outline):
        asked = round(planned.characters**2 / size)
        second = _drawn(outline, library, stack, known, replace(planned, characters=asked), without=without)
        draft = min(draft, second, key=lambda one: abs(_size(one.blocks) - planned.characters))
    return draft


def _size(blocks: Iterable[Block]) -> int:
    """Characters of blocks."""
    return sum(len(block.text) for block in blocks)


def _settled(outline: Outline) -> bool:
    """Whether the writer has put words of his own into an outline: his words are not to move others about."""
    return any(p.fixed or p.text or p.use for section in outline.sections for p in section.points)


def _drawn(
    outline: Outline, library: Library, stack: Stack, known: Known, planned: Plan, *, without: frozenset[str]
) -> Draft:  # fmt: skip
    filler = Filler(outline)
    chooser = Chooser(stack, filler, planned.genre, planned.theme.name, outline.seed, planned.characters)
    for item in _reserved(outline):
        if phrase := stack.by_id(item):
            chooser.use(phrase)  # what the writer chose is not offered elsewhere
    chooser.used |= without
    front = tuple(_front(outline, planned))
    stock = Stock(planned.theme, outline.seed)
    room = planned.characters - sum(_taken(block) for block in front)
    quotations = load_quotations(library.folders).entries
    sections = _Sections(outline, planned, library, chooser, filler, stock, quotations, _homes(outline, planned), room, known).render()
    draft = Draft(outline, (*front, *sections))
    _gate(draft, planned.theme)
    return draft


def _taken(block: Block) -> int:
    """Characters a block of the front takes of the length: the date's line stands for the speaker's too, so that filling in a name
    leaves the body as it was."""
    return {"speaker": 0, "date": HEAD}.get(block.kind, len(block.text))


def _reserved(outline: Outline) -> Iterator[str]:
    return (item for section in outline.sections for point in section.points for item in point.use)


TELLING = ("achievement", "measure", "significance", "lead")
"""Roles of the parts that take facts no point was given, the first that the genre has."""


def _homes(outline: Outline, planned: Plan) -> Mapping[tuple[int, int], Sequence[str]]:
    """Facts that no point was given, by the section and point they belong to: in the part that tells of such things, the point
    whose facet asks for them. What belongs nowhere stays on the sheet, and answers blanks from there."""
    placed = {name for section in outline.sections for point in section.points for name in point.facts}
    homes: dict[tuple[int, int], list[str]] = {}
    order = sorted(enumerate(planned.sections), key=lambda pair: _telling(pair[1].part.role))
    for fact in outline.facts:
        for index, section in order if fact.name not in placed else ():
            home = home_of(fact, [facet_of(planned.theme, p.facet) for p in section.points])
            if home >= 0 and not section.points[home].point.fixed:
                homes.setdefault((index, home), []).append(fact.name)
                break
    return homes


def _telling(role: str) -> int:
    return TELLING.index(role) if role in TELLING else len(TELLING)


def _gate(draft: Draft, theme: Theme) -> None:
    """No figure enters through wording: the bank keeps none and templates may hold none but those in a theme's names."""
    names = re.compile(
        "|".join(re.escape(name) for name in (theme.name, theme.object, *(f.name for f in theme.facets)) if name)
    )
    for block in draft.blocks:
        for span in (*block.lead, *block.spans):
            gated = span.origin.kind in _GATED and block.kind != "heading" and _DIGIT.search(span.text)
            if gated and _DIGIT.search(names.sub("", span.text)):
                raise RenderError(f"“{span.text[:20]}…”自带数字；数字只能来自事实清单", span.origin.ref)


def _title(outline: Outline, planned: Plan) -> Iterator[Span]:
    """The title: the writer's own, or a form of the genre's with the writer's occasion in it."""
    if outline.title:
        yield Span(planned.title, Origin("writer"))
        return
    before, occasion, after = planned.title.partition(outline.occasion) if outline.occasion else (planned.title, "", "")
    for text, origin in ((before, Origin("template", "title")), (occasion, Origin("writer")), (after, Origin("template", "title"))):
        if text:
            yield Span(text, origin)


def _front(outline: Outline, planned: Plan) -> Iterator[Block]:
    """Title, subtitle, speaker, date and salutation."""
    yield Block("title", tuple(_title(outline, planned)))
    if outline.subtitle:
        yield Block("subtitle", (Span("——" + outline.subtitle.lstrip("—"), Origin("writer")),))
    if planned.genre.speaker:
        yield from (Block("speaker", line) for line in _speaker(outline))
        yield Block("date", _date(outline))
    if planned.salutation:
        origin = Origin("writer") if outline.salutation else Origin("template", "salutation")
        yield Block("salutation", (Span(planned.salutation, origin),))


def _speaker(outline: Outline) -> tuple[tuple[Span, ...], ...]:
    """Post and name on one line, or a line each where one would not hold both."""
    profile = outline.profile
    post = _post(profile.unit, profile.post)
    who = Span(post, Origin("profile", "post")) if post else blank_span(Blank("单位", "发言人单位和职务"))
    name = Span(profile.name, Origin("profile", "name")) if profile.name else blank_span(Blank("人名", "发言人姓名"))
    if len(who.text) + len(name.text) > SPEAKER_LINE:
        return (who,), (name,)
    return ((who, Span("　", Origin("template", "speaker")), name),)


def _post(unit: str, post: str) -> str:
    """Unit and post in a row, what ends the one and begins the other but once: 临河镇党委 and 党委副书记; 镇 of 临河镇 and 镇长 is both."""
    shared = next((size for size in range(min(len(unit), len(post)), 1, -1) if unit.endswith(post[:size])), 0)
    return f"{unit}{post[shared:]}"


def _date(outline: Outline) -> tuple[Span, ...]:
    when = writer_spans(outline.date) if outline.date else (blank_span(Blank("时间", "发言日期")),)
    own = Origin("template", "date")
    return (Span("（", own), *when, Span("）", own))


@dataclass(slots=True)
class _Sections:
    """Renders sections in an order that lets the length come out: fixed ones first, then the others share what is left."""

    outline: Outline
    planned: Plan
    library: Library
    chooser: Chooser
    filler: Filler
    stock: Stock
    quotations: Sequence[Verified]
    homes: Mapping[tuple[int, int], Sequence[str]]
    room: int
    known: Known

    def render(self) -> tuple[Block, ...]:
        """Blocks of all sections in the order of the plan."""
        done: dict[int, tuple[Block, ...]] = {}
        for index, section in self._order():
            done[index] = self._section(section, index, self._budget(section, done))
        return tuple(block for index in range(len(self.planned.sections)) for block in done[index])

    def _order(self) -> list[tuple[int, PlannedSection]]:
        return sorted(enumerate(self.planned.sections), key=lambda pair: (bool(pair[1].part.points), pair[0]))

    def _budget(self, section: PlannedSection, done: dict[int, tuple[Block, ...]]) -> int:
        """This section's part of the characters not yet spent, by the middle of the shares of those still to come."""
        spent = sum(map(_size, done.values()))
        todo = [s for i, s in enumerate(self.planned.sections) if i not in done]
        shares = sum(sum(s.part.share) for s in todo) or 1
        fair = (self.room - spent) * sum(section.part.share) / shares
        most = self.planned.characters * section.part.share[1] / 100
        return max(0, round(min(fair, most)))

    def _section(self, section: PlannedSection, index: int, budget: int) -> tuple[Block, ...]:
        heading = _heading_blocks(section, index)
        budget -= _size(heading)
        if section.plan.points and all(point.point.fixed for point in section.points):
            return (*heading, *self._fixed(section, index))
        lines = self._printed(section, index, budget) if section.part.template else ()
        blocks = [Block("paragraph", line.spans, line.lead, 2 if line.lead else 0, slot=(index, line.point)) for line in lines]
        return (*heading, *self._settled(section, index, blocks))

    def _settled(self, section: PlannedSection, index: int, blocks: Sequence[Block]) -> Iterator[Block]:
        """The blocks a template made, those of a point the writer has settled replaced by what it holds."""
        if not any(point.point.fixed for point in section.points):
            yield from blocks
            return
        own = {block.slot[1]: block for block in self._fixed(section, index)}
        for block in blocks:
            at = block.slot[1]
            if at < 0 or not section.points[at].point.fixed:
                yield block
            elif at in own:
                yield own.pop(at)

    def _fixed(self, section: PlannedSection, index: int) -> Iterator[Block]:
        """Points the writer has settled: their heading, text and phrases, and nothing else."""
        number = 0
        for i, planned in enumerate(section.points):
            lead: tuple[Span, ...] = ()
            if planned.heading:
                number += 1
                lead = (Span(f"{heading_number(2, number)}{planned.heading.rstrip('。')}。", Origin("writer")),)
            point = planned.point
            items = (
                told_spans(item, self.known) if item in self.known else wanted_spans(item, self.chooser, self.filler) for item in point.use
            )
            facts = (fact_sentence(f, self.outline.profile) for name in point.facts for f in self.outline.facts if f.name == name)
            spans = (*writer_spans(point.text), *(s for group in (*items, *facts) for s in group))
            yield Block("paragraph", spans, lead, 2 if lead else 0, slot=(index, i))

    def _printed(self, section: PlannedSection, index: int, budget: int) -> tuple[Line, ...]:
        loom, views = Loom(), self._views(section, index)
        desk = Desk(
            self.outline, self.planned, section, index, self.chooser, self.filler, self.stock, self.quotations, loom, views
        )
        names = variants(self.library.folders, section.part.template)
        name = variant(self.planned.genre, section.part.template, self.outline.seed, names)
        printed = run(self.library.folders, name, self._values(desk, budget))
        loom.check(printed, name)
        return loom.lines(loom.settle(printed + desk.unsaid(), budget) + desk.unused(), name)

    def _views(self, section: PlannedSection, index: int) -> tuple[PointView, ...]:
        return tuple(self._view(i, planned, self.homes.get((index, i), ())) for i, planned in enumerate(section.points))

    def _view(self, index: int, planned: PlannedPoint, more: Sequence[str]) -> PointView:
        facet = facet_of(self.planned.theme, planned.facet)
        facts = (*planned.point.facts, *more)
        point = planned.point
        lists = (facet.who, facet.problems, facet.tasks, list(point.use), facts)
        return PointView(index, planned.facet, planned.heading, point.text, *lists, planned.about)

    def _values(self, desk: Desk, budget: int) -> dict[str, object]:
        headed = sum(1 for section in self.planned.sections if section.number)
        return {
            "theme": self.planned.theme.name, "topic": self.planned.theme.object, "genre": self.planned.genre.name,
            "profile": self._profile(desk.loom),
            "occasion": desk.loom.token(Piece(writer_spans(self.outline.occasion))), "count": "两" if headed == 2 else chinese(headed),
            "points": desk.points, "budget": budget, "people": self.planned.theme.people, "terms": list(self.planned.theme.terms),
            "facets": [facet.name for facet in self.planned.theme.facets], **desk.functions(),
        }  # fmt: skip

    def _profile(self, loom: Loom) -> Profile:
        """The profile as templates see it: what the writer gave keeps its origin."""
        given = {name: getattr(self.outline.profile, name) for name in ("place", "unit", "post", "name")}
        said: dict[str, Any] = {
            name: loom.token(Piece((Span(value, Origin("profile", name)),))) for name, value in given.items() if value
        }
        return replace(self.outline.profile, **said)


def _heading_blocks(section: PlannedSection, index: int) -> Sequence[Block]:
    if not section.heading:
        return ()
    number = heading_number(1, section.number)
    given = section.plan.heading != "auto"
    words = Span(section.heading, Origin("writer") if given else Origin("template", "headings"))
    lead = (Span(number, Origin("template", "number")), words)
    return (Block("heading", lead=lead, level=1, number=number, slot=(index, -1)),)
