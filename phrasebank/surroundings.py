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
        found.update(_copies(lines, [i for i in filled if i not in found], len(lines) if first is None else first))
        yield from sorted(found.items())
        return
    titles = _titles(lines, filled, first)
    found = {i: kind for i, kind in _judged(lines, filled, first, last) if lines[i].strip() not in titles}
    found.update(_copies(lines, [i for i in filled if i not in found], first))
    found.update(_page_numbers(lines, filled))
    found.update(_repeated(lines, [i for i in filled if lines[i].strip() not in titles]))
    found.update(_links(lines, [i for i in filled if i > last], found))
    yield from sorted(found.items())


def _titles(lines: Sequence[str], filled: Sequence[int], first: int) -> set[str]:
    """What is printed twice above the text and is not the name of the site."""
    times = Counter(lines[i].strip() for i in filled if i <= first)
    twice = (text for text, n in times.items() if n > 1 and 5 <= len(text) <= 60)
    return {text for text in twice if not page.SITE_END.search(text) and foreignness(text) < 1}


def _is_prose(text: str) -> bool:
    """Whether a line is running text, wrapped or not."""
    long = len(text) >= 22 and (text[-1] in "。！？；" or "，" in text or len(text) >= 50)
    return long and foreignness(_bare(text)[:MAX_LINE]) < INSIDE


def _bare(text: str) -> str:
    """A line without what does not show, tags, and the rules and ornaments around it."""
    return page.UNSEEN.sub("", text).strip("-—–─=*_~·•※☆★◆■▲>»|｜ \u3000")


def _judged(lines: Sequence[str], filled: Sequence[int], first: int, last: int) -> Iterator[Found]:
    """Lines that the model or their words give away, each by itself."""
    open_before = False
    for i in filled:
        goes_on = open_before and first < i <= last
        open_before = not sentences.ends_sentence(lines[i])
        if len(lines[i]) > MAX_LINE or (not open_before and (goes_on or noise.PROSE.search(lines[i]) or noise.VOICE.search(lines[i]))):
            continue
        text = _bare(lines[i])
        inside = first <= i <= last
        if len(text) < (MIN_LINE if inside else 1) or key_of(text).isdigit() or _is_own(text) or lines[i].lstrip()[:1] == "|":
            continue
        if not inside and page.UI_LINE.fullmatch(text) and page.UI_WORD.search(text):
            yield i, "site_widget"
        elif foreignness(text) > _needed(text, not open_before or (goes_on and "，" in text), i > last):
            yield i, "site_widget" if len(text) <= 16 else "ad" if inside else "site_footer"


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


def _copies(lines: Sequence[str], filled: Sequence[int], first: int) -> Iterator[Found]:
    """Copies of the title: above the text with the name of a site behind it or a label before it, or the same again;
    anywhere with a page number behind it. Of equal copies the plainest is the title, else the first."""
    above = [i for i in filled if i <= first][:8]
    bare = {i: text for i in above if 5 <= len(key_of(text := _bare(lines[i]))) <= 60 and "。" not in text and kind_of(text) not in _SIGNED}
    copies = {i for i in bare if any(_copy_of(bare[j], bare[i], i > j) for j in bare if j != i)}
    yield from ((i, "duplicate_title") for i in copies)
    titles = {key_of(bare[i]) for i in bare if i not in copies}
    for i in filled:
        head = page.NUMBERED.fullmatch(_bare(lines[i])) if lines[i].rstrip()[-1].isdigit() and len(lines[i]) <= MAX_LINE else None
        if head and key_of(head.group(1)) in titles:
            yield i, "duplicate_title"


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
    texts = {i: text for i in filled if len(text := _bare(lines[i])) <= 40 and not sentences.ends_sentence(text)}
    counts = Counter(texts.values())
    for i, text in texts.items():
        named = page.SITE_END.search(text) or foreignness(text) > SENTENCE
        if counts[text] >= 2 and not key_of(text).isdigit() and named and not _is_own(text) and not page.LABELLED.match(text):
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
