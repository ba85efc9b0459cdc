"""What a change came to, in the writer's words: what is taken back or done again may stand on another page than the one at hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from drafting.actions import RUN_IN_NUMBER, paragraphs_of, split
from drafting.model import Draft, Outline
from drafting.plan import Plan

State = tuple[Draft, Plan]
"""A draft with what was planned for it."""
SHORT = 14
"""Characters of a sentence that are told."""
_FIELDS = {
    "genre": "换文种", "theme": "换主题", "title": "改题目", "subtitle": "改副题", "salutation": "改称呼", "occasion": "改场合",
    "date": "改日期", "minutes": "改时长", "characters": "改字数", "seed": "换一稿",
}  # fmt: skip
_PROFILE = {"level": "级别", "place": "地方", "unit": "单位", "post": "职务", "name": "姓名", "year": "年份"}
_MARK = re.compile("〔待([填核])：[^〕]*〕")


def difference(old: State, new: State) -> str:
    """What leads from one state to the other: the widest thing that differs, one at a time."""
    first, second = old[0].outline, new[0].outline
    found = (told for looked in (_head(first, second), _facts(first, second), _structure(old, new), _words(old, new)) for told in looked)
    return next(found, "一处改动")


def _head(first: Outline, second: Outline) -> Iterator[str]:
    """What stands over the speech: kind, title, speaker."""
    for field, told in _FIELDS.items():
        now = getattr(second, field)
        if getattr(first, field) != now:
            yield told + (f"“{_short(str(now))}”" if isinstance(now, str) and now else "")
    changed = [name for field, name in _PROFILE.items() if getattr(first.profile, field) != getattr(second.profile, field)]
    if changed:
        yield f"改身份里的{'、'.join(changed)}"


def _facts(first: Outline, second: Outline) -> Iterator[str]:
    before, after = ({fact.name: fact for fact in outline.facts} for outline in (first, second))
    for name, fact in after.items():
        if name not in before:
            yield f"记下“{_short(name)}”{fact.value}{fact.unit}"
        elif before[name] != fact:
            yield f"改“{_short(name)}”为{fact.value}{fact.unit}"
    yield from (f"删去事实“{_short(name)}”" for name in before if name not in after)


def _structure(old: State, new: State) -> Iterator[str]:
    """Parts and headings."""
    first, second = ([(s.part.name, s.heading) for s in plan.sections] for _, plan in (old, new))
    if first == second:
        return
    names = [Counter(name for name, _ in rows) for rows in (first, second)]
    yield from (f"加“{name}”部分" for name in names[1] - names[0])
    yield from (f"删“{name}”部分" for name in names[0] - names[1])
    if [name for name, _ in first] != [name for name, _ in second]:
        yield "调换部分的先后"
    changed = [heading for (_, before), (_, heading) in zip(first, second, strict=True) if before != heading]
    yield f"改大标题“{_short(changed[0])}”" if len(changed) == 1 else f"换{len(changed)}个大标题"


def _words(old: State, new: State) -> Iterator[str]:
    """Headings within parts, paragraphs, sentences; of a change that moves several parts the first, and how many there are."""
    rows = [row for number in range(len(new[1].sections)) if (row := _in_section(old, new, number))]
    if rows:
        yield rows[0] + (f"等，连着动了{len(rows)}个部分" if len(rows) > 1 else "")
    elif old[0].outline.sections != new[0].outline.sections:
        locks = [[point.locked for section in draft.outline.sections for point in section.points] for draft, _ in (old, new)]
        if sum(locks[0]) != sum(locks[1]):
            yield "锁住一段" if sum(locks[0]) < sum(locks[1]) else "解锁一段"


def _in_section(old: State, new: State, number: int) -> str:
    if number >= len(old[1].sections):
        return ""
    name = f"“{new[1].sections[number].part.name}”"
    before, after = (paragraphs_of(draft, number) for draft, _ in (old, new))
    texts, now = ([RUN_IN_NUMBER.sub("", block.text) for block in blocks] for blocks in (before, after))
    gone, come = Counter(texts) - Counter(now), Counter(now) - Counter(texts)
    if not gone and not come:
        return "" if texts == now else f"移动{name}里的段落"
    if {gone.total(), come.total()} == {0, 1}:
        return _paragraph(texts, now, name)
    old_heads, new_heads = ([RUN_IN_NUMBER.sub("", block.lead_text) for block in blocks] for blocks in (before, after))
    heads = [head for head in new_heads if head not in old_heads]
    if gone.total() == come.total() == 1 and not heads:
        at = next(n for n, text in enumerate(now) if text in come)
        return _sentence(split(next(iter(gone))), split(now[at]), f"{name}第{at + 1}段")
    facets = [{point.facet for point in plan.sections[number].points if point.facet} for _, plan in (old, new)]
    if len(before) != len(after) or (facets[0] != facets[1] and all(facets)):
        return f"改{name}讲的侧面" if facets[0] != facets[1] else _paragraph(texts, now, name)
    if heads:
        return f"改{name}的小标题“{_short(heads[0])}”" if len(heads) == 1 else f"换{name}的{len(heads)}个小标题"
    return f"重拟{name}"


def _paragraph(before: Sequence[str], after: Sequence[str], name: str) -> str:
    new = [text for text in after if text not in before]
    gone = [text for text in before if text not in after]
    if len(after) > len(before):
        return f"在{name}添一段“{_short((new or after)[0])}”"
    return f"删{name}里的一段“{_short((gone or before)[0])}”"


def _sentence(before: Sequence[str], after: Sequence[str], where: str) -> str:
    """What became of the sentences of a paragraph."""
    gone = list((Counter(before) - Counter(after)).elements())
    new = list((Counter(after) - Counter(before)).elements())
    if not gone:
        return f"添句“{_short(''.join(new))}”（{where}）" if new else f"调换句子的先后（{where}）"
    if not new:
        return f"删句“{_short(''.join(gone))}”（{where}）"
    marks = [_MARK.findall("".join(rows)) for rows in (gone, new)]
    if len(marks[0]) > len(marks[1]) and len(gone) <= len(new):
        kind = "核实" if marks[0].count("核") > marks[1].count("核") else "填空"
        return f"{kind}“{_filled(''.join(gone), ''.join(new))}”（{where}）"
    return f"改句“{_short(''.join(gone))}”为“{_short(''.join(new))}”（{where}）"


def _filled(before: str, after: str) -> str:
    """What a blank was filled with; of a mark that went the sentence it stood in."""
    start, _, end = _MARK.sub("\0", before, count=1).partition("\0")
    words = after.removeprefix(start)
    tail = end[:6]
    filled = words[: words.find(tail)] if tail and tail in words else words
    return _short(filled or start)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
