"""Damage in a text that is marked and never filled in: lost names and numbers, cuts, broken lines, half-width marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from phrasebank import sentences
from phrasebank.clean import Cleaned
from phrasebank.headings import parse_mark
from phrasebank.mending import Block
from phrasebank.model import Defect
from phrasebank.scan import any_of
from phrasebank.structure import Part

_TITLE = r"总书记|书记|主席|总理|同志|省长|市长|县长|区长|镇长|乡长|部长|局长|主任|省委|市委|县委|省|市|县|区|镇|乡|村|街道|社区|局"
_CENSORED = re.compile(
    rf"(?:[*＊_×○〇□■]{{1,6}}|[XxＸ]{{1,6}}|某{{2,4}})(?:{_TITLE})|习[*＊×○]{{1,3}}|(?<=[一-鿿])[*＊×]{{2,6}}(?=[一-鿿])"
)
_LOST_PERCENT = re.compile(r"[一-鿿]{1,4}[*＊_×xX]{0,3}(?<!百分之)[ 　]{0,4}[%％]")
_LOST_NUMBER = re.compile(
    r"(?:达到?|增长|下降|提高|超过?|突破|新增|完成|实现|投资|投入|占比|共有?|累计|约|建成|整治|改造|帮扶|脱贫|收入)(?:了|为|至)?"
    r"(?:[*＊_×xX]{1,4})?(?:余|多)?(?:个百分点|亿元|万元|公里|平方米|万亩|万人次?|万户|余人|余户|户[，。、；]|人次|元[，。、；]|名[一-鿿])"
    r"|[*＊_×xX]{1,4}(?:年|月|日|万|亿|元|公里|个|户|人|名|项|家|次)(?![一-鿿]{0,1}[*＊])"
)
_LOST_AMOUNT = re.compile(
    r"[一-鿿]{2}(?<![一二三四五六七八九十百千万亿零〇两几数多余半每按以近约若整点分之来到方吨长过超元破])"
    r"(?:平方公里|公里|平方米|万元|亿元|万亩|公顷|个百分点|立方米|千瓦时|万人次|万吨|万千瓦)(?=[，。、；\s]|$)"
)
"""A unit of measure at the end of a clause behind a word: in 7.8 million characters of sound reports none stands so."""
_LOST_COUNT = re.compile(
    r"(?:脱贫|就业|惠及|受益|吸纳|安置|带动|选派|救助)(?:群众|劳动力)?人(?=[，。；]|$)"
    r"|(?:共有?|涉及|覆盖|惠及|辖|全[县市镇乡区])(?:个(?=[村镇乡社县部单项])|户(?=[群农贫居])|家(?=[企合])|名(?=[党群干学]))"
    r"|(?<=[村镇乡县])、[户名](?=群众|农户|贫困|居民|党员|干部)"
    r"|(?:增长|下降|提高|增加|减少|达到|突破|超过)了?[ 　]{1,8}(?=[，。；])"
    r"|百分之(?![一二三四五六七八九十百零〇两几\d０-９\s*＊_×xX])(?=以上|以下|左右|[，。、；]|[一-鿿])"
    r"|[一-鿿](?<![一二三四五六七八九十百千万亿零〇两几数多余半])[ 　]{1,8}"
    r"(?:[百千]?[万亿]美?元|个百分点|公里|平方米|平方公里|万[亩人户吨]|人次)(?=[，。、；\s]|$)"
    r"|(?<![\d一-鿿 　])[ 　]{0,8}年[ 　]{0,4}月[ 　]{0,4}日(?!\d)|(?<=[于自至在从到])[ 　]{0,8}年[ 　]{0,4}月(?:[ 　]{0,4}日)?(?!\d)"
)
"""Words that a figure parts and that nothing parts here: in 9 million bytes of sound reports none stands so."""
_HALF = re.compile(r"[,;:?!()\"](?=[一-鿿“”‘’《》（）【】])|(?<=[一-鿿“”‘’《》（）【】。，])[,;:?!()\"]")
_NUMBERISH = re.compile(r"\d[,:]\d")
_MISSPELT = (
    "再接再励|迫不急待|一如继往|默守成规|名列前矛|穿流不息|甘败下风|一愁莫展|谈笑风声|重蹈复辙|既使如此|震憾|松驰|防碍|急燥|脏款|气慨|布署|"
    "日溢|进迁|防犯|按装|部暑|座落在|水笼头|"
    "按步就班|走头无路|不径而走|世外桃园|鼎立相助|声名雀起|惮精竭虑|沤心沥血|呕心呖血|金壁辉煌|做为一名|反应强烈的问题"
)
_TYPOS = re.compile(
    rf"{_MISSPELT}|(?<![性的是])经济人(?=[，。、；）]|队伍|协会|培训|资格|公司)"
    "|[，、；]{2,}|。[，、；]|[，、；]。|(?<![的目])的的(?!确)|和和(?![美气睦])"
)
_DOUBLED = {f"{a}{b}" for a in "，、；。" for b in "，、；。"} - {"。。"}
_TAIL = re.compile(r"[^。！？!?]*$")
_HEAD = re.compile(r"^[^。！？!?]*[。！？!?]?")
MAX_QUOTE = 60
"""Characters of damaged text quoted in a defect."""


def find_defects(cleaned: Cleaned, blocks: Sequence[Block], parts: Sequence[Part]) -> list[Defect]:
    """All damage of a text, by line."""
    found = [*_line_defects(cleaned), *_broken(blocks), *_cut(blocks, parts), *_marked(cleaned)]
    return sorted(found, key=lambda d: (d.line, d.kind))


_BY_LINE = (
    (
        re.compile(r"[*＊_×○〇□■XxＸ某%％](?:(?<![%％])|(?<=[一-鿿*＊_×xX 　].))"),
        ((_CENSORED, "censored_name"), (_LOST_PERCENT, "missing_number")),
    ),
    (
        re.compile(
            r"[达到长降高超过破增成现资入比共有计约治造扶贫了为至余多*＊_×xX]"
            r"(?:(?<=[*＊_×xX])|个百|亿元|万[元亩人户]|公里|平方|余[人户]|户[，。、；]|人次|元[，。、；]|名)"
        ),
        ((_LOST_NUMBER, "missing_number"),),
    ),
    (
        re.compile(
            r"[里米元亩顷点时次吨瓦](?=[，。、；\s]|$)(?:(?<=[一-鿿]公里)|(?<=平方公里)|(?<=[平立]方米)|(?<=[一-鿿][万亿]元)|(?<=[一-鿿]万亩)"
            r"|(?<=[一-鿿]公顷)|(?<=[一-鿿]个百分点)|(?<=千瓦时)|(?<=万人次)|(?<=[一-鿿]万吨)|(?<=万千瓦))"
        ),
        ((_LOST_AMOUNT, "missing_number"),),
    ),
    (
        re.compile(
            r"[人个户家名、分年 　](?:(?<=[贫业及益纳置动派助众力]人)|(?<=[有共及盖辖县市镇乡区][个户家名])|(?<=、)[户名]|(?<=百分)之"
            r"|(?<=[ 　])[百千万亿个公平人美，。；年月日]|(?<=年)[ 　月])"
        ),
        ((_LOST_COUNT, "missing_number"),),
    ),
    (any_of((*_MISSPELT.split("|"), "经济人", "的的", "和和", *_DOUBLED)), ((_TYPOS, "typo"),)),
)
"""A hint, which is a pattern quick to search for, and what need not be tried without it: patterns and kinds of damage."""
_HALF_HINT = re.compile(r"[,;:?!()\"]")


def _line_defects(cleaned: Cleaned) -> Iterator[Defect]:
    """What a line shows by itself."""
    for number, text in cleaned.lines:
        if _HALF_HINT.search(text) and (marks := _HALF.findall(_NUMBERISH.sub("", text))):
            yield Defect(number, "half_width_punctuation", "".join(dict.fromkeys(marks)))
        for pattern, kind in (found for hint, patterns in _BY_LINE if hint.search(text) for found in patterns):
            yield from (Defect(number, kind, m.group()) for m in pattern.finditer(text))


def _broken(blocks: Sequence[Block]) -> Iterator[Defect]:
    """Hard line breaks inside sentences, with a few characters on both sides."""
    for block in blocks:
        start, line = 0, block.line
        for offset, after in block.joins:
            yield Defect(line, "broken_line", block.text[max(start, offset - 6) : offset + 6])
            start, line = offset, after


def _cut(blocks: Sequence[Block], parts: Sequence[Part]) -> Iterator[Defect]:
    """Ends cut off before gaps and at the end of a speech, and beginnings lost behind gaps."""
    ends = {part.blocks[-1].line for part in parts if part.truncated}
    for block in blocks:
        if (block.cut_after or block.line in ends) and not sentences.ends_sentence(block.text):
            tail = _TAIL.search(block.text)
            yield Defect(block.last, "truncated_end", (tail.group() if tail else block.text)[-MAX_QUOTE:])
        if block.cut_before and _starts_midway(block):
            head = _HEAD.match(block.text)
            yield Defect(block.line, "truncated_end", (head.group() if head else block.text)[:MAX_QUOTE])


def _starts_midway(block: Block) -> bool:
    """Whether a block behind a gap lacks its beginning: nothing shows that it opens a paragraph."""
    return parse_mark(block.text) is None


def _marked(cleaned: Cleaned) -> Iterator[Defect]:
    """Marks that were taken out of the middle of a line."""
    kept = dict(cleaned.lines)
    for item in cleaned.removed:
        if item.line in kept and kept[item.line].strip() and item.kind in ("paywall_marker", "watermark"):
            yield Defect(item.line, "inline_marker", item.text)
