"""Section templates run in a box: strict, without Python behind it, and in template folders only."""

from __future__ import annotations

import time

import pytest
from conftest import write_tree

from drafting.errors import ConfigError, RenderError
from drafting.sandbox import run, variants
from phrasebank.errors import NigaoError


def printed(folder, source: str, **values: object) -> str:
    write_tree(folder, {"sections/甲/头-1.j2": source})
    return run((folder,), "甲/头-1.j2", values)


def test_a_template_prints_what_it_is_given(tmp_path):
    """Variables, loops and conditions work; block lines leave no empty lines."""
    source = "{% for p in points %}\n{{ p }}要修。\n{% endfor %}\n"
    assert printed(tmp_path, source, points=["河堤", "水渠"]) == "河堤要修。\n水渠要修。\n"


def test_nothing_is_escaped(tmp_path):
    """A speech is no web page."""
    assert printed(tmp_path, "{{ t }}", t="“<甲>&乙”") == "“<甲>&乙”"


def test_numbers_can_be_said_in_chinese(tmp_path):
    """`chinese` is the one filter of ours."""
    assert printed(tmp_path, "{{ n | chinese }}点", n=3) == "三点"


def test_one_wording_of_several_is_taken(tmp_path):
    """`either` runs one of its bodies, the one that `_way` names, each time it comes by; what stands in the others is not run."""
    source = "{% for p in points %}{% either %}{{ p }}要修。{% or %}"
    source += "先看{% if p == '堤' %}大{% endif %}{{ p }}。{% or %}{{ nothing }}{% endeither %}{% endfor %}"
    asked = []

    def way(sizes: tuple[int, ...], place: str) -> int:
        asked.append((sizes, place))
        return (len(asked) - 1) % 2

    assert printed(tmp_path, source, points=["桥", "堤", "渠"], _way=way) == "桥要修。先看大堤。渠要修。"
    assert {sizes for sizes, _ in asked} == {(3, 4, 0)}  # 要修。, 先看大。, and what prints nothing of its own
    assert len({place for _, place in asked}) == 1


def test_wordings_at_the_end_of_a_line_leave_it_a_paragraph_of_its_own(tmp_path):
    """Jinja is told to take the line break behind a tag away; behind a wording it is the end of a paragraph."""
    source = "{% either %}先说桥。{% or %}先说堤。{% endeither %}\n{% for p in points %}\n{{ p }}要修。\n{% endfor %}\n"
    assert printed(tmp_path, source, points=["桥", "堤"], _way=lambda sizes, place: 1) == "先说堤。\n桥要修。\n堤要修。\n"


@pytest.mark.parametrize("source", ["{% either %}甲", "{% either %}甲{% or %}乙{% endif %}"])
def test_wordings_left_open_are_an_error(tmp_path, source):
    """With file and line, as any other tag."""
    with pytest.raises(RenderError, match="写法有误") as caught:
        printed(tmp_path, source)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "sections/甲/头-1.j2"), 1)


REACHING = [
    "{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ f.__globals__ }}", "{{ f.__code__ }}",
    "{{ [].append.__self__.__class__ }}", "{{ ''['__class__'] }}", "{{ '' | attr('__class__') }}", "{{ cycler.__init__.__globals__ }}",
    "{{ '{0.__class__}'.format('') }}", "{{ items.append(1) }}", "{{ items.clear() }}", "{{ values.update(a=1) }}",
]  # fmt: skip


@pytest.mark.parametrize("source", REACHING)
def test_a_template_cannot_reach_behind_what_it_is_given(tmp_path, source):
    """Python's own attributes, and methods that change what was given, are an error and print nothing."""
    items, values = [0], {"b": 1}
    with pytest.raises(RenderError):
        printed(tmp_path, source, f=lambda: "", items=items, values=values)
    assert (items, values) == ([0], {"b": 1})


@pytest.mark.parametrize(
    "source", ["{{ nothing }}", "{{ p.nothing }}", "{{ nothing.x }}", "{{ pick() }}", "{% if nothing %}甲{% endif %}"]
)
def test_an_undefined_name_is_an_error(tmp_path, source):
    """A misspelt name is told and not printed as nothing."""
    with pytest.raises(RenderError, match="模板运行出错") as caught:
        printed(tmp_path, source, p="河堤")
    assert caught.value.file == "甲/头-1.j2"


def test_the_line_of_the_fault_is_told(tmp_path):
    """The message names the template and the line in it, in running and in reading."""
    with pytest.raises(RenderError) as caught:
        printed(tmp_path, "甲\n乙\n{{ nothing }}\n")
    assert caught.value.line == 3
    with pytest.raises(RenderError, match="写法有误") as caught:
        printed(tmp_path, "甲\n{% for x in y %}\n丙\n{% endfo %}\n")
    assert caught.value.line == 4
    assert caught.value.file.endswith("头-1.j2")


@pytest.mark.parametrize(
    "source",
    [
        "{{ 1 / 0 }}",
        "{{ f() }}",
        "{{ 'a' + 1 }}",
        "{{ 'x' | int + [] }}",
        "{{ 500 | chinese }}",
        "{{ range(10**9) | list }}",
        "{{ f(1, 2) }}",
    ],
)
def test_whatever_a_template_does_wrong_is_an_error_of_the_template(tmp_path, source):
    """Dividing by nought, calling wrongly, counting too far: an error that names the template, never a traceback."""
    with pytest.raises(RenderError) as caught:
        printed(tmp_path, source, f=lambda one: one)
    assert "头-1.j2" in (caught.value.file or "")


@pytest.mark.parametrize(
    "name", ["../secret.txt", "../../secret.txt", "/etc/hostname", "甲/../../secret.txt", "没有.j2"]
)
@pytest.mark.parametrize("tag", ["include", "extends", "import"])
def test_nothing_outside_the_folders_is_read(tmp_path, tag, name):
    """A template can include its neighbours and nothing else."""
    write_tree(tmp_path, {"secret.txt": "机密"})
    source = f'{{% {tag} "{name}"{" as x" if tag == "import" else ""} %}}'
    with pytest.raises(RenderError) as caught:
        printed(tmp_path, source)
    assert "机密" not in str(caught.value)


def test_a_neighbour_can_be_included(tmp_path):
    """What lies under `sections/` may be shared between templates."""
    write_tree(tmp_path, {"sections/共用/尾.j2": "谢谢大家。"})
    assert printed(tmp_path, '同志们，{% include "共用/尾.j2" %}') == "同志们，谢谢大家。"


def test_a_missing_template_is_an_error(tmp_path):
    """A template that is not there is told by its name."""
    (tmp_path / "sections").mkdir()
    with pytest.raises(NigaoError, match=r"没有\.j2"):
        run((tmp_path,), "没有.j2", {})


def test_a_template_that_is_no_text_is_an_error(tmp_path):
    """A binary file in the template folder is told, not passed on as a fault of Python's."""
    write_tree(tmp_path, {"sections/甲/头-1.j2": b"\xff\xfe\x00\x81"})
    with pytest.raises(NigaoError):
        run((tmp_path,), "甲/头-1.j2", {})


def test_variants_are_numbered_and_come_in_order(tmp_path):
    """-2 comes before -10, of whichever folder; other files are no variants."""
    write_tree(tmp_path, {
        "我/sections/甲/头-10.j2": "", "我/sections/甲/头-2.j2": "", "它/sections/甲/头-1.j2": "", "它/sections/甲/头-2.j2": "",
        "它/sections/甲/头-备份.j2": "", "它/sections/甲/尾-1.j2": "",
    })  # fmt: skip
    assert variants((tmp_path / "我", tmp_path / "它"), "甲/头") == ("甲/头-1.j2", "甲/头-2.j2", "甲/头-10.j2")


def test_a_template_of_the_user_wins_over_ours(tmp_path):
    """A file of the same name in the user's folder is the one that runs."""
    write_tree(tmp_path, {"我/sections/甲-1.j2": "我的", "它/sections/甲-1.j2": "它的"})
    assert run((tmp_path / "我", tmp_path / "它"), "甲-1.j2", {}) == "我的"


def test_no_variant_at_all_is_told_with_the_name_it_should_have(tmp_path):
    """A part without a template says which file is missing."""
    with pytest.raises(ConfigError, match=r"sections/甲/头-1\.j2"):
        variants((tmp_path,), "甲/头")


ENDLESS = {
    "loops": "{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}",
    "a loop without end": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "a long range": "{{ range(10 ** 9) | list | length }}",
    "a range": "{% for a in range(100000000) %}{% endfor %}",
    "much printed": "{% for a in range(900) %}{{ text }}{% endfor %}",
    "doubling by ~": "{% macro f(t, n) %}{% if n %}{{ f(t ~ t, n - 1) }}{% endif %}{% endmacro %}{{ f(text, 60) }}",
    "doubling by +": "{% macro f(t, n) %}{% if n %}{{ f(t + t, n - 1) }}{% endif %}{% endmacro %}{{ f(text, 60) }}",
    "doubling by blocks": "".join("{% set text %}{{ text }}{{ text }}{% endset %}" for _ in range(40)) + "{{ text }}",
    "a text times a number": "{{ text * 100000000 }}",
    "a list times a number": "{{ ([1] * 100000000) | length }}",
    "a wide text": "{{ text.center(1000000000) }}",
    "a wide format": "{{ '%1000000000d' % 1 }}",
    "a wide format by method": "{{ '{:>1000000000}'.format(1) }}",
    "powers": "{{ 9 ** 9 ** 9 }}",
    "joined": "{{ (range(900) | list) | join(text) }}{{ (range(900) | list) | join(text) }}",
    "loops in macros": "{% macro f(n) %}{% for a in range(40) %}{% if n %}{{ f(n - 1) }}{% endif %}{% endfor %}{% endmacro %}{{ f(9) }}",
}


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_a_template_that_never_ends_is_stopped(tmp_path, source):
    """Loops, texts and numbers without measure end with a message, within seconds and without filling memory."""
    begun = time.monotonic()
    with pytest.raises(RenderError) as caught:
        printed(tmp_path, source, text="河堤要修。" * 40)
    assert caught.value.message and time.monotonic() - begun < 10


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/hostname", "../../outside.txt", "甲/../../outside.txt"])
@pytest.mark.parametrize("form", ["{% include '@' %}", "{% import '@' as x %}", "{% extends '@' %}"])
def test_a_template_includes_nothing_from_outside(tmp_path, form, path):
    """What stands outside the folder of sections cannot be read."""
    (tmp_path / "outside.txt").write_text("秘密", "utf-8")
    with pytest.raises(RenderError):
        printed(tmp_path, form.replace("@", path))


def test_a_template_may_include_another_of_its_folder(tmp_path):
    """What two sections share stands once."""
    write_tree(tmp_path, {"sections/共用/收尾.j2": "就到这里。"})
    assert printed(tmp_path, "讲完了，{% include '共用/收尾.j2' %}") == "讲完了，就到这里。"


@pytest.mark.parametrize(("call", "text"), [("3 | counted('条')", "三条"), ("2 | counted('点')", "两点"), ("12 | counted('项')", "十二项")])
def test_counts_are_said_with_their_measure_word(tmp_path, call, text):
    assert printed(tmp_path, "{{ " + call + " }}") == text


@pytest.mark.parametrize(("date", "text"), [("2026-11-08", "2026年11月8日"), ("2026/1/2", "2026年1月2日"), ("十一月上旬", "十一月上旬")])
def test_dates_are_written_as_speeches_write_them(tmp_path, date, text):
    assert printed(tmp_path, "{{ d | date }}", d=date) == text


GROWING = {
    "lists": "{% set a = [1] %}" + "{% set a = a + a %}" * 40 + "{{ a | length }}",
    "numbers": "{% set a = 9 %}" + "{% set a = a * a %}" * 40 + "甲",
    "lists in lists, printed": "{% set a = ['甲'] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}",
    "lists in lists, joined": "{% set a = ['甲'] %}" + "{% set a = [a, a] %}" * 40 + "{{ a | join }}",
    "lists in lists, put together": "{% set a = ['甲'] %}" + "{% set a = [a, a] %}" * 40 + "{{ a ~ a }}",
    "a long mark between": "{% set a %}" + "甲" * 60_000 + "{% endset %}{{ range(1000) | join(a) }}",
}


@pytest.mark.parametrize("source", GROWING.values(), ids=GROWING)
def test_what_doubles_is_stopped(tmp_path, source):
    """Forty lines that double a list or a number would fill any memory; the message is Chinese."""
    begun = time.monotonic()
    with pytest.raises(RenderError, match=r"运行出错：[一-龥]") as caught:
        printed(tmp_path, source)
    assert caught.value.line == 1 and time.monotonic() - begun < 5


@pytest.mark.parametrize("source", ["{{ items }}", "{{ f }}", "{{ none }}", "{{ items | reverse }}", "{{ 'a' ~ items }}"])
def test_what_has_no_words_is_not_printed(tmp_path, source):
    """Lists, functions and nothing at all are no text, though Python has names for them."""
    with pytest.raises(RenderError, match="不能打印"):
        printed(tmp_path, source, items=["甲"], f=lambda: "", none=None)
    assert printed(tmp_path, "{{ items | join('、') }}{{ n }}", items=["甲", "乙"], n=3) == "甲、乙3"


@pytest.mark.parametrize(("source", "said"), [
    ("{{ nothing }}", "没有名为 nothing 的变量或函数"), ("{{ p.salary }}", "这里没有 salary 这一项"),
    ("{{ p.__class__ }}", "模板里不能用 __class__"), ("{% include '无.j2' %}", "没有“无.j2”这个文件"),
    ("{{ p | revese }}", "没有名为 revese 的过滤器"), ("{% for a in p %}甲{% endfo %}", "没有 endfo 这个标签"),
    ("{% for a in p %}甲", "for 没有写 endfor"), ("{{ f(p }}", "符号没有成对"),
])  # fmt: skip
def test_usual_faults_are_told_in_chinese(tmp_path, source, said):
    with pytest.raises(RenderError) as caught:
        printed(tmp_path, source, p="河堤")
    assert said in caught.value.message
