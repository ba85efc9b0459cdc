"""Files in, text out: which files, of which kind, in which encoding."""

import errno
import io
import os
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrasebank.errors import ReadError
from phrasebank.files import reason
from phrasebank.readers import encodings, find_files, kinds, read, source
from phrasebank.readers.markdown import read_markdown

TEXT = "同志们：\n青山县的工作要一步一个脚印，把任务抓实，我们大家都要努力。\n"
TRADITIONAL = "各位同仁：今天我們在這裡開會，主要是討論大家的意見，為了地方的發展一起努力工作。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = f"<!DOCTYPE html><html><body><p>{TEXT}</p><p>{TEXT}</p></body></html>"


@pytest.fixture
def written(tmp_path: Path):
    def write(name: str, data: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


def word_file(*paragraphs: str) -> bytes:
    """The least that is a Word file."""
    package, office = (
        "http://schemas.openxmlformats.org/package/2006",
        "http://schemas.openxmlformats.org/officeDocument/2006",
    )
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zip_file(
        **{
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/word/document.xml" ContentType="{main}"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1"'
            f' Type="{office}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        }
    )


def zip_file(*names: str, **files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (dict.fromkeys(names, TEXT) | files).items():
            archive.writestr(name, content)
    return buffer.getvalue()


# Encodings


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_encodings_are_told_apart(written, codec: str) -> None:
    raw = read(written("稿.txt", TEXT.encode(codec)))
    assert raw.lines == tuple(TEXT.splitlines())
    assert raw.notices == ()


@pytest.mark.parametrize("codec", ["big5", "cp950", "utf-16-le"])
def test_traditional_text(written, codec: str) -> None:
    assert read(written("稿.txt", TRADITIONAL.encode(codec))).lines == (TRADITIONAL,)


@pytest.mark.parametrize("codec", ["gb18030", "utf-16-le", "utf-16-be", "utf-8"])
@pytest.mark.parametrize(
    "text", ["一", "工作要求", "统一战线", "占比达12.5%，", "（一）“两个”：1、2；3。", "联通", "GDP增长5.5%"]
)
def test_short_texts(codec: str, text: str) -> None:
    """A pair of GBK bytes may be a letter of Cyrillic in UTF-8; two characters of UTF-16 may be four letters of ASCII."""
    assert encodings.decoded(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16"])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_text_cut_in_a_character_is_read_to_there(codec: str, cut: int) -> None:
    text = TEXT.strip() + "青"
    found = encodings.decoded(text.encode(codec)[:-cut])
    assert found.text.rstrip("\ufffd") == text[:-1]
    assert bool(found.notices) is (codec == "utf-8" or cut == 1)  # the others have two bytes a character


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_few_damaged_bytes_are_counted_and_the_rest_is_read(written, codec: str) -> None:
    data = bytearray((TEXT * 200).encode(codec))
    for start in (0, 5000, 9000):
        data[data.index("脚".encode(codec), start)] = 0xFF
    raw = read(written("稿.txt", bytes(data)))
    assert len(raw.lines) == 400
    assert raw.lines.count(TEXT.splitlines()[1]) >= 197
    assert sum("\ufffd" in line for line in raw.lines) == 3
    places = "".join(raw.lines).count("\ufffd")
    assert f"{places} 处" in raw.notices[0]


def test_too_much_damage_is_no_text(written) -> None:
    data = bytearray((TEXT * 20).encode())
    data[::50] = b"\xff" * len(data[::50])
    with pytest.raises(ReadError, match="不是文本文件"):
        read(written("稿.txt", bytes(data)))


def test_null_bytes_are_damage_not_an_encoding(written) -> None:
    raw = read(written("稿.txt", TEXT.replace("脚印", "脚\0印").encode() + bytes(500)))
    assert raw.lines[1].startswith("青山县的工作要一步一个脚\ufffd印")
    assert "2 处" in raw.notices[0]


def test_a_mark_inside_is_no_character(written) -> None:
    """Files with marks, joined end to end."""
    raw = read(written("稿.txt", TEXT.encode("utf-8-sig") * 2))
    assert raw.lines == tuple(TEXT.splitlines()) * 2
    assert raw.notices == ()


def test_a_mark_that_lies_is_not_believed(written) -> None:
    assert read(written("稿.txt", b"\xef\xbb\xbf" + TEXT.encode("gb18030"))).lines == tuple(TEXT.splitlines())


def test_replacement_characters_of_the_file_itself_are_not_ours(written) -> None:
    assert read(written("稿.txt", "临河\ufffd的工作。")).notices == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(written, end: str) -> None:
    assert read(written("a.txt", f"一{end}{end}三{end}")).lines == ("一", "", "三")


@pytest.mark.parametrize("mark", list("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
def test_editors_count_no_line_here(written, mark: str) -> None:
    assert read(written("a.txt", f"一{mark}二\n三")).lines == (f"一{mark}二", "三")


@pytest.mark.parametrize(
    "data", [b"\0" * 50, bytes(range(256)) * 4, bytes(range(1, 256)) * 40, b"\x7fELF\2\1\1" + bytes(900)]
)
def test_binary_is_refused(written, data: bytes) -> None:
    with pytest.raises(ReadError, match="不是文本文件"):
        read(written("图.txt", data))


@pytest.mark.parametrize("data", [b"", b"  \n \n", b"\xef\xbb\xbf"])
def test_empty_is_refused(written, data: bytes) -> None:
    with pytest.raises(ReadError, match="空的"):
        read(written("空.txt", data))


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = encodings.decoded(data).text
    except ReadError:
        return
    assert "\0" not in text
    text.encode()


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_a_mark_decides(text: str, codec: str) -> None:
    assert encodings.decoded(text.encode(codec)).text == text


# Kinds


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("稿.txt", b"%PDF-1.7\n", kinds.PDF),
        ("稿.doc", b"{\\rtf1 x}", kinds.RICH_TEXT),
        ("稿.docx", OLE + "WordDocument".encode("utf-16-le"), kinds.OLD_WORD),
        ("稿.doc", OLE + "Workbook WordDocument".encode("utf-16-le"), kinds.OLD_WORD),
        ("稿.doc", b"\xef\xbb\xbf<!-- x -->\n<HTML><body>", kinds.WEB_PAGE),
        ("稿.doc", "<html><body>文</body></html>".encode("utf-16"), kinds.WEB_PAGE),
        ("稿.html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n", kinds.WEB_ARCHIVE),
        ("稿.doc", zip_file("word/document.xml"), kinds.WORD),
        ("稿.zip", zip_file("[Content_Types].xml", "word/document.xml"), kinds.WORD),
        ("稿.docx", zip_file("稿.txt"), kinds.WORD),
        ("稿.doc", zip_file("稿.txt"), kinds.ZIP),
        ("稿.docx", b"PK\x03\x04 cut off", kinds.WORD),
        ("稿.doc", TEXT.encode("gb18030"), kinds.TEXT),
        ("稿.docx", b"no Chinese in it", kinds.WORD),
        ("稿.txt", b"Subject: not a web archive\n", kinds.TEXT),
        ("稿.md", b"# <html> is a tag\n", kinds.MARKDOWN),
        ("稿.HTM", b"<p>a part of a page</p>", kinds.WEB_PAGE),
        ("稿", b"x", kinds.TEXT),
    ],
)
def test_the_first_bytes_tell_the_kind(name: str, data: bytes, kind: kinds.Kind) -> None:
    assert kinds.kind_of(Path(name).suffix, data) == kind


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (zip_file("xl/workbook.xml"), "电子表格"),
        (zip_file("ppt/presentation.xml"), "演示文稿"),
        (OLE + "Workbook".encode("utf-16-le"), "电子表格"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".txt", ".zip"])
def test_what_is_known_but_not_read_is_named(written, suffix: str, data: bytes, name: str) -> None:
    with pytest.raises(ReadError, match=rf"{name}.*\.docx"):
        read(written(f"稿{suffix}", data))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("稿.doc", PAGE, "网页"),
        ("稿.wps", word_file("临河镇工作报告"), "docx"),
        ("稿.docx", TEXT.encode("gb18030"), "纯文本"),
    ],
)
def test_a_file_under_another_kinds_name_is_read_and_said_so(written, name: str, data: bytes | str, told: str) -> None:
    raw = read(written(name, data))
    assert any("青山县" in line or "临河镇" in line for line in raw.lines)
    assert Path(name).suffix in raw.notices[0]
    assert told in raw.notices[0]


def test_every_kind_has_its_reader_and_its_own_endings() -> None:
    endings = [suffix for kind in kinds.KINDS for suffix in (*kind.suffixes, *kind.aliases)]
    assert sorted(endings) == sorted(kinds.SUFFIXES)
    for kind in kinds.KINDS:
        module, function = kind.reader.split(".")
        assert callable(getattr(__import__(f"phrasebank.readers.{module}", fromlist=[function]), function))


def test_bad_word_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK not a zip")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("else.xml", "x")
    with zipfile.ZipFile(tmp_path / "c.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "0" * 5_000_000)
    for name in "abc":
        with pytest.raises(ReadError, match=r"Word|压缩|已损坏"):
            read(tmp_path / f"{name}.docx")


# Markdown


def markdown(text: str) -> tuple[str, ...]:
    return read_markdown(text.encode(), "稿.md").lines


def test_front_matter_keeps_line_numbers(written) -> None:
    raw = read(written("稿.md", "---\ngenre: 研讨发言\ntheme: “安全生产”\n---\n# 一、抓**责任**\n正文**要点**。\n"))
    assert raw.meta == {"genre": "研讨发言", "theme": "“安全生产”"}
    assert raw.lines == ("", "", "", "", "一、抓责任", "正文要点。")


def test_a_rule_is_no_front_matter(written) -> None:
    assert read(written("稿.md", "---\n正文没有结束的横线。\n")).meta == {}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("## 二、抓落实 ##", "二、抓落实"),
        ("##二、抓落实", "二、抓落实"),
        ("#话题 不是标题", "#话题 不是标题"),
        ("**一要**抓*责任*，__二要__：抓`作风`，~~三要~~抓“***落实***”。", "一要抓责任，二要：抓作风，三要抓“落实”。"),
        ("- [x] 一是**青山县**", "一是青山县"),
        ("* 二是临河镇", "二是临河镇"),
        ("1. 加强领导", "1. 加强领导"),
        ("> > 引文", "引文"),
        ("见[通知](https://example.org/a_b*c*.html \"题\")和[稿](发言/稿(一).md)", "见通知和稿"),
        ("[注](共3.5万字)", "[注](共3.5万字)"),
        ("前![图](a.png)后", "前后"),
        ("网址<https://example.org>", "网址https://example.org"),
        ("据统计[^1]，增长", "据统计，增长"),
        ("[^1]: 数据来自年鉴", "数据来自年鉴"),
        ("[附件]: 名单", "[附件]: 名单"),
        ("前<!-- 批注 -->中<!---->后", "前中后"),
        ("前<!-- 没有结束", "前<!-- 没有结束"),
        ("```整行是`词`，不是代码```", "```整行是词，不是代码```"),
        ("~~~~一段话", "~~~~一段话"),
        ("****县****镇____年", "****县****镇____年"),
        (">90%的村", ">90%的村"),
        ("研发&nbsp;R&D，5&lt;6，`&lt;`，&#10;&#0;", "研发\xa0R&D，5<6，&lt;， \ufffd"),
        ("<font color=red>红</font>字<br/>换行", "红字 换行"),
        (r"5\*3\*2，\# 不是标题，`a*b*c`", "5*3*2，# 不是标题，a*b*c"),
        ("5*3*2 和 a_b_c", "5*3*2 和 a_b_c"),
        ("听取***总书记的讲话，学习***总书记的文章", "听取***总书记的讲话，学习***总书记的文章"),
        ("_总书记强调，_总书记指出", "_总书记强调，_总书记指出"),
        ("占比达*%，增长**个百分点", "占比达*%，增长**个百分点"),
        ("《*》<中华>【_】", "《*》<中华>【_】"),
        ("—— 副标题", "—— 副标题"),
        ("-5℃", "-5℃"),
    ],
)  # fmt: skip
def test_marks_of_markdown_go_and_words_stay(line: str, words: str) -> None:
    assert markdown(line) == (words,)


def test_blocks_of_markdown_keep_their_lines() -> None:
    text = (
        "标题\n====\n\n| 镇 | 户数 |\n|---|:-:|\n| 临河 | 3\\|4 |\n\n"
        "```\n# **原样**\n```\n<!-- 批注\n- 二\n三 --> 四\n***\n[1]: https://example.org 'x'\n甲|乙"
    )
    assert markdown(text) == (
        "标题", "", "", "镇\t户数", "", "临河\t3|4", "", "", "# **原样**", "", "", "", " 四", "", "", "甲|乙",
    )  # fmt: skip


@given(st.text("*_~`[]()<>!\\#-|> 一二a1\n"))
def test_any_markdown_keeps_its_lines_and_words(text: str) -> None:
    lines = markdown("始\n" + text + "\n终")
    assert len(lines) == text.count("\n") + 3
    kept = [c for c in "".join(lines) if c in "一二"]
    taken = "".join(c for c in text if c in "一二")
    assert len(kept) <= len(taken)
    if not set("[!<") & set(text):
        assert "".join(kept) == taken


@pytest.mark.parametrize(
    "unit",
    ["*", "_一", "**一", "[", "[](", "![", "`", "`` ", "<!--", "- ", "|", "|-", "> ", "\\", "# ", "<a ", "[a](b", "-->", "<!---->"],
)  # fmt: skip
def test_markdown_takes_linear_time(unit: str) -> None:
    line = unit * (400_000 // len(unit))
    assert len(markdown(f"文\n{line}\n文\n文")) == 4


# Finding and loading


def test_folders_are_searched_sorted_without_locks(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲/丙.md", "甲/~$丙.docx", ".隐.txt", ".git/丁.txt", "图.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("字", "utf-8")
    (tmp_path / "甲/圈").symlink_to(tmp_path, target_is_directory=True)
    found = [p.relative_to(tmp_path).as_posix() for p in find_files([tmp_path, tmp_path / "乙.txt"])[0]]
    assert found == sorted(["乙.txt", "甲/丙.md"])


def test_a_linked_file_is_listed_once_by_its_own_name(written, tmp_path: Path) -> None:
    path = written("乙.txt", TEXT)
    for link in ("甲.txt", "丙.txt"):
        (tmp_path / link).symlink_to(path)
    assert find_files([tmp_path])[0] == find_files([tmp_path / "甲.txt", path])[0] == (path,)


def test_what_cannot_be_read_is_listed_and_named(written, tmp_path: Path, monkeypatch) -> None:
    """A locked folder, a link to nothing: the other files are read, and these are not passed over in silence."""
    written("好.txt", TEXT)
    (tmp_path / "锁").mkdir()
    (tmp_path / "断.txt").symlink_to(tmp_path / "无.txt")
    real = os.scandir

    def scandir(path="."):
        if Path(path).name == "锁":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find_files([tmp_path])[0]
    assert [p.name for p in found] == sorted(["好.txt", "锁", "断.txt"])
    with pytest.raises(ReadError, match="权限"):
        read(tmp_path / "锁")
    with pytest.raises(ReadError, match="找不到"):
        read(tmp_path / "断.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_named_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.txt")
    found = find_files([tmp_path])[0]
    with ThreadPoolExecutor(1) as pool, pytest.raises(ReadError, match="不是普通文件"):
        pool.submit(read, found[0]).result(timeout=20)


@pytest.mark.parametrize(
    ("name", "message"), [("无.txt", "找不到"), ("空夹", "没有可读.*zip"), ("图.png", r"不支持.*\.docx")]
)
def test_paths_that_give_nothing(written, tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "空夹").mkdir()
    written("图.png", b"x")
    good = written("好.txt", TEXT)
    files, (fault,) = find_files([tmp_path / name, good])
    assert files == (good,), "the others are found"
    assert re.search(message, fault.message)
    assert fault.file == str(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["无.txt", "稿.txt/无.txt", "长" * 300 + ".txt", "零\0.txt", "夹.txt", "a/" * 3000 + "b.txt"]
)
def test_reading_what_is_no_file(written, tmp_path: Path, name: str) -> None:
    (tmp_path / "夹.txt").mkdir()
    written("稿.txt", TEXT)
    with pytest.raises(ReadError, match=r"找不到|太长|文件夹"):
        read(tmp_path / name)
    if name != "夹.txt":
        assert ["找不到" in fault.message for fault in find_files([tmp_path / name])[1]] == [True]


def test_links_that_lead_in_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").symlink_to(tmp_path / "乙.txt")
    (tmp_path / "乙.txt").symlink_to(tmp_path / "甲.txt")
    files, faults = find_files([tmp_path])
    assert len(files) == 2
    assert faults == ()
    for file in files:
        with pytest.raises(ReadError, match="文件读不了（链接绕成了圈）"):
            read(file)


@pytest.mark.parametrize("number", [*errno.errorcode, 9999, None])
def test_reasons_are_in_chinese_whatever_the_system_says(number: int | None) -> None:
    error = OSError(number, "Too many open files") if number else OSError("Too many open files")
    assert not re.search("[A-Za-z]", reason(error))


def test_a_file_over_the_limit_is_not_opened(written, monkeypatch) -> None:
    monkeypatch.setattr(source, "MAX_FILE", 10)
    with pytest.raises(ReadError, match="超过"):
        read(written("稿.txt", TEXT))
