"""Weaving: every character of a section keeps its origin through Jinja."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import RenderError
from drafting.model import Origin, Span
from drafting.weave import CLOSE, OPEN, Loom, Piece, clean, one_line

PHRASE = Origin("phrase", "p1")
TEXT = st.text("河堤要修，还要守。 ", max_size=10)


def spans(*texts: str) -> tuple[Span, ...]:
    return tuple(Span(text, PHRASE) for text in texts)


def test_what_the_template_prints_is_the_templates_and_what_is_put_in_is_not():
    """Plain text has the template for its origin, a token the origin of its spans."""
    loom = Loom()
    token = loom.token(Piece(spans("河堤要修，", "还要守。"), 2))
    (line,) = loom.lines(f"同志们，{token}谢谢。", "研讨发言/结尾-1.j2")
    assert [(span.text, span.origin.kind, span.origin.ref) for span in line.spans] == [
        ("同志们，", "template", "研讨发言/结尾-1.j2"), ("河堤要修，", "phrase", "p1"), ("还要守。", "phrase", "p1"),
        ("谢谢。", "template", "研讨发言/结尾-1.j2"),
    ]  # fmt: skip
    assert (line.lead, line.point) == ((), 2)


def test_a_heading_becomes_the_lead_of_its_line():
    """A run-in heading is kept apart from the text behind it, and both belong to the point."""
    loom = Loom()
    heading = loom.token(Piece(spans("（一）查清险段。"), 1, heading=True))
    text = loom.token(Piece(spans("河堤要修。"), 1))
    (line,) = loom.lines(heading + text, "t")
    assert [span.text for span in line.lead] == ["（一）查清险段。"]
    assert [span.text for span in line.spans] == ["河堤要修。"]
    assert line.point == 1


def test_a_line_is_a_paragraph_and_white_space_is_none():
    """Empty lines and indents of a template leave nothing in the draft."""
    loom = Loom()
    token = loom.token(Piece(spans("河堤要修。")))
    lines = loom.lines(f"\n   甲。  \n\n \t {token}\n", "t")
    assert ["".join(span.text for span in line.spans) for line in lines] == ["甲。", "河堤要修。"]
    assert [line.point for line in lines] == [-1, -1]


def test_nothing_put_in_prints_nothing():
    """A piece without spans has no token, so that a template's `if` sees nothing there."""
    assert Loom().token(Piece(())) == ""


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_no_character_is_lost_or_added(parts):
    """The text of the spans is the text of template and pieces, in their order."""
    loom = Loom()
    printed = "".join(own + loom.token(Piece(spans(put) if put else ())) for own, put in parts)
    woven = "".join(span.text for line in loom.lines(printed, "t") for span in line.spans)
    assert woven.replace(" ", "") == "".join(own + put for own, put in parts).replace(" ", "")
    assert OPEN not in woven


@given(st.text(st.sampled_from([OPEN, CLOSE, "0", "堤"]), max_size=12))
def test_what_a_writer_types_cannot_be_taken_for_a_token(text):
    """The private characters tokens are made of are taken out of the writer's words."""
    assert not set(clean(text)) & {OPEN, CLOSE}
    assert clean(text).replace("0", "").replace("堤", "") == ""


def test_gaps_take_what_everything_else_leaves():
    """A gap is told its room and what stands around it in its paragraph; several share what there is."""
    loom, told = Loom(), []

    def fill(size: int):
        def filled(budget: int, before: str, after: str) -> str:
            told.append((budget, before, after))
            return loom.token(Piece(spans("河" * size)))

        return filled

    printed = f"开头。\n甲乙{loom.gap(fill(30))}丙。\n{loom.gap(fill(10))}"
    settled = loom.settle(printed, 7 + 60)
    assert told == [(30, "甲乙", "丙。"), (30, "", "")]
    assert loom.length(settled) == 7 + 40
    assert [len("".join(s.text for s in line.spans)) for line in loom.lines(settled, "t")] == [3, 34, 10]


def test_what_one_gap_leaves_the_next_may_take():
    loom, told = Loom(), []

    def nothing(budget: int, before: str, after: str) -> str:
        told.append(budget)
        return ""

    loom.settle(loom.gap(nothing) + loom.gap(nothing), 50)
    assert told == [25, 50]


def test_a_gap_may_begin_a_new_paragraph_and_there_is_never_less_than_no_room():
    loom, told = Loom(), []

    def two(budget: int, before: str, after: str) -> str:
        told.append(budget)
        return "\n".join(loom.token(Piece(spans(text))) for text in ("甲。", "乙。"))

    settled = loom.settle(f"很长的一段话{loom.gap(two)}", 3)
    assert told == [0]
    assert ["".join(s.text for s in line.spans) for line in loom.lines(settled, "t")] == ["很长的一段话甲。", "乙。"]


@pytest.mark.parametrize("spoil", [
    lambda token: token[::-1], lambda token: token[0], lambda token: token[:-1], lambda token: f"{OPEN}99{CLOSE}",
    lambda token: f"{OPEN}{'9' * 30}{CLOSE}", "、".join,
])  # fmt: skip
def test_a_token_that_was_cut_or_made_up_is_an_error(spoil):
    """A filter that takes a token apart would leave its private characters in the draft."""
    loom = Loom()
    token = loom.token(Piece(spans("河堤要修。")))
    loom.check(f"甲{token}乙{token}", "头-1.j2")
    with pytest.raises(RenderError, match="整句打印") as caught:
        loom.check(f"甲{spoil(token)}乙", "头-1.j2")
    assert caught.value.file == "头-1.j2"


@pytest.mark.parametrize(("text", "line"), [
    ("修了路。\n\n通了车。\n", "修了路。通了车。"), ("用 Word\nOffice 写", "用 Word Office 写"),
    ("甲\u2028 乙", "甲乙"), ("\n", ""), ("甲 乙", "甲 乙"),
])  # fmt: skip
def test_a_text_on_one_line(text, line):
    assert one_line(text) == line == one_line(line)
