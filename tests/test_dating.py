"""The year of a text: only where something tells it."""

from __future__ import annotations

import pytest

from phrasebank.dating import year_of
from phrasebank.inspect import inspect
from phrasebank.model import RawText


def year(file: str, *lines: str, **meta: str) -> int | None:
    raw = RawText(file, lines, meta)
    return year_of(raw, inspect(raw).pieces)


BODY = ("同志们：", "今天我们把护堤的事说一说，2011年的大水大家都记得。", "要把险段一处一处查清，查到哪里就修到哪里。")


@pytest.mark.parametrize(
    ("expected", "file", "lines", "meta"),
    [
        (2019, "青山县_2019.txt", BODY, {}), (2021, "青山县_2021-10.txt", BODY, {}), (2018, "稿/20180305讲话.txt", BODY, {}),
        (None, "稿.txt", BODY, {}), (2023, "稿.md", BODY, {"date": "2023-06-01"}), (2022, "a_2019.md", BODY, {"year": "2022"}),
        (2016, "稿.txt", ("在2016年防汛会上的讲话", *BODY), {}), (2017, "稿.txt", ("在二〇一七年防汛会上的讲话", *BODY), {}),
        (None, "13900001999123.txt", BODY, {}), (None, "1899.txt", BODY, {}),
    ],
)  # fmt: skip
def test_years(expected, file, lines, meta):
    """A header before the file's name, that before the title; a year spoken of in the text is any year."""
    assert year(file, *lines, **meta) == expected
