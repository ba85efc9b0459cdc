"""Makes the six pictures of the session in docs/images: `nigao web` in a Chromium without a screen, walked from theme to export.

    python tools/screens.py [FOLDER]

Needs the extra `web`, Chromium, and Chinese fonts (FONTCONFIG_FILE where the system has none). Pictures come from the browser because
wide characters are right there. The draft is made up: a place and a speaker that do not exist, the built-in bank alone.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import chromium  # noqa: E402

chromium.KEYS["ArrowRight"] = 39

IMAGES = ROOT / "docs/images"
SIZE = (1180, 760)
REST = 2.5
"""Seconds without news after which a step is painted, checks and all, on a busy machine too."""
BLINK = 3000
"""Characters that are no news."""
LONGEST = 4
"""Rests at most."""
SPEAKER = ("临河镇", "临河镇", "党委副书记", "陈明")
STEPS = (
    ("structure", "F3", ("ArrowDown", "ArrowDown")),
    ("writing", "F3", ("ArrowRight", "ArrowDown", "ArrowDown", "F4")),
    ("facts", "F3", ()),
    ("review", "F3", ()),
    ("export", "F3", ()),
)
"""Name of the picture, the key that leads to the step, and keys pressed there."""


async def walk(address: str, folder: Path) -> None:
    """Through the session, with a picture of each step."""
    async with chromium.page(f"{address}?fontsize=16", folder, SIZE) as page:
        await page.hears("新写一篇", seconds=120)
        await page.press("F4")
        await page.hears("查主题")
        await page.type("aqsc")
        await _picture(page, folder, "theme")
        await page.press("Enter")
        await page.hears("讲话人姓名")
        await page.press("Tab")
        for word in SPEAKER:
            await page.press("Tab")
            await page.type(word)
        for word in ("", "8", "全镇安全生产专题研讨会"):
            await page.press("Tab")
            if word:
                await page.type(word)
        await _rest(page)
        for name, way, keys in STEPS:
            await page.press(way)
            await _rest(page)
            for key in keys:
                await page.press(key)
                await _rest(page)
            if name == "facts":
                await page.type("2026年12月3日")
                await page.press("Enter")
            await _picture(page, folder, name)


async def _rest(page: chromium.Page) -> None:
    """Until little has been painted for a while: a cursor blinks, and its line with it."""
    for _ in range(LONGEST):
        seen = len(page.heard)
        await asyncio.sleep(REST)
        if len(page.heard) - seen < BLINK:
            return


async def _picture(page: chromium.Page, folder: Path, name: str) -> None:
    """What is seen, in a palette of colours, which halves the file."""
    await _rest(page)
    path = folder / f"{name}.png"
    await page.picture(path)
    Image.open(path).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


def main() -> None:
    """Serves the session and walks through it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        home = Path(state) / "讲稿"
        home.mkdir()
        environment = {**os.environ, "NIGAO_STATE": state, "NIGAO_HOME": state, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "tui", "web", "--port", "0"]
        process = subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        try:
            assert process.stdout
            process.stdout.readline()
            asyncio.run(walk(process.stdout.readline().strip(), folder))
        finally:
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    main()
