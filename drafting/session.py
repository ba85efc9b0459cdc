"""The writer at work: an outline, what can be done to it, and a way back.

The terminal and the batch run share this: `Session.draft` is what `render` makes of the outline, and the outline is
all there is to save. Every action is a pure function from one frozen outline to the next (`drafting.actions`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from drafting import actions
from drafting.actions import Item
from drafting.config import Library
from drafting.files import write_atomic
from drafting.fill import Filler
from drafting.leadins import led_anew
from drafting.model import Blank, Block, Draft, Fact, Origin, Outline, Point, Span, has_words
from drafting.other_wordings import next_wording, values
from drafting.outline import dump, load, loads
from drafting.plan import Plan, PlannedPoint, plan
from drafting.printed import Printed
from drafting.provenance import Stretch, learned, own_words, printed_by_templates
from drafting.render import render
from drafting.rework import Rework
from drafting.suggest import Slot, Suggestion
from drafting.swapping import candidate_after, own_genre_first
from drafting.voices import NEGATIVE_ROLES, plans
from phrasebank.levels import LEVELS
from phrasebank.model import Phrase
from phrasebank.search import Hit, Query, Stack

Action = Callable[[Outline], Outline]
FORESEEN = 16
"""Drafts of changes looked at that are remembered."""
_Kept = tuple[Draft, Plan, tuple[int, ...]]
"""A draft, its plan, and the state of the banks it was made of."""
RECENT = 40
"""States of a draft that are remembered as they read: undo and redo are keys one holds down."""


@dataclass(slots=True)
class Session:
    """One outline being worked on. Undo and redo go to `past` and `future`; `known` is where settled words came from."""

    library: Library
    stack: Stack
    outline: Outline
    past: list[Outline] = field(default_factory=list)
    future: list[Outline] = field(default_factory=list)
    known: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    _draft: Draft | None = None
    _plan: tuple[Outline, Plan] | None = None
    _last: tuple[Draft, Plan] | None = None
    _merge: str = ""
    _seen: tuple[_Kept, ...] = ()
    _made: tuple[_Kept, ...] = ()
    _printed: Printed | None = None

    @property
    def draft(self) -> Draft:
        """What the outline renders to; rendered once for each outline."""
        if self._draft is None or self._draft.outline is not self.outline:
            self._recall()
        if self._draft is None or self._draft.outline is not self.outline:
            self._draft = render(self.outline, self.library, self.stack, self.known, self.plan)
        return self._draft

    @property
    def plan(self) -> Plan:
        """The outline with every open choice made; made once for each outline."""
        if self._plan is None or self._plan[0] is not self.outline:
            self._recall()
        if self._plan is None or self._plan[0] is not self.outline:
            self._plan = (self.outline, plan(self.outline, self.library))
        return self._plan[1]

    def apply(self, action: Action, merge: str = "") -> bool:
        """Does `action`; False, and nothing has happened, when it changes nothing. Raises what rendering raises.

        Actions in a row with the same `merge` are one step for undo: typing into a field is one change to a writer.
        """
        after = actions.tidy(action(self.outline))  # as it reads when it has been saved
        if after == self.outline:
            return False
        draft, planned = self._rendered(after)  # before anything is kept: what cannot be rendered is not done
        self._keep()
        if not (merge and merge == self._merge and self.past):
            self.past.append(self.outline)
        self.future.clear()
        self.outline, self._draft, self._plan, self._last, self._merge = draft.outline, draft, (draft.outline, planned), None, merge
        return True

    def edit(self, section: int, action: Action) -> bool:
        """Does `action` on a settled section, and settles every other section whose wording would change by it.

        Sections share the length asked for, so that a sentence more here could take one away there, behind the
        writer's back.
        """
        return self.apply(lambda outline: self._steady(section, action))

    def undo(self) -> bool:
        """Takes the last action back; False when there is none."""
        return self._move(self.past, self.future)

    def redo(self) -> bool:
        """Does the last undone action again; False when there is none."""
        return self._move(self.future, self.past)

    # Looking

    def suggest(self, query: Query, limit: int = 50) -> tuple[Hit, ...]:
        """Phrases for `query` that the writer's level has words for, best first."""
        filler = Filler(self.outline)
        return tuple(hit for hit in self.stack.search(query, limit) if filler.can_fill(hit.phrase))

    def offers(self, query: Query, limit: int = 60) -> tuple[Hit, ...]:
        """What may be put into the draft for `query`: fitting polarity, not in the draft yet; own genre first, then best first."""
        may_offer = self.offerable(query.role)
        return own_genre_first((hit for hit in self.stack.search(query, limit) if may_offer(hit.phrase)), self.outline.genre)

    def offerable(self, role: str) -> Callable[[Phrase], bool]:
        """Whether a phrase may be offered for a role in the draft as it is: of fitting polarity and no plan where it is said what something
        means, with words for the writer's level, not in the draft yet, nor in a longer passage that is."""
        allowed = {"plain", "negative"} if role in NEGATIVE_ROLES else {"plain"}
        used, said, filler = self.used, self.draft.text, Filler(self.outline)
        return lambda phrase: (
            phrase.polarity in allowed and phrase.id not in used and filler.can_fill(phrase)
            and not (role == "significance" and plans(phrase.template)) and phrase.text.rstrip("。") not in said
        )  # fmt: skip

    @property
    def missing(self) -> frozenset[str]:
        """Ids the outline asks for and no bank has."""
        return frozenset(item for item in self.chosen if self.stack.by_id(item) is None)

    @property
    def chosen(self) -> frozenset[str]:
        """Ids of the phrases the outline asks for."""
        points = (point for section in self.outline.sections for point in section.points)
        return frozenset(item for point in points for item in point.use if not has_words(item))

    @property
    def used(self) -> frozenset[str]:
        """Ids of the phrases in the draft."""
        spans = (span for block in self.draft.blocks for span in block.spans)
        return frozenset(span.origin.ref for span in spans if span.origin.kind == "phrase")

    def spans_of(self, phrase_id: str) -> tuple[Span, ...]:
        """A phrase as this draft would print it; nothing for an unknown id."""
        return self._prints().spans_of(phrase_id)

    def _prints(self) -> Printed:
        """What is known of how phrases are printed now."""
        common = self.stack.state(), replace(self.outline, sections=())
        if self._printed is None or self._printed.common != common:
            self._printed = Printed(common, self._worded)
        return self._printed

    def _worded(self, phrase_id: str) -> tuple[Span, ...]:
        phrase = self.stack.by_id(phrase_id)
        return self.wording(phrase) if phrase else ()

    def wording(self, phrase: Phrase) -> tuple[Span, ...]:
        """A phrase in the writer's words, with blanks for what is not known."""
        return Filler(self.outline).spans(phrase)

    def paragraphs(self, section: int) -> tuple[Block, ...]:
        """The paragraphs of a section."""
        return actions.paragraphs_of(self.draft, section)

    def items(self, section: int, paragraph: int) -> tuple[Item, ...]:
        """The sentences of a paragraph."""
        return self._prints().items_of(self.paragraphs(section)[paragraph])

    def facet_of(self, section: int, paragraph: int) -> str:
        """What a paragraph is about; empty where nothing was planned."""
        index = self.paragraphs(section)[paragraph].slot[1]
        planned = self.plan.sections[section]
        if actions.is_settled(planned.plan):
            return planned.plan.points[index].facet  # the plan would find a facet for a paragraph that has none
        return planned.points[index].facet if 0 <= index < len(planned.points) else ""

    def role_of(self, section: int, item: Item | None) -> str:
        """The role of a sentence: its phrase's own, otherwise that of the part it stands in."""
        phrase = self.stack.by_id(item.phrase) if item and item.phrase else None
        return phrase.role if phrase else self.plan.sections[section].part.role

    # Writing

    def put_items(self, section: int, paragraph: int, items: Sequence[str]) -> bool:
        """Puts other sentences into a paragraph; none at all take it out."""
        if not items:
            return self.edit(section, lambda o: actions.remove_point(o, section, paragraph))
        return self.edit(section, lambda o: actions.set_items(o, section, paragraph, items))

    def swap(self, section: int, paragraph: int, index: int) -> bool:
        """Puts the next candidate of the same role and facet in the place of a sentence, of one that the template says its next
        wording; False when there is none."""
        items = self.items(section, paragraph)
        if all(span.origin.kind != "phrase" for span in items[index].spans):
            folders, template = self.library.folders, self.plan.sections[section].part.template
            said = items[index].text
            if words := next_wording(tuple(folders), template, said, values(self.plan, self.outline.profile.level)):
                if not any(span.origin.kind == "writer" for span in items[index].spans):  # nor is it his then
                    whole = {text: (Stretch(0, len(text), Origin("template", template)),) for text in actions.cut(words)}
                    self.known = {**whole, **self.known}
                return self.put(section, paragraph, index, words)
            if items[index].joins:
                return False
        after = candidate_after(self, items[index], section, self.facet_of(section, paragraph))
        if after is None:
            return False
        uses = [item.use for item in items]
        return self.put_items(section, paragraph, [*self._led(section, paragraph, index, after), after.id, *uses[index + 1 :]])

    def _led(self, section: int, paragraph: int, index: int, phrase: Phrase | None) -> list[str]:
        """What stands before a sentence; what announced it announces the phrase that takes its place."""
        items = self.items(section, paragraph)[:index]
        uses = [item.use for item in items]
        if items and phrase and not items[-1].phrase:
            facet = self.plan.theme.facet(self.facet_of(section, paragraph))
            uses[-1] = led_anew(items[-1].text, phrase, facet, self.stack) or uses[-1]
        return uses

    def retype(self, section: int, paragraph: int, texts: Sequence[str]) -> bool:
        """Types a paragraph over; each further text becomes a paragraph after it."""
        items = self.items(section, paragraph)
        first, *rest = texts or ("",)

        def action(outline: Outline) -> Outline:
            kept = actions.retype(items, first)
            outline = actions.set_items(outline, section, paragraph, kept) if kept else outline
            for number, text in enumerate(rest, 1):
                outline = actions.insert_point(outline, section, paragraph + number, actions.split(text))
            return outline if kept else actions.remove_point(outline, section, paragraph)

        return self.edit(section, action)

    def put(self, section: int, paragraph: int, index: int, use: str = "") -> bool:
        """Puts a phrase (its id) or own words in the place of a sentence; nothing takes it out."""
        uses = [item.use for item in self.items(section, paragraph)]
        phrase = None if has_words(use) else self.stack.by_id(use)
        return self.put_items(section, paragraph, [*self._led(section, paragraph, index, phrase), *actions.cut(use), *uses[index + 1 :]])

    def insert(self, section: int, paragraph: int, index: int, use: str) -> bool:
        """Puts a phrase (its id) or own words before a sentence."""
        uses = [item.use for item in self.items(section, paragraph)]
        return self.put_items(section, paragraph, [*uses[:index], *actions.cut(use), *uses[index:]])

    def insert_paragraph(self, section: int, at: int, text: str) -> bool:
        """A paragraph of own words before the one at `at`."""
        return self.edit(section, lambda o: actions.insert_point(o, section, at, actions.split(text)))

    def choose(self, slot: Slot, suggestion: Suggestion) -> bool:
        """Puts a suggestion (`drafting.suggest`) into its slot."""
        use, section = suggestion.use, slot.section
        if slot.kind in ("title", "salutation"):
            return self.apply(lambda o: actions.change(o, **{slot.kind: use}))
        if slot.kind == "heading":
            return self.structure(lambda o: actions.set_heading(o, section, use))
        if slot.kind == "point":
            return self.head(section, slot.paragraph, use)
        if slot.kind == "sentence":
            return self.put(section, slot.paragraph, slot.index, use)
        return bool(slot.blank and suggestion.fact and self.fill(slot.block, slot.blank, suggestion.fact))

    def head(self, section: int, paragraph: int, heading: str) -> bool:
        """Another run-in heading for a paragraph; empty takes it away."""
        return self.edit(section, lambda o: actions.set_point_heading(o, section, paragraph, heading))

    def move_paragraph(self, section: int, paragraph: int, step: int) -> bool:
        """Moves a paragraph up (−1) or down (1) in its section; at the ends it stays."""
        return self.edit(section, lambda o: actions.move_point(o, section, paragraph, step))

    def lock(self, section: int, paragraph: int, locked: bool = True) -> bool:
        """Locks a paragraph, so that drawing its section anew leaves it as it is, or unlocks it."""
        return self.edit(section, lambda o: actions.set_locked(o, section, paragraph, locked))

    def redraw(self, section: int) -> bool:
        """Draws the paragraphs of a section anew, but for those that are locked or hold own words; False where that gives nothing
        else."""
        return self.edit(section, lambda o: self._rework.redrawn(o, section))

    def retarget(self, *, genre: str = "", theme: str = "") -> bool:
        """Another genre or theme; own words and headings move on into the part that does the same. Raises ConfigError."""
        return self.apply(lambda o: self._rework.retargeted(o, genre, theme))

    def choose_facets(self, section: int, facets: Sequence[str]) -> bool:
        """Lets a section treat these facets. Paragraphs on facets that stay are kept word for word, as is every other section."""
        if list(facets) == list(dict.fromkeys(p.facet for p in self.plan.sections[section].points if p.facet)):
            return False
        return self.edit(section, lambda outline: self._rework.with_facets(outline, self.plan, section, facets, self.spans_of))

    def redraw_headings(self) -> bool:
        """The next set of section headings."""
        return self.apply(lambda outline: actions.redraw_headings(outline, self.library))

    def redraw_point_headings(self, section: int) -> bool:
        """The next set of a section's run-in headings."""
        return self.apply(lambda outline: actions.redraw_point_headings(outline, self.library, section))

    def rename_point(self, section: int, point: int, heading: str) -> bool:
        """Another run-in heading for a point of the plan, typed by hand. What stands under it stays word for word: a heading of the
        facet's would bring a paragraph of its own, and one that has gone would take its own away."""
        if actions.is_settled(self.plan.sections[section].plan):
            return self.head(section, point, heading)
        at = next((n for n, block in enumerate(self.paragraphs(section)) if block.slot[1] == point), -1)
        if at >= 0:
            return self.head(section, at, heading)

        def action(outline: Outline) -> Outline:
            planned = self.plan.sections[section].points
            points = outline.sections[section].points or tuple(Point(p.facet, p.heading) for p in planned)
            written = actions.replace_points(outline, section, tuple(_named(p, q) for p, q in zip(points, planned, strict=True)))
            return actions.set_point_heading(written, section, point, heading)

        return self.structure(action)

    def structure(self, action: Action, section: int | None = None) -> bool:
        """Does `action` on the outline with its sections written down; where it is for one section alone, every other one whose wording
        would change by it is settled."""


        def explicit(outline: Outline) -> Outline:
            return action(actions.explicit_sections(outline, self.plan))

        return self.apply(explicit if section is None else lambda outline: self._steady(section, explicit, anew=True))

    def fill(self, number: int, blank: Blank, fact: Fact) -> bool:
        """Answers a blank in the block of that number (from 0): by the profile, as a fact, or else in the words themselves."""
        block = self.draft.blocks[number]
        if block.kind in ("speaker", "date"):
            return self.apply(lambda outline: actions.fill_head(outline, block, blank, fact.value))
        section = block.slot[0]
        if section < 0:
            return False
        if not blank.doubtful and self.answers(section, fact, block, blank):
            return self.edit(section, lambda outline: actions.set_fact(outline, fact))
        paragraph = self.paragraphs(section).index(block)
        return self.put_items(section, paragraph, self._replaced(section, paragraph, str(blank), fact.value + fact.unit))

    def save(self, path: Path) -> None:
        """Writes the outline atomically. Raises ExportError."""
        write_atomic(path, dump(self.outline).encode())

    # How it is done

    @property
    def _rework(self) -> Rework:
        return Rework(self.library, self.stack, printed_by_templates(self.known))

    def _rendered(self, outline: Outline) -> tuple[Draft, Plan]:
        """An outline rendered; the last one is remembered, for actions look at what they would give before they are done."""
        if self._last is None or self._last[0].outline != outline:
            self._learn(outline)
            self._last = self._awaited(outline)
        if self._last is None:
            planned = plan(outline, self.library)
            self._last = render(outline, self.library, self.stack, self.known, planned), planned
            self._made = (*self._made, (*self._last, self.stack.state()))[-FORESEEN:]
        return self._last

    def remember(self, use: str) -> None:
        """Keeps where a sentence that stands there comes from, for it may be taken out and put back as words."""
        if has_words(use) and use not in self.known:
            self.known |= learned({use}, self.draft, self.spans_of)

    def foresee(self, aside: Session) -> None:
        """Learns what another session on the same outline has rendered: one of its changes may be the next here."""
        if aside.outline is self.outline:
            known = {id(kept) for kept in self._made}
            self._made = (*self._made, *(kept for kept in aside._made if id(kept) not in known))[-FORESEEN:]

    def _awaited(self, outline: Outline) -> tuple[Draft, Plan] | None:
        """What has been rendered of this outline before, unless the banks have changed since."""
        found = next((kept for kept in self._made if kept[0].outline == outline), None)
        return found[:2] if found and found[2] == self.stack.state() else None

    def _learn(self, after: Outline) -> None:
        """Remembers where new sentences come from, while what they were made of still stands in the draft."""
        new = own_words(after) - own_words(self.outline) - self.known.keys()
        self.known |= learned(new, self.draft, self.spans_of) if new else {}

    def _move(self, source: list[Outline], target: list[Outline]) -> bool:
        if not source:
            return False
        self._keep()
        target.append(self.outline)
        self.outline = source.pop()
        self._merge = ""
        return True

    def _keep(self) -> None:
        """Remembers the draft at hand: undo and redo lead back to it."""
        if self._draft is not None and self._draft.outline is self.outline:
            seen = [kept for kept in self._seen if kept[0].outline is not self.outline]
            self._seen = (*seen, (self._draft, self.plan, self.stack.state()))[-RECENT:]

    def _recall(self) -> None:
        """The draft and plan of the outline as they were when it was left, unless the banks have changed since."""
        found = next((kept for kept in self._seen if kept[0].outline is self.outline), None)
        if found and found[2] == self.stack.state():
            self._draft, self._plan = found[0], (self.outline, found[1])

    def _settled(self, outline: Outline, sections: Sequence[int]) -> Outline:
        for section in sections:
            outline = actions.settle(outline, self.draft, self.plan, section, self.spans_of)
        return outline

    def _steady(self, section: int, action: Action, *, anew: bool = False) -> Outline:
        sections = [] if anew else [section]
        while True:
            after = actions.tidy(action(self._settled(self.outline, sections)))
            drawn, _ = self._rendered(after)
            others = (i for i in range(len(self.plan.sections)) if i not in (section, *sections))
            moved = [i for i in others if _words(drawn, i) != _words(self.draft, i)]
            if not moved:
                return after
            sections += moved

    def answers(self, section: int, fact: Fact, block: Block, blank: Blank) -> bool:
        """Whether the fact sheet is the door for this blank: own words are not filled from it."""
        settled = self._settled(self.outline, [section])
        after = render(actions.set_fact(settled, fact), self.library, self.stack)
        at = self.draft.blocks.index(block)
        return after.blocks[at].text.count(str(blank)) < block.text.count(str(blank))

    def _replaced(self, section: int, paragraph: int, old: str, new: str) -> list[str]:
        uses: list[str] = []
        done = False
        for item in self.items(section, paragraph):
            hit = not done and old in item.text
            uses += actions.split(item.text.replace(old, new, 1)) if hit else (item.use,)
            done = done or hit
        return uses


def level_names() -> tuple[str, ...]:
    """The ranks a speaker may have, from province down."""
    return tuple(LEVELS)


def stock(stack: Stack, theme: str, facet: str = "", limit: int = 500) -> int:
    """How many phrases the banks have for a theme or a facet of it, counted up to `limit`."""
    return len(stack.search(Query(theme=theme, facet=facet, kind="sentence"), limit))


def _named(point: Point, planned: PlannedPoint) -> Point:
    """A point with the facet and heading the plan gives it, so that renaming one leaves its neighbours as they are."""
    return point if point.fixed else replace(point, facet=planned.facet, heading=planned.heading)


def _words(draft: Draft, section: int) -> list[str]:
    return [block.text for block in actions.paragraphs_of(draft, section)]


def reopen(path: Path, library: Library, stack: Stack, words: Mapping[str, str] | None = None) -> Session:
    """A session on the first outline of a saved file. Raises OutlineErrors.

    Phrases no bank has any more come back as `words`, the text they had by their ids; without it they become blanks.
    """
    outline = load(path, library)[0]
    known = {item: text for item, text in (words or {}).items() if stack.by_id(item) is None}
    return Session(library, stack, actions.reworded(outline, known) if known else outline)


def same(outline: Outline, library: Library) -> bool:
    """Whether `outline` survives being written and read: the promise that a session file is an outline."""
    return loads(dump(outline), "", library)[0] == outline
