"""The Jinja environment of section templates: sandboxed, strict, and looking in template folders only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from drafting.errors import ConfigError, RenderError
from drafting.numerals import chinese
from phrasebank.errors import NigaoError

_VARIANT = re.compile(r"-(\d+)\.j2$")


@lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """The environment over `sections/` of the folders, the user's first. Compiled templates are kept."""
    loader = FileSystemLoader([folder / "sections" for folder in folders])
    env = ImmutableSandboxedEnvironment(
        loader=loader, undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    env.filters["chinese"] = chinese
    return env


@lru_cache(maxsize=512)
def variants(folders: tuple[Path, ...], stem: str) -> tuple[str, ...]:
    """Names of the templates `stem`-1.j2, `stem`-2.j2 … in any of the folders, in the order of their numbers.

    Raises ConfigError when there is none.
    """
    found = {
        path.relative_to(folder / "sections").as_posix()
        for folder in folders
        for path in (folder / "sections").glob(f"{stem}-*.j2")
        if _VARIANT.search(path.name)
    }
    if not found:
        raise ConfigError(f"没有“{stem}”的段落模板，应有 sections/{stem}-1.j2")
    return tuple(sorted(found, key=lambda name: int(_VARIANT.search(name)[1])))  # type: ignore[index]


def run(folders: Sequence[Path], name: str, values: dict[str, object]) -> str:
    """The template's output. Raises RenderError with the template's file and line."""
    env = environment(tuple(folders))
    try:
        return env.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise RenderError(f"段落模板写法有误：{error.message}", error.filename or name, error.lineno) from error
    except NigaoError:
        raise
    except Exception as error:  # a template can fail in any way Python can
        raise RenderError(f"段落模板运行出错：{error}", name, _line_of(error, name)) from error


def _line_of(error: Exception, name: str) -> int | None:
    """The template line an error came from: the last frame of its traceback inside the template."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(Path(name).name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
