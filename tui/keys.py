"""The keys of every step. F-keys and Ctrl only: plain letters are eaten by input methods.

Every binding has an id, under which the user may give it other keys (`tui.keymap`); `NAMED` knows all that were made so far.
"""

from __future__ import annotations

from textual.binding import Binding

NAMED: dict[str, Binding] = {}
"""Bindings by their id, as they are without a keymap; where steps share an id, one of `WALK` and its like, else the first by its key
and label, so that it is the same whichever screens were loaded first."""

LABELLED: dict[tuple[str, str], str] = {}
"""Keys as they are without a keymap by id and label: steps may share an id and say of it what it does there."""


def _named(binding: Binding) -> Binding:
    NAMED.setdefault(binding.id or "", binding)
    told = binding.id or "", binding.description
    LABELLED[told] = min(LABELLED.get(told, binding.key), binding.key)
    return binding


HELP = _named(Binding("f1", "app.help", "帮助", key_display="F1", id="help"))
BACK = _named(Binding("f2,escape", "back", "返回", key_display="F2", id="back"))
FORWARD = _named(Binding("f3", "forward", "继续", key_display="F3", id="forward"))
UNDO = _named(Binding("ctrl+z", "app.undo", "撤销", key_display="^z", show=False, id="undo"))
REDO = _named(Binding("ctrl+y", "app.redo", "重做", key_display="^y", show=False, id="redo"))
QUIT = _named(Binding("ctrl+q", "app.leave", "退出", key_display="^q", id="quit", priority=True))
PALETTE = _named(Binding("ctrl+p", "app.command_palette", "全部命令", key_display="^p", show=False, priority=True, id="palette"))
SHADE = _named(Binding("ctrl+t", "app.shade", "换配色", show=False, id="shade"))
BANK = _named(Binding("ctrl+l", "app.bank", "素材库", show=False, id="bank"))
HISTORY = _named(Binding("f12", "app.history", "历史版本", show=False, id="history"))

WALK = [HELP, BACK, FORWARD, UNDO, REDO]
"""What every step has, first in the footer."""
_COMMON = frozenset(NAMED)
"""Ids of the bindings above."""


def key(name: str, action: str, label: str, *, shown: str = "", show: bool = True) -> Binding:
    """A binding of a step, with a keymap id of its own."""
    display = shown or name.partition(",")[0].upper()
    binding = _named(Binding(name, action, label, key_display=display, show=show, id=action.replace("(", "-").strip(")")))
    id_ = binding.id or ""
    if id_ not in _COMMON:
        NAMED[id_] = min(NAMED[id_], binding, key=lambda one: (one.key, one.description))
    return binding


def told(keys: str) -> str:
    """Keys as people write them: «Ctrl+Left 或 F5»."""
    return " 或 ".join("+".join(_part(part) for part in one.strip().split("+")) for one in keys.split(","))


_NAMES = {
    "escape": "Esc", "left": "←", "right": "→", "up": "↑", "down": "↓", "space": "空格", "delete": "Del", "pageup": "PgUp",
    "pagedown": "PgDn",
}  # fmt: skip


def _part(part: str) -> str:
    return _NAMES.get(part, part.capitalize())
