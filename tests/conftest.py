"""What every test stands on: no test reads or writes the user's own folders, and the built-in bank is mined once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import pytest
from hypothesis import settings
from pytest_asyncio import is_async_test

# No deadlines: speed is measured by benchmarks, and the first call loads a dictionary. In CI the same examples every time:
# a find of chance is for developers.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# What the extras install may lie in a folder of its own: CI keeps it out of what the README's test command installs.
if os.environ.get("NIGAO_TEST_EXTRAS"):
    sys.path.append(os.environ["NIGAO_TEST_EXTRAS"])

# Child processes find the project and everything this process finds, wherever that was installed.
os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *(str(Path(place).resolve()) for place in sys.path if place)])


LONGEST = frozenset((
    "test_readme", "test_cluster", "test_batch", "test_render", "test_tui_screens", "test_tui_random", "test_originality", "test_pages",
    "test_damage",
))  # fmt: skip
"""Files of tests that take half a minute and more."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Asynchronous tests of a file have one event loop, and so may share what runs in it (`walking`). Files that take longest come
    first, so that no worker is left alone with one of them at the end."""
    items.sort(key=lambda item: (item.path.stem not in LONGEST))
    for item in items:
        if is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)


@pytest.fixture(autouse=True, scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One cache folder for the whole run, so that the built-in bank is mined once; a bank of the very same corpus and miner that
    an earlier call left (its name is their digest) is taken as it is."""
    folder = tmp_path_factory.mktemp("cache")
    (folder / "nigao").mkdir()
    for bank in (Path.home() / ".cache/nigao").glob("builtin-*.db"):
        shutil.copy2(bank, folder / "nigao" / bank.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(autouse=True, scope="session")
def _read_once() -> Iterator[None]:
    """A genre or a theme is made of its file once, as long as the file says the same: reading all of them takes a third of a second,
    and hundreds of tests open a library of their own. What comes of it is frozen; faults are found each time."""
    from drafting import config

    build = config.built

    @cache
    def made(maker: Callable[..., object], path: Path, kind: str, content: bytes) -> object:
        return build(maker, path, kind)

    def built(maker: Callable[..., object], path: Path, kind: str) -> object:
        try:
            content = path.read_bytes()
        except OSError:
            return build(maker, path, kind)  # which says so
        return made(maker, path, kind, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config, "built", built)
        yield


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and state of the person who runs the tests are neither read nor touched."""
    base = tmp_path_factory.mktemp("user")
    for name in ("NIGAO_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "NIGAO_STATE"):
        monkeypatch.setenv(name, str(base / name.lower()))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts and gold annotation beside the project; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared (real texts and their annotation) is not here")
    return SHARED


@pytest.fixture(scope="session")
def library():
    """Our own genres and themes, none of a user's."""
    return own_library()


@pytest.fixture(scope="session")
def builtin(_cache: Path):
    """The built-in bank, mined on first use."""
    from drafting.builtin import builtin_bank

    return builtin_bank()


@lru_cache
def own_library():
    """Genres and themes under `templates/`."""
    from drafting.config import TEMPLATES, load_library

    return load_library([TEMPLATES])


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes `files` (path: content) under `folder` and returns it: the input stands in the test that needs it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """`write_tree` into the test's own folder."""
    return lambda files: write_tree(tmp_path, files)


@pytest.fixture
def nigao(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `nigao` as a user does, without a terminal, in the test's own folder."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui", *map(str, arguments)], cwd=tmp_path, capture_output=True, text=True,
            encoding="utf-8", stdin=subprocess.DEVNULL, timeout=120, check=False,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
        )  # fmt: skip

    return run


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `nigao` in this process, in the test's own folder: what `nigao` above does, without what starting a process costs."""
    from tui.cli import main

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            for name, value in environment.items():
                patch.setenv(name, value)
            try:
                code = main([str(argument) for argument in arguments])
            except SystemExit as left:  # argparse
                code = int(left.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(list(map(str, arguments)), code, said.out, said.err)

    return run
