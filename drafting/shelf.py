"""The banks as their owner looks after them: what is in them, what he decides of it with a way back, where a phrase comes from.

Decisions go into one bank of his own: the first that was given, else `bank.db` in his folder, made when first something is put in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from drafting.builtin import CORPUS
from drafting.config import user_folder
from drafting.corpus import add_phrase, curate
from phrasebank.bank import Bank, write_bank
from phrasebank.contents import Contents, Curation
from phrasebank.curating import restore
from phrasebank.errors import BankError, ReadError
from phrasebank.model import Phrase, Source
from phrasebank.search import Hit, Query, Stack

AROUND = 4
"""Lines shown before and after the one a phrase stands in."""


def own_path() -> Path:
    """The user's own bank where he gave none."""
    return user_folder() / "bank.db"


def with_own(banks: Sequence[str]) -> list[str]:
    """The banks to open: those that were given, else the user's own where there is one."""
    return list(banks) or ([str(own_path())] if own_path().is_file() else [])


@dataclass(frozen=True, slots=True)
class Passage:
    """The lines around a phrase in its source, with their numbers; `line` is the one it stands in. `missing` says why there are none."""

    source: Source
    path: Path | None = None
    lines: tuple[tuple[int, str], ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What banks hold, as counts by name: offered phrases by theme, role and year of their text, and a few sums."""

    documents: int
    phrases: int
    themes: dict[str, int]
    roles: dict[str, int]
    years: dict[str, int]
    decided: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Change:
    """A change to take back: what was decided before and after it, and how it is told."""

    before: Curation
    after: Curation
    told: str


@dataclass
class Shelf:
    """A stack of banks, and the one of them that decisions go into."""

    stack: Stack
    path: Path
    past: list[_Change] = field(default_factory=list)
    future: list[_Change] = field(default_factory=list)

    @classmethod
    def over(cls, stack: Stack) -> Shelf:
        """The shelf of an open stack."""
        return cls(stack, next((bank.path for bank, own in stack.banks if own), own_path()))

    # Looking

    def search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        """The first phrases for a query."""
        return self.stack.search(query, limit)

    def curated(self, which: str, limit: int) -> tuple[Hit, ...]:
        """Phrases of which something was decided: pinned, hidden, edited or own."""
        found: dict[str, Hit] = {}
        for bank, own in self.stack.banks:
            known = bank.decided
            ids = {"pinned": known.pinned, "hidden": known.hidden, "edited": known.edits, "own": known.own}[which]
            for id_ in sorted(ids):
                if phrase := bank.by_id(id_):
                    found.setdefault(id_, Hit(phrase, 1.0, own, id_ in known.pinned, known.tags_of(id_)))
        return tuple(found.values())[:limit]

    def tags(self) -> tuple[str, ...]:
        """All tags in use."""
        return tuple(sorted({tag for bank, _ in self.stack.banks for tag in bank.decided.tags}))

    def is_hidden(self, phrase_id: str) -> bool:
        """Whether a phrase is offered no more."""
        return any(phrase_id in bank.decided.hidden | bank.decided.waiting_hidden for bank, _ in self.stack.banks)

    def is_own(self, phrase_id: str) -> bool:
        """Whether the user wrote a phrase himself."""
        return any(phrase_id in bank.decided.own for bank, _ in self.stack.banks)

    def as_mined(self, phrase_id: str) -> str:
        """The wording of an edited phrase as it stood in the text; "" for one that was not edited."""
        for bank, _ in self.stack.banks:
            if phrase_id in bank.decided.edits and (text := bank.text_as_mined(phrase_id)):
                return text
        return ""

    def passage(self, source: Source) -> Passage:
        """What stands around a phrase, read from the file as it is now."""
        from phrasebank.readers import read

        path = self._found(source.file)
        if path is None:
            return Passage(source, missing="原来的文件已经不在那里了，看不到上下文")
        try:
            lines = read(path).lines
        except ReadError as error:
            return Passage(source, path, missing=f"原来的文件现在读不了：{error}")
        if source.line > len(lines):
            return Passage(source, path, missing="原来的文件后来改短了，找不到这一行")
        first = max(source.line - AROUND, 1)
        return Passage(source, path, tuple(enumerate(lines[first - 1 : source.line + AROUND], first)))

    def _found(self, file: str) -> Path | None:
        """The file of that stored name: as it is, beside a bank, or in our own corpus. A text inside an archive is found through it."""
        places = [Path(file), *(bank.path.parent / file for bank, _ in self.stack.banks), CORPUS / file]
        return next((place for place in places if any(part.is_file() for part in (place, *place.parents))), None)

    def holdings(self) -> Holdings:
        """What all banks hold together. Looks at every phrase: a million take seconds."""
        with_sums: dict[str, dict[str, int]] = {"theme": {}, "role": {}, "year_to": {}}
        documents = phrases = 0
        decided = dict.fromkeys(("pinned", "hidden", "edits", "own"), 0)
        for path in dict.fromkeys(bank.path for bank, _ in self.stack.banks):
            with closing(Bank(path)) as bank:  # a connection of its own, so that nobody waits for it
                documents += bank.count("documents")
                phrases += bank.count("phrases", "reason = ''")
                for column, sums in with_sums.items():
                    for name, number in bank.tally(column).items():
                        sums[name] = sums.get(name, 0) + number
                for name in decided:
                    decided[name] += len(getattr(bank.decided, name))
        return Holdings(documents, phrases, with_sums["theme"], with_sums["role"], dict(sorted(with_sums["year_to"].items())), decided)

    # Deciding

    def decide(self, action: str, ids: Sequence[str], told: str, *, text: str = "", tags: Sequence[str] = ()) -> None:
        """Does what `drafting.corpus.curate` does. Raises BankError."""
        self._change(lambda: curate(action, str(self.path), ids, text=text, tags=tags), told)

    def retag(self, phrase: Phrase, before: Sequence[str], after: Sequence[str], told: str) -> None:
        """Gives a phrase these tags and no others. Raises BankError."""

        def swap() -> None:
            for action, words in (("untag", set(before) - set(after)), ("tag", set(after) - set(before))):
                if words:
                    curate(action, str(self.path), [phrase.id], tags=sorted(words))

        self._change(swap, told)

    def add(self, phrase: Phrase, tags: Sequence[str], told: str) -> None:
        """Adds a phrase of the user's own. Raises BankError."""
        self._change(lambda: add_phrase(str(self.path), phrase, tags), told)

    def reword(self, phrase: Phrase, text: str, told: str) -> None:
        """Gives a phrase other wording. One of the user's own becomes another, for its wording is what it goes by."""
        if not self.is_own(phrase.id):
            self.decide("edit", [phrase.id], told, text=text)
            return

        def swap() -> None:
            tags = next((hit.tags for hit in self.curated("own", 10_000) if hit.phrase.id == phrase.id), ())
            id_ = add_phrase(str(self.path), replace(phrase, text=text), tags)
            if id_ != phrase.id:
                curate("remove", str(self.path), [phrase.id])

        self._change(swap, told)

    def undo(self) -> str:
        """Takes the last decision back and says which; "" where there is none. Raises BankError."""
        return self._travel(self.past, self.future, back=True)

    def redo(self) -> str:
        """Does the last decision that was taken back again."""
        return self._travel(self.future, self.past, back=False)

    def _change(self, act: Callable[[], object], told: str) -> None:
        before = self._decided()
        act()
        after = self._decided()
        if after != before:
            self.past.append(_Change(before, after, told))
            self.future.clear()

    def _travel(self, source: list[_Change], target: list[_Change], *, back: bool) -> str:
        if not source:
            return ""
        change = source[-1]
        old, new = (change.after, change.before) if back else (change.before, change.after)
        restore(self.path, new, old)
        target.append(source.pop())
        return change.told

    def _decided(self) -> Curation:
        """What stands in the user's bank, which is made where there is none yet."""
        if not self.path.is_file():
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise BankError("建不了存放自己素材库的文件夹；请检查权限", str(self.path.parent)) from error
            write_bank(Contents((), ()), self.path)
        if self.path not in {bank.path for bank, _ in self.stack.banks}:
            self.reopen()
        return next(bank for bank, _ in self.stack.banks if bank.path == self.path).curation()

    def reopen(self) -> None:
        """Opens the banks anew: the user's own was made, or mined anew. Raises BankError."""
        own = [bank.path for bank, own in self.stack.banks if own]
        paths = own if self.path in own else [self.path, *own]
        builtin = next((bank for bank, own in self.stack.banks if not own), None)
        self.stack.take(Stack([Bank(path) for path in paths], builtin))
