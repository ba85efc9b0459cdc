"""Taking out of a text what is not the speech, and saying of each piece what and why. Nothing is lost: what is kept
and what is removed are together, line by line, the characters of the file."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from phrasebank import noise, sentences
from phrasebank.headings import entry_heading, find_outlines, key_of
from phrasebank.model import Heading, RawText, Removed


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


Span = tuple[int, int, str]
"""Start, end and kind of something to take out of a line."""

_BRACKETED = re.compile(
    r"(?:[…．\.]{2,}\s*)?(?:【[^【】]{1,80}】|（[^（）]{1,80}）|\([^()]{1,80}\)|\[[^\[\]]{1,80}\]"
    r"|〖[^〖〗]{1,80}〗|〔[^〔〕]{1,80}〕|「[^「」]{1,80}」)"
    r"(?:\s*[…．\.]{2,})?"
)
_OPEN_BRACKET = re.compile(r"(?:[…．\.]{2,}\s*)?[（(【\[](?=[^（）()【】\[\]]{0,200}$)")
_DOTTED = re.compile(r"[…．\.·]{3,}[^…．\.。]{2,60}[…．\.·]{3,}")
_OPENERS = "【（([〖〔「#<{$@*~^|=…．."
_NAMED_SITE = re.compile(r"[一-鿿]{1,8}(?:网|库|站|之家)\s*$")
_LEAD_IN = re.compile(
    r"(?:更多[^，。；：]{0,12}|本文|内容|文章)?(?:请?(?:关注|访问|登录|搜索)|来源(?:于|自)?|来自|转自"
    r"|摘自|出处|网址|见)\s*[:：]?\s*$"
)


def clean(raw: RawText) -> Cleaned:
    """`raw` without advertisements, paywall marks, site furniture, outlines and doubled titles."""
    words = _suspect_words(raw.lines)
    spans = _seams(raw.lines, words)
    for line, found in zip(raw.lines, spans, strict=True):
        found.extend(_spans_between(line, list(found), words) if found else _line_spans(line, words))
    _mark_clusters(raw.lines, spans)
    _mark_doubles(raw.lines, spans)
    outline = _mark_outlines(raw.lines, spans)
    _mark_tail(raw.lines, spans)
    return _assemble(raw, spans, outline)


def suspicion(text: str) -> float:
    """How much `text` speaks as an advertisement, a site or a paywall does; about 0 for a speech.

    Cues that address the reader of a page count whole; words that speeches use too count half without them.
    """
    core = sum(weight for word, weight in noise.CORE.items() if word in text)
    core += 2.5 * bool(noise.CONTACT.search(text)) + 1.5 * bool(noise.EMAIL.search(text) or noise.URL.search(text))
    core += (
        2 * bool(noise.SELF.search(text))
        + 1.5 * bool(noise.OFFER.search(text))
        + 1 * bool(noise.INVITE.search(text))
        + bool(noise.MOBILE.search(text))
    )
    weak = sum(weight for word, weight in noise.WEAK.items() if word in text)
    plain = 0.5 * sum(word in text for word in noise.BODY)
    return core + (weak if core >= 1.5 else weak / 2) - plain


def _needed(length: int) -> float:
    """Suspicion that convicts a text of so many characters: the longer, the more chances to meet a cue."""
    return 1.9 if length <= 30 else 2.5 if length <= 80 else 3.5 if length <= 200 else 5


def is_noise(text: str) -> bool:
    """Whether a line or a sentence is foreign as a whole."""
    text = text.strip()
    return bool(text) and suspicion(text) >= _needed(len(text))


def _suspect_words(lines: Sequence[str]) -> tuple[str, ...]:
    """The cues that occur in a text at all: most texts have few, so that lines are checked quickly."""
    text = "".join(lines)
    return tuple(word for word in noise.TRIGGERS if word in text)


def _triggered(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _line_spans(line: str, words: tuple[str, ...]) -> Iterator[Span]:
    """What one line holds of foreign matter, judged by itself."""
    text = line.strip()
    if not text:
        return
    if kind := _plain_kind(text):
        yield 0, len(line), kind
        return
    found: list[Span] = []
    if any(c in line for c in "#[{<【$@*~^|="):
        found += [(m.start(), m.end(), "paywall_marker") for m in noise.MARKER.finditer(line)]
        found += [(m.start(), m.end(), "site_widget") for m in noise.TAG.finditer(line)]
    triggered = _triggered(line, words)
    if triggered or noise.GAP_WORDS.search(line):
        found += _inline_spans(line)
    if triggered and _is_foreign(_rest(found, line), text):
        yield 0, len(line), _kind_of(text)
        return
    yield from found
    if triggered:
        yield from _foreign_sentences(line, found)


def _rest(found: list[Span], line: str) -> str:
    """A line without spans."""
    return "".join(_outside(_merged(found, line), line)) if found else line


def _is_foreign(rest: str, text: str) -> bool:
    """Whether a line is foreign as a whole: in what is left of it without its notes, or with them if little is left."""
    rest = rest.strip()
    if len(rest) == len(text):
        return is_noise(text) and _all_of_it(text)
    if is_noise(rest) and _all_of_it(rest):
        return True
    if not key_of(rest):
        return is_noise(text)
    if len(rest) > 20 or sentences.ends_sentence(rest) or any(word in rest for word in noise.PROSE):
        return False
    return suspicion(rest) > 0 and is_noise(text)


def _plain_kind(text: str) -> str | None:
    """The kind of a line that its form alone gives away, None for others."""
    if len(text) <= 120:
        if noise.MARKER.fullmatch(text) or _is_preview_end(text):
            return "paywall_marker"
        if noise.LABEL_LINE.fullmatch(text) and text[-1] not in "。；":
            return "site_footer" if text[:2] in ("上一", "下一") else "site_widget"
        if noise.PAGE_NUMBER.fullmatch(text) or noise.RULE_LINE.fullmatch(text) or noise.CAPTION.fullmatch(text):
            return "site_widget"
    return "omission_marker" if _gap_line(text) else None


def _is_preview_end(text: str) -> bool:
    """A line that says the free part ends here, and little else."""
    found = noise.PREVIEW_END.search(text)
    return bool(found) and len(key_of(text)) - len(key_of(found.group() if found else "")) <= 14


def _gap_line(text: str) -> bool:
    """A line that only says that text is missing here."""
    found = noise.GAP_WORDS.search(text)
    return bool(found) and len(text) <= 80 and (text[0] in "…．.（(【[" and text[-1] in "…．.）)】]")


def _all_of_it(text: str) -> bool:
    """Whether a suspicious line is foreign throughout: no long sentence in it speaks as a speech does."""
    parts = sentences.split(text)
    clean_part = sum(len(p) for p in parts if suspicion(p) < 1)
    return clean_part <= 0.4 * len(text)


def _kind_of(text: str) -> str:
    """The name of what a foreign line is, by its strongest cue."""
    if any(w in text for w in ("版权", "侵权", "免责", "代表作者", "著作权")):
        return "copyright"
    if any(w in text for w in ("转载", "出处", "来源", "责任编辑", "收藏", "备案")):
        return "site_footer"
    if len(text) <= 40 and (noise.CONTACT.search(text) or noise.MOBILE.search(text) or noise.EMAIL.search(text)):
        return "contact"
    return "paywall_marker" if "试读" in text or "付费" in text else "ad"


def _inline_spans(line: str) -> Iterator[Span]:
    """Foreign matter inside a line of the speech: bracketed notes, addresses, and sentences at its ends."""
    for group in _BRACKETED.finditer(line):
        if kind := _bracket_kind(group.group()):
            yield group.start(), group.end(), kind
    yield from (
        (m.start(), m.end(), "omission_marker") for m in _DOTTED.finditer(line) if noise.GAP_WORDS.search(m.group())
    )
    if (tail := _OPEN_BRACKET.search(line)) and noise.GAP_WORDS.search(line, tail.start()):
        yield tail.start(), len(line), "omission_marker"
    yield from _address_spans(line)


def _bracket_kind(text: str) -> str | None:
    """The kind of a bracketed note that is no part of the speech."""
    if noise.GAP_WORDS.search(text) and (len(text) > 6 or "略" in text):
        return "omission_marker"
    inner = text.strip("…．. 【】（）()[]〖〗〔〕「」")
    if suspicion(inner) >= 1.9 or (noise.BANNER.fullmatch(inner) and len(inner) <= 24 and text[0] in "【[〖（("):
        return "watermark" if noise.URL.search(inner) or len(inner) <= 24 else "ad"
    return None


def _address_spans(line: str) -> Iterator[Span]:
    """Web addresses in running text, with the words that lead to them."""
    for url in noise.URL.finditer(line):
        start = url.start()
        before = line[max(0, start - 24) : start]
        if lead := _LEAD_IN.search(before):
            start -= len(before) - lead.start()
        elif site := _NAMED_SITE.search(before):
            start -= len(before) - _site_start(before, site)
        yield start, url.end(), "watermark"


def _site_start(before: str, site: re.Match[str]) -> int:
    """Where the name of a site begins: behind a mark, else its last five characters at most."""
    mark = max((before.rfind(c) for c in "，。；：、！？”）】 …"), default=-1) + 1
    return mark if mark > site.start() else max(site.start(), len(before.rstrip()) - 5)


def _foreign_sentences(line: str, found: list[Span]) -> Iterator[Span]:
    """Sentences at the end or the start of a line that are foreign while the rest is not."""
    places, at = [], 0
    for part in sentences.split(line):
        at = line.index(part, at) + len(part)
        places.append((at - len(part), at))
    bad = [_is_foreign(_rest(_shifted(found, a, b), line[a:b]), line[a:b]) for a, b in places]
    for i, (start, end) in enumerate(places):
        if len(places) > 1 and bad[i] and (all(bad[i:]) or all(bad[: i + 1])):
            yield start, end, _kind_of(line[start:end])


def _shifted(found: list[Span], start: int, end: int) -> list[Span]:
    """The spans inside a part of a line, counted from its start."""
    return [(max(a, start) - start, min(b, end) - start, kind) for a, b, kind in found if a < end and b > start]


def _seams(lines: Sequence[str], words: tuple[str, ...]) -> list[list[Span]]:
    """Marks and notes that a hard line break has cut in two, by line."""
    spans: list[list[Span]] = [[] for _ in lines]
    filled = [i for i, line in enumerate(lines) if line.strip()]
    for i, j in itertools.pairwise(filled):
        if sentences.ends_sentence(lines[i]):
            continue
        tail, indent = lines[i].rstrip()[-60:], len(lines[j]) - len(lines[j].lstrip())
        for start, end, kind in _crossing(tail, lines[j][indent : indent + 60], words):
            before = lines[i].rstrip()[: start - len(tail)]
            if tail[start] not in _OPENERS and is_noise(lines[i]) and not any(word in before for word in noise.PROSE):
                continue
            spans[i].append((len(lines[i].rstrip()) - len(tail) + start, len(lines[i]), kind))
            spans[j].append((0, indent + end - len(tail), kind))
    return spans


def _spans_between(line: str, found: list[Span], words: tuple[str, ...]) -> Iterator[Span]:
    """What is foreign in the part of a line that the cut notes at its ends leave."""
    start = max((s[1] for s in found if s[0] == 0), default=0)
    end = min((s[0] for s in found if s[0] >= start), default=len(line))
    yield from ((a + start, b + start, kind) for a, b, kind in _line_spans(line[start:end], words))


def _crossing(tail: str, head: str, words: tuple[str, ...]) -> Iterator[Span]:
    """Foreign matter that runs over the seam of two lines, the first such one."""
    joined = tail + head
    if not _triggered(joined, words) and not any(c in joined for c in "#[{<$@*~^|="):
        return
    found = [(m.start(), m.end(), "paywall_marker") for m in noise.MARKER.finditer(joined)]
    found += [(m.start(), m.end(), kind) for m in _BRACKETED.finditer(joined) if (kind := _bracket_kind(m.group()))]
    found += _address_spans(joined)
    yield from [span for span in found if span[0] < len(tail) < span[1]][:1]


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


def _mark_doubles(lines: Sequence[str], spans: list[list[Span]]) -> None:
    """A title that stands twice, and short lines that come back on every page."""
    filled = [i for i, line in enumerate(lines) if line.strip() and not _gone(spans[i], line)]
    if not filled:
        return
    title = lines[filled[0]].strip()
    for i in filled[1:4]:
        if len(title) >= 5 and key_of(lines[i]) == key_of(title):
            spans[i] = [(0, len(lines[i]), "duplicate_title")]
    counts = Counter(lines[i].strip() for i in filled)
    pages = {t for t, n in counts.items() if n >= 3 and 4 <= len(t) <= 40 and _banner_like(t)}
    for i in filled:
        if lines[i].strip() in pages:
            spans[i] = [(0, len(lines[i]), "watermark")]


def _banner_like(text: str) -> bool:
    """A repeated line that names a site or an offer; repeated headings and salutations are none."""
    return noise.BANNER.fullmatch(text) is not None or suspicion(text) >= 1


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
    return any(start == 0 and end == len(line) for start, end, _ in spans)


def _assemble(raw: RawText, spans: list[list[Span]], outline: tuple[Heading, ...]) -> Cleaned:
    """The cleaned text from the spans of each line."""
    kept: list[tuple[int, str]] = []
    removed: list[Removed] = []
    gaps: list[tuple[int, int]] = []
    for number, (line, found) in enumerate(zip(raw.lines, spans, strict=True), 1):
        text, at = "", 0
        for start, end, kind in _merged(found, line):
            text += line[at:start]
            removed.append(Removed(number, line[start:end], kind, start))
            at = end
            if kind == "omission_marker" or (kind == "paywall_marker" and noise.PREVIEW_END.search(line[start:end])):
                gaps.append((number, len(text)))
        text += line[at:]
        if text or not found:
            kept.append((number, text))
    return Cleaned(raw.file, tuple(kept), tuple(removed), outline, tuple(gaps), raw.meta)


def _merged(found: list[Span], line: str) -> list[Span]:
    """Spans in order, overlapping ones made one; the whole line where nothing but spaces would be left."""
    merged: list[Span] = []
    for start, end, kind in sorted(found):
        if merged and start < merged[-1][1]:
            first = merged.pop()
            merged.append((first[0], max(end, first[1]), first[2]))
        elif end > start:
            merged.append((start, end, kind))
    left = len(line.strip()) and not "".join(_outside(merged, line)).strip()
    return [(0, len(line), merged[0][2])] if merged and left else merged


def _outside(spans: list[Span], line: str) -> Iterator[str]:
    at = 0
    for start, end, _ in spans:
        yield line[at:start]
        at = end
    yield line[at:]
