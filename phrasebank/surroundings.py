"""What surrounds a speech on a page, told by place and company: above the title, below the last paragraph, in rows.

Words alone do not tell «分享» on a button from 分享 in a sentence, nor the titles of other speeches from this one's. A line
outside the speech needs less to be furniture than one inside it; lines that come in rows are judged together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from phrasebank import noise, sentences
from phrasebank import page_patterns as page
from phrasebank.foreign import foreignness
from phrasebank.frontmatter import closing_of, counted_titles, is_front, is_salutation, kind_of, piece_label
from phrasebank.headings import key_of, parse_mark

Found = tuple[int, str]
"""Index of a line that is no part of the speech, and the kind of what it is."""

INSIDE, BELOW, SENTENCE, CERTAIN = 0.3, -0.4, 0.9, 2.0
"""Mean log-odds (`foreign.foreignness`) that convict a line, one below the speech, a whole sentence among its text, and a line
of a text that has no sentence to tell what is above and below."""
MIN_LINE, MAX_LINE = 4, 120
"""Characters of a line among the text that is judged as a whole by the model; a button is known by its row."""
MAX_MARK = 40
"""Characters of a watermark on lines of its own."""
FLOWING = 15
"""Characters of a line that may break off in the middle of a sentence."""
COPY_EXTRA = 14
"""Letters that a decorated copy of a title has beyond it: the name of a site, 全文, 最新."""
_SIGNED = ("speaker", "date")


def surroundings(lines: Sequence[str], *, document: bool = False) -> Iterator[Found]:
    """The lines of a text that are no part of the speech; what is gone already is blank in `lines`.

    `document`: the lines are those of an office document, which has forms and imprints but no buttons and no links.
    """
    filled = [i for i, line in enumerate(lines) if line.strip()]
    first = next((i for i in filled if _is_prose(lines[i].strip())), None)
    last = next((i for i in reversed(filled) if _is_prose(lines[i].strip())), None)
    labels = {filled[n] for n in counted_titles([lines[i] for i in filled])}
    filled = [i for i in filled if i not in labels]
    if document or first is None or last is None:
        found = {i: kind for i, kind in _judged(lines, filled, -1, len(lines)) if foreignness(_bare(lines[i])) > CERTAIN}
        end = len(lines)
        found.update(_copies(lines, [i for i in filled if i not in found], end if first is None else first, end if last is None else last))
        yield from sorted(found.items())
        return
    found = dict(_judged(lines, filled, first, last))
    found.update(_copies(lines, [i for i in filled if i not in found], first, last))
    found.update(_page_numbers(lines, filled))
    found.update(_repeated(lines, filled))
    found.update(_links(lines, [i for i in filled if i > last], found))
    title = _lost_title(lines, [i for i in filled if i < first], found)
    yield from sorted((i, kind) for i, kind in found.items() if i != title)


def _lost_title(lines: Sequence[str], above: Sequence[int], found: Container[int]) -> int | None:
    """The first line printed twice above the text, where nothing would be left there that can be a title."""
    texts = [lines[i].strip() for i in above]
    if any(i not in found and text[-1] not in "：:" and not is_front(text) for i, text in zip(above, texts, strict=True)):
        return None
    for i, text in zip(above, texts, strict=True):
        if texts.count(text) > 1 and 5 <= len(text) <= 60 and not page.SITE_END.search(text) and foreignness(text) < CERTAIN:
            return None if _is_byline(text) else i
    return None


def _is_byline(text: str) -> bool:
    """Whether a line is names and nothing else."""
    return page.NAMES.fullmatch(text) is not None


def _is_prose(text: str) -> bool:
    """Whether a line is running text, wrapped or not."""
    long = len(text) >= 22 and (text[-1] in "。！？；" or "，" in text or len(text) >= 50)
    return long and foreignness(_bare(text)[:MAX_LINE]) < INSIDE


def _bare(text: str) -> str:
    """A line without what does not show, tags, and the rules and ornaments around it."""
    return page.UNSEEN.sub("", text).strip("-—–─=*_~·•※☆★◆■▲>»|｜ \u3000")


def _judged(lines: Sequence[str], filled: Sequence[int], first: int, last: int) -> Iterator[Found]:
    """Lines that the model or their words give away, each by itself."""
    before = ""
    for i, after in zip(filled, [*filled[1:], -1], strict=False):
        goes_on = first < i and len(before) >= FLOWING and not sentences.ends_sentence(before)
        kind = _kind_of_line(lines[i], goes_on, first <= i <= last, i > last)
        if kind == "site_widget" and after >= 0 and _heads(lines[i], lines[after]):
            kind = None
        before = "" if kind else lines[i].strip()
        if kind:
            yield i, kind


def _heads(line: str, after: str) -> bool:
    """Whether a short line is a numbered heading over a sentence of the speech (4.建学堂): links stand among links."""
    mark = parse_mark(line.strip())
    words = line.strip()[mark.size :] if mark else ""
    latin = any(c.isascii() and c.isalpha() for c in words)
    return bool(words) and not latin and sentences.ends_sentence(after) and foreignness(_bare(after)[:MAX_LINE]) < INSIDE


def _kind_of_line(line: str, goes_on: bool, inside: bool, below: bool) -> str | None:
    """What a line is by itself, None for one of the speech. `goes_on`: the line before is running text that breaks off."""
    ended = sentences.ends_sentence(line)
    if len(line) > MAX_LINE or (ended and (goes_on or noise.PROSE.search(line) or noise.VOICE.search(line))):
        return None
    text = _bare(line)
    button = not inside and page.UI_LINE.fullmatch(text) and page.UI_WORD.search(text)
    if not button and foreignness(text) <= _needed(text, ended or (goes_on and "，" in text), below):
        return None
    if len(text) < (MIN_LINE if inside else 1) or key_of(text).isdigit() or _is_own(text) or _is_row(line):
        return None
    return "site_widget" if button or len(text) <= 16 else "ad" if inside else "site_footer"


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return line.lstrip()[:1] == "|" and line.count("|") > 1


def _needed(text: str, sentence: bool, below: bool) -> float:
    """What convicts a line; a word or two alone tell little wherever they stand."""
    return SENTENCE if sentence else BELOW if below and len(key_of(text)) > MIN_LINE else INSIDE


def _is_own(text: str) -> bool:
    """Whether the form of a short line says that it belongs to the speech."""
    if is_front(text) or is_salutation(text) or page.GREETING.fullmatch(text) or closing_of([text]):
        return True
    if page.KEPT.match(text) or piece_label(text):
        return True
    shaped = parse_mark(text) or page.TITLE.fullmatch(text) or page.LABELLED.match(text)
    return shaped is not None and foreignness(text) < 1


def _copies(lines: Sequence[str], filled: Sequence[int], first: int, last: int) -> Iterator[Found]:
    """Copies of the title: above the text with the name of a site behind it or a label before it, or the same again; below the
    text with the name of a site; anywhere with a page number behind it. Of equal copies the plainest is the title, else the first."""
    above = [i for i in filled if i <= first][:8]
    bare = {i: text for i in above if 5 <= len(key_of(text := _bare(lines[i]))) <= 60 and "。" not in text and kind_of(text) not in _SIGNED}
    copies = {i for i in bare if any(_copy_of(bare[j], bare[i], i > j) for j in bare if j != i)}
    yield from ((i, "duplicate_title") for i in copies)
    titles = {key_of(bare[i]) for i in bare if i not in copies}
    for i in filled:
        head = page.NUMBERED.fullmatch(_bare(lines[i])) if lines[i].rstrip()[-1].isdigit() and len(lines[i]) <= MAX_LINE else None
        below = i > last and any(_around(title, key_of(lines[i])) for title in titles)
        if below or (head and key_of(head.group(1)) in titles):
            yield i, "duplicate_title"


def _around(title: str, text: str) -> bool:
    """Whether a line is the title and the name of a site."""
    return 0 <= len(text) - len(title) <= COPY_EXTRA and (text.startswith(title) or text.endswith(title))


def _copy_of(title: str, text: str, later: bool) -> bool:
    """Whether `text` is `title` again, decorated, or as plain and `later`."""
    one, two = key_of(title), key_of(text)
    if one == two:
        return len(text) > len(title) or (later and len(text) == len(title))
    behind = text.removeprefix(title)
    added = behind != text and len(two) - len(one) <= COPY_EXTRA and not page.EDITION.fullmatch(behind)
    return added or (two.endswith(one) and page.LABELLED.match(text) is not None)


def _page_numbers(lines: Sequence[str], filled: Sequence[int]) -> Iterator[Found]:
    """Numbers alone on their lines that count up through the text."""
    alone = [(i, int(m.group(1))) for i in filled if len(lines[i]) <= 12 and (m := page.PAGE.fullmatch(lines[i].strip()))]
    rising = sum(after == before + 1 for (_, before), (_, after) in pairwise(alone))
    if len(alone) >= 2 and rising >= 0.6 * (len(alone) - 1):
        yield from ((i, "site_widget") for i, _ in alone)


def _repeated(lines: Sequence[str], filled: Sequence[int]) -> Iterator[Found]:
    """Short lines without end that come again and name a site, or that no speech would repeat."""
    short = (i for i in filled if len(lines[i]) <= 2 * MAX_MARK)
    texts = {i: text for i in short if len(text := _bare(lines[i])) <= MAX_MARK and not sentences.ends_sentence(text)}
    counts = Counter(texts.values())
    for i, text in texts.items():
        if counts[text] < 2 or key_of(text).isdigit():
            continue
        named = page.SITE_END.search(text) or _is_byline(lines[i]) or foreignness(text) > SENTENCE
        if named and not _is_own(text) and not page.LABELLED.match(text):
            yield i, "watermark"


def _links(lines: Sequence[str], tail: Sequence[int], known: Container[int]) -> Iterator[Found]:
    """Titles of other texts in a row below the speech, with the words above them; below such words any lines are links."""
    if any(page.KEPT.match(lines[i].strip()) for i in tail):
        return  # a list of attachments reads as one of links does
    head = next((n for n, i in enumerate(tail) if page.RELATED.fullmatch(lines[i].strip())), len(tail))
    run: list[int] = []
    for i in [*(i for i in tail[:head] if i not in known), -1]:
        if i >= 0 and page.LISTED.fullmatch(lines[i].strip()) and not is_front(lines[i].strip()):
            run.append(i)
            continue
        if len(run) >= 3:
            yield from ((j, "site_widget") for j in run)
        run = []
    yield from ((i, "site_widget") for i in tail[head:] if i not in known and not is_front(lines[i].strip()))
