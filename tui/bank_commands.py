"""The commands that make banks and look after them."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from drafting.config import load_library
from drafting.errors import ConfigError
from phrasebank.model import ROLES
from tui.output import BOLD, DIM, GREEN, RED, Output


def mine(call: Namespace, output: Output) -> int:
    """Texts to a bank, with counts of what was kept, removed and dropped."""
    from drafting.corpus import mine_corpus

    report = mine_corpus(
        call.paths, Path(call.output), load_library(), jobs=call.jobs, progress=output.progress("建库"), fresh=call.fresh
    )
    for error in report.unreadable:
        output.error(error)
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
    from drafting.corpus import bank_rows, drop_reasons

    kind = "terms" if call.terms else "dropped" if call.dropped else "phrases"
    for row in bank_rows(_asked(call), kind, call.n or -1):
        if call.json:
            output.data(row)
        elif kind == "terms":
            output.line(f"{row['phrase']}\t{row['score']:.3f}\t{row['count']} 次")
        else:
            note = drop_reasons().get(row["reason"], "") if kind == "dropped" else ROLES[row["role"]]
            output.line(f"{row['text']}  {output.paint(note, DIM)}")
    return 0


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


_ACTIONS = {"info": _info, "list": _list, "verify": _verify, "merge": _made, "export": _made, "import": _made}


def _asked(call: Namespace) -> str:
    """The one bank asked about, by default the built-in one."""
    from drafting.builtin import builtin_bank

    if len(call.banks) > 1:
        raise ConfigError(f"{call.action} 一次只看一个素材库")
    return str(call.banks[0]) if call.banks else str(builtin_bank().path)


def _mined(path: str, report: Any, output: Output) -> None:  # noqa: ANN401 - phrasebank.mine.Report
    from drafting.corpus import drop_reasons
    from tui.views.names import KINDS

    output.line(output.paint(f"素材库已建好：{path}", BOLD))
    again = f"（{report.reused} 个没有变，用上次读的）" if report.reused else ""
    output.line(f"  读入 {report.documents} 个文件{again}，{report.pieces} 篇，{report.characters} 字")
    output.line(f"  收用语句 {report.offered} 条：" + "，".join(f"{ROLES[r]} {n}" for r, n in report.roles.items()))
    output.line(f"  删去杂质 {sum(report.removed.values())} 处：" + _listed(report.removed, KINDS))
    output.line(f"  标出破损 {sum(report.defects.values())} 处：" + _listed(report.defects, KINDS))
    output.line(f"  未收语句 {sum(report.dropped.values())} 条：" + _listed(report.dropped, drop_reasons()))


def _listed(counts: dict[str, int], names: dict[str, str]) -> str:
    return "，".join(f"{names.get(key, key)} {number}" for key, number in counts.items()) or "无"


def _bank_told(info: dict[str, Any], output: Output, reasons: dict[str, str]) -> None:
    output.line(output.paint(str(info["file"]), BOLD))
    output.line(
        f"  {info.get('documents', 0)} 个文件，{info.get('pieces', 0)} 篇；收用语句 {info['offered']} 条，固定说法 {info['terms']} 条"
    )
    output.line("  按作用：" + _listed(info["roles"], ROLES))
    output.line("  按主题：" + _listed(info["themes"], {}))
    output.line("  未收：" + _listed(info["dropped"], reasons))
