"""Every rule: complete, with an example that is clean and one it finds; and what a user may change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, write_tree

from drafting.checks import Aids, choose, load_exceptions, load_rules
from drafting.checks.families import MODULE_OF, find
from drafting.checks.run import check_example, check_text
from drafting.checks.text import of_text
from drafting.config import TEMPLATES
from drafting.errors import ConfigError
from phrasebank.passage_index import build
from phrasebank.passages import Passages

RULES = load_rules([TEMPLATES])
DATA = Path(__file__).parent / "data"  # quotations for Q02
OWN = """id: X01
name: 自家忌语
kind: pattern
severity: W
reason: 领导不喜欢这个说法。
advice: 换个说法
lists: {patterns: [抓手]}
clean: 找准突破口。
faulty: 找准抓手。
"""


def aids_of(example, folder) -> Aids:
    """What a rule may ask for: our test quotations, and an index of the texts that an example is compared with."""
    corpus = example.outline.get("corpus")
    if not corpus:
        return Aids((DATA, TEMPLATES))
    build([("旧稿.txt", list(enumerate(corpus, 1)))], folder / "旧稿.idx")
    return Aids((DATA, TEMPLATES), passages=(Passages(folder / "旧稿.idx"),))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_is_silent_about_its_clean_example_and_finds_its_faulty_one(rule, tmp_path):
    """The two examples of every rule file, run as files are; those of R04 with the text it is compared with."""
    assert bool(rule.faulty.outline.get("corpus")) == rule.slow
    assert check_example(rule, rule.clean, aids_of(rule.clean, tmp_path)) == ()
    found = check_example(rule, rule.faulty, aids_of(rule.faulty, tmp_path))
    assert found
    assert all(finding.id == rule.id and finding.message and finding.name == rule.name for finding in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_gives_its_reason(rule):
    """A reason of a sentence, in Chinese, and a kind that exists."""
    assert len(rule.reason) >= 15
    assert rule.reason.endswith("。")
    assert rule.kind in MODULE_OF
    assert callable(find(rule.kind))


@pytest.mark.parametrize("missing", ["name", "kind", "reason", "severity", "advice", "clean", "faulty"])
def test_a_rule_that_lacks_something_is_refused(tmp_path, missing):
    """No rule without a reason and two examples: the message names file, rule and key."""
    row = yaml.safe_load(OWN)
    del row[missing]
    folder = write_tree(tmp_path, {"rules/X01.yaml": yaml.safe_dump(row, allow_unicode=True)})
    with pytest.raises(ConfigError, match=f"X01 缺少“{missing}”"):
        load_rules([folder, TEMPLATES])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (OWN.replace("severity: W", "severity: 严重"), "应为 E、W 或 I"),
        (OWN.replace("kind: pattern", "kind: patern"), "最接近的是“pattern”"),
        (OWN + "lsits: {}\n", "没有“lsits”这个键，最接近的是“lists”"),
        ("- 一\n- 二\n", "其中要有 id"),
        (OWN.replace("[抓手]", "['抓[手']"), ""),
    ],
)
def test_a_faulty_rule_is_named(tmp_path, text, message):
    """What is wrong with a rule file is told by file and key."""
    folder = write_tree(tmp_path, {"rules/X01.yaml": text})
    with pytest.raises(ConfigError) as caught:
        rules = load_rules([folder, TEMPLATES])
        check_example(choose(rules, ["X01"])[0], rules[0].faulty, Aids())
    assert message in str(caught.value)


def test_a_user_adds_a_rule_of_his_own(tmp_path):
    """A file in the user's folder is a rule like ours."""
    folder = write_tree(tmp_path, {"rules/X01.yaml": OWN})
    (rule,) = choose(load_rules([folder, TEMPLATES]), ["X01"])
    assert [f.text for f in check_example(rule, rule.faulty, Aids())] == ["抓手"]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (OWN.replace("faulty: 找准抓手", "faulty: 找准把手"), "规则 X01 查不出它自己的错例“找准把手。”"),
        (OWN.replace("clean: 找准突破口", "clean: 不谈抓手"), "规则 X01 把它自己的正例“不谈抓手。”也当成了错（查到“抓手”）"),
    ],
)
def test_a_rule_that_fails_its_own_examples_is_refused(tmp_path, rule, message):
    """A rule that cannot find what it is there for would pass every speech."""
    folder = write_tree(tmp_path, {"rules/X01.yaml": rule})
    with pytest.raises(ConfigError, match=re.escape(message)):
        load_rules([folder, TEMPLATES])


def test_the_rule_that_the_manual_shows_works(tmp_path):
    """docs/checks.md: the example is a rule as it stands there, and `except` spares the words around a match."""
    shown = re.search("```yaml\n(id: X01.*?)```", (ROOT / "docs" / "checks.md").read_text("utf-8"), re.DOTALL)
    folder = write_tree(tmp_path, {"rules/X01.yaml": shown[1]})
    (rule,) = choose(load_rules([folder, TEMPLATES]), ["X01"])
    found = check_text(of_text("要找准抓手，不能没有抓手，抓手要实。"), [rule], Aids()).findings
    assert [(f.start, f.text) for f in found] == [(3, "抓手"), (13, "抓手")]


def test_a_user_changes_a_rule_of_ours(tmp_path):
    """Only what is changed need stand in his file: words are added, the rest replaces ours."""
    folder = write_tree(tmp_path, {"rules/R03.yaml": "id: R03\nseverity: W\nlists: {patterns: [此处待定]}\n"})
    (rule,) = choose(load_rules([folder, TEMPLATES]), ["R03"])
    (ours,) = choose(RULES, ["R03"])
    assert (rule.severity, rule.final, rule.name) == ("W", "W", ours.name)
    assert rule.words("patterns") == (*ours.words("patterns"), "此处待定")


def test_a_user_turns_a_rule_off(tmp_path):
    """`enabled: false` is all it takes."""
    folder = write_tree(tmp_path, {"rules/R03.yaml": "id: R03\nenabled: false\n"})
    assert "R03" not in {rule.id for rule in load_rules([folder, TEMPLATES])}


def test_an_edited_rule_is_read_again(tmp_path):
    """A rule file that changes while the session runs is seen at the next check."""
    folder = write_tree(tmp_path, {"rules/X01.yaml": OWN})
    load_rules([folder])
    path: Path = folder / "rules" / "X01.yaml"
    path.write_text(OWN.replace("severity: W", "severity: E"), "utf-8")
    import os

    os.utime(path, ns=(1, 1))
    assert load_rules([folder])[0].severity == "E"


def test_what_is_excepted_is_told_apart(tmp_path):
    """A finding the user excepted is not counted, but can be seen with its reason."""
    folder = write_tree(tmp_path, {"exceptions.yaml": "- {rule: R03, text: 待填, reason: 会后补}\n"})
    exceptions = load_exceptions([folder])
    report = check_text(of_text("〔待填：时间〕前完成。××县的事。"), choose(RULES, ["R03"]), Aids(), exceptions)
    assert [f.text for f in report.findings] == ["××县"]
    assert [(f.text, reason) for f, reason in report.excepted] == [("〔待填：时间〕", "会后补")]


def test_a_malformed_exception_is_named(tmp_path):
    """With the file and the line it stands on; a misspelled key, too, which would spare every rule what it was meant for."""
    for row, line, message in (
        ("- R03", 2, "例外应逐条写成"), ("- {rule: R99, text: 待填}", 2, "没有编号为“R99”的检查"),
        ("- {rul: R02, text: 浦口}", 2, "没有“rul”这个键.*“rule”"), ("- text: 浦口\n  resaon: 协作", 3, "“resaon”.*“reason”"),
    ):  # fmt: skip
        folder = write_tree(tmp_path, {"exceptions.yaml": f"- {{rule: R03, text: 待填}}\n{row}\n"})
        with pytest.raises(ConfigError, match=message) as told:
            load_exceptions([folder])
        assert (Path(told.value.file or "").name, told.value.line) == ("exceptions.yaml", line)


def test_rules_are_chosen_by_id_or_family():
    assert {rule.id for rule in choose(RULES, ["r03", "S"])} == {rule.id for rule in RULES if rule.id == "R03" or rule.id[0] == "S"}
    with pytest.raises(ConfigError, match="没有编号为“R99”的检查，R 开头的有：R01、R02、R03、R04、R05"):
        choose(RULES, ["R99"])
    with pytest.raises(ConfigError, match=r"没有编号为“Z”的检查，可用的有：F01、.*、W06"):
        choose(RULES, ["Z"])
