"""Words of a text. The only module that knows jieba; everything else asks here.

jieba's dictionary takes about 0.4 s to load, so nothing is loaded before the first call.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _cutter() -> Any:  # noqa: ANN401 - jieba has no types
    import jieba

    jieba.setLogLevel(logging.WARNING)  # it announces its cache on stderr otherwise
    jieba.initialize()
    return jieba


def words(text: str) -> list[str]:
    """`text` cut into words by jieba, marks and spaces included: "".join(words(t)) == t."""
    return _cutter().lcut(text)


def segmenter() -> str:
    """Which segmenter cuts."""
    return "jieba"
