"""Results as people read them."""

from __future__ import annotations

from collections.abc import Iterator

from phrasebank.model import ROLES, Inspection, Piece
from tui.output import BOLD, DIM, GREEN, RED, YELLOW, Output

KINDS = {
    "ad": "广告", "paywall_marker": "付费标记", "watermark": "水印", "site_footer": "网站页脚", "site_widget": "网页零件",
    "omission_marker": "省略标记", "toc": "目录提纲", "duplicate_title": "重复标题", "contact": "联系方式", "copyright": "版权声明",
    "censored_name": "姓名被遮", "missing_number": "数字缺失", "broken_line": "断行", "truncated_end": "文字残缺",
    "inline_marker": "词中插标记", "half_width_punctuation": "半角标点", "typo": "疑似错字",
}  # fmt: skip


def inspection_lines(found: Inspection, output: Output) -> Iterator[str]:
    """An inspection for people: headings as a tree, what was removed, what is damaged."""
    yield output.paint(found.file, BOLD)
    for piece in found.pieces:
        yield from _piece_lines(piece, output)
    for title, rows in (("删去", found.removed), ("破损", found.defects)):
        if rows:
            yield output.paint(f"  {title} {len(rows)} 处", YELLOW)
        for row in rows:
            shown = row.text.strip().replace("\n", "⏎")
            yield f"    第{row.line}行 {KINDS.get(row.kind, row.kind)}  " + output.paint(
                shown[:60], RED if title == "删去" else DIM
            )
    yield f"  引语 {len(found.quotations)} 处，排比 {len(found.parallels)} 处，专名和数字 {len(found.slots)} 处"


def _piece_lines(piece: Piece, output: Output) -> Iterator[str]:
    facts = [piece.genre, piece.theme, piece.salutation, "有残缺" if piece.truncated else None]
    about = "，".join(fact for fact in facts if fact)
    yield f"  {output.paint(piece.title or '（无标题）', GREEN, BOLD)}  {output.paint(about, DIM)}"
    for heading in piece.headings:
        lost = "" if heading.in_body else "（正文已缺）"
        yield f"  {'  ' * heading.level}{heading.number}{heading.text}{lost}  " + output.paint(
            f"第{heading.line}行", DIM
        )
    roles: dict[str, int] = {}
    for paragraph in piece.paragraphs:
        for sentence in paragraph.sentences:
            roles[sentence.role] = roles.get(sentence.role, 0) + 1
    yield "    " + output.paint("，".join(f"{ROLES[role]} {n}" for role, n in roles.items()), DIM)
