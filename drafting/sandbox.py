"""The Jinja environment of section templates: sandboxed, strict, looking in template folders only, and with limits.

A template may be anybody's. What it can reach is what it is given; what it can spend is limited: turns of loops, characters printed or
put together, seconds. Reaching a limit is an error with file and line like any other.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MethodType
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from drafting.either import Either
from drafting.errors import ConfigError, RenderError
from drafting.numerals import chinese, counted, date_words
from phrasebank.errors import NigaoError

_VARIANT = re.compile(r"-(\d+)\.j2$")

TURNS = 5_000
"""Turns of all loops of a template together."""
PRINTED = 100_000
"""Characters a template may print, or put together at one place: thirty speeches."""
SECONDS = 2.0
"""Seconds of processor time of the thread that draws; a template of ours takes about a millisecond."""
LARGEST = 1_000
"""The longest range or list."""
GREATEST = 10**9
"""The greatest number; more digits only cost time."""

_KEPT_FILTERS = ("count", "length", "first", "last", "default", "d", "trim", "list", "reverse", "unique", "select", "reject")
FILTERS_OF_OURS = {"chinese": chinese, "counted": counted, "date": date_words}
_TEXT_METHODS = frozenset({"startswith", "endswith", "strip", "lstrip", "rstrip", "split", "count", "find"})
"""What may be asked of a text; methods that make long ones are not among them."""


class LimitError(Exception):
    """A limit is reached; its text is the Chinese sentence."""


@dataclass(slots=True)
class _Spent:
    """What the running template has spent."""

    turns: int = 0
    begun: float = field(default_factory=time.perf_counter)
    end: float = field(default_factory=lambda: time.thread_time() + SECONDS)

    def turn(self) -> None:
        self.turns += 1
        if self.turns > TURNS:
            raise LimitError(f"循环超过 {TURNS} 次，已经停下；请检查循环")
        self.tick()

    def tick(self) -> None:
        if time.perf_counter() - self.begun <= SECONDS:  # a tenth of what it costs to ask for the processor's time
            return
        if time.thread_time() > self.end:
            raise LimitError(f"运行超过 {SECONDS:g} 秒，已经停下；请检查循环")


_SPENT: ContextVar[_Spent] = ContextVar("spent")


class Environment(ImmutableSandboxedEnvironment):
    """Jinja with limits: every loop counts its turns, every text put together its characters."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, folders: Sequence[Path]) -> None:
        loader = FileSystemLoader([folder / "sections" for folder in folders])
        super().__init__(
            loader=loader, undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True,
            finalize=_printable, extensions=(Either,),
        )  # fmt: skip
        self.globals = {"range": _range, "_turns": _turns, "_joined": _joined}
        self.filters = {name: FILTERS[name] for name in _KEPT_FILTERS} | FILTERS_OF_OURS | {"join": _join}
        self._safe: dict[tuple[type, str], bool] = {}
        self.concat = _concat  # type: ignore[method-assign]  # every block of a template is put together by it

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree of a template, with every loop and every ~ made to count."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = _called("_turns", [loop.iter], loop.lineno)  # type: ignore[list-item]
        _replace_joints(tree)
        return tree

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Arithmetic of numbers, and texts that do not grow long."""
        if operator in ("**", "%") and not (isinstance(left, int | float) and operator == "%"):
            raise SecurityError(f"模板里不能用 {operator} 运算")
        if operator == "*" and any(isinstance(value, str | list | tuple) for value in (left, right)):
            raise SecurityError("模板里不能用 * 重复文字")
        return _short(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - as Jinja has it
        """What Jinja's sandbox lets through, and of texts a few questions only."""
        if isinstance(obj, str):
            return attr in _TEXT_METHODS
        kind = type(obj), attr  # nothing else of it is looked at
        if kind not in self._safe:
            self._safe[kind] = super().is_safe_attribute(obj, attr, value)
        return self._safe[kind]

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """What Jinja does; a method that no mark is on needs none of its questions."""
        if not isinstance(obj, MethodType) or obj.__func__.__dict__:
            return super().call(context, obj, *args, **kwargs)
        for name in ("_loop_vars", "_block_vars"):
            kwargs.pop(name, None)
        return obj(*args, **kwargs)


@lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> Environment:
    """The environment over `sections/` of the folders, the user's first. Compiled templates are kept."""
    return Environment(folders)


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
    token = _SPENT.set(_Spent())
    try:
        return env.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise RenderError(f"段落模板写法有误：{said(error)}", error.filename or name, error.lineno) from error
    except NigaoError as error:
        if error.file is not None:
            raise
        raise RenderError(error.message, name, _line_of(error, name)) from error
    except RecursionError as error:
        raise RenderError("段落模板一层层调用自己，没有尽头", name) from error
    except Exception as error:  # a template can fail in any way Python can
        raise RenderError(f"段落模板运行出错：{said(error)}", name, _line_of(error, name)) from error
    finally:
        _SPENT.reset(token)


def _replace_joints(node: nodes.Node) -> None:
    """Every a ~ b below a node becomes a call that counts."""
    for key, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(node, key, _counting(value))
        elif isinstance(value, list):
            setattr(node, key, [_counting(item) if isinstance(item, nodes.Node) else item for item in value])


def _counting(node: nodes.Node) -> nodes.Node:
    _replace_joints(node)
    return _called("_joined", node.nodes, node.lineno) if isinstance(node, nodes.Concat) else node


def _called(name: str, arguments: list[nodes.Expr], line: int) -> nodes.Call:
    """A call of one of our own functions, in a tree."""
    return nodes.Call(nodes.Name(name, "load", lineno=line), arguments, [], None, None, lineno=line)


def _turns(items: Iterable[object]) -> Iterator[object]:
    spent = _SPENT.get()
    for item in items:
        spent.turn()
        yield item


def _joined(*parts: object) -> str:
    return _concat(str(_printable(part)) for part in parts)


def _join(items: Iterable[object], between: str = "") -> str:
    """Jinja's `join`, with every item and mark counted before they are put together."""
    parts = (str(_printable(item)) for item in items)
    return _concat(part if at == 0 else f"{between}{part}" for at, part in enumerate(parts))


def _printable(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """A value that has words of its own. Raises SecurityError for lists, functions and the like: lists of lists can be printed
    without end, and Python's names for the others are no Chinese."""
    if isinstance(value, str | int | float) or type(value).__str__ is not object.__str__:
        return value
    what = "空的内容" if value is None else "整个列表，请用 for 或 join" if isinstance(value, list | tuple | range) else "函数或对象本身"
    raise SecurityError(f"这里不能打印{what}")


_SAYINGS = (
    (re.compile(r"'(\w+)' is undefined"), "没有名为 {} 的变量或函数"),
    (re.compile(r"has no (?:attribute|element) '?(\w+)'?"), "这里没有 {} 这一项"),
    (re.compile(r"access to attribute '(\w+)'"), "模板里不能用 {}"),
    (re.compile(r"No filter named '(\w+)'"), "没有名为 {} 的过滤器"),
    (re.compile(r"No test named '(\w+)'"), "is 后面不能写 {}"),
    (re.compile(r"nknown tag '(\w+)'"), "没有 {} 这个标签；for 要有 endfor，if 要有 endif，either 要有 endeither"),
    (re.compile(r"Unexpected end of template.*innermost block that needs to be closed is '(\w+)'", re.DOTALL), "{} 没有写 end{}"),
    (re.compile(r"(?:unexpected|expected token) (.+)"), "符号没有成对，或者写错了地方（{}）"),
)
"""What Jinja and Python say, and how a writer of templates understands it."""


def said(error: Exception) -> str:
    """What went wrong in a template, in Chinese as far as it is one of the usual faults."""
    if isinstance(error, MemoryError):
        return "占用内存过多，已经停下"
    if isinstance(error, TemplateNotFound):
        return f"sections 里没有“{error.name}”这个文件"
    found = ((match, form) for pattern, form in _SAYINGS if (match := pattern.search(str(error))))
    return next((form.replace("{}", match[1]) for match, form in found), str(error))


def _concat(parts: Iterable[str]) -> str:
    """The parts as one text. Raises LimitError before it grows long."""
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part)
        if size > PRINTED:
            raise LimitError(f"输出超过 {PRINTED} 字，已经停下")
        kept.append(part)
    if (spent := _SPENT.get(None)) is not None:
        spent.tick()
    return "".join(kept)


def _short(value: Any) -> Any:  # noqa: ANN401 - what arithmetic gives
    """A value that has not grown beyond measure. Raises LimitError."""
    if isinstance(value, str) and len(value) > PRINTED:
        raise LimitError(f"文字超过 {PRINTED} 字，已经停下")
    if isinstance(value, list | tuple) and len(value) > LARGEST:
        raise LimitError(f"列表超过 {LARGEST} 项，已经停下")
    if isinstance(value, int | float) and abs(value) > GREATEST:
        raise LimitError("算出来的数太大，已经停下")
    return value


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > LARGEST:
        raise LimitError(f"range 不能超过 {LARGEST} 项")
    return numbers


def _line_of(error: Exception, name: str) -> int | None:
    """The template line an error came from: the last frame of its traceback inside the template."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(Path(name).name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
