"""`nigao web`: the session in a real browser, and nobody else let in."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra web (textual-serve) is not installed")

import chromium

from tui.cli import main
from tui.themes import DARK

ROOT = Path(__file__).resolve().parent.parent
UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}  # fmt: skip


class Served:
    """A running `nigao web`."""

    def __init__(self, process, address):
        self.process, self.address = process, address
        self.port, self.token = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/([\w-]{20,})/", address).groups()

    def ask(self, path, **headers):
        """Status, headers and body of an answer."""
        connection = HTTPConnection("127.0.0.1", int(self.port), timeout=20)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=names)
        answer = connection.getresponse()
        body = b"" if answer.status == 101 else answer.read()
        connection.close()
        return answer.status, answer.headers, body


def _started(folder, *arguments):
    (folder / "work").mkdir()
    environment = {**os.environ, "NIGAO_STATE": str(folder / "state"), "NIGAO_HOME": str(folder / "home"), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "tui", "web", *arguments], cwd=folder / "work", env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory, builtin):
    process = _started(tmp_path_factory.mktemp("web"), "--port", "0")
    try:
        assert process.stdout.readline() == "请在浏览器里打开：\n"
        yield Served(process, process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("path", ["/", "/ws", "/static/js/textual.js", "/static/css/xterm.css", "/download/x", "/favicon.ico", "/x/ws"])
def test_without_the_token_everything_is_refused(served, path):
    status, _, body = served.ask(path)
    assert status == 403
    assert served.token.encode() not in body
    assert served.ask(path, **UPGRADE)[0] == 403


def test_with_the_token_there_is_the_page_and_what_it_needs(served):
    assert served.ask(f"/{served.token}/")[0] == 200
    assert served.ask(f"/{served.token}/static/js/textual.js")[0] == 200
    assert served.ask(f"/{served.token}/static/")[0] == 403, "no list of files"
    assert served.ask(f"/{served.token}/download/none")[0] == 404


@pytest.mark.parametrize("headers", [
    {"Host": "attacker.example"}, {"Host": "attacker.example:80"}, {"Host": "127.0.0.1"}, {"Origin": "http://attacker.example"},
    {"Origin": "null"}, {"Origin": "http://localhost:1"},
])  # fmt: skip
@pytest.mark.parametrize("path", ["", "ws", "static/js/textual.js"])
def test_pages_from_elsewhere_are_refused_even_with_the_token(served, path, headers):
    """DNS rebinding makes a browser ask us under another name; the names it asks under give it away."""
    assert served.ask(f"/{served.token}/{path}", **(UPGRADE if path == "ws" else {}), **headers)[0] == 403


def test_the_page_fetches_nothing_from_other_hosts(served):
    _, headers, body = served.ask(f"/{served.token}/")
    assert b"http://" not in body.replace(b"http://127.0.0.1", b"")
    assert b"https://" not in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert f"connect-src ws://127.0.0.1:{served.port};" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer", "the token stays in the address"


def test_only_this_machine_is_listened_to(served):
    with socket.socket() as other, pytest.raises(OSError):
        other.settimeout(2)
        other.connect(("127.0.0.2", int(served.port)))


@pytest.mark.skipif(chromium.BROWSER is None, reason="Chromium is not installed")
async def test_a_speech_is_written_in_a_browser_and_downloaded(served, tmp_path):
    """From the start to the export by keys, in a real browser; what it downloads is a Word file with the speech in it."""
    import docx

    async with chromium.page(served.address, tmp_path) as page:
        await page.hears("新写一篇")
        await page.press("F4")
        await page.hears("查主题")
        await page.type("aqsc")
        await page.hears("安全生产")
        for key, seen in WAY:
            await page.press(key)
            await page.hears(seen)
        await page.press("F3")
        if await page.hears("写好了", "照样导出") == "照样导出":
            await page.press("F4")
            await page.hears("写好了")
        await page.press("Enter")  # the first choice there is to download
        await page.until_downloaded()
        assert {address.split("/")[2] for address in page.requested} == {f"127.0.0.1:{served.port}"}, "nothing from elsewhere"
    (file,) = tmp_path.glob("*.docx")
    assert "安全生产" in "".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert "安全生产" in file.name


WAY = (("Enter", "讲话人姓名"), ("F3", "大标题"), ("F3", "待填"), ("F3", "发言人本人"), ("F3", "改题目"), ("F3", "版式自带的字体"))
"""Keys from the theme to the export, and what each of the steps shows."""


def test_a_port_in_use_is_told(served, capsys):
    assert main(["web", "--port", served.port]) == 2
    said = f"错误：端口 {served.port} 已被别的程序占用；请换一个，如 nigao web --port {int(served.port) % 60000 + 1}\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("port", ["65536", "-1", "八千"])
def test_a_port_that_is_none_is_told(port, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["web", f"--port={port}"])
    assert ended.value.code == 2
    assert "端口应是 0 到 65535 之间的数字" in capsys.readouterr().err


def test_without_textual_serve_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    assert main(["web"]) == 2
    assert "pip install 'nigao[web]'" in capsys.readouterr().err


def test_the_page_has_the_ground_of_the_dark_theme():
    """The page's own ground is that of the dark theme, so that nothing flashes while it opens."""
    assert f"background: {DARK.background}" in (ROOT / "tui/web_page.html").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is sent as a signal on POSIX only")
def test_ctrl_c_ends_it_cleanly(served):
    """The last test here: it ends the server that the others ask."""
    served.process.send_signal(signal.SIGINT)
    out, errors = served.process.communicate(timeout=20)
    assert served.process.returncode == 0
    assert "已结束" in errors
    assert "Traceback" not in out + errors
