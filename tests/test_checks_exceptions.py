"""What a writer means as it stands: `except` in an outline and 〔不查：…〕 in his own words are honoured, counted, and never printed."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
import yaml
from conftest import own_library, write_tree

from drafting.batch_summary import describe
from drafting.checks import Aids, check, check_draft, load_rules
from drafting.checks.inline import without_marks
from drafting.checks.run import check_text
from drafting.checks.text import of_text
from drafting.errors import OutlineErrors
from drafting.export import export
from drafting.layout import load_layout
from drafting.model import Exempt, Outline, Point, Profile, SectionPlan
from drafting.outline import dump, loads
from drafting.sample import sample
from drafting.schema import schema
from drafting.workshop import Workshop

LIBRARY = own_library()
RULES = load_rules()
HEAD = "genre: 研讨发言\ntheme: 安全生产\n"
EXEMPT = (Exempt("R02", "临河县", "对口协作"), Exempt("F02", "达%"), Exempt("R03"))
SLIP = "推动临河县再上台阶，覆盖率达%。"
MARKED = "推动临河县再上台阶〔不查：R02 2024年起对口协作〕，堤已修好。"


@pytest.fixture(scope="module")
def shop(builtin):
    return Workshop.open()


def session(shop, text: str, *exempt: Exempt):
    """A session whose opening is the writer's own `text`."""
    opening = SectionPlan("开头", points=(Point(text=text, fixed=True),))
    profile = Profile("县", "青山县", year=2026)
    return shop.session(Outline("研讨发言", "安全生产", characters=600, profile=profile, sections=(opening,), exempt=exempt))


# ---------------------------------------------------------------- the outline
@pytest.mark.parametrize(
    ("row", "exempt"),
    [
        ("R02: 临河县", Exempt("R02", "临河县")),
        ("{R02: 临河县, reason: 对口协作}", EXEMPT[0]),
        ("{rule: R02, text: 临河县, reason: 对口协作}", EXEMPT[0]),
        ("r02：临河县", Exempt("R02", "临河县")),
        ("R02", Exempt("R02")),
        ("F", Exempt("F")),
    ],
)
def test_an_exception_is_read_as_people_write_it(row, exempt):
    """Id and words, with a reason or without; the schema takes what the reader takes."""
    text = f"{HEAD}except:\n  - {row}\n"
    (outline,) = loads(text, "提纲.yaml", LIBRARY)
    assert outline.exempt == (exempt,)
    assert jsonschema.Draft7Validator(schema(LIBRARY)).is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("R99: 临河县", "没有编号为“R99”的检查"),
        ("临河县", "没有编号为“临河县”的检查"),
        ("{R02: 甲, R03: 乙}", "一条写一项"),
        ("{text: 临河县}", "要写明是哪一项检查"),
        ("{R02: 甲, raeson: 乙}", "最接近的是“reason”"),
        ("[R02]", "应为若干“键: 值”"),
    ],
)
def test_a_faulty_exception_is_named_with_its_line(row, message):
    with pytest.raises(OutlineErrors) as caught:
        loads(f"{HEAD}except:\n  - {row}\n", "提纲.yaml", LIBRARY)
    assert message in str(caught.value)
    assert caught.value.problems[0].line == 4


def test_exceptions_are_written_and_read_again():
    outline = Outline("研讨发言", "安全生产", exempt=EXEMPT)
    text = dump(outline)
    assert loads(text, "提纲.yaml", LIBRARY) == (outline,)
    assert "except:\n- R02: 临河县\n  reason: 对口协作\n- F02: 达%\n- R03\n" in text


def test_the_sample_outline_shows_how():
    """`nigao new` has the key with a comment; without its # the outline is still right."""
    text = sample(LIBRARY, "研讨发言", "安全生产")
    assert "# except: [R02: 西河镇]" in text
    (outline,) = loads(text.replace("# except:", "except:"), "提纲.yaml", LIBRARY)
    assert outline.exempt == (Exempt("R02", "西河镇"),)


# ---------------------------------------------------------------- what they spare
def test_session_and_batch_honour_the_outline(shop):
    """What is excepted is told nowhere as a finding; the report still has it, each with its reason."""
    plain, spared = session(shop, SLIP), session(shop, SLIP, *EXEMPT)
    before, after = check(plain.draft, plain.plan), check(spared.draft, spared.plan)
    gone = [f for f in before if f.id in ("R02", "F02", "R03")]
    assert {f.id for f in gone} == {"R02", "F02", "R03"}
    assert [f for f in before if f not in gone] == list(after)
    excepted = check_draft(spared.draft, spared.plan).excepted
    assert [f for f, _ in excepted] == gone
    assert dict((f.id, reason) for f, reason in excepted)["R02"] == "对口协作"
    assert describe(spared, spared.draft, "x.docx")["findings"]["E"] == sum(f.severity == "E" for f in after)


def test_only_the_words_named_are_spared(shop):
    """An exception for one place does not cover another."""
    one = session(shop, "推动临河县再上台阶。推动镇安县再上台阶。", Exempt("R02", "临河县"))
    assert [f.text for f in check(one.draft, one.plan) if f.id == "R02"] == ["镇安县"]


def test_json_says_how_many_were_excepted(nigao, tmp_path):
    write_tree(tmp_path, {
        "稿.txt": f"{SLIP}\n", "提纲.yaml": f"{HEAD}profile: {{level: 县, place: 青山县}}\nexcept:\n  - R02: 临河县\n",
    })  # fmt: skip
    row = json.loads(nigao("check", "稿.txt", "--outline", "提纲.yaml", "--json", "--only", "R02,F02").stdout)
    assert [f["id"] for f in row["findings"]] == ["F02"]
    assert (row["counts"], row["excepted"]) == ({"E": 1, "W": 0, "I": 0}, 1)


# ---------------------------------------------------------------- marks in the text
def test_a_mark_spares_its_paragraph_and_is_itself_no_text(shop):
    """The year in the mark is no figure of the speech, the mark no words of it."""
    one = session(shop, MARKED)
    assert [f for f in check(one.draft, one.plan) if f.id in ("R02", "F03")] == []
    assert [(f.id, reason) for f, reason in check_draft(one.draft, one.plan).excepted] == [("R02", "2024年起对口协作")]
    bare = session(shop, MARKED.replace("〔不查：R02 2024年起对口协作〕", ""))
    assert describe(one, one.draft, "x.md")["characters"] == bare.draft.characters


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize("suffix", [".docx", ".md", ".txt", ".json", ".pdf"])
def test_no_exported_form_holds_a_mark(shop, tmp_path, monkeypatch, suffix, final):
    """Word, Markdown, prompter, JSON and PDF: what is printed is what is said. The PDF is LibreOffice's of the same Word file."""
    monkeypatch.setattr("drafting.pdf.to_pdf", lambda document: document)
    one = session(shop, f"{MARKED}〔不查〕")
    path = tmp_path / f"稿{suffix}"
    export(one.draft, path, load_layout("official"), final=final)
    text = words_of(path)
    assert "推动临河县再上台阶，堤已修好。" in text
    assert "不查" not in text


def words_of(path) -> str:
    """The words of a file; of a Word package those of its main part."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return data.decode()
    import docx

    return "\n".join(p.text for p in docx.Document(str(path) if path.suffix == ".docx" else path.open("rb")).paragraphs)


def test_a_mark_alone_on_a_line_leaves_no_empty_paragraph(shop):
    one = session(shop, "堤已修好。")
    blocks = list(one.draft.blocks)
    at = next(n for n, block in enumerate(blocks) if "堤已修好" in block.text)
    alone = replace(blocks[at], spans=(replace(blocks[at].spans[0], text="〔不查：F03〕"),))
    marked = replace(one.draft, blocks=(*blocks[:at], alone, *blocks[at:]))
    assert without_marks(marked) == one.draft
    assert without_marks(one.draft) is one.draft


@pytest.mark.parametrize("mark", ["〔不查：S05 有意〕", " 〔不查：S05，W02〕 ", "　〔不查：Q〕"])
def test_a_mark_leaves_no_trace_in_what_is_checked(mark):
    """Wherever a mark stands (between words, before a mark, at the end), what is found is what is found without it, in files and drafts."""
    text = "要强基础、补短板、扬优势。堤上有人守，水里有人巡。"
    for at in range(1, len(text) + 1, 3):
        marked = of_text(f"{text}\n{text[:at]}{mark}{text[at:]}\n{text}")
        assert [p.text for p in marked.paragraphs] == [text] * 3
        assert [(number, at) for number, at, _ in marked.noted] == [(2, 2)]
        assert check_text(marked, RULES, Aids()).findings == check_text(of_text("\n".join([text] * 3)), RULES, Aids()).findings


def test_a_place_behind_a_mark_is_where_it_stands_in_the_draft(shop):
    """The session shows and mends findings in the text as the writer sees it, marks counted in."""
    one = session(shop, "堤已修好〔不查：S05 有意〕。推动临河县再上台阶。")
    (finding,) = (f for f in check(one.draft, one.plan) if f.id == "R02")
    assert one.draft.blocks[finding.paragraph - 1].text[finding.start : finding.end] == finding.text == "临河县"


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("〔不查：R99〕", ["R99"]),
        ("〔不查：R02,Z 对口协作〕", ["Z"]),
        ("〔不查：r02 GDP口径〕", []),
        ("〔不查：F〕", []),
        ("〔不查：NBA 的事〕", ["NBA"]),
    ],
)
def test_a_mark_that_names_no_check_is_told(mark, told):
    """It spares nothing, so its writer must hear of it; every id of the family, or all of them, is named."""
    found = [f for f in check_text(of_text(f"堤已修好{mark}。"), (), Aids()).findings]
    assert [(f.severity, f.text, f.paragraph) for f in found] == [("W", mark, 1)] * len(told)
    for finding, id_ in zip(found, told, strict=True):
        assert f"没有编号为“{id_}”的检查" in finding.message
        listed = [rule.id for rule in RULES if rule.id[0] == id_[0]] or [rule.id for rule in RULES]
        assert all(one in finding.message for one in listed)
