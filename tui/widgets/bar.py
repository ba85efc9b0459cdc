"""Numbers as small bars, in eighths of a cell."""

from __future__ import annotations

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(value: float, most: float, width: int) -> str:
    """A bar of at most `width` cells for `value` of `most`; what is not nothing is seen."""
    eighths = round(8 * width * min(value / most, 1)) if most > 0 else 0
    eighths = max(eighths, 1) if value > 0 else 0
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()).ljust(width)
