"""Questions in the order in which they were first asked: one that has been answered keeps its place, so that the others keep theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafting.model import Draft, Fact
from drafting.questions import (
    Answer,
    Question,
    end_of_sentence,
    head_value,
    place_of,
    questions,
    start_of_sentence,
    words_of,
)

if TYPE_CHECKING:
    from drafting.session import Session


_QUOTED = re.compile("[“‘]([^“”‘’]{5,})[”’]")
_PLAIN = re.compile(r"〔[^〕]*〕|\W")
AROUND = 8
"""Characters on either side by which an answer is known again in its sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the list, by a number of its own; `answer` is what was put into the draft for it, None while it is open; `given`
    are all answers it has had, for undo and redo bring back any of them."""

    number: int
    question: Question
    answer: Answer | None = None
    given: tuple[Answer, ...] = ()


def answered(line: Line, answer: Answer | None) -> Line:
    """The line with an answer just given, or with None open again."""
    return replace(line, answer=answer, given=(*line.given, answer) if answer else line.given)


def line_up(known: Sequence[Line], session: Session) -> tuple[Line, ...]:
    """The questions of the draft as it is now: those known stay where they are, open or answered; new ones come behind those for the
    same person; what is neither asked nor answered any more is left out."""
    left = list(questions(session.draft, session.plan))
    found = dict(_matched(known, left, session))
    now = (replace(line, question=found[line.number], answer=None) if line.number in found else _still(session, line) for line in known)
    lines = [line for line in now if line]
    number = max((line.number for line in known), default=0)
    for number, question in enumerate(left, number + 1):  # noqa: B020 - counted on
        same = [at for at, line in enumerate(lines) if line.question.ask == question.ask]
        lines.insert(same[-1] + 1 if same else len(lines), Line(number, question))
    return tuple(lines)


def _matched(known: Sequence[Line], left: list[Question], session: Session) -> Iterator[tuple[int, Question]]:
    """The lines whose question is asked, in the same sentence or, where that has changed, open or with an answer that does not stand any
    more; they are taken off `left`."""
    rest = []
    for line in known:
        if same := next((q for q in left if _blank(q) == _blank(line.question) and q.sentence == line.question.sentence), None):
            left.remove(same)
            yield line.number, same
        elif line.answer is None or not _still(session, line):
            rest.append(line)
    for line in sorted(rest, key=lambda line: line.answer is not None):
        if same := next((q for q in left if _blank(q) == _blank(line.question)), None):
            left.remove(same)
            yield line.number, same


def _blank(question: Question) -> object:
    return replace(question.blank, who="")


def _still(session: Session, line: Line) -> Line | None:
    """An answered line as the draft has it now, which may be an earlier answer; None when none stands there any more."""
    given = tuple(dict.fromkeys(answer for answer in (line.answer, *reversed(line.given)) if answer))
    names = {answer.fact.name for answer in given}
    if fact := next((fact for fact in session.outline.facts if fact.name in names), None):
        return replace(line, answer=next((answer for answer in given if answer.fact == fact), None) or _with(line, given[0], fact))
    if standing := next((answer for answer in given if _stands(session, line.question, answer)), None):
        return replace(line, answer=standing)
    before = line.answer
    if before and not before.spots and (value := head_value(session.outline, line.question)):
        return replace(line, answer=_with(line, before, replace(before.fact, value=value)))
    return line if before and any(place_of(session, spot) >= 0 for spot in before.spots) else None


def _with(line: Line, answer: Answer, fact: Fact) -> Answer:
    words = words_of(line.question, fact)
    return Answer(fact, tuple(replace(spot, text=words) for spot in answer.spots))


def _stands(session: Session, question: Question, given: Answer) -> bool:
    """Whether an answer is still in the draft, told by the words around it: short ones («处») stand in many places."""
    text = session.draft.text
    before, _, after = question.sentence.partition(str(question.blank))
    if question.blank.doubtful:
        return f"{before}{after}".rstrip("。！？") in text
    if not given.spots:
        return head_value(session.outline, question) == given.fact.value
    before, after = before.rpartition("〕")[2][-AROUND:], after.partition("〔")[0][:AROUND]
    return bool(before or after) and f"{before}{words_of(question, given.fact)}{after}" in text


def standing(session: Session, question: Question, given: Answer) -> tuple[str, str, str] | None:
    """The sentence an answer stands in now: what is before it, the answer, what is behind it; None where it cannot be told."""
    blocks = session.draft.blocks
    for spot in given.spots:
        if (at := place_of(session, spot)) >= 0 and spot.text:
            return _cut(blocks[spot.block].text, at, at + len(spot.text))
    for block in blocks if not given.spots else ():
        at = 0
        for span in (*block.lead, *block.spans):
            if span.origin.kind == "fact" and span.origin.ref == given.fact.name:
                return _cut(block.text, at, at + len(span.text))
            at += len(span.text)
    return None


def _cut(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentences that hold a stretch, in three."""
    first, behind = start_of_sentence(text, start), end_of_sentence(text, end)
    return text[first:start], text[start:end], text[end:behind]


def still_quoted(draft: Draft, gone: str) -> str:
    """The first stretch in quotation marks that quotes a sentence which was taken out; empty for none."""
    bare = _PLAIN.sub("", gone)
    rows = (found[1] for block in draft.blocks for found in _QUOTED.finditer(block.text))
    told = "".join(_PLAIN.sub("", block.text) for block in draft.blocks)
    return next((row for row in rows if (words := _PLAIN.sub("", row)) in bare and told.count(words) == 1), "")
