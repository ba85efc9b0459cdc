"""What stands around the text of a speech: subtitle, speaker and date lines below the title, signature and closing words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from phrasebank import sentences
from phrasebank.gazetteer import is_ordinary
from phrasebank.name_patterns import SURNAMES

MAX_FRONT = 60
"""Characters of a line of the front matter at most; what is longer is text."""

_HAN_DIGIT = "〇○零一二三四五六七八九十"
_DATE = re.compile(
    rf"[（(]?\s*(?:(?:19|20)\d{{2}}|2[\dXx×*]{{2,3}}|[二一][{_HAN_DIGIT}]{{3}})\s?(?:年|[-./])"
    rf"(?:\s?(?:[\dXx×*]{{0,2}}|[{_HAN_DIGIT}]{{1,3}})\s?(?:月|[-./])?(?:\s?(?:[\dXx×*]{{0,2}}|[{_HAN_DIGIT}]{{1,3}})\s?日?)?)?\s*[）)]?"
)
_SUBTITLE = re.compile(r"\s*(?:[—–\-－─]{1,3}|――)\s*\S")
_OCCASION = re.compile(r"[（(]?在.{2,50}(?:会议?|大会|仪式|活动|典礼|论坛|班|研讨|座谈)上?的.{2,12}[）)]?")
_SPEAKER_LABEL = re.compile(r"(?:讲话|发言|汇报|报告|述职|主讲|宣讲|演讲|撰稿|致辞|主持)(?:人|者)?\s*[:：]\s*\S.*")
_NAME = r"(?:[一-鿿]{1,2}[\s　]{0,4}[一-鿿]{1,2}|[一-鿿]{1,8}(?:·[一-鿿]{1,8}){1,3})"
_POST = (
    "书记|主席|主任|部长|局长|厅长|处长|科长|股长|所长|站长|院长|校长|园长|县长|区长|市长|省长|镇长|乡长|州长|旗长|总理|组长|队长|社长|行长"
    "|委员|常委|专员|干事|干部|代表|同志|董事长|总经理|经理|教师|教授|班长|员"
)
_LEVEL = "省市县区镇乡村州旗局厅委部办院校处科股所站组队社行府会心司线园室"
_POST_AND_NAME = re.compile(rf"(?:[一-鿿、（）()]{{0,40}}[{_LEVEL}][一-鿿、]{{0,6}}?)?(?:常务)?副?(?:{_POST})[\s　]{{0,4}}(?:{_NAME})?")
_BODY = re.compile(
    r"(?:中共)?[一-鿿·]{2,24}(?:委员会|委|党组|总支|支部|政府|局|厅|办公室|办|中心|公司|集团|学校|中学|小学|幼儿园|医院|院|协会|社区|村|街道|镇|乡|县|市)"
)
_BARE_NAME = re.compile(rf"[（(]?[{SURNAMES}](?:[\s　]{{0,4}}[一-鿿]){{1,2}}[）)]?")
_CLOSING_START = re.compile(
    r"(?:特此|以上)[^。]{0,20}(?:发言|汇报|报告|体会|认识|意见|建议|表态|是我)"
    r"|最后[，,][^。]{0,10}[祝愿]|(?:衷心)?祝[^。]{2,40}[！!。]$"
)
_CLOSING_END = re.compile(
    r"[谢謝]{2}(?:大家|各位|同志们)?|批评指正|请予?(?:评议|审议|审查)|散会|(?:特此|以上)(?:报告|汇报|表态)"
    r"|(?:发言|讲话|汇报|报告|述职|党课|宣讲|演讲)[^。！]{0,6}(?:完毕|完了|到(?:此|这里)|结束)"
)
_APPEAL = re.compile(r"(?:各位)?(?:同志们|代表|委员|朋友们|同学们|乡亲们)[，,！!：:]")


@dataclass(frozen=True, slots=True)
class Around:
    """Subtitle, speaker and date as their lines have them; None for what is not there."""

    subtitle: str | None = None
    speaker: str | None = None
    date: str | None = None


def is_front(text: str) -> bool:
    """Whether a line can only be a subtitle, a speaker line or a date line."""
    return len(text) <= MAX_FRONT and all(kind_of(part) for part in _parts(text))


def kind_of(text: str) -> str | None:
    """subtitle, date or speaker, by the form of the line; None for any other line."""
    if _DATE.fullmatch(text):
        return "date"
    if _SUBTITLE.match(text) or _OCCASION.fullmatch(text):
        return "subtitle"
    if _SPEAKER_LABEL.fullmatch(text) or (not _GENRE_END.search(text) and (_POST_AND_NAME.fullmatch(text) or _BODY.fullmatch(text))):
        return "speaker"
    return "speaker" if _BARE_NAME.fullmatch(text) and not is_ordinary(text) else None


def around(front: Sequence[str], tail: Sequence[str]) -> Around:
    """What the lines `front` (between title and text) and `tail` (a signature behind the text) say.

    A date written behind the speaker's name, in brackets or not, is told from it. The front wins over the signature.
    """
    found: dict[str, str] = {}
    for text in (*front, *tail):
        for part in _parts(text):
            if (kind := kind_of(part)) and len(part) <= MAX_FRONT:
                found.setdefault(kind, part.strip("（）()"))
    return Around(found.get("subtitle"), found.get("speaker"), found.get("date"))


def _parts(text: str) -> list[str]:
    """A line, cut before a date that follows a name on it."""
    dates = [m for m in _DATE.finditer(text) if m.group().strip("（(） )")]
    if dates and dates[-1].end() == len(text) and text[: dates[-1].start()].strip():
        return [text[: dates[-1].start()].strip(), dates[-1].group().strip()]
    return [text]


def closing_of(paragraphs: Sequence[str]) -> str | None:
    """The closing words: thanks, 以上发言…, an invitation to judge, or a last call upon the audience; of a paragraph the
    sentences from the first of them on. None for a speech that just ends."""
    last = paragraphs[-1] if paragraphs else ""
    if _CLOSING_START.match(last) or (_APPEAL.match(last) and last.endswith(("！", "!"))):
        return last
    if not _CLOSING_END.search(last, max(0, len(last) - 40)):
        return None
    said = sentences.split(last)
    first = len(said) - 1
    while first and (_CLOSING_START.match(said[first - 1]) or _CLOSING_END.search(said[first - 1])):
        first -= 1
    return "".join(said[first:])


_COLON = re.compile("[：:]")
_SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的)?[^。；]{0,40}?(?:同志们|同志|代表|委员|领导|同事|朋友们|朋友|来宾|嘉宾"
    r"|党员|女士们|先生们|老师|同学们|乡亲们|大家好|书记|组长|评委)(?:们)?(?:[，,、 ]{0,2}(?:大家"
    r"|上午|下午|早上)?好)?\s*[:：！!]?"
)


def is_salutation(text: str) -> bool:
    """Whether a line addresses the audience and does nothing else."""
    return len(text) <= 50 and text[-1:] in "：:！!" and _SALUTATION.fullmatch(text) is not None


def salutation_size(text: str) -> int:
    """Characters of the salutation a line begins with, text running on behind its colon or not; 0 for none."""
    if is_salutation(text):
        return len(text)
    colon = _COLON.search(text, 0, 50)
    return colon.end() if colon and is_salutation(text[: colon.end()]) else 0


_LABEL = re.compile(
    r"[【\[（(]?\s*(?:第\s*[\d一二三四五六七八九十]{1,3}\s*篇|篇\s*[\d一二三四五六七八九十]{1,3}"
    r"|(?:范文|材料|发言)\s*[\d一二三四五六七八九十]{1,3})\s*[】\]）)]?\s*[:：、.．]?\s*"
)
GENRE_WORDS = re.compile(
    r"讲话|发言|材料|讲稿|党课|致辞|主持词|报告|总结|体会|演讲|述职|汇报|讲稿|表态|决定|意见|通知|方案|规划"
)

_GENRE_END = re.compile(rf"(?:{GENRE_WORDS.pattern})$")
_COUNTED = re.compile(rf"(.{{4,50}}?)\s?(?:[【（(]?(篇)\s?([\d{_HAN_DIGIT}]{{1,2}})[】）)]?|(\d{{1,2}}))")


def _numbers(number: int) -> tuple[str, ...]:
    """How a number up to 10 is written, in digits beyond."""
    return (str(number), "一二三四五六七八九十"[number - 1]) if number <= 10 else (str(number),)


def counted_titles(texts: Sequence[str]) -> list[int]:
    """Where one title comes with 1, 2, 3 … behind it: with 篇 before the number, or mostly above a salutation, for the head of a
    printed page has a number too. A title that stands above without number may be counted but once."""
    found: dict[str, list[int]] = {}
    bare = [text.strip() for text in texts]
    for i, text in enumerate(bare):
        title = _COUNTED.fullmatch(text) if len(text) <= MAX_FRONT else None
        if not title or (title.group(3) or title.group(4)) not in _numbers(len(found.get(title.group(1), [])) + 1):
            continue
        if title.group(2) or any(is_salutation(below) for below in bare[i + 1 : i + 3]):
            found.setdefault(title.group(1), []).append(i)
    name, places = max(found.items(), key=lambda item: len(item[1]), default=("", []))
    return places if len(places) >= 2 or name in bare[:8] or any("篇" in bare[i][-4:] for i in places) else []


def piece_label(text: str) -> int:
    """How many characters of a line number the pieces of a collection (第2篇：); 0 for a line that does not. A numbered
    chapter of a plan (第一篇　总则) numbers none."""
    label = _LABEL.match(text) if len(text) <= 80 else None
    if not label or sentences.ends_sentence(text):
        return 0
    closed = label.group().strip()[-1] in "】]）):：、.．" or label.end() >= len(text) or text[0] == "篇"
    return label.end() if closed or GENRE_WORDS.search(text) else 0
