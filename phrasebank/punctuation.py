"""Punctuation as it is printed: half-width marks beside Chinese become full-width ones.

Not in figures (3.5, 10:30), addresses and between Latin words, where they are right (GB/T 15834-2011 leaves them).
"""

from __future__ import annotations

import re

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_SIDE = "[\u4e00-\u9fff“”‘’《》〔〕（），。；：、？！%]"
_MARK = re.compile("[,;:?!()]")
_HALF = re.compile(rf"(?<={_SIDE})[,;:?!()]|[,;:?!()](?={_SIDE})")


def fold_marks(text: str) -> str:
    """`text` with half-width marks beside Chinese made full-width; its length stays."""
    if text.isascii() or not _MARK.search(text):
        return text
    return _HALF.sub(lambda match: _FULL[match.group()], text)
