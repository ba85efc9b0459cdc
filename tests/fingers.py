"""Fingers that press keys at random, and what must hold after each of them: no exception, no word lost, the file as the session is.

Seeded: the same seed presses the same keys. A step is an event of the keyboard: a key, a character that an input method commits, a paste,
or another size of the window. `test_tui_random.py` presses one thousand in every run and ten thousand with `-m slow`.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from small import small_outline
from walking import Walk, resize, settle, walk

from textual import events  # isort: skip # the cures of `walking` come before
from textual.widgets import Input, TextArea

from drafting import history
from drafting.intake import Outcome
from drafting.model import Outline
from drafting.outline import load
from drafting.session import Session, reopen
from tui.keymap import known
from tui.screens.dialogs import AskText, Dialog
from tui.screens.start import StartScreen
from tui.screens.step import Step
from tui.screens.theme import ThemeScreen

MARKS = "犇羴鱻麤猋骉"
"""Characters that stand in nothing but what was typed here."""
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"  # noqa: E501
ODD = [
    "〔待填：数据｜排查隐患｜处〕", "{{ theme }}", "{place}", "（一）", "《》“”", "——……", "\U0001f642\U0001f469\u200d\U0001f467", "\u3000",
    "\u200b", "e\u0301", "12.5%", "<b>&", "[red]x[/]", "\u3400\U00020000", "\ufeff",
]  # fmt: skip
"""What programs stumble over."""
MOVES = ["up", "down", "left", "right", "tab", "shift+tab", "enter", "escape", "home", "end", "pageup", "pagedown", "space", "backspace",
         "delete", "ctrl+u", "ctrl+k", "ctrl+a", "shift+down", "shift+up", "ctrl+home", "ctrl+end"]  # fmt: skip
KEYS = {"move": MOVES, "undo": ["ctrl+z", "ctrl+z", "ctrl+y"], "way": ["f3", "f3", "f2", "enter", "escape"]}
IN_A_BOX = {"text": 40, "move": 22, "bound": 8, "way": 27, "undo": 2, "size": 1}
"""How often what is pressed in a box."""
IN_A_FIELD = {"text": 34, "move": 38, "bound": 12, "way": 12, "undo": 3, "size": 1}
"""In a field of a step."""
ELSEWHERE = {"text": 6, "move": 36, "bound": 42, "way": 7, "undo": 7, "size": 2}
"""And elsewhere."""
AWAY = 0.12
"""How often, where there is no draft to be seen, one is begun."""
STEPS = ["profile", "sections", "write", "write", "write", "facts", "facts", "review", "export"]
"""Where a draft is begun with."""
HELD = [1, 1, 2, 3, 5, 8]
"""How often a key that is held down comes."""
LOOK = 12
"""Presses between two looks at what stands on the screen."""
REOPENED = 10
"""Changes between two looks at what another process would find in the file."""
SIZES = [(80, 24), (40, 20), (30, 12), (100, 30), (120, 36), (12, 5)]


@dataclass
class Fingers:
    """`pressed` is what was pressed so far, `steps` how many events that was, `met` the screens they came to."""

    seed: int
    keys: int
    pressed: list[str] = field(default_factory=list)
    steps: int = 0
    met: Counter[str] = field(default_factory=Counter)
    books: dict[Path, Outline] = field(default_factory=dict)
    """The last outline of each draft that was seen."""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._session: Session | None = None
        self._words: Words | None = None
        self._checked: tuple[object, int] = (None, 0)

    async def play(self) -> None:
        """All keys, through as many sessions as they leave and begin; now and then a session is left as by a kill."""
        try:
            while self.steps < self.keys:
                async with walk((80, 24)) as w:
                    await self._session_through(w, self.steps + self.chance.randrange(100, 400))
        except BaseException as error:
            error.add_note(self.where())
            raise

    def where(self) -> str:
        """How to come to this point again."""
        return f"NIGAO_SEED={self.seed}, step {self.steps} of {self.keys}\nlast: {' '.join(self.pressed[-30:])}"

    async def _session_through(self, w: Walk, until: int) -> None:
        if self.chance.random() < 0.8:
            await self._begin(w)
        while self.steps < min(until, self.keys) and not w.app._exit:
            if isinstance(w.screen, (StartScreen, ThemeScreen)) and self.chance.random() < AWAY:
                await self._begin(w)
            open_before = _open(w)
            key = await self._press(w)
            if w.app._exception:
                return  # raised when the application is closed
            self._look(w)
            self._kept(w, key, *open_before)
            if len(self.pressed) % LOOK == 0 and not w.app._exit:
                w.lines()
        if self._session is not None and self._words is not None:
            self._words.all_the_way()
            if w.app.path and w.app.session is self._session:
                assert all(v.restored(w.session.library, w.session.stack) for v in history.versions(w.app.path)), "a version is damaged"

    async def _begin(self, w: Walk) -> None:
        """A draft is at hand, that has something of everything."""
        w.app._take(w.app.workshop.session(small_outline()), w.app.store.new_path())
        w.app.autosave()
        w.app.go(self.chance.choice(STEPS))
        await settle(w.app)

    async def _press(self, w: Walk) -> str:
        self.met[type(w.screen).__name__] += 1
        types = isinstance(w.app.focused, (Input, TextArea))
        chances = IN_A_BOX if isinstance(w.screen, Dialog) else IN_A_FIELD if types else ELSEWHERE
        (kind,) = self.chance.choices(list(chances), list(chances.values()))
        self.steps += 1
        match kind:
            case "size":
                size = self.chance.choice(SIZES)
                self.pressed.append(pressed := f"size:{size[0]}x{size[1]}")
                if w.app.size != size:
                    await resize(w.app, size)
            case "text":
                text = self._text()
                paste = self.chance.random() < 0.3
                self.pressed.append(pressed := f"{'paste' if paste else 'type'}:{text!r}")
                sent = [events.Paste(text)] if paste else [events.Key(one, one) for one in text if one != "\n"]
                self.steps += len(sent) - 1
                for event in sent:
                    w.app.post_message(event)
            case _:
                pressed = self._key(w, kind)
                times = self.chance.choice(HELD) if kind in ("move", "undo") and pressed not in ("enter", "escape") else 1
                self.pressed.append(f"{pressed}×{times}" if times > 1 else pressed)
                self.steps += times - 1
                for _ in range(times):
                    w.send(pressed)
        await settle(w.app)
        return pressed

    def _key(self, w: Walk, kind: str) -> str:
        if kind == "bound":
            here = [key for key in w.screen.active_bindings if len(key) > 1]
            return self.chance.choice(here if here and self.chance.random() < 0.8 else _bound())
        return self.chance.choice(KEYS[kind])

    def _text(self) -> str:
        kind = self.chance.random()
        if kind < 0.6:
            words = "".join(self.chance.choices(COMMON, k=self.chance.randrange(3, 14)))
            return self.chance.choice(MARKS) + words + self.chance.choice(["。", "", "，", "\n" + self.chance.choice(MARKS) + "另起一段。"])
        if kind < 0.75:
            return self.chance.choice(ODD)
        if kind < 0.9:
            return "".join(self.chance.choices("abcxyz019 -_#：", k=self.chance.randrange(1, 6)))
        return "".join(chr(ord(one) + 0xFEE0) for one in self.chance.choices("ABCxyz019?", k=3))

    def _look(self, w: Walk) -> None:
        """What must hold now."""
        app = w.app
        assert len(app.screen_stack) < 12, [type(screen).__name__ for screen in app.screen_stack]
        for path, outline in list(self.books.items()):
            if path != app.path or app.session is None:
                (saved,) = load(path, app.workshop.library)
                assert saved == outline, f"{path.name} is not as it was left"
                del self.books[path]
        session = app.session
        if session is not self._session:
            if self._words is not None:
                self._words.all_the_way()
            self._session, self._words = session, Words(session) if session else None
        if session is None or app.path is None:
            return
        assert self._words is not None
        self._words.look()
        if self._checked != (session.outline, id(session)):
            (saved,) = load(app.path, session.library)
            assert saved == session.outline, "the file is not as the session is"
            if self.met["changes"] % REOPENED == 0:
                again = reopen(app.path, session.library, session.stack, app.store.words(app.path))
                assert again.draft.text == session.draft.text, "another process would find another draft"
            self.met["changes"] += 1
            self._checked = session.outline, id(session)
        self.books[app.path] = session.outline

    def _kept(self, w: Walk, key: str, box: AskText | None, text: str, path: Path | None) -> None:
        """What stood in a box over the draft is in the draft, still in the box, or kept to be offered again, after Esc too."""
        if box is None or box in w.app.screen_stack or not set(text) & set(MARKS):
            return
        self.met["boxes"] += 1
        held = [typed.text for held in (False, True) if (typed := w.app.store.typed(path, held=held))]
        where = _bare("".join([*held, *([w.session.draft.text, *_texts(w.session.outline)] if w.session else ())]))
        pieces = [_bare(piece) for piece in re.split("[。！？\\n]", text) if set(piece) & set(MARKS)]
        assert all(piece in where for piece in pieces), f"typed, and lost: {text!r}"


def _open(w: Walk) -> tuple[AskText | None, str, Path | None]:
    """The box that stands open over a step of the draft, what is in it, and the file of the draft."""
    box = w.screen
    if not isinstance(box, AskText) or not w.session or not isinstance(w.app.screen_stack[-2], Step):
        return None, "", None
    return box, box.query_one(TextArea).text, w.app.path


def _bare(text: str) -> str:
    return "".join(text.split())


class Words:
    """The writer's own words of a session: whatever was once in its outline is in it still, or undo leads to it.

    Two things take words away because the writer wants it so: typing on in the same field, and a change after an undo.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.first = session.past[0] if session.past else session.outline
        self.seen = set(own_words(session.outline))
        self.before = self._state()

    def _state(self) -> tuple[Outline, int, tuple[int, ...]]:
        return self.session.outline, len(self.session.past), tuple(map(id, self.session.future))

    def look(self) -> None:
        """After a key."""
        outline, past, future = self._state()
        if outline is self.before[0]:
            return
        if (self.before[2] and not future) or past == self.before[1]:
            self.seen &= self._held()  # taken back and written over, or typed on in the same field
        self.seen |= own_words(outline)
        assert not (lost := self.seen - self._held()), f"lost: {sorted(lost)}"
        self.before = outline, past, future

    def all_the_way(self) -> None:
        """Undo leads back to the first state, and redo to the present one."""
        session, now, steps = self.session, self.session.outline, len(self.session.past)
        for _ in range(steps):
            assert session.undo()
        assert not session.undo()
        assert session.outline == self.first, "undo does not lead to the beginning"
        for _ in range(steps):
            assert session.redo()
        assert session.outline == now, "redo does not lead to the end"

    def _held(self) -> set[str]:
        return set().union(*map(own_words, (*self.session.past, self.session.outline, *self.session.future)))


def own_words(outline: Outline) -> frozenset[str]:
    """Every text in an outline that was typed here."""
    key = id(outline)
    if (kept := _own.get(key)) is None or kept[0] is not outline:
        kept = _own[key] = (outline, frozenset(text for text in _texts(outline) if set(text) & set(MARKS)))
    return kept[1]


_own: dict[int, tuple[Outline, frozenset[str]]] = {}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _texts(one)


@lru_cache
def _bound() -> list[str]:
    """Every key that anything of ours is bound to."""
    import tui.screens.bank
    import tui.screens.history
    import tui.screens.walk

    for step in tui.screens.walk.LABELS:
        tui.screens.walk.screen(step)
    return sorted({key for keys, _ in known().values() for key in keys.split(",") if key})


@contextmanager
def harmless(folder: Path) -> Iterator[None]:
    """Whatever is typed where a file is asked for, nothing outside of `folder` is written; nothing is opened, read in or converted."""
    with pytest.MonkeyPatch.context() as patch:
        inside = lambda typed: folder / (Path(typed.strip().strip("'\"")).name or "无名")  # noqa: E731
        for place in ("tui.saving.typed_path", "tui.screens.export.typed_path"):
            patch.setattr(place, inside)
        patch.setattr("tui.desktop.opener", lambda: "")
        patch.setattr("tui.clipboard.tool", lambda *_: None)
        patch.setattr("phrasebank.libreoffice.program", lambda: None)
        patch.setattr("drafting.intake.Intake.begin", lambda *_: _Nothing())
        yield


class _Nothing:
    """A folder in which there is nothing to read."""

    def steps(self) -> Iterator[Outcome]:
        yield Outcome(fault="这里没有能读的文件")

    def stop(self) -> None:
        pass
