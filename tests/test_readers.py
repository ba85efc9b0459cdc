"""Files in, text out."""

import zipfile
from pathlib import Path

import pytest

from phrasebank.errors import ReadError
from phrasebank.readers import find_files, read

TEXT = "同志们：\n青山县的工作要一步一个脚印，把任务抓实，我们大家都要努力。\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings_are_told_apart(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(TEXT.encode(codec))
    assert read(path).lines == tuple(TEXT.splitlines())


def test_big5_is_told_from_gb18030(tmp_path: Path) -> None:
    text = "各位同仁：今天我們在這裡開會，主要是討論大家的意見，為了地方的發展一起努力工作。"
    path = tmp_path / "稿.txt"
    path.write_bytes(text.encode("big5"))
    assert read(path).lines == (text,)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"一{end}{end}三{end}".encode())
    assert read(path).lines == ("一", "", "三")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, b"\0" * 50, bytes(range(256)) * 4])
def test_binary_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "图.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match="不是文本文件"):
        read(path)


@pytest.mark.parametrize("data", [b"", b"  \n \n", b"\xef\xbb\xbf"])
def test_empty_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "空.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match="空的"):
        read(path)


def test_front_matter_keeps_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "稿.md"
    path.write_text("---\ngenre: 研讨发言\ntheme: “安全生产”\n---\n# 一、抓**责任**\n正文**要点**。\n", "utf-8")
    raw = read(path)
    assert raw.meta == {"genre": "研讨发言", "theme": "“安全生产”"}
    assert raw.lines == ("", "", "", "", "一、抓责任", "正文要点。")


def test_a_rule_is_no_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "稿.md"
    path.write_text("---\n正文没有结束的横线。\n", "utf-8")
    assert read(path).meta == {}


def test_docx_paragraphs_and_cells(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("临河镇工作报告")
    document.add_table(1, 2).rows[0].cells[1].text = "表内文字"
    document.add_paragraph("各位代表：")
    document.save(str(tmp_path / "a.docx"))
    lines = [line for line in read(tmp_path / "a.docx").lines if line]
    assert lines == ["临河镇工作报告", "表内文字", "各位代表："]


def test_bad_word_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK not a zip")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("else.xml", "x")
    with zipfile.ZipFile(tmp_path / "c.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "0" * 5_000_000)
    for name in "abc":
        with pytest.raises(ReadError, match="Word|压缩"):
            read(tmp_path / f"{name}.docx")


def test_folders_are_searched_sorted_without_locks(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲/丙.md", "甲/~$丙.docx", ".隐.txt", ".git/丁.txt", "图.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("字", "utf-8")
    (tmp_path / "甲/圈").symlink_to(tmp_path, target_is_directory=True)
    found = [p.relative_to(tmp_path).as_posix() for p in find_files([tmp_path, tmp_path / "乙.txt"])]
    assert found == sorted(["乙.txt", "甲/丙.md"])


@pytest.mark.parametrize(("name", "message"), [("无.txt", "找不到"), ("空夹", "没有可读"), ("图.png", "不支持")])
def test_paths_that_give_nothing(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "空夹").mkdir()
    (tmp_path / "图.png").write_bytes(b"x")
    with pytest.raises(ReadError, match=message):
        find_files([tmp_path / name])


def test_reading_what_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="找不到"):
        read(tmp_path / "无.txt")
