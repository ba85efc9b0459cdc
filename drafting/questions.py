"""What only the writer can give, as questions: each asked once, by whom to ask, and answered wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from drafting import actions
from drafting.answer_text import FIGURE_SAID, day_fault, full_date, plain, year_fault
from drafting.batch_summary import SPEAKER, whom
from drafting.model import Blank, Block, Draft, Fact, Outline
from drafting.origins import asked
from drafting.plan import Plan
from drafting.rewording import as_one, reword
from drafting.summary import unused_facts

if TYPE_CHECKING:
    from drafting.session import Session

FIGURE = "数据"
_VAGUE = frozenset({"姓名和职务", "具体日期", "单位全称", "本级的相应称谓"})
"""What is asked where a phrase named someone else's people, days and bodies: each place has an answer of its own."""
_PROFILE = {("职务", "本人职务"): "post", ("地名", "地名全称"): "place"}
"""Blanks that stand for a field of the profile, which then answers them wherever they are."""
_FILLED = frozenset({"blank", "fact", "profile", "template"})
"""Origins of what stands among the words of a phrase."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a block (from 0) of the draft."""

    block: int
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A blank with all places it stands in, who may know it, and the sentence of the first place. `run` are all the sentences that a
    mark to verify vouches for."""

    blank: Blank
    ask: str
    spots: tuple[Spot, ...]
    sentence: str
    run: str = ""

    @property
    def figure(self) -> bool:
        """Whether the answer is a figure, with unit, year and source."""
        return self.blank.kind == FIGURE and not self.blank.doubtful


@dataclass(frozen=True, slots=True)
class Answer:
    """What was put in: the fact, and where it stands as words of the writer's. No such place: it stands on the fact sheet or in the
    profile."""

    fact: Fact
    spots: tuple[Spot, ...] = ()


def questions(draft: Draft, plan: Plan) -> tuple[Question, ...]:
    """Every question of the draft, those for one person together, in the order in which the draft first asks them."""
    found: dict[object, Question] = {}
    for spot, blank, ask in _blanks(asked(draft, plan)):
        own = blank.doubtful or blank.what in _VAGUE
        key = (replace(blank, who=""), spot if own else None)
        if known := found.get(key):
            found[key] = replace(known, spots=(*known.spots, spot))
        else:
            block = draft.blocks[spot.block]
            run = run_before(block, spot) if blank.doubtful else ""
            found[key] = Question(blank, ask, (spot,), sentence_at(block.text, spot.at), run)
    order = list(dict.fromkeys(question.ask for question in found.values()))
    return tuple(sorted(found.values(), key=lambda question: order.index(question.ask)))


def sentence_at(text: str, at: int) -> str:
    """The sentence of a paragraph that holds the character at `at`."""
    return text[start_of_sentence(text, at) : end_of_sentence(text, at)]


def start_of_sentence(text: str, at: int) -> int:
    """Where the sentence begins that goes on at `at`."""
    return max(text.rfind(mark, 0, at) for mark in "。！？") + 1


def end_of_sentence(text: str, at: int) -> int:
    """Behind the mark that ends the sentence which goes on at `at`."""
    ends = [end for mark in "。！？" if (end := text.find(mark, at)) >= 0]
    return min(ends, default=len(text)) + 1


def run_before(block: Block, spot: Spot) -> str:
    """What a mark to verify stands at the end of: the words of one phrase, which may be several sentences, with what was filled in
    among them and at the head of its sentence; of the writer's own words all since the mark before."""
    head = len(block.lead_text)
    at = start = head if spot.at >= head else 0
    own: tuple[str, str] | None = None
    for span in block.spans if at else (*block.lead, *block.spans):
        if at >= spot.at:
            break
        origin, doubtful = span.origin, bool(span.origin.blank and span.origin.blank.doubtful)
        told = origin.kind not in _FILLED and any(character.isalnum() for character in span.text)
        if doubtful or (told and (origin.kind, origin.ref) != own):
            start = at + len(span.text) if doubtful else max(start, start_of_sentence(block.text, at))
            own = None if doubtful else (origin.kind, origin.ref)
        at += len(span.text)
    end = spot.at + len(spot.text)
    closing = block.text[end : end + 1]
    return block.text[start:end].lstrip("。！？") + (closing if closing in "。！？" else "")


def _blanks(draft: Draft) -> Iterator[tuple[Spot, Blank, str]]:
    for number, block in enumerate(draft.blocks):
        at = 0
        for span in (*block.lead, *block.spans):
            if blank := span.origin.blank:
                yield Spot(number, at, span.text), blank, SPEAKER if "本人" in blank.what else whom(block, blank)
            at += len(span.text)


# Answering


def fault_of(question: Question, value: str, year: str = "") -> str:
    """What is wrong with an answer as it was typed; empty when nothing is."""
    if question.figure and not FIGURE_SAID.match(plain(value).removesuffix(question.blank.unit).rstrip()):
        return "这里只填数字，如 36、1.2万；暂时不知道就空着"
    return day_fault(value) or year_fault(year)


def fact_of(blank: Blank, value: str, unit: str = "", year: str = "", source: str = "") -> Fact:
    """The fact that answers a blank: full-width figures made plain, a unit that was typed behind the figure taken off it."""
    unit = unit.strip() or blank.unit
    value = plain(value) if blank.kind == FIGURE else full_date(value.strip()) if blank.kind == "时间" else value.strip()
    value = value.removesuffix(unit).rstrip() if blank.kind == FIGURE and unit else value
    bare = plain(year).removesuffix("年")
    return Fact(blank.what, value, unit, int(bare) if bare else None, source.strip())


def plain_fields(value: str, unit: str, year: str, source: str) -> tuple[str, str, int | None, str]:
    """Value, unit, year and source of a fact of the sheet from what was typed."""
    fact = fact_of(Blank(FIGURE, "", unit), value.strip().rstrip(ENDS), unit, year, source)
    return fact.value, fact.unit, fact.year, fact.source


def answer(session: Session, question: Question, fact: Fact) -> Answer | None:
    """Puts a fact in wherever the question is asked, as one step for undo; None when nothing could be put anywhere."""
    spots: list[Spot] = []
    fact = replace(fact, name=_name(question, fact), value=_without_end(session, question.spots, fact.value))

    def act() -> bool:
        changed = _in_profile(session, question.blank, fact)
        for _ in question.spots:  # each filling may move the places of the others
            spot = still_asked(session, question)
            if spot is None or not (_fill(session, spot, question, fact, spots)):
                break
            changed = True
        return changed

    return Answer(fact, tuple(spots)) if as_one(session, act) else None


def confirm(session: Session, question: Question) -> Answer | None:
    """Takes the mark off what the writer vouches for; None when it is not there any more."""
    return answer(session, question, Fact(question.blank.what, ""))


def revise(session: Session, question: Question, before: Answer, fact: Fact | None) -> Answer | None:
    """Puts another fact in the place of one that has just been given, or with None the blank; None when its words are not there any
    more."""
    moved: list[Spot] = []
    fact = replace(fact, name=before.fact.name, value=_without_end(session, before.spots, fact.value)) if fact else None

    def act() -> bool:
        kept = _rekept(session, question, before, fact)
        text = words_of(question, fact) if fact else str(question.blank)
        for spot in reversed(before.spots):  # from the end, so that the places of the others stay
            at = place_of(session, spot)
            if at >= 0 and reword(session, spot.block, at, at + len(spot.text), text, across=True):
                moved.insert(0, Spot(spot.block, at, text))
                _vouch(session, spot.block, fact)
        return bool(kept or moved)

    return Answer(fact or Fact("", ""), tuple(moved)) if as_one(session, act) else None


ENDS = "。；，、;"
"""Marks at the end of an answer that give way to the mark of the sentence it is put into."""
_MARK_NEXT = re.compile("[”’」』）]*[。！？；，、]")


def _without_end(session: Session, spots: Sequence[Spot], value: str) -> str:
    """An answer without the mark at its end where the sentence has one behind the blank, which would stand there twice."""
    blocks = session.draft.blocks
    ends = ((blocks[s.block].text, s.at + len(s.text)) for s in spots if s.block < len(blocks))
    return value.rstrip(ENDS) or value if any(_MARK_NEXT.match(text, end) for text, end in ends) else value


def still_asked(session: Session, question: Question) -> Spot | None:
    """Where the question is still asked: the first place of a blank that stands for all of its kind, that very place else."""
    blank = replace(question.blank, who="")
    left = [spot for spot, other, _ in _blanks(session.draft) if other == blank]
    if blank.doubtful or blank.what in _VAGUE:
        return next((spot for spot in left if spot in question.spots), None)
    return left[0] if left else None


def _in_profile(session: Session, blank: Blank, fact: Fact) -> bool:
    field = _PROFILE.get((blank.kind, blank.what), "")
    if not field or not fact.value:
        return False
    return session.apply(lambda o: _with_profile(o, field, fact.value))


def _with_profile(outline: Outline, field: str, value: str) -> Outline:
    given: dict[str, Any] = {field: value}
    return replace(outline, profile=replace(outline.profile, **given))


def _fill(session: Session, spot: Spot, question: Question, fact: Fact, spots: list[Spot]) -> bool:
    """Through the head of the speech and the fact sheet where these answer the blank, else in the words themselves."""
    block, blank = session.draft.blocks[spot.block], question.blank
    if block.kind in ("speaker", "date"):
        return session.fill(spot.block, blank, fact)
    if not blank.doubtful and blank.what not in _VAGUE and block.slot[0] >= 0 and session.answers(block.slot[0], fact, block, blank):
        return session.fill(spot.block, blank, fact)
    text = words_of(question, fact)
    if not reword(session, spot.block, spot.at, spot.at + len(spot.text), text):
        return False
    spots.append(Spot(spot.block, spot.at, text))
    _vouch(session, spot.block, fact)
    return True


def _vouch(session: Session, block: int, fact: Fact | None) -> None:
    """A figure or a day that stands in the words is the writer's: it goes on the sheet, and no sentence is made of it."""
    section = session.draft.blocks[block].slot[0]
    if fact and section >= 0 and any(character.isdecimal() for character in fact.value):
        session.edit(section, lambda outline: actions.set_fact(outline, fact))


def _name(question: Question, fact: Fact) -> str:
    """What a fact is called: what was asked; where each place has an answer of its own, also how its sentence begins."""
    blank = question.blank
    sentence = question.sentence.replace(str(blank), "")
    return f"{fact.name}（“{sentence[:8]}…”）" if blank.what in _VAGUE and not blank.doubtful else fact.name


def place_of(session: Session, spot: Spot) -> int:
    """Where the words of a spot are now; −1 when they cannot be told."""
    blocks = session.draft.blocks
    text = blocks[spot.block].text if spot.block < len(blocks) else ""
    if spot.text and text.startswith(spot.text, spot.at):
        return spot.at
    return text.find(spot.text) if spot.text and text.count(spot.text) == 1 else -1


def _rekept(session: Session, question: Question, before: Answer, fact: Fact | None) -> bool:
    """On the fact sheet, in the profile or in the head of the speech, as far as the answer was kept there."""
    name = before.fact.name
    if any(known.name == name for known in session.outline.facts):
        return put_fact(session, fact) if fact else drop_fact(session, name)
    if before.spots:
        return False
    return session.apply(lambda outline: _in_head(outline, question, fact.value if fact else ""))


def words_of(question: Question, fact: Fact) -> str:
    """A fact as it stands in a sentence."""
    return f"{fact.value}{fact.unit}" if question.figure else fact.value


def head_value(outline: Outline, question: Question) -> str:
    """What the head of the speech or the profile says where the question is answered there."""
    blank = question.blank
    if blank.kind == "时间":
        return outline.date
    field = _PROFILE.get((blank.kind, blank.what)) or ("name" if blank.kind == "人名" else "unit")
    return str(getattr(outline.profile, field))


def _in_head(outline: Outline, question: Question, value: str) -> Outline:
    blank = question.blank
    if blank.kind == "时间":
        return replace(outline, date=value)
    field = _PROFILE.get((blank.kind, blank.what)) or ("name" if blank.kind == "人名" else "unit")
    return _with_profile(outline, field, value)


# The fact sheet


def sheet(draft: Draft) -> tuple[tuple[Fact, bool], ...]:
    """The facts there are, and whether each stands in the draft; in words that were settled it is told by its figure."""
    unused, text = set(unused_facts(draft)), draft.text
    return tuple((fact, fact.name not in unused or f"{fact.value}{fact.unit}" in text) for fact in draft.outline.facts)


def put_fact(session: Session, fact: Fact) -> bool:
    """Adds a fact to the sheet, or changes the one of that name where it stands, and in the settled sentences that tell it by name."""
    old = next((known for known in session.outline.facts if known.name == fact.name), None)

    def action(outline: Outline) -> Outline:
        if old is None:
            return actions.set_fact(outline, fact)
        return replace(outline, facts=tuple(fact if known.name == fact.name else known for known in outline.facts))

    return as_one(session, lambda: session.apply(action) and (old is None or _retold(session, old, fact)))


def _retold(session: Session, old: Fact, new: Fact) -> bool:
    """Puts a fact's new figure into the writer's own sentences that hold its name and the old one."""
    before, after = f"{old.value}{old.unit}", f"{new.value}{new.unit}"
    for number, at in _tellings(session.draft, old.name, before) if before != after else ():
        reword(session, number, at, at + len(before), after)
    return True


def _tellings(draft: Draft, name: str, figure: str) -> list[tuple[int, int]]:
    """Where own sentences hold a figure and its name, the last first; where none has the name, the one place that holds the figure."""
    found: list[tuple[int, int]] = []
    bare: list[tuple[int, int]] = []
    for number, block in enumerate(draft.blocks):
        at = 0
        for span in (*block.lead, *block.spans):
            inside = span.text.find(figure) if span.origin.kind == "writer" else -1
            if inside >= 0:
                rows = found if name in sentence_at(block.text, at + inside) else bare
                rows.append((number, at + inside))
            at += len(span.text)
    return found[::-1] or (bare if len(bare) == 1 and len(figure) > 2 else [])


def drop_fact(session: Session, name: str) -> bool:
    """Takes a fact off the sheet; where it stood the blank comes back."""
    return session.apply(lambda outline: actions.remove_fact(outline, name))


# To ask others


def checklist(title: str, rows: Sequence[Question]) -> str:
    """The questions as a list to hand on: by whom to ask, a box before each, room for the answer behind it."""
    parts = [f"《{title}》要请教、要核实的内容", f"共 {len(rows)} 项，按请教的人分列。填好后请交回拟稿人。"]
    number = 0
    for ask in dict.fromkeys(row.ask for row in rows):
        parts += ["", f"【{ask}】"]
        for row in (r for r in rows if r.ask == ask):
            number += 1
            parts += [f"□ {number}. {_item(row)}", f"　　原句：{row.sentence}"]
    return "\n".join(parts) + "\n"


def _item(question: Question) -> str:
    blank = question.blank
    if blank.doubtful:
        return f"请核实：{blank.what}（属实／不属实）"
    what = f"{blank.year}年{blank.what}" if blank.year else blank.what
    if not question.figure:
        return f"{blank.kind}：{what}　＿＿＿＿＿＿"
    return f"{what}　＿＿＿＿{blank.unit or '（单位＿＿）'}，截至＿＿＿＿年，来源＿＿＿＿＿＿"
