"""The encoding of a text that does not say which it has."""

from __future__ import annotations

from phrasebank.errors import ReadError

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    "产种面而方后多定行学法所民得经"
)
"""Frequent characters: a decoding that yields many of them is the right one."""

def decode(data: bytes, file: str | None = None) -> str:
    """Bytes as text: by byte order mark, else UTF-8, UTF-16 without mark, GB18030 or Big5, whichever reads best."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(_try(data, codec), file)
    text = _try(data, "utf-8")
    if text is not None and "\0" not in text:
        return _checked(text, file)
    codecs = ("utf-16-le", "utf-16-be") if b"\0" in data else ("gb18030", "big5")
    tried = [(score, text) for codec in codecs if (text := _try(data, codec)) and (score := _score(text)) > 0]
    return _checked(max(tried)[1] if tried else None, file)


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _score(text: str) -> float:
    """How much a decoded text looks like Chinese prose: the share of frequent characters, strays counted off."""
    sample = text[:20000]
    odd = sum((c < " " and c not in "\t\r\n\f") or "\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in sample)
    han = sum("\u4e00" <= c <= "\u9fff" for c in sample)
    known = sum(c in _COMMON for c in sample)
    return (known + 0.1 * han - 3 * odd) / max(1, len(sample))


def _checked(text: str | None, file: str | None) -> str:
    """`text`, unless it holds what no text holds."""
    controls = 0 if text is None else sum(c < " " and c not in "\t\r\n\f\v\x1c\x1d\x1e" for c in text[:20000])
    if text is None or "\0" in text or controls > len(text[:20000]) // 100:
        raise ReadError("不是文本文件，或编码无法识别，请另存为 UTF-8 编码的 .txt", file)
    return text
