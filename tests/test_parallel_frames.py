"""Frames as data: what ships holds together, a user's own overrides ours, and faults are told with file and frame."""

from __future__ import annotations

import pytest

from drafting.config import TEMPLATES
from drafting.errors import ConfigError
from drafting.parallel import measure
from drafting.parallel.frames import STAGES, check, disagrees, faults, load_frames, slot_units, stage
from drafting.parallel.phrases import load_stock
from drafting.parallel.words import cut, table

HEADINGS = load_frames("headings", [TEMPLATES])
SENTENCES = load_frames("sentences", [TEMPLATES])
MINE = """frames:
  - name: 突出一字
    pattern: "讲“{a}”字，{b}{theme}"
    pos: "讲“P1”字，V2{theme}"
    fill: {认识: [学|看清], 举措: [干|做好]}
    example: [讲“学”字，看清护堤, 讲“干”字，做好护堤]
"""


@pytest.mark.parametrize("frame", [*HEADINGS, *SENTENCES], ids=lambda frame: frame.name)
def test_every_frame_that_ships_holds_together(frame):
    """Its pattern and parts of speech agree, so do all fillers and examples, and the examples are parallel."""
    check(frame, TEMPLATES / "frames")
    assert faults(frame) == []


def test_there_are_enough_and_none_stands_twice():
    """80 heading frames and 60 of sentences; no name, and no pattern with the same parts of speech, twice."""
    assert len(HEADINGS) >= 80
    assert len(SENTENCES) >= 60
    frames = [*HEADINGS, *SENTENCES]
    for kind in (HEADINGS, SENTENCES):
        assert len({frame.name for frame in kind}) == len(kind)
    assert len({(frame.pattern, frame.pos) for frame in frames}) == len(frames)


def test_frames_say_what_they_are_for():
    """A heading frame fills some stage; a sentence frame has a kind and the roles it serves."""
    from phrasebank.model import ROLES

    assert all(frame.fill for frame in HEADINGS)
    assert all(frame.kind in {"排比", "对偶", "递进", "对照"} and set(frame.roles) <= set(ROLES) and frame.roles for frame in SENTENCES)


def test_a_level_one_frame_rises():
    """The stages of a file's frames stand in the one rising order."""
    for frame in HEADINGS:
        places = [STAGES.index(name) for name in frame.fill]
        assert set(places) <= set(range(len(STAGES)))


def test_a_frame_reads_what_it_says():
    """Reading is the inverse of saying, for every frame, stage and row."""
    for frame in HEADINGS:
        name = {"theme": "堤防管护", "facet": "巡河护堤", "": ""}[frame.takes]
        for rows in frame.fill.values():
            for row in rows:
                assert frame.read(frame.say(row, name, "先")) == ((name, *row) if name else row)


def test_pos_patterns_tell_what_does_not_fit():
    """A verb's place takes no noun alone at its head, a noun's place no adverb or particle at its end, and lengths count."""
    assert not disagrees("V2N4", "压实岗位责任")
    assert disagrees("V2N4", "压实责任")
    assert disagrees("N2", "了的")
    assert disagrees("V2", "的话")
    assert slot_units("{a}，{b}{theme}的{c}", "P4，V2{theme}的N2") == {"a": "P4", "b": "V2", "c": "N2"}
    with pytest.raises(ValueError, match="V2的N2"):
        slot_units("{a}{theme}的{b}", "V2的N2")


def test_a_users_frame_takes_the_place_of_ours(tree):
    """By name; a file of theirs adds to ours, and a change to it is seen at once."""
    folder = tree({"frames/headings.yaml": MINE})
    found = {frame.name: frame for frame in load_frames("headings", [folder, TEMPLATES])}
    assert found["突出一字"].pattern.startswith("讲")
    assert len(found) == len(HEADINGS)
    (folder / "frames/headings.yaml").write_text(MINE.replace("突出一字", "讲一字"), "utf-8")
    assert len(load_frames("headings", [folder, TEMPLATES])) == len(HEADINGS) + 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("frames:", "frame:"), ["frames:"]),
        (("name:", "nam:"), ["name"]),
        (("pos:", "poss:"), ["突出一字", "poss"]),
        (("    pos: \"讲“P1”字，V2{theme}\"\n", ""), ["突出一字", "pos"]),
        (("V2{theme}", "V3"), ["突出一字", "pattern", "pos"]),
        (("认识:", "认知:"), ["突出一字", "认知", "认识"]),
        (("学|看清", "学"), ["突出一字", "2 个空", "1 个"]),
        (("fill: {", "fits: werk\n    fill: {"), ["突出一字", "work"]),
        (("{a}", "{a"), ["突出一字"]),
        (("fill: {认识: [学|看清], 举措: [干|做好]}", "fill: [学]"), ["突出一字", "类型"]),
        (("  - name: 突出一字", "  - name: [突出"), ["YAML"]),
    ],
)
def test_faults_of_a_users_file_name_file_and_frame(tree, change, words):
    """One clear message, never a traceback of another kind."""
    folder = tree({"frames/headings.yaml": MINE.replace(*change)})
    with pytest.raises(ConfigError) as caught:
        load_frames("headings", [folder, TEMPLATES])
    assert "headings.yaml" in str(caught.value)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_a_file_that_is_no_text_is_told(tree):
    """Wrong encodings and empty files."""
    for content in ("frames: 标题".encode("gb18030"), b"", b"\xff\xfe\x00"):
        folder = tree({"frames/headings.yaml": content})
        with pytest.raises(ConfigError):
            load_frames("headings", [folder])


@pytest.mark.parametrize(
    ("role", "expected"),
    [("查摆", "问题"), ("achievement", "成绩"), ("成绩与意义", "成绩"), ("重点任务", "举措"), ("组织保障", "保障"), ("带好头", "打算"),
     ("谁来干", "保障"), ("开头", ""), ("结尾", ""), ("", "")],
)  # fmt: skip
def test_parts_and_roles_have_their_stage(role, expected):
    """Names of parts, Chinese or English; openings and closings have none."""
    assert stage(role) == expected


def test_a_role_goes_before_a_name_that_only_holds_a_word():
    """上次整改 is what was achieved, whatever 整改 is elsewhere; a known name goes before the role."""
    assert stage("上次整改", "achievement") == "成绩"
    assert stage("组织保障", "measure") == "保障"
    assert stage("学习与廉洁", "lead") == "认识"


def test_the_stock_of_phrases_is_made_of_verb_and_object():
    """Every phrase opens with a word that may be a verb, none stands twice in its subject, and any do goes before any gain in length."""
    for subject in load_stock().subjects:
        both = [*subject.do, *subject.gain]
        assert len(set(both)) == len(both), subject.name
        for phrase in both:
            assert cut(phrase)[0].tag in "vwiaxdn", phrase
            assert len(phrase) in (4, 6), phrase


def test_words_are_cut_without_loss_and_known_parts_of_speech():
    """The table is small, and cutting keeps every character."""
    assert 10_000 < len(table()) < 60_000
    for text in ("压实岗位责任", "ＡＢ三产2025年龘", "", "的的的"):
        assert "".join(word.text for word in cut(text)) == text
    assert [word.text for word in cut("压实底线任务")] == ["压实", "底线", "任务"]


def test_the_table_does_not_load_the_segmenter(nigao):
    """Drafting knows words without jieba."""
    import subprocess
    import sys

    code = "import sys; from drafting.parallel import measure; measure(['压实责任', '守牢底线']); sys.exit('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_sets_of_one_frame_are_parallel_by_the_measure():
    """Any rows of one stage of a frame stand parallel."""
    for frame in HEADINGS:
        name = {"theme": "堤防管护", "facet": "", "": ""}[frame.takes]
        if frame.takes != "facet":
            rows = [rows[0] for rows in frame.fill.values()][:3]
            orders = frame.orders(len(rows))
            if len(rows) > 1 and orders:
                said = [frame.say(row, name, order) for row, order in zip(rows, orders, strict=True)]
                assert measure(said).length >= 0.9, said
