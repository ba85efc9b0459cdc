"""The commented outline a writer starts from: what the genre and theme give is written, what only the writer knows is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from drafting.config import Library
from drafting.genres import Genre, Part
from drafting.plan import CHARACTERS_A_MINUTE
from drafting.themes import Facet, Theme
from phrasebank.levels import LEVELS
from phrasebank.model import ROLES

_MARKS = re.compile(r"[:,\[\]{}#\"\\]|^[%@`&*!|>'?-]|^$")
"""What is not plain text to YAML."""


def sample(library: Library, genre_name: str, theme_name: str) -> str:
    """An outline of that genre and theme with a comment on every key. Raises ConfigError for unknown names."""
    genre, theme = library.genre(genre_name), library.theme(theme_name)
    return _HEAD.format(
        genre=_quoted(genre.name), theme=_quoted(theme.name), minutes=max(1, round(genre.characters / CHARACTERS_A_MINUTE)),
        about=_line(genre.about or genre.name), low=genre.range[0], high=genre.range[1], levels=" ".join(LEVELS),
        salutation=_line(genre.salutation or "无"), speaker=_SPEAKER if genre.speaker else "", facts="".join(_facts(genre, theme)),
        sections="".join(_sections(genre, theme)),
    )  # fmt: skip


_HEAD = """\
# {about}
# 在 VS Code 里写可以补全和查错：先运行 nigao schema -o 提纲.schema.json，再把下一行行首的“# ”删去一个
# # yaml-language-server: $schema=提纲.schema.json
genre: {genre}
theme: {theme}
# title: 标题；不写就按文种和主题拟一个
# subtitle: 副标题
minutes: {minutes}              # 这个文种一般 {low}–{high} 字；也可以写 characters: 字数
seed: 1                   # 换一个数，就换一稿
# occasion: 会议或活动的全称
# salutation: 称呼；不写就用：{salutation}
profile:                  # 谁在讲；也可以写成 profile: 我.yaml，几份提纲共用
  level: 镇               # 全镇、镇党委、各村之类的用词随它走：{levels}
  # place: 地名全称
  # unit: 单位全称
  # post: 职务
  # year: 讲话的年份
{speaker}{facts}# cases: [外地或外单位的名称]   # 有意引用作例子的，检查时不当作串进来的
# except: [R02: 西河镇]    # 检查查出来、但就是要这样写的：检查的编号和那几个字
sections:                 # 各部分的顺序；不要的删掉，次序可以换
{sections}"""

_SPEAKER = """\
  # name: 姓名
# date: 发言日期            # 姓名和日期印在标题下面；不写就留空待填
"""


def _facts(genre: Genre, theme: Theme) -> Iterator[str]:
    """A stub for every figure the genre cannot do without or these facets may need: nobody but the writer has them."""
    facets = {facet.name: facet for _, used in _planned(genre, theme) for facet in used}
    rows = {must.what: (must.unit, f"{must.part}必须有") for must in genre.must if must.kind == "数据"}
    for facet in facets.values():
        ask = f"，可问{'、'.join(facet.who[:2])}" if facet.who else ""
        rows |= {fact.name: (fact.unit, facet.name + ask) for fact in facet.facts if fact.name not in rows}
    if not rows:
        return
    yield "# 数字只能从这里进入稿子，没有的就留成〔待填〕。有数的，删去行首的“# ”，填上 value 数字、year 年份、source 出处；\n"
    yield "# 也可以写在另一个文件里：facts: 数据.yaml\n# facts:\n"
    for name, (unit, about) in rows.items():
        stub = f"name: {_quoted(name)}, value: " + (f", unit: {_quoted(unit)}" if unit else "")
        yield f"#   - {{{stub}, year: , source: }}   # {_line(about)}\n"


def _sections(genre: Genre, theme: Theme) -> Iterator[str]:
    for part, facets in _planned(genre, theme):
        yield from _section(part, facets, genre)


def _planned(genre: Genre, theme: Theme) -> Iterator[tuple[Part, list[Facet]]]:
    """Each part with facets to begin with, taken in turn so that the parts do not all treat the same."""
    at = 0
    for part in genre.parts:
        count = min(part.points, len(theme.facets))
        yield part, [theme.facets[(at + step) % len(theme.facets)] for step in range(count)]
        at += count


def _section(part: Part, facets: list[Facet], genre: Genre) -> Iterator[str]:
    low, high = (round(genre.characters * share / 1000) * 10 for share in part.share)
    share = "–".join(f"{share:g}" for share in part.share)
    yield f"  # 讲{ROLES.get(part.role, part.role)}；占全文 {share}%，约 {low}–{high} 字\n"
    if part.moves:
        yield f"  # 写什么：{_line('；'.join(part.moves))}\n"
    for must in (must for must in genre.must if must.part == part.name):
        yield f"  # 必须由您提供的{_line(must.kind)}：{_line(must.what)}{f'（{_line(must.unit)}）' if must.unit else ''}\n"
    yield f"  - part: {_quoted(part.name)}\n"
    if part.heading:
        yield "    # heading: 一级标题，不写就配一组对仗的\n"
    if facets:
        yield "    points:              # 每点还可以写 heading 小标题、text 自己的话、use 语句编号、facts 事实名\n"
        yield from (f"      - facet: {_quoted(facet.name)}\n" for facet in facets)


def _line(text: str) -> str:
    """Text as a comment, which ends with its line."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """A name as YAML: in quotation marks, as JSON writes them, where it would be read as something else."""
    bare = text == _line(text) and not _MARKS.search(text)
    return text if bare else json.dumps(text, ensure_ascii=False)
