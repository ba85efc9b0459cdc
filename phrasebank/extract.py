"""Sentences, headings and what is smaller or larger than they (`phrasebank.constructions`) as phrases: generalised, or dropped
with a reason.

A dropped wording keeps its text and its reason; it is stored for reading and never offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from phrasebank.classify import facet_finder
from phrasebank.constructions import frames_in, pairs_in, sets_in
from phrasebank.generalise import Belongings, generalise, has_figure
from phrasebank.levels import LEVELS, bound_to, guess_level
from phrasebank.model import (
    MARKS,
    Heading,
    Inspection,
    Kind,
    Lexicon,
    Paragraph,
    Phrase,
    Piece,
    Sentence,
    Source,
    phrase_id,
)
from phrasebank.punctuation import fold_marks
from phrasebank.runs import one_thought, runs_in
from phrasebank.scan import any_of
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

LENGTHS: dict[Kind, tuple[int, int]] = {"sentence": (10, 120), "heading": (4, 40), "set": (8, 240), "pair": (8, 40), "frame": (2, 40),
                                     "run": (20, 240), "paragraph": (20, 260)}  # fmt: skip
"""Characters a wording must have to be offered; shorter sentences are exclamations, longer ones whole paragraphs."""

FORMULA_SHARE = 0.6
"""Share of a wording that formula words may cover before it counts as saying nothing."""

_DANGLING = re.compile(
    r"^(这|此|其(?!他)|该|它|他们?|她们?|那|对此|为此|因此|所以|但|然而|不过|而(?!是)|同时|另外|此外|与此同时|可见|另一方面"
    r"|其次|再次|最后|第[一二三四五六七八九十]|[一二三四五六七八九十]{1,2}[是要]|（|则|就是说|否则|于是|答案是|难在|难道"
    r"|后来(?!居上)|结果[，是]|由此|久而久之|一来二去|反过来|前者|后者|两者|二者|随后|随即|从此|打那|当时|再?比如|例如|更(?:重要|要紧|难得|可贵|可怕)的是|接着)"
    r"|^.{0,6}(?:这种|这些|这样|上述|以上所)|^[^，。]{1,12}也(?:一样|是如此|是这样|不例外)|^[^，。]{0,10}[这那](?:块|位|户|家|张|座|盏)|^(?:起初|讲到第|头一晚|第二天|几天后|事后|当晚|临走|从那以后)"
)
_COUNT = re.compile(
    r"[一二两三四五六七八九十几]个?(?:方面|点(?:体会|认识|意见|打算|感受|要求|想法|看法)|条(?:意见|要求|措施)|层意思)"
)
_SPOKEN = re.compile(
    r"(?:指出|强调|曾说过?|说过|要求|写道|有言|曾言|讲过|告诫|云|曰|》讲|》说|》里讲|》里说)[，：]?“|^“[^“”]{8,}”[。！？]?$"
    r"|》里?(?:有|的)?(?:句话|名言)"
)
_DATED = re.compile(r"主题教育|教育实践活动|脱贫攻坚(?!成果)|围绕“[^“”]{6,}”|“[^“”]{8,}”这[一个]?个?主题|正在(?:深入)?开展")
_FORMULA = any_of(re.findall(r"\w+", (
    "高度重视|切实|进一步|不断|扎实|深入|持续|全面|着力|大力|积极|认真|坚持|坚定|始终|有效|有力|推动|促进|提升|提高|增强|强化|加强|深化"
    "|落实|认识|意识|自觉|担当|使命|责任感|工作|水平|能力|质量|成效|发展|要求|统筹|协调|精神|思想|作风|态度|信心|决心"
)))  # fmt: skip



_REGION = re.compile(
    r"全[疆闽桂渝琼]|[治援稳兴强富驻][疆闽桂穗渝]|[桂闽疆][东西南北]|闽台|兵地|成渝|川渝|八[桂闽]|巴渝|三晋|燕赵|齐鲁|荆楚|潇湘|陇原|三秦|岭南|江淮"
    r"|海峡两岸|.籍(?:运动员|企业家)"
)
"""Regions by old or joined names and signs, which no list of places has."""
_LEVELLED = re.compile(r"全[省市县州盟旗](?![域民长])|自治[区州县]|[省市县区州][一二三四五六七八九十]{1,3}届|首府")
"""Words of a rank that were no slot: those of another rank than the speaker's."""
_BROKEN = frozenset({"damaged", "refuted", "quotation"})
"""Reasons that bar what is inside a sentence too."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a piece says of all its sentences; `facets_of` gives those of a text, the strongest first; `file` and `years` are
    those of all its phrases."""

    file: str
    years: tuple[int, int] | None
    piece: Piece
    facets_of: Callable[[str], tuple[str, ...]]
    belongings: Belongings


class Wording(NamedTuple):
    """What is asked about before a wording is offered: `bare` is the template without slots, `told` the names and long figures in
    that, `names` those it would smuggle in."""

    text: str
    template: str
    bare: str
    kind: Kind
    sentence: Sentence
    told: Sequence[str]
    names: tuple[str, ...]
    context: Context

    @property
    def alone(self) -> bool:
        """Whether it is a whole sentence of running text."""
        return self.kind == "sentence" and self.sentence.role != "heading"


def extract(inspection: Inspection, lexicon: Lexicon, file: str = "", year: int | None = None) -> Iterator[Phrase]:
    """Every sentence and heading of `inspection` as a phrase, those not to be offered with their reason, and the pairs, frames
    and sets they make. Their source is `file`, by default the one that was inspected, and `year` the one it was written in."""
    belongings = Belongings.of(inspection)
    for piece in inspection.pieces:
        context = _context(file or inspection.file, year, piece, lexicon, belongings)
        yield from _heading_phrases(context)
        for paragraph in piece.paragraphs:
            if paragraph.text != piece.salutation:
                yield from _paragraph_phrases(paragraph, context)


def says_nothing(template: str) -> bool:
    """Whether a wording is a chain of formulas: more than `FORMULA_SHARE` of it are formula words, and it has no blank."""
    if "{blank" in template:
        return False
    bare = MARKS.sub("", plain(template))
    covered = sum(map(len, _FORMULA.findall(bare)))
    return bool(bare) and covered > FORMULA_SHARE * len(bare)


def _context(file: str, year: int | None, piece: Piece, lexicon: Lexicon, belongings: Belongings) -> Context:
    topic = next((t for t in lexicon.themes if t.name == piece.theme), None)
    genre = next((g.name for g in lexicon.genres if piece.genre in g.words), piece.genre)
    piece = replace(piece, genre=genre)
    if piece.level not in LEVELS:
        text = "".join(paragraph.text for paragraph in piece.paragraphs)
        piece = replace(piece, level=guess_level(text))
    facets_of = facet_finder(topic) if topic else lambda text: ()
    return Context(file, (year, year) if year else None, piece, facets_of, belongings)


def _heading_phrases(context: Context) -> Iterator[Phrase]:
    """The headings of a piece, and the sets of those that are built alike and may all be offered."""
    phrases = {heading: _heading_phrase(heading, context) for heading in context.piece.headings}
    yield from phrases.values()
    for headings in sets_in(context.piece.headings):
        members = [phrases[heading] for heading in headings]
        if not any(phrase.reason for phrase in members):
            yield _set_phrase(members)


def _set_phrase(members: Sequence[Phrase]) -> Phrase:
    text = "；".join(phrase.text for phrase in members)
    facets = tuple(dict.fromkeys(facet for phrase in members for facet in phrase.facets))
    template = "；".join(phrase.template for phrase in members)
    sources = tuple(dict.fromkeys(source for phrase in members for source in phrase.sources))
    return replace(members[0], id=phrase_id(text), kind="set", text=text, template=template, facets=facets, sources=sources)


def _paragraph_phrases(paragraph: Paragraph, context: Context) -> Iterator[Phrase]:
    """The sentences of a paragraph, what is in them, and the runs they make."""
    headed = bool(paragraph.path) and paragraph.path[-1].run_in
    wholes = [_phrase(sentence, context, _facets(sentence, paragraph, context)) for sentence in paragraph.sentences]
    if headed and one_thought(wholes):
        wholes = list(_as_one(wholes, paragraph, context))
    for sentence, whole in zip(paragraph.sentences, wholes, strict=True):
        yield whole
        yield from _inside(sentence, whole, context)
    yield from runs_in(wholes, phrase_id, headed=headed)


def _as_one(wholes: Sequence[Phrase], paragraph: Paragraph, context: Context) -> Iterator[Phrase]:
    """The sentences of one thought: of the facet their heading announces, if it does; one that names nothing of the theme's facets
    leans on those before it."""
    announced = _announced(paragraph, context)
    for at, phrase in enumerate(wholes):
        leans = at and not phrase.reason and context.piece.theme and not context.facets_of(phrase.text)
        yield replace(phrase, facets=announced[:1] or phrase.facets, reason="dangling" if leans else phrase.reason)


def _announced(paragraph: Paragraph, context: Context) -> tuple[str, ...]:
    """The facet of a paragraph under a heading of its own: of the headings above, if it is one of the paragraph's, else of its heading."""
    *above, heading = (context.facets_of(heading.text) for heading in paragraph.path)
    mine = context.facets_of(paragraph.text)
    return next((facets for facets in above if facets and facets[0] in (*heading, *mine)), heading or mine)


def _inside(sentence: Sentence, whole: Phrase, context: Context) -> Iterator[Phrase]:
    """The pairs and frames in a sentence."""
    if whole.reason not in _BROKEN and sentence.role != "heading":
        for pair in pairs_in(whole.text):
            yield _phrase(replace(sentence, text=pair), context, whole.facets, "pair")
        if sentence.polarity == "plain":
            yield from (_frame_phrase(frame, whole, sentence.line, context) for frame in frames_in(whole.text))


def _frame_phrase(frame: str, whole: Phrase, line: int, context: Context) -> Phrase:
    """A frame as a phrase: its wording is the pattern, one phrase a role; what it keeps of a text must be free of names."""
    kept = plain(frame)
    names = context.belongings.names_in(kept, line)
    ranked = bound_to(kept, whole.level) or _LEVELLED.search(kept)
    barred = "names" if names else "figures" if has_figure(kept) else "rank" if ranked else ""
    shown = frame.replace("{", "").replace("}", "")
    return replace(
        whole, id=phrase_id(frame + whole.role), kind="frame", text=shown, template=frame, facets=(), names=names, reason=barred
    )


def _heading_phrase(heading: Heading, context: Context) -> Phrase:
    cut = heading.text.endswith(("，", ","))
    sentence = Sentence(heading.text, heading.line, "heading", "plain", damaged=cut)
    return _phrase(sentence, context, context.facets_of(heading.text), "heading")


def _phrase(sentence: Sentence, context: Context, facets: tuple[str, ...], kind: Kind = "sentence") -> Phrase:
    piece = context.piece
    wording = _wording(sentence, context, kind)
    return Phrase(
        phrase_id(wording.text), wording.text, wording.template, sentence.role, sentence.polarity, piece.theme, facets,
        piece.genre, piece.level, names=wording.names, kind=kind, reason=_reason(wording), years=context.years,
        sources=(Source(context.file, sentence.line),),
    )  # fmt: skip


def _wording(sentence: Sentence, context: Context, kind: Kind) -> Wording:
    text, place = fold_marks(sentence.text), context.piece.place or ""
    template = generalise(text, context.piece.level, place)
    bare = plain(template)
    told = context.belongings.told_in(bare, sentence.line)
    names = context.belongings.names_in(bare, sentence.line, told)
    if place in names:
        names = tuple(name for name in names if name != place)
    return Wording(text, template, bare, kind, sentence, told, names, context)


def _facets(sentence: Sentence, paragraph: Paragraph, context: Context) -> tuple[str, ...]:
    """Facets of the sentence itself, else those of the nearest heading above it that has any."""
    texts = chain([sentence.text], (heading.text for heading in reversed(paragraph.path)), [paragraph.text])
    return next((found for text in texts if (found := context.facets_of(text))), ())


def _reason(wording: Wording) -> str:
    """Why a wording is not offered, the gravest reason first; empty when it is."""
    for reason, found in _TESTS:
        if found(wording):
            return reason
    return ""


def _quoted(wording: Wording) -> bool:
    text = wording.text
    spoken = ("“" in text or "》" in text) and _SPOKEN.search(text)
    return bool(spoken) or wording.context.belongings.quoted_in(wording.sentence.text)


def _counts(wording: Wording) -> bool:
    counted = wording.context.belongings.counted_in
    return has_figure(wording.bare) or counted(wording.bare, wording.sentence.line, wording.told)


_TESTS: tuple[tuple[str, Callable[[Wording], object]], ...] = (
    ("damaged", lambda wording: wording.sentence.damaged or "{" in wording.text or "}" in wording.text),
    ("refuted", lambda wording: wording.sentence.polarity == "refuted"),
    ("names", lambda wording: wording.names or _REGION.search(wording.bare)),
    ("quotation", _quoted),
    ("figures", _counts),
    ("dated", lambda wording: _DATED.search(wording.text)),
    ("rank", lambda wording: bound_to(wording.bare, wording.context.piece.level) or _LEVELLED.search(wording.bare)),
    ("count", lambda wording: wording.sentence.role != "heading" and _COUNT.search(wording.text)),
    ("dangling", lambda wording: wording.alone and _DANGLING.match(wording.text)),
    ("length", lambda wording: not _fits(wording.text, "heading" if wording.sentence.role == "heading" else wording.kind)),
    ("empty", lambda wording: wording.alone and says_nothing(wording.template)),
)
"""What keeps a wording from being offered, the gravest first."""


def _fits(text: str, kind: Kind) -> bool:
    low, high = LENGTHS[kind]
    return low <= len(text) <= high
