"""Sentences, headings and what is smaller or larger than they (`phrasebank.constructions`) as phrases: generalised, or dropped
with a reason.

A dropped wording keeps its text and its reason; it is stored for reading and never offered. The wordings of a piece are looked through
together (`phrasebank.sieve`), so that each is asked only what may be true of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from phrasebank.barring import BRACES, HALF, SLOTTED, Wording, bare_signs, ranked, reason_of, text_signs
from phrasebank.classify import FacetFinder, facet_finder
from phrasebank.constructions import anchors_in, frames_in, may_have_pairs, pairs_in, sets_in
from phrasebank.generalise import Belongings, generalise, has_figure
from phrasebank.levels import LEVELS, guess_level, level_signs
from phrasebank.model import (
    Inspection,
    Kind,
    Lexicon,
    Paragraph,
    Phrase,
    Piece,
    Sentence,
    Source,
    id_of,
    phrase_id,
)
from phrasebank.punctuation import fold_marks
from phrasebank.runs import one_thought, runs_in
from phrasebank.sieve import Laid
from phrasebank.slots import plain

REASONS = {
    "damaged": "残缺或有破损",
    "refuted": "被批驳的说法",
    "quotation": "含引语，须核实后作引文使用",
    "names": "含外地名称，无法替换",
    "figures": "含数字，无法还原为指标",
    "dangling": "离开上文不能成句",
    "dated": "说的是某次活动或会议，换个时候就不对",
    "rank": "用词只合某一级，换一级就不通",
    "count": "含“几个方面”之类的计数",
    "length": "过短或过长",
    "empty": "只有套话，没有具体内容",
    "rare": "只见于一处的句式",
}
"""Why a wording is not offered, as the user reads it."""

_BROKEN = frozenset({"damaged", "refuted", "quotation"})
"""Reasons that bar what is inside a sentence too."""


@dataclass(frozen=True)
class Context:
    """What a piece says of all its sentences; `facets_of` gives those of a text, the strongest first, and is None where no theme is
    known; `file` and `years` are those of all its phrases."""

    file: str
    years: tuple[int, int] | None
    piece: Piece
    facets_of: FacetFinder | None
    belongings: Belongings

    def facets(self, text: str) -> tuple[str, ...]:
        """The facets of a text, the strongest first."""
        return self.facets_of(text) if self.facets_of else ()

    @cached_property
    def _sources(self) -> dict[int, tuple[Source, ...]]:
        return {}

    def sources(self, line: int) -> tuple[Source, ...]:
        """A line of the file as the source of a phrase."""
        return self._sources.get(line) or self._sources.setdefault(line, (Source(self.file, line),))


def extract(inspection: Inspection, lexicon: Lexicon, file: str = "", year: int | None = None) -> Iterator[Phrase]:
    """Every sentence and heading of `inspection` as a phrase, those not to be offered with their reason, and the pairs, frames
    and sets they make. Their source is `file`, by default the one that was inspected, and `year` the one it was written in."""
    belongings = Belongings.of(inspection)
    for piece in inspection.pieces:
        context = _context(file or inspection.file, year, piece, lexicon, belongings)
        yield from _heading_phrases(context)
        yield from _paragraphs_phrases([p for p in piece.paragraphs if p.text != piece.salutation], context)


def _context(file: str, year: int | None, piece: Piece, lexicon: Lexicon, belongings: Belongings) -> Context:
    topic = next((t for t in lexicon.themes if t.name == piece.theme), None)
    genre = next((g.name for g in lexicon.genres if piece.genre in g.words), piece.genre)
    piece = replace(piece, genre=genre)
    if piece.level not in LEVELS:
        text = "".join(paragraph.text for paragraph in piece.paragraphs)
        piece = replace(piece, level=guess_level(text))
    return Context(file, (year, year) if year else None, piece, facet_finder(topic) if topic else None, belongings)


def _heading_phrases(context: Context) -> Iterator[Phrase]:
    """The headings of a piece, and the sets of those that are built alike and may all be offered."""
    headings = list(dict.fromkeys(context.piece.headings))
    cut = [Sentence(h.text, h.line, "heading", "plain", damaged=h.text.endswith(("，", ","))) for h in headings]
    facets = [context.facets(heading.text) for heading in headings]
    phrases = dict(zip(headings, _phrases(cut, Laid([h.text for h in headings]), facets, context, "heading"), strict=True))
    yield from phrases.values()
    for built_alike in sets_in(context.piece.headings):
        members = [phrases[heading] for heading in built_alike]
        if not any(phrase.reason for phrase in members):
            yield _set_phrase(members)


def _set_phrase(members: Sequence[Phrase]) -> Phrase:
    text = "；".join(phrase.text for phrase in members)
    facets = tuple(dict.fromkeys(facet for phrase in members for facet in phrase.facets))
    template = "；".join(phrase.template for phrase in members)
    sources = tuple(dict.fromkeys(source for phrase in members for source in phrase.sources))
    return replace(members[0], id=phrase_id(text), kind="set", text=text, template=template, facets=facets, sources=sources)


def _paragraphs_phrases(paragraphs: Sequence[Paragraph], context: Context) -> Iterator[Phrase]:
    """The sentences of paragraphs, what is in them, and the runs they make."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
    laid = Laid([sentence.text for sentence in sentences])
    whole = iter(_phrases(sentences, laid, _facets(paragraphs, laid, context), context))
    grouped = [_settled(paragraph, [next(whole) for _ in paragraph.sentences], context) for paragraph in paragraphs]
    wholes = [phrase for group in grouped for phrase in group]
    inside = iter(_inside(sentences, wholes, laid, context))
    for paragraph, group in zip(paragraphs, grouped, strict=True):
        for phrase in group:
            yield phrase
            yield from next(inside)
        for run in runs_in(group, phrase_id, headed=_headed(paragraph)):
            if not (run.role == "problem" and _told_well(paragraph)):
                yield run


_WELL = re.compile("成绩|成效|经验|做法|任务|打算|措施|建议|安排|承诺")
_AMISS = re.compile("问题|不足|短板|差距|弱项|查摆|教训|困难|检视|剖析|反思")


def _told_well(paragraph: Paragraph) -> bool:
    """Whether the heading of its part says that a paragraph tells what was done well or is to be done: what sounds like a fault there
    is one on the way to something else."""
    above = "".join(heading.text for heading in paragraph.path[:-1])
    return bool(_WELL.search(above)) and not _AMISS.search(above)


def _headed(paragraph: Paragraph) -> bool:
    return bool(paragraph.path) and paragraph.path[-1].run_in


def _settled(paragraph: Paragraph, wholes: list[Phrase], context: Context) -> list[Phrase]:
    """The sentences of a paragraph, those of one thought as such."""
    return list(_as_one(wholes, paragraph, context)) if _headed(paragraph) and one_thought(wholes) else wholes


def _as_one(wholes: Sequence[Phrase], paragraph: Paragraph, context: Context) -> Iterator[Phrase]:
    """The sentences of one thought: of the facet their heading announces, if it does; one that names nothing of the theme's facets
    leans on those before it."""
    announced = _announced(paragraph, context)
    for at, phrase in enumerate(wholes):
        leans = at and not phrase.reason and context.piece.theme and not context.facets(phrase.text)
        yield replace(phrase, facets=announced[:1] or phrase.facets, reason="dangling" if leans else phrase.reason)


def _announced(paragraph: Paragraph, context: Context) -> tuple[str, ...]:
    """The facet of a paragraph under a heading of its own: of the headings above, if it is one of the paragraph's, else of its heading."""
    *above, heading = (context.facets(heading.text) for heading in paragraph.path)
    mine = context.facets(paragraph.text)
    return next((facets for facets in above if facets and facets[0] in (*heading, *mine)), heading or mine)


def _inside(sentences: Sequence[Sentence], wholes: Sequence[Phrase], laid: Laid, context: Context) -> Iterator[list[Phrase]]:
    """The pairs and frames in each sentence."""
    open_ = [whole.reason not in _BROKEN and sentence.role != "heading" for sentence, whole in zip(sentences, wholes, strict=True)]
    may = may_have_pairs(laid)
    pairs = [list(pairs_in(whole.text)) if at and pair else [] for whole, at, pair in zip(wholes, open_, may, strict=True)]
    parts = [(replace(s, text=pair), w.facets) for s, w, some in zip(sentences, wholes, pairs, strict=True) for pair in some]
    texts = Laid([sentence.text for sentence, _ in parts])
    made = iter(_phrases([sentence for sentence, _ in parts], texts, [facets for _, facets in parts], context, "pair"))
    for sentence, whole, at, some, anchors in zip(sentences, wholes, open_, pairs, anchors_in(laid), strict=True):
        found = [next(made) for _ in some]
        if at and anchors and sentence.polarity == "plain":
            found += [_frame_phrase(frame, whole, sentence.line, context) for frame in frames_in(whole.text, anchors)]
        yield found


def _frame_phrase(frame: str, whole: Phrase, line: int, context: Context) -> Phrase:
    """A frame as a phrase: its wording is the pattern, one phrase a role; what it keeps of a text must be free of names."""
    kept = plain(frame)
    names = context.belongings.names_in(kept, line)
    barred = "names" if names else "figures" if has_figure(kept) else "rank" if ranked(kept, whole.level) else ""
    shown = frame.replace("{", "").replace("}", "")
    return Phrase(
        phrase_id(frame + whole.role), shown, frame, whole.role, whole.polarity, whole.theme, (), whole.genre, whole.level,
        whole.count, whole.documents, whole.sources, names, barred, whole.years, "frame", whole.copies,
    )  # fmt: skip


def _phrases(
    sentences: Sequence[Sentence], laid: Laid, facets: Sequence[tuple[str, ...]], context: Context, kind: Kind = "sentence"
) -> Iterator[Phrase]:
    """Sentences, whose texts are laid, as phrases."""
    piece, years = context.piece, context.years
    for wording, letters, own in zip(_wordings(sentences, laid, context, kind), laid.letters, facets, strict=True):
        sentence = wording.sentence
        yield Phrase(
            id_of(letters), wording.text, wording.template, sentence.role, sentence.polarity, piece.theme, own, piece.genre,
            piece.level, 1, 1, context.sources(sentence.line), wording.names, reason_of(wording), years, kind,
        )  # fmt: skip


def _wordings(sentences: Sequence[Sentence], laid: Laid, context: Context, kind: Kind) -> Iterator[Wording]:
    """Sentences with what is asked about before they are offered."""
    level, place, belongings = context.piece.level, context.piece.place or "", context.belongings
    signs, levelled = text_signs().masks(laid), level_signs(level).masks(laid)
    texts = [fold_marks(text) if sign & HALF else text for text, sign in zip(laid.texts, signs, strict=True)]
    templates = [
        generalise(text, level, place) if sign & (SLOTTED | BRACES) or own or (place and place in text) else text
        for text, sign, own in zip(texts, signs, levelled, strict=True)
    ]
    bares = [plain(template) for template in templates]
    bare = Laid(bares)
    told = belongings.told_in_each(bare)
    for at, bare_sign in enumerate(bare_signs(level).masks(bare)):
        names = belongings.names_in(bares[at], sentences[at].line, told[at])
        if place in names:
            names = tuple(name for name in names if name != place)
        yield Wording(
            texts[at], templates[at], bares[at], laid.letters[at], kind, sentences[at], told[at], names, level, belongings, signs[at],
            bare_sign,
        )  # fmt: skip


def _facets(paragraphs: Sequence[Paragraph], laid: Laid, context: Context) -> list[tuple[str, ...]]:
    """Facets of each sentence itself, else those of the nearest heading above it that has any, else those of its paragraph."""
    if context.facets_of is None:
        return [()] * len(laid.texts)
    own, found = iter(context.facets_of.of_each(laid)), []
    for paragraph in paragraphs:
        here = [next(own) for _ in paragraph.sentences]
        if not all(here):
            texts = (*(heading.text for heading in reversed(paragraph.path)), paragraph.text)
            around = next((facets for text in texts if (facets := context.facets(text))), ())
            here = [facets or around for facets in here]
        found += here
    return found
