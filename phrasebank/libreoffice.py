"""LibreOffice as a converter of files: where it is, and one conversion in a folder and with a profile of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def profile_of(source: Path) -> Path:
    """The user profile that the conversion of a file runs with."""
    return source.parent / "profile"


def convert(office: str, source: Path, form: str, output: Path, limit: float) -> None:
    """Turns `source` into `form`, a file of the same stem in the folder `output`. Its folder holds profile and temporary files too,
    so that it meets no LibreOffice that is running. `limit` are seconds; LibreOffice is ended with all its processes when time is up
    or the user breaks off. Its exit code tells nothing: whoever calls looks whether the file is there.

    Raises subprocess.TimeoutExpired, and OSError where the program does not start."""
    command = [
        office, f"-env:UserInstallation={profile_of(source).as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nologo",
        "--convert-to", form, "--outdir", str(output), str(source),
    ]  # fmt: skip
    quiet, environment = subprocess.DEVNULL, {**os.environ, "TMPDIR": str(source.parent)}
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True)
    try:
        process.wait(limit)
    finally:
        if process.returncode is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and its children."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
