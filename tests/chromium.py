"""A real browser without a screen, driven over the DevTools protocol: opens a page, types, looks, downloads."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\a]*\a")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
KEYS = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowUp": 38, "ArrowDown": 40, "Backspace": 8, **{f"F{n}": 111 + n for n in range(1, 13)}}


class Page:
    """One page. `requested` are the addresses it asked for, `heard` the text its websocket was sent since the last key."""

    def __init__(self, socket: Any) -> None:
        self._socket, self._number = socket, 0
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.requested: list[str] = []
        self.downloads: list[str] = []
        self.heard = ""
        self._reader = asyncio.create_task(self._read())

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One call of the protocol."""
        self._number += 1
        future = self._waiting[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        answer = await asyncio.wait_for(future, 20)
        assert "error" not in answer, answer
        return answer["result"]

    async def _read(self) -> None:
        async for message in self._socket:
            said = message.json()
            if "id" in said:
                self._waiting.pop(said["id"]).set_result(said)
            elif said["method"] == "Network.requestWillBeSent":
                self.requested.append(said["params"]["request"]["url"])
            elif said["method"] == "Network.webSocketCreated":
                self.requested.append(said["params"]["url"])
            elif said["method"] == "Network.webSocketFrameReceived":
                self._hear(said["params"]["response"])
            elif said["method"] == "Browser.downloadProgress" and said["params"]["state"] == "completed":
                self.downloads.append(said["params"]["guid"])

    def _hear(self, frame: dict[str, Any]) -> None:
        if frame["opcode"] == 2:  # what is drawn; text frames are textual-serve's own
            self.heard += _ESCAPES.sub("", base64.b64decode(frame["payloadData"]).decode("utf-8", "replace"))

    async def js(self, expression: str) -> Any:
        """The value of an expression in the page."""
        return (await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True))["result"].get("value")

    async def until(self, expression: str, seconds: float = 20) -> None:
        """Waits for an expression to be true."""
        for _ in range(int(seconds / 0.05)):
            if await self.js(expression):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"never true: {expression}")

    async def hears(self, *texts: str, seconds: float = 20) -> str:
        """Waits until the terminal in the page is sent one of the texts, and says which."""
        for _ in range(int(seconds / 0.02)):
            if found := next((text for text in texts if text in self.heard), ""):
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"never seen: {texts}; last: {self.heard[-400:]}")

    async def until_downloaded(self, seconds: float = 20) -> None:
        """Waits until a file has come down whole."""
        for _ in range(int(seconds / 0.02)):
            if self.downloads:
                return
            await asyncio.sleep(0.02)
        raise AssertionError("nothing was downloaded")

    async def press(self, key: str, modifiers: int = 0) -> None:
        """A key with its name; `modifiers` 2 is Ctrl."""
        self.heard = ""
        number = KEYS.get(key) or ord(key.upper())
        code = key if key in KEYS else f"Key{key.upper()}"
        for kind in ("rawKeyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, code=code, windowsVirtualKeyCode=number, modifiers=modifiers)

    async def type(self, text: str) -> None:
        """Text as an input method commits it."""
        self.heard = ""
        await self.call("Input.insertText", text=text)

    async def picture(self, path: Path) -> None:
        """What is seen."""
        path.write_bytes(base64.b64decode((await self.call("Page.captureScreenshot"))["data"]))


@asynccontextmanager
async def page(address: str, downloads: Path, size: tuple[int, int] = (1200, 800)) -> AsyncIterator[Page]:
    """A page at `address`, in a browser with a profile of its own."""
    from aiohttp import ClientSession

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        fonts = Path(__file__).resolve().parents[2] / "shared/tools/fonts.conf"  # where the system has no Chinese fonts
        environment = {"FONTCONFIG_FILE": str(fonts), **os.environ} if fonts.is_file() else dict(os.environ)
        browser = subprocess.Popen(
            [str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0", "--remote-allow-origins=*",
             f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        try:
            port = await _port(Path(profile))
            async with ClientSession() as client:
                pages = await (await client.get(f"http://127.0.0.1:{port}/json")).json()
                target = next(one for one in pages if one["type"] == "page")
                async with client.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    shown = Page(socket)
                    await shown.call("Page.enable")
                    await shown.call("Network.enable")
                    await shown.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads), eventsEnabled=True)
                    await shown.call("Page.navigate", url=address)
                    yield shown
        finally:
            browser.terminate()
            with suppress(subprocess.TimeoutExpired):
                browser.wait(5)
            browser.kill()


async def _port(profile: Path) -> str:
    for _ in range(400):
        with suppress(OSError, IndexError):
            return (profile / "DevToolsActivePort").read_text().splitlines()[0]
        await asyncio.sleep(0.05)
    raise AssertionError("the browser did not start")
