"""Whose mouth a wording fits: what the genre lets its speaker say, and what his rank and office let him say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from drafting.genres import Genre
from phrasebank.model import Phrase

NEGATIVE_ROLES = frozenset({"problem", "cause"})
"""Roles that may name faults; every other role takes plain wording only."""

SPOKEN_FOR_ONESELF = frozenset({"pledge", "opening", "closing", "appeal", "transition"})
"""Roles in which a speaker says 我 even where he speaks for an office."""

_THOUGHTS = frozenset({"significance", "basis", "experience"})
"""Roles in which one who hands out tasks may say what he himself has seen and thought."""

GENRE_BOUND = frozenset({"opening", "closing"})
"""Roles whose wording belongs to one genre: how a lecture opens is not how a report does."""

CEREMONIAL = frozenset({"致辞", "主持词"})
"""Genres whose wording sounds strange in others."""

RANKS = {"省": 4, "市": 3, "县": 3, "区": 3, "局": 3, "镇": 2, "乡": 2, "街道": 2, "村": 1, "社区": 1}
"""How far up a level is; schools and hospitals stand beside."""

WORDINGS = 1 << 13
"""Wordings of which is remembered what they tell: every genre and level of a batch asks the same of them."""
_MINE = re.compile(r"^(?:我(?!们)|本人|自己)")
_MOVE = re.compile(
    r"^(?:今天|按照|根据|围绕|刚才|借着|下面|会前)|召开|^以上|批评指正|到(?:这里|此)|会后|我就讲|谢谢大家|请予评议|散会"
)
"""Formal moves of openings and closings: the section templates make them, once a speech."""

_FORMAL = re.compile(
    r"我代表|表示(?:热烈|衷心|诚挚)|请予(?:评议|审议)|^(?:现在|下面|接下来|最后|先)，?(?:先)?请|^请[^，。]{1,12}(?:讲话|发言|讲(?=[，。]))|讲到这里|谢谢(?:大家|各位)"
    r"|^以上(?:是|报告|就是)|本报告|讲给大家|说给大家|散会(?![以之后前的时])|^(?:下面|接下来)，|各位(?:来宾|嘉宾|代表|评委)|述职述?廉?(?:报告|情况|如下)|^(?:经验|做法|体会|第)?[一二三四五六]：|^再看|^首先，|^(?:会议(?=，|[强要指认还审听通决])|今天的会)"
    r"|把[^，。]{2,20}写成[一二三四五六]段|来宾|贵宾"
)
"""Moves that belong to one place of one speech: thanks, welcome, handing over, what a host says."""

_ORDER = re.compile(
    r"^(?:\{(?:offices|units|leaders|whole)\}|各|有关|督查|牵头|大家|同志们|广大|每[名位个]|所有)[^，。]{0,14}?(?:要|必须|务必|应当|须|先把|负责)"
    r"|^(?:各|所有)[^，。]{1,8}(?:把|将|先)|^要求"
)
"""Openings that tell others what to do."""
_COMMAND = re.compile(
    r"(?:\{(?:offices|units|leaders)\}|各(?:部门|单位|乡镇|镇街|村|社区|科室|股室|级)[一-鿿]{0,6}|有关部门|同志们|大家|你们|各位同志)[一-鿿]{0,4}"
    r"(?:必须|务必|要(?![求是素点])|应当|不得|不准|严禁)|(?<!被)责令|(?<![我们上])务必"
)
"""What tells others what to do anywhere in a sentence (check W04 finds it too)."""
_TOLD = re.compile(
    r"^(?:[一二三四五六]?要(?![紧害素领]|求)|由[^，。我]{2,12}牵头|[^，。我]{1,12}(?:部门|机关|财政|办公室|[局委院]|单位|媒体|企业|站所|中队)[^，。我]{0,6}要)"
)
"""Openings fit for those who lead; others take them only when there is nothing else."""
_SINGULAR = re.compile(r"我(?![们县镇乡村校市省局院区国处科室])|(?:^|[，。；：！？])本人")
_POST = re.compile(
    r"我(?:们)?(?:(?:这个|当|作为|身为|任|是)[^，。]{0,5}|[^，。要请让同和跟问听对给找叫催教看派陪]{0,5})(?:书记|[镇县乡局院所村校]长|主任|委员|老师|医生|教师|院士|队长|站长|组长|村官)"
)
"""A speaker who says what he is."""
_OTHER_RANK = re.compile(r"(?:([省市县区镇乡])(?:干部|机关|直|纪委|党委|政府|班子)|(?:几个|各)([县镇乡]))")
_TO_THE_ROOM = re.compile(r"同志们|大家|各位")
_TOLD_THE_ROOM = re.compile(
    r"同志们|各位|(?:^|[。！？])(?:也?请|希望|盼)大家|向大家(?:汇报|报告|介绍|表)|(?:^|[。！？])大家(?:想|请|要|回[去头]|不妨|可以|都知道)"
)
"""How the room is turned to; in a story that is told whole, 大家 are those it tells of."""

_NAME = "[^\\W请让同和与找报向把跟对给按]{2,6}"
_COUNTY = rf"{_NAME}(?<!邮)局(?!势|面|部|限)|{_NAME}部门|纪委监委|组织部|宣传部|法院|检察院"
_TOWN = (
    r"党政办|综治办|民政办|经发办|农办|平安办|综合执法队|包村干部|驻村干部|乡镇卫生院"
    r"|(?:财政|派出|司法|国土|市场监管|自然资源|供电|水管|税务)所|(?:农技|畜牧|兽医|水利|文化|气象|林业|水保|广播)站"
)
_ROOMS = rf"{_NAME}[科股](?=[，把将要按每])|股室|科室"
_NOT_MINE = {
    **dict.fromkeys("省市县区", (_TOWN, _ROOMS)), "局": (_TOWN,), **dict.fromkeys(("镇", "乡", "街道"), (_COUNTY, _ROOMS)),
    **dict.fromkeys(("村", "社区"), (_COUNTY, _TOWN, _ROOMS)), **dict.fromkeys(("学校", "医院"), (_COUNTY, _TOWN)),
}  # fmt: skip
"""Offices whose work is not a speaker's to hand out, by his level."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the genre's name and what it allows (`drafting.genres`), and the speaker's level."""

    genre: str
    orders: bool
    person: str
    spoken: bool
    level: str

    @classmethod
    def of(cls, genre: Genre, level: str) -> Voice:
        """The voice of a genre at a level."""
        return cls(genre.name, genre.orders, genre.person, genre.spoken, level)

    def may_say(self, phrase: Phrase, role: str) -> bool:
        """Whether a phrase may stand in a role of this genre and in this mouth."""
        template = phrase.template
        allowed = {"plain", "negative"} if role in NEGATIVE_ROLES else {"plain"}
        if phrase.polarity not in allowed or (role != "transition" and _formal(template)):
            return False
        others = self.person == "unit" or ((self.person != "我" or self.orders) and role not in _THOUGHTS)
        if role not in SPOKEN_FOR_ONESELF and others and _singular(template):
            return False  # who speaks for an office, or hands out tasks, says of others what was done and what is to be done
        if role in GENRE_BOUND and (phrase.genre not in (None, self.genre) or _MOVE.search(template)):
            return False
        room = _told_the_room if phrase.kind == "paragraph" else _to_the_room
        return self._at_his_place(phrase) and self._as_he_speaks(template, room) and _in_its_mood(phrase, role)

    def strange(self, phrase: Phrase) -> bool:
        """Whether a phrase sounds strange here, and is taken only where there is nothing else: from ranks further off than the next,
        from a ceremony that this is not."""
        return self._stranger(phrase.level) or (phrase.genre != self.genre and phrase.genre in CEREMONIAL)

    def petty(self, phrase: Phrase, role: str) -> bool:
        """Whether what someone of a lower rank does with his own hands would be said by one who leads."""
        below = RANKS.get(phrase.level or "", 9) < RANKS.get(self.level, 0)
        return below and (role in ("measure", "pledge") or (role in NEGATIVE_ROLES and _singular(phrase.text)))

    def _at_his_place(self, phrase: Phrase) -> bool:
        """Whether a wording of another level says nothing of posts and offices that are not the speaker's."""
        if (called := _CALLERS.get(self.level)) and called.search(phrase.template):
            return False
        if phrase.level == self.level:
            return True
        if _of_post(phrase.template) or _of_other_rank(phrase.template, self.level):
            return False
        if (home := _AT_HOME.get(phrase.level or "")) and re.search(home, phrase.template):
            return False
        if RANKS.get(self.level, 0) > RANKS["镇"] and _SENT_UP.search(phrase.template):
            return False
        return phrase.level is None or not _hands_out(self.level).search(phrase.template)

    def _as_he_speaks(self, template: str, room: Callable[[str], bool]) -> bool:
        """Whether the genre lets its speaker say so: who may not give orders gives none, a unit's report has no 我, and a written
        one does not turn to the room, as `room` tells."""
        if not self.orders and _gives_orders(template):
            return False
        if self.person == "unit" and _singular(template):
            return False
        return self.spoken or not room(template)

    def _stranger(self, level: str | None) -> bool:
        """Whether wording of a level sounds strange at one's own: a village is not a county, a school no office."""
        if level is None or level == self.level:
            return False
        if level not in RANKS or self.level not in RANKS:
            return True
        return abs(RANKS[level] - RANKS[self.level]) > 1


_SENTENCES = re.compile(r"[^。！？；]+")
_AT_HOME = {
    "学校": r"[我本]校|我们(?:学校|班|年级)|年级组|教研组",
    "医院": r"[我本]院|我们(?:医院|科)|病区|护士站|白大褂|更衣室|医务科",
    "局": r"[我本]局|局里|局长会|局班子|局机关|人事股|信息股",
}
"""Words by which a school, a hospital, an office speaks of itself."""
_CALLERS = {
    "学校": re.compile(r"(?:去|到|进|下)(?:几所|各)?(?:学校|校园)|各学?校|[村几]所?小学|校长"),
    "医院": re.compile(r"(?:去|到|进)医院|院长"),
    "局": re.compile(r"局长"),
}
"""By whom a school, a hospital, an office is called on or named from outside: not what its own head says."""
_SENT_UP = re.compile(r"[送报交找]到?[镇乡](?:上|里|政府|党委)|我们村|我村|[镇乡]上(?:来|派)")
"""What is said from below a town hall."""
_FAULT = re.compile(
    r"[不没无少缺漏错虚浮松散慢拖乱差弱难怕懒躲推断滑旧偏浅窄生脱塞堵冷空怨晚迟]|走过场|形式|一阵风|一刀切|只[顾看会图管讲说是]|重[^，。]{1,6}轻"
)
"""Words without which nothing is said to be amiss."""
_WAY = re.compile(
    r"^(?:由(?!于)|请|把|凡(?!是要)|应(?=[由当])|对[^，。]{2,12}的，)(?![^，。]*(?:当成|当作|看成|混))|必须有|一律|(?<!没有)(?<!缺少)逐台"
    r"|当[天场](?:重|下架)|，由[^，。]{2,8}(?:去|来|盯|守)|贴[在到]墙上"
)
"""How something is done: no fault and no cause."""
_TO_DO = re.compile(
    r"今后|往后(?!退)|我们?将|(?:^|[。；])(?:[^，。；以年]{0,8}?(?:要(?![求点素紧害往看还写])|必须|应当|务必|将(?![近来]))|请|由)"
)
"""What is still to be done, and so no achievement."""

_PLAN = re.compile(
    r"^[^。！？]*?(?:我们?[^，。！？]{0,2}(?:今后|往后(?![坐退])|打算|将(?![近来信心军]))|(?:^|，)(?:今后|往后|下一步)，?我)"
)
"""A first sentence that says what the speaker is going to do."""


def _remembered(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether a wording holds what a pattern tells."""
    return lru_cache(maxsize=WORDINGS)(lambda template: pattern.search(template) is not None)


_formal, _singular, _of_post, _to_the_room, _told_the_room = map(_remembered, (_FORMAL, _SINGULAR, _POST, _TO_THE_ROOM, _TOLD_THE_ROOM))
_faulty, _to_do = map(_remembered, (_FAULT, _TO_DO))


@lru_cache(maxsize=WORDINGS)
def _gives_orders(template: str) -> bool:
    return bool(_COMMAND.search(template) or any(map(_ORDER.match, _SENTENCES.findall(template))))


@lru_cache(maxsize=WORDINGS)
def _says_how(template: str) -> bool:
    return any(map(_WAY.search, _SENTENCES.findall(template)))


def own(phrase: Phrase) -> bool:
    """Whether the speaker speaks of himself at once."""
    return bool(_MINE.match(phrase.text))


def tells(template: str) -> bool:
    """Whether a wording tells others what to do, fit for those who lead."""
    return bool(_TOLD.match(template))


def plans(template: str) -> bool:
    """Whether a wording sets out with what the speaker is going to do: it says no more what something means."""
    return bool(_PLAN.match(template))


@lru_cache
def _hands_out(level: str) -> re.Pattern[str]:
    """Clauses in which offices act that are not this level's to send."""
    offices = "|".join(_NOT_MINE.get(level, ())) or "(?!)"
    return re.compile(rf"(?:^|[，。；：！？])由?各?(?:{offices})(?!的)")


def _in_its_mood(phrase: Phrase, role: str) -> bool:
    """Whether a wording does what its role does: a fault names what is amiss, an achievement what is done already, and what something
    means is no plan."""
    if role in NEGATIVE_ROLES:
        if phrase.kind == "paragraph":
            return phrase.polarity == "negative"
        amiss = phrase.polarity == "negative" or _faulty(phrase.template)
        return bool(amiss and not _says_how(phrase.template))
    if role == "significance" and plans(phrase.template):
        return False
    told = phrase.template.partition("。")[0] if phrase.kind == "paragraph" else phrase.template  # rules that hold now may be told after it
    return role != "achievement" or not _to_do(told)


@lru_cache(maxsize=WORDINGS)
def _of_other_rank(template: str, level: str) -> bool:
    """Whether a wording speaks of offices above one's own as if they were one's own."""
    mine = RANKS.get(level, 0)
    return any(RANKS[a or b] > mine for a, b in _OTHER_RANK.findall(template))
