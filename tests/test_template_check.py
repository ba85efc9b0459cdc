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


def test_what_ships_is_sound():
    """Our own templates pass our own check."""
    from drafting.config import TEMPLATES

    assert check_templates(TEMPLATES) == ()


def test_the_command(tmp_path, capsys):
    write_tree(tmp_path, {"sections/研讨发言/打算-1.j2": "{{ pik() }}"})
    assert main(["templates", "check", str(tmp_path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["line"] == 1
    write_tree(tmp_path, {"sections/研讨发言/打算-1.j2": SOUND})
    assert main(["templates", "check", str(tmp_path)]) == 0
    assert "没有问题" in capsys.readouterr().out
