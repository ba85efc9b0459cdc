"""Word files saved as Strict Open XML, as the transitional ones that python-docx and most office programs know.

Both say the same under other names (ECMA-376-1 and -4): namespaces and kinds of relationships, and start and end for left and right.
"""

from __future__ import annotations

import io
import re
import zipfile

_MARK = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)((?:/\w+)?)")
_OTHERWISE = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
"""Names that are spelt otherwise, not only put elsewhere."""
_SIDES = {b"start": b"left", b"end": b"right"}
_EDGE = re.compile(rb"<(/?)w:(start|end)(?=[ />])")
_INDENT = re.compile(rb'(?<=<w:ind )[^>]*')
_SIDE = re.compile(rb"\bw:(start|end)(?=(?:Chars)?=)")
_ALIGNED = re.compile(rb'(?<=<w:jc w:val=")(start|end)(?=")')
_CONFORMANCE = re.compile(rb'\s[\w:]*conformance="strict"')


def transitional(data: bytes) -> bytes:
    """A Word file as a transitional one; what is none, or no strict one, as it is. Check it first, as `open_package` does."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        names = source.namelist()
        if "_rels/.rels" not in names or _MARK not in source.read("_rels/.rels"):
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for name in names:
                part = source.read(name)
                target.writestr(name, _renamed(name, part) if name.endswith((".xml", ".rels")) else part)
    return made.getvalue()


def _renamed(name: str, part: bytes) -> bytes:
    part = _CONFORMANCE.sub(b"", _NAME.sub(_transitional_name, part))
    if not name.endswith("numbering.xml"):  # there w:start is the number a list begins with
        part = _EDGE.sub(lambda found: b"<" + found[1] + b"w:" + _SIDES[found[2]], part)
    part = _INDENT.sub(lambda found: _SIDE.sub(lambda side: b"w:" + _SIDES[side[1]], found[0]), part)
    return _ALIGNED.sub(lambda found: _SIDES[found[1]], part)


def _transitional_name(found: re.Match[bytes]) -> bytes:
    family, kind, more = found[1], found[2], found[3].removeprefix(b"/")
    name = b"http://schemas.openxmlformats.org/" + family + b"/2006/" + _OTHERWISE.get(kind, kind)
    return name + (b"/" + _OTHERWISE.get(more, more) if more else b"")
