"""A list whose rows change while most of them stay: what a row looks like is worked out once, and not with every key again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.style import Style
from textual.visual import Padding, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

ROWS = 512
"""Rows whose looks are remembered."""
_ANY = Spacing()
"""In the place of the padding in keys of Textual's own cache: it is the same for all rows."""


@dataclass(slots=True)
class _Look:
    """A row as it is drawn, and with what a click on it means at one place of the list."""

    drawn: list[Strip]
    place: int = -1
    strips: list[Strip] = field(default_factory=list)


class SteadyList(OptionList):
    """An `OptionList` that may be emptied and filled again at every key: wrapping Chinese text is most of what that costs, and is not
    done twice for the same words. Only prompts that are `Content` are remembered."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._wrapped: LRUCache[object, Content] = LRUCache(ROWS)
        self._looks: LRUCache[object, _Look] = LRUCache(ROWS)
        self._drawing = 0
        """While lines are drawn: how wide they are."""

    def show(self, options: Sequence[Option], highlighted: int | None) -> None:
        """Has these options now, that one at the highlight, the window on them where it was as far as the highlight allows."""
        before = self.highlighted
        for held in (self._options, self._id_to_option, self._option_to_index, self._option_render_cache):
            held.clear()
        self._line_cache.clear()
        self.add_options(options)
        self.refresh()
        self.highlighted = highlighted
        if highlighted is not None and self.highlighted == before:  # another option, though at the same place
            self.watch_highlighted(highlighted)

    def _get_visual(self, option: Option) -> Visual:
        """The content that had the same words before: it knows how high it is."""
        if option._visual is None and isinstance(option.prompt, Content):
            face = _face(option.prompt)
            if face not in self._wrapped:
                self._wrapped[face] = option.prompt
            option._visual = self._wrapped[face]
        return super()._get_visual(option)

    def _get_option_render(self, option: Option, style: Style) -> list[Strip]:
        """Its lines as they were drawn before, if they were."""
        if (strips := self._option_render_cache.get((option, style, _ANY))) is not None:
            return strips
        if not isinstance(option.prompt, Content) or option._divider:
            return super()._get_option_render(option, style)
        place = self._option_to_index[option]
        width = self._drawing or self.scrollable_content_region.width
        look: tuple[Any, ...] = (_face(option.prompt), style, self.app.theme, width)
        known = self._looks.get(look)
        if known is None:
            known = self._looks[look] = _Look(self._drawn(option, style, width))
        if known.place != place:
            known.place, known.strips = place, [strip.apply_meta({"option": place}) for strip in known.drawn]
        self._option_render_cache[option, style, _ANY] = known.strips
        return known.strips

    def _drawn(self, option: Option, style: Style, width: int) -> list[Strip]:
        """An option's lines; what a click on them means cannot be changed once it is said, so it is not."""
        visual, padding = self._get_visual(option), self.get_component_styles("option-list--option").padding
        strips = Visual.to_strips(self, Padding(visual, padding) if padding else visual, width, None, style)
        return [strip.extend_cell_length(width, style.rich_style) for strip in strips]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines and width are the same for all that are drawn now; Textual works them out again for each."""
        self._update_lines()
        self._drawing = self.scrollable_content_region.width
        try:
            return super().render_lines(crop)
        finally:
            self._drawing = 0

    def _update_lines(self) -> None:
        if not self._drawing:
            super()._update_lines()


def _face(content: Content) -> tuple[object, ...]:
    return content.plain, *content.spans
