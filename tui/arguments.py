"""The command line: commands and options in English, everything said about them in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

_MESSAGES = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示帮助",
    "show program's version number and exit": "显示版本号",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个选择，可用的有：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 写法不对，应为大于 0 的数字",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "not allowed with argument %s": "不能和 %s 一起用",
}
"""argparse asks gettext for these; Python ships no Chinese catalogue for them."""

argparse._ = lambda text: _MESSAGES.get(text, text)  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and exits with 2 after one clear message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(*args, **{"formatter_class": _Formatter, "allow_abbrev": False, **kwargs})

    def error(self, message: str) -> NoReturn:
        """Prints the fault and where to find help."""
        self.exit(2, f"错误：{message}\n查看用法：{self.prog} --help\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Wide enough for option names beside Chinese descriptions."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=110)

    def _format_usage(self, *args: Any) -> str:  # noqa: ANN401 - argparse's own
        return re.sub(r"\n\s+", " ", super()._format_usage(*args).rstrip()) + "\n\n"


def parser(version: str) -> Parser:
    """The whole command line."""
    top = Parser(
        "nigao",
        description="拟稿：给写讲话稿的人用的案头工具。不带命令时进入起草界面。",
        epilog="打开一份提纲接着写：nigao 提纲.yaml [--bank 素材库]\n各命令的用法：nigao 命令 --help",
    )
    top.add_argument("--version", action="version", version=f"拟稿 nigao {version}", help="显示版本号")
    commands = top.add_subparsers(dest="command", metavar="命令", title="命令")
    for add in (
        _new, _schema, _draft, _batch, _check, _mine, _inspect, _suggest, _headings, _bank, _themes, _genres, _format, _templates, _web,
    ):  # fmt: skip
        add(commands)
    _common(top)
    return top


def _session_parser() -> Parser:
    """A call without a command: the session, on an outline and with banks of one's own."""
    session = Parser("nigao", description="打开起草界面，接着写一份提纲。")
    session.add_argument("outline", nargs="?", metavar="提纲", help="提纲文件（.yaml），原文件不会被改动")
    session.add_argument("--bank", action="append", default=[], metavar="素材库", help="自己的素材库，可写多次，先于内置库")
    _common(session)
    session.set_defaults(command=None)
    return session


def _command(commands: Any, name: str, about: str, more: str = "") -> Parser:  # noqa: ANN401 - argparse's own
    command: Parser = commands.add_parser(name, help=about, description=more or about)
    _common(command)
    return command


def _common(command: Parser) -> None:
    command.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS, help="不显示提示和进度")
    command.add_argument(
        "--no-color", action="store_true", default=argparse.SUPPRESS, help="不用颜色（也可设环境变量 NO_COLOR）"
    )


def _json(command: argparse._ActionsContainer) -> None:
    command.add_argument("--json", action="store_true", help="每行输出一个 JSON 对象")


def _banks(command: Parser) -> None:
    command.add_argument(
        "--bank", action="append", default=[], metavar="素材库", help="自己的素材库，可写多次，先于内置库"
    )
    command.add_argument("--no-builtin", action="store_true", help="不用内置素材库")


def _page(command: Parser) -> None:
    form = command.add_mutually_exclusive_group()
    form.add_argument(
        "--layout", default="official", metavar="版式", help="official 公文版式，speech 讲稿大字版（默认 official）"
    )
    form.add_argument("--base", metavar="底稿", help="自己的 .docx 作底稿，用它的版式和样式；与 --layout 只能写一个")


def _extras(command: Parser) -> None:
    command.add_argument(
        "--sources", choices=["comments", "list", "none"], default="none", metavar="方式",
        help="借用语句的出处：comments 写成批注，list 附在文末，none 不写（默认）",
    )  # fmt: skip
    command.add_argument("--fact-sheet", action="store_true", help="文末附一页事实核对表：数字、引文、待填待核，逐条打钩")


def _jobs(command: Parser) -> None:
    command.add_argument("--jobs", type=_positive, default=1, metavar="N", help="同时用几个进程（默认 1）")


def _positive(text: str) -> int:
    """A whole number from 1 on."""
    if (number := int(text)) < 1:
        raise ValueError
    return number


def _new(commands: Any) -> None:  # noqa: ANN401
    command = _command(commands, "new", "写一份带注释的提纲样本，从它改起")
    command.add_argument("--genre", default="研讨发言", metavar="文种", help="默认研讨发言")
    command.add_argument("--theme", default="安全生产", metavar="主题", help="默认安全生产")
    command.add_argument("-o", "--output", metavar="文件", help="写到哪里（默认显示在屏幕上）")


def _schema(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "schema", "提纲的 JSON Schema，编辑器用它补全和查错",
        "提纲的 JSON Schema：VS Code 装上 YAML 插件后，按它补全文种、主题、侧面、各部分的名称，写错的地方画出来。",
    )  # fmt: skip
    command.add_argument("-o", "--output", metavar="文件", help="写到哪里，如 提纲.schema.json（默认显示在屏幕上）")


def _draft(commands: Any) -> None:  # noqa: ANN401
    command = _command(commands, "draft", "按提纲起草一篇，写成文件")
    command.add_argument("outline", metavar="提纲", help="提纲文件（YAML）")
    command.add_argument(
        "-o", "--output", metavar="文件",
        help="写到哪里，.docx .md .txt（提词：一句一行，带时间）.json .pdf（默认与提纲同名的 .docx）",
    )  # fmt: skip
    _banks(command)
    _page(command)
    _extras(command)
    command.add_argument("--final", action="store_true", help="定稿：不带批注、出处和核对表；还有待填内容时不写文件，退出码 1")
    _json(command)


def _batch(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "batch", "成批起草：每份提纲一个 .docx，另写 report.html 和 report.json",
        "成批起草：每份提纲一个 .docx。report.html 在一页上列出没有写出的、待填的（按问谁排列）、检查发现的和彼此雷同的；\n"
        "report.json 是同样的内容，给程序用。中途断了，加 --resume 再运行一次，只做没做完的和改动过的。",
    )  # fmt: skip
    command.add_argument("paths", nargs="+", metavar="提纲", help="提纲文件、文件夹或通配符；一个文件里可以有几篇")
    command.add_argument("-o", "--output", required=True, metavar="文件夹", help="写到哪个文件夹，没有就新建")
    _banks(command)
    _page(command)
    _extras(command)
    command.add_argument("--final", action="store_true", help="定稿：不带批注、出处和核对表；有待填内容的不写")
    command.add_argument("--resume", action="store_true", help="接着上次做：只做没做完的和改动过的（提纲、素材库、模板、版式）")
    command.add_argument("--cluster", default="", metavar="地址", help="提纲很多时交给 Spark 集群，如 spark://主机:7077；各机要共用这些文件夹")
    _jobs(command)
    _json(command)


def _check(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "check", "查一份稿子：串文残留、外地地名、数据、引语、结构、用语、标点",
        "查一份稿子有没有会出丑的地方：网站残留、外地地名、照抄的段落、前后打架的数字、引错的话、编号和标点。\n"
        "自己的稿子、别人的稿子都能查（.docx .txt .md .html .pdf 等），只看不改。给出 --outline 就知道讲话人是谁、有哪些事实，查得更准。\n"
        "有必须改的地方时退出码为 1。",
    )  # fmt: skip
    command.add_argument("paths", nargs="*", metavar="文件", help="文件或文件夹；写提纲（.yaml）就查按它起草的稿子")
    command.add_argument("--outline", metavar="提纲", help="这份稿子的提纲：讲话人（profile）、事实（facts）、引用的外地事例（cases）")
    command.add_argument("--bank", action="append", default=[], metavar="素材库", help="素材库：查照抄的段落、串进来的地名，可写多次")
    command.add_argument("--corpus", action="append", default=[], metavar="文件", help="旧稿的文件或文件夹：查照抄的段落，可写多次")
    command.add_argument("--only", action="append", default=[], metavar="编号", help="只查这几项，如 R02,F04，或一类，如 F")
    command.add_argument("--explain", default="", metavar="编号", help="说明一项检查查什么、为什么、怎么改，如 R02")
    command.add_argument("--final", action="store_true", help="按定稿查：待填、待核都算必须改")
    command.add_argument("--fix", action="store_true",
                         help="有把握的标点（P01、P02）直接改好：先列出改动，加 -o 才写成新文件；还有必须改的，退出码为 1")  # fmt: skip
    command.add_argument(
        "-o", "--output", default="", metavar="文件", help="写到哪里：.docx 里加批注的副本、--fix 改好的稿子、--format html 的网页"
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--format", choices=["text", "html"], default="text", help="text 在屏幕上看（默认），html 做成可以发给别人的网页")
    _json(form)


def _mine(commands: Any) -> None:  # noqa: ANN401
    command = _command(commands, "mine", "从旧稿和素材里建素材库")
    command.add_argument("paths", nargs="+", metavar="文件", help="文件、文件夹或 .zip 压缩包，.txt .md .docx .pdf .html .doc .wps 等")
    command.add_argument("-o", "--output", required=True, metavar="素材库", help="素材库写到哪里，如 bank.db")
    command.add_argument("--fresh", action="store_true", help="全部重读；不加时，没有变的文件用上次读的结果")
    command.add_argument("--cluster", default="", metavar="地址", help="交给 Spark 集群去读，如 spark://主机:7077（要装 nigao[cluster]）")
    command.add_argument("--work", default="", metavar="文件夹", help="材料很多时中间文件放在哪里；用集群时须是各机共用的盘")
    _jobs(command)
    _json(command)


def _inspect(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "inspect", "看一份旧稿读出了什么：结构、删去的杂质、破损之处",
        "看一份旧稿读出了什么：篇名、文种、层级结构、删去的杂质、破损之处、引语、排比和专名。只看不改，原文件不会变动。",
    )  # fmt: skip
    command.add_argument("paths", nargs="+", metavar="文件", help="文件或文件夹")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--all", action="store_true", help="全部列出，长的清单不省略")
    form.add_argument("--marked", action="store_true", help="显示带行号的全文：删去的画上删除线，破损处和各级标题标出来")
    _json(form)


def _suggest(commands: Any) -> None:  # noqa: ANN401
    command = _command(commands, "suggest", "在素材库里找语句")
    command.add_argument("words", nargs="?", default="", metavar="词语", help="要含有的字词，空格隔开；也可以打拼音首字母，如 aqsc")
    command.add_argument("--role", default="", metavar="作用", help="如 measure 举措、problem 问题，中英文都可以")
    command.add_argument("--theme", default="", metavar="主题")
    command.add_argument("--facet", default="", metavar="侧面")
    command.add_argument("--genre", default="", metavar="文种")
    command.add_argument("--polarity", default="", metavar="语气", help="plain 平实、negative 说问题，中英文都可以")
    command.add_argument("--kind", default="", metavar="形式", help="sentence 句子、heading 标题、set 成组标题、pair 对句、frame 句式")
    command.add_argument("--tag", default="", metavar="标签", help="自己加的标签，见 nigao bank tag")
    command.add_argument("-n", type=_positive, default=20, metavar="N", help="最多几条（默认 20）")
    _banks(command)
    _json(command)


def _headings(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "headings", "对仗的标题：看几条标题工不工整，补出缺的，或按主题成组",
        "一条标题：补出能与它对仗的几条。\n几条标题：逐句看对不对仗、哪里不合，并给出改法。\n只写 --theme：按主题出成组的标题。",
    )  # fmt: skip
    command.add_argument("text", nargs="*", metavar="标题", help="标题，可写几条；编号不算")
    about = "再补几条（默认一条补 2 条，几条补 1 条）；只写 --theme 时是一组几条（默认 3）"
    command.add_argument("-n", type=_positive, metavar="N", help=about)
    command.add_argument("--theme", default="", metavar="主题", help="从这个主题里取（默认看标题里说的是什么）")
    command.add_argument("--genre", default="", metavar="文种", help="只用适合这个文种的句式")
    command.add_argument("--count", type=_positive, default=3, metavar="N", help="给几组（默认 3）")
    command.add_argument("--seed", type=int, default=0, metavar="数", help="换一个数就换一批（默认 0）")
    command.add_argument("--bank", action="append", default=[], metavar="素材库", help="也从自己的素材库里找标题，可写多次")
    _json(command)


def _bank(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "bank", "看、查、改、并、导素材库",
        "看：info 总数，list 内容，verify 查有没有损坏\n"
        "改：pin 置顶，hide 隐藏，edit 改写，tag 加标签，add 加一条自己的语句，remove 删掉自己的语句；\n"
        "    unpin、unhide、unedit、untag 撤销。写法：nigao bank pin 素材库 编号…，编号用 nigao suggest 查。\n"
        "    这些都记在素材库里，重新建库、合并、导出导入都保留\n"
        "库：merge 把几个库并成一个，export 导出成每行一个 JSON 的文本，import 再导回来，migrate 把旧版的库升级",
    )  # fmt: skip
    actions = [
        "info", "list", "verify", "merge", "export", "import", "migrate", "pin", "unpin", "hide", "unhide", "edit", "unedit", "tag",
        "untag", "add", "remove",
    ]  # fmt: skip
    command.add_argument("action", choices=actions, metavar="|".join(actions), help="做什么")
    about = "素材库文件，import 时是导出的文本，改语句时后面写编号；info 和 list 默认内置素材库"
    command.add_argument("banks", nargs="*", metavar="素材库", help=about)
    command.add_argument("-o", "--output", metavar="文件", help="merge、export、import 写到哪里")
    listed = command.add_argument_group("list 列什么（不写：收用的语句）").add_mutually_exclusive_group()
    listed.add_argument("--terms", action="store_true", help="固定说法，连同用了哪些年")
    listed.add_argument("--dropped", action="store_true", help="没有收用的语句和原因")
    listed.add_argument("--curated", action="store_true", help="自己取舍过的语句：置顶、隐藏、改写、自拟、加标签")
    listed.add_argument("--tags", action="store_true", help="自己用的标签")
    command.add_argument("-n", type=int, default=50, metavar="N", help="list：最多几条（默认 50，0 为全部）")
    own = command.add_argument_group("edit、add、tag 写什么")
    own.add_argument("--text", default="", metavar="语句", help="edit、add：语句；要留空写〔待填：数据｜指标名｜单位〕")
    own.add_argument("--tag", action="append", default=[], metavar="标签", help="tag、untag、add：标签，可写多次")
    own.add_argument("--role", default="", metavar="作用", help="add：作用，中英文都可以（默认 measure 举措）")
    own.add_argument("--kind", default="", metavar="形式", help="add：形式（默认 sentence 句子，作用是标题时为 heading 标题）")
    own.add_argument("--theme", default="", metavar="主题", help="add：主题")
    own.add_argument("--facet", action="append", default=[], metavar="侧面", help="add：侧面，可写多次")
    own.add_argument("--genre", default="", metavar="文种", help="add：文种")
    own.add_argument("--level", default="", metavar="层级", help="add：讲话人的层级，如 镇")
    _json(command)


def _themes(commands: Any) -> None:  # noqa: ANN401
    _catalogue(commands, "themes", "主题")


def _genres(commands: Any) -> None:  # noqa: ANN401
    _catalogue(commands, "genres", "文种")


def _format(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "format", "把现成的稿子重新排版，写成 .docx",
        "把现成的稿子重新排版：认出标题、称谓、各级标题（段首标题只把标题句换字体）和落款，自动编号改成文字，去掉手工空格和空行，\n"
        "半角标点改全角；.docx 里的表格、图片、脚注原样带过来。文字一个不丢，原文件不会变动。",
    )  # fmt: skip
    command.add_argument("file", metavar="文件", help="能读的都行：.docx .txt .md .pdf .html .doc .wps 等")
    command.add_argument("-o", "--output", metavar="文件", help="写到哪里，.docx（默认“原名-排版.docx”）")
    command.add_argument("--layout", default="official", metavar="版式", help="official 公文版式，speech 讲稿大字版（默认 official）")
    command.add_argument("--clean", action="store_true", help="删去疑似广告、网页零件等不是正文的内容（默认只列出，不删）")
    _json(command)


def _templates(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "templates", "有哪些版式和段落模板", "有哪些版式和段落模板；show 版式名 列出它与国标 GB/T 9704—2012 的每一处不同；\n"
        "check 把自己写的模板（文种、主题、段落模板、版式、引文）查一遍，有错指出文件和行。",
    )  # fmt: skip
    actions = ["list", "show", "check"]
    command.add_argument("action", nargs="?", default="list", choices=actions, metavar="|".join(actions), help="默认 list")
    named = "版式名（可带字体方案，如 official:windows）、段落模板名；check 时写文件或文件夹"
    command.add_argument("name", nargs="?", default="", metavar="名称", help=named)
    _json(command)


def _web(commands: Any) -> None:  # noqa: ANN401
    command = _command(
        commands, "web", "在浏览器里写：同一个起草界面，只给这台电脑用",
        "在浏览器里写：和终端里同一个起草界面，稿子也在一处。只给这台电脑用，不上网；地址里带一串暗号，每次都不同。\n"
        "要先装 textual-serve：pip install 'nigao[web]'。写完按 Ctrl+C 结束。",
    )  # fmt: skip
    command.add_argument("outline", nargs="?", metavar="提纲", help="打开的提纲文件（.yaml），原文件不会被改动")
    command.add_argument("--port", type=_port, default=8765, metavar="端口", help="用哪个端口（默认 8765，0 为任选一个空着的）")
    command.add_argument("--open", action="store_true", help="直接打开浏览器")
    command.add_argument("--bank", action="append", default=[], metavar="素材库", help="自己的素材库，可写多次，先于内置库")


def _port(text: str) -> int:
    """A port by its number, 0 for any."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("端口应是 0 到 65535 之间的数字")
    return int(text)


def _catalogue(commands: Any, name: str, what: str) -> None:  # noqa: ANN401
    command = _command(commands, name, f"有哪些{what}")
    command.add_argument(
        "action", nargs="?", default="list", choices=["list", "show"], metavar="list|show", help="默认 list"
    )
    command.add_argument("name", nargs="?", default="", metavar=what, help=f"show 时写{what}名")
    _json(command)


def parse(argv: Sequence[str] | None, version: str) -> argparse.Namespace:
    """The arguments of a call. Exits with 2 and a message when they are wrong."""
    words = list(sys.argv[1:] if argv is None else argv)
    opens = not words or _opens(words)  # the commands' own parsers take longer to make than the first screen may wait for
    return (_session_parser() if opens else parser(version)).parse_args(words)


def _opens(words: Sequence[str]) -> bool:
    """Whether a call without a command names what the session is to open: an outline first, or nothing but banks."""
    rest = iter(words)
    for word in rest:
        if word == "--bank":
            next(rest, None)
        elif not word.startswith("-"):
            return word.lower().endswith((".yaml", ".yml"))
    return any(word.partition("=")[0] == "--bank" for word in words)
