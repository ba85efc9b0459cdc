"""Whose words are quoted, and what is reported without quotation marks.

Reported is what follows a speaker with a verb of saying and a comma or colon: a leader's words and what 有人 holds to the
end of the sentence, a proverb as far as it is built evenly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from phrasebank.scan import any_of

_CUE = any_of(("书记", "主席", "党中央", "习近平", "毛泽东", "邓小平", "江泽民", "胡锦涛", "周恩来", "刘少奇", "朱德", "陈云", "同志"))
"""One of these stands in the name of every speaker."""
_PERSON = (
    r"(?:(?:时任[^，。“”]{2,12})?(?:习近平|毛泽东|邓小平|江泽民|胡锦涛|周恩来|刘少奇|朱德|陈云)"
    r"(?:总书记|主席|同志|总理)?(?!总书记|主席|同志|总理|为|新时代|思想|理论|[^，。“”]{2,4}思想)"
    r"|毛主席|周总理|[*＊_×xX○]{1,4}(?:总书记|主席|书记|同志)|总书记)"
)
"""A leader, not the thought that bears his name nor the group he stands for."""
_SPEAKER = rf"(?:以习近平同志为核心的党中央|{_PERSON}|党中央)"
_SAID = r"(?:指出|强调|说过?|要求|提出|讲(?:过|到)?|告诫|指示|寄语|号召|谈到|曾说|写道|勉励|嘱托|叮嘱|教导|明确)"
_SAYS = re.compile(rf"[^。！？“”]{{0,40}}?{_SAID}[^。！？“”]{{0,12}}$")
_AFTER = re.compile(
    rf"[，,]?(?:这是|是|正是|——)?[，,]?({_SPEAKER})[^。！？]{{0,24}}(?:要求|嘱托|教导|名言|论述|话|强调|指出)"
)
_MENTION = re.compile(_SPEAKER)
_NAMED_PERSON = re.compile(_PERSON)
_EXAMPLE = re.compile(r"(?:比如|例如|诸如|如|正如|像|从|到)[，,：:]?$")

_OPEN = r"[，,：:](?![“\"「‘])"
_LEADER_SAYS = re.compile(
    rf"({_SPEAKER})[^，,。！？；：:“”]{{0,40}}?(?:指出|强调|曾?说过?|讲过|谈到|(?:告诫|要求|勉励)(?:我们|全党|大家)){_OPEN}"
)
_ACCORDING = re.compile(r"(?:按照|根据|遵照|依据|对照|落实|贯彻|围绕)[^，,。；]{0,12}$")
_OTHERS_SAY = re.compile(rf"(有(?:的|些)?(?:人|同志|干部|群众|党员))(?:会|常|就|曾)?(?:说|讲|认为){_OPEN}")
_PROVERB = re.compile(
    rf"(?:俗话|常言|老话|俗语|民谚|谚语|古话|(?:老百姓|群众|人们)常|有句话)(?:说|讲|道)?(?:得好|的好)?{_OPEN}"
)
SAGES = "孔子|孟子|老子|荀子|庄子|墨子|韩非子|管子"
ANCIENTS = "古人|古语|先贤"
CITES = "有云|有言|所云|诗云|言道|写道|云|曰|载"
"""Verbs that only the words of books and of the ancients follow."""
BOOK = "《[^《》\n]{1,12}》"
_ANCIENT = re.compile(
    rf"(?:(?:(?P<who>{SAGES})|{ANCIENTS})曾?(?:说|讲|{CITES})?|(?P<book>{BOOK})[里中]?(?:{CITES}))(?:过|得好|的好)?{_OPEN}"
)
_SOURCE = re.compile(rf"({SAGES}|{BOOK})(?:里|中|曾)?(?:说|讲|{CITES})(?:过|得好|的好)?[：:，,]?$")
_HANDED_DOWN = (
    (any_of(("俗话", "俗语", "常言", "谚", "老话", "古话", "常说", "常讲", "有句话")), _PROVERB, "saying"),
    (any_of((*ANCIENTS.split("|"), *SAGES.split("|"), "》")), _ANCIENT, "classic"),
)
"""What stands in every introduction of such words, the introductions, and the kind."""
_SENTENCE = re.compile(r"[^。！？!?]{8,300}")
_CLAUSES = re.compile(r"([^，,。！？!?；;]{3,16})(?:[，,]([^，,。！？!?；;]{3,16}))?")
_LONG_QUOTATION = re.compile(r"[“「][^”」]{12}")


def speaker_of(quoted: str, before: str, after: str, near: str | None) -> str | None:
    """The leader who said what is quoted, None where none is named.

    `before`: the sentence up to the quotation, `after`: what follows it, `near`: who said the quotation right before.
    """
    clause = len(quoted) >= 8 or "，" in quoted or "," in quoted
    mentions = list(_MENTION.finditer(before)) if _names_leader(before) else []
    if len(quoted) >= 6 and (speakers := [m.group() for m in mentions if _SAYS.match(before, m.end())]):
        return next(filter(_NAMED_PERSON.fullmatch, reversed(speakers)), speakers[-1])
    if clause and _names_leader(after) and (found := _AFTER.match(after)):
        return found.group(1)
    if clause and _EXAMPLE.search(before):
        return near or (mentions[-1].group() if mentions else None)
    return None


def _names_leader(text: str) -> bool:
    return _CUE.search(text) is not None


def find_reported(text: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Start, end, kind and speaker of what is reported without quotation marks."""
    if _names_leader(text):
        for said in _LEADER_SAYS.finditer(text):
            if not _ACCORDING.search(text[max(0, said.start() - 16) : said.start()]):
                yield from _sentence(text, said.end(), "leader", said.group(1))
    if "有" in text:
        for said in _OTHERS_SAY.finditer(text):
            yield from _sentence(text, said.end(), "saying", said.group(1))
    for cue, pattern, kind in _HANDED_DOWN:
        if cue.search(text):
            for said in pattern.finditer(text):
                who = next(filter(None, said.groups()), None)
                yield from _even_clauses(text, said.end(), kind, who)


def source_of(before: str) -> str | None:
    """The sage or the book that `before`, the sentence up to a quotation, names as its source (孔子, 《礼记》)."""
    found = _SOURCE.search(before)
    return found[1] if found else None


def _even_clauses(text: str, start: int, kind: str, who: str | None) -> Iterator[tuple[int, int, str, str | None]]:
    """The clause at `start`, and the next one when it is as long."""
    if found := _CLAUSES.match(text, start):
        even = found[2] and len(found[1]) == len(found[2])
        yield start, found.end(2 if even else 1), kind, who


def _sentence(text: str, start: int, kind: str, who: str) -> Iterator[tuple[int, int, str, str | None]]:
    """What is reported up to the end of the sentence, unless it goes over into a quotation with marks."""
    found = _SENTENCE.match(text, start)
    if found and not _LONG_QUOTATION.search(found.group()):
        yield start, found.end(), kind, who
