"""The clipboard of the system. Terminals take what is copied by OSC 52, which Textual writes; where they do not (Terminal.app, most
terminals on VTE), the system's own tool does it. Reading is by that tool alone, for few terminals answer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

SECONDS = 1.0
"""A tool that takes longer hangs."""


@dataclass(frozen=True, slots=True)
class Tool:
    """How a system's clipboard is written and read, as calls of programs; `read` is empty where reading takes too long."""

    write: tuple[str, ...]
    read: tuple[str, ...] = ()
    encoding: str = "utf-8"


PBCOPY = Tool(("pbcopy",), ("pbpaste",))
WAYLAND = Tool(("wl-copy",), ("wl-paste", "--no-newline"))
XCLIP = Tool(("xclip", "-selection", "clipboard", "-in"), ("xclip", "-selection", "clipboard", "-out"))
XSEL = Tool(("xsel", "--clipboard", "--input"), ("xsel", "--clipboard", "--output"))
# clip.exe takes UTF-16 with its mark and would read UTF-8 as the code page of the system.
WINDOWS = Tool(("clip.exe",), encoding="utf-16")


def tool(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Tool | None:
    """The tool of this system, None where there is none. On a machine one is logged in to from afar it would fill the wrong
    clipboard."""
    if platform == "darwin":
        fitting = [PBCOPY]
    elif platform == "win32" or "WSL_DISTRO_NAME" in environment:
        fitting = [WINDOWS]
    else:
        fitting = [WAYLAND] if environment.get("WAYLAND_DISPLAY") else []
        fitting += [XCLIP, XSEL] if environment.get("DISPLAY") else []
    if "SSH_CONNECTION" in environment and not environment.get("DISPLAY"):
        return None
    return next((one for one in fitting if shutil.which(one.write[0], path=environment.get("PATH"))), None)


def write(text: str, by: Tool) -> bool:
    """Puts `text` into the clipboard; False where the tool failed."""
    try:
        # xclip and wl-copy leave a child behind that holds what they were given: with pipes we would wait for its end.
        done = subprocess.run(
            by.write, input=text.encode(by.encoding), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def read(by: Tool) -> str | None:
    """What is in the clipboard; None where that cannot be told."""
    if not by.read:
        return None
    try:
        done = subprocess.run(by.read, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(by.encoding, "replace") if done.returncode == 0 else None
