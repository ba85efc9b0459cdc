"""The keys of every step. F-keys and Ctrl only: plain letters are eaten by input methods."""

from __future__ import annotations

from textual.binding import Binding

HELP = Binding("f1", "app.help", "帮助", key_display="F1", id="help")
BACK = Binding("f2,escape", "back", "返回", key_display="F2", id="back")
FORWARD = Binding("f3", "forward", "继续", key_display="F3", id="forward")
UNDO = Binding("ctrl+z", "app.undo", "撤销", key_display="^z", show=False, id="undo")
REDO = Binding("ctrl+y", "app.redo", "重做", key_display="^y", show=False, id="redo")
QUIT = Binding("ctrl+q", "app.leave", "退出", key_display="^q", id="quit", priority=True)
PALETTE = Binding("ctrl+p", "app.command_palette", "全部命令", key_display="^p", show=False, priority=True)
SHADE = Binding("ctrl+t", "app.shade", "深色浅色", show=False, id="shade")

WALK = [HELP, BACK, FORWARD, UNDO, REDO]
"""What every step has, first in the footer."""


def key(name: str, action: str, label: str, *, shown: str = "", show: bool = True) -> Binding:
    """A binding of a step, with a keymap id of its own."""
    display = shown or name.partition(",")[0].upper()
    return Binding(name, action, label, key_display=display, show=show, id=action.replace("(", "-").strip(")"))
