"""Outlines over all genres and themes, with writers and figures of their own, and what may be said of the documents made of them."""

from __future__ import annotations

import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from drafting.config import Library
from drafting.model import Fact, Outline, Point, Profile, SectionPlan
from drafting.outline import dump
from phrasebank.gazetteer import find_places, full_names

FIRST = "青临石白云溪柳松竹梅兰桃杏荷芦枫桐榆槐樟"
SECOND = "岫汀矶洑垭砚埠坳浔滩渚畈嶂涧坞墩荡堰陂圩"
"""Names of places are put together of these: twenty times twenty stems for each level."""
LEVELS = {
    "县": ("县", "{place}人民政府", "副县长"), "镇": ("镇", "{place}党委", "组织委员"), "乡": ("乡", "{place}人民政府", "副乡长"),
    "街道": ("街道", "{place}办事处", "副主任"), "村": ("村", "{place}党支部", "支部书记"), "社区": ("社区", "{place}居民委员会", "主任"),
    "局": ("县", "{place}应急管理局", "党组书记"), "学校": ("县", "{place}第一中学", "副校长"), "医院": ("县", "{place}人民医院", "副院长"),
}  # fmt: skip
SURNAMES, GIVEN = "周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹", "明远立新建业思齐守正海平春生晓峰文静国栋"
TOLERANCE = 0.08
_DIGITS = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_NUMBER = "[一二两三四五六七八九十百千万亿]"
_MEASURED = re.compile(
    f"(?<![第一0-9])(?:{_NUMBER}*[十百千万亿]{_NUMBER}*(?:点{_NUMBER})?(?:公斤|斤)"
    f"|(?:{_NUMBER}*[十百千万亿]{_NUMBER}*|[二两三四五六七八九])(?:点{_NUMBER})?(?:公里|亩|公顷|吨|元|平方|立方|人次|个百分点))"
    f"|百分之{_NUMBER}+|{_NUMBER}+分之{_NUMBER}+"
)
"""Figures in Chinese characters that measure something. One of a thing (最后一米, 一斤一斤) measures nothing."""
_DEED = re.compile(f"[了过][^，。；]{{0,4}}{_NUMBER}*[十百千万](?:来|多|余|几)(?![回次遍]|年前)[^。！？；]*")
"""A deed with a rough count: who puts it into a speech must know whether it is so, and is asked."""
_WORDS = frozenset({"石墩"})
"""Names put together that are words of the language."""
_TO_FILL = re.compile("〔待填[^〔〕]*〕")
_SAID = ("压千斤", "拨千斤", "留下千斤")
"""Proverbs with figures."""
_SENTENCE = re.compile("[^。！？；\n]{8,}[。！？；]")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Case:
    """An outline, the name its documents bear, and the stem of its place, which no other outline has."""

    name: str
    outline: Outline
    stem: str


def cases(library: Library, count: int, seed: int = 1) -> Iterator[Case]:
    """So many outlines: genres in turn, themes in turn, everything else by `seed`."""
    dice = random.Random(seed)
    stems = [a + b for a in FIRST for b in SECOND]
    real = {name[:2] for name in full_names()}
    stems = [stem for stem in stems if stem not in real]
    dice.shuffle(stems)
    genres, themes = sorted(library.genres), sorted(library.themes)
    for number in range(count):
        stem = stems[number % len(stems)]
        genre, theme = genres[number % len(genres)], themes[number // len(genres) % len(themes)]
        yield Case(f"{number:04}-{genre}", _outline(library, genre, theme, stem, dice), stem)


def write(folder: Path, rows: list[Case]) -> None:
    """Each outline as a file of its own; every tenth takes its facts from another file."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, case in enumerate(rows):
        text = dump(case.outline)
        if number % 10 == 0 and case.outline.facts:
            head, _, rest = text.partition("facts:\n")
            facts, _, after = rest.partition("sections:\n")
            (folder / f"{case.name}-数据.yaml").write_text(facts, "utf-8")
            text = f"{head}facts: {case.name}-数据.yaml\n" + (f"sections:\n{after}" if after else "")
        (folder / f"{case.name}.yaml").write_text(text, "utf-8")


def _outline(library: Library, genre: str, theme: str, stem: str, dice: random.Random) -> Outline:
    level = dice.choice(sorted(LEVELS))
    ending, unit, post = LEVELS[level]
    place = stem + ending
    year = dice.randint(2021, 2027)
    profile = Profile(level, place, unit.format(place=place), post, dice.choice(SURNAMES) + dice.choice(GIVEN), year)
    indicators = [fact for facet in library.themes[theme].facets for fact in facet.facts]
    facts = tuple(
        Fact(i.name, str(dice.randint(3, 9876)), i.unit, year - 1, f"{place}统计")
        for i in dice.sample(indicators, min(len(indicators), dice.randint(0, 6)))
    )
    low, high = library.genres[genre].range
    return Outline(
        genre, theme, seed=dice.randint(1, 10**6), characters=dice.randrange(low, high + 1, 50), profile=profile, facts=facts,
        occasion=dice.choice(["", f"{place}{theme}工作推进会"]), date=dice.choice(["", f"{year}年{dice.randint(1, 12)}月8日"]),
        sections=_sections(library, genre, theme, dice) if dice.random() < 0.25 else (),
    )  # fmt: skip


def _sections(library: Library, genre: str, theme: str, dice: random.Random) -> tuple[SectionPlan, ...]:
    """The genre's parts with facets chosen, and words of the writer's here and there."""
    facets = [facet.name for facet in library.themes[theme].facets]
    rows = []
    for part in library.genres[genre].parts:
        count = min(part.points, len(facets))
        own = [("这件事我自己盯着办，办不好先找我。" if dice.random() < 0.3 else "") for _ in range(count)]
        points = tuple(Point(facet, text=text) for facet, text in zip(dice.sample(facets, count), own, strict=True))
        rows.append(SectionPlan(part.name, points=points))
    return tuple(rows)


def text_of(document: Path) -> str:
    """The text of a .docx as it is in the file, a paragraph a line."""
    with zipfile.ZipFile(document) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{_WORD}t")) for p in root.iter(f"{_WORD}p"))


def strangers(text: str, case: Case, others: set[str], library: Library) -> list[str]:
    """Places and figures in a document that neither its profile and facts nor the name of its theme hold."""
    theme = library.themes[case.outline.theme]
    outline = case.outline
    told = (outline.profile, outline.facts, outline.date, outline.occasion, theme.name, theme.object, theme.terms, theme.laws)
    own = " ".join(map(str, told))
    figures = [figure for figure in _DIGITS.findall(text) if figure not in _DIGITS.findall(own)]
    places = [stem for stem in others - {case.stem} - _WORDS if stem in text]
    real = [name for a, b in find_places(text) if (name := text[a:b]) in full_names() and name not in own]
    return figures + places + real


def in_words(text: str, case: Case) -> list[str]:
    """Figures in Chinese characters that no fact holds, and deeds told with a rough count that the writer is not asked to verify."""
    own = " ".join(map(str, (case.outline.facts, case.outline.occasion)))
    text = _TO_FILL.sub("〔〕", text)
    figures = [m.group() for m in _MEASURED.finditer(text) if m.group() not in own and not text[: m.end()].endswith(_SAID)]
    return figures + [m.group() for m in _DEED.finditer(text) if "待核" not in text[m.start() : m.end() + 200].partition("\n")[0]]


def repeated(text: str, case: Case) -> list[str]:
    """Sentences that stand twice, but for those the writer wrote twice."""
    own = {point.text for section in case.outline.sections for point in section.points}
    return [words for words, count in Counter(_SENTENCE.findall(text)).items() if count > 1 and words not in own]


def length_off(text: str, case: Case) -> float:
    """By how much of what was asked a document is too long or too short."""
    return len("".join(text.split())) / (case.outline.characters or 1) - 1
