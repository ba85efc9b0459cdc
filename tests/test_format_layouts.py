"""`nigao templates`: what a layout is, and each place where it departs from GB/T 9704-2012."""

from __future__ import annotations

import json

import pytest
from conftest import write_tree

from drafting.config import TEMPLATES
from drafting.layout import load_layout
from drafting.standard import characters_a_line, departures, lines_a_page

OFFICIAL = (TEMPLATES / "layouts" / "official.yaml").read_text("utf-8")


def test_the_official_layout_is_the_standard():
    """No departure, 22 lines of 28 characters, in the fonts of offices and of Founder."""
    for name in ("official", "official:founder"):
        assert departures(load_layout(name)) == ()
    layout = load_layout("official")
    assert (int(lines_a_page(layout)), characters_a_line(layout)) == (22, 28)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("top: 37", "top: 25.4", ["天头：标准 37±1 毫米，这里 25.4 毫米", "版心：标准 156×225 毫米，这里 155.7×236.6 毫米", "行数"]),
        ("left: 28", "left: 31.8", ["订口：标准 28±1 毫米，这里 31.8 毫米", "版心", "字数：标准每行 28 字，这里每行 27 字"]),
        ("page_number: odd-even ", "page_number: centre ", ["页码位置：标准单页居右、双页居左，这里居中"]),
        ("heading2: {font: kai, size: 16}", "heading2: {font: kai, size: 16, bold: true}", ["二级标题加粗：标准不加粗，这里加粗"]),
        ("body: {font: body, size: 16}", "body: {font: body, size: 14}", ["字数", "正文字体字号：标准三号仿宋，这里四号仿宋"]),
        ("{pitch: 28.95}", "{pitch: 32}", ["行数：标准每面 22 行，这里固定 32 磅，每面约 19 行"]),
        ("fonts: gb2312", "fonts: windows", ["标题用的字体：标准小标宋，这里华文中宋"]),
        ("width: 210, height: 297", "width: 184, height: 260", ["用纸：标准 A4（210×297 毫米），这里 184×260 毫米"]),
    ],
)  # fmt: skip
def test_each_departure_is_told(tmp_path, old, new, told):
    """One thing changed in a layout of one's own, and what follows from it."""
    assert old in OFFICIAL
    write_tree(tmp_path, {"layouts/本单位.yaml": OFFICIAL.replace(old, new, 1)})
    found = departures(load_layout("本单位", (tmp_path, TEMPLATES)))
    for line in told:
        assert any(each.startswith(line) for each in found), (line, found)


def test_the_lectern_departs_and_says_so():
    """Larger print, fewer lines, numbers in the middle: all of it is named."""
    told = "\n".join(departures(load_layout("speech")))
    for what in ("版心", "行数", "字数", "页码位置", "正文字体字号：标准三号仿宋，这里二号仿宋"):
        assert what in told


def test_the_command(tmp_path, here):
    """A unit's own file of the same name goes before ours, in the list and in what is shown of it."""
    own = OFFICIAL.replace("top: 37", "top: 30").replace("about: 公文版式", "about: 本单位版式")
    write_tree(tmp_path, {"家/layouts/official.yaml": own})
    shown = here("templates", "show", "official", NIGAO_HOME=str(tmp_path / "家"))
    assert shown.returncode == 0 and "本单位版式" in shown.stdout and "天头：标准 37±1 毫米，这里 30 毫米" in shown.stdout
    row = json.loads(here("templates", "show", "speech:windows", "--json").stdout)
    assert row["fonts"]["title"] == "华文中宋" and any(line.startswith("行数") for line in row["departures"])
    rows = [json.loads(line) for line in here("templates", "list", "--json").stdout.splitlines()]
    assert {"official", "speech"} <= {row["name"] for row in rows if row["kind"] == "layout"}
    assert "研讨发言/打算-1" in {row["name"] for row in rows if row["kind"] == "section"}
    wrong = here("templates", "show", "研讨发言/打算-11")
    assert wrong.returncode == 2 and "最接近的是" in wrong.stderr and wrong.stderr.count("\n") == 1
