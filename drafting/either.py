"""`{% either %}…{% or %}…{% endeither %}`: wordings of one sentence, of which a draft takes one by its seed.

Drafts that share a template would share every sentence of it; with two or three wordings each they seldom share more than some.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

_LAST = re.compile(r"\{%-?\s*endeither\s*%\}")
WAY = "_way"
"""The function that says which wording it is: of these sizes in characters, at a place of the template."""


class Either(Extension):
    """The tag: an assignment of which it is, then a chain of ifs; what stands in the others is not run."""

    tags = {"either"}  # noqa: RUF012 - as Jinja has it

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with the line break behind a last wording kept: the tag stands within a paragraph, unlike loops and conditions."""
        return _LAST.sub("{% endeither +%}", source)

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """The statement as nodes Jinja knows. Raises TemplateSyntaxError where `or` or `endeither` is missing."""
        line = next(parser.stream).lineno
        bodies, ended = [], False
        while not ended:
            bodies.append(parser.parse_statements(("name:or", "name:endeither")))
            ended = next(parser.stream).value == "endeither"
        chosen = parser.free_identifier(lineno=line)
        asked = [nodes.Const(tuple(map(_size, bodies))), nodes.Const(chosen.name)]
        way = nodes.Call(nodes.Name(WAY, "load"), asked, [], None, None)
        tests = [nodes.Compare(chosen, [nodes.Operand("eq", nodes.Const(at))]) for at in range(len(bodies))]
        elifs = [nodes.If(test, body, [], []) for test, body in zip(tests[1:], bodies[1:], strict=True)]
        chain = nodes.If(tests[0], bodies[0], elifs, [])
        return [nodes.Assign(chosen, way).set_lineno(line), chain.set_lineno(line)]


def _size(body: Sequence[nodes.Node]) -> int:
    """Characters that a wording prints of its own."""
    return sum(len(text.data) for node in body for text in node.find_all(nodes.TemplateData))
