"""Files in four formats, whole or not at all."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest

from drafting.errors import ExportError
from drafting.export import export, to_json, to_markdown, to_text
from drafting.layout import Layout, load_layout
from drafting.model import Blank, Block, Draft, Origin, Outline, Span
from phrasebank.model import Source

ASKED = Blank("数据", "新改建农村公路里程", "公里", 2025)


def span(text: str) -> Span:
    return Span(text, Origin("writer"))


@pytest.fixture
def layout() -> Layout:
    return load_layout("official")


@pytest.fixture
def draft() -> Draft:
    phrase = Origin("phrase", "p7", (Source("旧稿/讲话.txt", 12), Source("旧稿/发言.docx", 3)))
    return Draft(
        Outline("会议讲话", "安全生产"),
        (
            Block("title", (span("在临河镇春耕会议上的讲话"),)),
            Block("speaker", (span("林一禾"),)),
            Block("salutation", (span("同志们："),)),
            Block("heading", lead=(span("一、抢农时"),), level=1, number="一、", slot=(0, -1)),
            Block(
                "paragraph",
                (
                    Span("各村要把种子备足。", phrase),
                    Span(str(ASKED), Origin("blank", blank=ASKED)),
                    span("已经修好。"),
                ),
                (span("（一）备好种子。"),),
                2,
                "（一）",
                (0, 1),
            ),
            Block("closing", (span("谢谢大家！"),)),
        ),
    )


def test_text_is_one_block_a_line(draft):
    """No indents that would have to be deleted again; an empty line under the title block."""
    assert to_text(draft).splitlines() == [
        "在临河镇春耕会议上的讲话", "林一禾", "", "同志们：", "一、抢农时",
        "（一）备好种子。各村要把种子备足。〔待填：数据｜2025年新改建农村公路里程｜公里〕已经修好。", "谢谢大家！",
    ]  # fmt: skip


def test_markdown(draft):
    """Bold ends before the closing mark, or CommonMark would show the asterisks."""
    assert to_markdown(draft).split("\n\n") == [
        "# 在临河镇春耕会议上的讲话", "林一禾", "同志们：", "## 一、抢农时",
        "**（一）备好种子**。各村要把种子备足。〔待填：数据｜2025年新改建农村公路里程｜公里〕已经修好。", "谢谢大家！\n",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1.抓早抓小", "1\\.抓早抓小"),
        ("- 一条", "\\- 一条"),
        ("# 号", "\\# 号"),
        ("用*号和_线和<b>", "用\\*号和\\_线和\\<b\\>"),
        ("增长3.5%，C#", "增长3.5%，C#"),
        ("第一行\n第二行", "第一行 第二行"),
    ],
)
def test_markdown_takes_text_as_it_stands(text, wanted):
    made = to_markdown(Draft(Outline("a", "b"), (Block("paragraph", (span(text),)),)))
    assert made == wanted + "\n"
    markdown = pytest.importorskip("markdown_it")
    html = markdown.MarkdownIt().render(made)
    assert html.startswith("<p>") and not re.search("<(?!/?p>)", html)


def test_json_says_where_everything_came_from(draft):
    """Kind, reference, sources and what a blank asks, span by span."""
    made = to_json(draft)
    assert made["title"] == draft.title and made["characters"] == draft.characters
    block = made["blocks"][4]
    assert (block["kind"], block["level"], block["number"], block["slot"]) == ("paragraph", 2, "（一）", [0, 1])
    assert block["lead"][0]["text"] == "（一）备好种子。"
    assert block["spans"][0] == {
        "text": "各村要把种子备足。", "kind": "phrase", "ref": "p7", "blank": None,
        "sources": [{"file": "旧稿/讲话.txt", "line": 12}, {"file": "旧稿/发言.docx", "line": 3}],
    }  # fmt: skip
    asked = {"kind": "数据", "what": "新改建农村公路里程", "unit": "公里", "year": 2025, "doubtful": False}
    assert block["spans"][1]["blank"] == asked and block["spans"][1]["kind"] == "blank"
    assert "".join(s["text"] for b in made["blocks"] for s in b["lead"] + b["spans"]) == draft.text.replace("\n", "")


def test_the_suffix_names_the_format(tmp_path, draft, layout):
    for suffix in (".docx", ".md", ".txt", ".json", ".TXT"):
        export(draft, tmp_path / f"稿子{suffix}", layout)
    assert (tmp_path / "稿子.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "稿子.md").read_text("utf-8") == to_markdown(draft)
    assert (tmp_path / "稿子.txt").read_bytes() == to_text(draft).encode()
    assert json.loads((tmp_path / "稿子.json").read_text("utf-8")) == to_json(draft)
    assert len(list(tmp_path.iterdir())) == 5


@pytest.mark.parametrize("name", ["稿子.pdf", "稿子"])
def test_another_suffix_is_refused_with_the_four(tmp_path, draft, layout, name):
    with pytest.raises(ExportError, match=r"\.docx、\.md、\.txt、\.json"):
        export(draft, tmp_path / name, layout)
    assert not list(tmp_path.iterdir())


def test_final_has_no_marks(tmp_path, draft, layout):
    """The same file twice: with the comment, and without comment and highlight."""
    path = tmp_path / "稿子.docx"
    export(draft, path, layout)
    marked = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    assert "word/comments.xml" in marked.namelist() and b"highlight" in marked.read("word/document.xml")
    export(draft, path, layout, final=True)
    final = zipfile.ZipFile(path)
    assert "word/comments.xml" not in final.namelist() and b"highlight" not in final.read("word/document.xml")


def test_broken_characters_do_not_stop_a_text(tmp_path, layout):
    """A lone surrogate and control characters come in with pasted text; they go, the rest stays."""
    broken = Draft(Outline("a", "b"), (Block("paragraph", (span("好\ud800的\x00𠮷😀"),)),))
    for suffix in (".txt", ".md"):
        export(broken, tmp_path / f"a{suffix}", layout)
        assert (tmp_path / f"a{suffix}").read_text("utf-8") == "好的𠮷😀\n"
    export(broken, tmp_path / "a.json", layout)
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["blocks"][0]["text"] == "好的\x00𠮷😀"


# The disk


def test_a_missing_folder(tmp_path, draft, layout):
    with pytest.raises(ExportError, match="文件夹不存在") as caught:
        export(draft, tmp_path / "没有" / "稿子.txt", layout)
    assert caught.value.file == str(tmp_path / "没有" / "稿子.txt")


def test_a_folder_of_that_name(tmp_path, draft, layout):
    (tmp_path / "稿子.txt").mkdir()
    with pytest.raises(ExportError, match="已经是一个文件夹"):
        export(draft, tmp_path / "稿子.txt", layout)
    assert [path.name for path in tmp_path.iterdir()] == ["稿子.txt"]


def test_a_name_that_is_too_long(tmp_path, draft, layout):
    """85 characters fill a name on most disks; the temporary file's name must not be the one that fails."""
    export(draft, tmp_path / ("长" * 83 + ".txt"), layout)
    with pytest.raises(ExportError, match="文件名太长"):
        export(draft, tmp_path / ("长" * 90 + ".txt"), layout)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="permissions are tried on POSIX only")
def test_a_folder_without_permission(tmp_path, draft, layout):
    """In a child process, because root (as in CI) may write anywhere and has to step down first."""
    folder = tmp_path / "锁着"
    folder.mkdir(mode=0o500)
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        try:
            export(draft, folder / "稿子.txt", layout)
        except ExportError as error:
            os._exit(0 if "没有写入权限" in str(error) else 3)
        os._exit(4)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize(
    ("code", "message"),
    [(errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "没有写入权限"), (errno.EIO, "写不了这个文件")],
)
def test_whatever_fails_the_old_file_stays(tmp_path, draft, layout, monkeypatch, code, message):
    """A full disk at the last step: the old file is as it was and nothing lies about."""
    path = tmp_path / "稿子.txt"
    path.write_text("旧稿", "utf-8")

    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("phrasebank.files.os.replace", refuse)
    with pytest.raises(ExportError, match=message):
        export(draft, path, layout)
    assert path.read_text("utf-8") == "旧稿"
    assert [p.name for p in tmp_path.iterdir()] == ["稿子.txt"]


def test_a_disk_that_fills_while_writing(tmp_path, draft, layout, monkeypatch):
    """The half-written temporary file goes too."""
    path = tmp_path / "稿子.txt"
    path.write_text("旧稿", "utf-8")
    real = Path.open

    class Full(io.BytesIO):
        def write(self, _):
            raise OSError(errno.ENOSPC, "")

    def opened(self, mode="r", *rest, **more):
        if mode != "xb":
            return real(self, mode, *rest, **more)
        real(self, mode).close()
        return Full()

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(ExportError, match="磁盘空间不足"):
        export(draft, path, layout)
    monkeypatch.undo()
    assert path.read_text("utf-8") == "旧稿" and len(list(tmp_path.iterdir())) == 1


def test_new_files_have_ordinary_permissions_and_links_stay(tmp_path, draft, layout):
    """A colleague can open the file, and a link to a shared folder is written through."""
    real = tmp_path / "真.txt"
    real.write_text("旧稿", "utf-8")
    link = tmp_path / "链接.txt"
    link.symlink_to(real)
    export(draft, link, layout)
    assert link.is_symlink() and real.read_text("utf-8") == to_text(draft)
    umask = os.umask(0)
    os.umask(umask)
    assert real.stat().st_mode & 0o777 == 0o666 & ~umask
