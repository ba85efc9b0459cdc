"""Versions of a draft: what it was before, to look at and to take back.

A version is one file of JSON in the folder `NAME.history` beside the draft, named by the millisecond it was kept. It holds the
outline, the words of its phrases and the text, so that it can be read whatever has become of banks and templates since.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from drafting.actions import reworded
from drafting.config import Library
from drafting.files import write_atomic
from drafting.model import Outline
from drafting.outline import dump, loads
from drafting.session import Session
from phrasebank.search import Stack

HOUR, DAY = 3600.0, 86400.0
MOST = 240
"""Versions kept at most; the oldest go first."""
SHOWN = 12
"""Characters of what was changed that a list shows."""
_HEADING = re.compile("([一二三四五六七八九十]+)、")
_Edit = tuple[str, int, int, int, int]

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Version:
    """A draft as it was: when it was kept (seconds), its text, a paragraph a line, and the outline with the words of its phrases."""

    path: Path
    time: float
    text: str
    outline: str
    words: dict[str, str]

    @property
    def characters(self) -> int:
        """Characters without white space."""
        return len("".join(self.text.split()))

    def restored(self, library: Library, stack: Stack) -> Outline:
        """The outline, phrases that no bank has any more as own words. Raises OutlineErrors."""
        outline = loads(self.outline, str(self.path), library)[0]
        return reworded(outline, {item: text for item, text in self.words.items() if stack.by_id(item) is None})


def folder_of(draft: Path) -> Path:
    """Where the versions of a draft lie."""
    return draft.with_suffix(".history")


def keep(session: Session, draft: Path, now: float | None = None) -> bool:
    """Keeps the draft as it is now; False where it is the version kept last. Raises ExportError."""
    now = time.time() if now is None else now
    folder, outline = folder_of(draft), dump(session.outline)
    known = _files(folder)
    last = _read(known[-1]) if known else None
    if last is not None and last.outline == outline:
        return False
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    words = {item: "".join(span.text for span in session.spans_of(item)) for item in sorted(session.chosen)}
    record = {"text": session.draft.text, "outline": outline, "words": words}
    write_atomic(folder / f"{max(int(now * 1000), _stamp(known[-1]) + 1 if known else 0)}.json", _json(record))
    for path in set(known) - {folder / f"{stamp}.json" for stamp in thinned([*map(_stamp, known)], now)}:
        with suppress(OSError):
            path.unlink()
    return True


def versions(draft: Path) -> tuple[Version, ...]:
    """The versions of a draft, newest first. What cannot be read is left out."""
    return tuple(version for path in reversed(_files(folder_of(draft))) if (version := _read(path)))


def thinned(stamps: Iterable[int], now: float) -> list[int]:
    """Which versions stay, by the milliseconds they were kept at: all of the last hour, the last one of each hour for a day, the
    last one of each day before that; `MOST` at most."""
    kept: dict[tuple[str, int], int] = {}
    for stamp in sorted(stamps):
        seconds = stamp / 1000
        age = now - seconds
        spell = ("each", stamp) if age < HOUR else ("hour", int(seconds // HOUR)) if age < DAY else ("day", int(seconds // DAY))
        kept[spell] = stamp
    return sorted(kept.values())[-MOST:]


# What changed


def changed(before: str, after: str) -> str:
    """What changed between two texts, in a few words."""
    old, new = before.splitlines(), after.splitlines()
    edits = [row for row in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if row[0] != "equal"]
    if not edits:
        return "文字没有变"
    _, i, j, k, m = edits[0]
    told = f"{_part(new, edits)}{_counts(edits)}"
    return f"{told}：{_first_difference(old[i:j], new[k:m])}" if told else _first_difference(old[i:j], new[k:m])


def _counts(edits: Sequence[_Edit]) -> str:
    """How many paragraphs were changed, added and removed; empty where it is but one."""
    both = [(min(j - i, m - k), j - i, m - k) for _, i, j, k, m in edits]
    changed, removed, added = (sum(column) for column in zip(*((n, i - n, k - n) for n, i, k in both), strict=True))
    rows = [f"{verb}{many}段" for verb, many in (("改", changed), ("加", added), ("删", removed)) if many]
    return "、".join(rows) if changed + added + removed > 1 else ""


def _part(new: Sequence[str], edits: Sequence[_Edit]) -> str:
    """The part of the speech that all changes are in, by the number of its heading; empty where there is none such."""
    heads = [(n, found[1]) for n, line in enumerate(new) if (found := _HEADING.match(line))]
    parts = {next((name for n, name in reversed(heads) if n <= at), "") for *_, k, m in edits for at in (k, max(k, m - 1))}
    return f"第{parts.pop()}部分" if len(parts) == 1 and "" not in parts else ""


def _first_difference(old: Sequence[str], new: Sequence[str]) -> str:
    """What became what, where that first happened: a clause of either."""
    if not old or not new:
        return f"加了{_quoted(new[0])}" if new else f"删了{_quoted(old[0])}"
    rows = SequenceMatcher(None, old[0], new[0], autojunk=False).get_opcodes()
    i, j, k, m = next((row[1:] for row in rows if row[0] != "equal"), (0, 0, 0, 0))
    return f"{_quoted(_clause(old[0], i, j))}改成{_quoted(_clause(new[0], k, m))}"


def _quoted(text: str) -> str:
    text = text.strip().rstrip("。；，")
    return f"“{text if len(text) <= SHOWN else text[:SHOWN] + '…'}”"


def _clause(text: str, start: int, end: int) -> str:
    """A stretch from the mark before it to the mark behind it: a character alone says nothing."""
    first = max(max(text.rfind(mark, 0, start) for mark in "，。；！？") + 1, start - 4)  # what is new must be in sight
    ends = [at for mark in "，。；！？" if (at := text.find(mark, max(end - 1, first))) >= 0]
    return text[first : min(ends, default=len(text))]


def compared(before: str, after: str) -> tuple[tuple[tuple[str, Kind], ...], ...]:
    """Both texts in one, paragraph by paragraph, as stretches that stayed, were removed from the first or added by the second."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[tuple[tuple[str, Kind], ...]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [((line, "same"),) for line in old[i:j]]
            continue
        both = min(j - i, m - k)
        rows += [_woven(a, b) for a, b in zip(old[i : i + both], new[k : k + both], strict=True)]
        rows += [((line, "removed"),) for line in old[i + both : j]]
        rows += [((line, "added"),) for line in new[k + both : m]]
    return tuple(rows)


def _woven(old: str, new: str) -> tuple[tuple[str, Kind], ...]:
    """Two paragraphs in one; those that have little in common stand whole, one after the other."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        whole: tuple[tuple[str, Kind], ...] = ((old, "removed"), (new, "added"))
        return tuple(row for row in whole if row[0])
    found: list[tuple[str, Kind]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            found.append((old[i:j], "same"))
        else:
            found += [(old[i:j], "removed")] if i < j else []
            found += [(new[k:m], "added")] if k < m else []
    return tuple(found)


# Files


def _files(folder: Path) -> list[Path]:
    """The files of the versions, oldest first."""
    found: Sequence[Path] = ()
    with suppress(OSError):
        found = [path for path in folder.glob("*.json") if path.stem.isdecimal()]
    return sorted(found, key=_stamp)


def _stamp(path: Path) -> int:
    return int(path.stem)


def _json(record: Mapping[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


def _read(path: Path) -> Version | None:
    try:
        data = json.loads(path.read_text("utf-8"))
        text, outline, words = data["text"], data["outline"], data["words"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not (isinstance(text, str) and isinstance(outline, str) and isinstance(words, dict)):
        return None
    return Version(path, _stamp(path) / 1000, text, outline, {str(k): str(v) for k, v in words.items() if v})
