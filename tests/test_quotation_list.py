"""The classical quotations that ship: true to their source, with all a drafter needs."""

from __future__ import annotations

import re

import pytest
import yaml
from conftest import SHARED, own_library

from drafting.config import TEMPLATES
from drafting.quotations import load_quotations
from tools.quotations import FAMOUS, FILE, stands

ENTRIES = yaml.safe_load(FILE.read_text("utf-8"))
CHECKED = yaml.safe_load(FAMOUS.read_text("utf-8"))
SPOKEN = yaml.safe_load((TEMPLATES / "quotations/spoken.yaml").read_text("utf-8"))


def test_three_hundred_and_more_each_once():
    bare = [re.sub(r"\W", "", entry["text"]) for entry in (*ENTRIES, *CHECKED)]
    assert len(bare) >= 300 and len(set(bare)) == len(bare)


def test_every_one_has_its_meaning_and_what_it_fits():
    themes = {*own_library().themes}
    for entry in ENTRIES:
        assert entry["meaning"] and entry["facets"], entry
        assert entry["themes"] and set(entry["themes"]) <= themes, entry


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/lexicons")
def test_every_verified_one_stands_word_for_word_in_its_source():
    """Looked up anew: nothing is verified because somebody said so."""
    folder = SHARED / "lexicons/classics"
    assert [entry["text"] for entry in (*ENTRIES, *CHECKED) if stands(entry, folder) != entry["verified"]] == []
    assert not stands({"text": "学而时习之，不亦乐乎", "work": "论语", "chapter": "学而"}, folder)  # a character changed
    assert not stands({"text": "学而时习之，不亦说乎", "work": "论语", "chapter": "为政"}, folder)  # another chapter


def test_they_reach_the_drafter():
    known = load_quotations((TEMPLATES,)).entries
    assert len(known) == sum(entry["verified"] for entry in (*ENTRIES, *CHECKED)) + len(SPOKEN)
    assert next(entry.source for entry in known if entry.text.startswith("学而时习之")) == "《论语·学而》"


def test_what_only_the_checks_know_is_never_drafted():
    """Without facets and themes no draft quotes a line; a check finds it misquoted all the same."""
    assert not any({"facets", "themes"} & entry.keys() for entry in (*CHECKED, *SPOKEN))
    known = load_quotations((TEMPLATES,))
    (hit,) = known.altered("他常说，春蚕到死丝方尽，蜡炬成灰泪始尽。")
    assert hit[2].edits == (("尽", "干"),)
    assert not list(known.altered("他常说，春蚕到死丝方尽，蜡炬成灰泪始干。"))


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/gold")
def test_what_was_spoken_stands_in_print():
    """Each with who said it, when, and where it was read; those that the annotation of the seeds tells, word for word as it has them."""
    assert all(entry["author"] and entry["date"] and len(str(entry["verified"])) > len("true") for entry in SPOKEN)
    notes = "".join(path.read_text("utf-8") for path in (SHARED / "gold/seeds").glob("*.json"))
    assert all(entry["text"] in notes for entry in SPOKEN)
    (hit,) = load_quotations((TEMPLATES,)).altered("比如“人民是我们执政最大的底气”、比如")
    assert hit[2].edits
