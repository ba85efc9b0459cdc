"""A text while it is being damaged, the pen that writes wordings, and where lines may be put."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from damage_wordings import Wordings

Op = dict[str, Any]
BOOKS = ("公文金句大全", "写作资料包", "讲话稿合集", "笔杆子宝典", "材料范文{n}篇")
LINK_TOPICS = (
    "安全生产", "乡村振兴", "作风建设", "主题教育", "招商引资", "防汛抗旱", "人才", "信访", "组织", "营商环境",
)  # fmt: skip
LINK_KINDS = (
    "工作会议上的讲话", "专题研讨发言材料", "工作总结", "推进会主持词", "调研报告", "心得体会（精选三篇）", "动员会讲话稿",
)  # fmt: skip
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")


@dataclass
class Line:
    """A line of a damaged text. label: body, noise, toc, meta or blank. `open` lines go on in the next one; nothing may
    follow a `glued` one but its text. `piece` counts from 0 in a collection, -1 is outside."""

    text: str
    label: str = "body"
    piece: int = -1
    title: bool = False
    open: bool = False
    glued: bool = False


@dataclass
class Text:
    """A text while it is being damaged. `titles` are those of a collection's pieces, without label."""

    name: str
    lines: list[Line]
    clean: list[str]
    titles: list[str] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return next((x.text for x in self.lines if x.title), self.clean[0])

    def body(self) -> list[Line]:
        return [x for x in self.lines if x.label == "body" and not x.title]

    def record(self) -> Op:
        """The manifest's row. Lines count from 0."""
        row: Op = {"id": self.name, "ops": self.ops, "line_labels": [x.label for x in self.lines]}
        if self.titles:
            row["pieces"] = [self._piece(k) for k in range(len(self.titles))]
        return row

    def _piece(self, k: int) -> Op:
        at = [n for n, x in enumerate(self.lines) if x.piece == k]
        start = next(n for n in at if self.lines[n].title)
        return {"title": self.titles[k], "title_line": start, "end_line": at[-1]}

    def dirty(self) -> str:
        """The file's text. A lone carriage return is no end before an empty line: with its line feed it would be one end."""
        ends = self.ends or ["\n"]
        texts = [x.text for x in self.lines]
        chosen = [ends[n % len(ends)] for n in range(len(texts))]
        return "".join(
            x + ("\n" if after == "" else end) for x, end, after in zip(texts, chosen, [*texts[1:], ""], strict=True)
        )


@dataclass
class Pen:
    """Writes wordings, filled in at random. `site` stays the same for a text: a page comes from one site."""

    rng: random.Random
    words: Wordings

    def __post_init__(self) -> None:
        self.change_site()

    def change_site(self) -> None:
        self.site = self._name()

    def _name(self) -> str:
        return self.rng.choice(self.words["site_head"]) + self.rng.choice(self.words["site_tail"])

    def letters(self, low: int, high: int) -> str:
        return "".join(self.rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(self.rng.randint(low, high)))

    def date(self) -> str:
        y, m, d = self.rng.randint(2015, 2026), self.rng.randint(1, 12), self.rng.randint(1, 28)
        return self.rng.choice((f"{y}-{m:02}-{d:02}", f"{y}年{m}月{d}日", f"{y}/{m}/{d}", f"{y}.{m:02}.{d:02}"))

    def link(self) -> str:
        place = self.rng.choice(("全县", "全市", "镇", "区", "机关", "集团公司", "学校"))
        what = self.rng.choice(LINK_TOPICS)
        kind = self.rng.choice(LINK_KINDS)
        return f"{self.rng.choice(('', '在', '2024年', '关于'))}{place}{what}{kind}"

    def _field(self, name: str) -> str:
        r = self.rng
        makers: dict[str, Callable[[], str]] = {
            "site": lambda: self.site if r.random() < 0.7 else self._name(),
            "domain": lambda: self.write("domain"),
            "word": lambda: self.letters(4, 11),
            "wx": lambda: r.choice((self.letters(5, 9), self.letters(3, 5) + str(r.randint(10, 99999)), str(r.randint(10**6, 10**8)))),
            "qq": lambda: str(r.randint(10**5, 10**10)),
            "tel": lambda: r.choice((f"1{r.randint(3 * 10**9, 10**10 - 1)}", f"0{r.randint(310, 999)}-{r.randint(10**6, 10**8)}")),
            "n": lambda: str(r.randint(100, 99999)),
            "n2": lambda: str(r.randint(2, 90)),
            "price": lambda: r.choice(("9.9", "19.9", "99", "199", "365", "29")),
            "year": lambda: str(r.randint(2012, 2026)),
            "date": self.date,
            "book": lambda: self.fill(r.choice(BOOKS)),
            "name": lambda: r.choice("张王李赵陈周孙") + r.choice(("晓雯", "伟", "建国", "丽", "子涵", "志强", "　静")),
            "paper": lambda: r.choice(("青山日报", "临河新闻网", "青山县融媒体中心", "县委宣传部", "石桥政务")),
            "place": lambda: r.choice(("青山县", "临河镇", "石桥区")),
            "link": self.link,
            "k": lambda: str(r.randint(1, 9)),
            "pages": lambda: str(r.randint(10, 30)),
            "page": lambda: str(r.randint(1, 9)),
        }  # fmt: skip
        return makers[name]()

    def write(self, kind: str, **known: str) -> str:
        """One of the wordings of a kind, filled in."""
        return self.fill(self.rng.choice(self.words[kind]), **known)

    def fill(self, template: str, **known: str) -> str:
        chosen = re.sub(r"«([^«»]*)»", lambda m: self.rng.choice(m[1].split("|")), template)
        return re.sub(r"\{(\w+)\}", lambda m: known[m[1]] if m[1] in known else self._field(m[1]), chosen)


# ---------------------------------------------------------------- where lines may be put
def gaps(text: Text, inside: bool = False) -> list[int]:
    """Places for a line between lines of the text; `inside` also those where a paragraph is broken over lines."""
    first = next((n for n, x in enumerate(text.lines) if x.label == "body"), 0)
    last = max((n for n, x in enumerate(text.lines) if x.label == "body"), default=0)
    return [
        n for n in range(first + 1, last + 1) if not text.lines[n - 1].glued and (inside or not text.lines[n - 1].open)
    ]


def put(text: Text, at: int, written: Sequence[str], label: str = "noise") -> None:
    text.lines[at:at] = [Line(x, label) for x in written]


def scatter(text: Text, rng: random.Random, written: Sequence[str], inside: bool = False) -> None:
    for line in written:
        if places := gaps(text, inside):
            put(text, rng.choice(places), [line])


def some(rng: random.Random, lines: Sequence[Line], share: float) -> list[Line]:
    """At least one line of two, about a share of all."""
    return rng.sample(list(lines), min(len(lines), max(1, round(len(lines) * share))))
