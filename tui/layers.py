"""A cure of Textual's compositor for wide characters: what stands in front is cut only at edges one can see.

Textual cuts every line of the screen wherever a widget begins or ends, hidden ones too. A notice in front of two panes is so cut at the
edge between them, and a character of two cells that lies across it becomes two blanks. Here an edge behind a widget cuts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


def install() -> None:
    """Puts the cure in the place of what it cures."""
    Compositor.cuts = property(_cuts)  # type: ignore[method-assign, assignment]
    Compositor._render_chops = _render_chops  # type: ignore[method-assign]


def _cuts(self: Compositor) -> list[list[int]]:
    """For each line the edges that can be seen."""
    if self._cuts is None:
        width, height = self.size
        cuts = [{0, width} for _ in range(height)]
        fronts: list[list[tuple[int, int]]] = [[] for _ in range(height)]
        for region, clip in self.visible_widgets.values():  # the foremost first
            x, y, wide, high = Region.intersection(region, clip)
            for line in range(y, y + high) if wide else ():
                front, end = fronts[line], x + wide
                if all(not (a <= x and end <= b) for a, b in front):
                    cuts[line].update(edge for edge in (x, end) if all(not a < edge < b for a, b in front))
                    front.append((x, end))
        self._cuts = [sorted(line) for line in cuts]
    return self._cuts


def _render_chops(self: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
    """Each line in the pieces between its cuts, each piece from the foremost widget there. As Textual has it, but for widgets whose own
    edges are hidden, and lines that are not wanted."""
    cuts = self.cuts
    chops: list[dict[int, Any]] = [dict.fromkeys(line[:-1]) for line in cuts]
    for seen, top, strips in _renders(self, crop, is_rendered_line):
        left, right = seen.column_span
        for y, strip in enumerate(strips, top):
            if edges := [cut for cut in cuts[y] if left <= cut <= right]:
                hidden = edges[0] > left
                pieces = strip.divide([cut - left for cut in (edges if hidden else edges[1:])])[hidden:]
                line = chops[y]
                for cut, piece in zip(edges, pieces, strict=False):
                    if line[cut] is None:
                        line[cut] = piece
    return cast("Sequence[Mapping[int, Strip]]", chops)


def _renders(self: Compositor, crop: Region, is_wanted: Callable[[int], bool]) -> Iterator[tuple[Region, int, list[Strip]]]:
    """What is seen of each widget, the foremost first: where, from which line on, and the lines. Only those that are wanted are asked
    for: Textual has a widget draw all of them where one has changed."""
    for widget, (region, clip) in self.visible_widgets.items():
        seen = Region.intersection(region, clip)
        wanted = [y for y in seen.line_range if is_wanted(y)] if seen and crop.overlaps(seen) else []
        for _, run in groupby(enumerate(wanted), lambda pair: pair[1] - pair[0]):
            lines = [y for _, y in run]
            part = Region(seen.x - region.x, lines[0] - region.y, seen.width, len(lines))
            yield seen, lines[0], widget.render_lines(part)
