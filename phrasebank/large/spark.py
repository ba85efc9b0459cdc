"""A Spark cluster as an engine. The only module that knows PySpark.

The tasks are dealt to the partitions of an RDD. Spark calls a task again when the process or machine that had it is gone;
whatever it says of its success, the leading process looks at the manifests and files that the tasks left.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from phrasebank.workers import EngineError, unheard

WAIT = 5.0
"""Seconds after which a master that does not answer is not there."""
PATIENCE = 60.0
"""Seconds without any executor after which nobody will come."""
LOOK = 1.0
"""Seconds after which that is looked at again."""
SLICES = 3
"""Into how many portions for each core tasks are dealt: what is lost with a worker is done again."""
LOG = "NIGAO_SPARK_LOG"
"""Environment variable: a file for what Spark says; without it that is thrown away, as it would drown what the user is told."""


class Spark:
    """The engine of a cluster: `spark://host:7077`, or `local[2]` to try it on one machine."""

    def __init__(self, address: str) -> None:
        _look(address)
        self._local = address.startswith("local")
        try:
            self._context = _context(address)
        except ImportError as error:
            raise EngineError("没有装 PySpark；请运行 pip install 'nigao[cluster]'，并装好 Java 17") from error
        except Exception as error:  # py4j and Java raise what they like
            raise EngineError(f"Spark 起不来：{_first(error)}；请检查 Java 17 是否装好", address) from error

    def run(self, function: Callable[[Any], None], tasks: Sequence[Any], done: Callable[[int], None] = unheard) -> None:
        """See `workers.Engine.run`; `done` is called when all have ended."""
        if not tasks:
            return
        slices = min(len(tasks), SLICES * self._context.defaultParallelism)
        dealt = [list(tasks[n::slices]) for n in range(slices)]  # large tasks come first: one to each
        self._wait(lambda: self._context.parallelize(dealt, slices).foreachPartition(_Each(function)))
        for index in range(len(tasks)):
            done(index)

    def _wait(self, job: Callable[[], None]) -> None:
        """Does a job of Spark, which would wait for ever when the last worker is gone. Raises EngineError."""
        with ThreadPoolExecutor(1) as thread:
            future, missed = thread.submit(job), 0.0
            while not future.done():
                wait([future], LOOK)
                missed = 0.0 if self._executors() else missed + LOOK
                if missed > PATIENCE:
                    self._context.cancelAllJobs()
                    raise EngineError(f"集群里没有可用的 worker，等了 {PATIENCE:.0f} 秒；素材库没有动，请检查集群后再运行一次")
        if error := future.exception():
            raise EngineError(f"集群没能做完，素材库没有动；请再运行一次，会从停下的地方接着做（{_first(error)}）") from error

    def _executors(self) -> int:
        """How many executors there are."""
        if self._local:
            return 1
        return int(self._context._jsc.sc().getExecutorMemoryStatus().size()) - 1

    def close(self) -> None:
        """Leaves the cluster."""
        self._context.stop()


class _Each:
    """A function over the tasks that were dealt to a partition of an RDD."""

    def __init__(self, function: Callable[[Any], None]) -> None:
        self._function = function

    def __call__(self, items: Iterator[Any]) -> None:
        for some in items:
            for item in some:
                self._function(item)


def _look(address: str) -> None:
    """Raises EngineError where no master answers: Spark itself would try for a minute."""
    if address.startswith("local"):
        return
    host, _, port = address.removeprefix("spark://").partition(",")[0].rpartition(":")
    try:
        if not address.startswith("spark://"):
            raise ValueError
        socket.create_connection((host, int(port)), WAIT).close()
    except ValueError as error:
        raise EngineError("集群地址要写成 spark://主机:端口", address) from error
    except OSError as error:
        raise EngineError("连不上集群；请检查地址，或先启动 Spark 的 master", address) from error


def _context(address: str) -> Any:  # noqa: ANN401 - PySpark is not here for all
    from pyspark import SparkConf, SparkContext

    settings = {
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.task.maxFailures": "4",
        "spark.python.worker.reuse": "true", "spark.executor.processTreeMetrics.enabled": "false",
    }  # fmt: skip
    if address.startswith(("spark://127.", "spark://localhost:", "local")):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setMaster(address).setAppName("nigao mine").setAll(list(settings.items()))
    with _quiet():
        return SparkContext(conf=conf)


@contextmanager
def _quiet() -> Iterator[None]:
    """What is started meanwhile writes to the log, not to the terminal."""
    log, terminal = os.open(os.environ.get(LOG) or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_APPEND), os.dup(2)
    try:
        os.dup2(log, 2)
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(log)


def _first(error: BaseException) -> str:
    """The line of a message that says most: of our own errors in a worker the Chinese one, else the first."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    ours = [line for line in lines if any("\u4e00" <= c <= "\u9fff" for c in line)]
    return (ours or lines)[-1 if ours else 0].removeprefix("phrasebank.").split("Error: ", 1)[-1][:200]


