"""The JSON Schema of outlines, for editors: what may stand where, with what it means, and completion of every name.

Draft 7, which the YAML plug-in of VS Code reads. What the schema refuses the reader (`drafting.outline`) refuses too; what it
cannot tell (whether a fact or phrase that is referred to exists, what stands in other files) only the reader does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from drafting.config import Library
from drafting.genres import Genre, Part
from drafting.nodes import NUMBER
from drafting.outline import CHARACTERS, EXEMPT_ID, MINUTES, SEED, YEAR
from drafting.plan import CHARACTERS_A_MINUTE
from drafting.themes import Theme
from phrasebank.levels import LEVELS

Schema = dict[str, Any]

_WORDS = ["string", "number", "boolean", "null"]
"""Whatever stands for text; a key without a value is a key left out."""
_FILE = r"\.([Yy][Aa]?[Mm][Ll])\s*$"
_BOOLEAN = r"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$"
_WHOLE = rf"^\s*{NUMBER}\s*$"
_SNIPPET = {"label": "一条事实", "body": [{"name": "$1", "value": "$2", "unit": "$3", "year": "$4", "source": "$5"}]}
"""What VS Code offers beside the keys."""


def schema(library: Library) -> Schema:
    """The schema for the genres and themes of `library`."""
    outline = _outline(library)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "拟稿提纲",
        "description": "nigao draft、nigao batch 和起草界面读写的提纲。",
        "definitions": {"profile": _profile(), "fact": _fact(), "section": _section(library), "point": _point(library), "piece": outline},
        **outline,
        "properties": {**outline["properties"], "pieces": _pieces()},
        "allOf": [
            *outline["allOf"],
            *(_needed(name) for name in ("genre", "theme")),
            *(_pieces_follow("genre", genre, _parts_of(genre)) for genre in library.genres.values()),
            *(_pieces_follow("theme", theme, _facets_of(theme)) for theme in library.themes.values()),
        ],
    }


def _outline(library: Library) -> Schema:
    """An outline but for the keys that must stand: a piece may have them from what stands beside `pieces`."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "genre": _names(library.genres, "文种", [genre.about for genre in library.genres.values()]),
            "theme": _names(library.themes, "主题", ["、".join(f.name for f in t.facets) for t in library.themes.values()]),
            "title": _text("标题。不写就按文种和主题拟一个。"),
            "subtitle": _text("副标题，不用写破折号。"),
            "characters": _number("要写多少字；与 minutes 都写时以它为准。", "integer", *CHARACTERS),
            "minutes": _number(f"要讲几分钟，按每分钟 {CHARACTERS_A_MINUTE} 字算。", "number", *MINUTES),
            "seed": _number("换一个数，就换一稿。", "integer", *SEED),
            "occasion": _text("会议或活动的全称，写进开头。"),
            "date": _text("发言日期，印在标题下面的括号里。"),
            "salutation": _text("称呼，如 同志们：。不写用文种的。"),
            "profile": {**_inline("object"), "description": "谁在讲；也可以写一个 .yaml 文件名，几份提纲共用。", **_profile()},
            "facts": {
                **_inline("array"), "items": {"$ref": "#/definitions/fact"},
                "description": "事实清单：数字、名称只能从这里进入稿子；也可以写一个 .yaml 文件名。",
                "defaultSnippets": [_SNIPPET],
            },
            "sections": {
                "type": ["array", "null"], "items": {"$ref": "#/definitions/section"},
                "description": "各部分，按这个顺序；不写就用文种自己的。",
            },
            "cases": {
                "type": ["array", "null"], "items": {"type": _WORDS[:3]},
                "description": "有意引用的外地、外单位、他人的名称，检查时不当作串进来的地名人名。",
            },
            "except": {
                "type": ["array", "null"], "items": _exempt(),
                "description": "检查查出来、但就是要这样写的：检查的编号和那几个字，如 R02: 西河镇；可以再写 reason 理由。",
            },
        },
        "allOf": [
            *(_follows("genre", genre, _parts_of(genre)) for genre in library.genres.values()),
            *(_follows("theme", theme, _facets_of(theme)) for theme in library.themes.values()),
        ],
    }  # fmt: skip


def _pieces() -> Schema:
    return {
        "type": ["array", "null"], "minItems": 1, "items": {"$ref": "#/definitions/piece"},
        "description": "几篇写在一个文件里：每篇一项；写在外面的各项几篇共用，篇里写了的以篇里为准。",
    }  # fmt: skip


def _profile() -> Schema:
    properties = {
        "level": {
            "type": ["string", "null"], "enum": [*LEVELS, None], "description": "讲话人的层级：决定说全县还是全镇、各村还是各乡镇。",
        },
        "place": _text("地名全称。"), "unit": _text("单位全称，印在职务前面。"), "post": _text("职务。"), "name": _text("姓名。"),
        "year": _number("讲话的年份。", "integer", *YEAR),
    }  # fmt: skip
    return {"properties": properties, "additionalProperties": False}


def _fact() -> Schema:
    return {
        "type": ["object", "string"],
        "pattern": _FILE,
        "required": ["name", "value"],
        "additionalProperties": False,
        "properties": {
            "name": {**_full(), "description": "数的是什么，照平时的说法写，如 新改建农村公路。"},
            "value": {**_full(), "description": "数字或名称，怎么写就怎么印。"},
            "unit": _text("单位，如 公里、人次、%。"),
            "year": _number("哪一年的。", "integer", *YEAR),
            "source": _text("谁能作证，如 镇经济发展办统计；不印出来，供核对。"),
        },
        "description": "一条事实；也可以写一个 .yaml 文件名，里面是更多条。",
    }


def _exempt() -> Schema:
    return {
        "type": ["object", "string"],
        "pattern": rf"^{EXEMPT_ID.pattern}([:：].*)?$",
        "additionalProperties": False,
        "properties": {"rule": _text("检查的编号，如 R02；只写字母是一类。"), "text": _text("查出来的字里有这几个字的。"),
                       "reason": _text("为什么不算错，和例外一起显示。")},
        "patternProperties": {rf"^{EXEMPT_ID.pattern}$": _text("查出来的字里有这几个字的；空着就是这一项全不查。")},
        "if": {"type": "object"},
        "then": {"not": {"propertyNames": {"enum": ["text", "reason"]}}},
    }  # fmt: skip


def _section(library: Library) -> Schema:
    parts = dict.fromkeys(part.name for genre in library.genres.values() for part in genre.parts)
    return {
        "type": "object",
        "required": ["part"],
        "additionalProperties": False,
        "properties": {
            "part": {"enum": list(parts), "description": "文种里的哪一部分。"},
            "heading": _text("一级标题，不用写序号；auto 或不写，就配一组对仗的。"),
            "points": {
                "type": ["array", "null"], "items": {"$ref": "#/definitions/point"}, "description": "讲哪几点；不写就由程序选侧面。",
            },
        },
    }  # fmt: skip


def _point(library: Library) -> Schema:
    facets = dict.fromkeys(facet.name for theme in library.themes.values() for facet in theme.facets)
    listed = {"type": ["array", "null"], "items": {"type": _WORDS[:3]}}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "facet": {"enum": [*facets, None], "description": "主题的哪个侧面；不写就选一个没讲过的。"},
            "heading": _text('段首小标题，不用写序号；auto 或不写就配一个对仗的，"" 是不要小标题。'),
            "text": _text("自己的话，原样放在段首。"),
            "use": {**listed, "description": "必须用的：语句编号（nigao suggest 可查），或自己写的一句话。"},
            "facts": {**listed, "description": "这一段讲哪几条事实，写 facts 里的 name。"},
            "fixed": _boolean("true：就这些，不再添句子。"),
            "locked": _boolean("true：锁定，这一部分重新配句子时不动它。"),
        },
    }


def _parts_of(genre: Genre) -> Schema:
    """What the genre says of an outline's sections."""
    about = [_part_about(part, genre) for part in genre.parts]
    part = {"enum": [part.name for part in genre.parts], "enumDescriptions": about, "description": "；".join(about)}
    return {"sections": {"items": {"properties": {"part": part}}}}


def _part_about(part: Part, genre: Genre) -> str:
    """A part with its share of the whole, 查摆：占全文 22–32%."""
    low, high = (f"{share:g}" for share in part.share)
    points = f"，一般讲 {part.points} 点" if part.points else ""
    return f"{part.name}：占全文 {low}–{high}%{points}"


def _facets_of(theme: Theme) -> Schema:
    """What the theme says of the points of an outline's sections."""
    about = ["、".join(facet.words[:8]) for facet in theme.facets]
    facet = {"enum": [*(facet.name for facet in theme.facets), None], "enumDescriptions": [*about, "由程序选"]}
    return {"sections": {"items": {"properties": {"points": {"items": {"properties": {"facet": facet}}}}}}}


def _follows(key: str, item: Genre | Theme, then: Schema) -> Schema:
    """`then` holds where the key names the genre or theme."""
    return {"if": {"required": [key], "properties": {key: {"enum": _called(item)}}}, "then": {"properties": then}}


def _pieces_follow(key: str, item: Genre | Theme, then: Schema) -> Schema:
    """The same for the pieces of a file, where the key stands beside them and they have none of their own."""
    inner = {"if": {"not": {"required": [key]}}, "then": {"properties": then}}
    named = {"required": [key, "pieces"], "properties": {key: {"enum": _called(item)}}}
    return {"if": named, "then": {"properties": {"pieces": {"items": inner}}}}


def _needed(key: str) -> Schema:
    """A key must stand: in the outline, or where there are pieces in each of them if not beside them."""
    pieces = {"required": ["pieces"], "properties": {"pieces": {"type": "array"}}}
    each = {"properties": {"pieces": {"items": {"required": [key]}}}}
    return {"if": {"required": [key]}, "else": {"if": pieces, "then": each, "else": {"required": [key]}}}


def _names(items: Mapping[str, Genre | Theme], what: str, about: Iterable[str]) -> Schema:
    """Names with what they stand for, then their aliases."""
    names = dict(zip(items, about, strict=True))
    names |= {alias: f"即 {item.name}" for item in items.values() for alias in item.aliases if alias not in names}
    return {"type": "string", "enum": list(names), "enumDescriptions": list(names.values()), "description": f"{what}：{'、'.join(items)}。"}


def _called(item: Genre | Theme) -> list[str]:
    return [item.name, *item.aliases]


def _text(about: str) -> Schema:
    return {"type": _WORDS, "description": about}


def _full() -> Schema:
    """Text that may not be empty."""
    return {"type": _WORDS[:3], "pattern": r"\S"}


def _number(about: str, kind: str, low: float, high: float) -> Schema:
    return {"type": [kind, "string", "null"], "minimum": low, "maximum": high, "pattern": _WHOLE, "description": about}


def _boolean(about: str) -> Schema:
    return {"type": ["boolean", "string", "null"], "pattern": _BOOLEAN, "description": about}


def _inline(kind: str) -> Schema:
    """What stands here, or in a file that is named instead."""
    return {"type": [kind, "string", "null"], "pattern": _FILE}
