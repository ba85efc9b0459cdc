"""Mining over files on disk: the bank of a run in memory to the byte, and never a bank with rows missing."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import own_library

from phrasebank.assemble import Report
from phrasebank.errors import BankError, NigaoError
from phrasebank.large.expressions import GROUP, groups
from phrasebank.large.run import mine_large
from phrasebank.large.shards import Columns, ShardError, rows, write
from phrasebank.large.work import parts_for
from phrasebank.mine import mine
from phrasebank.readers import find_files, size_of
from phrasebank.workers import EngineError, Processes

pytest.importorskip("duckdb", reason="the extra mine-large is not installed")

WHO = ("各村支部", "河长办", "水利站", "护堤队", "驻村干部", "临河镇", "青山县", "老河工", "妇联小组", "村会计")
WHERE = ("河堤上", "渠道里", "村口", "集市旁", "果园边", "祠堂前", "晒场上", "仓库里", "学校外", "渡口边", "坝脚下", "山坳里")
SIGNS = "石木竹禾米豆茶麻桑柳松桃梅兰渠塘井桥堰坝堤坡岗岭沟湾滩洲桩栏闸泵灯窖仓棚圈棉油盐布砖瓦梁柱门窗锁铃车船桨网绳锄犁磨秤"
HOW = ("一处一处查清", "一件一件办好", "一笔一笔算明白", "一天一天盯下去", "一户一户问到", "一段一段写上名字", "一项一项交到人手里")
WHEN = ("汛期以前", "开春以后", "秋收之前", "入冬以前", "端午之前", "三伏天里", "年关以前", "赶集那天")
WHY = ("免得水来了再着急", "好让群众看得见", "这样夜里才睡得着", "出了事才有人担", "往后才有章可循", "群众才肯跟着干")


def thing(dice: random.Random) -> str:
    """Something to be looked after: 石桥, 茶灯."""
    return "".join(dice.sample(SIGNS, 2))


def sentence(dice: random.Random) -> str:
    """One of many millions."""
    things = "和".join(thing(dice) for _ in range(dice.randint(1, 4)))
    says = f"{dice.choice(WHO)}要把{dice.choice(WHERE)}的{things}{dice.choice(HOW)}", dice.choice(WHY), f"{dice.choice(WHEN)}见分晓"
    return "，".join(dice.sample(says, 3)) + "。"


def speech(dice: random.Random) -> str:
    """A speech with headings, figures and a year."""
    parts = [f"在护堤工作会上的讲话\n（20{dice.randint(10, 24)}年3月5日）\n同志们："]
    for number in "一二三":
        body = ["".join(sentence(dice) for _ in range(dice.randint(2, 4))) for _ in range(3)]
        figures = f"去年全镇加固河堤{dice.randint(10, 99)}公里，比上年多{dice.randint(2, 9)}公里。"
        parts += [f"{number}、把{dice.choice(WHERE)}的{thing(dice)}管好", *body, figures]
    return "\n".join(parts) + "\n"


def edited(dice: random.Random, text: str) -> str:
    """A copy with some words changed, as texts circulate."""
    letters = list(text)
    for _ in range(len(letters) // 60):
        at = dice.randrange(len(letters))
        if letters[at] not in "\n，。：、一二三（）":
            letters[at] = dice.choice("河堤水人事大")
    return "".join(letters)


def corpus(folder: Path, files: int = 21, seed: int = 7) -> Path:
    """A folder of texts: a third are copies of others, some of them edited; one file cannot be read."""
    dice, texts = random.Random(seed), []
    folder.mkdir(parents=True)
    for number in range(files):
        old = dice.choice(texts) if texts and number % 3 == 0 else None
        texts.append(speech(dice) if old is None else edited(dice, old) if number % 2 else old)
        (folder / f"{number:03}.txt").write_text(texts[-1], "utf-8")
    (folder / "坏.txt").write_bytes(bytes(range(256)) * 8)
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("large") / "旧稿")


@pytest.fixture(scope="session")
def expected(folder: Path) -> tuple[Report, bytes]:
    """What the run in memory gives."""
    report = mine([folder], folder.parent / "memory.db", own_library().lexicon(), base=folder)
    return report, (folder.parent / "memory.db").read_bytes()


def large(folder: Path, output: Path, jobs: int = 1, engine=None, **more) -> Report:
    files, faults = find_files([folder])
    engine = engine or Processes(jobs)
    try:
        return mine_large(files, faults, output, own_library().lexicon(), engine=engine, jobs=jobs, base=folder, **more)
    finally:
        engine.close()


@pytest.mark.parametrize(("jobs", "parts"), [(1, 1), (2, 4), (3, 7)])
def test_the_bank_is_that_of_a_run_in_memory(folder, expected, tmp_path, jobs, parts):
    """Neither the route nor the number of workers nor how files are divided changes a byte or a count."""
    report = large(folder, tmp_path / "bank.db", jobs, parts=parts)
    assert (report, (tmp_path / "bank.db").read_bytes()) == expected
    assert report.copies > 5
    assert report.folded > 5
    assert [path.name for path in tmp_path.iterdir()] == ["bank.db"]


def test_twelve_megabytes_are_divided_as_eleven_are():
    """A corpus that grows a little is divided as before, so that only what changed is mined again after a failed run."""
    assert parts_for(11_000_000) == parts_for(12_000_000) == 4
    assert parts_for(0) == 1


class Interrupted(Exception):
    """The end of a run, for a test."""


class After(Processes):
    """An engine that does something when the tasks of one function have ended."""

    def __init__(self, name: str, then: Callable[[], None]) -> None:
        super().__init__(1)
        self.name, self.then = name, then

    def run(self, function, tasks, *heard) -> None:
        super().run(function, tasks, *heard)
        if function.__name__ == self.name:
            self.then()


def stop() -> None:
    raise Interrupted


def shards(output: Path, name: str) -> list[Path]:
    """The shards of an unfinished run."""
    return sorted(output.parent.glob(f".nigao-*/{name}-*.parquet"))


def test_a_run_that_was_ended_goes_on_where_it_stopped(folder, expected, tmp_path):
    """What was mined before is not mined again."""
    output = tmp_path / "bank.db"
    with pytest.raises(Interrupted):
        large(folder, output, engine=After("mine_partition", stop), parts=3)
    before = {path: path.stat().st_mtime_ns for path in shards(output, "phrases")}
    seen: dict[Path, int] = {}
    again = After("mine_partition", lambda: seen.update((path, path.stat().st_mtime_ns) for path in shards(output, "phrases")))
    large(folder, output, engine=again, parts=3)
    assert len(before) == 3
    assert before == seen
    assert output.read_bytes() == expected[1]


def test_shards_that_were_damaged_since_are_mined_again(folder, expected, tmp_path):
    """A manifest is not believed where its files are not as it says."""
    output = tmp_path / "bank.db"
    with pytest.raises(Interrupted):
        large(folder, output, engine=After("mine_partition", stop), parts=3)
    shards(output, "documents")[0].unlink()
    for name in ("passages", "phrases"):
        short = shards(output, name)[1 if name == "passages" else 2]
        short.write_bytes(short.read_bytes()[:-100])
    large(folder, output, parts=3)
    assert output.read_bytes() == expected[1]


@pytest.fixture(scope="module")
def old_bank(tmp_path_factory) -> tuple[Path, bytes]:
    """A few texts and their bank."""
    folder = tmp_path_factory.mktemp("old")
    large(corpus(folder / "稿", files=6), folder / "bank.db", parts=2)
    return folder / "稿", (folder / "bank.db").read_bytes()


@pytest.mark.parametrize(
    ("function", "name", "how"),
    [("mine_partition", "phrases", "short"), ("pair_band", "near-passages", "gone"), ("mark", "marks", "short"),
     ("gather_range", "sentences", "gone"), ("fold_range", "folded", "short"), ("count_candidates", "totals", "gone"),
     ("count_frequent", "counts", "gone")],
)  # fmt: skip
def test_a_shard_that_goes_missing_is_an_error_and_no_bank(old_bank, tmp_path, function, name, how):
    """Whatever becomes of a worker's files: there is a message, and the old bank stays."""
    output, (texts, old) = tmp_path / "bank.db", old_bank
    output.write_bytes(old)
    small = Path(shutil.copytree(texts, tmp_path / "稿"))

    def harm() -> None:
        for path in shards(output, name)[-1:]:
            path.unlink() if how == "gone" else path.write_bytes(path.read_bytes()[:-40])

    (small / "新.txt").write_text(speech(random.Random(3)), "utf-8")
    with pytest.raises(ShardError):
        large(small, output, engine=After(function, harm), parts=2)
    assert output.read_bytes() == old


def end_worker(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying(Processes):
    """An engine whose workers are ended in the middle of gathering."""

    def run(self, function, tasks, *heard) -> None:
        super().run(end_worker if function.__name__ == "gather_range" else function, tasks, *heard)


def test_a_worker_that_is_lost_is_a_message_and_no_bank(folder, tmp_path):
    """The system ends processes that take too much memory: the run says so."""
    with pytest.raises(EngineError) as caught:
        large(folder, tmp_path / "bank.db", engine=Dying(2), parts=4)
    assert "工作进程" in str(caught.value)
    assert not (tmp_path / "bank.db").exists()


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_large import large
if __name__ == "__main__":
    large(Path(sys.argv[2]), Path(sys.argv[3]), jobs=2, parts=4)
"""


@pytest.mark.parametrize("when", [
    "mined-00001", pytest.param("near-passages-00003", marks=pytest.mark.slow), pytest.param("folding-00001", marks=pytest.mark.slow),
])  # fmt: skip
def test_a_run_killed_at_any_moment_leaves_the_old_bank_and_goes_on(folder, expected, tmp_path, when):
    """kill -9 of the leading process: the bank is the old one, its workers end too, and the next run completes."""
    output = tmp_path / "bank.db"
    output.write_bytes(b"")
    command = [sys.executable, "-c", CHILD, str(Path(__file__).parent), str(folder), str(output)]
    with subprocess.Popen(command, start_new_session=True) as child:
        wait_for(lambda: list(tmp_path.glob(f".nigao-*/{when}.json")) or child.poll() is not None)
        child.kill()
    assert output.read_bytes() in (b"", expected[1])
    wait_for(lambda: not group_alive(child.pid))
    large(folder, output, parts=4)
    assert output.read_bytes() == expected[1]


def wait_for(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def group_alive(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("limit", [4_000, 60_000])
def test_a_full_disk_is_a_message_and_the_old_bank_stays(folder, tmp_path, limit):
    """No file may grow beyond some bytes, as on a full disk."""
    output = tmp_path / "bank.db"
    output.write_bytes(b"")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(NigaoError):
            large(folder, output)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert output.read_bytes() == b""


def test_a_work_folder_of_choice_is_left_as_it_was(folder, expected, tmp_path):
    """Only what the run put there is removed."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work/mine.txt").write_text("x")
    large(folder, tmp_path / "bank.db", work=tmp_path / "work")
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["mine.txt"]
    large(folder, tmp_path / "bank.db", work=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_work_folder_that_cannot_be_made_is_an_error(folder, tmp_path):
    """A file of that name is in the way."""
    (tmp_path / "work").write_text("x")
    with pytest.raises(BankError):
        large(folder, tmp_path / "bank.db", work=tmp_path / "work")


def test_files_in_archives_have_a_size(tmp_path):
    """By their archive, once."""
    (tmp_path / "a.zip").write_bytes(bytes(100))
    assert size_of([tmp_path / "a.zip/1.txt", tmp_path / "a.zip/2.txt", tmp_path / "none.txt"]) == 400


def test_a_shard_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    """While a bank is written the sorted shards of all ranges are open: what each holds of its file adds up."""
    import pyarrow as pa

    path, dice = tmp_path / "shard.parquet", random.Random(1)
    write(path, Columns.of(row="bytes"), ((dice.randbytes(400),) for _ in range(8192)), 128)
    before = pa.total_allocated_bytes()
    opened = [rows(path, ("row",), 128) for _ in range(4)]
    assert all(len(next(one)[0]) == 400 for one in opened)
    assert pa.total_allocated_bytes() - before < path.stat().st_size / 2
    assert [sum(1 for _ in one) for one in opened] == [8191] * 4


def test_groups_of_set_expressions_are_of_even_size() -> None:
    dice = random.Random(2)
    words = [dice.randint(250_000, 420_000) for _ in range(64)]
    found = groups(words)
    assert [part for group in found for part in group] == list(range(64))
    sizes = [sum(words[part] for part in group) for group in found]
    assert max(sizes) < 1.5 * GROUP and max(sizes) < 1.3 * min(sizes)
    assert groups([5]) == [(0,)] and groups([0, 0]) == [(0, 1)]
