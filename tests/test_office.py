"""Formats that LibreOffice reads for us: .doc, .wps, .rtf, .odt."""

import os
import random
import stat
import subprocess
import tempfile
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from phrasebank import libreoffice
from phrasebank.errors import ReadError
from phrasebank.readers import office, read

HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE = HEADER + bytes(2000) + "WordDocument".encode("utf-16-le")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TABLE = r"\trowd\cellx3000\cellx6000\intbl\cell\intbl 表内文字\cell\row\pard"


def rich_text(*paragraphs: str) -> bytes:
    """Paragraphs as an RTF document."""
    return "".join(
        c if c.isascii() else rf"\u{ord(c)}?" for c in r"{\rtf1\ansi " + r"\par ".join(paragraphs) + r"\par}"
    ).encode()


FLAT_TEXT = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>临河镇'
    '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image xlink:href="http://127.0.0.1:PORT/x.png"'
    ' xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>'
)
"""A text whose picture lies on a server."""
needs_libreoffice = pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Where temporary files go, so that those left over are seen."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A shell script in the place of LibreOffice."""

    def install(script: str) -> None:
        path = tmp_path / "bin" / "soffice"
        path.parent.mkdir()
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")

    return install


def as_format(folder: Path, suffix: str) -> Path:
    """Two paragraphs and a table, saved by LibreOffice in a format."""
    source = folder / "稿.rtf"
    source.write_bytes(rich_text("临河镇工作报告", TABLE, "各位代表："))
    profile = f"-env:UserInstallation={(folder / 'own').as_uri()}"
    call = [libreoffice.program(), profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)]
    subprocess.run(call, capture_output=True, timeout=120, check=True)
    return folder / f"稿.{suffix}"


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["doc", "odt"])
def test_formats_are_read_as_word_is(tmp_path, temporary, suffix):
    path = as_format(tmp_path, suffix)
    raw = read(path)
    assert [line for line in raw.lines if line.strip()] == ["临河镇工作报告", "表内文字", "各位代表："]
    assert raw.file == str(path)
    assert raw.notices == ()
    assert list(temporary.glob("nigao-*")) == []


@needs_libreoffice
def test_the_content_counts_not_the_name(tmp_path):
    path = tmp_path / "稿.doc"
    path.write_bytes(rich_text("临河镇"))
    raw = read(path)
    assert raw.lines[0] == "临河镇"
    assert "RTF" in raw.notices[0]


@needs_libreoffice
def test_runs_at_the_same_time_do_not_meet(tmp_path):
    for name in "甲乙丙":
        (tmp_path / f"{name}.rtf").write_bytes(rich_text("临河镇"))
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(read, sorted(tmp_path.glob("*.rtf"))))
    assert [raw.lines[0] for raw in found] == ["临河镇"] * 3


@needs_libreoffice
def test_links_are_not_followed(tmp_path):
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *given):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    lines = office.read_office(FLAT_TEXT.replace("PORT", str(server.server_port)).encode(), "稿.odt").lines
    server.shutdown()
    server.server_close()
    assert any("临河镇" in line for line in lines)
    assert asked == []


@needs_libreoffice
def test_a_real_wps_file(shared):
    lines = read(shared / "corpus" / "office-files" / "公务员初任培训考核表.wps").lines
    assert any("培训" in line for line in lines)


RANDOM = random.Random(7).randbytes(5000)


@pytest.mark.parametrize(
    "data", [bytes(range(1, 256)) * 9, OLE[:500], HEADER + RANDOM], ids=["no document", "cut in its header", "lost its directory"]
)
def test_what_is_no_document_is_not_converted(tmp_path, data):
    """LibreOffice would take it for text in some encoding."""
    path = tmp_path / "稿.doc"
    path.write_bytes(data)
    with pytest.raises(ReadError, match="不是有效的文档"):
        read(path)


def test_without_libreoffice_the_command_that_helps_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_PLACES", ())
    path = tmp_path / "稿.doc"
    path.write_bytes(OLE)
    with pytest.raises(ReadError, match=r"sudo apt install libreoffice-writer.*另存为 \.docx") as caught:
        read(path)
    assert caught.value.file == str(path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("临河镇的工作要一步一个脚印。", True),
        ("Notice to all, 2024", True),
        (RANDOM.decode("latin-1"), False),
        (RANDOM.decode("gb18030", "ignore"), False),
    ],
    ids=["Chinese", "English", "bytes as Latin", "bytes as Chinese"],
)
def test_bytes_that_were_converted_as_if_they_were_text_are_refused(stand_in, tmp_path, text, readable):
    shown = "".join(c for c in text if c.isprintable() and c not in "<&")
    with zipfile.ZipFile(tmp_path / "made.docx", "w") as made:
        body = f"<w:body><w:p><w:r><w:t>{shown}</w:t></w:r></w:p></w:body>"
        made.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}">{body}</w:document>')
    stand_in(f'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; cp {tmp_path}/made.docx "$2/source.docx"')
    if readable:
        assert office.read_office(OLE, "稿.doc").lines == (text,)
    else:
        with pytest.raises(ReadError, match="乱码"):
            office.read_office(OLE, "稿.doc")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_converter_that_hangs_is_ended_with_its_children(stand_in, temporary, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "TIME_LIMIT", 0.5)
    stand_in(f"sleep 600 &\necho $! > {tmp_path}/child\nwait")
    with pytest.raises(ReadError, match="没有完成"):
        office.read_office(OLE, "稿.doc")
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 10
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(child)
    assert list(temporary.iterdir()) == []


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "message"),
    [("exit 0", "打不开这个文件"), ("exit 81", "打不开这个文件"), ("echo >&2 damaged", "打不开这个文件")],
)
def test_a_converter_that_gives_nothing(stand_in, script, message):
    stand_in(script)
    with pytest.raises(ReadError, match=message):
        office.read_office(OLE, "稿.doc")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_converter_that_does_not_start(stand_in, tmp_path):
    stand_in("")
    (tmp_path / "bin" / "soffice").write_bytes(b"\0no program")
    with pytest.raises(ReadError, match="没有运行成功"):
        office.read_office(OLE, "稿.doc")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_result_that_is_too_large(stand_in, monkeypatch):
    monkeypatch.setattr(office, "MAX_FILE", 10)
    stand_in('for last; do :; done\nd=$(dirname "$last")/out\nmkdir -p "$d"\nprintf 0123456789012 > "$d/source.docx"')
    with pytest.raises(ReadError, match="过大"):
        office.read_office(OLE, "稿.doc")
