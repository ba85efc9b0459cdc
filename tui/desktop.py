"""Opens a file or its folder with what the desktop has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PATIENCE = 2.0
"""Seconds after which an opener that still runs is taken for a success: some stay until the file is closed."""


def opener() -> str:
    """The program that opens things here; empty where there is none, or no screen to show them on."""
    if sys.platform == "darwin":
        return "open"
    if sys.platform == "win32":
        return "explorer"
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return ""
    return shutil.which("xdg-open") or ""


def open_path(path: Path) -> str:
    """Opens a file or folder; what is to be told when that is not possible, else nothing. Takes up to two seconds."""
    if not path.exists():
        return f"{path} 已经不在那里了"
    program = opener()
    if not program:
        return "这里没有桌面，打不开窗口；文件的位置写在屏幕上，可以自己去找"
    try:
        started = subprocess.Popen(
            [program, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        code = started.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return ""
    except OSError:
        code = 1
    return f"系统没能打开 {path.name}；请到屏幕上写的位置去找" if code and program != "explorer" else ""
