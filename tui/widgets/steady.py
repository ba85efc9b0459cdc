"""Lists and lines that change while most of what they show stays: what a row looks like is worked out once, and painted where it is new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size, Spacing
from textual.strip import Strip
from textual.style import Style
from textual.visual import Padding, Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from textual.css.styles import RulesMap

ROWS = 512
"""Rows whose looks are remembered."""
_ANY = Spacing()
"""In the place of the padding in keys of Textual's own cache: it is the same for all rows."""
_LOOKS = ((), ("option-list--option-highlighted",), ("option-list--option-hover",), ("option-list--option-disabled",))
"""Classes of rows that look different."""


@dataclass(slots=True)
class _Look:
    """A row as it is drawn, and with what a click on it means at one place of the list."""

    drawn: list[Strip]
    place: int = -1
    strips: list[Strip] = field(default_factory=list)


class SteadyList(OptionList):
    """An `OptionList` that may be emptied and filled again at every key: wrapping Chinese text and painting are most of what that costs,
    and are not done again for lines that show what they have shown. Only prompts that are `Content` are remembered."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._wrapped: LRUCache[object, Content] = LRUCache(ROWS)
        self._looks: LRUCache[object, _Look] = LRUCache(ROWS)
        self._drawing = 0
        """While lines are drawn: how wide they are."""
        self._stale = False
        self._painted: list[object] = []
        """What each line showed when it was painted last, behind what holds for all of them."""
        self._scrolled: object = None
        self._counted = 0

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

    def prepare(self, options: Iterable[Option]) -> None:
        """Works out how rows look that may be shown next."""
        width, style = self.scrollable_content_region.width, self.get_visual_style("option-list--option")
        room = width - self._get_left_gutter_width() - self.get_component_styles("option-list--option").padding.width
        for option in options if width else ():
            if isinstance(option.prompt, Content):
                self._get_visual(option).get_height(cast("RulesMap", self.styles), room)
                look = self._look_of(option.prompt, style, width)
                if look not in self._looks:
                    self._looks[look] = _Look(self._drawn(option, style, width))

    def _look_of(self, prompt: Content, style: Style, width: int) -> tuple[Any, ...]:
        return _face(prompt), style, self.app.theme, width

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
        look = self._look_of(option.prompt, style, width)
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

    # ------------------------------------------------------------ painting
    def _set_dirty(self, *regions: Region) -> None:
        """Which lines have to be painted anew is looked at when all changes of a key are in."""
        self._stale = True

    def notify_style_update(self) -> None:
        """All of it looks different."""
        self._painted = []
        super().notify_style_update()

    def _exchange_repaint_regions(self) -> Collection[Region]:
        self._settle()
        return super()._exchange_repaint_regions()

    def _settle(self) -> None:
        """Has those lines painted that show something else than they did."""
        if not self._stale:
            return
        self._stale = False
        faces, before = self._faces(), self._painted
        self._painted = faces
        if len(faces) != len(before) or faces[0] != before[0]:
            super()._set_dirty()
        elif new := [y for y, (face, old) in enumerate(zip(faces[1:], before[1:], strict=True)) if face != old]:
            super()._set_dirty(*(Region(0, y, self.size.width, 1) for y in new))

    def _faces(self) -> list[object]:
        """What each line in sight shows, behind what holds for all of them."""
        self._update_lines()
        options, top = self.options, self.scroll_offset.y
        lines = self._lines[top : top + self.size.height]
        faces = {index: self._face_of(options[index], index) for index in dict.fromkeys(index for index, _ in lines)}
        shown: list[object] = [(faces[index], offset) for index, offset in lines]
        styles = [self.get_visual_style("option-list--option", *more) for more in _LOOKS]
        whole = self.size, self.region.size, self.scrollable_content_region.width, self.app.theme, self.background_colors, *styles
        return [whole, *shown, *[None] * (self.size.height - len(shown))]

    def _face_of(self, option: Option, index: int) -> tuple[object, ...]:
        prompt = option.prompt
        held = index == self.highlighted, index == self._mouse_hovering_over, option.disabled, option._divider
        return (index, *held, _face(prompt) if isinstance(prompt, Content) else prompt)

    def _scroll_update(self, virtual_size: Size) -> None:
        """Scroll bars are drawn anew only where they show something else."""
        state = virtual_size, self.container_size, self.show_vertical_scrollbar, self.show_horizontal_scrollbar
        if state != self._scrolled:
            super()._scroll_update(virtual_size)
            self._scrolled = virtual_size, self.container_size, self.show_vertical_scrollbar, self.show_horizontal_scrollbar

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines and width are the same for all that are drawn now; Textual works them out again for each."""
        self._settle()
        self._update_lines()
        self._drawing = self.scrollable_content_region.width
        try:
            return super().render_lines(crop)
        finally:
            self._drawing = 0

    def _update_lines(self) -> None:
        """Lines that were counted for another width are counted anew."""
        if self._drawing:
            return
        if self._counted != (width := self.scrollable_content_region.width):
            self._counted = width
            self._option_render_cache.clear()
            self._line_cache.clear()
        super()._update_lines()


class SteadyText(Static):
    """Words above or below a list: the screen is laid out anew only where they need more lines, or fewer."""

    def say(self, content: Content) -> None:
        """Shows these words."""
        width, rules = self.content_size.width, cast("RulesMap", self.styles)
        fits = width > 0 and content.get_height(rules, width) == self.content_size.height
        fixed = self.styles.height is not None and self.styles.height.is_cells
        self.update(content, layout=not (fits or fixed))


def _face(content: Content) -> tuple[object, ...]:
    return content.plain, *content.spans
