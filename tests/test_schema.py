"""The JSON Schema of outlines says what the reader says, and what `nigao new` writes pleases both."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import own_library
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.config import Library
from drafting.errors import OutlineErrors
from drafting.genres import Genre, Must, Part
from drafting.outline import dump, loads
from drafting.sample import sample
from drafting.schema import schema
from drafting.themes import Facet, Indicator, Theme

LIBRARY = own_library()
SCHEMA = schema(LIBRARY)
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
ROOT = Path(__file__).resolve().parent.parent
GENRES, THEMES = sorted(LIBRARY.genres), sorted(LIBRARY.themes)


def accepted(value: object) -> bool:
    """Whether the reader takes a value, written as JSON, which is YAML."""
    try:
        return bool(loads(json.dumps(value, ensure_ascii=False), "o.yaml", LIBRARY))
    except OutlineErrors:
        return False


def plain(text: str) -> list[Any]:
    """YAML as an editor sees it: a date is text."""
    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, shape) for tag, shape in rows if tag != "tag:yaml.org,2002:timestamp"]
        for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return list(yaml.load_all(text, Loader))


def test_the_schema_is_one_that_editors_read():
    """Draft 7, by its own meta-schema, and JSON all through."""
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_every_key_is_described_in_chinese():
    """An editor shows what a key means; a key without words would be shown bare."""
    def described(node: object, path: str = "") -> None:
        if isinstance(node, dict):
            for name, inner in node.get("properties", {}).items():
                if "then" not in path and "$ref" not in inner:
                    assert any("\u4e00" <= c <= "\u9fff" for c in inner.get("description", "")), f"{path}/{name}"
            for key, inner in node.items():
                if key not in ("if", "then", "else"):
                    described(inner, f"{path}/{key}")
        elif isinstance(node, list):
            for inner in node:
                described(inner, path)

    described({**SCHEMA, "allOf": []})


def test_names_are_completed_with_what_they_mean():
    """Every genre, theme and level is offered, each with a line about it."""
    for key, names in (("genre", LIBRARY.genres), ("theme", LIBRARY.themes)):
        offered = SCHEMA["properties"][key]
        assert set(names) <= set(offered["enum"])
        assert len(offered["enum"]) == len(offered["enumDescriptions"]) == len(set(offered["enum"]))


BASE = {"genre": "研讨发言", "theme": "安全生产"}


def one(**point: object) -> dict[str, object]:
    return {**BASE, "sections": [{"part": "认识", "points": [point]}]}


GOOD = {
    "least": BASE,
    "alias": {"genre": "交流研讨材料", "theme": "安全"},
    "nulls": {**BASE, "title": None, "profile": None, "facts": None, "sections": None, "cases": None, "pieces": None},
    "figures as text": {**BASE, "title": 2026, "minutes": "8", "seed": "7", "characters": 1800.0},
    "files": {**BASE, "facts": []},
    "facts": {**BASE, "facts": [{"name": "甲", "value": 36, "unit": "公里", "year": 2025, "source": "乙"}]},
    "point": one(facet="隐患排查", heading="", text="自己的话。", use=["p1"], facts=[], fixed=True, locked="false"),
    "cases": {**BASE, "cases": ["临河镇", "石桥村"]},
    "pieces": {**BASE, "pieces": [{}, {"theme": "民生实事"}, {"seed": 2}]},
    "pieces with all their own": {"pieces": [BASE, {**BASE, "genre": "党课"}]},
    "a piece of another genre": {**BASE, "pieces": [{"genre": "党课", "sections": [{"part": LIBRARY.genres["党课"].parts[1].name}]}]},
}
BAD = {
    "list": [BASE], "text": "研讨发言", "no theme": {"genre": "研讨发言"}, "empty": {}, "null genre": {**BASE, "genre": None},
    "unknown key": {**BASE, "titel": "甲"}, "unknown genre": {**BASE, "genre": "研讨"}, "unknown theme": {**BASE, "theme": "安全生厂"},
    "list for text": {**BASE, "title": ["甲"]}, "mapping for text": {**BASE, "date": {"a": 1}}, "minutes": {**BASE, "minutes": 9000},
    "word for number": {**BASE, "minutes": "八"}, "fraction": {**BASE, "characters": 1800.5}, "truth for number": {**BASE, "seed": True},
    "level": {**BASE, "profile": {"level": "镇里"}}, "profile key": {**BASE, "profile": {"lvel": "镇"}},
    "profile list": {**BASE, "profile": []},
    "profile as text": {**BASE, "profile": "我"}, "fact without value": {**BASE, "facts": [{"name": "甲"}]},
    "fact with null": {**BASE, "facts": [{"name": "甲", "value": None}]}, "empty value": {**BASE, "facts": [{"name": "甲", "value": ""}]},
    "fact as text": {**BASE, "facts": ["甲"]}, "null fact": {**BASE, "facts": [None]}, "year": {**BASE, "profile": {"year": 26}},
    "facts as mapping": {**BASE, "facts": {"name": "甲", "value": 1}}, "section as text": {**BASE, "sections": ["认识"]},
    "no part": {**BASE, "sections": [{"heading": "甲"}]}, "part of another genre": {**BASE, "sections": [{"part": "组织保障"}]},
    "facet of another theme": one(facet="为民造福"), "empty facet": one(facet=""), "not a truth": one(fixed="是"),
    "use as text": one(use="p1"),
    "null in use": one(use=[None]), "mapping in use": one(use=[{}]), "unknown point key": one(facts=[], usse=[]),
    "cases as text": {**BASE, "cases": "临河镇"}, "no pieces": {**BASE, "pieces": []}, "piece as text": {**BASE, "pieces": ["甲"]},
    "pieces without theme": {"genre": "研讨发言", "pieces": [{}]}, "pieces in pieces": {**BASE, "pieces": [{"pieces": [{}]}]},
    "part of another genre in a piece": {**BASE, "pieces": [{"sections": [{"part": "组织保障"}]}]},
    "facet of another theme in a piece": {"genre": "研讨发言", "pieces": [{**one(facet="为民造福")}]},
    "null pieces and no genre": {"pieces": None},
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_pleases_both(name):
    assert accepted(GOOD[name])
    assert [error.message for error in VALIDATOR.iter_errors(GOOD[name])] == []


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_refused_by_both(name):
    assert not accepted(BAD[name])
    assert not VALIDATOR.is_valid(BAD[name])


def test_a_profile_may_be_a_file_and_a_word_may_not():
    """A schema sees the name, not whether the file is there."""
    assert VALIDATOR.is_valid({**BASE, "profile": "我.yaml", "facts": "数据.YML"})
    assert VALIDATOR.is_valid({**BASE, "facts": ["共用.yaml", {"name": "甲", "value": 1}]})
    assert not VALIDATOR.is_valid({**BASE, "profile": "我.json"})


# ---------------------------------------------------------------- agreement, whatever stands there
SCALARS = st.sampled_from([None, True, False, 0, 1, -1, 8, 26, 100, 1800, 2026, 1800.5, 1e9, "", "甲", "镇", "县", "auto", "true", "36%"])
NOISE = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.sampled_from(["name", "level", "part", "甲"]), SCALARS, max_size=2)
PARTS = sorted({part.name for genre in LIBRARY.genres.values() for part in genre.parts})
FACETS = sorted({facet.name for theme in LIBRARY.themes.values() for facet in theme.facets})


def either(good: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what belongs there, sometimes anything."""
    return st.integers(0, 39).flatmap(lambda n: good if n else NOISE)


def keys(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the keys; those that must stand mostly do."""
    mostly = {name: either(value) for name, value in known.items() if name in ("genre", "theme", "part", "name", "value")}
    whole = st.fixed_dictionaries(mostly, optional={name: either(value) for name, value in known.items() if name not in mostly})
    fewer = st.fixed_dictionaries({}, optional={name: either(value) for name, value in known.items()})
    return st.integers(0, 9).flatmap(lambda n: whole if n else fewer)


TEXT = st.sampled_from(["甲", "乙丙", "a: b", 2026, True])
POINTS = keys(
    facet=st.none() | st.sampled_from(FACETS), heading=TEXT, text=TEXT, use=st.lists(TEXT, max_size=2), fixed=st.booleans(),
    locked=st.booleans(),
)  # fmt: skip
SECTIONS = keys(part=st.sampled_from(["开头", "结尾", *PARTS]), heading=TEXT, points=st.lists(either(POINTS), max_size=2))
NUMBER = iter(range(10**9))
FACTS = keys(name=TEXT.map(lambda text: f"{text}{next(NUMBER)}"), value=TEXT, unit=TEXT, year=st.integers(1898, 1950), source=TEXT)
PROFILES = keys(level=st.sampled_from(["镇", "县", "村"]), place=TEXT, unit=TEXT, post=TEXT, name=TEXT, year=st.integers(1898, 1950))
OUTLINE = dict(
    genre=st.sampled_from(GENRES), theme=st.sampled_from(THEMES), title=TEXT, subtitle=TEXT, characters=st.integers(98, 900),
    minutes=st.integers(0, 30), seed=st.integers(-1, 99), occasion=TEXT, date=TEXT, salutation=TEXT, profile=PROFILES,
    facts=st.lists(either(FACTS), max_size=1), sections=st.lists(either(SECTIONS), max_size=2), cases=st.lists(TEXT, max_size=2),
)  # fmt: skip
PLAIN = keys(**OUTLINE)
SEVERAL = keys(**{**{k: v for k, v in OUTLINE.items() if k != "sections"}, "pieces": st.lists(either(PLAIN), max_size=2)})


@given(PLAIN | SEVERAL)
@settings(max_examples=150)
def test_schema_and_reader_agree(value):
    """What one refuses the other refuses: on outlines with some of anything in any place.

    Bounds inside quotation marks, and two facts of one name, a schema cannot tell: none are made here.
    """
    right = accepted(value)
    assert VALIDATOR.is_valid(value) == right, [f"{list(e.absolute_path)} {e.message[:200]}" for e in VALIDATOR.iter_errors(value)]


@given(st.sampled_from(GENRES), st.sampled_from(THEMES), st.data())
@settings(max_examples=30)
def test_whole_outlines_please_both(genre, theme, data):
    """Parts of the genre and facets of the theme, nothing wrong: both take it, and what is written of it too."""
    parts = [part.name for part in LIBRARY.genres[genre].parts]
    facets = [facet.name for facet in LIBRARY.themes[theme].facets]
    sections = st.lists(st.fixed_dictionaries({
        "part": st.sampled_from(parts), "points": st.lists(st.fixed_dictionaries({"facet": st.sampled_from(facets)}), max_size=3),
    }), max_size=3)  # fmt: skip
    value = {"genre": genre, "theme": theme, "sections": data.draw(sections)}
    (outline,) = loads(json.dumps(value), "o.yaml", LIBRARY)
    assert VALIDATOR.is_valid(value)
    assert all(VALIDATOR.is_valid(document) for document in plain(dump(outline)))


# ---------------------------------------------------------------- what the program and the project write
def uncommented(text: str) -> str:
    """A sample with the stubs of its facts no longer in comments."""
    return re.sub(r"^# (facts:|  - \{name:)", r"\1", text, flags=re.MULTILINE)


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize("theme", THEMES)
def test_a_new_outline_pleases_both(genre, theme):
    """Every genre with every theme; also with the stubs of its facts filled in."""
    text = sample(LIBRARY, genre, theme)
    for written in (text, uncommented(text).replace("value: ,", "value: 36,")):
        (outline,) = loads(written, "o.yaml", LIBRARY)
        assert (outline.genre, outline.theme) == (genre, theme)
        assert [s.part for s in outline.sections] == [part.name for part in LIBRARY.genres[genre].parts]
        assert [error.message for error in VALIDATOR.iter_errors(plain(written)[0])] == []
    asked = {fact.name for facet in LIBRARY.themes[theme].facets for fact in facet.facts}
    asked |= {must.what for must in LIBRARY.genres[genre].must}
    assert outline.facts and {fact.name for fact in outline.facts} <= asked
    assert all(must.what in text for must in LIBRARY.genres[genre].must)


def test_a_stub_that_is_not_filled_in_is_told():
    """A fact without a figure must not be printed as one."""
    text = sample(LIBRARY, "研讨发言", "安全生产")
    bare = uncommented(text)
    with pytest.raises(OutlineErrors, match="value"):
        loads(bare, "o.yaml", LIBRARY)
    assert not VALIDATOR.is_valid(plain(bare)[0])


def test_names_of_a_users_own_that_yaml_would_misread():
    """Genres and themes of a user's may be called what they like."""
    odd = ["yes", "a: b", "- 甲", "[乙]", "#丙", "丁\n戊", '"己"', "%庚"]
    for name in odd:
        part = Part(name, "measure", (0, 100), "", 1, True)
        must = (Must(name, "数据", f"{name}数", name),)
        genre = Genre(name, (part,), 1000, (500, 1500), ("{theme}",), about=f"{name}\n{name}", must=must)
        theme = Theme(name, (name,), (Facet(name, (name,), facts=(Indicator(name, name),), who=(name,)),))
        library = Library({name: genre}, {name: theme})
        (outline,) = loads(sample(library, name, name), "o.yaml", library)
        assert (outline.genre, outline.theme, outline.sections[0].points[0].facet) == (name, name, name)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").rglob("*.yaml")), ids=lambda path: path.name)
def test_examples_please_the_schema(path):
    for document in plain(path.read_text("utf-8")):
        assert [error.message for error in VALIDATOR.iter_errors(document)] == []


# ---------------------------------------------------------------- the command
def test_the_command_prints_and_writes_it(here, tmp_path):
    """On the screen, or into a file that is replaced when genres and themes have changed."""
    assert json.loads(here("schema").stdout) == SCHEMA
    (tmp_path / "提纲.schema.json").write_text("old", "utf-8")
    done = here("schema", "-o", "提纲.schema.json")
    assert done.returncode == 0 and "$schema=提纲.schema.json" in done.stderr
    assert json.loads((tmp_path / "提纲.schema.json").read_text("utf-8")) == SCHEMA


def test_themes_of_a_users_own_are_in_it(here, tmp_path):
    """The schema is made from what there is."""
    theme = "name: 河湖治理\nwords: [河湖]\nfacets: [{name: 清淤, words: [清淤]}]\n"
    (tmp_path / "home/themes").mkdir(parents=True)
    (tmp_path / "home/themes/河湖治理.yaml").write_text(theme, "utf-8")
    made = json.loads(here("schema", NIGAO_HOME=str(tmp_path / "home")).stdout)
    validator = jsonschema.Draft7Validator(made)
    assert validator.is_valid({**one(facet="清淤"), "theme": "河湖治理"})
    assert not validator.is_valid({**one(facet="隐患排查"), "theme": "河湖治理"})


def test_a_schema_that_cannot_be_written_is_told(here):
    """One message and exit code 2."""
    done = here("schema", "-o", "没有/这个/a.json")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and done.stderr.startswith("错误：")
