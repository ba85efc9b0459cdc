"""The outline file: read with every fault named where it stands, written so that it reads again the same."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from conftest import own_library, write_tree
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drafting.errors import OutlineError, OutlineErrors
from drafting.model import Fact, Outline, Point, Profile, SectionPlan
from drafting.outline import dump, load, loads, read
from phrasebank.levels import LEVELS

LIBRARY = own_library()
GENRE, THEME = LIBRARY.genres["研讨发言"], LIBRARY.themes["安全生产"]
HEAD = "genre: 研讨发言\ntheme: 安全生产\n"


# ---------------------------------------------------------------- round trip
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
WORD = TEXT.filter(bool)
YEAR = st.none() | st.integers(1900, 2200)
FACTS = st.lists(st.builds(Fact, WORD, WORD, TEXT, YEAR, TEXT), max_size=3, unique_by=lambda f: f.name).map(tuple)
PROFILES = st.builds(Profile, st.sampled_from(sorted(LEVELS)), TEXT, TEXT, TEXT, TEXT, YEAR)


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    facts = draw(FACTS)
    named = st.lists(st.sampled_from([fact.name for fact in facts]), max_size=2) if facts else st.just([])
    points = st.builds(
        Point, st.sampled_from(["", *(f.name for f in THEME.facets)]), TEXT, st.lists(WORD, max_size=2).map(tuple), TEXT,
        named.map(tuple), st.booleans(), st.booleans(),
    )  # fmt: skip
    parts = st.sampled_from([part.name for part in GENRE.parts])
    sections = st.builds(SectionPlan, parts, TEXT, st.lists(points, max_size=2).map(tuple))
    return draw(st.builds(
        Outline, st.just(GENRE.name), st.just(THEME.name), TEXT, TEXT, st.none() | st.integers(100, 200_000),
        st.none() | st.floats(0.5, 600) | st.integers(1, 600), st.integers(0, 2**63), TEXT, TEXT, TEXT, PROFILES, st.just(facts),
        st.lists(sections, max_size=2).map(tuple), st.lists(WORD, max_size=2).map(tuple),
    ))  # fmt: skip


@given(outlines())
@settings(max_examples=60)
@example(Outline(GENRE.name, THEME.name, title="甲\x85乙\u2028丙", subtitle="甲\t乙\n丙"))
@example(
    Outline(
        GENRE.name, THEME.name, title="null", date="2026-05-01", seed=2**53 + 1, facts=(Fact("yes", "036", "～", 2025),)
    )
)
@example(
    Outline(
        GENRE.name, THEME.name, title="a: b # c", sections=(SectionPlan("打算", points=(Point(text="- x\n\n y"),)),)
    )
)
def test_what_is_written_reads_again_the_same(outline):
    """The session file is an outline: whatever a session holds comes back equal."""
    assert loads(dump(outline), "o.yaml", LIBRARY) == (outline,)


def test_defaults_are_not_written():
    """An outline stays short: what the writer left open is left out."""
    assert dump(Outline("研讨发言", "安全生产")) == "genre: 研讨发言\ntheme: 安全生产\n"


# ---------------------------------------------------------------- what is right
def test_a_whole_outline_is_read():
    """Every key of the format reaches the value it stands for."""
    (outline,) = loads(
        """\
genre: 研讨发言
theme: 安全
title: 把河堤守牢
minutes: 8
seed: 7
date: 2026年5月
profile: {level: 镇, place: 临河镇, unit: 临河镇党委, post: 组织委员, year: 2026}
facts:
  - {name: 加固河堤, value: 36, unit: 公里, year: 2025, source: 镇水利站}
sections:
  - part: 认识
    heading: 河堤是命脉
    points:
      - {facet: 隐患排查, use: [p0123456789, 河堤上走一走。], text: 我先说。, facts: [加固河堤], fixed: true}
""",
        "o.yaml",
        LIBRARY,
    )
    assert outline == Outline(
        "研讨发言", "安全生产", "把河堤守牢", minutes=8, seed=7, date="2026年5月",
        profile=Profile("镇", "临河镇", "临河镇党委", "组织委员", year=2026),
        facts=(Fact("加固河堤", "36", "公里", 2025, "镇水利站"),),
        sections=(SectionPlan("认识", "河堤是命脉", (Point(
            "隐患排查", use=("p0123456789", "河堤上走一走。"), text="我先说。", facts=("加固河堤",), fixed=True),)),),
    )  # fmt: skip


def test_figures_are_kept_as_they_are_written():
    """007, 1.50 and 1e3 are the writer's figures, not numbers of YAML."""
    (outline,) = loads(
        HEAD + "facts: [{name: 甲, value: 007}, {name: 乙, value: 1.50}, {name: 丙, value: 1e3}]", "o", LIBRARY
    )
    assert [fact.value for fact in outline.facts] == ["007", "1.50", "1e3"]


def test_cases_are_names_that_are_cited_on_purpose():
    """Places, bodies and people from elsewhere."""
    (outline,) = loads(HEAD + "cases: [石桥村, 河口镇人民政府]\n", "o", LIBRARY)
    assert outline.cases == ("石桥村", "河口镇人民政府")


def test_pieces_share_what_stands_beside_them():
    """Several speeches of one writer in one file: what a piece says itself goes first."""
    text = HEAD + "profile: {level: 村, place: 河口村}\nfacts: [{name: 甲, value: 1}]\n"
    text += "pieces:\n- {seed: 2}\n- theme: 民生实事\n  profile: {level: 镇}\n"
    first, second = loads(text, "o.yaml", LIBRARY)
    assert first == Outline("研讨发言", "安全生产", seed=2, profile=Profile("村", "河口村"), facts=(Fact("甲", "1"),))
    assert second == Outline("研讨发言", "民生实事", profile=Profile("镇"), facts=(Fact("甲", "1"),))


def test_pieces_and_documents_go_together():
    """A file may be cut by dashes and by `pieces`."""
    text = HEAD + "pieces: [{seed: 1}, {seed: 2}]\n---\n" + HEAD + "seed: 3\n"
    assert [outline.seed for outline in loads(text, "o.yaml", LIBRARY)] == [1, 2, 3]


def test_a_fault_in_what_pieces_share_is_told_once():
    """Also where every piece has its own instead."""
    text = "genre: 研讨\ntheme: 安全生产\nseed: x\npieces: [{genre: 党课}, {genre: 党课, minutes: 八}, 丙]\n"
    problems = faults(text)
    assert [(p.line, p.column) for p in problems] == [(1, 8), (3, 7), (4, 44), (4, 48)]


def test_a_mapping_may_be_merged_into_another():
    """<< is YAML's own way to say a thing once; what the mapping says itself goes first."""
    text = HEAD + "profile: {<<: {level: 村, place: 河口村}, place: 石桥村}\n"
    assert loads(text, "o", LIBRARY)[0].profile == Profile("村", "石桥村")
    text = HEAD + "sections:\n- &a {part: 认识, heading: 甲}\n- {<<: [*a, {part: 打算}], heading: 乙}\n"
    assert loads(text, "o", LIBRARY)[0].sections == (SectionPlan("认识", "甲"), SectionPlan("认识", "乙"))


def test_the_order_of_keys_does_not_matter():
    """YAML knows no order: facts and theme may stand below the sections that use them."""
    text = """\
sections: [{part: 认识, points: [{facet: 隐患排查, facts: [加固河堤]}]}]
facts: [{name: 加固河堤, value: 36}]
theme: 安全生产
genre: 研讨发言
"""
    (outline,) = loads(text, "o.yaml", LIBRARY)
    assert outline.sections[0].points[0].facts == ("加固河堤",)


def test_a_wrong_facet_is_found_wherever_the_theme_stands():
    """A facet is checked against the theme, also when the theme stands below it."""
    text = "sections: [{part: 认识, points: [{facet: 隐患}]}]\ntheme: 安全生产\ngenre: 研讨发言\n"
    assert [(p.line, p.column) for p in faults(text)] == [(1, 40)]


def test_a_key_without_a_value_is_a_key_left_out():
    """`title:` with nothing behind it means the default."""
    assert loads(HEAD + "title:\nfacts:\nsections: ~\n", "o", LIBRARY) == (Outline("研讨发言", "安全生产"),)


def test_several_documents_are_several_outlines():
    """Three dashes part outlines; empty documents between them do not count."""
    found = loads(f"---\n{HEAD}seed: 1\n---\n---\n{HEAD}seed: 2\n", "o.yaml", LIBRARY)
    assert [outline.seed for outline in found] == [1, 2]


def test_anchors_of_honest_size_are_read():
    """A profile written once and used twice is no bomb."""
    text = f"{HEAD}profile: &me {{level: 县}}\n---\n{HEAD}profile: {{level: 村}}\n"
    assert [outline.profile.level for outline in loads(text, "o.yaml", LIBRARY)] == ["县", "村"]


def test_a_file_with_a_byte_order_mark_and_crlf_is_read(tmp_path):
    """Files saved by Notepad are read."""
    path = write_tree(tmp_path, {"o.yaml": b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode()}) / "o.yaml"
    assert load(path, LIBRARY) == (Outline("研讨发言", "安全生产"),)


def test_facts_of_a_file_and_facts_beside_them(tmp_path):
    """A row of the fact sheet may be the name of a file with more rows."""
    write_tree(tmp_path, {"共用.yaml": "- {name: 甲, value: 1}\n- {name: 乙, value: 2}\n"})
    text = HEAD + "facts: [共用.yaml, {name: 丙, value: 3}]\nsections: [{part: 认识, points: [{facts: [乙, 丙]}]}]\n"
    (outline,) = loads(text, "o.yaml", LIBRARY, folder=tmp_path)
    assert [fact.value for fact in outline.facts] == ["1", "2", "3"]


def test_the_files_an_outline_takes_in_are_told(tmp_path):
    """A batch run must know when one of them changes."""
    write_tree(tmp_path, {
        "稿/o.yaml": HEAD + "profile: ../我.yaml\nfacts: [a.yml]\n", "我.yaml": "level: 村\n", "稿/a.yml": "- {name: 甲, value: 1}\n",
    })  # fmt: skip
    assert read(tmp_path / "稿/o.yaml", LIBRARY).included == (tmp_path / "稿/../我.yaml", tmp_path / "稿/a.yml")


def test_profile_and_facts_from_files_of_their_own(tmp_path):
    """One profile serves many outlines; its path is taken from the outline's folder."""
    write_tree(tmp_path, {
        "稿/o.yaml": HEAD + "profile: ../我.yaml\nfacts: 事实.yaml\n",
        "我.yaml": "level: 村\nplace: 河口村\n",
        "稿/事实.yaml": "- {name: 加固河堤, value: 36, unit: 公里}\n",
    })  # fmt: skip
    (outline,) = load(tmp_path / "稿/o.yaml", LIBRARY)
    assert outline.profile == Profile("村", "河口村")
    assert outline.facts == (Fact("加固河堤", "36", "公里"),)


# ---------------------------------------------------------------- what is wrong
def faults(text: str, knows=None, folder=None) -> tuple[OutlineError, ...]:
    with pytest.raises(OutlineErrors) as caught:
        loads(text, "o.yaml", LIBRARY, knows, folder)
    return caught.value.problems


FAULTS = {
    "unknown key": ("gnre: 研讨发言\n" + HEAD, 1, 1, ("gnre", "genre")),
    "missing key": ("\ngenre: 研讨发言\n", 2, 1, ("theme",)),
    "doubled key": (HEAD + "seed: 1\nseed: 2\n", 4, 1, ("seed", "两次")),
    "unknown genre": ("genre: 研讨\ntheme: 安全生产\n", 1, 8, ("研讨", "研讨发言")),
    "unknown theme": ("genre: 研讨发言\ntheme: 安全生厂\n", 2, 8, ("安全生厂", "安全生产")),
    "list for text": (HEAD + "title: [甲]\n", 3, 8, ("单个值", "列表")),
    "text for list": (HEAD + "facts: 36\n", 3, 8, ("36",)),
    "list for mapping": (HEAD + "profile: [甲]\n", 3, 10, ("列表",)),
    "word for number": (HEAD + "minutes: 八\n", 3, 10, ("数字", "八")),
    "number out of bounds": (HEAD + "minutes: 9000\n", 3, 10, ("9000", "600")),
    "fraction for whole": (HEAD + "characters: 1800.5\n", 3, 13, ("整数", "1800.5")),
    "not a number": (HEAD + "minutes: .nan\n", 3, 10, (".nan",)),
    "negative seed": (HEAD + "seed: -1\n", 3, 7, ("-1",)),
    "unknown level": (HEAD + "profile: {level: 镇里}\n", 3, 18, ("镇里", "“镇”")),
    "unknown profile key": (HEAD + "profile: {lvel: 镇}\n", 3, 11, ("lvel", "level")),
    "fact without value": (HEAD + "facts:\n  - {name: 加固河堤}\n", 4, 5, ("value",)),
    "unknown part": (HEAD + "sections: [{part: 认知}]\n", 3, 19, ("认知", "认识")),
    "unknown facet": (HEAD + "sections: [{part: 认识, points: [{facet: 隐患}]}]\n", 3, 40, ("隐患", "隐患排查")),
    "unknown fact": (
        HEAD + "facts: [{name: 加固河堤, value: 1}]\nsections: [{part: 认识, points: [{facts: [加固河提]}]}]\n",
        4, 41, ("加固河提", "加固河堤"),
    ),
    "not a boolean": (HEAD + "sections: [{part: 认识, points: [{fixed: 是}]}]\n", 3, 40, ("true", "是")),
    "text for section": (HEAD + "sections: [认识]\n", 3, 12, ("部分",)),
    "top is a list": ("- genre: 研讨发言\n", 1, 1, ("列表",)),
    "tab": ("genre: 研讨发言\nprofile:\n\tlevel: 镇\n", 3, 1, ("Tab", "空格")),
    "missing space": ("genre:研讨发言\n", 1, 1, ()),
    "open bracket": (HEAD + "facts: [\n", 4, 1, ()),
    "full-width colon alone": ("genre：研讨发言\n", 1, 6, ("全角冒号",)),
    "full-width colon": ("genre: 研讨发言\ntheme： 安全生产\nseed: 1\n", 2, 6, ("全角冒号",)),
    "full-width colon last": (HEAD + "profile:\n  level：镇\n", 4, 8, ("全角冒号",)),
    "bad character": ("genre: 研讨发言\0\n", None, None, ("字符",)),
    "full-width comma": (HEAD + "profile: {level: 镇，place: 临河镇}\n", 3, 25, ("全角逗号",)),
    "missing space inside": (HEAD + "profile:\n  level:镇\n", 4, 3, ("空一格",)),
    "key without its value": ("genre: \ntheme: 安全生产\n", 1, 1, ("genre", "必填")),
    "fact with an empty value": (HEAD + "facts: [{name: 甲, value: ''}]\n", 3, 26, ("空",)),
    "fact told twice": (HEAD + "facts: [{name: 甲, value: 1}, {name: 甲, value: 2}]\n", 3, 30, ("甲", "两次")),
    "empty item": (HEAD + "sections:\n  -\n", 4, 4, ("空",)),
    "empty pieces": (HEAD + "pieces: []\n", 3, 1, ("pieces",)),
    "pieces in pieces": (HEAD + "pieces: [{pieces: [{}]}]\n", 3, 19, ("最外层",)),
    "wrong word for pieces": (HEAD + "peices: [{}]\n", 3, 1, ("“pieces”",)),
    "alias of nothing": (HEAD + "profile: *me\n", 3, 10, ("*", "&")),
    "merge of a word": (HEAD + "profile: {<<: 甲}\n", 3, 11, ("<<",)),
    "merge of itself": (HEAD + "profile: &a {<<: *a}\n", 3, 14, ("<<",)),
    "tag": (HEAD + "title: !!python/object/apply:os.system [ls]\n", 3, 8, ("标签",)),
    "own tag": (HEAD + "title: !甲 乙\n", 3, 9, ("标签", "引号")),
    "odd beginning": (HEAD + "title: @甲\n", 3, 8, ("引号",)),
    "words for a number": (HEAD + "minutes: 1_0\n", 3, 10, ("1_0",)),
    "list for key": ("? [甲]\n: 乙\n" + HEAD, 1, 3, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_named_where_it_stands(name):
    """One fault gives one message: file, line, column, what stands there, and the nearest right name."""
    text, line, column, words = FAULTS[name]
    (problem, *others) = faults(text)
    assert not others
    assert (problem.file, problem.line, problem.column) == ("o.yaml", line, column)
    assert all(word in problem.message for word in words), problem.message
    assert re.search(r"[\u4e00-\u9fff]{2}", problem.message)
    assert "Node" not in problem.message


def test_a_fault_of_yaml_does_not_hide_those_before_it():
    """The documents before the one that is no YAML are looked at all the same."""
    assert [(p.line, p.column) for p in faults(HEAD + "minutes: 八\n---\n" + HEAD + "facts: [\n")] == [(3, 10), (8, 1)]


def test_facts_of_two_years_may_have_one_name():
    """Last year's figure and this year's."""
    (outline,) = loads(HEAD + "facts: [{name: 甲, value: 1, year: 2024}, {name: 甲, value: 2, year: 2025}]\n", "o", LIBRARY)
    assert [fact.year for fact in outline.facts] == [2024, 2025]


def test_faults_of_outline_profile_and_facts_are_told_at_once(tmp_path):
    """Each with the name of its own file, those of the outline first."""
    write_tree(tmp_path, {"我.yaml": "level: 镇里\nplace：河口村\n", "数.yaml": "- {name: 甲}\n- 乙\n"})
    problems = faults("genre: 研讨\ntheme: 安全生产\nprofile: 我.yaml\nfacts: 数.yaml\nminutes: 八\n", folder=tmp_path)
    assert [(p.file.rpartition("/")[2], p.line) for p in problems] == [
        ("o.yaml", 1), ("o.yaml", 5), ("我.yaml", 2), ("数.yaml", 1), ("数.yaml", 2),
    ]  # fmt: skip


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    """Nobody mends a file fault by fault."""
    problems = faults(
        """\
genre: 研讨
theme: 安全生产
minutes: 八
seeds: 1
profile: {level: 镇里, year: 26}
sections:
  - part: 认知
  - {part: 认识, points: [{facet: 隐患, facts: [没有的]}]}
"""
    )
    assert [(p.line, p.column) for p in problems] == [(1, 8), (3, 10), (4, 1), (5, 18), (5, 28), (8, 33), (8, 45)]


def test_the_message_of_all_is_one_line_each():
    """Printed, a file with three faults gives three lines that each name file and place."""
    with pytest.raises(OutlineErrors) as caught:
        loads(HEAD + "a: 1\nb: 2\nc: 3\n", "o.yaml", LIBRARY)
    lines = str(caught.value).splitlines()
    assert [line.partition("：")[0] for line in lines] == [
        "o.yaml 第3行第1列",
        "o.yaml 第4行第1列",
        "o.yaml 第5行第1列",
    ]


def test_an_unknown_phrase_is_told_and_own_sentences_are_not_looked_up():
    """`use` holds ids and sentences; only ids are looked up in the bank."""
    text = HEAD + "sections: [{part: 认识, points: [{use: [p0000000001, p0000000002, 河堤上走一走。, 12.5%, OK]}]}]\n"
    (problem,) = faults(text, knows=lambda id_: id_ == "p0000000001")
    assert (problem.line, problem.column) == (3, 52)
    assert "p0000000002" in problem.message
    assert loads(text, "o.yaml", LIBRARY)[0].sections[0].points[0].use == ("p0000000001", "p0000000002", "河堤上走一走。", "12.5%", "OK")


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n", "---\n---\n"])
def test_an_empty_outline_says_where_to_start(text):
    """An empty file is told as such, with the command that writes one."""
    (problem,) = faults(text)
    assert "空" in problem.message
    assert "nigao new" in problem.message


def test_a_bomb_of_aliases_is_refused_in_time():
    """Aliases of aliases of aliases do not unfold to millions of nodes."""
    rows = ["a0: &a0 {part: 认识}"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    deep = [f"- &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" if n else "- &b0 {part: 认识}" for n in range(8)]
    for text in (HEAD + "\n".join(rows) + "\nsections: *a8\n", HEAD + "sections:\n" + "\n".join(deep) + "\n"):
        with pytest.raises((OutlineErrors, OutlineError)):
            loads(text, "o.yaml", LIBRARY)


def test_a_bomb_where_lists_are_allowed_is_refused_in_time():
    """Sections of points of facts, each an alias of many: told in Chinese, not counted out."""
    facts = ", ".join(["甲"] * 200)
    text = f"{HEAD}facts: [{{name: 甲, value: 1}}]\nsections:\n- &s {{part: 认识, points: [&p {{facts: [{facts}]}}{', *p' * 200}]}}\n"
    text += "- *s\n" * 200
    with pytest.raises(OutlineError, match="别名"):
        loads(text, "o.yaml", LIBRARY)


def test_a_structure_too_deep_is_refused():
    """A thousand brackets are a fault of the file, not of the program."""
    with pytest.raises((OutlineErrors, OutlineError)):
        loads(HEAD + "facts: " + "[" * 5000 + "]" * 5000, "o.yaml", LIBRARY)


@pytest.mark.parametrize("text", [
    "[" * 50_000, "[" * 2400 + "]" * 2400, "- " * 30_000 + "甲", "{a: " * 30_000, "\n".join(" " * n + "a:" for n in range(1300)),
    HEAD + "facts: &f [甲]\nuse: [" + "*f, " * 5000 + "]",
])  # fmt: skip
def test_what_nests_without_end_is_refused_in_time(text):
    """libyaml composes by recursion: fifty thousand brackets would end the process, and half a second is long for a fault."""
    begun = time.process_time()
    (problem,) = faults(text)
    assert "深" in problem.message or "别名" in problem.message
    assert time.process_time() - begun < 2


# ---------------------------------------------------------------- files
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00\x01" * 40, "UTF-8"), ("genre: 研讨发言".encode("gb18030"), "UTF-8"), (b"# " + b"x" * 1_000_001, "1 MB"),
        (b"", "空"),
    ],
)  # fmt: skip
def test_what_is_no_outline_is_told(tmp_path, content, words):
    """A binary file, another encoding, a file too large: one message with the file's name."""
    path = write_tree(tmp_path, {"o.yaml": content}) / "o.yaml"
    with pytest.raises(OutlineErrors, match=words) as caught:
        load(path, LIBRARY)
    assert [problem.file for problem in caught.value.problems] == [str(path)]


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    """The message is Chinese, whatever the system calls it."""
    with pytest.raises(OutlineErrors, match="没有这个提纲文件"):
        load(tmp_path / "none.yaml", LIBRARY)
    with pytest.raises(OutlineErrors) as caught:
        load(tmp_path, LIBRARY)
    assert "文件夹" in caught.value.problems[0].message
    assert "directory" not in caught.value.problems[0].message


def test_a_missing_profile_is_told_at_the_key_that_names_it(tmp_path):
    """The outline's line, and the name of the file that is missing."""
    (problem,) = faults(HEAD + "profile: 我.yaml\n", folder=tmp_path)
    assert (problem.line, problem.column) == (3, 10)
    assert "我.yaml" in problem.message


def test_a_missing_profile_is_told_with_where_it_was_looked_for(tmp_path):
    """A path that leads up is the user's business; where it led to is said."""
    (problem,) = faults(HEAD + "profile: ../乙/我.yaml\n", folder=tmp_path / "甲")
    assert str(tmp_path / "甲/../乙/我.yaml") in problem.message and "不存在" in problem.message


def test_a_profile_that_is_a_folder_or_no_text_is_told(tmp_path):
    """At the outline's key, with the file's name."""
    write_tree(tmp_path, {"我.yaml/a": "", "数.yaml": b"\xff\xfe\x00"})
    problems = faults(HEAD + "profile: 我.yaml\nfacts: 数.yaml\n", folder=tmp_path)
    assert [(p.line, p.column) for p in problems] == [(3, 10), (4, 8)]
    assert "我.yaml" in problems[0].message and "UTF-8" in problems[1].message


def test_a_fault_in_a_profile_names_the_profile(tmp_path):
    """A fault in the profile's own file is told with that file's name and line, not the outline's."""
    write_tree(tmp_path, {"我.yaml": "place: 河口村\nlevel: 镇里\n"})
    (problem,) = faults(HEAD + "profile: 我.yaml\n", folder=tmp_path)
    assert (problem.file, problem.line, problem.column) == (str(tmp_path / "我.yaml"), 2, 8)


@pytest.mark.parametrize("content", ["", "[", "- 1\n", "一句话", "a: 1\n---\nb: 2\n"])
def test_a_profile_that_is_none_is_told(tmp_path, content):
    """An empty, broken or doubled profile is told at the outline's key or in its own file."""
    write_tree(tmp_path, {"我.yaml": content})
    (problem, *_) = faults(HEAD + "profile: 我.yaml\n", folder=tmp_path)
    assert problem.file is not None


def test_an_alias_names_the_same_thing():
    """安全 is an alias of 安全生产; the outline holds the proper name."""
    (outline,) = loads("genre: 交流研讨材料\ntheme: 安全\n", "o", LIBRARY)
    assert (outline.genre, outline.theme) == ("研讨发言", "安全生产")
    assert replace(outline, theme="安全") != outline


@pytest.mark.parametrize("key", ["profile", "facts"])
def test_a_name_too_long_for_a_file_is_told(tmp_path, key):
    """The system refuses it; that is a file that is not there."""
    (problem,) = faults(HEAD + f"{key}: {'长' * 300}.yaml\n", folder=tmp_path)
    assert (problem.line, problem.column) == (3, len(key) + 3) and "不存在" in problem.message


@pytest.mark.parametrize("written", [
    "  通车那天，\n  几位老人走了一回。", '  "通车那天，\n  几位老人走了一回。"',
    "  >\n  通车那天，\n  几位老人走了一回。\n", "  |\n  通车那天，\n\n  几位老人走了一回。\n",
])  # fmt: skip
def test_a_text_over_several_lines_is_put_on_one(written):
    """YAML folds a line break to a space, which Chinese does not have, or keeps it, which a paragraph may not hold."""
    text = "sections:\n- part: 认识\n  points:\n  - text:\n"
    written = written.replace("\n", "\n    ")
    (outline,) = loads(HEAD + text.removesuffix("\n") + written, "o", LIBRARY)
    assert outline.sections[0].points[0].text == "通车那天，几位老人走了一回。"


@pytest.mark.parametrize("facts", ["[{name: 检查企业, value: [1]}]", "[{name: 检查企业, value: }]", "[没有.yaml]", "没有.yaml"])
def test_a_fact_with_a_fault_is_told_once(facts):
    """Not a second time where a point names it: there is nothing wrong there."""
    problems = faults(HEAD + f"facts: {facts}\nsections: [{{part: 认识, points: [{{facts: [检查企业]}}]}}]\n")
    assert [p.line for p in problems] == [3]
