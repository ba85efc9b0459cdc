"""Makes docs/gallery.md and its pictures: for each genre the example outline, and the first page of the draft it gives.

    python tools/gallery.py

Needs LibreOffice and poppler (pdftoppm), and for true pages real Chinese fonts (FONTCONFIG_FILE). The built-in bank alone is drawn on.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from drafting.builtin import builtin_bank  # noqa: E402
from drafting.config import TEMPLATES, load_library  # noqa: E402
from drafting.export import export  # noqa: E402
from drafting.layout import load_layout  # noqa: E402
from drafting.outline import load  # noqa: E402
from drafting.session import Session  # noqa: E402
from phrasebank.search import Stack  # noqa: E402

IMAGES = ROOT / "docs/images/gallery"
WIDTH = 640
HEAD = """# Gallery

For each of the twelve genres: an outline a newcomer can read (`examples/`), and the first page of what `nigao draft` makes of
it from the built-in bank. Nothing was touched afterwards; yellow is what only the writer knows. Made by `tools/gallery.py`.
"""


def main() -> None:
    """Drafts every example and pictures its first page."""
    library, stack = load_library([TEMPLATES]), Stack((), builtin_bank())
    IMAGES.mkdir(parents=True, exist_ok=True)
    parts = [HEAD]
    for genre in library.genres.values():
        outline = load(ROOT / f"examples/{genre.name}.yaml", library, lambda _: True)[0]
        draft = Session(library, stack, outline).draft
        picture(draft, IMAGES / f"{genre.name}.png")
        name, told = genre.name, f"{draft.characters} characters. [Outline](../examples/{genre.name}.yaml)"
        parts.append(f"## {name}\n\n{genre.about}\n\n`nigao draft examples/{name}.yaml -o {name}.docx`: {told}\n")
        parts.append(f"![{draft.title}](images/gallery/{name}.png)\n")
    (ROOT / "docs/gallery.md").write_text("\n".join(parts), "utf-8")


def picture(draft: object, target: Path) -> None:
    """The first page of a draft as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.docx"
        export(draft, path, load_layout("official"))  # type: ignore[arg-type]
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", folder, str(path)], check=True, capture_output=True)
        page = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
        subprocess.run([*page, f"{folder}/draft.pdf", str(target.with_suffix(""))], check=True)


if __name__ == "__main__":
    main()
