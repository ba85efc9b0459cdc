"""Files in five formats, whole or not at all."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from drafting.errors import ExportError
from drafting.export import export, to_json, to_markdown, to_prompter
from drafting.layout import Layout, load_layout
from drafting.model import Blank, Block, Draft, Fact, Origin, Outline, Span
from drafting.origins import Extras, asked
from drafting.plan import plan
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


def test_text_is_for_the_teleprompter(draft):
    """A sentence a line with the time it begins at; what is not read out has none; 220 characters a minute."""
    assert to_prompter(draft).split("\n\n") == [
        "在临河镇春耕会议上的讲话", "林一禾", "[00:00] 同志们：", "[00:01] 一、抢农时",
        "[00:02] （一）备好种子。\n[00:03] 各村要把种子备足。\n[00:05] 〔待填：数据｜2025年新改建农村公路里程｜公里〕已经修好。",
        "[00:12] 谢谢大家！\n",
    ]  # fmt: skip


def test_times_of_the_teleprompter_go_on(draft):
    """They never step back, and the last is when so many characters have been read."""
    long = Draft(draft.outline, (Block("paragraph", (span("各村要把种子备足。" * 400),)),))
    times = [int(m[1]) * 60 + int(m[2]) for m in re.finditer(r"^\[(\d\d):(\d\d)\] ", to_prompter(long), re.MULTILINE)]
    assert times == sorted(times) and len(times) == 400
    assert times[-1] == round(399 * 8 * 60 / 220)


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
    asked = {"kind": "数据", "what": "新改建农村公路里程", "unit": "公里", "year": 2025, "doubtful": False, "who": ""}
    assert block["spans"][1]["blank"] == asked and block["spans"][1]["kind"] == "blank"
    assert "".join(s["text"] for b in made["blocks"] for s in b["lead"] + b["spans"]) == draft.text.replace("\n", "")


def test_the_suffix_names_the_format(tmp_path, draft, layout):
    for suffix in (".docx", ".md", ".txt", ".json", ".TXT"):
        export(draft, tmp_path / f"稿子{suffix}", layout)
    assert (tmp_path / "稿子.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "稿子.md").read_text("utf-8") == to_markdown(draft)
    assert (tmp_path / "稿子.txt").read_bytes() == to_prompter(draft).encode()
    assert json.loads((tmp_path / "稿子.json").read_text("utf-8")) == to_json(draft)
    assert len(list(tmp_path.iterdir())) == 5


@pytest.mark.parametrize("name", ["稿子.doc", "稿子"])
def test_another_suffix_is_refused_with_those_there_are(tmp_path, draft, layout, name):
    with pytest.raises(ExportError, match=r"\.docx、\.md、\.txt、\.json、\.pdf"):
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


def test_pdf_by_libreoffice(tmp_path, draft, layout):
    """The same words on real pages, without the marks of blanks."""
    pdfium = pytest.importorskip("pypdfium2")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    export(draft, tmp_path / "稿子.pdf", layout)
    text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(tmp_path / "稿子.pdf"))
    assert "谢谢大家！" in text and "请填写" not in text
    assert [path.name for path in tmp_path.iterdir()] == ["稿子.pdf"]


def test_pdf_without_libreoffice(tmp_path, draft, layout, monkeypatch):
    """One message that says what to install and what to do instead."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportError, match=r"LibreOffice.*安装.*\.docx"):
        export(draft, tmp_path / "稿子.pdf", layout)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
@pytest.mark.parametrize(("script", "message"), [("exit 0", "没有写出 PDF"), ("sleep 60", "还没有完成")])
def test_libreoffice_that_fails_or_hangs(tmp_path, draft, layout, monkeypatch, script, message):
    """It is ended with all its children, and the old file stays."""
    (tmp_path / "soffice").write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (tmp_path / "soffice").chmod(0o755)
    (tmp_path / "稿子.pdf").write_text("旧稿", "utf-8")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("drafting.pdf.TIME_LIMIT", 0.3)
    with pytest.raises(ExportError, match=message):
        export(draft, tmp_path / "稿子.pdf", layout)
    assert (tmp_path / "稿子.pdf").read_text("utf-8") == "旧稿"


# What goes with a draft besides its words


def cited(draft) -> Draft:
    """The draft with a fact in it, and a figure in words of the writer's own."""
    fact = Fact("公路里程", "36", "公里", 2025, "县交通局统计")
    more = Block("paragraph", (Span("新修36公里", Origin("fact", "公路里程")), span("，走访了12户。")))
    return Draft(replace(draft.outline, facts=(fact,)), (*draft.blocks, more))


def test_a_list_of_sources(tmp_path, draft, layout):
    """Behind the text, on a page of its own: each borrowed phrase with file and line."""
    export(cited(draft), tmp_path / "稿.md", layout, extras=Extras("list"))
    text = (tmp_path / "稿.md").read_text("utf-8")
    assert text.startswith(to_markdown(cited(draft)).rstrip())
    assert "第5段“各村要把种子备足。”——旧稿/讲话.txt 第12行；旧稿/发言.docx 第3行" in text
    export(Draft(draft.outline, draft.blocks[:2]), tmp_path / "稿.md", layout, extras=Extras("list"))
    assert "全文没有借用素材库里的语句。" in (tmp_path / "稿.md").read_text("utf-8")


def test_a_sheet_for_checking_facts(tmp_path, draft, layout):
    """Facts with year and source, the writer's own figures, and every blank, a box before each."""
    export(cited(draft), tmp_path / "稿.md", layout, extras=Extras(fact_sheet=True))
    rows = re.findall("^□ .*$", (tmp_path / "稿.md").read_text("utf-8"), re.MULTILINE)
    assert rows == [
        "□ 第7段　公路里程 36公里（2025年，来源：县交通局统计）", "□ 第7段　12：，走访了12户。",
        "□ 第5段　请填写（数据）：2025年新改建农村公路里程；单位：公里。",
    ]  # fmt: skip


def test_what_is_put_behind_the_text_is_not_read_out(tmp_path, draft, layout):
    """Neither timed for the teleprompter nor counted as words of the speech."""
    export(draft, tmp_path / "稿.txt", layout, extras=Extras("list", True))
    text = (tmp_path / "稿.txt").read_text("utf-8")
    assert text.startswith(to_prompter(draft).rstrip())
    assert "附：事实核对表" in text and "[" not in text.partition("附：借用语句的出处")[2]
    export(draft, tmp_path / "稿.json", layout, extras=Extras("list", True))
    assert json.loads((tmp_path / "稿.json").read_text("utf-8"))["characters"] == draft.characters


def test_comments_are_for_word_alone(tmp_path, draft, layout):
    with pytest.raises(ExportError, match=r"批注.*--sources list"):
        export(draft, tmp_path / "稿.md", layout, extras=Extras("comments"))
    assert not (tmp_path / "稿.md").exists()


def test_a_figure_with_thousands_is_one(tmp_path, draft, layout):
    words = Draft(draft.outline, (*draft.blocks, Block("paragraph", (span("全县12,345人，第3,4组走了1，200.5公里。"),))))
    export(words, tmp_path / "稿.md", layout, extras=Extras(fact_sheet=True))
    figures = re.findall("^□ 第7段　(.*?)：", (tmp_path / "稿.md").read_text("utf-8"), re.MULTILINE)
    assert figures == ["12,345", "3", "4", "1，200.5"]


def test_final_has_neither_list_nor_sheet(tmp_path, draft, layout):
    for name, extras in (("甲.docx", Extras()), ("乙.docx", Extras("list", True)), ("丙.docx", Extras("comments"))):
        export(draft, tmp_path / name, layout, final=True, extras=extras)
    assert len({(tmp_path / name).read_bytes() for name in ("甲.docx", "乙.docx", "丙.docx")}) == 1


def test_the_theme_says_whom_to_ask(library):
    """A figure: those the theme names for the facet it is an indicator of; anything else: those of the paragraph's facet; nobody
    for names, which the writer knows, nor where there is no facet."""
    outline = Outline("研讨发言", "安全生产")
    planned = plan(outline, library)
    slot, facet = next(((n, m), p.facet) for n, s in enumerate(planned.sections) for m, p in enumerate(s.points) if p.facet)
    who = {each.name: "、".join(each.who) for each in planned.theme.facets}
    other = next(each for each in planned.theme.facets if each.facts and each.name != facet)
    kinds = (("数据", other.facts[0].name), ("事例", "是否确有其事"), ("人名", "发言人姓名"))
    spans = tuple(Span("〔〕", Origin("blank", blank=Blank(kind, what))) for kind, what in kinds)
    inside, outside = Block("paragraph", spans, slot=slot), Block("paragraph", spans[1:])
    found = asked(Draft(outline, (inside, outside)), planned).blocks
    assert [[s.origin.blank.who for s in block.spans] for block in found] == [[who[other.name], who[facet], ""], ["", ""]]
    assert who[other.name] and who[facet]


def test_broken_characters_do_not_stop_a_text(tmp_path, layout):
    """A lone surrogate and control characters come in with pasted text; they go, the rest stays."""
    broken = Draft(Outline("a", "b"), (Block("paragraph", (span("好\ud800的\x00𠮷😀"),)),))
    for suffix, start in ((".txt", "[00:00] "), (".md", "")):
        export(broken, tmp_path / f"a{suffix}", layout)
        assert (tmp_path / f"a{suffix}").read_text("utf-8") == f"{start}好的𠮷😀\n"
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


@pytest.mark.parametrize("lock", [".~lock.稿子.docx#", ".~稿子.docx", "~$稿子.docx"])
def test_a_file_that_is_open_elsewhere_stays(tmp_path, draft, layout, lock):
    """Office programs put a file beside the one they have open; where nothing is locked, it would be moved away under them."""
    path = tmp_path / "稿子.docx"
    path.write_text("旧稿", "utf-8")
    (tmp_path / lock).touch()
    with pytest.raises(ExportError, match=f"开着，请先关掉.*{re.escape(lock)}"):
        export(draft, path, layout)
    assert path.read_text("utf-8") == "旧稿" and len(list(tmp_path.iterdir())) == 2
    export(draft, tmp_path / "另一篇.docx", layout)


def test_a_read_only_file_stays(tmp_path, draft, layout):
    """Who marks a file so means it, whatever the folder allows."""
    path = tmp_path / "定稿.docx"
    path.write_text("旧稿", "utf-8")
    path.chmod(0o444)
    with pytest.raises(ExportError, match="只读"):
        export(draft, path, layout)
    assert path.read_text("utf-8") == "旧稿" and [each.name for each in tmp_path.iterdir()] == ["定稿.docx"]


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
    assert link.is_symlink() and real.read_text("utf-8") == to_prompter(draft)
    umask = os.umask(0)
    os.umask(umask)
    assert real.stat().st_mode & 0o777 == 0o666 & ~umask
