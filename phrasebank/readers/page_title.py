"""Which lines of a web page are its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from phrasebank.readers.furniture import Box, Line

MAX_TOP = 40
"""How far down a page its title is looked for, in lines."""

_TITLE_BREAK = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]{1,2}\s+|(?<![-A-Za-z0-9—])-(?![-A-Za-z0-9—])|\s*>+\s*")
"""What stands between the title of a text and the name of its site; the dashes of a subtitle and of 2021-2025 do not."""
_SITE_NAME = re.compile(r"(?:网|网站|门户|平台|论坛|首页|人民政府|无标题文档|新建网页|正文|详情|文章页|内容页)\s*\d*$")


def title_of(named: Sequence[str], boxes: Sequence[Box], lines: Sequence[Line], keep: Sequence[bool]) -> list[str]:
    """The lines of the title: the main heading, or what the head of the page says (`named`) unless the text has it already.

    `keep` says which of the `lines` are no furniture.
    """
    names = [name for title in named if (name := _without_site(title))]
    known = {_squeezed(part) for title in named for part in (title, *_TITLE_BREAK.split(title))}
    heads: dict[int, list[str]] = {}
    for line, kept in zip(lines, keep, strict=True):
        if boxes[line.box].tag == "h1" and (kept or not line.is_link):
            heads.setdefault(line.box, []).append(line.text)
    for head in heads.values():
        text = _squeezed("".join(head))
        if text in known or (len(heads) == 1 and not _SITE_NAME.search(text)):
            shorter = [name for name in names if text.endswith(_squeezed(name)) and text != _squeezed(name)]
            return shorter[:1] or head
    top = [_squeezed(line.text) for line, kept in zip(lines, keep, strict=True) if kept][:MAX_TOP]
    return [name for name in names if not any(_squeezed(name) in line and len(line) < 2 * len(name) + 8 for line in top)][:1]


def _without_site(title: str) -> str:
    """The title of the text in the title of a page: the first part that is no name of a site."""
    return next((part for part in _TITLE_BREAK.split(title) if len(part) > 4 and not _SITE_NAME.search(part)), "")


def own_title(lines: Sequence[str], title: str) -> tuple[int, int]:
    """Start and end of the lines near the top that, alone or together, are the title; one may have its category in front."""
    wanted = _squeezed(title)
    for start in range(min(MAX_TOP, len(lines)) if wanted else 0):
        for end in range(start + 1, min(start + 4, len(lines)) + 1):
            text = _squeezed("".join(lines[start:end]))
            if text == wanted or (end == start + 1 and text.endswith(wanted) and len(text) < len(wanted) + 8):
                return start, end
    return 0, 0


def _squeezed(text: str) -> str:
    return "".join(text.split())
