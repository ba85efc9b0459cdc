"""The encoding of a text that does not say which it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from phrasebank.errors import ReadError

LEGACY = ("gb18030", "big5hkscs")
"""Codecs from before Unicode. Big5 with its Hong Kong letters, for these hold 裏 and 恒 of Windows' Big5 too."""
_ALL = ("utf-8", *LEGACY, "utf-16-le", "utf-16-be")
_MARKS = (  # UTF-32 first: its mark begins like that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    "产种面而方后多定行学法所民得经"
    "這為個國時來們於對會發動過說產種後學經從無開關進點機體長黨業務實設員總議當與應現"
)
"""Frequent characters, simplified and traditional: a decoding that yields many of them is the right one."""
_PUNCTUATION = frozenset("，。、；：？！“”‘’「」『』（）《》〈〉【】〔〕—…·％　")
MAX_LOST = 3
"""Bytes of a text that may be lost to damage (a cut character at the end has up to three), or one in a thousand."""
_SAMPLE = 2_000
"""Bytes or characters that are looked at; twenty characters tell nearly always."""
_FEW = 10
"""Rare characters that a text may have, however short: in names."""
_BAD = re.compile(r"[\0\ud800-\udfff]+")
_NULLS = re.compile(r"\0+")
_BEYOND_ASCII = re.compile(rb"[\0\x80-\xff]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x1f]")
_THREE_BYTES = re.compile(r"[\u0800-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what the user should know of its decoding."""

    text: str
    notices: tuple[str, ...] = ()


def decoded(data: bytes, file: str | None = None) -> Decoded:
    """Bytes as text: by byte order mark, else as UTF-8, else in the codec that reads best; by that too where the mark
    lies, as tools write one before bytes they do not look at.

    A few bytes that cannot be decoded become U+FFFD, and a notice counts the places. Marks inside the text (files joined
    end to end) are left out. Raises ReadError for what is no text.
    """
    mark, codec = next(((mark, codec) for mark, codec in _MARKS if data.startswith(mark)), (b"", ""))
    body = data[len(mark) :]
    if codec and _is_sound(text := _lenient(body, codec), len(body)):
        return _mended(text, file)
    if (strict := certain_utf8(body)) is not None:
        return _checked(strict, file)
    codec = best_codec(body, _ALL)
    text = _lenient(body, codec)
    if _score(body, codec) <= 0 or not _is_sound(text, len(body)):
        raise _no_text(file)
    return _mended(text, file)


def best_codec(data: bytes, codecs: Sequence[str]) -> str:
    """The one of `codecs` in which bytes look most like Chinese prose; of equals the first."""
    return max(codecs, key=lambda codec: _score(data, codec))


def certain_utf8(data: bytes) -> str | None:
    """Bytes as UTF-8, where they certainly are, else None.

    A pair of GBK bytes may look like one letter of Greek or Cyrillic, so there must be a character of three bytes.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if "\0" not in text and (text.isascii() or _THREE_BYTES.search(text)) else None


def _lenient(data: bytes, codec: str) -> str:
    """Bytes as text, those that cannot be decoded as lone surrogates, which no codec yields."""
    unit = 4 if codec.startswith("utf-32") else 2 if codec.startswith("utf-16") else 1
    whole = len(data) - len(data) % unit
    errors = "surrogateescape" if unit == 1 else "surrogatepass"
    try:
        return data[:whole].decode(codec, errors) + "\udcff" * (whole < len(data))
    except UnicodeDecodeError:  # UTF-32 beyond Unicode
        return "\udcff" * len(data)


def _score(data: bytes, codec: str) -> float:
    """How much bytes decoded look like Chinese prose: the mean weight of the characters from the first beyond ASCII on."""
    beyond = _BEYOND_ASCII.search(data)
    start = beyond.start() & ~1 if beyond else 0  # even, for UTF-16
    return _mean_weight(_NULLS.sub("\0", _lenient(data[start : start + _SAMPLE], codec)))


def is_prose(text: str) -> bool:
    """Whether a text that was decoded elsewhere is one, not bytes taken for characters: by the same weights, and by rare
    characters, which chance makes four in five of all Chinese ones."""
    sample = "".join(text.split())[:_SAMPLE]
    chinese = [c for c in sample if "\u4e00" <= c <= "\u9fff"]
    rare = sum(c not in _common() for c in chinese)
    return not sample or (_mean_weight(sample) > 0 and rare <= max(_FEW, len(chinese) // 2))


def _mean_weight(text: str) -> float:
    return sum(map(_weight, text)) / max(1, len(text))


@cache
def _weight(c: str) -> float:
    """Frequent characters and marks speak for a decoding; rare ones, other scripts and what is no character against it."""
    if c in _FREQUENT:
        return 3
    if c in _PUNCTUATION:
        return 1.5
    if c in _common():
        return 1
    if " " <= c <= "~" or c in "\t\r\n":
        return 0.2
    if "\u4e00" <= c <= "\u9fff":
        return -0.5
    return -2 if c.isprintable() else -5


@cache
def _common() -> frozenset[str]:
    """The characters of the first levels of GB 2312 (3,755) and of Big5 (5,401), which those standards call common."""
    return frozenset((*_rows("gb2312", range(0xB0, 0xD8)), *_rows("big5", range(0xA4, 0xC7))))


def _rows(codec: str, leads: Iterable[int]) -> str:
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    return "".join(bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)


def _is_sound(text: str, size: int) -> bool:
    """Whether a text decoded from `size` bytes has lost no more than damage takes."""
    return sum(len(run.replace("\0", "")) or 1 for run in _BAD.findall(text)) <= max(MAX_LOST, size // 1000)


def _mended(text: str, file: str | None) -> Decoded:
    """`text`, its damage marked and counted."""
    text, places = _BAD.subn("\ufffd", text)
    return _checked(text, file, lost(places))


def lost(places: int) -> tuple[str, ...]:
    """What to tell the user of so many places that could not be decoded."""
    return (f"有 {places} 处字节无法解码，已用“\ufffd”代替",) if places else ()


def _checked(text: str, file: str | None, notices: tuple[str, ...] = ()) -> Decoded:
    """`text`, unless it is full of control characters."""
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 100:
        raise _no_text(file)
    return Decoded(text.replace("\ufeff", ""), notices)


def _no_text(file: str | None) -> ReadError:
    return ReadError("不是文本文件，或编码无法识别，请另存为 UTF-8 编码的 .txt", file)
