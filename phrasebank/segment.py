"""Words of a text. The only module that knows a segmenter; everything else asks here.

jieba is the reference and always there; rjieba (extra `fast`), the same algorithm and dictionary in Rust, is about twenty times
as fast and is used where it is installed. The environment variable NIGAO_SEGMENTER (jieba or rjieba) forces one. Their cuts differ
a little, so `segmenter` says which one is in use: what is remembered of a cut must bear its name.

jieba's dictionary takes about 0.4 s to load, so nothing is loaded before the first call.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from typing import Literal, cast

Name = Literal["jieba", "rjieba"]
VARIABLE = "NIGAO_SEGMENTER"


def segmenter() -> Name:
    """Which segmenter is in use. One that is asked for but not installed is not used; jieba is."""
    if os.environ.get(VARIABLE, "").strip().lower() == "jieba":
        return "jieba"
    return "rjieba" if find_spec("rjieba") else "jieba"


def words(text: str) -> list[str]:
    """`text` cut into words, marks and spaces included: "".join(words(t)) == t."""
    return _cutter(segmenter())(text)


@lru_cache
def _cutter(name: Name) -> Callable[[str], list[str]]:
    return _rjieba() if name == "rjieba" else _jieba()


def _jieba() -> Callable[[str], list[str]]:
    import jieba

    jieba.setLogLevel(logging.WARNING)  # it announces its cache on stderr otherwise
    jieba.initialize()
    return cast(Callable[[str], list[str]], jieba.lcut)


def _rjieba() -> Callable[[str], list[str]]:
    import rjieba

    return cast(Callable[[str], list[str]], rjieba.cut)
