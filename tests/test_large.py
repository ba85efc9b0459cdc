"""Mining over files on disk: the bank of a run in memory to the byte, and never a bank with rows missing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from conftest import own_library

from phrasebank.assemble import Report
from phrasebank.large.run import mine_large
from phrasebank.mine import mine
from phrasebank.readers import find_files
from phrasebank.workers import Processes

pytest.importorskip("duckdb", reason="the extra mine-large is not installed")

WHO = ("各村支部", "河长办", "水利站", "护堤队", "驻村干部", "临河镇", "青山县", "老河工", "妇联小组", "村会计")
WHERE = ("河堤上", "渠道里", "村口", "集市旁", "果园边", "祠堂前", "晒场上", "仓库里", "学校外", "渡口边", "坝脚下", "山坳里")
SIGNS = "石木竹禾米豆茶麻桑柳松桃梅兰渠塘井桥堰坝堤坡岗岭沟湾滩洲桩栏闸泵灯窖仓棚圈棉油盐布砖瓦梁柱门窗锁铃车船桨网绳锄犁磨秤"
HOW = ("一处一处查清", "一件一件办好", "一笔一笔算明白", "一天一天盯下去", "一户一户问到", "一段一段写上名字", "一项一项交到人手里")
WHEN = ("汛期以前", "开春以后", "秋收之前", "入冬以前", "端午之前", "三伏天里", "年关以前", "赶集那天")
WHY = ("免得水来了再着急", "好让群众看得见", "这样夜里才睡得着", "出了事才有人担", "往后才有章可循", "群众才肯跟着干")


def thing(dice: random.Random) -> str:
    """Something to be looked after: 石桥, 茶灯."""
    return "".join(dice.sample(SIGNS, 2))


def sentence(dice: random.Random) -> str:
    """One of many millions."""
    things = "和".join(thing(dice) for _ in range(dice.randint(1, 4)))
    says = f"{dice.choice(WHO)}要把{dice.choice(WHERE)}的{things}{dice.choice(HOW)}", dice.choice(WHY), f"{dice.choice(WHEN)}见分晓"
    return "，".join(dice.sample(says, 3)) + "。"


def speech(dice: random.Random) -> str:
    """A speech with headings, figures and a year."""
    parts = [f"在护堤工作会上的讲话\n（20{dice.randint(10, 24)}年3月5日）\n同志们："]
    for number in "一二三":
        body = ["".join(sentence(dice) for _ in range(dice.randint(2, 4))) for _ in range(3)]
        figures = f"去年全镇加固河堤{dice.randint(10, 99)}公里，比上年多{dice.randint(2, 9)}公里。"
        parts += [f"{number}、把{dice.choice(WHERE)}的{thing(dice)}管好", *body, figures]
    return "\n".join(parts) + "\n"


def edited(dice: random.Random, text: str) -> str:
    """A copy with some words changed, as texts circulate."""
    letters = list(text)
    for _ in range(len(letters) // 60):
        at = dice.randrange(len(letters))
        if letters[at] not in "\n，。：、一二三（）":
            letters[at] = dice.choice("河堤水人事大")
    return "".join(letters)


def corpus(folder: Path, files: int = 40, seed: int = 7) -> Path:
    """A folder of texts: a third are copies of others, some of them edited; one file cannot be read."""
    dice, texts = random.Random(seed), []
    folder.mkdir(parents=True)
    for number in range(files):
        old = dice.choice(texts) if texts and number % 3 == 0 else None
        texts.append(speech(dice) if old is None else edited(dice, old) if number % 2 else old)
        (folder / f"{number:03}.txt").write_text(texts[-1], "utf-8")
    (folder / "坏.txt").write_bytes(bytes(range(256)) * 8)
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("large") / "旧稿")


@pytest.fixture(scope="session")
def expected(folder: Path) -> tuple[Report, bytes]:
    """What the run in memory gives."""
    report = mine([folder], folder.parent / "memory.db", own_library().lexicon(), base=folder)
    return report, (folder.parent / "memory.db").read_bytes()


def large(folder: Path, output: Path, jobs: int = 1, engine=None, **more) -> Report:
    files, faults = find_files([folder])
    engine = engine or Processes(jobs)
    try:
        return mine_large(files, faults, output, own_library().lexicon(), engine=engine, jobs=jobs, base=folder, **more)
    finally:
        engine.close()


@pytest.mark.parametrize(("jobs", "parts"), [(1, 1), (1, 5), (2, 4), (3, 7)])
def test_the_bank_is_that_of_a_run_in_memory(folder, expected, tmp_path, jobs, parts):
    """Neither the route nor the number of workers nor how files are divided changes a byte or a count."""
    report = large(folder, tmp_path / "bank.db", jobs, parts=parts)
    assert (report, (tmp_path / "bank.db").read_bytes()) == expected
    assert report.copies > 5
    assert report.folded > 5
    assert [path.name for path in tmp_path.iterdir()] == ["bank.db"]
