"""Zip archives are read like folders, and nothing in one can do harm."""

import binascii
import io
import struct
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.errors import ReadError
from phrasebank.readers import find_files, limits, read
from phrasebank.readers.archive import members

TEXT = "青山县的工作要一步一个脚印，把任务抓实。"
CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"


def packed(files: Mapping[str | bytes, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive. Names that are bytes stand there as they are, without a mark of their encoding."""
    buffer = io.BytesIO()
    places = {name: f"{n:_>{len(name)}}" if isinstance(name, bytes) else name for n, name in enumerate(files)}
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(places[name], content)
    data = buffer.getvalue()
    for name, place in places.items():
        if isinstance(name, bytes):
            data = data.replace(place.encode(), name)
    return data


def shown(path: Path) -> list[str]:
    return [member.relative_to(path).as_posix() for member in members(path)]


@pytest.fixture
def zipped(tmp_path: Path):
    def write(
        files: Mapping[str | bytes, str | bytes], name: str = "材料.zip", method: int = zipfile.ZIP_DEFLATED
    ) -> Path:
        path = tmp_path / name
        path.write_bytes(packed(files, method))
        return path

    return write


def patched(path: Path, signature: bytes, offset: int, form: str, value: int) -> Path:
    """The archive with a field of its first header changed."""
    data = bytearray(path.read_bytes())
    struct.pack_into(form, data, data.index(signature) + offset, value)
    path.write_bytes(data)
    return path


def test_members_are_found_and_read_like_files_of_a_folder(zipped, tmp_path):
    path = zipped({"发言/稿.txt": TEXT, "汇报.md": f"# 一、**{TEXT}**", "图.png": b"x", "发言/": b""})
    (tmp_path / "先.txt").write_text(TEXT, "utf-8")
    found = find_files([tmp_path])[0]
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["先.txt", "材料.zip/发言/稿.txt", "材料.zip/汇报.md"]
    assert [read(p).lines for p in found] == [(TEXT,), (TEXT,), (f"一、{TEXT}",)]
    assert read(found[1]).file == str(path / "发言" / "稿.txt")


def test_a_path_may_lead_into_an_archive(zipped):
    path = zipped({"甲/稿.txt": TEXT, "甲/乙/稿.txt": TEXT, "丙.txt": TEXT})
    assert [p.relative_to(path).as_posix() for p in find_files([path / "甲"])[0]] == ["甲/乙/稿.txt", "甲/稿.txt"]
    assert find_files([path / "丙.txt"])[0] == (path / "丙.txt",)
    for gone in (path / "无.txt", path / "甲" / "稿.txt" / "无.txt"):  # a member is no folder
        assert ["找不到" in fault.message for fault in find_files([gone])[1]] == [True]
        with pytest.raises(ReadError, match="没有这个文件"):
            read(gone)


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5"])
def test_names_without_a_mark_of_their_encoding(zipped, codec):
    last = "大會上的意見" if codec == "big5" else "联通"
    names = [f"{part}/{name}.txt" for part in ("材料", "三月文件") for name in ("工作要求", "一", last)]
    path = zipped({name.encode(codec): TEXT for name in names})
    assert shown(path) == sorted(names)
    assert {read(p).lines for p in members(path)} == {(TEXT,)}


def test_an_archive_whose_names_are_of_several_encodings(zipped):
    path = zipped(
        {"述职报告.txt".encode("gb18030"): TEXT, "发言提纲.txt".encode(): TEXT, "心得体会.txt": TEXT, "plan.txt": TEXT}
    )
    assert shown(path) == sorted(["述职报告.txt", "发言提纲.txt", "心得体会.txt", "plan.txt"])


def test_the_unicode_path_field_wins_over_the_bare_name(tmp_path):
    bare, name = b"????.txt", "述职报告.txt".encode()
    field = b"\1" + binascii.crc32(bare).to_bytes(4, "little") + name
    entry = zipfile.ZipInfo(bare.decode())
    entry.extra = struct.pack("<HH", 0x5455, 1) + b"\0" + struct.pack("<HH", 0x7075, len(field)) + field
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(entry, TEXT)
    assert shown(tmp_path / "a.zip") == ["述职报告.txt"]


def test_names_are_fit_to_be_shown_and_each_is_its_own(zipped):
    path = zipped(
        {"../../外.txt": "1", "/etc/外.txt": "2", "C:\\桌面\\稿.txt": "3", "外.txt": "4", "甲\n\u202e乙.txt": "5"}
    )
    assert shown(path) == ["etc/外.txt", "外 (2).txt", "外.txt", "桌面/稿.txt", "甲__乙.txt"]
    assert sorted(line for p in members(path) for line in read(p).lines) == list("12345")


def test_what_nobody_wrote_is_passed_over(zipped):
    path = zipped({"__MACOSX/._稿.txt": "x", "._稿.txt": "x", "~$稿.docx": "x", ".git/稿.txt": "x", "稿.txt": TEXT})
    assert shown(path) == ["稿.txt"]


def test_an_archive_in_an_archive_is_named_not_opened(zipped):
    path = zipped({"内.zip": packed({"稿.txt": TEXT}), "空.zip": packed({}), "稿.txt": TEXT})
    assert shown(path) == ["内.zip", "稿.txt", "空.zip"]
    with pytest.raises(ReadError, match="先把它解压"):
        read(path / "内.zip")
    with pytest.raises(ReadError, match="没有可读的文件"):
        read(path / "空.zip")


def test_an_archive_with_nothing_to_read_is_listed_itself(zipped, tmp_path):
    path = zipped({"图.png": b"x"})
    assert find_files([tmp_path])[0] == (path,)
    with pytest.raises(ReadError, match="没有可读的文件"):
        read(path)


def test_a_broken_archive_stops_no_other_file(zipped, tmp_path):
    broken = zipped({"稿.txt": TEXT * 50}, "坏.zip")
    broken.write_bytes(broken.read_bytes()[:-40])
    (tmp_path / "好.txt").write_text(TEXT, "utf-8")
    assert find_files([tmp_path])[0] == (broken, tmp_path / "好.txt")
    with pytest.raises(ReadError, match="已损坏") as caught:
        read(broken)
    assert caught.value.file == str(broken)


@pytest.mark.parametrize(
    ("signature", "offset", "form", "value", "message"),
    [
        (CENTRAL, 8, "<H", 1, "密码"),
        (CENTRAL, 10, "<H", 9, "压缩方法"),
        (CENTRAL, 16, "<I", 7, "已损坏"),
        (LOCAL, 26, "<H", 900, "已损坏"),
    ],
    ids=["locked", "method", "checksum", "local header"],
)
def test_a_member_that_cannot_be_unpacked(zipped, signature, offset, form, value, message):
    path = patched(zipped({"坏.txt": TEXT, "好.txt": TEXT}), signature, offset, form, value)
    with pytest.raises(ReadError, match=message) as caught:
        read(path / "坏.txt")
    assert caught.value.file == str(path / "坏.txt")
    assert read(path / "好.txt").lines == (TEXT,)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_whose_output_has_no_bound_are_refused(zipped, method):
    path = zipped({"稿.txt": TEXT}, method=method)
    with pytest.raises(ReadError, match="压缩方法"):
        read(path / "稿.txt")


def test_a_member_that_bursts_is_refused_and_the_others_are_read(zipped):
    path = zipped({"大.txt": "0" * 5_000_000, "小.txt": TEXT, "片.mp4": "0" * 5_000_000})
    with pytest.raises(ReadError, match="压缩比"):
        read(path / "大.txt")
    assert read(path / "小.txt").lines == (TEXT,)


def test_a_header_that_lies_about_the_size_costs_no_memory(zipped):
    path = zipped({"大.txt": b"0" * 60_000_000})
    patched(patched(path, CENTRAL, 24, "<I", 900), LOCAL, 22, "<I", 900)
    tracemalloc.start()
    try:
        with pytest.raises(ReadError, match="已损坏"):
            read(path / "大.txt")
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("limit", ["MAX_ENTRIES", "MAX_TOTAL", "_MAX_DIRECTORY"])
def test_limits_of_a_whole_archive(zipped, monkeypatch, limit):
    monkeypatch.setattr(limits, limit, 2)
    path = zipped({f"{n}.txt": TEXT for n in range(3)})
    assert find_files([path])[0] == (path,)
    for reading in (members, read):  # searched, and read as one file
        with pytest.raises(ReadError, match="过大"):
            reading(path)


def test_a_long_archive_is_opened_once(zipped, monkeypatch):
    opened = []
    real = zipfile.ZipFile
    monkeypatch.setattr(limits.zipfile, "ZipFile", lambda *given: opened.append(given) or real(*given))
    path = zipped({f"{n}.txt": TEXT for n in range(200)})
    opened.clear()
    assert {read(p).lines for p in find_files([path])[0]} == {(TEXT,)}
    assert len(opened) == 1


def test_a_changed_archive_is_read_anew(zipped):
    assert shown(zipped({"甲.txt": TEXT})) == ["甲.txt"]
    assert shown(zipped({"甲.txt": TEXT, "乙.txt": TEXT})) == ["乙.txt", "甲.txt"]


@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_no_damage_makes_it_fail_otherwise(tmp_path_factory, junk, at, cut):
    """Bytes written over an archive anywhere: it is read, or a ReadError says why not."""
    path = tmp_path_factory.mktemp("zip") / "材料.zip"
    data = packed({"发言/稿.txt": TEXT, "述职.txt".encode("gb18030"): TEXT})
    path.write_bytes(data[:at] + junk + data[at + cut :])
    try:
        for file in find_files([path])[0]:
            read(file)
    except ReadError as error:
        assert "\n" not in error.message


def test_a_real_archive(shared):
    path = shared / "corpus" / "office-files" / "cttzs.zip"
    assert [p.suffix for p in members(path)] == [".docx"]
    assert "公务员" in members(path)[0].name
