"""Writes phrasebank/data/pinyin.txt: how common characters are read, from pypinyin (MIT), so that nothing of it is needed at
run time. A line is a syllable without tone and the characters that may be read so; the characters are those of GB 2312.

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


def table() -> dict[str, str]:
    """Characters by syllable."""
    found: dict[str, str] = {}
    for character in characters():
        (readings,) = pinyin(character, style=Style.NORMAL, heteronym=True)
        for syllable in list(dict.fromkeys(readings))[:READINGS]:
            if syllable.isascii() and set(syllable) & set("aeiouv"):
                found[syllable] = found.get(syllable, "") + character
    return found


if __name__ == "__main__":
    TARGET.write_text("".join(f"{syllable} {found}\n" for syllable, found in sorted(table().items())), "utf-8")
