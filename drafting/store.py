"""Drafts in progress: one outline file each, in a folder of the user's, so that a killed session can be gone on with.

The folder is `$NIGAO_STATE`, else `nigao` under `$XDG_STATE_HOME` or `~/.local/state`. Beside a draft `NAME.yaml` may
lie `NAME.json` (the words of its phrases), `NAME.done` (exported; nothing was changed since) and `NAME.pid` (some
process has it open).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from drafting.batch_state import alive
from drafting.config import Loader
from drafting.errors import ExportError
from drafting.files import write_atomic
from drafting.model import Profile
from drafting.session import Session
from phrasebank.files import reason
from phrasebank.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft that lies in the store."""

    path: Path
    title: str
    mtime: float


@dataclass(frozen=True, slots=True)
class Habits:
    """What is remembered for the next draft: who speaks, which genre, how long."""

    profile: Profile = field(default_factory=Profile)
    genre: str = ""
    minutes: float | None = None


def state_folder() -> Path:
    """Where the state of sessions is kept."""
    if own := os.environ.get("NIGAO_STATE"):
        return Path(own)
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "nigao"


class Store:
    """The drafts under one state folder; nothing is written before the first save."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or state_folder()
        self.drafts = self.folder / "drafts"

    def new_path(self) -> Path:
        """A name no draft has yet, by the time it was begun."""
        stem = time.strftime("%Y%m%d-%H%M%S")
        names = (f"{stem}{mark}" for mark in ("", *(f"-{n}" for n in range(2, 10_000))))
        return next(path for name in names if not (path := self.drafts / f"{name}.yaml").exists())

    def save(self, session: Session, path: Path) -> None:
        """Writes the draft so that it survives a kill and a power cut. Raises ExportError."""
        self._make(path.parent)
        words = {item: "".join(span.text for span in session.spans_of(item)) for item in sorted(session.chosen)}
        write_atomic(path.with_suffix(".json"), json.dumps(words, ensure_ascii=False).encode())
        session.save(path)
        path.with_suffix(".done").unlink(missing_ok=True)
        _sync(path)

    def words(self, path: Path) -> dict[str, str]:
        """The text of the draft's phrases when it was saved, by their ids: a bank mined anew may not have them."""
        try:
            data = json.loads(path.with_suffix(".json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {k: v for k, v in data.items() if isinstance(v, str) and v} if isinstance(data, dict) else {}

    def unfinished(self) -> list[Saved]:
        """Drafts not exported since their last change, newest first. What cannot be read is left out."""
        found = [saved for path in self._files() if not path.with_suffix(".done").exists() and (saved := _saved(path))]
        return sorted(found, key=lambda saved: saved.mtime, reverse=True)

    def finish(self, path: Path) -> None:
        """Marks a draft as exported; it is kept. A mark that cannot be written only means that the draft is offered again."""
        with suppress(OSError):
            path.with_suffix(".done").touch()

    # Two sessions on one draft

    def holder(self, path: Path) -> int | None:
        """The living process that has the draft open, if it is not this one."""
        try:
            pid = int(path.with_suffix(".pid").read_text())
        except (OSError, ValueError):
            return None
        return pid if pid != os.getpid() and alive(pid) else None

    def claim(self, path: Path) -> None:
        """Says that this process has the draft open. Where that cannot be written nobody is told."""
        with suppress(OSError, ExportError):
            self._make(path.parent)
            path.with_suffix(".pid").write_text(str(os.getpid()))

    def release(self, path: Path) -> None:
        """Takes back a claim of this process."""
        mark = path.with_suffix(".pid")
        with suppress(OSError, ValueError):
            if int(mark.read_text()) == os.getpid():
                mark.unlink()

    # What is remembered

    def habits(self) -> Habits:
        """The profile of the last draft; plain defaults where the file is missing or damaged."""
        try:
            data = yaml.load((self.folder / "profile.yaml").read_text("utf-8"), Loader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            return Habits()
        return _habits(data) if isinstance(data, dict) else Habits()

    def remember(self, habits: Habits) -> None:
        """Keeps the profile for the next draft. Raises ExportError."""
        self._make(self.folder)
        text = yaml.safe_dump(asdict(habits), allow_unicode=True, sort_keys=False)
        write_atomic(self.folder / "profile.yaml", text.encode())

    def _files(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from self.drafts.glob("*.yaml")

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(f"建不了保存草稿的文件夹：{reason(error)}", str(folder)) from error


def _saved(path: Path) -> Saved | None:
    """A draft with a title to know it by; the outline itself is read only when it is opened."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader)
        mtime = path.stat().st_mtime
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    if not isinstance(data, dict) or "theme" not in data:
        return None
    return Saved(path, str(data.get("title") or f"{data['theme']}（{data.get('genre', '')}）"), mtime)


def _habits(data: Mapping[str, Any]) -> Habits:
    """Habits out of plain data; fields of a wrong kind are left at their defaults."""
    given = data.get("profile")
    profile = given if isinstance(given, dict) else {}
    texts = {f.name: v for f in fields(Profile) if isinstance(v := profile.get(f.name), str) and f.name != "year"}
    if texts.get("level") not in LEVELS:
        texts.pop("level", None)
    year = profile.get("year")
    minutes = data.get("minutes")
    return Habits(
        Profile(**texts, year=year if isinstance(year, int) and 1900 <= year <= 2200 else None),
        str(data.get("genre") or ""),
        float(minutes) if isinstance(minutes, int | float) and 0.5 <= minutes <= 600 else None,
    )


def _sync(path: Path) -> None:
    """Forces file and folder to the disk; file systems that cannot are left to themselves."""
    for place in (path, path.parent):
        with suppress(OSError):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
