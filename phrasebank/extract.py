"""Sentences and headings of an inspected text as phrases: generalised, or dropped with a reason.

A dropped wording keeps its text and its reason; it is stored for reading and never offered.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from phrasebank.classify import facets_of
from phrasebank.levels import LEVELS, guess_level
from phrasebank.model import Heading, Inspection, Lexicon, Paragraph, Phrase, Piece, Sentence, Slot, Source, Topic
from phrasebank.slots import blank_slot, blanks_to_slots, level_to_slots, parse, plain

REASONS = {
    "damaged": "残缺或有破损",
    "refuted": "被批驳的说法",
    "quotation": "含引语，须核实后作引文使用",
    "names": "含外地名称，无法替换",
    "figures": "含数字，无法还原为指标",
    "dangling": "离开上文不能成句",
    "count": "含“几个方面”之类的计数",
    "length": "过短或过长",
    "empty": "只有套话，没有具体内容",
}
"""Why a wording is not offered, as the user reads it."""

LENGTH = (10, 160)
"""Characters a sentence must have to be offered; shorter ones are exclamations, longer ones whole paragraphs."""

_DANGLING = re.compile(
    r"^(这|此|其(?!他)|该|它|他们?|她们?|那|对此|为此|因此|所以|但|然而|不过|而(?!是)|同时|另外|此外|与此同时|可见|另一方面"
    r"|其次|再次|最后|第[一二三四五六七八九十]|[一二三四五六七八九十]{1,2}[是要]|（|则|就是说|否则|于是)"
)
_COUNT = re.compile(
    r"[一二两三四五六七八九十几][个]?(方面|点(?:体会|认识|意见|打算|感受|要求|想法|看法)|条(?:意见|要求|措施)|层意思)"
)
_FIGURE = re.compile(r"[0-9０-９]|[%％‰]|百分之")
_NUMBER = re.compile(
    r"(?P<before>[\u4e00-\u9fff]{2,14}?)(?P<verb>达到?|为|共|约|近|超过?|增长|提高到?|下降|完成|有)?"
    r"(?P<value>[0-9０-９][0-9０-９.,．]*)(?P<unit>万?[\u4e00-\u9fff]{1,2}|[%％])"
)
_GENERIC_PLACE = re.compile(r"^(全|我|各|本|两|该|这|某|基层|农村|城乡|村头|田间)|^[省市县区镇乡村]$")
_NAMED = re.compile(r"[“”《》]")
_FORMULA = re.compile(
    r"高度重视|切实|进一步|不断|扎实|深入|持续|全面|着力|大力|积极|认真|坚持|坚定|始终|有效|有力|推动|促进|提升|提高|增强|强化|加强|深化"
    r"|落实|认识|意识|自觉|担当|使命|责任感|工作|水平|能力|质量|成效|发展|要求|统筹|协调|精神|思想|作风|态度|信心|决心"
)
_POST = re.compile(
    r"作为(?:一名|一个)?[^，。；{}]{0,14}?(?:委员|书记|[省市县区镇乡]长|局长|主任|校长|院长|负责人)(?=[，、])"
)
_SPEECH_VERB = re.compile(r"(指出|强调|曾说过?|说过|要求|写道|有言|曾言|讲过|告诫|云|曰)[,，:：]?[“\"]")


@dataclass(frozen=True, slots=True)
class Context:
    """What a piece says of all its sentences."""

    file: str
    piece: Piece
    topic: Topic | None
    names: tuple[str, ...]

    @property
    def level(self) -> str | None:
        """The speaker's level, declared or guessed."""
        return self.piece.level if self.piece.level in LEVELS else None


def extract(inspection: Inspection, lexicon: Lexicon) -> Iterator[Phrase]:
    """Every sentence and heading of `inspection` as a phrase, those not to be offered with their reason."""
    names = tuple(sorted(proper_names(inspection.slots), key=len, reverse=True))
    for piece in inspection.pieces:
        context = _context(inspection.file, piece, lexicon, names)
        for heading in piece.headings:
            yield _heading_phrase(heading, context)
        for paragraph in piece.paragraphs:
            for sentence in paragraph.sentences:
                yield _sentence_phrase(sentence, paragraph, context)


def proper_names(slots: Iterable[Slot]) -> set[str]:
    """Names among `slots` that a phrase must not carry to another writer."""
    kinds = {"place", "org", "person", "project", "event", "document"}
    places = {s.text for s in slots if s.kind == "place" and len(s.text) > 1 and not _GENERIC_PLACE.match(s.text)}
    named = {s.text for s in slots if s.kind in kinds - {"place"} and _is_proper(s.text, places)}
    return places | named


def phrase_id(text: str) -> str:
    """A stable id of a wording: the same in every bank, whatever its marks and spaces."""
    bare = re.sub(r"[\W_]+", "", text)
    return "p" + hashlib.blake2b(bare.encode(), digest_size=5).hexdigest()


def generalise(text: str, context: Context) -> tuple[str, tuple[str, ...]]:
    """`text` as a template, and the foreign names left in it."""
    template = blanks_to_slots(text)
    template = _POST.sub("作为{post}", template)
    own = context.piece.place or ""
    if own:
        template = template.replace(own, "{place}")
    names = tuple(name for name in context.names if name != own and name in plain(template))
    return _figures_to_slots(level_to_slots(template, context.level)), names


def _context(file: str, piece: Piece, lexicon: Lexicon, names: tuple[str, ...]) -> Context:
    topic = next((t for t in lexicon.themes if t.name == piece.theme), None)
    if piece.level not in LEVELS:
        text = "".join(paragraph.text for paragraph in piece.paragraphs)
        piece = replace(piece, level=guess_level(text))
    return Context(file, piece, topic, names)


def _sentence_phrase(sentence: Sentence, paragraph: Paragraph, context: Context) -> Phrase:
    return _phrase(sentence, context, _facets(sentence, paragraph, context))


def _heading_phrase(heading: Heading, context: Context) -> Phrase:
    cut = heading.text.endswith(("，", ","))
    sentence = Sentence(heading.text, heading.line, "heading", "plain", damaged=cut)
    return _phrase(sentence, context, facets_of(heading.text, context.topic) if context.topic else ())


def _phrase(sentence: Sentence, context: Context, facets: tuple[str, ...]) -> Phrase:
    template, names = generalise(sentence.text, context)
    piece = context.piece
    return Phrase(
        id=phrase_id(sentence.text), text=sentence.text, template=template, role=sentence.role,
        polarity=sentence.polarity, theme=piece.theme, facets=facets, genre=piece.genre, level=piece.level,
        sources=(Source(context.file, sentence.line),), names=names, reason=_reason(sentence, template, names),
    )  # fmt: skip


def _facets(sentence: Sentence, paragraph: Paragraph, context: Context) -> tuple[str, ...]:
    """Facets of the sentence itself, else those of the nearest heading above it that has any."""
    if context.topic is None:
        return ()
    texts = [sentence.text, *(heading.text for heading in reversed(paragraph.path)), paragraph.text]
    return next((found for text in texts if (found := facets_of(text, context.topic))), ())


def _reason(sentence: Sentence, template: str, names: tuple[str, ...]) -> str:
    """Why a wording is not offered, the gravest reason first; empty when it is."""
    text = sentence.text
    tests = (
        ("damaged", sentence.damaged or "{" in text or "}" in text),
        ("refuted", sentence.polarity == "refuted"),
        ("names", bool(names)),
        ("quotation", bool(_SPEECH_VERB.search(text))),
        ("figures", bool(_FIGURE.search(plain(template)))),
        ("count", bool(_COUNT.search(text)) and sentence.role != "heading"),
        ("dangling", bool(_DANGLING.match(text)) and sentence.role != "heading"),
        ("length", not _fits(text, sentence.role)),
        ("empty", sentence.role != "heading" and says_nothing(template)),
    )
    return next((reason for reason, found in tests if found), "")


def _fits(text: str, role: str) -> bool:
    low, high = (4, 40) if role == "heading" else LENGTH
    return low <= len(text) <= high


def says_nothing(template: str) -> bool:
    """Whether a wording is a chain of formulas: four fifths of its characters belong to formula words, and it has no blank."""
    if "{blank" in template:
        return False
    bare = re.sub(r"[\W_]+", "", plain(template))
    covered = sum(len(match.group()) for match in _FORMULA.finditer(bare))
    return bool(bare) and covered > 0.6 * len(bare)


def _figures_to_slots(template: str) -> str:
    """A figure whose indicator stands before it becomes a blank that asks for it; others stay and bar the wording."""
    parts = []
    for part in parse(template):
        parts.append(str(part) if not isinstance(part, str) else _NUMBER.sub(_figure_blank, part))
    return "".join(parts)


def _figure_blank(match: re.Match[str]) -> str:
    what = re.sub(r"^.*[的，、]", "", match["before"])
    return f"{match['before']}{match['verb'] or ''}{blank_slot('数据', what, match['unit'])}"


def _is_proper(text: str, places: set[str]) -> bool:
    return bool(_NAMED.search(text)) or any(place in text for place in places)
