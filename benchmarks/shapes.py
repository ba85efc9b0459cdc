"""Texts of one odd shape and any length, to see whether time grows with length alone."""

from __future__ import annotations

_CLAUSE = "推进青山县临河镇的各项重点工作落实到位"
_FILLED = "全镇干部群众要把这项工作抓在手上，推动各项任务落到实处，见到实效。"

_UNITS: dict[str, str] = {
    "one line of prose without full stops": f"{_CLAUSE}，",
    "one line of prose": f"{_CLAUSE}，{_FILLED}",
    "one line without any mark": _CLAUSE,
    "commas": "，",
    "（": "（",
    "【": "【",
    "《": "《",
    "…": "…",
    "…。": "…。",
    "digits": "1234567890",
    "digits with dots": "1.",
    "spaces": " ",
    "full-width spaces between letters": "甲　",
    "一、": "一、",
    "第一，": "第一，",
    "“": "“",
    "“”": "“甲”",
    '"': '"',
    "#": "#",
    "*": "*",
    "=": "=",
    "-": "-",
    "<": "<a ",
    "[": "[hide",
    "&": "&amp",
    "www.": "www.",
    "微信": "微信",
    "微信：": "微信：a1 ",
    "http://a.a": "http://a.a.a.a",
    "a.": "a.",
    "a@": "a@",
    "%": "增长%",
    "×": "×",
    "省略": "（省略",
    "一县": "河县",
    "有的": "有的存在",
    "同志们": "同志们",
    "、": "甲乙、",
    "one character a line": "中\n",
    "blank lines": "\n",
    "lines of one comma": "，\n",
    "the same line": "要切实加强组织领导，压实工作责任。\n",
    "the same short line": "全市素材库\n",
    "open lines": f"{_CLAUSE}\n",
    "wrapped lines": f"{_FILLED[:-1]}、{_CLAUSE[:7]}\n",
    "indented lines": f"　　{_FILLED}\n",
    "numbered headings": "一、加强组织领导\n",
    "headings of three levels": "一、加强组织领导\n（一）压实责任\n1．加强督查\n",
    "run-in headings": f"（一）加强组织领导。{_FILLED}\n",
    "spoken headings": f"一是加强组织领导。{_FILLED}\n",
    "unnumbered headings": f"坚持以上率下带头干。{_FILLED}\n",
    "an outline": "目录\n一、加强组织领导\n二、压实工作责任\n三、严格督查考核\n",
    "pieces": f"第1篇\n在全县会议上的讲话\n{_FILLED}\n",
    "pieces with outlines": f"第1篇\n目录\n一、压实责任\n二、加强组织\n三、严格考核\n正文\n{_FILLED}\n",
    "salutations": f"同志们：\n{_FILLED}\n",
    "salutations alone": "同志们：\n",
    "titles and salutations": f"在全县会议上的讲话\n同志们：\n{_FILLED}\n",
    "buttons": "打印\n",
    "links": "相关阅读：\n",
    "notes cut in two": "（以下内容\n省略）\n",
    "marks in words": "工作思##paidbegin##路\n",
    "gaps": f"{_FILLED}（以下内容省略，剩余50%）\n",
    "damage": "***总书记指出，脱贫人，占比达%，的的XX县。\n",
    "damage on one line": "***总书记指出，脱贫人，占比达%，的的XX县。",
    "quotations": "总书记指出，“江山就是人民，人民就是江山”。",
    "quoted lines": "俗话说：“火车跑得快，全靠车头带。”\n",
    "parallels": "以更高的标准、更严的要求、更实的作风，",
    "names": "青山县临河镇的《工作方案》，2024年3月5日在“河谷工程”现场会上，",
}
SHAPES = tuple(_UNITS)
"""Names of the shapes."""


def text_of(shape: str, size: int) -> str:
    """About `size` bytes (UTF-8) of a shape of `SHAPES`."""
    unit = _UNITS[shape]
    return unit * (size // len(unit.encode()))
