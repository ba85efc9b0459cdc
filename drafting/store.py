"""Drafts in progress: one outline file each, in a folder of the user's, so that a killed session can be gone on with.

The folder is `$NIGAO_STATE`, else `nigao` under `$XDG_STATE_HOME` or `~/.local/state`. Beside a draft `NAME.yaml` may
lie `NAME.json` (the words of its phrases, and where settled words came from), `NAME.done` (exported; nothing was changed
since), `NAME.pid` (some process has it open), `NAME.place` (where the writer was), `NAME.typing` and `NAME.held` (text typed that is not in
the draft) and the folder `NAME.history` (`drafting.history`). What is remembered between drafts is kept by `drafting.habits`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from drafting.batch_state import alive
from drafting.config import Loader
from drafting.errors import ExportError
from drafting.files import write_atomic, write_synced
from drafting.habits import Habits, habits_from
from drafting.model import Profile
from drafting.outline import dump
from drafting.provenance import Stretch, as_json, from_json
from drafting.session import Session
from drafting.state import state_folder
from phrasebank.files import reason

__all__ = ["Habits", "Saved", "Spot", "Store", "Typed", "state_folder"]


_HEAD, _TITLE = "# 字数：", "# 题目："
"""How the first line of a draft begins, a comment that says how long it is."""
_ORIGINS = "origins"
"""What no phrase has as its id."""
COPY = "-copy"
"""What the name of a draft has that was begun as a copy of another."""
RECENT = 12
"""Files remembered as opened lately."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft that lies in the store."""

    path: Path
    title: str
    mtime: float
    genre: str = ""
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the writer was in a draft: the step, and the section and row of the writing step."""

    step: str = "write"
    section: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that was typed and has not come into the draft: what was asked for, and the text."""

    asked: str
    text: str


class Store:
    """The drafts under one state folder; nothing is written before the first save."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or state_folder()
        self.drafts = self.folder / "drafts"

    def new_path(self, *, copy: bool = False) -> Path:
        """A name no draft has yet, by the time it was begun; that of a copy says so."""
        stem = time.strftime("%Y%m%d-%H%M%S") + (COPY if copy else "")
        names = (f"{stem}{mark}" for mark in ("", *(f"-{n}" for n in range(2, 10_000))))
        return next(path for name in names if not (path := self.drafts / f"{name}.yaml").exists())

    def save(self, session: Session, path: Path) -> None:
        """Writes the draft so that it survives a kill and a power cut. Raises ExportError."""
        self._make(path.parent)
        words = {item: "".join(span.text for span in session.spans_of(item)) for item in sorted(session.chosen)}
        beside = {**words, _ORIGINS: as_json(session.known)}
        write_atomic(path.with_suffix(".json"), json.dumps(beside, ensure_ascii=False).encode())
        write_synced(path, _headed(session).encode())
        path.with_suffix(".done").unlink(missing_ok=True)

    def words(self, path: Path) -> dict[str, str]:
        """The text of the draft's phrases when it was saved, by their ids: a bank mined anew may not have them."""
        return {k: v for k, v in _plain(path.with_suffix(".json")).items() if isinstance(v, str) and v}

    def origins(self, path: Path) -> dict[str, tuple[Stretch, ...]]:
        """Where the draft's settled words came from."""
        return from_json(_plain(path.with_suffix(".json")).get(_ORIGINS))

    def unfinished(self) -> list[Saved]:
        """Drafts not exported since their last change, newest first. What cannot be read is left out."""
        return self._saved(done=False)

    def finished(self) -> list[Saved]:
        """Drafts that were exported or put aside, newest first."""
        return self._saved(done=True)

    def is_finished(self, path: Path) -> bool:
        """Whether a draft was exported or put aside, and not changed since."""
        return path.with_suffix(".done").exists()

    def reopen(self, path: Path) -> None:
        """Offers a finished draft as an unfinished one again."""
        with suppress(OSError):
            path.with_suffix(".done").unlink(missing_ok=True)

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

    # Where the writer was, and what he was typing

    def spot(self, path: Path) -> Spot:
        """Where the writer left a draft; the beginning of writing where nothing is known."""
        data = _plain(path.with_suffix(".place"))
        step, section, row = (data.get(name) for name in ("step", "section", "row"))
        if not (isinstance(step, str) and isinstance(section, int) and isinstance(row, int)):
            return Spot()
        return Spot(step, max(section, 0), max(row, 0))

    def keep_spot(self, path: Path, spot: Spot) -> None:
        """Remembers where the writer is in a saved draft. Where that cannot be written nothing is remembered."""
        if path.exists():
            with suppress(OSError, ExportError):
                write_atomic(path.with_suffix(".place"), json.dumps(asdict(spot)).encode())

    def typed(self, path: Path, *, held: bool = False) -> Typed | None:
        """What was being typed when the draft was left, if it did not come into it; or what was `held` for another time."""
        data = _plain(path.with_suffix(".held" if held else ".typing"))
        asked, text = data.get("asked"), data.get("text")
        return Typed(str(asked or ""), text) if isinstance(text, str) and text.strip() else None

    def keep_typed(self, path: Path, typed: Typed | None, *, held: bool = False) -> None:
        """Keeps what is being typed, or forgets it. Raises ExportError."""
        place = path.with_suffix(".held" if held else ".typing")
        if typed is None:
            with suppress(OSError):
                place.unlink(missing_ok=True)
            return
        self._make(place.parent)
        write_synced(place, json.dumps(asdict(typed), ensure_ascii=False).encode())

    # What is remembered

    def habits(self) -> Habits:
        """The profile of the last draft; plain defaults where the file is missing or damaged."""
        try:
            data = yaml.load((self.folder / "profile.yaml").read_text("utf-8"), Loader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            return Habits()
        return habits_from(data) if isinstance(data, dict) else Habits()

    def remember(self, habits: Habits) -> None:
        """Keeps the profile for the next draft. Raises ExportError."""
        self._make(self.folder)
        text = yaml.safe_dump(asdict(habits), allow_unicode=True, sort_keys=False)
        write_atomic(self.folder / "profile.yaml", text.encode())

    def profiles(self) -> dict[str, Profile]:
        """The speakers kept by name, in the order of their names."""
        found = _plain(self.folder / "profiles.json")
        return {name: habits_from({"profile": data}).profile for name, data in sorted(found.items())}

    def keep_profiles(self, profiles: Mapping[str, Profile]) -> None:
        """Keeps these speakers and no others. Raises ExportError."""
        self._make(self.folder)
        data = {name: asdict(profile) for name, profile in profiles.items()}
        write_atomic(self.folder / "profiles.json", json.dumps(data, ensure_ascii=False, indent=1).encode())

    def recent(self) -> list[Path]:
        """Files opened lately, the last one first; those that are gone are left out."""
        rows = _plain(self.folder / "recent.json").get("files")
        paths = [Path(row) for row in rows if isinstance(row, str)] if isinstance(rows, list) else []
        return [path for path in paths if path.is_file()]

    def opened(self, path: Path) -> None:
        """Remembers a file as opened. Where that cannot be written it is not remembered."""
        rows = list(dict.fromkeys([str(path.absolute()), *map(str, self.recent())]))[:RECENT]
        with suppress(OSError, ExportError):
            self._make(self.folder)
            write_atomic(self.folder / "recent.json", json.dumps({"files": rows}, ensure_ascii=False).encode())

    def knows(self, mark: str) -> bool:
        """Whether a mark was set: something told once, such as the tour."""
        return (self.folder / f"{mark}.seen").exists()

    def mark(self, mark: str) -> None:
        """Sets a mark. Where that cannot be written it will be told again."""
        with suppress(OSError, ExportError):
            self._make(self.folder)
            (self.folder / f"{mark}.seen").touch()

    def _files(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from self.drafts.glob("*.yaml")

    def _saved(self, *, done: bool) -> list[Saved]:
        paths = (path for path in self._files() if path.with_suffix(".done").exists() == done)
        return sorted(filter(None, map(_saved, paths)), key=lambda saved: saved.mtime, reverse=True)

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(f"建不了保存草稿的文件夹：{reason(error)}", str(folder)) from error


def _headed(session: Session) -> str:
    """The outline with what a list of drafts tells of it and the outline does not say: its length, and the title it was given."""
    title = " ".join(session.draft.title.split())
    return f"{_HEAD}{session.draft.characters}\n{_TITLE}{title}\n{dump(session.outline)}"


def _saved(path: Path) -> Saved | None:
    """A draft with a title to know it by; the outline itself is read only when it is opened."""
    try:
        text, mtime = path.read_text("utf-8"), path.stat().st_mtime
        data = yaml.load(text, Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    if not isinstance(data, dict) or "theme" not in data:
        return None
    genre, (head, named, *_) = str(data.get("genre", "")), [*text.split("\n", 2), ""]
    head, named = head.removeprefix(_HEAD), named.removeprefix(_TITLE) if named.startswith(_TITLE) else ""
    title = str(data.get("title") or named or data["theme"]) + ("（副本）" if COPY in path.stem else "")
    return Saved(path, title, mtime, genre, int(head) if head.isdecimal() else 0)


def _plain(path: Path) -> dict[str, Any]:
    """A file of JSON with keys; nothing where it is missing or damaged."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
