"""`nigao web`."""

from __future__ import annotations

import socket
from argparse import Namespace
from importlib.util import find_spec

from drafting.errors import ConfigError
from tui.output import BOLD, Output

HOST = "127.0.0.1"


def listening(port: int) -> socket.socket:
    """A socket on this machine's own address. Raises ConfigError where the port cannot be had."""
    try:
        return socket.create_server((HOST, port))
    except OverflowError as error:
        raise ConfigError("端口号应在 0 到 65535 之间") from error
    except PermissionError as error:
        raise ConfigError(f"端口 {port} 要管理员才能用；请换一个 1024 以上的，如 nigao web --port 8766") from error
    except OSError as error:
        raise ConfigError(f"端口 {port} 已被别的程序占用；请换一个，如 nigao web --port {port % 60000 + 1}") from error


def web(call: Namespace, output: Output) -> int:
    """Serves the session to the browser of this machine until Ctrl+C."""
    if find_spec("textual_serve") is None:
        raise ConfigError("在浏览器里写要先装 textual-serve；请运行 pip install 'nigao[web]'")
    with listening(call.port) as listener:  # before what takes long to load
        _serve(call, listener, output)
    output.notice("已结束；稿子都自动保存过")
    return 0


def _serve(call: Namespace, listener: socket.socket, output: Output) -> None:
    from tui.web import DeskServer

    session = [*([call.outline] if call.outline else []), *(word for bank in call.bank for word in ("--bank", bank))]
    server = DeskServer(call.port, session)

    def ready(address: str) -> None:
        output.line(f"请在浏览器里打开：\n  {output.paint(address, BOLD)}")
        output.line("这个地址只在这台电脑上能用，每次都不同，不要发给别人。写完按 Ctrl+C 结束。")
        if call.open:
            import webbrowser

            webbrowser.open(address)

    server.run(listener, ready)
