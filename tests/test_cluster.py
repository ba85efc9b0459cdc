"""Mining on a cluster: a real master and two workers on this machine; whatever happens to them, never a bank with rows missing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import own_library
from test_large import corpus, large

from phrasebank.errors import NigaoError
from phrasebank.large.spark import Spark
from phrasebank.mine import mine
from phrasebank.workers import EngineError

pyspark = pytest.importorskip("pyspark", reason="the extra cluster (PySpark) is not installed")
if shutil.which("java") is None:
    pytest.skip("no Java to run Spark with", allow_module_level=True)

PARTS = 6
LIGHT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
"""For Java: a start in half the time."""


def launched(log: Path, *arguments: object) -> subprocess.Popen[bytes]:
    """One of Spark's own programs, as `sbin/start-master.sh` and `start-worker.sh` run them."""
    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "JDK_JAVA_OPTIONS": LIGHT}
    with log.open("ab") as out:
        command = [str(home / "bin/spark-class"), *map(str, arguments)]
        return subprocess.Popen(command, stdout=out, stderr=out, env=environment, cwd=log.parent)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(found, seconds: float = 60.0):
    """What `found` gives once it gives something."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("cluster") / "旧稿", files=30)


@pytest.fixture(scope="module")
def expected(folder: Path) -> bytes:
    """The bank that one process makes in memory."""
    mine([folder], folder.parent / "memory.db", own_library().lexicon(), base=folder)
    return (folder.parent / "memory.db").read_bytes()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a master, and its two workers, one core each."""
    place, port = tmp_path_factory.mktemp("spark"), free_port()
    address, log = f"spark://127.0.0.1:{port}", place / "log"
    base = "org.apache.spark.deploy"
    started = [launched(log, f"{base}.master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", 0)]
    try:
        until(lambda: _answers(port))
        options = ("--host", "127.0.0.1", "--cores", 1, "--memory", "1g", "--webui-port", 0, "--work-dir", place, address)
        started += [launched(log, f"{base}.worker.Worker", *options) for _ in range(2)]
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def engine(cluster) -> Iterator[Spark]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", LIGHT)
        spark = Spark(cluster[0])
        yield spark
        spark.close()


class Kept:
    """An engine that stays open when a run ends."""

    def __init__(self, engine: Spark) -> None:
        self.run = engine.run

    def close(self) -> None:
        """Not yet."""


def below(pid: int) -> dict[int, str]:
    """The processes under one, with their command lines."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found: dict[int, str] = {}
    known = {pid}
    while new := {child for child, parent in parents.items() if parent in known} - known:
        known |= new
        found |= {child: Path(f"/proc/{child}/cmdline").read_bytes().decode(errors="replace") for child in new if _alive(child)}
    return found


def _alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").exists()


def killed_midway(folder: Path, output: Path, engine: Spark, victims) -> tuple[bytes | None, int]:
    """A run in which processes are killed once the first partition is mined: the bank it leaves, None where it fails with a
    message, and how many partitions were to be mined still."""
    open_ = []

    def kill() -> None:
        until(lambda: list(output.parent.glob(".nigao-*/mined-*.json")))
        open_.append(PARTS - len(list(output.parent.glob(".nigao-*/mined-*.json"))))
        for pid in victims():
            os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        large(folder, output, engine=Kept(engine), parts=PARTS)
    except NigaoError:
        assert not output.exists()
    killer.join()
    return output.read_bytes() if output.exists() else None, open_[0]


def test_the_bank_of_a_cluster_is_that_of_one_process(folder, expected, engine, tmp_path):
    """Two workers give the bytes of one process."""
    large(folder, tmp_path / "bank.db", engine=Kept(engine), parts=PARTS)
    assert (tmp_path / "bank.db").read_bytes() == expected


def test_a_killed_python_worker_takes_nothing_along(folder, expected, engine, cluster, tmp_path):
    """The Python processes of one executor end in the middle of a run: Spark calls their tasks again, and the bank is whole."""

    def pythons() -> list[int]:
        return [pid for pid, line in below(cluster[1][0].pid).items() if "pyspark" in line and "python" in line.split("\0")[0]]

    bank, left = killed_midway(folder, tmp_path / "bank.db", engine, lambda: until(pythons))
    assert left > 0
    assert bank == expected


@pytest.mark.slow  # as the test above, a level higher
def test_a_killed_worker_takes_nothing_along(folder, expected, engine, cluster, tmp_path):
    """A worker and all under it end in the middle of a run: the bank is whole, or there is a message and no bank."""
    worker = cluster[1][0]
    bank, left = killed_midway(folder, tmp_path / "bank.db", engine, lambda: [worker.pid, *below(worker.pid)])
    assert left > 0
    assert bank in (expected, None)
    if bank is None:
        large(folder, tmp_path / "bank.db", engine=Kept(engine), parts=PARTS)
        assert (tmp_path / "bank.db").read_bytes() == expected


@pytest.mark.parametrize("address", ["spark://127.0.0.1:1", "yarn", "spark://127.0.0.1"])
def test_a_cluster_that_is_not_there_is_an_error(address):
    """At once, and not after Spark has tried for a minute."""
    with pytest.raises(EngineError) as caught:
        Spark(address)
    assert caught.value.file == address
