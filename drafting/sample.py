"""The commented outline a writer starts from."""

from __future__ import annotations

from drafting.config import Genre, Library, Part, Theme
from drafting.plan import CHARACTERS_A_MINUTE


def sample(library: Library, genre_name: str, theme_name: str) -> str:
    """An outline of that genre and theme with a comment on every key. Raises ConfigError for unknown names."""
    genre, theme = library.genre(genre_name), library.theme(theme_name)
    return _HEAD.format(
        genre=genre.name, theme=theme.name, minutes=max(1, round(genre.characters / CHARACTERS_A_MINUTE)),
        about=genre.about, low=genre.range[0], high=genre.range[1], facts=_facts(theme), sections=_sections(genre, theme),
    )  # fmt: skip


_HEAD = """\
# {about}
genre: {genre}
theme: {theme}
# title: 不写就按文种和主题拟一个
minutes: {minutes}              # 这个文种一般 {low}–{high} 字；也可以写 characters: 字数
seed: 1                   # 换一个数，就换一稿
# occasion: 会议或活动的全称
# date: 发言日期
profile:                  # 谁在讲；全镇、镇党委、各村之类的用词随 level 走
  level: 镇               # 省 市 县 区 镇 乡 街道 村 社区 局 学校 医院
  # place: 地名全称
  # unit: 单位全称
  # post: 职务
  # name: 姓名
# facts:                  # 数字只能从这里进入稿子
{facts}sections:                 # 各部分的顺序；points 写哪几个侧面，不写就由程序选
{sections}"""


def _facts(theme: Theme) -> str:
    rows = [fact for facet in theme.facets for fact in facet.facts][:3]
    return "".join(
        f"#   - {{name: {fact.name}, value: 写数字, unit: {fact.unit}, year: 年份, source: 出处}}\n" for fact in rows
    )


def _sections(genre: Genre, theme: Theme) -> str:
    return "".join(_section(part, theme) for part in genre.parts)


def _section(part: Part, theme: Theme) -> str:
    lines = [f"  - part: {part.name}\n"]
    if part.points:
        lines.append("    points:\n")
        lines += [f"      - facet: {facet.name}\n" for facet in theme.facets[: part.points]]
    return "".join(lines)
