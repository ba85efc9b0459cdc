"""Foreign matter in one line: a line that is foreign as a whole, notes and addresses inside it, sentences at its ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from phrasebank import noise, sentences
from phrasebank import page_patterns as page
from phrasebank.foreign import foreignness
from phrasebank.frontmatter import closing_of, is_salutation
from phrasebank.headings import key_of

Span = tuple[int, int, str]
"""Start, end and kind of something to take out of a line."""

NOTE, SENTENCE = 0.6, 0.9
"""Mean log-odds (`foreign.foreignness`) that convict a bracketed note, and a sentence at an end of a line."""
CERTAIN = 6
"""Suspicion that convicts whoever speaks."""
MAX_VOICE = 200
"""Characters that are looked at for that."""
MIN_PART, MAX_PART = 8, 60
"""Characters of a sentence that is judged by them."""

_BRACKETED = re.compile(
    r"(?:[…．\.]{2,}\s*)?(?:【[^【】]{1,80}】|（[^（）]{1,80}）|\([^()]{1,80}\)|\[[^\[\]]{1,80}\]"
    r"|〖[^〖〗]{1,80}〗|〔[^〔〕]{1,80}〕|「[^「」]{1,80}」)"
    r"(?:\s*[…．\.]{2,})?"
)
_OPEN_BRACKET = re.compile(r"(?:[…．\.]{2,}\s*)?[（(【\[](?=[^（）()【】\[\]]{0,200}$)")
_DOTTED = re.compile(r"(?:…{2,}|[…．\.·]{3,})[^…．\.。]{2,60}(?:…{2,}|[…．\.·]{3,})")
OPENERS = "【（([〖〔「#<{$@*~^|=…．."
_NAMED_SITE = re.compile(r"[一-鿿]{1,8}(?:网|库|站|之家)\s*$")
_LEAD_IN = re.compile(
    r"(?:更多[^，。；：]{0,12}|本文|内容|文章)?(?:请?(?:关注|访问|登录|搜索)|来源(?:于|自)?|来自|转自"
    r"|摘自|出处|网址|见)\s*[:：]?\s*$"
)


_OWN_BLANK = re.compile(r"待[填核]\s*[:：]")
"""What the writer marked to be filled in or checked."""
_TITLED = re.compile(r"《[^《》]{2,80}》")
_LETTERS = re.compile(r"[A-Za-z0-9]+")
_HAN_FOUR = re.compile(r"(?:[一-鿿].*){4}")


def suspicion(text: str) -> float:
    """How much `text` speaks as an advertisement, a site or a paywall does; about 0 for a speech.

    Cues that address the reader of a page count whole; words that speeches use too count half without them.
    """
    core = _weight(text, noise.CORE, noise.CORE_WORD)
    core += sum(weight for cue, weight, hint in noise.CUES if hint.search(text) and cue.search(text))
    weak = _weight(text, noise.WEAK, noise.WEAK_WORD)
    own = _TITLED.sub("", text) if "《" in text else text  # a title that is named says nothing of who names it
    plain = 0.5 * sum(word in own for word in noise.BODY)
    return core + (weak if core >= 1.5 else weak / 2) - plain


def _weight(text: str, words: dict[str, float], any_word: re.Pattern[str]) -> float:
    """The sum of the weights of the words that occur in `text`; most texts have none."""
    return sum(weight for word, weight in words.items() if word in text) if any_word.search(text) else 0


def _needed(length: int) -> float:
    """Suspicion that convicts a text of so many characters: the longer, the more chances to meet a cue."""
    return 1.9 if length <= 30 else 2.5 if length <= 80 else 3.5 if length <= 200 else 5


def is_noise(text: str) -> bool:
    """Whether a line or a sentence is foreign as a whole. Officials speak of downloads, members and copies too: where their
    voice is heard and the characters are not foreign, only very strong cues convict."""
    text = text.strip()
    found = suspicion(text) if text else 0
    if found < _needed(len(text)):
        return False
    acquitted = noise.VOICE.search(text) and not noise.HARD.search(text) and foreignness(text[:MAX_VOICE]) < 1.5
    return found >= CERTAIN or not acquitted


def line_spans(line: str) -> Iterator[Span]:
    """What one line holds of foreign matter, judged by itself."""
    text = line.strip()
    if not text:
        return
    if kind := _plain_kind(text):
        yield 0, len(line), kind
        return
    found = list(_strays(line))
    if not noise.SUSPECT.search(line):
        yield from found or _foreign_end(line)
        return
    if noise.MARK.search(line):
        found += [(m.start(), m.end(), "paywall_marker") for m in noise.MARKER.finditer(line)]
        found += [(m.start(), m.end(), "site_widget") for m in noise.TAG.finditer(line)]
    triggered = noise.TRIGGER.search(line) is not None
    if triggered or noise.GAP_WORDS.search(line):
        found += _inline_spans(line)
    if triggered and _is_foreign(rest_of(found, line), text):
        yield 0, len(line), _kind_of(text)
        return
    yield from found
    yield from _foreign_sentences(line, found) if triggered else _foreign_end(line)


def _strays(line: str) -> Iterator[Span]:
    """Small matter that pages leave inside a line."""
    for kind, pattern in page.STRAY if page.STRAY_HINT.search(line) else ():
        yield from ((m.start(), m.end(), kind) for m in pattern.finditer(line))
    end = len(line.rstrip())
    ends = end > 0 and line[end - 1] in page.LINK_ENDS
    if ends and (link := page.LINK_END.search(line, max(0, end - page.LINK_ROOM), end)):
        yield link.start(), end, "site_widget"
    yield from ((m.start(), m.end(), "watermark") for m in page.ASCII_RUN.finditer(line) if _is_garble(m.group()))


def _is_garble(text: str) -> bool:
    """Whether characters without a word among them were strewn in against copying: very short groups, odd signs."""
    groups = _LETTERS.findall(text)
    signs = set(text) - set("().,-:/ ")
    odd = any(not sign.isalnum() for sign in signs)
    return odd and len(groups) >= 5 and max(map(len, groups)) <= 2


def rest_of(found: list[Span], line: str) -> str:
    """A line without spans."""
    return "".join(outside(merged(found, line), line)) if found else line


def _is_foreign(rest: str, text: str) -> bool:
    """Whether a line is foreign as a whole: in what is left of it without its notes, or with them if little is left."""
    rest = rest.strip()
    if len(rest) == len(text):
        return is_noise(text) and _all_of_it(text)
    if is_noise(rest) and _all_of_it(rest):
        return True
    if not key_of(rest):
        return is_noise(text)
    if len(rest) > 20 or sentences.ends_sentence(rest) or noise.PROSE.search(rest):
        return False
    return suspicion(rest) > 0 and is_noise(text)


def _plain_kind(text: str) -> str | None:
    """The kind of a line that its form alone gives away, None for others."""
    if len(text) <= 120:
        if noise.MARKER.fullmatch(text) or _is_preview_end(text):
            return "paywall_marker"
        if noise.LABEL_LINE.fullmatch(text) and text[-1] not in "。；":
            return "site_footer" if text[:2] in ("上一", "下一") else "site_widget"
        if _on_page(text) or noise.RULE_LINE.fullmatch(text) or noise.CAPTION.fullmatch(text):
            return "site_widget"
    return "omission_marker" if _gap_line(text) else None


def _on_page(text: str) -> bool:
    """Whether a line says where in a site or a document the reader is."""
    return any(pattern.fullmatch(text) for pattern in (noise.PAGE_NUMBER, page.PAGED, page.STAMP, page.FORM_ROW, page.BREADCRUMB))


def _is_preview_end(text: str) -> bool:
    """A line that says the free part ends here, and little else."""
    found = noise.PREVIEW_END.search(text)
    return bool(found) and len(key_of(text)) - len(key_of(found.group() if found else "")) <= 14


def _gap_line(text: str) -> bool:
    """A line that only says that text is missing here."""
    dotted = len(text) <= 80 and text[0] in "…．.（(【[" and text[-1] in "…．.）)】]"
    return dotted and noise.GAP_WORDS.search(text) is not None


def _all_of_it(text: str) -> bool:
    """Whether a suspicious line is foreign throughout: it does not begin with a plain sentence, no speech opens in it, and no
    long sentence in it speaks as a speech does."""
    parts = sentences.split(text)
    if len(parts) > 1 and suspicion(parts[0]) <= 0 and foreignness(parts[0]) <= 0:
        return False
    if any(is_salutation(part.partition("：")[0] + "：") and suspicion(part) < 1 for part in parts[1:]):
        return False
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
    yield from ((m.start(), m.end(), "watermark") for m in noise.SITE_NOTE.finditer(line))
    yield from _address_spans(line)


def _bracket_kind(text: str) -> str | None:
    """The kind of a bracketed note that is no part of the speech."""
    if noise.GAP_WORDS.search(text) and (len(text) > 6 or "略" in text):
        return "omission_marker"
    if _OWN_BLANK.search(text):
        return None
    inner = re.sub(r"\s", "", text).strip("…．.【】（）()[]〖〗〔〕「」")
    if _short_gap(text, inner):
        return "omission_marker"
    if noise.SITE.fullmatch(inner) or (_HAN_FOUR.search(inner) and foreignness(inner) > NOTE):
        return "watermark"
    if suspicion(inner) >= 1.9 or (noise.BANNER.fullmatch(inner) and len(inner) <= 24 and text[0] in "【[〖（("):
        return "watermark" if noise.URL.search(inner) or len(inner) <= 24 else "ad"
    return None


def _short_gap(text: str, inner: str) -> bool:
    """Whether a note says no more than that something is left out."""
    return text[0] in "（([【〔" and len(inner) <= 12 and inner.endswith(("略", "删节", "从略"))


def _address_spans(line: str) -> Iterator[Span]:
    """Web addresses in running text, with the words that lead to them."""
    for url in noise.URL.finditer(line):
        start = url.start()
        before = line[max(0, start - 24) : start]
        if lead := _LEAD_IN.search(before):
            start -= len(before) - lead.start()
        elif site := _NAMED_SITE.search(before):
            start -= len(before) - _site_start(before, site)
        if 0 < start <= MAX_PART and foreignness(line[:start]) > NOTE:
            start = 0  # a line that a page's own words begin
        yield start, url.end(), "watermark"


def _site_start(before: str, site: re.Match[str]) -> int:
    """Where the name of a site begins: behind a mark, else its last five characters at most."""
    mark = max((before.rfind(c) for c in "，。；：、！？”）】 …"), default=-1) + 1
    return mark if mark > site.start() else max(site.start(), len(before.rstrip()) - 5)


def _foreign_sentences(line: str, found: list[Span]) -> Iterator[Span]:
    """Sentences at the end or the start of a line that are foreign while the rest is not."""
    places = _places(line)
    bad = [_foreign_part(rest_of(_shifted(found, a, b), line[a:b]), line[a:b]) for a, b in places]
    for i, (start, end) in enumerate(places):
        if len(places) > 1 and bad[i] and (all(bad[i:]) or all(bad[: i + 1])):
            yield start, end, _kind_of(line[start:end])


def _foreign_part(rest: str, text: str) -> bool:
    return _is_foreign(rest, text) or (len(text) <= MAX_PART and _speaks_foreign(rest))


def _foreign_end(line: str) -> Iterator[Span]:
    """The last sentence of a line without any cue, where it is foreign by its characters alone."""
    mark = line.rstrip(sentences.CLOSERS + sentences.FINAL).rfind("。")
    if 0 < mark < len(line) - MIN_PART and mark >= len(line) - MAX_PART and _speaks_foreign(last := line[mark + 1 :]):
        yield mark + 1, len(line), _kind_of(last)


def _speaks_foreign(text: str) -> bool:
    """Whether the characters of a sentence alone convict it; a word hardly a speech is without, or thanks, acquit it."""
    if len(text) < MIN_PART or not noise.HINT.search(text) or noise.PROSE.search(text) or noise.VOICE.search(text):
        return False
    return foreignness(text) > SENTENCE and closing_of([text]) is None


def _places(line: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a line."""
    places, at = [], 0
    for part in sentences.split(line):
        at = line.index(part, at) + len(part)
        places.append((at - len(part), at))
    return places


def _shifted(found: list[Span], start: int, end: int) -> list[Span]:
    """The spans inside a part of a line, counted from its start."""
    return [(max(a, start) - start, min(b, end) - start, kind) for a, b, kind in found if a < end and b > start]


def crossing(tail: str, head: str) -> Iterator[Span]:
    """Foreign matter that runs over the seam of two lines, the first such one."""
    joined = tail + head
    if not noise.SUSPECT.search(joined):
        return
    found = [(m.start(), m.end(), "paywall_marker") for m in noise.MARKER.finditer(joined)]
    found += [(m.start(), m.end(), kind) for m in _BRACKETED.finditer(joined) if (kind := _bracket_kind(m.group()))]
    found += _address_spans(joined)
    yield from [span for span in found if span[0] < len(tail) < span[1]][:1]


def merged(found: list[Span], line: str) -> list[Span]:
    """Spans in order, overlapping ones made one; the whole line where nothing but spaces would be left."""
    merged: list[Span] = []
    for start, end, kind in sorted(found):
        if merged and start < merged[-1][1]:
            first = merged.pop()
            merged.append((first[0], max(end, first[1]), first[2]))
        elif end > start:
            merged.append((start, end, kind))
    left = len(line.strip()) and not "".join(outside(merged, line)).strip()
    return [(0, len(line), merged[0][2])] if merged and left else merged


def outside(spans: list[Span], line: str) -> Iterator[str]:
    """The parts of a line that spans leave."""
    at = 0
    for start, end, _ in spans:
        yield line[at:start]
        at = end
    yield line[at:]
