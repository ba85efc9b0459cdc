"""W01 and W02: what is said again and again, and formulas that say nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text

_SENTENCE = re.compile(r"[^。！？；]+(?:[。！？；]|$)")  # the end too: looking for a mark that never comes takes square time
_CLAUSE = re.compile(r"[^，。！？；：、“”‘’《》（）〔〕\s\d,;:?!()]+")
_SHOUTS = re.compile(r"[^。！？；]{0,12}(?:同志们|谢谢|大家好)[^。！？；]{0,6}[。！？；]")
_LONGEST = 40
"""Characters of a repeated run that are told; what is longer is known by its beginning."""
Places = dict[str, list[tuple[Paragraph, int]]]


@kind("repetition")
def repeats(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """W01: the same sentence twice, the same words too often, sentences in a row that all begin with 要."""
    told: list[str] = []
    seen: dict[str, int] = {}
    least = rule.number("sentence", 8)
    for p in text.paragraphs:
        for found in _SENTENCE.finditer(p.text):
            sentence = found.group()
            if len(sentence) >= least and sentence[-1] in "。！？；" and sentence in seen and not _SHOUTS.fullmatch(sentence):
                told.append(sentence)
                yield Hit(p, *found.span(), f"这句话在第{seen[sentence]}段已经说过，请换一句或删去")
            seen.setdefault(sentence, p.number)
    yield from _often(text, rule, told)
    yield from _openings(text, rule)


def _often(text: Text, rule: Rule, told: list[str]) -> Iterator[Hit]:
    """Words of eight characters and more that stand more than twice, of six and more that stand more than five times (GENRES.md
    §3); more in a text that is longer."""
    spared = _spared(text, rule)
    clauses = [(p, at, words) for p in text.body for at, words in _clauses(p, spared)]
    for size, most, step in ((8, rule.number("long", 2), 4000), (6, rule.number("short", 5), 2000)):
        places = _places(clauses, size)
        limit = most + text.characters // step
        frequent = {gram for gram, rows in places.items() if len(rows) > limit}
        for words, rows in _grown(places, frequent, limit):
            if not any(words in other or other in words for other in told):
                told.append(words)
                p, at = rows[-1]
                where = "、".join(list(dict.fromkeys(str(q.number) for q, _ in rows))[:12])
                yield Hit(p, at, at + len(words), f"“{words}”用了{len(rows)}次（第{where}段），请换些说法")


def _spared(text: Text, rule: Rule) -> re.Pattern[str]:
    """Words that may be said as often as need be: set terms, the speaker's own names, the theme."""
    outline = text.outline
    own = {text.profile.place, text.profile.unit, text.profile.post, outline.theme if outline else "", *text.cases}
    words = sorted({*rule.words("terms"), *own} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _clauses(p: Paragraph, spared: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Offset and words of each clause, cut at what may be repeated; blanks are none."""
    masked = spared.sub(lambda m: " " * len(m.group()), p.text)
    masked = re.sub(r"〔[^〔〕]*〕", lambda m: " " * len(m.group()), masked)
    for found in _CLAUSE.finditer(masked):
        yield found.start(), found.group()


def _places(clauses: list[tuple[Paragraph, int, str]], size: int) -> Places:
    counts = Counter(words[i : i + size] for _, _, words in clauses for i in range(len(words) - size + 1))
    common = {gram for gram, count in counts.items() if count > 2}
    found: Places = {}
    for p, at, words in clauses if common else ():
        for i in range(len(words) - size + 1):
            if words[i : i + size] in common:
                found.setdefault(words[i : i + size], []).append((p, at + i))
    return found


def _grown(places: Places, frequent: set[str], limit: float) -> Iterator[tuple[str, list[tuple[Paragraph, int]]]]:
    """Frequent runs as long as they are frequent: neighbours of one count are one."""
    done: set[tuple[int, int]] = set()
    for gram in sorted(frequent, key=lambda g: (places[g][0][0].number, places[g][0][1])):
        rows = places[gram]
        if (rows[0][0].number, rows[0][1]) in done:
            continue
        size = len(gram)
        while size < _LONGEST:
            tails = {p.text[at + size : at + size + 1] for p, at in rows}
            if len(tails) != 1 or not _CLAUSE.fullmatch(next(iter(tails))):
                break
            size += 1
        p, at = rows[0]
        done |= {(p.number, at + i) for i in range(size)}
        yield p.text[at : at + size], rows


def _openings(text: Text, rule: Rule) -> Iterator[Hit]:
    """More than five sentences in a row that begin with 要."""
    most = int(rule.number("openings", 5))
    for p in text.body:
        run: list[tuple[int, int]] = []
        for start, end, sentence in (*p.sentences, (len(p.text), len(p.text), "")):
            if sentence.startswith("要"):
                run.append((start, end))
                continue
            if len(run) > most:
                yield Hit(p, run[0][0], run[-1][1], f"连着{len(run)}句都以“要”开头，请换换句式")
            run = []


@kind("formulas")
def formulas(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """W02: too many formulas a 1,000 characters in sentences without object, number or actor; told once, where they are thickest."""
    pattern, concrete = rule.pattern("formulas"), rule.pattern("concrete")
    found: dict[int, list[tuple[int, int]]] = {}
    total = 0
    for p in text.body:
        for start, _, sentence in p.sentences:
            if not concrete.search(sentence):
                hits = [(start + m.start(), start + m.end()) for m in pattern.finditer(sentence)]
                found.setdefault(p.number, []).extend(hits)
                total += len(hits)
    size = sum(len(p.text) for p in text.body)
    if total < rule.number("least", 4) or total * 1000 < rule.number("density", 4) * size:
        return
    number = max(found, key=lambda n: len(found[n]))
    if thickest := text.paragraph(number):
        words = "、".join(thickest.text[a:b] for a, b in found[number][:4])
        message = f"全文有{total}处空泛套话（每千字{total * 1000 / size:.1f}处），本段最多：{words}；请写出谁来做、做什么、到什么时候"
        yield Hit(thickest, found[number][0][0], found[number][-1][1], message)
