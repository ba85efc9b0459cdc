"""An existing text becomes an outline: its sections, its words, all of them, and nothing the outline file could not keep."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from drafting.importing import find_speeches, likelihood, outline_of
from drafting.model import Profile
from drafting.outline import dump, loads
from drafting.session import Session
from phrasebank.classify import Guess
from phrasebank.search import Stack

ROOT = Path(__file__).resolve().parent.parent
SPEECH = """关于安全生产的研讨发言

临河镇党委副书记　周明远

（2026年6月12日）

同志们：

今天我谈三点体会。

一、提高认识，扛起责任

（一）责任重于泰山。我们要把群众的生命放在第一位。隐患不会自己消失。

（二）警钟长鸣

去年10月，石桥村一家作坊起火，教训很深，〔待填：数据｜损失金额｜万元〕。

二、查找不足

1.排查不细。有的村走马观花。

2.整改不快。第3项拖了20天。

ABC-123

三、抓好落实

一是压实责任。二是强化培训。

我的发言完了，请批评指正。
"""
PROFILE = Profile("县", "青山县", "青山县委", "书记", "旧名", 2026)


def drafted(path, library, number=0, genre="", theme="", **options):
    """The session on a speech of a file, as the writer who agrees to everything gets it."""
    speech = find_speeches(path, library).speeches[number]
    outline = outline_of(speech, genre or speech.genre.name, theme or speech.theme.name, library, PROFILE, **options)
    assert loads(dump(outline), "", library)[0] == outline, "the outline file keeps it"
    return Session(library, Stack(()), outline)


def words(text):
    """Characters that say something, whatever marks and spaces stand between them."""
    return Counter(character for character in text if character.isalnum())


def test_a_speech_becomes_sections_by_its_headings(tree, library):
    session = drafted(tree({"a.md": SPEECH}) / "a.md", library)
    outline = session.outline
    assert (outline.genre, outline.theme, outline.title) == ("研讨发言", "安全生产", "关于安全生产的研讨发言")
    assert (outline.date, outline.salutation) == ("2026年6月12日", "同志们：")
    assert (outline.profile.post, outline.profile.name, outline.profile.level) == ("临河镇党委副书记", "周明远", "县")
    headings = [(s.part, s.heading) for s in outline.sections]
    assert headings == [
        ("开头", "auto"), ("认识", "提高认识，扛起责任"), ("查摆", "查找不足"), ("打算", "抓好落实"), ("结尾", "auto"),
    ]  # fmt: skip
    assert [p.heading for p in outline.sections[1].points] == ["责任重于泰山", "警钟长鸣"]
    assert outline.sections[1].points[1].use[0].startswith("去年10月")


def test_the_draft_of_it_is_the_text(tree, library):
    draft = drafted(tree({"a.md": SPEECH}) / "a.md", library).draft
    lines = [line.strip() for line in SPEECH.splitlines() if line.strip()]
    heading = lines.index("（二）警钟长鸣")
    lines[heading : heading + 2] = [f"{lines[heading]}。{lines[heading + 1]}"]
    assert [block.text for block in draft.blocks] == lines


@pytest.mark.parametrize("genre", ["研讨发言", "会议讲话", "党课", "对照检查材料", "工作总结", "主持词", "致辞", "调研报告"])
def test_no_word_is_lost_in_any_genre(tree, library, genre):
    """Whether the genre names a speaker, bears headings, or has fewer parts than the text has sections."""
    text = drafted(tree({"a.md": SPEECH}) / "a.md", library, genre=genre).draft.text
    assert words(SPEECH) - words(text) == Counter()


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "templates/corpus").glob("*.md") if "侧面" not in p.name)[::19])
def test_no_word_of_our_own_speeches_is_lost(library, name):
    path = ROOT / "templates" / "corpus" / name
    speech = find_speeches(path, library).speeches[0]
    text = drafted(path, library, genre="会议讲话").draft.text
    assert words("".join(para.text for para in speech.paras)) - words(text) == Counter()
    assert len(speech.paras) > 5


def test_words_are_the_writers_and_can_be_worked_on(tree, library):
    session = drafted(tree({"a.md": SPEECH}) / "a.md", library)
    kinds = {span.origin.kind for block in session.draft.blocks if block.kind == "paragraph" for span in block.spans}
    assert kinds == {"writer", "blank"}
    before = words(session.draft.text)
    for section in range(len(session.plan.sections)):
        session.insert_paragraph(section, 0, "再加一段。")
        for paragraph in range(len(session.paragraphs(section))):
            items = session.items(section, paragraph)
            session.insert(section, paragraph, len(items), "再加一句。")
    assert before - words(session.draft.text) == Counter()


def test_headings_of_a_word_file_are_known_by_their_style(tmp_path, library):
    import docx

    document = docx.Document()
    document.add_heading("在安全生产会议上的讲话", 0)
    for heading in ("绷紧这根弦", "盯住这些处"):
        document.add_heading(heading, 1)
        document.add_paragraph("隐患要一条一条去查，责任要一项一项去压，谁也不能当看客，谁也不能打折扣。")
    document.add_table(1, 2).rows[0].cells[1].text = "表里的话也在"
    document.save(tmp_path / "讲话.docx")
    session = drafted(tmp_path / "讲话.docx", library, genre="会议讲话", theme="安全生产")
    assert [s.heading for s in session.outline.sections if s.heading != "auto"] == ["绷紧这根弦", "盯住这些处"]
    assert "表里的话也在" in session.draft.text


def test_a_file_of_several_speeches_gives_each(tree, library):
    other = SPEECH.replace("安全生产", "森林防火").replace("三点体会", "防火的体会")
    found = find_speeches(tree({"两篇.txt": SPEECH + "\n" + other}) / "两篇.txt", library)
    assert [speech.title for speech in found.speeches] == ["关于安全生产的研讨发言", "关于森林防火的研讨发言"]
    second = outline_of(found.speeches[1], "研讨发言", "安全生产", library, PROFILE)
    assert "防火的体会" in Session(library, Stack(()), second).draft.text


def test_foreign_matter_stays_unless_the_writer_wants_it_out(tree, library):
    text = SPEECH.replace("二、查找不足", "更多范文请关注公众号：某某文库\n\n二、查找不足")
    path = tree({"a.txt": text}) / "a.txt"
    assert any("公众号" in said for said in find_speeches(path, library).speeches[0].foreign)
    assert "公众号" in drafted(path, library).draft.text
    cleaned = drafted(path, library, clean=True).draft.text
    assert "公众号" not in cleaned
    assert words(SPEECH) - words(cleaned) <= words("ABC-123"), "what looked foreign too"


def test_another_title_is_the_writers(tree, library):
    assert drafted(tree({"a.md": SPEECH}) / "a.md", library, title="把隐患当事故看").draft.title == "把隐患当事故看"


def test_a_text_that_tells_nothing_is_asked_about(tree, library):
    speech = find_speeches(tree({"a.txt": "今天天气很好，我们去河边走走。\n\n回来吃饭。\n"}) / "a.txt", library).speeches[0]
    assert speech.theme.name is None
    assert "请选" in likelihood(speech.theme)
    assert likelihood(Guess("党课", 0.9)) != likelihood(Guess("党课", 0.5)) != likelihood(Guess("党课", 0.1))


def test_the_sample_draft_is_an_outline_with_its_figures(library, builtin):
    from drafting.outline import load
    from tui.taking_in import SAMPLE

    outline = load(ROOT.joinpath("templates", *SAMPLE), library)[0]
    draft = Session(library, Stack((), builtin), outline).draft
    assert all(re.search(f"{fact.value}{fact.unit}", draft.text) for fact in outline.facts)
