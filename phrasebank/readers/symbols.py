"""Characters of the symbol fonts that come with Word, as Unicode."""

from __future__ import annotations


def _table(*rows: tuple[int, str]) -> dict[int, str]:
    """Codes and characters of a font from rows of (first code, characters)."""
    return {code: character for first, row in rows for code, character in enumerate(row, first)}


_FONTS = {
    "symbol": _table(
        (0x28, "()∗+,−./0123456789:;<=>?"), (0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"), (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
        (0xA2, "′≤⁄∞"), (0xAB, "↔←↑→↓°±″≥×∝∂•÷≠≡≈…"), (0xC5, "⊕∅∩∪"), (0xCE, "∈∉∠∇"), (0xD6, "√⋅¬∧∨"), (0xE5, "∑"),
    ),
    "wingdings": _table(
        (0x28, "☎"), (0x46, "☞"), (0x6C, "●"), (0x6E, "■□"), (0x75, "◆❖"), (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), (0x9F, "•"),
        (0xA7, "▪□"), (0xAB, "★"), (0xD8, "➢"), (0xDF, "←→↑↓"), (0xE8, "➔"), (0xFB, "✗✓☒☑"),
    ),
    "wingdings 2": _table(
        (0x4F, "✗✓☒☑☒"), (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), (0x98, "●"), (0xA2, "■□"),
    ),
}  # fmt: skip
"""What the codes of a font that knows no Unicode look like."""


def symbol(font: str, code: str) -> str:
    """The character at hexadecimal `code` of `font` (ECMA-376-1, 17.3.3.30), "" for one without a like in Unicode."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.strip().lower())
    if known is not None:
        return known.get(point & 0xFF, "") if point < 0x100 or 0xF000 <= point < 0xF100 else ""
    return chr(point) if 0 < point < 0x110000 and chr(point).isprintable() else ""
