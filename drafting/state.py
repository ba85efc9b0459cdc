"""Where the state of sessions is kept between them. Asked before the first screen is painted, so that it imports nothing of ours."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """`$NIGAO_STATE`, else `nigao` under `$XDG_STATE_HOME` or `~/.local/state`."""
    if own := os.environ.get("NIGAO_STATE"):
        return Path(own)
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "nigao"
