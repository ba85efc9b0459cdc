"""What was done to a text that was laid out anew, as values and as lines for its owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_SHOWN = 8
"""Suspects that are listed; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something that looks as if it did not belong to the speech: its line (from 1), its words, and the cleaner's kind."""

    line: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was changed and what was kept. All numbers count places, except `characters`, which are without white space.

    `run_in` are headings that open their paragraph; `numbers` automatic numbers that became text, `bullets` signs of lists that
    went; `removed` says whether the suspects are out of the file or still in it.
    """

    output: str
    title: str = ""
    characters: int = 0
    paragraphs: int = 0
    headings: int = 0
    run_in: int = 0
    numbers: int = 0
    bullets: int = 0
    spaces: int = 0
    empty: int = 0
    joined: int = 0
    split: int = 0
    marks: int = 0
    links: int = 0
    tables: int = 0
    pictures: int = 0
    notes: int = 0
    suspects: tuple[Suspect, ...] = ()
    removed: bool = False
    notices: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The report in Chinese, a line for each thing that was done."""
        yield f"《{self.title}》 {self.characters} 字" if self.title else f"{self.characters} 字，没有认出标题"
        yield f"层级标题：独立成行 {self.headings} 处，段首标题 {self.run_in} 处；正文段落 {self.paragraphs} 段"
        changes = "，".join(text for count, text in self._changes() if count)
        yield f"改动：{changes}" if changes else "改动：只换了版式"
        kept = "，".join(text for count, text in self._kept() if count)
        if kept:
            yield f"原样保留：{kept}"
        yield from self._suspicious()
        yield from (f"注意：{notice}" for notice in self.notices)

    def _changes(self) -> Iterator[tuple[int, str]]:
        yield self.numbers, f"自动编号改为文字 {self.numbers} 处"
        yield self.bullets, f"去掉项目符号 {self.bullets} 处"
        yield self.spaces, f"去掉手工空格 {self.spaces} 处"
        yield self.empty, f"去掉空行 {self.empty} 行"
        yield self.joined, f"接上断开的行 {self.joined} 处"
        yield self.split, f"手工换行改为分段 {self.split} 处"
        yield self.marks, f"半角标点改为全角 {self.marks} 个"
        yield self.links, f"超链接改为文字 {self.links} 处"

    def _kept(self) -> Iterator[tuple[int, str]]:
        yield self.tables, f"表格 {self.tables} 个"
        yield self.pictures, f"图片和图形 {self.pictures} 个"
        yield self.notes, f"脚注、尾注和批注 {self.notes} 处"

    def _suspicious(self) -> Iterator[str]:
        if not self.suspects:
            return
        what = "已按 --clean 删去" if self.removed else "没有删，请核对；要删可加 --clean"
        yield f"疑似不是正文的内容 {len(self.suspects)} 处（{what}）："
        for suspect in self.suspects[:_SHOWN]:
            text = " ".join(suspect.text.split())
            yield f"  第{suspect.line}行 {text[:40]}{'…' if len(text) > 40 else ''}"
        if len(self.suspects) > _SHOWN:
            yield f"  另有 {len(self.suspects) - _SHOWN} 处"
