"""Verified quotations: exact words with their source, the only ones that enter a draft without 〔待核〕.

They stand in `quotations/*.yaml` of the template folders, a user's own before ours; of two entries with the same words the first counts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from drafting.errors import ConfigError

_MARKS = re.compile(r"[\W_]+")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Exact words, the work and chapter they stand in, who said them, what they mean in plain words, the themes and facets they fit,
    genres, themes and occasions they do not fit, and whether a program found them word for word in the work."""

    text: str
    work: str
    chapter: str = ""
    author: str = ""
    meaning: str = ""
    themes: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    verified: bool = False

    @property
    def id(self) -> str:
        """A stable id: the same for the same words, whatever their marks."""
        return "q" + hashlib.blake2b(_MARKS.sub("", self.text).encode(), digest_size=5).hexdigest()

    @property
    def source(self) -> str:
        """《论语·子路》."""
        return f"《{self.work}·{self.chapter}》" if self.chapter else f"《{self.work}》"


@dataclass(frozen=True, slots=True)
class Quotations:
    """All quotations known, in the order of their files."""

    entries: tuple[Quotation, ...] = ()

    def fitting(self, theme: str, facet: str = "", genre: str = "") -> tuple[Quotation, ...]:
        """Verified ones for a theme and facet, those for the facet alone where there are any."""
        usable = [q for q in self.entries if q.verified and not {theme, facet, genre} & set(q.unfit)]
        near = tuple(q for q in usable if facet and facet in q.facets)
        return near or tuple(q for q in usable if theme in q.themes)


@lru_cache(maxsize=8)
def load_quotations(folders: tuple[Path, ...]) -> Quotations:
    """The quotations of template folders, the user's first. Raises ConfigError, with the file."""
    found: dict[str, Quotation] = {}
    for folder in folders:
        for path in sorted((folder / "quotations").glob("*.yaml")):
            for entry in _entries(path):
                found.setdefault(entry.id, entry)
    return Quotations(tuple(found.values()))


def _entries(path: Path) -> Sequence[Quotation]:
    try:
        rows = yaml.load(path.read_text("utf-8"), _Loader) or []
        return [_entry(row) for row in rows]
    except KeyError as error:
        raise ConfigError(f"引文缺少“{error.args[0]}”", str(path)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ConfigError("YAML 写法有误", str(path), mark.line + 1 if mark else None) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise ConfigError("引文文件写法有误；请对照自带的同类文件", str(path)) from error


def _entry(row: Mapping[str, Any]) -> Quotation:
    texts = {key: tuple(row.get(key, ())) for key in ("themes", "facets", "unfit")}
    return Quotation(
        row["text"], row["work"], row.get("chapter", ""), row.get("author", ""), row.get("meaning", ""), **texts,
        verified=row.get("verified", False) is True,
    )  # fmt: skip
