"""Drafts of every genre on every theme: honest, whole, parallel, of the length asked for, and the same every time."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import pytest
from conftest import own_library, write_tree

from drafting.builtin import CORPUS, builtin_bank
from drafting.checks import check
from drafting.config import TEMPLATES, load_library
from drafting.errors import ConfigError, RenderError
from drafting.model import Draft, Fact, Outline, Point, Profile, SectionPlan
from drafting.parallel import measure
from drafting.plan import plan
from drafting.render import render
from drafting.summary import overlap
from phrasebank.gazetteer import find_places
from phrasebank.model import Phrase, Source
from phrasebank.search import Stack

LIBRARY = own_library()
SEEDS = (1, 2, 3)
PLACE = "白鹭乡"
PROFILE = Profile("乡", PLACE, "白鹭乡党委", "组织委员", "某某", 2026)
EACH = pytest.mark.parametrize("genre", LIBRARY.genres)
"""Every genre, on every theme."""


@lru_cache
def stack() -> Stack:
    return Stack((), builtin_bank())


@lru_cache(maxsize=2048)
def drafted(outline: Outline) -> Draft:
    return render(outline, LIBRARY, stack())


def drafts(genre: str) -> list[Draft]:
    """One draft of every theme, the seeds in turn."""
    return [drafted(Outline(genre, theme, seed=1 + n % 7, profile=PROFILE)) for n, theme in enumerate(LIBRARY.themes)]


@lru_cache(maxsize=512)
def corpus_lines(file: str) -> list[str]:
    return (CORPUS / file).read_text("utf-8").splitlines()


def spans(draft: Draft):
    return [(block, span) for block in draft.blocks for span in (*block.lead, *block.spans)]


# ---------------------------------------------------------------- honesty
@EACH
def test_no_digit_that_nobody_gave(genre):
    """A figure stands in a draft only where a fact, the profile or the writer put it."""
    for draft in drafts(genre):
        for _, span in spans(draft):
            if span.origin.kind not in ("fact", "profile", "writer"):
                assert not re.search(r"\d", span.text), span


@EACH
def test_no_place_that_is_not_the_writers(genre):
    """Neither the places of the starter corpus nor any real one reaches a draft of another place."""
    headers = [path.read_text("utf-8") for path in CORPUS.glob("*-*.md")]
    own = {name for text in headers for name in re.findall(r"^(?:place|unit):\s*(\S+)", text, re.M)}
    assert own
    for draft in drafts(genre):
        text = draft.text.replace(PLACE, "")
        assert not [name for name in own if name in text]
        assert not [text[start:end] for start, end in find_places(text) if end - start > 2]  # 年中站… is no district of Jiaozuo


@EACH
def test_no_sentence_twice(genre):
    """No sentence stands twice in a draft, not even in two sections."""
    for draft in drafts(genre):
        sentences = [s for block in draft.blocks for s in re.findall(r"[^。！？；]{8,}[。！？；]", block.text)]
        assert len(sentences) > 10
        assert len(set(sentences)) == len(sentences), [s for s in sentences if sentences.count(s) > 1]


@EACH
def test_every_span_has_an_origin_that_can_be_followed(genre):
    """A phrase names file and line and stands in a bank; a blank says what it asks; a fact is on the sheet."""
    for draft in drafts(genre):
        for _, span in spans(draft):
            origin = span.origin
            assert span.text
            if origin.kind == "phrase":
                assert origin.sources
                assert all(source.file and source.line > 0 for source in origin.sources)
                assert stack().by_id(origin.ref).reason == ""
            elif origin.kind == "blank":
                assert span.text == str(origin.blank)
            else:
                assert origin.kind in ("template", "fact", "profile", "writer", "quotation")
                assert origin.ref or origin.kind == "writer"


@EACH
def test_the_sources_of_a_phrase_hold_its_wording(genre):
    """Whoever opens the file named finds the sentence on the line named."""
    for draft in drafts(genre)[::5]:
        for _, span in spans(draft):
            if span.origin.sources:  # of wordings folded into one, the others differ in a word or two
                lines = [re.sub(r"\W", "", corpus_lines(source.file)[source.line - 1]) for source in span.origin.sources]
                assert any(re.sub(r"\W", "", stack().by_id(span.origin.ref).text) in line for line in lines)


@EACH
def test_no_slot_and_no_token_is_left(genre):
    """Nothing of the machinery is printed: no braces, no private characters, no None, no English."""
    for draft in drafts(genre):
        assert not re.search("[{}\ue000\ue001]|None|[A-Za-z]{3,}", draft.text)
        assert not re.search(r"。。|，，|，。|：。|（）|“”|　　", draft.text)


@EACH
def test_faults_are_told_as_problems_and_causes_only(genre):
    """Wording that names a fault stands where a problem or a cause was asked for; refuted wording nowhere."""
    for draft in drafts(genre):
        for _, span in spans(draft):
            if span.origin.kind == "phrase":
                phrase = stack().by_id(span.origin.ref)
                assert phrase.polarity == "plain" or phrase.role in ("problem", "cause"), phrase.text
                assert phrase.polarity != "refuted"


# ---------------------------------------------------------------- form
@EACH
def test_headings_stand_parallel(genre):
    """Headings of one level under one head are parallel, and numbered from one without a gap."""
    for draft in drafts(genre):
        groups = defaultdict(list)
        for block in draft.blocks:
            if block.level:
                groups[block.level, -1 if block.level == 1 else block.slot[0]].append(block.lead_text.rstrip("。"))
        assert groups or not any(part.heading or (part.points and part.runin) for part in LIBRARY.genres[genre].parts)
        for (level, _), headings in groups.items():
            assert measure(headings).parallel, headings
            marks = "、" if level == 1 else "（）"
            assert all(any(mark in heading[:4] for mark in marks) for heading in headings)
            assert len(set(headings)) == len(headings)


@EACH
def test_the_length_is_what_the_genre_usually_has(genre):
    """A draft without a wish for its length comes within 8 % of the genre's usual one."""
    asked = LIBRARY.genres[genre].characters
    off = {draft.outline.theme: draft.characters for draft in drafts(genre) if abs(draft.characters - asked) > 0.08 * asked}
    assert not off, asked


@EACH
def test_every_section_has_something_to_say(genre):
    """No section is a bare heading, and none is a row of blanks."""
    for draft in drafts(genre):
        for index, section in enumerate(plan(draft.outline, LIBRARY).sections):
            own = [block for block in draft.blocks if block.slot[0] == index and block.kind == "paragraph"]
            words = sum(len(s.text) for block in own for s in block.spans if s.origin.kind in ("phrase", "template"))
            blank = sum(len(s.text) for block in own for s in block.spans if s.origin.kind == "blank")
            assert words > 20
            assert blank < 2 * words, section.part.name  # inquiries and confessions are mostly asked of the writer


@EACH
def test_sections_keep_to_their_shares(genre):
    """A part is not twice its upper share nor half its lower one."""
    for draft in drafts(genre):
        for index, section in enumerate(plan(draft.outline, LIBRARY).sections):
            low, high = section.part.share
            count = sum(len(block.text) for block in draft.blocks if block.slot[0] == index)
            assert low / 2 <= 100 * count / draft.characters <= high * 2, section.part.name


def test_the_front_is_in_order():
    """Title, speaker, date, salutation, then the speech."""
    draft = drafted(Outline("研讨发言", "安全生产", subtitle="在镇上的发言", date="5月3日", profile=PROFILE))
    assert [block.kind for block in draft.blocks[:5]] == ["title", "subtitle", "speaker", "date", "salutation"]
    assert [block.text for block in draft.blocks[1:4]] == ["——在镇上的发言", "白鹭乡党委组织委员　某某", "（5月3日）"]


def test_a_long_post_and_a_name_stand_on_a_line_each():
    """What would not fit on one centred line is not left to wrap in the middle of the name."""
    profile = replace(PROFILE, unit="青山县农业农村和水利工作领导小组办公室", post="党组书记、主任")
    lines = [b.text for b in drafted(Outline("研讨发言", "安全生产", profile=profile)).blocks if b.kind == "speaker"]
    assert lines == ["青山县农业农村和水利工作领导小组办公室党组书记、主任", "某某"]


# ---------------------------------------------------------------- what the genre and the checks ask
@EACH
def test_what_only_the_writer_can_give_is_asked_for(genre):
    """Every MUST of the genre's card stands in every draft as a blank of its kind and wording."""
    assert LIBRARY.genres[genre].must
    for draft in drafts(genre):
        asked = {(span.origin.blank.kind, span.origin.blank.what) for _, span in spans(draft) if span.origin.blank}
        missing = [must.what for must in LIBRARY.genres[genre].must if (must.kind, must.what) not in asked]
        assert not missing, (draft.outline.theme, draft.outline.seed)


@EACH
def test_the_checks_find_nothing_grave_but_blanks(genre):
    """No finding of severity E in a draft nobody has touched."""
    for draft in drafts(genre):
        grave = [f for f in check(draft, plan(draft.outline, LIBRARY)) if f.severity == "E" and f.id != "R03"]
        assert not grave, draft.outline.theme


@EACH
def test_no_draft_is_an_old_text_again(genre):
    """At most three tenths of a draft stand in any one piece of the starter corpus."""
    shares = {draft.outline.theme: overlap(draft, stack()) for draft in drafts(genre)}
    assert not {theme: share for theme, share in shares.items() if share > 0.30}


# ---------------------------------------------------------------- repeatable
@EACH
def test_the_same_outline_gives_the_same_draft(genre):
    """Same outline, bank and seed: the same draft, span for span, from a library and a bank opened anew."""
    fresh = load_library([TEMPLATES]), Stack((), builtin_bank())
    for theme in list(LIBRARY.themes)[::6]:
        outline = Outline(genre, theme, seed=1, profile=PROFILE)
        assert render(replace(outline), *fresh).blocks == drafted(outline).blocks


@EACH
def test_another_seed_gives_another_draft(genre):
    """Twenty villages do not hand in one text: two seeds share less than three fifths of their sentences."""
    for theme in list(LIBRARY.themes)[::6]:
        found = [drafted(Outline(genre, theme, seed=seed, profile=PROFILE)) for seed in SEEDS]
        sets = [{s for b in draft.blocks for s in re.findall(r"[^。！？]{8,}[。！？]", b.text) if "〔" not in s} for draft in found]
        for one, two in ((0, 1), (0, 2), (1, 2)):
            assert len(sets[one] & sets[two]) < 0.6 * min(len(sets[one]), len(sets[two])), theme


# ---------------------------------------------------------------- what the writer gives
def test_facts_stand_with_their_point():
    """A fact set beside a point stands there once, with year and unit, as a fact."""
    fact = Fact("加固河堤", "36", "公里", 2025)
    outline = Outline(
        "研讨发言",
        "安全生产",
        facts=(fact,),
        sections=(SectionPlan("认识", points=(Point("隐患排查", facts=("加固河堤",)),)),),
    )
    draft = drafted(outline)
    assert draft.text.count("2025年，全镇加固河堤36公里。") == 1
    assert {span.origin.ref for _, span in spans(draft) if span.origin.kind == "fact"} == {"加固河堤"}


def test_the_writers_words_stand_as_they_are():
    """Own text, own headings and own sentences are the writer's, digits and all, and blanks in them stay blanks."""
    point = Point("隐患排查", heading="先办好3件急事", text="我先说3件急事。", use=("第4件是〔待填：内容｜急事〕。",))
    outline = Outline("研讨发言", "安全生产", sections=(SectionPlan("打算", heading="2026年怎么干", points=(point,)),))
    draft = drafted(outline)
    assert "先办好3件急事。我先说3件急事。" in draft.text
    assert "第4件是〔待填：内容｜急事〕。" in draft.text
    kinds = {span.text: span.origin.kind for _, span in spans(draft)}
    assert kinds["2026年怎么干"] == kinds["我先说3件急事。"] == "writer"
    assert kinds["〔待填：内容｜急事〕"] == "blank"


@pytest.mark.parametrize("genre", LIBRARY.genres)
@pytest.mark.parametrize("seed", range(1, 7))
def test_digits_in_occasion_and_post_are_the_writers(genre, seed):
    """The name of a meeting and a post may hold a figure: the writer gave it."""
    outline = Outline(
        genre, "安全生产", seed=seed, occasion="2026年第1次安全生产例会", title="在第1次例会上的发言",
        profile=Profile("镇", "临河镇", "临河镇第3网格", "第3党小组组长", year=2026),
    )  # fmt: skip
    assert drafted(outline).text


@pytest.mark.parametrize("genre", LIBRARY.genres)
def test_a_theme_may_have_a_figure_in_its_name(genre):
    """A theme of the user's that is called after a number (12345热线) can be spoken about."""
    theme = replace(LIBRARY.themes["民生实事"], name="12345热线办理")
    library = replace(LIBRARY, themes={theme.name: theme})
    for seed in SEEDS:
        assert theme.name in render(Outline(genre, theme.name, seed=seed), library, stack()).text


@pytest.mark.parametrize("char", ["\ue000", "\ue001", "\ue0000\ue001", "{{ 1 }}", "{% if %}", "{whole}"])
def test_nothing_a_writer_types_is_run(char):
    """Template marks and private characters in the writer's words are only characters."""
    point = Point("隐患排查", heading=f"甲{char}乙", text=f"丙{char}丁。", use=(f"戊{char}己。",))
    outline = Outline(
        "研讨发言", "安全生产", occasion=f"会{char}议", profile=Profile("镇", f"临{char}河", post=f"委{char}员"),
        sections=(SectionPlan("开头"), SectionPlan("打算", heading=f"庚{char}辛", points=(point,))),
    )  # fmt: skip
    text = drafted(outline).text
    assert "丙" in text
    assert "己。" in text


@pytest.mark.parametrize("genre", ["会议讲话", "研讨发言", "表态发言", "经验交流材料"])
def test_an_occasion_with_a_figure_stands_in_the_title(genre):
    """What the writer calls his meeting is his own, figures and all."""
    draft = drafted(Outline(genre, "安全生产", seed=1, occasion="2026年第3次安全生产例会", profile=PROFILE))
    title = draft.blocks[0]
    assert "2026年第3次安全生产例会" in title.text
    assert [span.text for span in title.spans if span.origin.kind == "writer"] == ["2026年第3次安全生产例会"]


def test_fixed_points_are_exactly_what_they_hold(builtin):
    """A settled point is its text, its phrases and its facts in order, and nothing is added."""
    phrase = next(p for p in builtin.matching((), 50) if p.role == "measure" and "{" not in p.template)
    point = Point("隐患排查", heading="查清险段", use=(phrase.id, "我自己的话。"), fixed=True)
    draft = drafted(Outline("研讨发言", "安全生产", sections=(SectionPlan("打算", points=(point,)),)))
    (block,) = [block for block in draft.blocks if block.kind == "paragraph"]
    assert block.text == f"（一）查清险段。{phrase.text}我自己的话。"
    assert [span.origin.kind for span in block.spans] == ["phrase", "writer"]


def test_a_phrase_asked_for_stands_there_and_nowhere_else(builtin):
    """A phrase the writer set beside a point stands there once."""
    phrase = next(
        p for p in builtin.matching((), 900) if p.role == "measure" and p.theme == "安全生产" and "{" not in p.template
    )
    point = Point("隐患排查", use=(phrase.id,))
    draft = drafted(
        Outline("研讨发言", "安全生产", sections=(SectionPlan("认识"), SectionPlan("打算", points=(point, Point()))))
    )
    (here,) = [block for block in draft.blocks if phrase.text in block.text]
    assert here.slot == (1, 0)
    assert draft.text.count(phrase.text) == 1


def test_an_unknown_phrase_is_asked_for_and_not_dropped():
    """Without the bank it came from, a phrase leaves a blank that names its id."""
    point = Point("隐患排查", use=("p0000000000",))
    draft = drafted(Outline("研讨发言", "安全生产", sections=(SectionPlan("打算", points=(point,)),)))
    assert "p0000000000" in next(
        span.origin.blank.what for _, span in spans(draft) if span.origin.kind == "blank" and "编号" in span.text
    )


@EACH
def test_no_heading_of_a_facet_stands_over_blanks_alone(genre):
    """Under a heading that a paragraph bore something of the banks is told, however many points share the room."""
    for draft in drafts(genre):
        made = plan(draft.outline, LIBRARY)
        told = {block.slot for block in draft.blocks for span in block.spans if span.origin.kind == "phrase"}
        points = [((i, j), point) for i, section in enumerate(made.sections) for j, point in enumerate(section.points)]
        own = [at for at, point in points if point.heading == point.about != ""]
        assert set(own) <= told, draft.outline.theme


def test_without_a_bank_there_are_blanks_and_no_failure():
    """An empty stack gives a skeleton that asks for its sentences."""
    draft = render(Outline("研讨发言", "安全生产"), LIBRARY, Stack())
    assert not [span for _, span in spans(draft) if span.origin.kind == "phrase"]
    assert [span for _, span in spans(draft) if span.origin.kind == "blank"]
    assert draft.title


@pytest.mark.parametrize("genre", LIBRARY.genres)
def test_a_length_within_the_genres_range_is_kept(genre):
    """The shortest usual length is met within 15 %; the longest is never passed, and not missed by more than a quarter."""
    low, high = LIBRARY.genres[genre].range
    for seed in SEEDS:
        short, long = (
            drafted(Outline(genre, "安全生产", characters=n, seed=seed, profile=PROFILE)).characters
            for n in (low, high)
        )
        assert abs(short - low) <= 0.15 * low, f"seed {seed}: {short} of {low}"
        assert 0.75 * high <= long <= 1.15 * high, f"seed {seed}: {long} of {high}"


@pytest.mark.parametrize("level", ["省", "市", "县", "区", "镇", "乡", "街道", "村", "社区", "局", "学校", "医院"])
def test_every_level_can_speak(level):
    """A draft for any level has no word of another level's slots left and says 全… as that level does."""
    for genre in LIBRARY.genres:
        draft = drafted(Outline(genre, "安全生产", profile=Profile(level)))
        assert "{" not in draft.text
        assert draft.characters > 500


# ---------------------------------------------------------------- what is wrong
def test_a_template_with_a_figure_is_refused(tmp_path):
    """A figure in a template's own wording is an error that names the template."""
    write_tree(tmp_path, {"sections/研讨发言/开头-1.j2": "我讲3点。\n"})
    library = load_library([tmp_path, TEMPLATES])
    with pytest.raises(RenderError, match="数字") as caught:
        for seed in range(12):
            render(Outline("研讨发言", "安全生产", seed=seed, sections=(SectionPlan("开头"),)), library, Stack())
    assert caught.value.file == "研讨发言/开头-1.j2"


def test_a_phrase_with_a_figure_is_refused(tmp_path):
    """A bank made by hand cannot smuggle a figure in."""

    class Smuggler:
        banks = ()

        def search(self, query, limit=20):
            return ()

        def by_id(self, id_):
            return Phrase(id_, "修堤99公里。", "修堤99公里。", "measure", "plain", sources=(Source("甲.txt", 1),))

    point = Point("隐患排查", use=("p0000000001",), fixed=True)
    with pytest.raises(RenderError, match="数字"):
        render(Outline("研讨发言", "安全生产", sections=(SectionPlan("打算", points=(point,)),)), LIBRARY, Smuggler())


@pytest.mark.parametrize("outline", [Outline("研讨", "安全生产"), Outline("研讨发言", "安全生厂")])
def test_unknown_names_are_told(outline):
    """An outline made by hand with a genre or theme that is not there is a ConfigError."""
    with pytest.raises(ConfigError):
        render(outline, LIBRARY, Stack())


# ---------------------------------------------------------------- said before
def led_in(genre: str) -> list[tuple[str, Phrase]]:
    """What a span of the templates with a facet's own heading says right before a phrase, and the phrase, by the whole phrase."""
    found = []
    for draft in drafts(genre):
        for block in draft.blocks:
            for before, span in pairwise(block.spans):
                phrase = stack().by_id(span.origin.ref) if span.origin.kind == "phrase" else None
                if phrase and before.origin.kind == "template" and (match := re.search(r"[：“](\w{6}，\w{6})[。”]", before.text)):
                    found.append((match[1], phrase))
    return found


@pytest.mark.parametrize(("genre", "kind"), [("党课", "paragraph"), ("工作总结", "paragraph"), ("调研报告", "sentence")])
def test_what_is_said_before_a_phrase_is_the_heading_it_was_written_under(genre, kind):
    """A further paragraph of a point says what it is about; a cause, of which fault: both in the words of the line they come from."""
    found = [pair for pair in led_in(genre) if pair[1].kind == kind]
    assert len(found) > 10
    for heading, phrase in found:
        assert any(f"{heading}。" in corpus_lines(s.file)[s.line - 1] for s in phrase.sources), (heading, phrase.text)
