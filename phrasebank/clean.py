"""Taking out of a text what is not the speech, and saying of each piece what and why. Nothing is lost: what is kept
and what is removed are together, line by line, the characters of the file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from phrasebank import noise, sentences
from phrasebank import page_patterns as page
from phrasebank.frontmatter import is_salutation
from phrasebank.headings import parse_mark
from phrasebank.inline import OPENERS, Span, crossing, is_noise, line_spans, merged, rest_of
from phrasebank.model import Heading, RawText, Removed
from phrasebank.outlines import entry_heading, find_outlines
from phrasebank.surroundings import surroundings

TOP = 8
"""Lines at the top of a page among which it says what is to come."""
LONG = 40
"""Characters of a line that no item of a list without a full stop has."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without foreign matter.

    `lines` are (line number, kept text), emptied lines left out; `outline` the headings of an outline block
    (`in_body` not yet settled); `gaps` the (line, column in the kept text) where the source says that text is missing.
    """

    file: str
    lines: tuple[tuple[int, str], ...]
    removed: tuple[Removed, ...]
    outline: tuple[Heading, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    meta: dict[str, str] = field(default_factory=dict)


DOCUMENTS = (".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".pdf")
"""Endings of office documents, which are no copies of web pages."""


def clean(raw: RawText) -> Cleaned:
    """`raw` without advertisements, paywall marks, site furniture, outlines and doubled titles."""
    spans = _seams(raw.lines)
    for line, found in zip(raw.lines, spans, strict=True):
        found.extend(_spans_between(line, list(found)) if found else line_spans(line))
    _mark_introduction(raw.lines, spans)
    _mark_viewer_pages(raw.lines, spans)
    _mark_clusters(raw.lines, spans)
    outline = _mark_outlines(raw.lines, spans)
    _mark_tail(raw.lines, spans)
    _mark_surroundings(raw.lines, spans, raw.file.lower().endswith(DOCUMENTS))
    return _assemble(raw, spans, outline)


def _seams(lines: Sequence[str]) -> list[list[Span]]:
    """Marks and notes that a hard line break has cut in two, by line."""
    spans: list[list[Span]] = [[] for _ in lines]
    filled = [i for i, line in enumerate(lines) if line.strip()]
    for i, j in itertools.pairwise(filled):
        if sentences.ends_sentence(lines[i]):
            continue
        tail, indent = lines[i].rstrip()[-60:], len(lines[j]) - len(lines[j].lstrip())
        for start, end, kind in crossing(tail, lines[j][indent : indent + 60]):
            before = lines[i].rstrip()[: start - len(tail)]
            if tail[start] not in OPENERS and (is_noise(lines[j]) or (is_noise(lines[i]) and not noise.PROSE.search(before))):
                continue
            spans[i].append((len(lines[i].rstrip()) - len(tail) + start, len(lines[i]), kind))
            spans[j].append((0, indent + end - len(tail), kind))
    return spans


def _spans_between(line: str, found: list[Span]) -> Iterator[Span]:
    """What is foreign in the part of a line that the cut notes at its ends leave."""
    start = max((s[1] for s in found if s[0] == 0), default=0)
    end = min((s[0] for s in found if s[0] >= start), default=len(line))
    yield from ((a + start, b + start, kind) for a, b, kind in line_spans(line[start:end]))


def _mark_introduction(lines: Sequence[str], spans: list[list[Span]]) -> None:
    """What a page says before the speech: its abstract, and the prose down to the words that hand the text to the reader, where
    more stands below them than above."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    top = filled[: next((n for n, i in enumerate(filled[:TOP]) if _opens_speech(lines[i].strip())), TOP)]
    handed = max((n for n, i in enumerate(top) if _ends_introduction(lines[i], spans[i])), default=-1)
    said = [i for i in top[: handed + 1] if sentences.ends_sentence(lines[i])]
    if sum(len(lines[i]) for i in said) > sum(len(lines[i]) for i in filled[handed + 1 :]):
        said = []
    for i in (*said, *(i for i in top if page.ABSTRACT.match(lines[i]))):
        spans[i] = [(0, len(lines[i]), "ad")]


def _opens_speech(text: str) -> bool:
    """Whether nothing that a page says of a speech comes after a line."""
    return is_salutation(text) or parse_mark(text) is not None


def _ends_introduction(line: str, spans: list[Span]) -> bool:
    """Whether a line ends with words that hand the text below to a reader."""
    if page.ABOVE.search(line):
        return False
    start = min((s[0] for s in spans), default=len(line))
    if any(s[1] >= len(line.rstrip()) for s in spans) and noise.EDITOR.search(line, start):
        return True
    hoped = page.HOPED.search(line)
    return hoped is not None and page.HANDED.search(line, 0, hoped.start()) is not None


def _mark_viewer_pages(lines: Sequence[str], spans: list[list[Span]]) -> None:
    """Numbers of pages before their lines: they count 1 2 3 where one line breaks off and the next goes on."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    counted = [(i, m) for i in filled if (m := page.VIEWER_PAGE.match(lines[i]))]
    if not counted or [int(m.group(1)) for _, m in counted] != list(range(1, len(counted) + 1)):
        return
    before = dict(zip(filled[1:], filled, strict=False))
    seams = [lines[before[i]].rstrip() for i, _ in counted[1:]]
    broken = sum(len(line) >= LONG and line[-1] not in "：:；;" and not sentences.ends_sentence(line) for line in seams)
    if seams and broken >= 0.6 * len(seams):
        for i, mark in counted:
            spans[i] = [(0, mark.end(), "site_widget"), *(s for s in spans[i] if s[0] >= mark.end())]


def _mark_clusters(lines: Sequence[str], spans: list[list[Span]]) -> None:
    """Buttons of a page: alone they are words like any, in a row of lines they are furniture."""
    run: list[int] = []
    for i in [*range(len(lines)), -1]:
        text = lines[i].strip() if i >= 0 else "。"
        if not text:
            continue
        if noise.WIDGET_LINE.fullmatch(text) or (run and noise.BRACKET_LINE.fullmatch(text)):
            run.append(i)
            continue
        words = sum(len(noise.BRACKET_LINE.sub(" ", lines[j]).split()) for j in run)
        if words >= 2 or (len(run) == 1 and len(lines[run[0]].strip()) >= 4):
            for j in run:
                spans[j] = [(0, len(lines[j]), "site_widget")]
        run = []


def _mark_outlines(lines: Sequence[str], spans: list[list[Span]]) -> tuple[Heading, ...]:
    """Takes outline blocks out and returns their headings."""
    found: list[Heading] = []
    visible = ["" if _gone(spans[i], line) else line for i, line in enumerate(lines)]
    for block in find_outlines(visible):
        for i in block:
            spans[i] = [(0, len(lines[i]), "toc")]
            if heading := entry_heading(lines[i], i + 1):
                found.append(heading)
    return tuple(found)


def _mark_surroundings(lines: Sequence[str], spans: list[list[Span]], document: bool) -> None:
    """What place and company give away."""
    left = ["" if _gone(spans[i], line) else rest_of(spans[i], line) for i, line in enumerate(lines)]
    for i, kind in surroundings(left, document=document):
        spans[i] = [(0, len(lines[i]), kind)]


def _mark_tail(lines: Sequence[str], spans: list[list[Span]]) -> None:
    """What stands behind the speech: link lists, and the lines that finish a note begun before."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    after_links = False
    for n, i in enumerate(filled):
        text = lines[i].strip()
        if noise.RELATED.fullmatch(text) and len(filled) - n <= 30:
            after_links = not any(sentences.ends_sentence(lines[j]) and len(lines[j]) > 40 for j in filled[n + 1 :])
            if after_links or n + 1 == len(filled):
                spans[i] = [(0, len(lines[i]), "site_widget")]
        elif after_links or _finishes_note(lines, spans, filled, n):
            spans[i] = spans[i] or [(0, len(lines[i]), "site_footer")]
            spans[i] = [(0, len(lines[i]), spans[i][0][2])]


def _finishes_note(lines: Sequence[str], spans: list[list[Span]], filled: list[int], n: int) -> bool:
    """Whether a line closes the bracket that a note at the end of the line before has opened."""
    if not n or not spans[filled[n - 1]]:
        return False
    before, text = lines[filled[n - 1]], lines[filled[n]].strip()
    note = before[min(s[0] for s in spans[filled[n - 1]]) :]
    opened = sum(note.count(c) for c in "（(【[") > sum(note.count(c) for c in "）)】]")
    return opened and len(text) <= 80 and text[-1] in "）)】]"


def _gone(spans: list[Span], line: str) -> bool:
    return bool(spans) and any(start == 0 and end == len(line) for start, end, _ in spans)


def _assemble(raw: RawText, spans: list[list[Span]], outline: tuple[Heading, ...]) -> Cleaned:
    """The cleaned text from the spans of each line."""
    kept: list[tuple[int, str]] = []
    removed: list[Removed] = []
    gaps: list[tuple[int, int]] = []
    for number, (line, found) in enumerate(zip(raw.lines, spans, strict=True), 1):
        if not found:
            kept.append((number, line))
            continue
        text, at = "", 0
        for start, end, kind in merged(found, line):
            text += line[at:start]
            removed.append(Removed(number, line[start:end], kind, start))
            at = end
            if kind == "omission_marker" or (kind == "paywall_marker" and noise.PREVIEW_END.search(line[start:end])):
                gaps.append((number, len(text)))
        text += line[at:]
        if text:
            kept.append((number, text))
    return Cleaned(raw.file, tuple(kept), tuple(removed), outline, tuple(gaps), raw.meta)


