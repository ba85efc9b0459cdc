"""YAML text to nodes, safely: what is not YAML is named where it stands, and what would unfold or nest without end is refused.

`compose` builds no Python objects of any tag. libyaml composes by recursion and would take the process with it at some tens
of thousands of brackets, so that the depth is looked at first, event by event.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import yaml

from drafting.config import Loader
from drafting.errors import OutlineError, OutlineErrors

MAX_BYTES = 1_000_000
"""Outlines are written by hand; a larger file is something else."""
MAX_DEPTH = 24
"""Levels of nesting; a whole outline with several pieces has eight."""
MAX_ALIASES = 1_000
"""Aliases (*name) of one file."""
SHORT = 4_000
"""Characters of a text that cannot nest so deep as to be a danger: what is wrong with it is told node by node."""

_OPENS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSES = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_WIDE_COLON = re.compile(r"[ -]*[A-Za-z_]+：")
_WIDE_COMMA = re.compile(r"[{\[][^{}\[\]]*，")


def read_text(path: Path) -> str:
    """The text of an outline file. Raises OutlineErrors with one fault."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise OutlineErrors([OutlineError("文件过大，不像是提纲（上限 1 MB）", str(path))])
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise OutlineErrors(
            [OutlineError("没有这个提纲文件；请检查文件名，或用 nigao new 新写一份", str(path))]
        ) from error
    except UnicodeDecodeError as error:
        raise OutlineErrors([OutlineError("不是 UTF-8 编码的文本；请另存为 UTF-8", str(path))]) from error
    except IsADirectoryError as error:
        raise OutlineErrors([OutlineError("这是文件夹，不是提纲文件；成批起草请用 nigao batch", str(path))]) from error
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise OutlineErrors([OutlineError("读不了这个文件；请检查文件名和权限", str(path))]) from error


def compose(text: str, file: str) -> tuple[list[yaml.Node], list[OutlineError]]:
    """The documents of `text`, empty ones left out, and what is wrong with its YAML.

    A fault ends the reading: the documents before it are given all the same, so that their own faults are told with it.
    """
    nodes: list[yaml.Node] = []
    if fault := _too_much(text, file):
        return [], [fault]
    try:
        nodes.extend(node for node in yaml.compose_all(text, Loader) if node is not None and not is_null(node))
    except yaml.YAMLError as error:
        return nodes, [_yaml_error(error, text, file)]
    return nodes, []


def is_null(node: yaml.Node) -> bool:
    """Whether nothing stands where a value could."""
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def with_wide_colons(problems: list[OutlineError], text: str, file: str) -> list[OutlineError]:
    """The faults, those on a line with a full-width colon said as what is really wrong there."""
    wide = _wide_colons(text)
    return [_wide_colon(wide, p.line, p) if p.file == file else p for p in problems]


_TOO_DEEP = "一层套一层，太深了，不像是提纲"


def _too_much(text: str, file: str) -> OutlineError | None:
    """A fault where the text nests too deep or lives on aliases."""
    if len(text) < SHORT:
        return None
    depth = aliases = 0
    with suppress(yaml.YAMLError):  # composing meets it again, after the documents before it
        for event in yaml.parse(text, Loader):
            depth += isinstance(event, _OPENS) - isinstance(event, _CLOSES)
            aliases += isinstance(event, yaml.AliasEvent)
            if depth > MAX_DEPTH or aliases > MAX_ALIASES:
                line, column = (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)
                what = _TOO_DEEP if depth > MAX_DEPTH else "* 别名太多了，请直接写出内容"
                return OutlineError(what, file, line + 1, column + 1)
    return None


def _yaml_error(error: yaml.YAMLError, text: str, file: str) -> OutlineError:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return OutlineError("含有 YAML 不允许的字符", file)
    wide = {line: column for line, column in _wide_colons(text).items() if line <= mark.line + 1}
    if wide:
        return _wide_colon(wide, max(wide), OutlineError("", file))
    rows = text.splitlines()
    row = rows[mark.line] if mark.line < len(rows) else ""
    return OutlineError(_hint(error, row, mark.column), file, mark.line + 1, mark.column + 1)


def _hint(error: yaml.YAMLError, row: str, column: int) -> str:
    """What is most likely wrong on this line."""
    if "\t" in row[: column + 1] or "\t" in row[: len(row) - len(row.lstrip())]:
        return "用了制表符（Tab）；YAML 只能用空格缩进，请把 Tab 换成两个空格"
    if _WIDE_COMMA.search(row):
        return "括号里用了全角逗号“，”；要用半角逗号加一个空格"
    said = str(error)
    if "maximum nesting depth" in said:  # libyaml 0.2.6 and later look no further than a thousand levels
        return _TOO_DEEP
    if "undefined alias" in said:
        return "用了 * 引用，但前面没有同名的 & 标记"
    if re.search(r"while scanning an? (?:tag|alias|anchor)|cannot start any token", said):
        return "这里不能以 ! * & @ ` % 之类的符号开头（会当成 YAML 标签），请给整段内容加上引号"
    return "YAML 写法有误，多半是缩进没对齐，或冒号后少了空格、用了全角冒号"


def _wide_colons(text: str) -> dict[int, int]:
    """Line and column of full-width colons behind what looks like a key."""
    found = ((n, _WIDE_COLON.match(row)) for n, row in enumerate(text.split("\n"), 1))
    return {n: match.end() for n, match in found if match}


def _wide_colon(wide: dict[int, int], line: int | None, problem: OutlineError) -> OutlineError:
    """What is really wrong on a line with such a colon; `problem` itself for other lines."""
    if line not in wide:
        return problem
    return OutlineError("用了全角冒号“：”；键后面要用半角冒号加一个空格", problem.file, line, wide[line])
