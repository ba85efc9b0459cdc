"""The work folder: where shards lie, and manifests that say what a task left.

A task ends with its manifest, which is written last; a task whose manifest is there and whose files are as it says is not done
again. What a manifest says is checked against the files before they are used, so that no rows go missing unseen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from phrasebank.large.shards import ShardError, count, placed

PARTITION = 4_000_000
"""Bytes of source files a partition holds, about."""
MOST = 8192
"""Partitions at most: beyond, they grow."""
SLOTS = 1 << 16
"""Phrases are spread over so many slots by their ids; a range of slots is gathered at once."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work folder, on storage that all workers share. `parts`: partitions of files, and `ranges` of slots. `token`: names this
    run; `key`: a digest of all that the run reads, once that is known."""

    folder: Path
    parts: int
    ranges: int
    token: str
    key: str = ""

    def path(self, name: str, part: int = 0, suffix: str = "parquet") -> Path:
        """Where a shard lies."""
        return self.folder / f"{name}-{part:05}.{suffix}"

    def read(self, name: str, parts: int = 1) -> str:
        """All shards of a name as a table in SQL."""
        files = (str(self.path(name, part)).replace("'", "''") for part in range(parts))
        return "read_parquet([" + ", ".join(f"'{file}'" for file in files) + "])"

    def finish(self, stage: str, part: int, key: str, files: Mapping[str, int], about: Mapping[str, Any]) -> None:
        """Writes the manifest of a task: its key, the rows of its shards by name, and what else it has to say."""
        sizes = {name: [rows, self.path(name, part).stat().st_size] for name, rows in files.items()}
        self._say(stage, part, {"key": key, "token": self.token, "files": sizes, "about": about})

    def done_before(self, stage: str, part: int, key: str) -> bool:
        """Whether an earlier run did a task whole; then it counts as done by this one."""
        data = self._manifest(stage, part)
        if not data or data["key"] != key:
            return False
        self._say(stage, part, {**data, "token": self.token})
        return True

    def told(self, stage: str, parts: int) -> list[dict[str, Any]]:
        """The manifests of all tasks of a stage in this run. Raises ShardError when one is missing, or its files are not what it
        says."""
        found = [self._manifest(stage, part) for part in range(parts)]
        whole = [data for data in found if data and data["token"] == self.token]
        if len(whole) < parts:
            missing = f"{stage}：{parts} 份里缺 {parts - len(whole)} 份"
            raise ShardError(f"中间文件不全（{missing}），素材库没有动；请再运行一次", str(self.folder))
        return whole

    def check(self, what: str, expected: int, found: int) -> None:
        """Raises ShardError where not all of something arrived."""
        if expected != found:
            raise ShardError(f"中间文件对不上：{what}应有 {expected} 条，读到 {found} 条，素材库没有动；请再运行一次", str(self.folder))

    def _manifest(self, stage: str, part: int) -> dict[str, Any] | None:
        """A manifest whose files are whole."""
        try:
            data = json.loads(self.path(stage, part, "json").read_bytes())
            whole = all(self._whole(name, part, *told) for name, told in data["files"].items())
            return dict(data) if whole else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _whole(self, name: str, part: int, rows: int, size: int) -> bool:
        path = self.path(name, part)
        return path.is_file() and path.stat().st_size == size and count(path) == rows

    def _say(self, stage: str, part: int, data: Mapping[str, Any]) -> None:
        with placed(self.path(stage, part, "json")) as temporary:
            temporary.write_bytes(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def parts_for(size: int) -> int:
    """Into how many partitions files of so many bytes are divided: a power of 2, so that a corpus that grows a little is divided
    as before."""
    parts = 1
    while parts < MOST and parts * PARTITION < size:
        parts *= 2
    return parts


def part_of(name: str, parts: int) -> int:
    """The partition of a file, by its stored name."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % parts
