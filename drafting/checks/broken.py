"""P03: text that is broken or cut off: hard line breaks, ends without a mark, marks without their pair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from drafting.checks.kinds import Aids, Hit, Rule, kind
from drafting.checks.text import Paragraph, Text
from drafting.config import TEMPLATES
from phrasebank.gazetteer import is_ordinary
from phrasebank.headings import parse_mark

_ENDS = "。！？：；…”’）〕》』」!?:;)\"—"
_PAIRS = {"“": "”", "（": "）", "《": "》", "〔": "〕", "【": "】"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_PAIRED = re.compile(f"[{re.escape(''.join((*_PAIRS, *_CLOSERS)))}]")
_REMARK = re.compile(r"(?:^|[。！？])\s*[（(][^（）()]{1,60}[）)]\s*$")
_EMPTY = re.compile("|".join(f"{re.escape(opener)}{re.escape(closer)}" for opener, closer in _PAIRS.items()))
_CLAUSED = re.compile("[，。；,]")
_INNER = re.compile("[，、；：,;:]")
_STOP = re.compile("[。！？；]")
_DANGLING = re.compile("(?:[的和与及将把被让使、，,；;（(“《]|以及|并且|通过|关于|围绕|按照|推进|对于|为了|根据)$")
_TITLE = 40
"""Characters of a line that may be a title."""
_HAN = re.compile("[一-鿿]")
_PICTURES = re.compile("[\\s☀-➿\u200d️⃣\U0001f000-\U0001faff]+$")
"""Emoji and the like behind a sentence."""
_WRAPPED = 4
"""Breaks from which on a paragraph was wrapped as a whole."""
_BULLETS = "●◆■★▲△○◎□◇※·•"
_MOST = 10
"""Marks without pair told of one paragraph."""
_COUNT_MARK = re.compile(r"(?:^|[，。；：]|(?<![（(])\s)(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])）")


@kind("broken")
def broken(text: Text, rule: Rule, aids: Aids) -> Iterator[Hit]:
    """P03 from the damage that reading marked in a file, then from the ends and pairs of each paragraph."""
    seams, cuts = _seams(text), _cuts(text)
    for rows in seams.values():
        yield from rows if len(rows) < _WRAPPED else (_wrapped(rows),)
    yield from (hit for number, hit in cuts.items() if number not in seams)
    told = {*seams, *cuts}
    least = rule.number("least", 20)
    near = (None, *text.paragraphs, None)
    for before, p, after in zip(near, text.paragraphs, near[2:], strict=False):
        hit = None if p.number in told else _goes_on(p, after, rule) or (None if _heads(p, after) else _unended(p, least))
        if hit:
            yield hit
        if "）" in p.plain or not _balanced("".join(_PAIRED.findall(p.plain))):
            last = _last_stop(p) if p.number in cuts else len(p.text)
            yield from islice((hit for hit in _unpaired(p, before, after) if hit.start <= last), _MOST)


def _seams(text: Text) -> dict[int, list[Hit]]:
    """Breaks inside sentences, by paragraph."""
    found: dict[int, list[Hit]] = {}
    titles = _titles(text)
    for p, start, end, damage in text.damage:
        if damage == "broken_line" and not _is_no_prose(p.text) and p.text[start:end] not in titles:
            found.setdefault(p.number, []).append(Hit(p, start, end or len(p.text), "句子中间断了行，请连起来"))
    return found


def _wrapped(rows: list[Hit]) -> Hit:
    """A paragraph whose every line was broken, told once."""
    return replace(rows[0], message=f"这一段有{len(rows)}处在句子中间断了行，请连成一段")


def _cuts(text: Text) -> dict[int, Hit]:
    """Ends that are cut off, by paragraph."""
    found: dict[int, Hit] = {}
    for p, start, end, damage in text.damage:
        if damage == "truncated_end" and not _is_no_prose(p.text) and not _closed(p.text):
            found.setdefault(p.number, Hit(p, start, end or len(p.text), "这里断了，话没有说完，请补全或删去"))
    return found


def _closed(text: str) -> bool:
    """Whether a paragraph ends in a mark, pictures behind it left out, or has no words at all."""
    bare = _PICTURES.sub("", text.rstrip())
    return not _HAN.search(text) or (bare != text.rstrip() and bare[-1:] in _ENDS)


def _last_stop(p: Paragraph) -> int:
    """Where the last whole sentence ends: a mark behind it has lost its pair because the text is cut off."""
    return max(map(p.plain.rfind, "。！？；"))


def _titles(text: Text) -> frozenset[str]:
    """What stands around those breaks that part no sentence: behind a title without a mark, behind a remark in brackets."""
    lines = [line.strip() for line in text.lines]
    found = set()
    for defect in text.defects:
        after = next((line for line in lines[defect.line :] if line), "") if defect.kind == "broken_line" else ""
        if after and _parts_nothing(lines[defect.line - 1], after):
            found.add(defect.text)
    return frozenset(found)


def _parts_nothing(before: str, after: str) -> bool:
    """Whether a line ends where a thought does, though no mark tells it."""
    bare = _PICTURES.sub("", before)
    if _REMARK.search(before[-70:]) or after[0] in _BULLETS or (bare != before and bare[-1:] in _ENDS):
        return True
    tail = _STOP.split(before)[-1].strip()
    if not tail or _DANGLING.search(tail) or (is_ordinary(tail[-1] + after[0]) and not parse_mark(tail)):
        return False
    if parse_mark(tail) or (_is_title(after) and len(before) > 3 * len(after)):
        return True
    return tail == before and len(tail) <= _TITLE and len(_INNER.findall(tail)) < 2 and len(after) > 2 * len(tail)


def _is_title(line: str) -> bool:
    return len(line) <= _TITLE and not _STOP.search(line) and not _INNER.search(line)


def _heads(p: Paragraph, after: Paragraph | None) -> bool:
    """Whether a line of two short clauses is the title of the longer paragraph below it."""
    bare = p.text.strip()
    if after is None or len(bare) > _TITLE or len(_INNER.findall(bare)) != 1 or _STOP.search(bare) or bare[-1:] in "，、,":
        return False
    return len(after.text) > 2 * len(bare) and after.text.rstrip()[-1:] in _ENDS


def _goes_on(p: Paragraph, after: Paragraph | None, rule: Rule) -> Hit | None:
    """A sentence that breaks off and goes on in the next paragraph, where reading has taken its first half for a heading: it ends in
    a word that asks for another (坚持从严 | 管理干部), or in the first half of an expression (二十大 | 精神)."""
    words, rest = p.text.rstrip(), after.text.lstrip() if after else ""
    if not rest or p.mark or p.kind in _FRONT or len(words) > _SENTENCE or rest.rstrip()[-1] not in "。！？；":
        return None
    if not (_HAN.match(words[-1:]) and _HAN.match(rest)) or parse_mark(words) or parse_mark(rest) or (after and after.mark):
        return None
    if rule.pattern("whole").search(words):
        return None
    speaks = len(words) >= _LEAST and rule.pattern("speaks").search(words)
    if _word_runs_on(words, rest) or rule.pattern("rests").match(rest):
        return Hit(p, max(len(words) - 20, 0), len(words), f"一个词在这里断成了两段，后面接着“{rest[:8]}”，请连起来")
    if rule.pattern("hanging").search(words) or (speaks and (rule.pattern("asking").search(words) or _halves(words, rest))):
        return Hit(p, max(len(words) - 20, 0), len(words), f"句子在这里断成了两段，后面接着“{rest[:8]}”，请连起来")
    return None


_FRONT = ("speaker", "date", "salutation", "subtitle")
_SENTENCE = 60
"""Characters of a line that may be the first half of a sentence; longer ones reading joins, or they are told for their end."""
_LEAST = 6
"""Characters of a line that may tell something."""


def _word_runs_on(before: str, after: str) -> bool:
    """Whether a word stands across two lines, and whole ones on neither side."""
    return len(before) > _LEAST and is_ordinary(before[-1] + after[0]) and not is_ordinary(before[-2:]) and not is_ordinary(after[:2])


def _halves(before: str, after: str) -> bool:
    """Whether an expression of the trade stands across two lines."""
    ends = _expressions()
    return any(before[-size:] + after[:more] in ends for size in (2, 3, 4) for more in (2, 3, 4))


@lru_cache
def _expressions() -> frozenset[str]:
    """The expressions of our term list that are whole by themselves."""
    rows = (TEMPLATES / "terms" / "government-reports.tsv").read_text("utf-8").splitlines()
    return frozenset(word for row in rows if 4 <= len(word := row.split("\t")[0]) <= 8 and _HAN.match(word))


def _is_no_prose(text: str) -> bool:
    """Whether a paragraph is a row of a table, or ends in a remark in brackets behind its last sentence."""
    return text.count("|", 0, 400) > 1 or bool(_REMARK.search(text[-70:]))


def _unended(p: Paragraph, least: float) -> Hit | None:
    """A paragraph that ends without a mark, a heading of its own line that ends in a comma."""
    text = p.text.rstrip()
    if text and text[-1] in _ENDS:
        return None
    bare = _PICTURES.sub("", text)
    if bare[-1:] in _ENDS and bare:
        return None
    if p.kind == "heading" or (p.is_body and p.lead == len(p.text)):
        return Hit(p, 0, len(bare), "标题没有说完，末尾是逗号或顿号") if bare[-1:] in ("，", "、", ",") else None
    running = p.is_body or (p.kind == "title" and bare.count("，") > 1 and "的讲话" not in bare)
    comma = bare[-1:] in ("，", "、", ",")
    if not running or bare[-1:] in _ENDS or (len(bare) < least and not comma) or not _CLAUSED.search(bare):
        return None
    return Hit(p, max(len(bare) - 20, 0), len(bare), "段末没有标点，话像是没有说完")


def _unpaired(p: Paragraph, before: Paragraph | None, after: Paragraph | None) -> Iterator[Hit]:
    """Opening marks without closing ones and the other way round. A quotation of several paragraphs opens each of them and is
    closed in the last."""
    open_: list[tuple[str, int]] = []
    spare = {m.end() - 1 for m in _COUNT_MARK.finditer(p.plain)} if "）" in p.plain else ()
    for at, mark in ((m.start(), m.group()) for m in _PAIRED.finditer(p.plain)):
        if mark in _PAIRS:
            open_.append((mark, at))
        elif mark in _CLOSERS and at not in spare:
            if open_ and open_[-1][0] == _CLOSERS[mark]:
                open_.pop()
            elif any(mark_ == _CLOSERS[mark] for mark_, _ in open_[-8:]):
                while open_.pop()[0] != _CLOSERS[mark]:
                    pass
            elif not (mark == "”" and _opened_before(before)):
                message = "引号只有后一半" if mark == "”" else f"只有“{mark}”，前面缺“{_CLOSERS[mark]}”"
                yield Hit(p, max(at - 12, 0), at + 1, message)
    for mark, at in open_:
        if mark == "“" and _closed_after(after):
            continue
        yield Hit(p, at, min(at + 12, len(p.text)), "引号只有前一半" if mark == "“" else f"“{mark}”没有配对的“{_PAIRS[mark]}”")


@lru_cache(maxsize=1024)
def _balanced(marks: str) -> bool:
    """Whether every mark has its pair."""
    while (fewer := _EMPTY.sub("", marks)) != marks:
        marks = fewer
    return not marks


def _closed_after(after: Paragraph | None) -> bool:
    """Whether the next paragraph opens the same quotation anew or closes it."""
    return after is not None and (after.text.startswith("“") or after.text.count("”") > after.text.count("“"))


def _opened_before(before: Paragraph | None) -> bool:
    return before is not None and before.text.count("“") > before.text.count("”")
