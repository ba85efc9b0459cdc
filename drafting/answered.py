"""Questions in the order in which they were first asked: one that has been answered keeps its place, so that the others keep theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafting.model import Draft
from drafting.questions import Answer, Question, questions, words_of

if TYPE_CHECKING:
    from drafting.session import Session


_QUOTED = re.compile("[“‘]([^“”‘’]{5,})[”’]")
_PLAIN = re.compile(r"〔[^〕]*〕|\W")


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the list, by a number of its own; `answer` is what was put into the draft for it, None while it is open."""

    number: int
    question: Question
    answer: Answer | None = None


def line_up(known: Sequence[Line], session: Session) -> tuple[Line, ...]:
    """The questions of the draft as it is now: those known stay where they are, open or answered; new ones come behind those for the
    same person; what is neither asked nor answered any more is left out."""
    left = list(questions(session.draft, session.plan))
    found = dict(_matched(known, left))
    now = (replace(line, question=found[line.number], answer=None) if line.number in found else _still(session, line) for line in known)
    lines = [line for line in now if line]
    number = max((line.number for line in known), default=0)
    for number, question in enumerate(left, number + 1):  # noqa: B020 - counted on
        same = [at for at, line in enumerate(lines) if line.question.ask == question.ask]
        lines.insert(same[-1] + 1 if same else len(lines), Line(number, question))
    return tuple(lines)


def _matched(known: Sequence[Line], left: list[Question]) -> Iterator[tuple[int, Question]]:
    """The lines whose question is asked, in the same sentence or, where that has changed, still open; they are taken off `left`."""
    rest = []
    for line in known:
        if same := next((q for q in left if _blank(q) == _blank(line.question) and q.sentence == line.question.sentence), None):
            left.remove(same)
            yield line.number, same
        elif line.answer is None:
            rest.append(line)
    for line in rest:
        if same := next((q for q in left if _blank(q) == _blank(line.question)), None):
            left.remove(same)
            yield line.number, same


def _blank(question: Question) -> object:
    return replace(question.blank, who="")


def _still(session: Session, line: Line) -> Line | None:
    """An answered line as the draft has it now, which may be an earlier answer; None when its answer does not stand there any more."""
    if line.answer is None:
        return None
    if _stands(session, line.question, line.answer):
        return line
    fact = next((fact for fact in session.outline.facts if fact.name == line.answer.fact.name), None)
    if fact is None:
        return None
    words = words_of(line.question, fact)
    return replace(line, answer=Answer(fact, tuple(replace(spot, text=words) for spot in line.answer.spots)))


def _stands(session: Session, question: Question, given: Answer) -> bool:
    """Whether an answer is still in the draft."""
    if question.blank.doubtful:
        return question.sentence.replace(str(question.blank), "", 1).rstrip("。！？") in session.draft.text
    kept = any(fact.name == given.fact.name and fact.value == given.fact.value for fact in session.outline.facts)
    return kept or words_of(question, given.fact) in session.draft.text


def still_quoted(draft: Draft, gone: str) -> str:
    """The first stretch in quotation marks that quotes a sentence which was taken out; empty for none."""
    bare = _PLAIN.sub("", gone)
    rows = (found[1] for block in draft.blocks for found in _QUOTED.finditer(block.text))
    told = "".join(_PLAIN.sub("", block.text) for block in draft.blocks)
    return next((row for row in rows if (words := _PLAIN.sub("", row)) in bare and told.count(words) == 1), "")
