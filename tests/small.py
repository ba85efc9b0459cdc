"""A world of its own for tests of what the session shows: one genre and a half, two themes, two dozen phrases. It changes with nothing
that is ours, so that a changed screen is a change of the session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from drafting.config import TEMPLATES, Library, load_library
from drafting.model import Outline
from drafting.outline import loads
from phrasebank.bank import Bank, write_bank
from phrasebank.contents import Contents
from phrasebank.model import MinedDocument, Phrase, Source

FOLDER = Path(__file__).resolve().parent / "data" / "small"
FILES = ("护林防火讲话.md", "春季防火座谈.md", "河长巡河发言.md")

OUTLINE = """
genre: 座谈发言
theme: 护林防火
title: 青山无言，责任有声
date: 2026年3月12日
occasion: 全镇护林防火座谈会
seed: 7
profile: {level: 镇, place: 临河镇, unit: 临河镇党委, post: 组织委员, name: 张三, year: 2026}
facts:
  - {name: 设立防火检查站, value: "12", unit: 处, year: 2025, source: 林业站}
  - {name: 栽树, value: "300", unit: 棵}
"""
WATCH = """      - facet: 巡护值守
        heading: 走山路是本领
        fixed: true
        use:
          - 去年冬天我们守过一夜山〔待核：事例｜是否确有其事〕。
          - 全镇有护林员〔待填：数据｜聘用护林员｜名〕。
          - 巡山不是走路，是替全村人看家。
"""
"""A point of the writer's own words."""
OPEN = """sections:
  - part: 开头
  - part: 认识
    heading: 往深处想护林防火
    points:
      - {facet: 火源管控, heading: 守山口是本分}
""" + WATCH + """  - part: 打算
    heading: 往实处抓护林防火
    points:
      - {facet: 火源管控, heading: 把路口一个一个排上人}
      - {facet: 巡护值守, heading: 把山路一条一条走下来}
  - part: 结尾
"""
"""A draft that has something of everything: facts, blanks, own words, phrases, parts left open."""
SETTLED = """sections:
  - part: 开头
    points:
      - {fixed: true, heading: "", use: [全镇护林防火座谈会上，我说两点想法。, 我手头管着〔待填：内容｜本人分管的具体工作〕。, p000000001]}
  - part: 认识
    heading: 往深处想护林防火
    points:
      - {facet: 火源管控, heading: 守山口是本分, fixed: true, use: [p000000003, p000000008, p000000004, p000000002]}
""" + WATCH + """  - part: 打算
    heading: 往实处抓护林防火
    points:
      - {facet: 火源管控, heading: 把路口一个一个排上人, fixed: true, use: [全镇设立防火检查站12处。, p000000011]}
      - {facet: 巡护值守, heading: 把山路一条一条走下来, fixed: true, use: [〔待填：内容｜巡护值守：具体内容〕。, p000000013]}
  - part: 结尾
    points:
      - {fixed: true, heading: "", use: [p000000019, 说得不对的地方，请大家指正。]}
"""
"""The same, every sentence settled: it reads so however the engine chooses."""

WORDS = {
    ("opening", ""): ["山连着山，人挨着人，防火是我们镇春天里头一件大事。"],
    ("significance", "火源管控"): ["管住一粒火星，就护住一片山林。", "山口多守一刻，林子就多一分平安。",
                       "一根火柴毁得掉几代人栽下的树。"],
    ("significance", "巡护值守"): ["脚板走到的地方，火就烧不起来。", "巡山不是走路，是替全村人看家。"],
    ("significance", "宣传教育"): ["把道理讲进门，比把标语刷上墙管用。"],
    ("experience", "火源管控"): ["我们把值班的凳子搬到山口，人来人往都看得见。"],
    ("measure", "火源管控"): ["进山的路口一个一个排上人，火种一律留在山下。", "上坟的人家送去鲜花，换下香烛。",
        "把田边的枯草先割一遍，隔出一条防火的带子。"],
    ("measure", "巡护值守"): ["巡护路线画成图，走到哪里签到哪里。", "瞭望的人两班倒，交班时把望远镜和本子一起交。"],
    ("measure", "宣传教育"): ["喇叭早晚各响一遍，用本地话讲。", "入户时带上烧过的树皮，请人家摸一摸。"],
    ("pledge", "火源管控"): ["最险的那个山口我去守，守到清明过完。"],
    ("pledge", "巡护值守"): ["每月跟护林员走一趟最远的路线。"],
    ("problem", "火源管控"): ["有的检查站搭了棚子，到饭点就没有人。"],
    ("appeal", ""): ["请大家把打火机放下，把眼睛睁大。"],
}
"""Of the first theme, by role and facet."""
OTHER = {("measure", "水面保洁"): ["桥下的漂物当天打捞，不让过夜。"], ("measure", "岸线管护"): ["占岸的菜地收完这一季就清退，补种柳树。"]}
"""Of the other."""


@lru_cache
def small_library() -> Library:
    """Genres and themes of its own; layouts and rules are ours."""
    return replace(load_library([FOLDER]), folders=(FOLDER, TEMPLATES))


def small_bank(path: Path) -> Bank:
    """Its phrases, in a file at `path`."""
    documents = tuple(MinedDocument(file, "0" * 64, 1200, year=2020 + n) for n, file in enumerate(FILES))
    write_bank(Contents(documents, tuple(_phrases())), path)
    return Bank(path)


def small_outline(*, settled: bool = False) -> Outline:
    """The draft to work on, or the one that the screens show (`settled`)."""
    return loads(OUTLINE + (SETTLED if settled else OPEN), "", small_library())[0]


def _phrases() -> Iterator[Phrase]:
    number = 0
    for theme, words, files in (("护林防火", WORDS, FILES[:2]), ("清洁河道", OTHER, FILES[2:])):
        for (role, facet), texts in words.items():
            for text in texts:
                number += 1
                sources = tuple(Source(file, 3 + number) for file in files[: 1 + number % 2])
                yield Phrase(
                    f"p{number:09d}", text, text, role,
                    "negative" if role == "problem" else "plain", theme, (facet,) if facet else (), "座谈发言",
                    count=len(sources), documents=len(sources), sources=sources,
                )  # fmt: skip


@contextmanager
def small_world(folder: Path, work: Path | None = None) -> Iterator[Path]:
    """Library and bank of its own, state in `folder`, and the session started in `work`: outside of them nothing is read or written."""
    bank = small_bank(folder / "bank.db")
    work = work or folder / "work"
    work.mkdir(exist_ok=True)
    before, patch = Path.cwd(), pytest.MonkeyPatch()
    for place in ("drafting.workshop", "drafting.builtin"):
        patch.setattr(f"{place}.builtin_bank", lambda: bank)
    patch.setattr("drafting.workshop.load_library", lambda **_: small_library())
    for name in ("NIGAO_STATE", "NIGAO_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        patch.setenv(name, str(folder / name.lower()))
    os.chdir(work)
    try:
        yield work
    finally:
        os.chdir(before)
        patch.undo()
        bank.close()
