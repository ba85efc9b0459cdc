"""One function over many items, in this process or in several.

`in_processes` hands the results back in the order of the items. An `Engine` hands nothing back: its functions leave files, which
can be checked, so that the same functions run in the processes of this machine (`Processes`) or of others
(`phrasebank.large.spark`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import parent_process
from threading import Thread
from typing import Any, Protocol, TypeVar

from phrasebank.errors import NigaoError

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int, str], None]
"""Called after each item with the items done, all items, and the item's name."""


class EngineError(NigaoError):
    """A process or machine that worked for this run is gone, or a cluster cannot be reached."""


LOST = "一个工作进程中途没了（多半是内存不够，或被人结束），素材库没有动；请再运行一次，或者用 --jobs 1"


class Engine(Protocol):
    """Where the functions of a run are called: in any order, in any process, perhaps twice."""

    def run(self, function: Callable[[Any], None], tasks: Sequence[Any], done: Callable[[int], None] = ...) -> None:
        """Calls `function` with each task and returns when all calls have ended well; `done` is called here with the index of
        each task as it ends. Raises EngineError when a worker is lost, and what a function raised."""

    def close(self) -> None:
        """Ends the workers."""


def _leave_with_parent() -> None:
    """Has a worker end when the process that started it is gone: it would wait for work for ever."""

    def watch() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def unheard(index: int) -> None:
    """Nobody listens."""


class Processes:
    """The engine of one machine: this process where `jobs` is 1, else as many others. They are started with the first tasks,
    and are the same to the end."""

    def __init__(self, jobs: int) -> None:
        self._pool = ProcessPoolExecutor(jobs, initializer=_leave_with_parent) if jobs > 1 else None

    def run(self, function: Callable[[Any], None], tasks: Sequence[Any], done: Callable[[int], None] = unheard) -> None:
        """See `Engine.run`."""
        if self._pool is None:
            for index, task in enumerate(tasks):
                function(task)
                done(index)
            return
        try:
            futures: dict[Future[None], int] = {self._pool.submit(function, task): n for n, task in enumerate(tasks)}
            for future in as_completed(futures):
                future.result()
                done(futures[future])
        except BrokenProcessPool as error:
            raise EngineError(LOST) from error

    def close(self) -> None:
        """Ends the workers; what they have not begun is not done."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def in_processes(one: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """`one` of each item, in at most `jobs` processes; `one` must be picklable where `jobs` is above 1. Raises EngineError when
    a process is lost."""
    if jobs <= 1 or len(items) < 2:
        yield from map(one, items)
        return
    try:
        with ProcessPoolExecutor(min(jobs, len(items)), initializer=_leave_with_parent) as pool:
            yield from pool.map(one, items, chunksize=max(1, min(8, len(items) // (jobs * 8))))
    except BrokenProcessPool as error:
        raise EngineError(LOST) from error


@contextmanager
def beside(function: Callable[[Item], Result], item: Item, jobs: int) -> Iterator[Callable[[], Result]]:
    """`function` of `item` at work in another process while the block runs, where `jobs` allow for one; what is yielded gives the
    result. Raises EngineError there when the process is lost."""
    if jobs <= 1:
        yield lambda: function(item)
        return
    with ProcessPoolExecutor(1, initializer=_leave_with_parent) as pool:
        future = pool.submit(function, item)
        yield lambda: _result(future)


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise EngineError(LOST) from error
