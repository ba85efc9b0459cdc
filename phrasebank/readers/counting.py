"""Numbers as Word writes them before the paragraphs of a list."""

from __future__ import annotations

_HAN = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LARGEST = 9999
"""No list is longer: beyond it stands a plain number, which also bounds what a damaged start value can write."""

_SETS: dict[str, str | tuple[str, ...]] = {
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "ideographZodiacTraditional": tuple(stem + branch for stem, branch in zip(_STEMS * 6, _BRANCHES * 5, strict=True)),
}
"""Formats that list their numbers one by one."""

_DIGITS = {
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "ideographDigital": _HAN,
    "japaneseDigitalTenThousand": _HAN,
    "taiwaneseDigital": "○一二三四五六七八九",
}
"""Formats that write a figure for each digit."""

_COUNTED = {
    "chineseCountingThousand": ("零一二三四五六七八九", "十百千"),
    "taiwaneseCountingThousand": ("零一二三四五六七八九", "十百千"),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "japaneseCounting": (" 一二三四五六七八九", "十百千"),
    "japaneseLegal": (" 壱弐参四伍六七八九", "拾百阡"),
}
"""Formats that count in tens, hundreds and thousands; where zero is a space it is not written."""

_ROMAN = {
    "M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1,
}  # fmt: skip


def write_number(value: int, form: str) -> str:
    """`value` in one of Word's number formats (ECMA-376-1, 17.18.59, ST_NumberFormat).

    Where a set of characters ends, decimal figures go on, as in Word; they also stand for formats not known here.
    """
    if form in ("none", "bullet"):
        return ""
    if not 1 <= value <= _LARGEST:
        return str(value)
    if form in _SETS:
        return _SETS[form][value - 1] if value <= len(_SETS[form]) else str(value)
    if form in _DIGITS:
        return _positional(value, _DIGITS[form])
    if form in _COUNTED:
        return _counted(value, form)
    return _by_rule(value, form)


def _by_rule(value: int, form: str) -> str:
    match form:
        case "chineseCounting" | "taiwaneseCounting":  # tens up to 99, a figure for each digit from 100 on
            return _counted(value, "chineseCountingThousand") if value < 100 else _positional(value, _HAN)
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)  # z is followed by aa, bb, cc
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman":
            return _roman(value).lower()
        case "upperRoman":
            return _roman(value)
        case "decimalZero":
            return f"{value:02}"
        case "numberInDash":
            return f"- {value} -"
    return str(value)


def _positional(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _counted(value: int, form: str) -> str:
    """A number up to 9999 in words: 二十三, 一百零五, 壹拾."""
    digits, units = _COUNTED[form]
    places = [(int(digit), unit) for digit, unit in zip(reversed(str(value)), ("", *units), strict=False)]
    words = "".join(digits[digit] + unit if digit else digits[0] for digit, unit in reversed(places))
    while digits[0] * 2 in words:
        words = words.replace(digits[0] * 2, digits[0])
    words = words.rstrip(digits[0]).replace(" ", "")
    if form == "japaneseCounting":
        for unit in units:
            words = words.replace("一" + unit, unit)
    return words.removeprefix("一") if words.startswith("一十") else words


def _roman(value: int) -> str:
    letters = ""
    for letter, size in _ROMAN.items():
        letters += letter * (value // size)
        value %= size
    return letters
