"""A user's own templates are looked through before they bite: each fault with its file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import write_tree

from drafting.errors import ConfigError
from drafting.template_check import check_templates
from tui.cli import main

SOUND = """{% for point in points %}
{{ heading(point) }}{{ own(point) }}{{ facts(point) }}{{ fill(['measure'], point, last='pledge') }}
{% endfor %}
"""
MACRO = """{% macro say(what) %}{{ what }}讲清楚。{% endmacro %}
{% for f in facets %}{{ loop.index | chinese }}{{ say(f) }}{% endfor %}{% include '共用/尾.j2' %}
"""


def checked(folder: Path, files: dict[str, str], path: str = "") -> list[tuple[str, int | None, str]]:
    write_tree(folder, files)
    return [(Path(fault.file or "").name, fault.line, fault.message) for fault in check_templates(folder / path)]


FAULTS = {
    "syntax": ("{% for p in points %}\n{{ p }\n{% endfor %}", 2, "写法有误"),
    "a loop left open": ("{% for p in points %}甲", 1, "写法有误"),
    "a misspelt function": ("好。\n\n{{ pik('lead') }}", 3, "最接近的是“pick”"),
    "a misspelt variable": ("{{ them }}", 1, "最接近的是“theme”"),
    "a misspelt role": ("甲\n{{ pick('mesure') }}", 2, "最接近的是“measure”"),
    "a misspelt role in a list": ("{{ fill(['measure', 'xx'], points[0], spare=['lead']) }}", 1, "没有名为 xx 的作用"),
    "a misspelt closing role": ("{{ fill(['measure'], points[0], last='pledg') }}", 1, "最接近的是“pledge”"),
    "a figure": ("一要快。\n二要在3天内办好。", 2, "数字“3”"),
    "a full-width figure": ("办好１２件事", 1, "数字“１２”"),
    "an unknown filter": ("{{ theme | upper }}", 1, "写法有误"),
    "an attribute nobody has": ("甲\n{{ profile.salary }}", 2, "运行出错"),
    "a function without what it needs": ("{{ heading() }}", 1, "运行出错"),
    "a loop without end": ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", None, "没有尽头"),
    "another's inside": ("{{ theme.__class__ }}", 1, "运行出错"),
    "a file of elsewhere": ("{% include '../../secret' %}", 1, "运行出错"),
}


@pytest.mark.parametrize(("source", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path, source, line, message):
    """The file, the line and what is wrong; a near name where there is one."""
    ((file, at, told),) = checked(tmp_path, {"sections/研讨发言/打算-1.j2": source})
    assert (file, at) == ("打算-1.j2", line) and message in told


def test_all_faults_of_all_files_are_told(tmp_path):
    files = {
        "sections/研讨发言/打算-1.j2": "{{ pik() }}\n{{ theem }}",
        "sections/研讨发言/打算-9.j2": "用了5天。",
        "themes/坏.yaml": "name: 坏\n",
    }
    found = checked(tmp_path, files)
    assert [(file, line) for file, line, _ in found] == [("打算-1.j2", 1), ("打算-1.j2", 2), ("打算-9.j2", 1), ("坏.yaml", None)]


def test_sound_templates_have_no_faults(tmp_path):
    """Macros, loops, filters and an include of one's own folder are all right."""
    files = {"sections/研讨发言/打算-1.j2": SOUND, "sections/研讨发言/打算-2.j2": MACRO, "sections/共用/尾.j2": "完。"}
    assert checked(tmp_path, files) == []


@pytest.mark.parametrize("path", ["", "sections", "sections/研讨发言", "sections/研讨发言/打算-1.j2"])
def test_a_folder_one_of_its_folders_or_a_file(tmp_path, path):
    """Whatever is named, what lies in it is looked at, and nothing else."""
    files = {"sections/研讨发言/打算-1.j2": "{{ pik() }}", "themes/好.yaml": "name: 好\nwords: [好]\nfacets: []\n"}
    assert [file for file, _, _ in checked(tmp_path, files, path)] == ["打算-1.j2"]


def test_a_place_without_templates_is_named(tmp_path):
    with pytest.raises(ConfigError):
        check_templates(tmp_path / "没有")
    with pytest.raises(ConfigError):
        check_templates(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path):
    write_tree(tmp_path, {"sections/研讨发言/打算-1.j2": ""})
    (tmp_path / "sections/研讨发言/打算-1.j2").write_bytes("讲清楚。".encode("gbk"))
    (fault,) = check_templates(tmp_path)
    assert "UTF-8" in fault.message


@pytest.mark.slow
def test_what_ships_is_sound():
    """Our own templates pass our own check; the README's `nigao templates check templates`, run by test_readme, says the same."""
    from drafting.config import TEMPLATES

    assert check_templates(TEMPLATES) == ()


def test_the_command(tmp_path, capsys):
    write_tree(tmp_path, {"sections/研讨发言/打算-1.j2": "{{ pik() }}"})
    assert main(["templates", "check", str(tmp_path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["line"] == 1
    write_tree(tmp_path, {"sections/研讨发言/打算-1.j2": SOUND})
    assert main(["templates", "check", str(tmp_path)]) == 0
    assert "没有问题" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["我的", "我的/sections", "我的/sections/研讨发言/打算-1.j2", "./我的/sections/研讨发言"])
def test_a_path_seen_from_where_one_is(tmp_path, monkeypatch, path):
    """As it is typed at a prompt; faults name the file as it was given."""
    write_tree(tmp_path, {"我的/sections/研讨发言/打算-1.j2": "{{ pik() }}"})
    monkeypatch.chdir(tmp_path)
    (fault,) = check_templates(Path(path))
    assert fault.file == "我的/sections/研讨发言/打算-1.j2"


def test_a_template_that_no_genre_uses_is_told(tmp_path):
    """A slip in its name would make it do nothing; what others include has a name without number."""
    found = checked(tmp_path, {"sections/研讨发言/打祘-1.j2": "好。", "sections/共用/尾.j2": "完。"})
    assert [(file, "最接近的是“研讨发言/打算”" in message) for file, _, message in found] == [("打祘-1.j2", True)]


@pytest.mark.parametrize(("path", "content"), [
    ("rules/R01.yaml", "id: ["), ("rules/我.yaml", "id: R01\nlits: {}\n"), ("frames/headings.yaml", "frames: 3"),
    ("frames/sentences.yaml", "frames: [{name: 甲}]"), ("quotations/我.yaml", "[1, 2"),
])  # fmt: skip
def test_rules_frames_and_quotations_are_read_too(tmp_path, path, content):
    """Each fault once, however many files are in the folder."""
    ((file, _, _),) = checked(tmp_path, {path: content, f"{path.split('/')[0]}/另.yaml": ""} if "frames" in path else {path: content})
    assert file == Path(path).name


GENRE_FAULTS = {
    "another field in a title": ("关于{theme}的研讨发言", "关于{themee}的研讨发言", "{whole}"),
    "a brace left open": ("关于{theme}的研讨发言", "关于{theme的研讨发言", "大括号"),
    "a format": ("关于{theme}的研讨发言", "关于{theme:>999}的研讨发言", "大括号"),
    "another field in a heading": ("把准{theme}的方向", "把准{facet}的方向", "大括号"),
    "another field in a frame": ("{facet}是立身之本", "{theme}是立身之本", "{facet}"),
    "a figure in a heading": ("把准{theme}的方向", "把准3个{theme}的方向", "不能有数字"),
    "a figure in a closing": ("以上发言，不妥", "以上3条，不妥", "不能有数字"),
    "a misspelt role": ("role: measure", "role: measur", "最接近的是“measure”"),
    "a share the wrong way round": ("share: [27, 38]", "share: [38, 27]", "从小到大"),
    "a negative number": ("points: 3, heading", "points: -3, heading", "不能小于 0"),
    "no length": ("default: 1800", "default: 0", "大于 0"),
    "a name that is none": ("name: 研讨发言", "name:", "不能是空的"),
    "a name that is a number": ("name: 研讨发言", "name: 3", "一段文字"),
    "a misspelt key": ("tone:", "tonne:", "最接近的是“tone”"),
    "a misspelt key of a part": ("role: measure", "rolle: measure", "最接近的是“role”"),
    "a title that is a list": ("- 关于{theme}的研讨发言", "- [甲]", "一段文字"),
    "a salutation that is a number": ("salutation: 同志们：", "salutation: 5", "salutation"),
    "a person who speaks for nobody": ("person: 我", "person: 他", "person"),
}


@pytest.mark.parametrize(("ours", "theirs", "message"), GENRE_FAULTS.values(), ids=GENRE_FAULTS)
def test_a_genre_that_could_not_be_drafted_is_told(tmp_path, ours, theirs, message):
    """By the check and by drafting alike, with the file, and not by a traceback of one seed in five."""
    from drafting.config import TEMPLATES, load_library

    text = (TEMPLATES / "genres/研讨发言.yaml").read_text("utf-8")
    assert ours in text
    ((file, _, told),) = checked(tmp_path, {"genres/研讨发言.yaml": text.replace(ours, theirs, 1)})
    assert file == "研讨发言.yaml" and message in told
    with pytest.raises(ConfigError) as caught:
        load_library([tmp_path, TEMPLATES])
    assert caught.value.message == told


@pytest.mark.parametrize(("source", "message"), [
    ("{{ fill('measure') }}", "列表"), ("{% set role = 'leed' %}{{ pick(role) }}", "最接近的是“lead”"),
    ("{{ fill(['lead'], most='x') }}", "most"),
])  # fmt: skip
def test_what_fill_cannot_do_is_told_with_its_line(tmp_path, source, message):
    """Room is filled after the template has run: what is wrong with it is told before."""
    ((file, line, told),) = checked(tmp_path, {"sections/研讨发言/打算-1.j2": source})
    assert (file, line) == ("打算-1.j2", 1) and message in told


@pytest.mark.parametrize(("ours", "theirs", "message"), [
    ("do: 压实责任", "do: 办3件事", "不能有数字"), ("words: [好]", "words: 好", "类型"), ("people: 群众", "people: 5", "people"),
    ("unit: 件", "unit: [件]", "unit"), ("sites: [车间]", "sites: [２号车间]", "不能有数字"), ("name: 好事", "name:", "不能是空的"),
])  # fmt: skip
def test_a_theme_that_could_not_be_drafted_is_told(tmp_path, ours, theirs, message):
    """A figure in a task would stop only those drafts whose seed takes it."""
    theme = "name: 好事\npeople: 群众\nwords: [好]\nsites: [车间]\nfacets:\n- {name: 实, words: [实], tasks: [{do: 压实责任}]"
    theme += ", facts: [{name: 办结, unit: 件}]}\n"
    assert checked(tmp_path, {"themes/好事.yaml": theme}) == [] and ours in theme
    ((_, _, told),) = checked(tmp_path, {"themes/好事.yaml": theme.replace(ours, theirs, 1)})
    assert message in told
