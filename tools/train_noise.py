"""Makes phrasebank/data/pairs.tsv, the weights of `phrasebank.foreign`, and prints how the model does on wordings left out.

    python tools/train_noise.py TEXTS... [--check]

TEXTS are folders of what is no noise: speeches, reports, documents, everyday sayings (.txt .md .tsv; only counts of character
pairs are taken from them; what stands in templates/corpus is added). The other side are the wordings of noise_wordings.txt,
each filled in many times. --check only prints: the model is trained five times with a fifth of the wordings and half of the
texts left out, and scored on what was left out.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from phrasebank import foreign  # noqa: E402

WORDINGS = Path(__file__).with_name("noise_wordings.txt")
TARGET = ROOT / "phrasebank" / "data" / "pairs.tsv"
FILLINGS = 150
"""How often each wording is filled in."""
SMOOTH, PAIRS = 0.5, 200_000
"""Added to each count; pairs there might be."""
SELDOM = 8
"""Pairs of speeches alone that stand less often than this are left out of the file."""

_NAMES = (
    "云帆 文翰 墨香 笔尖 金穗 晨光 远山 知行 博文 优才 百思 新月 清泉 星火 千帆 机关 办公室 材料 笔友 公文 秘书 写手 文案 党建 "
    "政务 好文 老秘 第一 华夏 天天 大家 小张 飞扬 汇文 精品 万卷 雅集 文山 北辰 鸿雁 松烟 竹影 长河 明德 致远 启航 聚贤"
)
NAMES = _NAMES.split()
_KINDS = (
    "公文网 文库 素材库 资料站 文秘网 范文网 写作网 材料网 笔记 文档 知识星球 公众号 笔杆子 写作社 资料群 文稿馆 学堂 课堂 工作室 "
    "之家 在线 资源网 公文圈 文档网 在线文库 写作助手 公文库 材料库 大全 资料库 论坛 社区 门户网 政府网 新闻网 日报 晚报 发布 "
    "党建网 频道 客户端 头条 书屋 图书馆 下载站 下载网 课件网 模板网 知识库 文摘 宝库 学习网 文章网 阅读网 小站 联盟 驿站 "
    "范文大全 百科 问答 网盘 文集 写作吧 文苑"
)
KINDS = _KINDS.split()
_SLOT = re.compile(r"\{(site|name|handle|n|phone|mail|url|date|title)\}")
_CHOICE = re.compile(r"\{([^{}]*)\}")


class Filler:
    """Fills wordings in, the same way for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def __call__(self, wording: str) -> str:
        """One text of a wording."""
        text = _SLOT.sub(lambda m: f"\1{m.group(1)}\2", wording)
        while found := _CHOICE.search(text):
            text = text[: found.start()] + self._random.choice(found.group(1).replace("\\|", "\3").split("|")) + text[found.end() :]
        return re.sub("\1(.*?)\2", lambda m: self._slot(m.group(1)), text).replace("\3", "|")

    def _slot(self, name: str) -> str:
        pick = self._random.choice
        handle = "".join(pick("abcdefghijklmnopqrstuvwxyz0123456789_") for _ in range(self._random.randint(4, 11)))
        return {
            "site": lambda: pick(NAMES) + (pick(NAMES) if self._random.random() < 0.2 else "") + pick(KINDS),
            "name": lambda: "",  # people of all kinds are named in speeches too
            "handle": lambda: handle,
            "n": lambda: str(self._random.randint(1, pick([9, 99, 99999]))),
            "phone": lambda: pick(["1", "0"]) + str(self._random.randint(10**9, 10**10)),
            "mail": lambda: handle + pick(["@qq.com", "@163.com"]),
            "url": lambda: pick(["http://", "https://", "", "www."]) + handle + pick([".com", ".cn", ".net"]) + pick(["", "/a/12.html"]),
            "date": lambda: pick(["2024-05-06", "2023年7月1日", "2022/03/05", "2021-12-01 10:22"]),
            "title": lambda: "",  # what a link leads to reads as a speech does
        }[name]()


def main() -> None:
    """Reads the call and trains or checks."""
    call = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    call.add_argument("texts", type=Path, nargs="+")
    call.add_argument("--check", action="store_true")
    given = call.parse_args()
    wordings = [line.split("\t")[1] for line in WORDINGS.read_text("utf-8").splitlines() if line and line[0] != "#"]
    folders = [*given.texts, ROOT / "templates" / "corpus"]
    texts = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in (".txt", ".md", ".tsv") and "dirty" not in str(p))
    check(wordings, texts) if given.check else write(weights(counts(wordings, Filler(1)), speech(texts)))


def counts(wordings: Iterable[str], fill: Filler) -> Counter[str]:
    """Pairs of wordings filled in, each once a filling."""
    return Counter(pair for wording in wordings for _ in range(FILLINGS) for pair in set(foreign.pairs(fill(wording))))


def speech(texts: Iterable[Path]) -> Counter[str]:
    """Pairs of the openings of lines."""
    lines = (line.strip() for path in texts for line in path.read_text("utf-8").splitlines())
    return Counter(pair for line in lines if line and line[:4] != "<!--" for pair in foreign.pairs(line[:150]))


def weights(noise: Counter[str], plain: Counter[str]) -> dict[str, int]:
    """Rounded log-odds of each pair that is worth keeping."""
    total_noise, total_plain = (sum(side.values()) + SMOOTH * PAIRS for side in (noise, plain))
    kept = set(noise) | {pair for pair, times in plain.items() if times >= SELDOM}
    return {
        pair: round(math.log((noise[pair] + SMOOTH) / total_noise) - math.log((plain[pair] + SMOOTH) / total_plain)) for pair in kept
    }


def write(table: dict[str, int]) -> None:
    """The table as lines of weight, first character, second characters."""
    ordered = sorted((weight, pair[0], pair[1]) for pair, weight in table.items() if "\t" not in pair)
    groups = groupby(ordered, key=lambda row: row[:2])
    lines = [f"{weight}\t{first}\t{''.join(row[2] for row in rows)}" for (weight, first), rows in groups]
    head = "# log-odds, first character, second characters: see phrasebank/foreign.py; made by tools/train_noise.py\n"
    TARGET.write_text(head + "\n".join(lines) + "\n", "utf-8")
    print(f"{TARGET.name}: {len(ordered)} pairs, {TARGET.stat().st_size // 1024} KB")


def check(wordings: Sequence[str], texts: Sequence[Path]) -> None:
    """Prints recall on wordings left out, and false alarms on short lines of texts left out."""
    plain = speech(texts[0::2])
    lines = {line.strip() for path in texts[1::2] for line in path.read_text("utf-8").splitlines()}
    lines = {line for line in lines if 0 < len(line) <= 120 and line[:4] != "<!--"}
    for fold in range(5):
        table = weights(counts([w for i, w in enumerate(wordings) if i % 5 != fold], Filler(fold)), plain)
        foreign._weights = lambda table=table: table  # type: ignore[assignment]
        fill = Filler(fold + 100)
        unseen = [foreign.foreignness(fill(w)) for i, w in enumerate(wordings) if i % 5 == fold for _ in range(40)]
        false = sorted(foreign.foreignness(line) for line in lines)
        for least in (0.0, 0.3, 0.6, 1.0):
            recall = sum(score > least for score in unseen) / len(unseen)
            print(f"fold {fold} above {least}: recall {recall:.3f}, false {sum(s > least for s in false)} of {len(false)}")


if __name__ == "__main__":
    main()
