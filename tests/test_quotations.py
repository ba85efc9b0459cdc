"""Everything in quotation marks is found, and told whose it is."""

import pytest

from phrasebank.parallels import find_parallels
from phrasebank.quotations import find_quotations


def kinds(text: str) -> list[tuple[str, str, str | None]]:
    return [(text[q.start + 1 : q.end - 1], q.kind, q.attributed_to) for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("习近平总书记强调：“路是一步一步走出来的。”", "leader", "习近平总书记"),
        ("***总书记曾说过,“事情要一件一件办好”。", "leader", "***总书记"),
        ("“把事情办到大家心里去”，这是_总书记对我们的要求。", "leader", "_总书记"),
        ("俗话说“人心齐，泰山移”。", "saying", None),
        ("古人云：“慎终如始，则无败事。”", "classic", None),
        ("坚定“先天下之忧而忧”的胸怀。", "classic", None),
        ("实施“百村千树工程”。", "name", None),
        ("打通“最后一段路”。", "coined", None),
        ("“临河经验”倡导“把矛盾解决在门口”。", "name", None),
    ],
)
def test_kinds_and_speakers(text: str, kind: str, who: str | None) -> None:
    assert kinds(text)[0][1:] == (kind, who)


def test_examples_after_a_leader_are_his() -> None:
    found = kinds("深深体会到党中央的关怀，比如“让大家的日子越来越好”、比如“不让一个人在路上掉队”。")
    assert [f[1:] for f in found] == [("leader", "党中央"), ("leader", "党中央")]


def test_the_taught_word_is_credited_to_the_experience() -> None:
    assert kinds("“临河经验”倡导“把矛盾解决在门口”。")[1] == ("把矛盾解决在门口", "slogan", "“临河经验”")


def test_half_width_marks_count_too() -> None:
    assert [k[0] for k in kinds('落实"路长制"和"河长制"要求')] == ["路长制", "河长制"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("要带着责任去做，带着感情去做，带着办法去做。", 3),
        ("增强获得感、幸福感、安全感。", 3),
        ("做到讲政治、顾大局、守规矩。", 3),
        ("把群众当亲人，把工作当事业。", 2),
    ],
)
def test_parallel_constructions(text: str, count: int) -> None:
    assert max(run.count for run in find_parallels(text)) == count


def test_plain_prose_has_none() -> None:
    assert list(find_parallels("昨天下雨，我们没有出门。")) == []
