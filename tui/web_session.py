"""One session behind a page of `nigao web`: `python -m tui.web_session [OUTLINE] [--bank BANK]…`, its streams held by textual-serve."""

from __future__ import annotations

import argparse
import gc

from textual import messages
from textual.drivers.web_driver import WebDriver


class Driver(WebDriver):
    """Ends the session when the server is gone: it would wait for keys for ever."""

    def run_input_thread(self) -> None:
        """Reads until there is nothing more to come."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.call_later(self._app.post_message, messages.ExitApp())


def main() -> int:
    """Runs the session on the streams of this process."""
    gc.disable()  # as in tui.cli
    from tui.app import NigaoApp

    parser = argparse.ArgumentParser()
    parser.add_argument("outline", nargs="?")
    parser.add_argument("--bank", action="append", default=[])
    call = parser.parse_args()
    app = NigaoApp(call.outline, call.bank)
    app.driver_class = Driver
    return app.run() or 0


if __name__ == "__main__":
    raise SystemExit(main())
