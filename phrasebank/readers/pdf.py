"""PDF files with a text layer: paragraphs are put together again from where the characters stand on the page."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import Any

from phrasebank.errors import ReadError
from phrasebank.model import Removed
from phrasebank.readers.content import Content
from phrasebank.readers.typeset import WIDE, Glyph, Row, furniture, paragraphs, rows

MAX_FILE = 100 * 1024 * 1024
"""Bytes of a file."""
MAX_PAGES = 2_000
MAX_GLYPHS = 5_000_000
"""Characters of a file."""
_SPARSE = 20
"""A page with fewer characters over a picture as large as the page is a scan with a stamp on it."""

_QUARTER = math.pi / 2
_HYPHEN = 2
"""What PDFium makes of a hyphen at the end of a line."""
_SPACES = (" ", "\xa0", "\u2002", "\u2003", "\u2009")
_RADICALS = str.maketrans(
    "⺟⺠⺮⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民竹西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""Radicals that some programs write for the characters they look like, which NFKC leaves as they are."""
_COMPATIBLE = re.compile("[\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06]")
"""Kangxi radicals, compatibility characters, Latin ligatures."""


def read_pdf(data: bytes, file: str) -> Content:
    """The paragraphs of a PDF, running heads and page numbers left out.

    Raises ReadError for a scan, an encrypted or damaged file, and one that is too large.
    """
    import pypdfium2

    if len(data) > MAX_FILE:
        raise ReadError("PDF 文件过大，为安全起见不打开，请拆分后再试", file)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(_refusal(str(error)), file) from None
    try:  # PDFium is not safe for threads: each process reads its own files, one after the other
        return _content(document, file)
    except pypdfium2.PdfiumError:
        raise ReadError("PDF 文件已损坏，读不出来，请重新导出或另存后再试", file) from None
    finally:
        document.close()


def _refusal(message: str) -> str:
    if "password" in message.lower() or "security" in message.lower():
        return "PDF 文件有密码，打不开，请先取消密码再试"
    return "不是有效的 PDF 文件或文件已损坏，请重新导出或另存后再试"


def _content(document: Any, file: str) -> Content:  # noqa: ANN401 - pypdfium2 has no types
    """Paragraphs of an open document."""
    if len(document) > MAX_PAGES:
        raise ReadError(f"PDF 超过 {MAX_PAGES} 页，请拆分后再试", file)
    pages: list[list[Row]] = []
    scans: list[int] = []
    aslant: list[str] = []
    budget = MAX_GLYPHS
    for number in range(len(document)):
        page = document[number]
        glyphs, across = _glyphs(page, budget, file)
        aslant.append(across)
        budget -= len(glyphs)
        if len(glyphs) < _SPARSE and _is_picture(page):
            scans.append(number + 1)
            glyphs = []
        pages.append(rows(glyphs, page.get_height()))
        page.close()
    gone = furniture(pages)
    lines, starts = paragraphs([[row for row in page if row not in away] for page, away in zip(pages, gone, strict=True)])
    if not any(lines):
        raise ReadError(_empty(bool(scans)), file)
    _check_readable("".join(lines), file)
    dropped = tuple(_dropped(gone, aslant, [*starts, len(lines)]))
    return Content(tuple(lines), _notices(scans, dropped), dropped=dropped)


def _dropped(gone: Sequence[Set[Row]], aslant: Sequence[str], starts: Sequence[int]) -> Iterator[Removed]:
    """Running heads and watermarks before the paragraph their page begins with or in, feet before that of the next page;
    `starts` counts the paragraphs that end before each page."""
    for page, (away, across) in enumerate(zip(gone, aslant, strict=True)):
        if across:
            yield Removed(starts[page] + 1, across, "watermark")
        for row in sorted(away, key=lambda row: -row.base):
            yield Removed(starts[page + (row.height < 0.5)] + 1, row.text, "running_head")


def _empty(scanned: bool) -> str:
    if scanned:
        return "这个 PDF 是扫描件，只有图片没有文字，请先做文字识别（OCR），再把识别结果存成 .docx 或 .txt"
    return "PDF 里没有文字，请换用有文字的文件"


def _notices(scans: list[int], dropped: Sequence[Removed]) -> tuple[str, ...]:
    kinds = Counter(item.kind for item in dropped)
    named = "、".join(map(str, scans[:20])) + ("等" if len(scans) > 20 else "")
    told = (
        (scans, f"第 {named} 页（共 {len(scans)} 页）是扫描的图片，没有读出文字，要先做文字识别（OCR）"),
        (kinds["running_head"], f"已去掉页眉、页脚和页码 {kinds['running_head']} 处"),
        (kinds["watermark"], f"已去掉斜放的水印 {kinds['watermark']} 页"),
    )
    return tuple(notice for what, notice in told if what)


def _check_readable(text: str, file: str) -> None:
    """Raises ReadError for text in a font that does not say which characters its signs stand for."""
    unknown = sum("\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" for sign in text)
    if unknown > 0.3 * len(text):
        raise ReadError("PDF 里的文字没有编码信息，读出来是乱码，请用 Word 版，或先做文字识别（OCR）", file)


def _is_picture(page: Any) -> bool:  # noqa: ANN401
    """Whether a picture covers half a page or more."""
    from pypdfium2 import raw

    half = page.get_width() * page.get_height() / 2
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if abs((right - left) * (top - bottom)) >= half:
            return True
    return False


def _glyphs(page: Any, budget: int, file: str) -> tuple[list[Glyph], str]:  # noqa: ANN401
    """The characters of a page in the order they were set, turned upright, and what stands aslant over them. Raises
    ReadError for more than `budget`."""
    from pypdfium2 import raw

    text = page.get_textpage()
    handle = text.raw
    count = raw.FPDFText_CountChars(handle)
    if count > budget:
        raise ReadError("PDF 里的文字太多，为安全起见不打开，请拆分后再试", file)
    angles = [round(-raw.FPDFText_GetCharAngle(handle, i) / _QUARTER, 1) % 4 for i in range(count)]
    angle = Counter(angles).most_common(1)[0][0] if count else 0.0  # what stands aslant is a watermark
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    found: list[Glyph] = []
    aslant: list[str] = []
    gap = wide_before = False
    for i in range(count):
        sign, wide = _sign(raw.FPDFText_GetUnicode(handle, i))
        if not sign or (sign == " " and raw.FPDFText_IsGenerated(handle, i) == 1):
            gap = gap or bool(sign)
        elif angles[i] != angle:
            aslant.append(sign)
        elif raw.FPDFText_GetLooseCharBox(handle, i, box_at) and raw.FPDFText_GetCharOrigin(handle, i, x_at, y_at):
            shown = f" {sign}" if gap and not wide and not wide_before else sign
            found.append(_upright(shown, wide, (box.left, box.bottom, box.right, box.top), (x.value, y.value), angle))
            gap, wide_before = False, wide
    text.close()
    floor = page.get_height() if found and found[0].base < 0 else 0.0  # pages turned by one or two quarters
    return [glyph._replace(base=glyph.base + floor) for glyph in found] if floor else found, "".join(aslant).strip()


@cache
def _sign(code: int) -> tuple[str, bool]:
    """A character as it is written today, and whether it is wide; nothing for control characters and halves of pairs."""
    sign = "-" if code == _HYPHEN else chr(code) if 32 <= code <= 0x10FFFF else ""
    if sign in _SPACES:
        return " ", False
    if not sign or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Cn"):
        return "", False
    sign = unicodedata.normalize("NFKC", sign) if _COMPATIBLE.match(sign) else sign.translate(_RADICALS)
    return sign, WIDE.match(sign) is not None


def _upright(sign: str, wide: bool, box: tuple[float, float, float, float], origin: tuple[float, float], angle: float) -> Glyph:
    """A glyph on a page that is turned back by `angle` quarters; `box` is left, bottom, right, top."""
    if angle:
        cos, sin = math.cos(angle * _QUARTER), math.sin(angle * _QUARTER)
        corners = [(x * cos + y * sin, y * cos - x * sin) for x in box[::2] for y in box[1::2]]
        across, along = zip(*corners, strict=True)
        box = (min(across), min(along), max(across), max(along))
        origin = (0.0, origin[1] * cos - origin[0] * sin)
    size = box[2] - box[0] if wide else 0.8 * (box[3] - box[1])
    return Glyph(sign, box[0], box[2], origin[1], max(size, 0.1))
