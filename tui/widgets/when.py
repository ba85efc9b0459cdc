"""When something was, as people say it."""

from __future__ import annotations

import time


def when(moment: float, clock: str = "") -> str:
    """Today by the hour, yesterday and earlier by the day, another year with the year."""
    then, now = time.localtime(moment), time.localtime()
    clock = clock or time.strftime("%H:%M", then)
    if then[:3] == now[:3]:
        return f"今天 {clock}"
    if time.localtime(time.time() - 86400)[:3] == then[:3]:
        return f"昨天 {clock}"
    day = f"{then.tm_mon}月{then.tm_mday}日"
    return f"{day} {clock}" if then.tm_year == now.tm_year else f"{then.tm_year}年{day}"
