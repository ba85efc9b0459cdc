"""The commands that make banks and look after them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from drafting.config import Library, load_library, nearest
from drafting.errors import ConfigError
from phrasebank.model import KINDS, ROLES, Kind, Phrase, Role
from tui.output import BOLD, DIM, GREEN, RED, Output


def mine(call: Namespace, output: Output) -> int:
    """Texts to a bank, with counts of what was kept, removed and dropped."""
    from drafting.corpus import mine_corpus

    report = mine_corpus(
        call.paths, Path(call.output), load_library(), jobs=call.jobs, progress=output.progress("建库"), fresh=call.fresh,
        cluster=call.cluster, work=Path(call.work) if call.work else None,
    )  # fmt: skip
    for error in report.unreadable:
        output.error(error)
    for notice in report.notices:
        output.notice(notice)
    if call.json:
        data = {**asdict(report), "unreadable": [str(error) for error in report.unreadable], "output": call.output}
        output.data(data)
    else:
        _mined(call.output, report, output)
    return 2 if report.unreadable else 0


def bank(call: Namespace, output: Output) -> int:
    """What a bank holds, whether it is whole, and banks made of others."""
    return _ACTIONS[call.action](call, output)


def _info(call: Namespace, output: Output) -> int:
    from drafting.corpus import bank_info, drop_reasons

    info = bank_info(_asked(call))
    output.data(info) if call.json else _bank_told(info, output, drop_reasons())
    return 0


def _list(call: Namespace, output: Output) -> int:
    from drafting.corpus import bank_rows

    kind = next((name for name in _SHOWN if name != "phrases" and getattr(call, name)), "phrases")
    for row in bank_rows(_asked(call), kind, call.n or -1):
        output.data(row) if call.json else output.line(_SHOWN[kind](row, output))
    return 0


def _phrase_line(row: dict[str, Any], output: Output) -> str:
    return f"{row['text']}  {output.paint(ROLES[row['role']], DIM)}"


def _dropped_line(row: dict[str, Any], output: Output) -> str:
    from drafting.corpus import drop_reasons

    return f"{row['text']}  {output.paint(drop_reasons().get(row['reason'], ''), DIM)}"


def _term_line(row: dict[str, Any], output: Output) -> str:
    years = f"\t{row['first']}—{row['last']}" if row["first"] else ""
    return f"{row['phrase']}\t{row['score']:.3f}\t{row['count']} 次\t{row['documents']} 篇{years}"


def _tag_line(row: dict[str, Any], output: Output) -> str:
    return f"{row['tag']}\t{row['phrases']} 条"


def _curated_line(row: dict[str, Any], output: Output) -> str:
    named = (("pinned", "置顶"), ("hidden", "隐藏"), ("own", "自拟"), ("mined", "改写"), ("waiting", "库里现在没有"))
    notes = "、".join([*(name for key, name in named if row[key]), *(f"#{tag}" for tag in row["tags"])])
    return f"{row['id']}  {row['text'] or ''}  {output.paint(notes, DIM)}"


_SHOWN = {"phrases": _phrase_line, "dropped": _dropped_line, "terms": _term_line, "tags": _tag_line, "curated": _curated_line}


def _verify(call: Namespace, output: Output) -> int:
    """1 where a bank is not whole."""
    from drafting.corpus import bank_faults

    code = 0
    for path in call.banks or [_asked(call)]:
        faults = bank_faults(path)
        code = max(code, int(bool(faults)))
        if call.json:
            output.data({"file": path, "faults": faults})
            continue
        output.line(f"{path}：" + (output.paint("有问题，请用 nigao mine 重新建库", RED) if faults else output.paint("完好", GREEN)))
        for fault in faults:
            output.line(f"  {fault}")
    return code


def _made(call: Namespace, output: Output) -> int:
    """A bank merged, exported or imported."""
    from drafting import corpus

    if not call.banks or not call.output:
        raise ConfigError(f"写法：nigao bank {call.action} 素材库 -o 写到哪里")
    if call.action != "merge" and len(call.banks) > 1:
        raise ConfigError(f"{call.action} 一次只能给一个文件；要并成一个库请用 nigao bank merge")
    target = Path(call.output)
    if call.action == "merge":
        phrases = corpus.merge_banks(call.banks, target)
    else:
        phrases = {"export": corpus.export_bank, "import": corpus.import_bank}[call.action](call.banks[0], target)
    row = {"output": call.output, "phrases": phrases}
    output.data(row) if call.json else output.notice(f"{output.paint('已写好', GREEN)}：{call.output}（语句 {phrases} 条）")
    return 0


def _migrate(call: Namespace, output: Output) -> int:
    """Banks of an older version brought to the present one."""
    from drafting.corpus import migrate_bank

    if not call.banks:
        raise ConfigError("写法：nigao bank migrate 素材库")
    for path in call.banks:
        changed = migrate_bank(path)
        said = output.paint("已升级", GREEN) if changed else "已经是现在的版本"
        output.data({"file": path, "migrated": changed}) if call.json else output.line(f"{path}：{said}")
    return 0


def _curated(call: Namespace, output: Output) -> int:
    """Phrases pinned, hidden, edited, tagged or removed."""
    from drafting.corpus import curate

    usage = {"edit": " --text 新的写法", "tag": " --tag 标签", "untag": " --tag 标签"}.get(call.action, "")
    wanting = (call.action == "edit" and not call.text) or (call.action in ("tag", "untag") and not call.tag)
    many = call.action == "edit" and len(call.banks) > 2
    if len(call.banks) < 2 or wanting or many:
        some = "" if call.action == "edit" else "…"
        raise ConfigError(f"写法：nigao bank {call.action} 素材库 编号{some}{usage}（编号用 nigao suggest 查）")
    if call.action == "edit" and (set_ := [f"--{name}" for name in _OF_OWN if getattr(call, name)]):
        raise ConfigError(f"edit 只改写法，不改 {'、'.join(set_)}；要换作用或主题，请用 nigao bank add 另加一条，再 hide 原来的")
    path, *ids = call.banks
    curate(call.action, path, ids, text=call.text.strip(), tags=call.tag)
    row = {"file": path, "action": call.action, "ids": ids}
    output.data(row) if call.json else output.notice(f"{output.paint(_DONE[call.action], GREEN)}：{'、'.join(ids)}")
    return 0


_OF_OWN = ("role", "kind", "theme", "facet", "genre", "level")
"""Properties that only phrases of the user's own are given."""
_DONE = {
    "pin": "已置顶", "unpin": "不再置顶", "hide": "已隐藏", "unhide": "不再隐藏", "edit": "已改写", "unedit": "已恢复原文",
    "tag": "已加标签", "untag": "已去掉标签", "remove": "已删掉",
}  # fmt: skip


def _add(call: Namespace, output: Output) -> int:
    """A phrase of the user's own."""
    from drafting.corpus import add_phrase

    if len(call.banks) != 1 or not call.text.strip():
        raise ConfigError("写法：nigao bank add 素材库 --text 语句 [--role 作用] [--theme 主题] [--facet 侧面] [--tag 标签]")
    id_ = add_phrase(call.banks[0], _own_phrase(call), call.tag)
    row = {"file": call.banks[0], "action": "add", "ids": [id_]}
    output.data(row) if call.json else output.notice(f"{output.paint('已加入', GREEN)}：{id_}")
    return 0


def _own_phrase(call: Namespace) -> Phrase:
    from drafting.session import level_names

    library = load_library()
    role = choice(call.role, ROLES, "作用") or "measure"
    kind = choice(call.kind, KINDS, "形式") or ("heading" if role == "heading" else "sentence")
    theme = library.theme(call.theme).name if call.theme else None
    if call.level and call.level not in level_names():
        raise ConfigError(f"没有名为“{call.level}”的层级{nearest(call.level, level_names())}")
    return Phrase(
        "", call.text.strip(), "", cast(Role, role), "plain", theme,
        tuple(facet_name(library, theme or "", name) for name in call.facet),
        library.genre(call.genre).name if call.genre else None, call.level or None, kind=cast(Kind, kind),
    )  # fmt: skip


def choice(name: str, names: Mapping[str, str], what: str) -> str:
    """A role or kind by its English or Chinese name; "" for none."""
    by_chinese = {chinese: english for english, chinese in names.items()}
    if name and name not in names and name not in by_chinese:
        raise ConfigError(f"没有名为“{name}”的{what}，可用的有：{'、'.join(f'{e} {c}' for e, c in names.items())}")
    return by_chinese.get(name, name)


def facet_name(library: Library, theme: str, name: str) -> str:
    """A facet of the theme, or of any theme where none is given."""
    names = [facet.name for t in library.themes.values() if theme in ("", t.name) for facet in t.facets]
    if name and name not in names:
        raise ConfigError(f"没有名为“{name}”的侧面{nearest(name, names)}")
    return name


_ACTIONS = {
    "info": _info, "list": _list, "verify": _verify, "merge": _made, "export": _made, "import": _made, "migrate": _migrate, "add": _add,
    **dict.fromkeys(_DONE, _curated),
}  # fmt: skip


def _asked(call: Namespace) -> str:
    """The one bank asked about, by default the built-in one."""
    from drafting.builtin import builtin_bank

    if len(call.banks) > 1:
        raise ConfigError(f"{call.action} 一次只看一个素材库")
    return str(call.banks[0]) if call.banks else str(builtin_bank().path)


def _mined(path: str, report: Any, output: Output) -> None:  # noqa: ANN401 - phrasebank.mine.Report
    from drafting.corpus import drop_reasons
    from tui.views.names import KINDS as FOUND

    output.line(output.paint(f"素材库已建好：{path}", BOLD))
    again = f"（{report.reused} 个没有变，用上次读的）" if report.reused else ""
    output.line(f"  读入 {report.documents} 个文件{again}，{report.pieces} 篇，{report.characters} 字")
    output.line(f"  收用语句 {report.offered} 条：" + "，".join(f"{ROLES[r]} {n}" for r, n in report.roles.items()))
    output.line("  其中：" + _listed(report.kinds, KINDS) + (f"；另有固定说法 {report.terms} 条" if report.terms else ""))
    if report.copies or report.folded:
        output.line(f"  重复的只算一次：整篇重复 {report.copies} 个文件，大同小异的句子并入 {report.folded} 条")
    output.line(f"  删去杂质 {sum(report.removed.values())} 处：" + _listed(report.removed, FOUND))
    output.line(f"  标出破损 {sum(report.defects.values())} 处：" + _listed(report.defects, FOUND))
    output.line(f"  未收语句 {sum(report.dropped.values())} 条：" + _listed(report.dropped, drop_reasons()))


def _listed(counts: dict[str, int], names: dict[str, str]) -> str:
    return "，".join(f"{names.get(key, key)} {number}" for key, number in counts.items()) or "无"


def _bank_told(info: dict[str, Any], output: Output, reasons: dict[str, str]) -> None:
    output.line(output.paint(str(info["file"]), BOLD))
    output.line(
        f"  {info.get('documents', 0)} 个文件，{info.get('pieces', 0)} 篇；收用语句 {info['offered']} 条，固定说法 {info['terms']} 条"
    )
    output.line("  按作用：" + _listed(info["roles"], ROLES))
    output.line("  按形式：" + _listed(info["kinds"], KINDS))
    output.line("  按主题：" + _listed(info["themes"], {}))
    output.line("  未收：" + _listed(info["dropped"], reasons))
    names = {"pinned": "置顶", "hidden": "隐藏", "edited": "改写", "own": "自拟", "tags": "标签", "waiting": "库里现在没有的"}
    curated = {key: number for key, number in info["curated"].items() if number}
    if curated:
        output.line("  自己的取舍：" + _listed(curated, names))
