"""Writes phrasebank/data/pinyin.txt: how common characters are read, from pypinyin (MIT), so that nothing of it is needed at
run time. A line is a syllable without tone, the characters that are usually read so, and those that may be, each - where there are
none; the characters are those of GB 2312.

    pip install pypinyin && python tools/pinyin_table.py
"""

from __future__ import annotations

from pathlib import Path

from pypinyin import Style, pinyin

TARGET = Path(__file__).resolve().parent.parent / "phrasebank" / "data" / "pinyin.txt"
READINGS = 3
"""Readings kept of a character, the most usual first."""


def characters() -> list[str]:
    """The Chinese characters of GB 2312."""
    cells = (bytes((row, column)) for row in range(0xB0, 0xF8) for column in range(0xA1, 0xFF))
    return [text for cell in cells if (text := cell.decode("gb2312", "ignore"))]


def table() -> dict[str, tuple[str, str]]:
    """Characters by syllable: those usually read so, and the others."""
    found: dict[str, tuple[str, str]] = {}
    for character in characters():
        (readings,) = pinyin(character, style=Style.NORMAL, heteronym=True)
        for rank, syllable in enumerate(list(dict.fromkeys(readings))[:READINGS]):
            if syllable.isascii() and set(syllable) & set("aeiouv"):
                usual, other = found.get(syllable, ("", ""))
                found[syllable] = (usual, other + character) if rank else (usual + character, other)
    return found


if __name__ == "__main__":
    lines = (f"{syllable} {usual or '-'} {other or '-'}\n" for syllable, (usual, other) in sorted(table().items()))
    TARGET.write_text("".join(lines), "utf-8")
