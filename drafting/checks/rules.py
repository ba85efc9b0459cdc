"""Rules as data: ours under `templates/rules`, a user's own in `rules` of his folder, which change ours or add to them.

A file holds one rule. A user's file that bears the id of ours need hold only what it changes: its `lists` are added to ours, its
`numbers` and every other key replace ours; `enabled: false` turns a rule off. `exceptions.yaml` in the user's folder lists what is not
to be told again: rows of `rule`, `text` and `reason`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from drafting.checks.families import MODULE_OF
from drafting.checks.kinds import Aids, Example, Rule
from drafting.config import TEMPLATES, Loader, nearest, read_yaml
from drafting.errors import ConfigError
from drafting.model import Exempt

_REQUIRED = ("id", "name", "kind", "reason", "severity", "advice", "clean", "faulty")
_KEYS = (*_REQUIRED, "final", "fixes", "slow", "lists", "numbers", "enabled")
_EXEMPT = ("rule", "text", "reason")
_SEVERITIES = ("E", "W", "I")


def load_rules(folders: Sequence[Path] = (TEMPLATES,)) -> tuple[Rule, ...]:
    """Every rule under `folders` (the user's before ours), by id. Raises ConfigError with file and key."""
    files = [row for folder in reversed(folders) for row in _files(folder / "rules")]
    return _loaded(tuple(path for path, _ in files), tuple(changed for _, changed in files))


def _files(folder: Path) -> tuple[tuple[str, int], ...]:
    """The rule files of a folder, each with the time it was changed. Ours do not change while the program runs."""
    return _ours() if folder == TEMPLATES / "rules" else _listed(folder)


@cache
def _ours() -> tuple[tuple[str, int], ...]:
    return _listed(TEMPLATES / "rules")


def _listed(folder: Path) -> tuple[tuple[str, int], ...]:
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted((entry.path, entry.stat().st_mtime_ns) for entry in entries if entry.name.endswith(".yaml")))
    except FileNotFoundError:
        return ()


def known_ids(folders: Sequence[Path] = (TEMPLATES,)) -> tuple[str, ...]:
    """The id of every rule file, those turned off included. A file that cannot be read has none: who runs the checks is told."""
    found = set()
    for path, changed in (row for folder in folders for row in _files(folder / "rules")):
        found.add(_id_of(path, changed))
    return tuple(sorted(found - {""}))


def is_known(id_: str, known: Sequence[str]) -> bool:
    """Whether `id_` is one of the `known` ids, or a family of them (R, F)."""
    return bool(id_) and any(one.startswith(id_.upper()) for one in known)


def unknown(id_: str, known: Sequence[str]) -> str:
    """What is to be told of an id that there is not: those of its family, all of them where it has none."""
    family = [one for one in known if one[:1] == id_[:1].upper()]
    told = f"{family[0][0]} 开头的有：" if family else "可用的有："
    return f"没有编号为“{id_}”的检查，{told}{'、'.join(family or known)}"


@lru_cache(maxsize=256)
def _id_of(path: str, changed: int) -> str:
    """The id a rule file gives, read no further than that line."""
    lines = Path(path).read_text("utf-8", "replace").splitlines()
    return next((line.partition(":")[2].strip(" \"'") for line in lines if line.startswith("id:")), "")


def load_exceptions(folders: Sequence[Path] = (TEMPLATES,)) -> tuple[Exempt, ...]:
    """The exceptions a user has written down in `exceptions.yaml`. Raises ConfigError with the file."""
    found: list[Exempt] = []
    for path in (folder / "exceptions.yaml" for folder in folders):
        for n, row in enumerate((read_yaml(path) or ()) if path.exists() else ()):
            if isinstance(row, dict) and (odd := [key for key in row if key not in _EXEMPT]):
                message = f"例外里没有“{odd[0]}”这个键{nearest(str(odd[0]), _EXEMPT)}"
                raise ConfigError(message, str(path), _line_of(path, n, str(odd[0])))
            if not isinstance(row, dict) or not row.get("text"):
                raise ConfigError("例外应逐条写成“- {rule: R02, text: 地名, reason: 理由}”", str(path), _line_of(path, n))
            if row.get("rule") and not is_known(str(row["rule"]), known := known_ids((*folders, TEMPLATES))):
                raise ConfigError(unknown(str(row["rule"]), known), str(path), _line_of(path, n, "rule"))
            found.append(Exempt(str(row.get("rule", "")), str(row["text"]), str(row.get("reason", ""))))
    return tuple(found)


def _line_of(path: Path, row: int, key: str = "") -> int | None:
    """The line on which a row of a list begins, or that of a key in it."""
    rows = yaml.compose(path.read_text("utf-8"), Loader)
    node = rows.value[row] if isinstance(rows, yaml.SequenceNode) else rows
    keys = [name for name, _ in node.value if name.value == key] if isinstance(node, yaml.MappingNode) else []
    found = keys[0] if keys else node
    return None if found is None else found.start_mark.line + 1


def choose(rules: Sequence[Rule], ids: Sequence[str], *, slow: bool = False) -> tuple[Rule, ...]:
    """The rules of those ids or families (R02, R, F); all, slow ones only if `slow`, for none. Raises ConfigError for an unknown id."""
    if not ids:
        return tuple(rule for rule in rules if slow or not rule.slow)
    known = [rule.id for rule in rules]
    for wanted in (id_.upper() for id_ in ids):
        if not is_known(wanted, known):
            raise ConfigError(unknown(wanted, known))
    return tuple(rule for rule in rules if any(rule.id.startswith(id_.upper()) for id_ in ids))


@lru_cache(maxsize=8)
def _loaded(files: tuple[str, ...], changed: tuple[int, ...]) -> tuple[Rule, ...]:
    """The rules of `files`, later ones changing earlier ones; `changed` are their times, so that an edited file is read again."""
    found: dict[str, tuple[dict[str, Any], Path]] = {}
    for path in map(Path, files):
        data = read_yaml(path)
        if not isinstance(data, dict) or not data.get("id"):
            raise ConfigError("规则文件应为若干“键: 值”，其中要有 id", str(path))
        if unknown := [key for key in data if key not in _KEYS]:
            raise ConfigError(f"规则里没有“{unknown[0]}”这个键{nearest(str(unknown[0]), _KEYS)}", str(path))
        found[data["id"]] = (_over(found.get(data["id"], ({}, path))[0], data), path)
    return tuple(_tried(_rule(data, path), path) for _, (data, path) in sorted(found.items()) if data.get("enabled", True))


def _tried(rule: Rule, path: Path) -> Rule:
    """A rule, tried on its own examples where a user wrote them: one that misses what it is meant to find looks like a check that is
    passed. Raises ConfigError."""
    if not rule.own or rule.slow or not {"clean", "faulty"} & read_yaml(path).keys():
        return rule
    from drafting.checks.run import check_example

    aids = Aids((path.parent.parent, TEMPLATES))
    if not check_example(rule, rule.faulty, aids):
        what = f"规则 {rule.id} 查不出它自己的错例“{_short(rule.faulty)}”"
        raise ConfigError(f"{what}；请改查法（如 lists 里的 patterns），或改 faulty", str(path))
    if found := check_example(rule, rule.clean, aids):
        where = f"把它自己的正例“{_short(rule.clean)}”也当成了错（查到“{found[0].text}”）"
        raise ConfigError(f"规则 {rule.id} {where}；请在 lists 里加 except，或改 clean", str(path))
    return rule


def _short(example: Example, most: int = 40) -> str:
    flat = " ".join(example.text.split())
    return flat if len(flat) <= most else f"{flat[:most]}…"


def _over(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """A rule of ours as a user changed it."""
    lists = {
        name: [*(ours.get("lists") or {}).get(name, ()), *(theirs.get("lists") or {}).get(name, ())]
        for name in {**(ours.get("lists") or {}), **(theirs.get("lists") or {})}
    }
    numbers = {**(ours.get("numbers") or {}), **(theirs.get("numbers") or {})}
    final = {"final": theirs["severity"]} if "severity" in theirs and "final" not in theirs else {}
    return {**ours, **theirs, **final, "lists": lists, "numbers": numbers}


def _rule(data: Mapping[str, Any], path: Path) -> Rule:
    for key in _REQUIRED:
        if not data.get(key):
            raise ConfigError(f"规则 {data['id']} 缺少“{key}”", str(path))
    for key in ("severity", "final"):
        if data.get(key, "E") not in _SEVERITIES:
            raise ConfigError(f"规则 {data['id']} 的“{key}”应为 E、W 或 I，写成了“{data[key]}”", str(path))
    if data["kind"] not in MODULE_OF:
        raise ConfigError(f"规则 {data['id']} 的“kind”没有“{data['kind']}”这一种{nearest(str(data['kind']), list(MODULE_OF))}", str(path))
    try:
        return Rule(
            data["id"], data["name"], data["kind"], data["reason"], data["severity"], data.get("final", data["severity"]),
            data["advice"], _example(data["clean"]), _example(data["faulty"]), bool(data.get("fixes")), bool(data.get("slow")),
            {name: tuple(map(str, words)) for name, words in data["lists"].items()},
            {name: float(value) for name, value in data["numbers"].items()}, not path.is_relative_to(TEMPLATES),
        )  # fmt: skip
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"规则 {data['id']} 有一项写错了类型；请对照自带的同类文件", str(path)) from error


def _example(data: str | Mapping[str, Any]) -> Example:
    if isinstance(data, str):
        return Example(data.strip())
    return Example(data["text"].strip(), {key: value for key, value in data.items() if key != "text"})
