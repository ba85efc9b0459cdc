"""Frames of headings and of parallel sentences as data: ours under `templates/frames/`, a user's own in `frames/` of their folder.

A frame is a pattern with slots ({a}, {b} …; {theme}, {facet}; {order} for 先、再、更), the same as parts of speech with characters
(`pos`), and what its slots may hold at each stage of a rising order. A user's frame takes the place of ours of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from drafting.config import TEMPLATES, read_yaml, template_folders
from drafting.errors import ConfigError
from drafting.parallel.words import cut

STAGES = ("成绩", "现状", "认识", "问题", "原因", "建议", "举措", "保障", "打算", "体会")
"""Places in a speech, in the order in which they rise."""
_ALIASES = {
    "成绩": "achievement 成效 成果 履职成效 回顾 进展", "现状": "概况", "认识": "significance 意义 为什么 是什么 重要性 学习 学思悟",
    "问题": "problem 查摆 差距 找差距 不足 短板", "原因": "cause 剖析 根源 成因", "建议": "对策",
    "举措": "measure 怎么干 怎么做 任务 重点任务 做法 整改 抓落实 行动", "保障": "guarantee 组织保障 谁来干 组织领导 要求",
    "打算": "pledge 承诺 表态 下步 下一步 带好头 努力方向 号召 appeal", "体会": "experience 经验 启示 悟到",
}  # fmt: skip
_NAMES = {name: stage for stage, names in _ALIASES.items() for name in (stage, *names.split())}
SLOT = re.compile(r"\{(\w+)\}")
"""A slot of a pattern."""
_UNIT = re.compile(r"([VNADPM])(\d)")
_VERBAL, _NOMINAL, _SAID = frozenset("vwadixnmpf"), frozenset("nwtfimrxva"), frozenset("vwadixnmt")
_KINDS = {"V": _VERBAL, "A": _SAID}
FITS = ("work", "conduct")
GIVEN = ("theme", "facet", "order")
"""Slots that are filled from outside the frame."""
_KEYS = frozenset({"name", "pattern", "pos", "fill", "order", "fits", "suits", "example", "kind", "roles"})


@dataclass(frozen=True)
class Frame:
    """A frame.

    `fill` holds rows of slot contents by stage; `order` what {order} is for each size of set; `fits` says whether it wants a theme that is
    work to be done or one of conduct; `suits` the genres it sounds best in; `kind` and `roles` are those of a sentence frame.
    """

    name: str
    pattern: str
    pos: str
    example: tuple[str, ...]
    fill: Mapping[str, tuple[tuple[str, ...], ...]]
    order: tuple[str, ...] = ()
    fits: str = ""
    suits: tuple[str, ...] = ()
    kind: str = ""
    roles: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        """Its own slots, in their order."""
        return tuple(dict.fromkeys(name for name in SLOT.findall(self.pattern) if name not in GIVEN))

    @cached_property
    def takes(self) -> str:
        """theme, facet, or nothing."""
        return next((name for name in ("theme", "facet") if f"{{{name}}}" in self.pattern), "")

    def say(self, row: Sequence[str], name: str = "", order: str = "") -> str:
        """The heading with a row in its slots and `name` for theme or facet."""
        values = dict(zip(self.slots, row, strict=True)) | {"theme": name, "facet": name, "order": order}
        return SLOT.sub(lambda match: values[match[1]], self.pattern)

    def orders(self, size: int) -> tuple[str, ...] | None:
        """What {order} is for each member of a set of `size`; None where the frame has nothing for that many."""
        if "{order}" not in self.pattern:
            return ("",) * size
        found = next((row for row in self.order if len(row) == size), None)
        return tuple(found) if found else None

    def read(self, heading: str, *, loose: bool = False) -> tuple[str, ...] | None:
        """What the slots of a heading of this frame hold, theme or facet first where it takes one; None where it is none. `loose`: slots
        of four characters and more may hold one more or less."""
        match = _matcher(self.pattern, self.pos, loose).fullmatch(heading)
        if match is None:
            return None
        found = match.groupdict()
        return tuple(found[name] for name in ([self.takes] if self.takes else []) + list(self.slots))


def stage(*names: str) -> str:
    """The stage of a part by any of its names (查摆, problem): the first that is known, else the first that holds one that is (成绩与意义);
    "" for a part that has none (开头、结尾)."""
    exact = next((_NAMES[name] for name in names if name in _NAMES), "")
    held = (known for name in names for known in sorted(_NAMES, key=len, reverse=True) if len(known) > 1 and known in name)
    return exact or next((_NAMES[known] for known in held), "")


@lru_cache(maxsize=256)
def _matcher(pattern: str, pos: str, loose: bool) -> re.Pattern[str]:
    """What finds a heading of a frame and its slots."""
    units = slot_units(pattern, pos)
    seen: set[str] = set()
    body = ""
    for n, piece in enumerate(SLOT.split(pattern)):
        if n % 2 == 0:
            body += re.escape(piece)
        elif piece in seen:
            body += f"(?P={piece})"
        else:
            size = sum(int(number) for _, number in _UNIT.findall(units[piece])) + len(_UNIT.sub("", units[piece])) if piece in units else 0
            sizes = f"{size - 1},{size + 1}" if loose and size >= 4 else f"{size}"
            body += f"(?P<{piece}>[^，]{{{sizes}}})" if size else f"(?P<{piece}>[^，、：]{{{1 if piece == 'order' else '2,12'}}})"
            seen.add(piece)
    return re.compile(body)


def slot_units(pattern: str, pos: str) -> dict[str, str]:
    """The stretch of `pos` that each slot of `pattern` stands for. Raises ValueError where the two do not agree."""
    body = ""
    seen: set[str] = set()
    for n, piece in enumerate(SLOT.split(pattern)):
        if n % 2 == 0:
            body += re.escape(piece)
        elif piece in ("theme", "facet"):
            body += re.escape(f"{{{piece}}}")
        elif piece in seen:
            body += f"(?P={piece})"
        else:
            body += f"(?P<{piece}>(?:[VNADPM]\\d|[^{{}}，])+?)"
            seen.add(piece)
    match = re.fullmatch(body, pos)
    if match is None:
        raise ValueError(pos)
    return match.groupdict()


def disagrees(units: str, text: str) -> str:
    """What of `text` is not what the stretch of parts of speech `units` asks for; "" where it agrees."""
    at = 0
    for match in re.finditer(r"([VNADPM])(\d)|(.)", units):
        size = 1 if match[3] else int(match[2])
        piece = text[at : at + size]
        at += size
        if len(piece) < size or (match[3] and piece != match[3]) or (match[1] and not _is(match[1], piece)):
            return piece or text
    return "" if at == len(text) else text[at:]


def _is(kind: str, piece: str) -> bool:
    """Whether a piece may be what a slot asks for. A verb may have its adverb before it, a noun whatever describes it."""
    words = cut(piece)
    if kind in _KINDS:
        return words[0].tag in _KINDS[kind]
    return kind != "N" or words[-1].tag in _NOMINAL


def faults(frame: Frame) -> list[str]:
    """What is wrong with a frame beyond its form: fillers and examples that do not fit the pattern, or that are not parallel."""
    from drafting.parallel.measure import measure

    units = slot_units(frame.pattern, frame.pos)
    found = [
        f"{place}“{value}”不合词性式 {units[slot]}"
        for place, row in _rows(frame)
        for slot, value in zip(frame.slots, row, strict=True)
        if disagrees(units[slot], value)
    ]
    found += [f"例句“{heading}”不合式样" for heading in frame.example if frame.read(heading) is None]
    if len(frame.example) < 2 or not measure(frame.example).parallel:
        found.append("例句不足两条，或彼此不对仗")
    return found


def _rows(frame: Frame) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every row of slot contents with where it stands: fillers, then what the examples hold."""
    for name, rows in frame.fill.items():
        yield from ((name, row) for row in rows)
    for heading in frame.example:
        if (row := frame.read(heading)) is not None:
            yield "例句", row[1:] if frame.takes else row


def load_frames(kind: str = "headings", folders: Sequence[Path] | None = None) -> tuple[Frame, ...]:
    """Frames of `kind` (headings, sentences) in the order of their files, a user's of the same name in the place of ours.
    Raises ConfigError."""
    places = tuple(folders) if folders is not None else template_folders()
    files = [path for folder in reversed(places) if (path := folder / "frames" / f"{kind}.yaml").is_file()]
    return _loaded(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=16)
def _loaded(files: tuple[tuple[Path, int], ...]) -> tuple[Frame, ...]:
    """Frames of files, each by its name; a file that has changed since is read again."""
    found: dict[str, Frame] = {}
    for path, _ in files:
        for frame in _read(path):
            found[frame.name] = frame
    return tuple(found.values())


def _read(path: Path) -> list[Frame]:
    data = read_yaml(path)
    rows = data.get("frames") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise ConfigError("句式文件应有 frames: 一项，下面每条一个句式", str(path))
    frames = [_frame(row, path) for row in rows]
    names = [frame.name for frame in frames]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigError(f"句式“{twice}”写了两次", str(path))
    return frames


def _frame(row: Any, path: Path) -> Frame:  # noqa: ANN401 - what the file says
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        raise ConfigError("每个句式都要有 name", str(path))
    name = row["name"]
    if odd := sorted(map(str, set(row) - _KEYS)):
        raise ConfigError(f"句式“{name}”里没有“{odd[0]}”这一项，可用的有：{'、'.join(sorted(_KEYS))}", str(path))
    try:
        frame = Frame(
            name, str(row["pattern"]), str(row["pos"]), tuple(map(str, row["example"])), _fill(row.get("fill") or {}),
            tuple(map(str, row.get("order", ()))), str(row.get("fits", "")), tuple(map(str, row.get("suits", ()))),
            str(row.get("kind", "")), tuple(map(str, row.get("roles", ()))),
        )  # fmt: skip
    except KeyError as error:
        raise ConfigError(f"句式“{name}”缺少“{error.args[0]}”", str(path)) from error
    except (AttributeError, TypeError, ValueError) as error:
        raise ConfigError(f"句式“{name}”有一项写错了类型；请对照自带的 templates/frames/headings.yaml", str(path)) from error
    if TEMPLATES not in path.parents:  # ours are checked by the tests
        check(frame, path)
    return frame


def _fill(data: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {str(name): tuple(tuple(str(row).split("|")) for row in rows) for name, rows in data.items()}


def check(frame: Frame, path: Path) -> None:
    """Raises ConfigError where pattern, parts of speech, stages and rows do not go together."""
    try:
        slot_units(frame.pattern, frame.pos)
    except (ValueError, re.error) as error:
        raise ConfigError(f"句式“{frame.name}”的 pattern 和 pos 对不上：{frame.pattern} / {frame.pos}", str(path)) from error
    if frame.fits not in ("", *FITS):
        raise ConfigError(f"句式“{frame.name}”的 fits 只能写 {'、'.join(FITS)}", str(path))
    if odd := next((name for name in frame.fill if name not in STAGES), None):
        raise ConfigError(f"句式“{frame.name}”没有“{odd}”这一步，可用的有：{'、'.join(STAGES)}", str(path))
    for rows in frame.fill.values():
        if bad := next((row for row in rows if len(row) != len(frame.slots)), None):
            raise ConfigError(f"句式“{frame.name}”有 {len(frame.slots)} 个空，“{'|'.join(bad)}”填了 {len(bad)} 个", str(path))
