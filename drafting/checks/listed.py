"""F05 within a paragraph: a number of things against the list of them (三类：…, A、B、C“三位”, A、B、C等三个乡镇) and against what is
counted one by one (三点：一是…二是…).

A number that is but the sum of what is listed (21个：水利6个、道路7个、文化8个) counts no items: that is F04's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafting.checks.kinds import Hit
from drafting.checks.text import Paragraph
from drafting.model import Severity

HAN = "一二三四五六七八九十"
_COUNT = {**{c: n for n, c in enumerate(HAN, 1)}, "两": 2, **{f"十{c}": 10 + n for n, c in enumerate(HAN[:9], 1)}}
NUMBER = rf"(?P<n>十?[{HAN}两]|\d{{1,2}})"
"""A number of things, up to some tens."""
_FOLLOWS = re.compile(
    rf"(?<![+”\d.第])(?P<quoted>[“])?{NUMBER}(?P<what>个方面|点|条|件|种|类|项|大|个|方面|张|道|套|支|句|场|篇)(?P<noun>[一-鿿]{{0,8}})(?P<close>”)?(?:：|，(?:即|分别是|就是))(?P<list>[^。；]+)(?=。|$)"
)
_OPENS = re.compile("：|，(?:即|分别是|就是)")
_COUNTED = re.compile(rf"{NUMBER}(?:个方面|[点条件种类项大个张道套支句场篇]|方面)")
_NO_LIST = re.compile("等|^(?:第?一|首先|其一|“|包括)|即|是")
"""What shows that a list is not whole, or no list of short items."""
_AMOUNT = re.compile(rf"(?<![第\d.])(\d{{1,4}}|[{HAN}两]{{1,3}})(多|余|几)?(?P<unit>[一-鿿])")
"""An item's own number: 水利6个, 修路三条."""
_TERM = rf"“{NUMBER}(?P<what>个|大|项|种)?(?P<noun>[一-鿿]{{1,4}})”"
_QUOTED_COUNT = re.compile(rf"“{NUMBER}")
_NAMED = re.compile(rf"(?<![）”》、A-Za-z0-9一-鿿])(?P<list>[一-鿿]{{2,12}}(?:、[一-鿿]{{2,8}})+)(?:这|民生)?{_TERM}")
_NAMED_AFTER = re.compile(rf"{_TERM}（(?P<list>[一-鿿]{{2,8}}(?:、[一-鿿]{{2,8}})+)）")


def number_of(text: str) -> int:
    """The number that Chinese or Arabic digits tell, 0 for none."""
    return int(text) if text.isdigit() else _COUNT.get(text, 0)


def against_lists(p: Paragraph, after: Paragraph | None) -> Iterator[Hit]:
    """Numbers of things in a paragraph against what is listed; `after` is the paragraph behind it, which may count on."""
    if "、" in p.plain:
        for pattern in (_NAMED, _NAMED_AFTER) if _QUOTED_COUNT.search(p.plain) else ():
            for found in pattern.finditer(p.plain):
                yield from _named(p, found, found["list"].split("、"))
        for found in _FOLLOWS.finditer(p.plain) if _announces(p.plain) else ():
            yield from _listed_behind(p, found)
        yield from _listed_ahead(p)
    if _FIRST.search(p.plain):
        yield from _spoken(p, after)
    yield from _ladder(p) if "“一二" in p.plain else ()


def _announces(plain: str) -> bool:
    """Whether a number of things stands right before a colon or its like."""
    return any(_COUNTED.search(plain, max(m.start() - 16, 0), m.start()) for m in _OPENS.finditer(plain))


def _named(p: Paragraph, found: re.Match[str], items: Sequence[str]) -> Iterator[Hit]:
    """A、B、C“三位”: items that share what the name counts, and their number."""
    noun, count = found["noun"], number_of(found["n"])
    alike = [item for item in items if item.endswith(noun)] if len(noun) < 3 else [i for i in items if i.endswith(noun[-2:])]
    if count > 1 and len(alike) >= 2 and len(alike) == len(items) and len(items) != count:
        yield Hit(p, *found.span(), f"“{found['n']}{found['what'] or ''}{noun}”列了{len(items)}项：{'、'.join(items)}，请核对")


# ---------------------------------------------------------------- a list behind its number
def _listed_behind(p: Paragraph, found: re.Match[str]) -> Iterator[Hit]:
    """三类项目：水利、道路、学校."""
    count, items = number_of(found["n"]), _items(found["list"])
    if found["noun"].startswith("字"):  # 八个字：引导、扶植、协调、建制
        items = list("".join(items))
    if count < 2 or not items or found["noun"].endswith("是") or len(items) == count:
        return
    amounts = [m for item in items if (m := _AMOUNT.search(item))]
    if amounts and _adds_up(amounts, count, found["what"]):
        return
    end = found.start("list") + len(found["list"])
    severity: Severity | None = "W" if amounts else None
    yield Hit(p, found.start(), end, f"说的是{found['n']}{found['what']}，列出来的是{len(items)}项，请核对", severity=severity)


def _adds_up(amounts: Sequence[re.Match[str]], count: int, what: str) -> bool:
    """Whether the number before a list is the sum of what its items tell, or may be meant to be: 12项：水利5项、道路4项、文化3项."""
    numbers = [number_of(m[1]) for m in amounts]
    return any(m["unit"] == what[0] for m in amounts) or 0 in numbers or sum(numbers) <= count


def _items(listed: str) -> list[str]:
    """The items of a list of short ones, all joined by 、; empty where it is none, or ends in 等."""
    first = re.split("[，：]", listed)[0]
    if _NO_LIST.search(listed) or "、" not in first or len(first) < len(listed.rstrip("，")):
        return []
    items = re.split("、|和(?=[^、]+$)|以及|及(?=[^、]+$)", first)
    return items if all(2 <= len(i) <= 12 for i in items) else []


# ---------------------------------------------------------------- a list ahead of its number
_TOTAL_OF = re.compile(
    rf"(?P<n>[{HAN[1:]}两]|\d{{1,2}})(?P<what>[大个项])"
    "(?P<noun>乡镇|县区|县市|区县|街道|社区|[省市区县村镇乡]|部门|单位|学校|企业|工程|行动|方面|环节|重点|项目|领域|任务|问题|战役)"
)
"""What a list ahead of its number counts one by one."""
_SITES = re.compile("乡镇|县区|县市|区县|街道|社区|[市区县村镇乡]")
_AND = re.compile("以及|[和与及]")
_BORDER = re.compile("[，。；：！？（）“”《》]")
_ITEM = re.compile("[一-鿿]{2,8}")
_RUNS_ON = re.compile("[的了在并是为把将对于从到各]|\\d")
"""What shows that a part of a list is more than a name."""
_LIST = 90
"""Characters ahead of a number in which its list stands."""


def _listed_ahead(p: Paragraph) -> Iterator[Hit]:
    """A、B、C、D等三个乡镇: more things than the number says. Fewer may be but examples; where the list begins, nothing tells."""
    for found in _TOTAL_OF.finditer(p.plain):
        if not found.start() or p.plain[found.start() - 1] in "第、，。；：":
            continue
        etc = p.plain[found.start() - 1] == "等"
        end = found.start() - etc
        room = p.plain[max(end - _LIST, 0) : end]
        items = _BORDER.split(room)[-1].split("、")
        last = _AND.split(items[-1]) if _SITES.match(found["noun"]) else items[-1:]  # 生命与健康 is one thing
        mixed = any(map(_AND.search, items[1:-1])) or re.search("[和与]", items[0])  # 城关、石坪镇和白沙、南溪等两个村
        items, count = [*items[:-1], *last], number_of(found["n"])
        if mixed or len(items) <= max(count, 2) or len(last) > 2:
            continue
        if not all(_ITEM.fullmatch(item) and not _RUNS_ON.search(item) for item in items[1:]):
            continue
        if not etc and len({len(item) for item in items[1:]}) > 1:
            continue  # 旧城改造、绿化、亮化两项工程: what belongs to what is open
        start = end - sum(map(len, items)) - len(items) + 1
        message = f"说的是{found['n']}{found['what']}，前面列了{len(items)}项，请核对"
        yield Hit(p, max(start, 0), found.end(), message, severity="W")


# ---------------------------------------------------------------- counted one by one
_FIRST = re.compile("[：。，]第?一(?:是|要|靠|曰|步|、|，)")
"""What may begin a count: it is looked for before anything else."""
_SPOKEN = re.compile(rf"(?:^|[。；，：！？])(?:第?(十?[{HAN}])(?:是|要|靠|曰|在于|抓|看|个方面)|第(十?[{HAN}])(?:[，、]|步(?!伐|骤)))")
_ANNOUNCES = re.compile(
    rf"(?<![第\d.+]){NUMBER}(?P<what>个方面|方面|[点条件个项大种类对步字道关招策把张句])(?P<noun>[一-鿿]{{0,8}})(?P<close>”)?"
    rf"(?P<mark>[：。，])(?=第?一(?:是|要|靠|曰|步|、|，))"
)
_PLAIN = re.compile("(?:个方面|点|条|件事|个问题|项工作|项任务|项措施|个环节|个关键)[一-鿿]{0,6}")
"""What announces a count by itself, behind a colon."""
_VERB = (
    "讲|谈|说|汇报|强调|分享|做到|做好|突出|处理好?|把握好?|抓好?|抓住|抓实|注意|注重|坚持|守住|守好|打好|把好|把牢|聚焦|围绕|紧盯|落实|落实好|实现|强化"
    "|解决好?|健全|分|分为|走好|用好|念好|下足|下好|突破|推行|推广|实行|采取|存在|总结出|归纳为|体现在|表现在|主要是|就是|概括为|概括起来"
)
_ASKS = re.compile(rf"(?:{_VERB})(?:了|为|好|住|以下|如下|这|下面|重点)?“?$")
_OTHERS = re.compile(f"(?:还有|另有|另外)[{HAN}两]")
"""What counts on in other words: 一是…二是…还有两类."""
_SAYS = re.compile("(?:讲|谈|说|汇报|强调|分享)(?:了|一下|以下|如下|这)?$")


def _spoken(p: Paragraph, after: Paragraph | None) -> Iterator[Hit]:
    """要做到三点：一是…二是…: the number announced against the last one counted, in one paragraph."""
    for found in _ANNOUNCES.finditer(p.plain):
        sure = _is_announced(p.plain, found)
        numbers = [number_of(m[1] or m[2]) for m in _SPOKEN.finditer(p.plain, found.end() - 1)]
        run = next((n for n, value in enumerate(numbers, 1) if value != n), len(numbers) + 1) - 1
        others = _counts_on(after, run + 1) or _OTHERS.search(p.plain, found.end())
        if sure and run >= 2 and run == len(numbers) and run != number_of(found["n"]) and not others:
            yield Hit(p, *found.span(), f"说的是{found['n']}，后面数到{run}，请核对", severity=None if sure == "E" else "W")


def _is_announced(plain: str, found: re.Match[str]) -> Severity | None:
    """How sure it is that a number counts what follows: behind a colon hardly anything else can be meant; a full stop or a comma
    may end a sentence about other things."""
    ahead = plain[max(found.start() - 8, 0) : found.start()]
    if found["close"] and (not ahead.endswith("“") or _is_known(plain[found.start() : found.end() - 2])):
        return None
    asked = bool(_ASKS.search(ahead))
    if found["mark"] == "：":
        return "E" if asked or (not found["close"] and _PLAIN.fullmatch(found["what"] + found["noun"])) else "W"
    if not asked or found["what"] in ("大", "类", "种") or found["noun"].endswith(("了", "的")):
        return None
    return "E" if _SAYS.search(ahead) and _PLAIN.fullmatch(found["what"] + found["noun"]) else "W"


def _is_known(term: str) -> bool:
    """Whether all know a term by its number, and what follows may be what is done about it: 落实“两个确立”：一是…."""
    from phrasebank.generalise import number_terms

    return term in number_terms()


def _counts_on(after: Paragraph | None, number: int) -> bool:
    """Whether the paragraph behind goes on counting."""
    found = _SPOKEN.match(after.plain) if after else None
    return bool(found and number_of(found[1] or found[2]) == number)


_LADDER = re.compile("“(?P<n>一二(?:三(?:四(?:五六?)?)?)?)”[一-鿿]{0,6}(?:：|，即)(?P<list>[^。；“”]+)")


def _ladder(p: Paragraph) -> Iterator[Hit]:
    """“一二三四”工作法：一个目标、两条主线、三项机制: a step of the name without its item, or one more."""
    for found in _LADDER.finditer(p.plain):
        steps = [number_of(item[:1]) for item in re.split("[，、]", found["list"])]
        if len(steps) > 1 and steps == list(range(1, len(steps) + 1)) and len(steps) != len(found["n"]) and "等" not in found["list"]:
            yield Hit(p, *found.span(), f"“{found['n']}”是{len(found['n'])}样，列出来的是{len(steps)}样，请核对")
