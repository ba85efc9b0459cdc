"""Paths typed by hand: what lies in a folder that one may open, and what Tab completes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from drafting.importing import ENDINGS
from drafting.outline import ENDINGS as OUTLINES
from drafting.typed import rank

READABLE = ENDINGS.union(OUTLINES)
"""Endings of files that can be opened as a draft."""
MOST = 200
"""Entries shown at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder or a file one may open."""

    path: Path
    folder: bool


def plain(typed: str) -> str:
    """What was typed, without the quotation marks of a shell or of dragging."""
    return typed.strip().strip("'\"")


def there(typed: str) -> Path | None:
    """The file or folder that was typed, if it is there."""
    with suppress(OSError, ValueError, RuntimeError):
        path = Path(plain(typed)).expanduser()
        return path if plain(typed) and path.exists() else None
    return None


def entries(typed: str) -> tuple[Entry, ...]:
    """Folders and readable files in the folder of what was typed that begin with, hold, or are spelled by the rest of it."""
    folder, _, name = plain(typed).rpartition("/")
    base = Path(f"{folder}/" if folder or plain(typed).startswith("/") else ".")
    with suppress(OSError, ValueError, RuntimeError):
        found = [_entry(row) for row in os.scandir(base.expanduser()) if _shown(row, name)]
        ranks = {entry.path.name: rank(name, entry.path.name) if name else 0 for entry in found}
        fitting = [entry for entry in found if ranks[entry.path.name] is not None]
        return tuple(sorted(fitting, key=lambda e: (ranks[e.path.name], not e.folder, e.path.name.lower()))[:MOST])
    return ()


def _shown(row: os.DirEntry[str], name: str) -> bool:
    """Hidden ones only where their dot was typed."""
    with suppress(OSError):
        hidden = row.name.startswith(".") and not name.startswith(".")
        return not hidden and (row.is_dir() or Path(row.name).suffix.lower() in READABLE)
    return False


def _entry(row: os.DirEntry[str]) -> Entry:
    return Entry(Path(row.path), row.is_dir())


def completed(typed: str, found: Iterable[Entry], chosen: Entry | None) -> str:
    """What Tab makes of what was typed: as much as all that begins so has in common, else the chosen entry."""
    folder, slash, name = plain(typed).rpartition("/")
    same = [entry for entry in found if entry.path.name.startswith(name)] if name else []
    common = _common([entry.path.name for entry in same])
    if len(same) > 1 and len(common) > len(name):
        return f"{folder}{slash}{common}"
    only = same[0] if len(same) == 1 else chosen
    return f"{folder}{slash}{only.path.name}{'/' if only.folder else ''}" if only else typed


def _common(names: Sequence[str]) -> str:
    """What all names begin with."""
    size = next((n for n, row in enumerate(zip(*names, strict=False)) if len(set(row)) > 1), min(map(len, names), default=0))
    return names[0][:size] if names else ""


def told(path: Path) -> str:
    """A path as short as it can be told: from the home folder."""
    with suppress(ValueError, RuntimeError, OSError):
        return f"~/{path.relative_to(Path.home())}"
    return str(path)
