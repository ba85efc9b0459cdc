"""`nigao web`: the session in a browser, served by textual-serve to this machine alone.

The address holds a token nobody can guess; whoever does not name it is refused, page, files and websocket alike. `Host` and `Origin`
must be those of this server, so that no page from elsewhere can talk to it through the browser (DNS rebinding). Nothing is fetched from
other hosts: the page is ours, and its content security policy forbids it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from tui.web_commands import HOST

NAMES = (HOST, "localhost")
"""What this machine may be called in an address."""
PATIENCE = 3.0
"""Seconds that sessions are given to end when the server does."""
FONT = 16

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DeskServer(Server):
    """textual-serve's server, locked: one token, this machine only, and words in Chinese."""

    def __init__(self, port: int, session: Sequence[str] = ()) -> None:
        super().__init__(_command(session), host=HOST, port=port, title="拟稿")
        self.token = secrets.token_urlsafe(24)
        self._open: set[web.WebSocketResponse] = set()

    @property
    def prefix(self) -> str:
        """What every path begins with."""
        return f"/{self.token}"

    @property
    def address(self) -> str:
        """What is typed into the browser."""
        return f"http://{HOST}:{self.port}{self.prefix}/"

    def initialize_logging(self) -> None:
        """Nothing but what went wrong: the terminal shows the address."""
        logging.basicConfig(level=logging.ERROR, format="%(message)s")

    async def _make_app(self) -> web.Application:
        application = web.Application(middlewares=[self._guard])
        application.add_routes([
            web.get(f"{self.prefix}/", self.handle_index), web.get(f"{self.prefix}/ws", self.handle_websocket),
            web.get(f"{self.prefix}/download/{{key}}", self.handle_download), web.static(f"{self.prefix}/static", self.statics_path),
        ])  # fmt: skip
        application.on_shutdown.append(self.on_shutdown)
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuses what does not come from our own page."""
        token = request.path.split("/")[1]
        if not secrets.compare_digest(token.encode(), self.token.encode()) or not self._ours(request):
            return web.Response(status=403, text="请用 nigao web 显示的地址打开", headers=_HEADERS)
        return await handler(request)

    def _ours(self, request: web.Request) -> bool:
        hosts = {f"{name}:{self.port}" for name in NAMES} | (set(NAMES) if self.port == 80 else set())
        origin = request.headers.get("Origin")
        return request.headers.get("Host") in hosts and (origin is None or origin in {f"http://{host}" for host in hosts})

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page."""
        host, nonce = request.headers["Host"], secrets.token_urlsafe(16)
        size = max(8, min(to_int(request.query.get("fontsize", ""), FONT), 48))
        values = {
            "title": self.title, "prefix": self.prefix, "static": f"{self.prefix}/static", "size": str(size), "nonce": nonce,
            "websocket": f"ws://{host}{self.prefix}/ws",
        }  # fmt: skip
        text = Template(_PAGE.read_text("utf-8")).substitute({name: escape(value) for name, value in values.items()})
        return web.Response(text=text, content_type="text/html", headers={**_HEADERS, "Content-Security-Policy": _policy(host, nonce)})

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file the session hands over, once, under its own name."""
        try:
            download = await self.download_manager.get_download_metadata(request.match_info["key"])
        except KeyError:
            return web.Response(status=404, text="这个文件已经下载过了，请再导出一次", headers=_HEADERS)
        named = f"attachment; filename*=UTF-8''{quote(download.file_name, safe='')}"
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": download.mime_type, "Content-Disposition": named})
        await response.prepare(request)
        async for chunk in self.download_manager.download(request.match_info["key"]):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        self._open.add(websocket)
        try:
            await super()._process_messages(websocket, app_service)
        finally:
            self._open.discard(websocket)

    async def on_shutdown(self, app: web.Application) -> None:
        """Tells every session that it ends."""
        for websocket in tuple(self._open):
            await websocket.close()

    def run(self, listener: socket.socket, ready: Callable[[str], None]) -> None:
        """Serves until Ctrl+C. `ready` is told the address."""
        self.port = listener.getsockname()[1]
        self.initialize_logging()
        with suppress(KeyboardInterrupt):  # where signals cannot be handled in the loop
            asyncio.run(self._serve(listener, ready))

    async def _serve(self, listener: socket.socket, ready: Callable[[str], None]) -> None:
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        with suppress(NotImplementedError):
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, ended.set)
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=PATIENCE)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        ready(self.address)
        try:
            await ended.wait()
        finally:
            await runner.cleanup()


_PAGE = Path(__file__).with_name("web_page.html")
_HEADERS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cache-Control": "no-store"}


def _policy(host: str, nonce: str) -> str:
    """Only what this server hands out, and no frame around it."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        f"img-src 'self' data:; connect-src ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _command(session: Sequence[str]) -> str:
    """The session as a line for the system's shell, which textual-serve starts."""
    words = [sys.executable, "-m", "tui.web_session", *session]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else "exec " + shlex.join(words)
