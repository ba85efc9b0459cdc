"""What a sentence does in a speech (role) and whether it may be said of a task (polarity); themes and facets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from phrasebank.cues import FAULT, FAULT_SIGNS, GUARD, IMPERATIVE, TURNED, WARNING, WARNING_SIGNS, opening_of
from phrasebank.model import Lexicon, Polarity, Role, Topic
from phrasebank.scan import WordCounter, WordFinder

if TYPE_CHECKING:  # the model and numpy are loaded when a sentence is judged: the checks judge none
    from phrasebank.rolefeatures import Line
    from phrasebank.sieve import Laid, Sieve

CUES: dict[Role, tuple[tuple[str, float], ...]] = {
    "basis": (
        (r"总书记.{0,20}(?:指出|强调|要求|说)", 5),
        (r"(?:指出|强调|提出|明确)[，,：:]?[“\"]", 2),
        (r"根据|按照.{2,20}(?:要求|部署|精神)", 1.5),
        (r"《[^》]+》", 1),
        (r"党的[一二]十[^，。]{0,4}大", 1),
        (r"俗话|常言|古人|古语", 2),
    ),
    "significance": (
        (
            (
                r"(?:是|乃).{2,30}(?:基石|根本|关键|前提|基础|保障|要求|必然|航标|标志|灵魂|核心|本质|需要|宗旨"
                r"|生命线|压舱石|体现|立场)"
            ),
            2,
        ),
        (r"意义|重要性|事关|关乎|关系到|关系着", 2),
        (r"只有.{2,40}才", 2),
        (r"就是要|意味着|在于|决定着", 1.5),
        (r"我们党|初心使命|根本宗旨", 1.2),
        (r"处于|处在|面临|形势", 1),
        (r"应当是|应该是", 2.5),
        (r"归根结底|说到底|历史证明|实践证明", 1),
    ),
    "achievement": (
        (r"取得了?.{0,12}(?:成效|成就|成绩|进展|突破)", 3),
        (r"(?:增长|提高|下降|达到|完成|建成|新增|新建).{0,12}\d", 2),
        (r"显著|明显(?:改善|提升|增强)|圆满|迈上", 1.5),
        (r"近年来|一年来|五年来|过去", 1),
    ),
    "experience": ((r"经验|启示|启迪|做法是|体会|告诉我们|实践证明", 2), (r"得益于|靠的是|根本在于", 2)),
    "problem": (
        (r"存在.{0,24}(?:问题|现象|不足|差距|短板|情况|倾向|偏差|情绪|思想)", 3),
        (r"不够|不深(?<!无不深)|不足|不强|不高|不实|不到位|不扎实|不及时|不充分|不全面", 2),
        (r"有的(?!放矢)|有些(?!许)|个别|少数", 1.5),
        (r"弱化|缺乏|缺失|淡化|滞后|短板|差距|不理解|难以|不能|没有(?!最|之一)", 1),
    ),
    "cause": ((r"原因|根源|究其|归因|症结在于|之所以", 2.5), (r"正是(?:因为|由于)|主要是因为|主要在于", 2)),
    "measure": (
        (
            r"(?:^|[，；。,;])(?:要|必须|应当|应|务必|切实|着力|进一步|大力|持续|不断|深入|全面|加快|坚决|始终|严格)",
            1.5,
        ),
        (
            (
                r"^(?:强化|加强|推进|推动|完善|健全|落实|抓好|做好|坚持|聚焦|突出|建立|开展|加大|深化|优化|提升"
                r"|拓展|压实|组织|通过|积极|主动|切实|着力|大力|持续|深入|严格|围绕|充分|努力|善于|学会|运用|利用)"
            ),
            1.5,
        ),
        (r"(?:要(?<![只需主重必]要)|需要|必须|应(?!当是|该是))(?!求|素|点|害|么)", 1.2),
        (r"我们可以|可以通过|要把|把.{2,20}(?:作为|落到|融入|转化)", 1),
    ),
    "example": (
        (r"^(?:比如|例如|譬如|如[，,])", 3),
        (r"比如|例如", 1.2),
        (r"有一次|那年|记得|故事|当时|曾经|同志.{0,10}(?:带领|带头|走访)", 1.5),
        (r"时任|20年前|二十年", 1),
    ),
    "pledge": (
        (r"^(?:我|我们|本人|我镇|我局|我县)(?:将|一定|决心|保证|承诺)", 3),
        (r"(?:我|我们)(?:将|会).{2,}", 2),
        (r"承诺|请.{0,8}(?:监督|放心)|决不辜负", 2),
    ),
    "appeal": (
        (r"同志们[，,！!]", 2.5),
        (r"让我们|号召|携手|共同(?:谱写|开创|书写|奋斗)|为.{2,20}(?:而(?:努力|奋斗)|作出.{0,8}贡献)", 2),
    ),
    "transition": (
        (r"^(?:下面|接下来|首先我|具体来说|归结起来|在此[，,]|总的来看|总的来说)", 3),
        (
            (
                r"谈(?:[一二三四五几]点|几个方面|谈)|讲[一二三四五几]点|分享几点"
                r"|[一二三四五六几两]个方面(?:的)?(?:认识|体会|意见|工作)"
            ),
            2.5,
        ),
        (r"^当前[，,]|^同时[，,]", 0.3),
    ),
    "lead": (
        (r"^.{4,30}。$", 0.8),
        (r"作为.{2,14}(?:干部|党员|领导).{0,6}(?:就是要|要|应)", 1),
        (r"立场|信念|根本准则|站稳|坚定", 0.8),
    ),
    "opening": (
        (r"^(?:今天|大家好|尊敬的|刚才|根据(?:会议)?安排)", 2.5),
        (r"(?:召开|举行|参加).{0,20}(?:会议|推进会|座谈会|活动)", 2),
        (r"围绕.{2,40}(?:主题|这一)", 2),
    ),
    "closing": (
        (r"谢谢大家|批评指正|我的(?:发言|讲话|汇报)(?:完毕|到此)|请予(?:评议|审议)|散会", 4),
        (r"以上(?:发言|报告|汇报|是我)", 3),
    ),
    "heading": (),
}
"""Cues of each role: pattern and weight. Alternatives begin with the character they seek and look back from there, for the
search skips to such characters and tries everything else at every place."""

_COMPILED = tuple((re.compile(pattern), role, weight) for role, cues in CUES.items() for pattern, weight in cues)
_HEADING_CUES: tuple[tuple[str, Role, float], ...] = (
    (r"问题|不足|差距|短板|薄弱|反思|查摆|检视|剖析", "problem", 3),
    (r"原因|根源", "cause", 3),
    (r"意义|认识|内涵|领悟|重要性|为什么|必要|.是.{2,16}的(?:航标|基石|根本|关键|基础|保障)", "significance", 2),
    (
        r"举措|措施|打算|下一步|落实|责任|组织领导|要求|方法|抓实|抓好|办好|强化|加强|推进|着力|坚持|明确|加大",
        "measure",
        1,
    ),
    (r"成效|成绩|回顾|进展|成就|总结", "achievement", 2),
    (r"经验|启示|体会|做法", "experience", 2),
    (r"承诺|表态|保证", "pledge", 2),
)
_HEADING_ROLES = tuple((re.compile(pattern), role, weight) for pattern, role, weight in _HEADING_CUES)
_FAULT_HEADING = re.compile(
    r"问题(?!导向|意识)|不足|差距|短板|薄弱|查摆|检视|存在|弱化|有待|欠缺|滑坡|倾向|不够|不强|不深|不实"
)
_CURE_HEADING = re.compile(r"解决|破解|补齐|补短|攻坚|整治|整改|导向|针对|破除|化解|缩小|措施|举措|对策|消除|着力|防范")
_SAME_VIEW = re.compile(r"(?:还有|也有|甚至|更有|他们|觉得|认为|以为|于是|反正)")
_BAD_VIEW = re.compile(r"(?:正是因为有|正因为有)?(?:这种|这些|此类|上述)(?:想法|思想|观点|说法|认识|看法|论调|言论)")
_REFUTED = re.compile(
    r"有(?:的)?(?:人|同志|干部|党员)(?:就|总|还|也|可能|会)?(?:说|认为|觉得|以为|讲|提出)"
    r"|有一种(?:观点|说法|看法|论调)|所谓的?“.{2,20}”论|可以不学|没必要|无所谓"
)
_VIEWS = "有人 有的 有同 有干 有党 有一 所谓 可以 没必 无所 正是 正因 这种 这些 此类 上述"
"""Beginnings of words without one of which no view is reported or judged (`_REFUTED`, `_BAD_VIEW`)."""


@cache
def _sieve() -> Sieve:
    """What a sentence must have for a fault, a warning or a view to be found in it."""
    from phrasebank.sieve import Sieve

    return Sieve([*map(str.split, (FAULT_SIGNS, WARNING_SIGNS, _VIEWS))])


_MAY_FAULT, _MAY_WARN, _MAY_VIEW = 1, 2, 4
_MAY_ALL = _MAY_FAULT | _MAY_WARN | _MAY_VIEW


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: headings above, 0–1 position in the piece, first in its paragraph, role before it."""

    path: tuple[str, ...]
    position: float
    first: bool
    opening: bool
    previous: Role | None = None
    previous_polarity: Polarity = "plain"


def classify(sentence: str, place: Place) -> tuple[Role, Polarity]:
    """Role and polarity of a sentence. A negative or refuted one is never a measure, a pledge or an appeal."""
    polarity = polarity_of(sentence, place.path, place.previous_polarity)
    if decided := _decided(sentence, polarity):
        return decided
    scores = _cued(sentence)
    _context(scores, place)
    if polarity != "plain":
        scores = {role: score for role, score in scores.items() if role not in GUARD}
        scores["problem"] = scores.get("problem", 0) + (2 if polarity == "negative" else 1)
    else:
        scores["problem"] = min(scores["problem"], 0.5)
    role = max(scores, key=lambda r: scores[r])
    return (role if scores[role] > 0 else _default(place, polarity)), polarity


def classified(lines: Sequence[Line]) -> list[tuple[Role, Polarity]]:
    """Role and polarity of the sentences of a speech: by the model, which hears what the rules say."""
    from phrasebank.roles import judge

    ruled = list(by_rule(lines))
    return judge(lines, [polarity for _, polarity in ruled], ruled)


def by_rule(lines: Sequence[Line]) -> Iterator[tuple[Role, Polarity]]:
    """Role and polarity by rule of the sentences of a speech, one after the other."""
    previous: Role | None = None
    polarity: Polarity = "plain"
    for line in lines:
        before, polarity = (None, "plain") if line.first else (previous, polarity)
        place = Place(line.path, line.position, line.first, line.opening, before, polarity)
        previous, polarity = classify(line.text, place)
        yield previous, polarity


def _cued(sentence: str) -> dict[Role, float]:
    """What the words of a sentence say for each role."""
    scores = dict.fromkeys(CUES, 0.0)
    for pattern, role, weight in _COMPILED:
        if pattern.search(sentence):
            scores[role] += weight
    return scores


def _decided(sentence: str, polarity: Polarity) -> tuple[Role, Polarity] | None:
    """What the first words decide, unless the sentence as a whole names or reports a fault they do not speak of."""
    found = opening_of(sentence)
    if found is None or polarity == "refuted":
        return None
    if IMPERATIVE.match(sentence):
        return found[0], "plain"
    if polarity == "negative" and found[1] == "plain" and found[0] in GUARD | {"significance"}:
        faulty = FAULT.search(sentence) and not TURNED.search(sentence)
        return None if faulty or WARNING.search(sentence) else found
    return found[0], max(found[1], polarity, key=("plain", "negative").index)


def polarity_of(sentence: str, headings: Sequence[str], previous: Polarity = "plain", signs: int = _MAY_ALL) -> Polarity:
    """Whether a sentence names a fault or reports a view to be refuted; `previous` is the sentence before it, `signs`, where
    known, what may stand in it."""
    if signs & _MAY_VIEW and _REFUTED.search(sentence):
        return "refuted"
    if previous == "refuted" and _SAME_VIEW.match(sentence):
        return "refuted"
    if any(map(_names_faults, headings)) or (signs & _MAY_WARN and WARNING.search(sentence)):
        return "negative"
    if signs & _MAY_VIEW and _BAD_VIEW.match(sentence):
        return "negative"
    return "negative" if signs & _MAY_FAULT and FAULT.search(sentence) and not TURNED.search(sentence) else "plain"


def polarities(lines: Sequence[Line]) -> list[Polarity]:
    """Polarity by rule of the sentences of a piece, in order."""
    from phrasebank.sieve import Laid

    found: list[Polarity] = []
    for line, signs in zip(lines, _sieve().masks(Laid([line.text for line in lines])), strict=True):
        found.append(polarity_of(line.text, line.path, "plain" if line.first or not found else found[-1], signs))
    return found


@lru_cache(maxsize=1024)
def _promised(heading: str) -> tuple[tuple[Role, float], ...]:
    """Roles that a heading promises of what stands under it, with their weights."""
    return tuple((role, weight) for pattern, role, weight in _HEADING_ROLES if pattern.search(heading))


@lru_cache(maxsize=1024)
def _names_faults(heading: str) -> bool:
    """Whether a heading announces faults, and not what is done about them."""
    return _FAULT_HEADING.search(heading) is not None and _CURE_HEADING.search(heading) is None


def _context(scores: dict[Role, float], place: Place) -> None:
    """Adds what headings, position and neighbours say."""
    for n, heading in enumerate(reversed(place.path)):
        for role, weight in _promised(heading):
            scores[role] += weight * (1 if n == 0 else 0.6)
    if place.opening:
        scores["opening"] += 2.5
    if place.position > 0.97:
        scores["closing"] += 2
        scores["appeal"] += 0.5
    if place.previous in ("measure", "example", "problem"):
        scores[place.previous] += 0.4


def _default(place: Place, polarity: Polarity) -> Role:
    if polarity != "plain":
        return "problem"
    kept = place.previous if place.previous in ("example", "significance", "experience") else None
    return "lead" if place.first else kept or "lead"  # a task must announce itself, it is not inherited


def main_role(roles: Sequence[tuple[Role, Polarity, int]]) -> tuple[Role, Polarity]:
    """Role and polarity of a paragraph: those that most of its characters have. Items are role, polarity, length."""
    if not roles:
        return "lead", "plain"
    weight: dict[tuple[Role, Polarity], float] = {}
    for role, polarity, size in roles:
        weight[role, polarity] = weight.get((role, polarity), 0) + size * (
            0.4 if role in ("example", "basis", "lead") else 1
        )
    return max(weight, key=lambda k: weight[k])


# ---------------------------------------------------------------- themes and genres
@dataclass(frozen=True, slots=True)
class Guess:
    """What a piece is taken for, and how likely that is right, from 0 to 1; no name where nothing speaks for one."""

    name: str | None = None
    confidence: float = 0.0


def theme_of(title: str, text: str, lexicon: Lexicon) -> Guess:
    """The theme whose words a piece uses most, its title counting tenfold.

    A text on one theme uses its words far more often than those of the next; one on all sorts of things, such as the
    report of a government, uses all about alike. So the confidence grows with the lead over the next theme: 20 words in
    1000 characters of a long text make two to one. Short texts count as longer, since in them a word is chance.
    """
    if not lexicon.themes:
        return Guess()
    counter, themes = _theme_words(lexicon)
    found = {theme.name: 0 for theme in lexicon.themes}
    for weight, counts in ((10, counter.counts(title)), (1, counter.counts(text))):
        for word, count in counts.items():
            for name in themes[word]:
                found[name] += weight * count
    scores = sorted(((found[theme.name], theme.name) for theme in lexicon.themes), key=lambda s: -s[0])
    if not scores or scores[0][0] < 3:
        return Guess()
    lead = 1000 * (scores[0][0] - (scores[1][0] if len(scores) > 1 else 0)) / (len(text) + 500)
    return Guess(scores[0][1], round(lead / (lead + 10), 2))


@lru_cache(maxsize=4)
def _theme_words(lexicon: Lexicon) -> tuple[WordCounter, dict[str, list[str]]]:
    """What counts the words of all themes, and the themes of each word, twice where one has it twice."""
    themes: dict[str, list[str]] = {}
    for theme in {theme.name: theme for theme in lexicon.themes}.values():
        for word in _words_of(theme):
            themes.setdefault(word, []).append(theme.name)
    return WordCounter(themes), themes


def _hits(text: str, topic: Topic) -> int:
    """How often the words of a topic and of its facets stand in `text`."""
    return sum(map(text.count, _words_of(topic)))


def _words_of(topic: Topic) -> tuple[str, ...]:
    return (topic.name, *topic.words, *(word for facet in topic.facets for word in facet.words))


def facets_of(text: str, topic: Topic) -> tuple[str, ...]:
    """Names of the facets whose words stand in `text`, the strongest first."""
    return facet_finder(topic)(text)


@lru_cache(maxsize=64)
def facet_finder(topic: Topic) -> FacetFinder:
    """What finds the facets of a topic in a text, for whoever has many texts."""
    return FacetFinder(topic)


class FacetFinder:
    """Finds the facets of a topic; the name of a facet tells it twice."""

    def __init__(self, topic: Topic) -> None:
        from phrasebank.sieve import Finder

        self._told: dict[str, list[str]] = {}
        for facet in topic.facets:
            for word in (facet.name, facet.name, *facet.words):
                self._told.setdefault(word, []).append(facet.name)
        self._names = [facet.name for facet in topic.facets]
        self._finder, self._of_many = WordFinder(self._told), Finder(self._told)
        self._known = lru_cache(maxsize=256)(self._found)  # headings and paragraphs are asked about for each of their sentences

    def __call__(self, text: str) -> tuple[str, ...]:
        """The facets of a text, the strongest first."""
        return self._known(text)

    def of_each(self, laid: Laid) -> list[tuple[str, ...]]:
        """The facets of each of many texts."""
        return [self._by(words, text) if words else () for words, text in zip(self._of_many.standing_in(laid), laid.texts, strict=True)]

    def _found(self, text: str) -> tuple[str, ...]:
        return self._by(self._finder.standing_in(text), text)

    def _by(self, words: Sequence[str], text: str) -> tuple[str, ...]:
        """The facets that words which stand in a text tell, the strongest first."""
        scores: dict[str, int] = {}
        for word in words:
            for facet in self._told[word]:
                scores[facet] = scores.get(facet, 0) + text.count(word)
        if len(scores) < 2:
            return tuple(scores)
        return tuple(sorted((name for name in self._names if name in scores), key=lambda name: -scores[name]))


GENRES: tuple[tuple[str, str], ...] = (
    ("述职述廉报告", r"述职|述廉|述责"),
    ("对照检查材料", r"对照检查|检视剖析|剖析材料|发言提纲.{0,6}民主生活会|民主生活会"),
    ("主持词", r"主持词|主持讲话|主持稿"),
    ("表态发言", r"表态"),
    ("党课讲稿", r"党课|讲稿|宣讲"),
    ("心得体会", r"心得|体会文章|学习体会|读后感|观后感"),
    ("研讨发言", r"研讨|交流发言|学习发言|中心组.{0,8}发言|发言材料"),
    ("经验交流材料", r"经验(?:交流|材料|做法)|典型(?:发言|材料)|交流材料"),
    ("调研报告", r"调研|调查报告"),
    ("工作总结", r"总结|工作汇报|情况汇报"),
    ("致辞", r"致辞|致词|贺词|祝酒|欢迎词|开幕词|闭幕词"),
    ("政府工作报告", r"政府工作报告"),
    ("会议讲话", r"讲话"),
)
"""Names of genres and what titles call them, the more telling first."""

_OPENINGS: tuple[tuple[str, str], ...] = (
    ("党课讲稿", r"讲(?:一堂|一次|个)?党课|上党课"),
    ("会议讲话", r"我们(?:在这里)?(?:召开|举行).{0,40}会"),
    ("研讨发言", r"研讨|谈.{0,8}体会|学习.{0,10}交流"),
    ("述职述廉报告", r"现将.{0,20}述职"),
)
"""What only speeches of one genre open with."""
_TO_CONGRESS = re.compile(r"代表[^，。]{0,16}政府[，,]?[^，。]{0,8}(?:向大会|报告|作)[^，。]{0,8}工作")
_AT_MEETING = re.compile(r"会议上|会上的|动员")
_ADDRESSED = re.compile(r"同志们|各位|大家好|代表们|委员们|朋友们")
_FORMAL = re.compile(
    r"(?:通知|意见|规定|规则|条例|办法|决定|决议|方案|规划|纲要|细则|准则|公告|公报|批复|答复|建议)(?:（[^）]{1,12}）)?$"
)
HEAD = 600
"""Characters of a text in which a speech says what it is."""


def genre_of(title: str, label: str, text: str, lexicon: Lexicon) -> Guess:
    """The genre by title and label, then by the words of the lexicon, then by what only one genre says.

    The confidence is that of the evidence (see `_genre_evidence`), less where the title is that of a formal document,
    which may well speak of a speech without being one.
    """
    found = next(_genre_evidence(title, label, text, lexicon), Guess())
    share = 0.4 if _FORMAL.search(title) else 1
    return Guess(found.name, round(share * found.confidence, 2))


def _genre_evidence(title: str, label: str, text: str, lexicon: Lexicon) -> Iterator[Guess]:
    """What speaks for a genre, the more telling first, each with how often it is right."""
    head = text[:HEAD]
    yield from (Guess(name, 0.95) for name, pattern in GENRES if re.search(pattern, f"{label} {title}"))
    if _TO_CONGRESS.search(head):
        yield Guess("政府工作报告", 0.95)
    if _AT_MEETING.search(title):
        yield Guess("会议讲话", 0.4)
    spoken = 1 if _ADDRESSED.search(head) else 0.5
    scores = {g.name: 5 * _hits(title, g) + _hits(text, g) for g in lexicon.genres}
    best = next((g for g in sorted(lexicon.genres, key=lambda g: -scores[g.name]) if scores[g.name] >= 2), None)
    if best:
        yield Guess(best.name, spoken * (0.8 if _hits(title + head, best) else 0.2))
    yield from (Guess(name, spoken * 0.8) for name, pattern in _OPENINGS if re.search(pattern, head))
