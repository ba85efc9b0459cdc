"""W01 and W02: what is said again and again, and formulas that say nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.sieve import needed
from drafting.checks.text import Paragraph, Text

_SENTENCE = re.compile(r"[^。！？；]+(?:[。！？；]|$)")  # the end too: looking for a mark that never comes takes square time
_BREAK = re.compile(r"[，。！？；：、“”‘’《》（）〔〕\s\d,;:?!()]")
_SHOUTS = re.compile(r"[^。！？；]{0,12}(?:同志们|谢谢|大家好)[^。！？；]{0,6}[。！？；]")
_BLANK = re.compile("〔[^〔〕]*〕")
_LONG, _SHORT = 8, 6
"""Characters of runs that are counted: of the long ones few repetitions are too many."""
_HAN = re.compile("[一-鿿]")
_BLOTTED = re.compile("[XxＸ×*＊○]{2}|[XxＸ×*＊○]?[%％‰]")
_ENDS_NAME = re.compile(
    "^(?!.{0,3}(?:广大|各级|全体|切实|不断|进一步|扎实|全面|深入|认真|坚决))[^的了着把将要是在对为使让向从被]{5,}"
    "(?:会议?|大会|委员会|常委|小组|中心|机关|部门|教育|治理|体[制系]|机制|制度|经济|战略|规划|工程|行动|建设|事业|阶段|道路|理论|评价|考核|活动|整治|收入|总[值额]|投资|政策|法规?|条例|机构|企业|单位|人员|工作|群众)$"
)
_MOST = 100
"""Repeated runs told of one text: who has more of them reads no further."""
_NAMED = frozenset({"org", "person", "event", "document", "project"})
_READ = 50_000
"""Characters of a text in which names are looked for: in a longer one words may be repeated more often anyhow."""
_NAMES_READ = 60
"""Names that are looked at."""
_NAMES = 3
"""A name may be said so many times as often as other words."""
_A_PAGE, _PAGES = 1000, 8
"""In a longer text short sentences come again, targets and openings of paragraphs: for each page of so many characters a sentence must
be two characters longer, up to so many pages."""
_LENGTHY = 6000
"""Characters of a text in which names and terms come again and again: a report on a city names its quarters."""
_BARE = re.compile("^(?:今年的?|当前的?|目前的?|[全我本][省市县区镇乡村]的?)|工作$")
"""What stands around a name without being part of it."""
_SAYS = re.compile(
    "(?:要|必须|切实|不断|进一步|扎实|深入|认真|坚决|大力|着力|加快|推动|推进|加强|强化|提高|提升|坚持|落实|抓好|抓实|做好|确保|努力|积极|持续|全力|全面(?!建)"
    "|统筹|聚焦|紧扣|围绕|打造|健全|完善|优化|深化|充分|牢固|始终|广大|我们|奋力|牢牢)"
)
"""How a phrase begins that says something rather than names it."""
_LONGEST = 40
"""Characters of a repeated run that are told; what is longer is known by its beginning."""
Places = dict[str, list[tuple[Paragraph, int]]]


@kind("repetition")
def repeats(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """W01: the same sentence twice, the same words too often, sentences in a row that all begin with 要."""
    twice = list(_twice(text, rule.number("sentence", 8) + min(text.characters // _A_PAGE, _PAGES) * 2))
    yield from twice
    yield from _often(text, rule, [hit.paragraph.text[hit.start : hit.end] for hit in twice])
    yield from _openings(text, rule)


def _twice(text: Text, least: float) -> Iterator[Hit]:
    """Sentences that have been said before."""
    counts = Counter(sentence for p in text.paragraphs for sentence in _SENTENCE.findall(p.text))
    if len(counts) == counts.total():
        return
    seen: dict[str, int] = {}
    for p in text.paragraphs:
        for found in _SENTENCE.finditer(p.text):
            sentence = found.group()
            told = len(sentence) >= least and sentence[-1] in "。！？；" and sentence in seen
            if told and not _SHOUTS.fullmatch(sentence) and not (text.draft is None and found.end() == p.lead):
                yield Hit(p, *found.span(), f"这句话在第{seen[sentence]}段已经说过，请换一句或删去")
            seen.setdefault(sentence, p.number)


def _often(text: Text, rule: Rule, told: list[str]) -> Iterator[Hit]:
    """Words of eight characters and more that stand more than twice, of six and more that stand more than five times (GENRES.md
    §3); more in a text that is longer."""
    repeated = _repeated(text, rule)
    heads = "\n".join((text.title, *(p.text[: p.lead] if p.lead else p.text for p in text.paragraphs if p.lead or p.kind == "title")))
    for size, most, step in ((_LONG, rule.number("long", 2), 4000), (_SHORT, rule.number("short", 5), 2000)) if repeated else ():
        places = _places(repeated, size)
        limit = most + text.characters // step
        frequent = {gram for gram, rows in places.items() if len(rows) > limit}
        for words, rows in _grown(places, frequent, limit):
            names = _names(words, heads) or (text.characters > _LENGTHY and not _SAYS.match(words))
            if not _HAN.search(words) or _BLOTTED.search(words) or (len(rows) <= _NAMES * limit and names):
                continue
            if not any(words in other or other in words for other in told):
                if len(told) >= _MOST:
                    return
                told.append(words)
                p, at = rows[-1]
                where = "、".join(list(dict.fromkeys(str(q.number) for q, _ in rows))[:12])
                yield Hit(p, at, at + len(words), f"“{words}”用了{len(rows)}次（第{where}段），请换些说法")


def _names(words: str, heads: str) -> bool:
    """Whether a run but names what the text is about or what has no other name: it stands in the title or in a heading, or ends as
    names of meetings, offices and undertakings do."""
    return bool(_ENDS_NAME.search(words)) or _BARE.sub("", words) in heads


def _spared(text: Text, rule: Rule) -> tuple[str, ...]:
    """Words that may be said as often as need be: set terms that stand in the text, then the speaker's own names and the theme, the
    longest first."""
    outline = text.outline
    who = text.profile
    own = {*_often_named(text), who.place, who.unit, who.post, outline.theme if outline else "", *text.cases} - {""}
    return (*sorted(text.standing(frozenset(rule.words("terms"))), key=len, reverse=True), *sorted(own, key=len, reverse=True))


def _often_named(text: Text) -> tuple[str, ...]:
    """Names of bodies, people, meetings and documents that stand again and again in a file: there is no other way to say them."""
    if text.draft is not None or text.characters > _READ:
        return ()
    rows = (p.plain[a:b] for p in text.paragraphs for a, b, what, _ in text.slots[p.number] if what in _NAMED and b - a > _SHORT)
    return tuple(name for name, count in Counter(rows).most_common(_NAMES_READ) if count > 2)


def _repeated(text: Text, rule: Rule) -> list[tuple[Paragraph, int, str]]:
    """Paragraph, offset and the next characters of its clause of each short run that stands more than twice; what may be repeated is
    none."""
    spared = _spared(text, rule)
    masked = [(p, _masked(p.text, spared)) for p in text.body]
    clauses = [words for _, words in masked for words in _BREAK.split(words) if len(words) >= _SHORT]
    counts = Counter([words[i : i + _SHORT] for words in clauses for i in range(len(words) - _SHORT + 1)])
    common = {gram for gram, count in counts.items() if count > 2}
    return [row for p, words in masked for row in _placed(p, words, common)] if common else []


def _masked(words: str, spared: Sequence[str]) -> str:
    """Words with spaces for what may be repeated and for blanks, each character in its place."""
    for word in spared:
        words = words.replace(word, " " * len(word))
    return _BLANK.sub(lambda m: " " * len(m.group()), words) if "〔" in words else words


def _placed(p: Paragraph, masked: str, common: Set[str]) -> Iterator[tuple[Paragraph, int, str]]:
    at = 0
    for words in _BREAK.split(masked):
        yield from ((p, at + i, words[i : i + _LONG]) for i in range(len(words) - _SHORT + 1) if words[i : i + _SHORT] in common)
        at += len(words) + 1


def _places(repeated: list[tuple[Paragraph, int, str]], size: int) -> Places:
    """Where the runs of `size` characters stand that stand more than twice: each begins with a shorter one that does."""
    found: Places = {}
    for p, at, words in repeated:
        if len(words) >= size:
            found.setdefault(words[:size], []).append((p, at))
    return {gram: rows for gram, rows in found.items() if len(rows) > 2}


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
            if len(tails) != 1 or not (tail := next(iter(tails))) or _BREAK.match(tail):
                break
            size += 1
        p, at = rows[0]
        done |= {(p.number, at + i) for i in range(size)}
        yield p.text[at : at + size], rows


def _openings(text: Text, rule: Rule) -> Iterator[Hit]:
    """More than five sentences in a row that begin with 要."""
    most = int(rule.number("openings", 5))
    for p in text.body:
        if p.text.count("要") <= most:
            continue
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
    likely = text.standing(needed(rule.words("formulas")))
    found: dict[int, list[tuple[int, int]]] = {}
    total = 0
    for p in rule.paragraphs("formulas", text, text.body):
        for start, _, sentence in p.sentences:
            if likely and not any(word in sentence for word in likely):
                continue
            hits = [(start + m.start(), start + m.end()) for m in pattern.finditer(sentence)]
            if hits and not concrete.search(sentence):
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
