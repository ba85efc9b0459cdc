"""The families of checks and the modules their kinds stand in. A module is imported when a rule of its kind is first run: most
drafts need few of them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafting.checks.kinds import Kind

FAMILIES = {
    "R": "串文残留", "F": "数据事实", "Q": "引语", "S": "结构", "W": "用语", "P": "标点",
}  # fmt: skip
"""What the first letter of a rule's id means."""

KINDS_OF = {
    "broken": ("broken",),
    "copied": ("copied",),
    "counts": ("announced", "undefined"),
    "facts": ("factless", "homeless"),
    "figures": ("disagree",),
    "kinds": ("pattern",),
    "marks": ("half_width", "series"),
    "numbering": ("numbering",),
    "places": ("foreign",),
    "quotes": ("sourceless", "misquoted", "credited"),
    "residue": ("residue", "blanks", "lost"),
    "sections": ("balance", "missing"),
    "structure": ("parallel", "length"),
    "terms": ("terms",),
    "times": ("stale",),
    "tone": ("tone", "levels", "polarity"),
    "wording": ("repetition", "formulas"),
}
"""The kinds of each module of `drafting.checks`."""
MODULE_OF = {kind: module for module, kinds in KINDS_OF.items() for kind in kinds}
OWN_WORDS = frozenset({"residue", "lost", "disagree", "undefined", "foreign", "sourceless", "misquoted", "credited", "stale", "copied"})
"""Kinds that look only at `Text.loose`: in a draft, at paragraphs with words that our own templates and bank did not make."""

OF_SPEECHES = frozenset({"numbering", "parallel", "balance", "missing", "length", "broken"})
"""Kinds that ask how a text is built: a form or a table is built in its own way."""

OF_SPEAKERS = OF_SPEECHES | {"repetition", "factless", "formulas"}
"""Kinds that ask how a text sounds as well: a regulation says the same words for the same thing, and names no figures."""


@cache
def find(kind: str) -> Kind:
    """The function of a kind."""
    from drafting.checks.kinds import KINDS

    import_module(f"drafting.checks.{MODULE_OF[kind]}")
    return KINDS[kind]
