"""What LibreOffice makes of our documents: real pages that the outside judge passes, and all that is in them there and back again.

LibreOffice takes two seconds to start, so one call makes all the pages, and one all the documents that come back.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from conftest import own_library
from test_base import furnished
from test_docx import JUDGE, SHARED, full, needs_judge

from drafting.base import write_into
from drafting.docx import write_docx
from drafting.format import format_file
from drafting.layout import load_layout
from drafting.model import Block, Draft, Origin, Outline, Profile, Span
from drafting.workshop import Workshop
from phrasebank.readers import read

FONTS = SHARED / "tools" / "fonts.conf"
SHORT = Draft(
    Outline("会议讲话", "安全生产"),
    (Block("title", (Span("在临河镇春耕会议上的讲话", Origin("writer")),)),
     Block("paragraph", (Span("各村要把种子备足，把水渠清通。", Origin("writer")),))),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pages:
    """Drafts with their .docx and their PDF, blanks and all: all genres in the official layout, some in that for the lectern, one in
    a base."""

    official: list[tuple[Draft, Path, Path]]
    lectern: list[tuple[Draft, Path, Path]]
    based: Path
    forms: list[Path]


@pytest.fixture(scope="module")
def genre_drafts(_cache) -> list[Draft]:
    """24 drafts or more, every genre there is in turn, each of another theme and seed; long enough for a full page between the
    first and the last, which the judge wants to see."""
    shop = Workshop.open(library=own_library())
    pairs = [(genre, theme) for theme in shop.library.themes for genre in shop.library.genres]
    who = Profile(level="镇", place="临河镇", unit="临河镇党委", post="组织委员", name="林一禾", year=2026)
    wanted = pairs[: max(24, 2 * len(shop.library.genres))]
    sizes = {name: max(1800, genre.characters) for name, genre in shop.library.genres.items()}
    outlines = [Outline(g, t, characters=sizes[g], seed=at, profile=who) for at, (g, t) in enumerate(wanted, 1)]
    return [shop.session(outline).draft for outline in outlines]


@pytest.fixture(scope="module")
def pages(genre_drafts, tmp_path_factory) -> Pages:
    """All documents that are looked at as pages, by one call of LibreOffice."""
    if not list(Path("/opt/fandol").rglob("FandolFang*")) and not list(Path("/usr/share/texlive").rglob("FandolFang*")):
        pytest.skip("the Fandol fonts are not installed (../shared/tools/setup_render.sh)")
    folder = tmp_path_factory.mktemp("pages")

    def written(name: str, drafts: list[Draft]) -> list[tuple[Draft, Path, Path]]:
        made = [(draft, folder / f"{name}{at}.docx", folder / f"{name}{at}.pdf") for at, draft in enumerate(drafts)]
        for draft, file, _ in made:
            file.write_bytes(write_docx(draft, load_layout(name)))
        return made

    base = docx.Document()
    furnished(base)
    base.save(str(folder / "模板.docx"))
    (folder / "稿.docx").write_bytes(write_into(SHORT, folder / "模板.docx"))
    forms = [folder / f"{source.stem}.docx" for source in sorted(SHARED.glob("corpus/office-files/附件[46]-*.docx"))]
    for form in forms:
        format_file(SHARED / "corpus" / "office-files" / form.name, form, load_layout("official"))
    found = Pages(written("official", genre_drafts), written("speech", genre_drafts[:6]), folder / "稿.pdf",
                  [form.with_suffix(".pdf") for form in forms])  # fmt: skip
    files = [*forms, *(file for _, file, _ in (*found.official, *found.lectern))]
    converted("pdf", folder, folder / "profile", [*files, folder / "稿.docx"])
    return found


def converted(form: str, folder: Path, profile: Path, files: list[Path]) -> None:
    """Puts files into a folder in another form, by one call of LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    subprocess.run(
        [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", form, "--outdir", folder, *files],
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS), "HOME": str(profile.parent)}, capture_output=True, timeout=240, check=True,
    )  # fmt: skip


_JUDGE_ALL = """
import runpy, sys
judge, *files = sys.argv[1:]
for file in files:
    print("FILE", flush=True)
    sys.argv = [judge, *file.split("|")]
    try:
        runpy.run_path(judge, run_name="__main__")
    except SystemExit:
        pass
"""


NO_FULL_PAGE = "FAIL full pages have 22 lines   [[]]"
"""What the judge says of a document that has no page between its first and its last, which it counts lines on."""
SHORT_LINES = "FAIL 28 char cells per full line"
"""What the judge says where fewer than nine lines of ten have 28 cells. A blank has four marks that may not begin or end a line, so
that a text of many blanks and few lines can have more of 27, each rightly so."""


def forced(pdf: Path) -> bool:
    """Whether every line of fewer than 28 cells had to end where it does: one character behind it comes a mark that may neither begin a
    line nor hang over the margin, or a mark that may not end a line comes right behind it."""
    rows = [row for page in pytest.importorskip("pypdfium2").PdfDocument(pdf) for row in page_rows(page)[:-1]]
    for (_, text, middle, _, left), (_, below, *_) in pairwise(rows):
        if 2 * middle - left < 512 or not all(unicodedata.east_asian_width(c) in "WFA" for c in text):
            continue  # the end of a paragraph, or a line with figures
        if round((left - 79.4) / 15.7) + len(text) < 28 and _FORCES.match(below) is None:
            return False
    return True


_FORCES = re.compile("[“‘《〈（〔]|.[，。、]?[〕）｜”’》〉：；！？—…]")


def last_rows(pdf: Path) -> set[int]:
    """Which line, counted from the head of the type area, is the last of each page but the last."""
    pages = list(pytest.importorskip("pypdfium2").PdfDocument(pdf))[:-1]
    return {round((page.get_height() - page_rows(page)[-2][0] - 104.9) / 28.95 + 0.5) for page in pages}


def judge_all(pairs: list[tuple[Path, Path]]) -> list[list[str]]:
    """The judge's FAIL lines for each document with its PDF: one process, which loads its libraries once."""
    pytest.importorskip("lxml")
    files = [f"{file}|{pdf}" for file, pdf in pairs]
    run = subprocess.run([sys.executable, "-c", _JUDGE_ALL, JUDGE, *files], capture_output=True, text=True, check=True)
    found = run.stdout.split("FILE\n")[1:]
    assert all("passed" in one for one in found), run.stderr
    return [[line for line in one.splitlines() if line.startswith("FAIL")] for one in found]


def seen(pdf: Path) -> str:
    """The characters on the pages of a PDF, page numbers left out, in a steady order."""
    pdfium = pytest.importorskip("pypdfium2")
    pages = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))
    # A range of text from PDF has soft hyphens (U+FFFE) and page numbers that the draft has not.
    return "".join(sorted(re.sub(r"\s|\ufffe", "", re.sub(r"—\s*\d+\s*—", "", pages))))


@needs_judge
def test_real_pages_of_every_genre(pages):
    """22 lines of 28 characters on every full page, and not a character lost on the way."""
    assert len(pages.official) >= 24
    found = judge_all([(file, pdf) for _, file, pdf in pages.official])
    for faults, (_, _, pdf) in zip(found, pages.official, strict=True):
        assert [f for f in faults if f != NO_FULL_PAGE and not (f.startswith(SHORT_LINES) and forced(pdf))] == []
        assert last_rows(pdf) == {22} and forced(pdf)
    for draft, _, pdf in pages.official:
        assert seen(pdf) == "".join(sorted(re.sub(r"\s", "", draft.text)))


def test_real_pages_for_the_lectern(pages):
    """二号 on every line of body text, 20 characters at most, the number in the middle, no heading alone at the foot of a page."""
    pdfium = pytest.importorskip("pypdfium2")
    for draft, _, pdf in pages.lectern:
        assert seen(pdf) == "".join(sorted(re.sub(r"\s", "", draft.text)))
        heads = {re.sub(r"\s", "", block.text) for block in draft.blocks if block.kind == "heading"}
        for number, page in enumerate(pdfium.PdfDocument(pdf), 1):
            rows = page_rows(page)
            *text, foot = rows
            assert foot[1] == f"—{number}—" and abs(foot[2] - page.get_width() / 2) < 3
            assert text[-1][1] not in heads
            assert all(cells(row[1]) <= 20 for row in text if row[3] > 20 and not row[1].isascii())


def test_the_page_of_a_base(pages):
    """A landscape page with its header, and the whole text; of marks in other fonts a PDF does not tell the place."""
    pdfium = pytest.importorskip("pypdfium2")
    (page,) = pdfium.PdfDocument(pages.based)
    found = "".join(page.get_textpage().get_text_range().split())
    assert page.get_width() > page.get_height() and "临河镇人民政府" in found
    assert Counter("".join(SHORT.text.split())) <= Counter(found)


def test_forms_on_their_side_keep_to_one_page(pages):
    """Laid out anew, with their table and its note, as they were made."""
    pdfium = pytest.importorskip("pypdfium2")
    if not pages.forms:
        pytest.skip("../shared/corpus/office-files is not here")
    assert [len(pdfium.PdfDocument(pdf)) for pdf in pages.forms] == [1, 1]


def test_libreoffice_keeps_words_styles_and_comments(tmp_path):
    """There and back again: a draft, and a .docx that was laid out in place."""
    source = docx.Document()
    source.add_paragraph("情况报告")
    told = source.add_paragraph("（一）压实责任。").add_run("各村要把名单理清，逐户上门讲清楚。")
    source.add_comment(told, "请核对", "林一禾", "林")
    source.add_table(1, 1).cell(0, 0).text = "险段"
    source.save(str(tmp_path / "原.docx"))
    format_file(tmp_path / "原.docx", tmp_path / "新.docx", load_layout("official"))
    (tmp_path / "稿.docx").write_bytes(write_docx(full(), load_layout("official")))
    out = tmp_path / "回"
    converted("docx:MS Word 2007 XML", out, tmp_path / "profile", [tmp_path / "新.docx", tmp_path / "稿.docx"])
    for name in ("新.docx", "稿.docx"):
        before, after = (docx.Document(str(folder / name)) for folder in (tmp_path, out))
        assert [(p.style.name, p.text) for p in after.paragraphs] == [(p.style.name, p.text) for p in before.paragraphs]
        assert [c.text for c in after.comments] == [c.text for c in before.comments] != []
        assert "".join(read(out / name).lines) == "".join(read(tmp_path / name).lines)


def cells(row: str) -> float:
    """The cells of a line: the dot between a work and its part takes half of one (GB/T 15834, 5.1.9), and so does the first of
    two marks that meet, which layout engines push together."""
    return len(row) - len(re.findall(r"·|[，。；：、）》」』”’](?=[（《「『“‘，。；：、）》」』”’])", row)) / 2


def page_rows(page) -> list[tuple[float, str, float, float, float]]:
    """The lines of a page from its top: place, characters, middle, height of type, left edge, in points."""
    found: list[list[tuple[float, float, float, str, float]]] = []
    text = page.get_textpage()
    for at in range(text.count_chars()):
        if (character := text.get_text_range(at, 1)).strip():
            left, low, right, high = text.get_charbox(at, loose=True)
            if found and abs(found[-1][0][0] - (low + high) / 2) < 8:
                found[-1].append(((low + high) / 2, left, right, character, high - low))
            else:
                found.append([((low + high) / 2, left, right, character, high - low)])
    return [
        (row[0][0], "".join(c[3] for c in row), (min(c[1] for c in row) + max(c[2] for c in row)) / 2, max(c[4] for c in row),
         min(c[1] for c in row))
        for row in found
    ]
