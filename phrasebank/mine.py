"""Corpus to bank: composes the chain and counts every drop with its reason.

    find_files → mine each file (`phrasebank.mined`) → assemble (`phrasebank.assemble`) → write

Files are mined one by one, in one process or several; the result does not hang on how many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from phrasebank.assemble import Report, assemble
from phrasebank.bank import write_bank
from phrasebank.errors import ReadError
from phrasebank.memo import Memo, key_of, miner_digest
from phrasebank.mined import Mined, from_row, mine_file, stored_name, to_row
from phrasebank.model import Lexicon
from phrasebank.readers import find_files
from phrasebank.readers.source import load
from phrasebank.segment import segmenter
from phrasebank.workers import Progress, in_processes


def mine(
    paths: Sequence[str | Path], output: Path, lexicon: Lexicon, *, jobs: int = 1, progress: Progress | None = None,
    base: Path | None = None, terms: bool = True, memo: Path | None = None,
) -> Report:  # fmt: skip
    """Mines all texts under `paths` into a bank at `output`.

    `base`: file names are stored relative to it. `terms`: whether set expressions are counted too; only they need the
    segmenter. `memo`: a file in which what was mined of each text is remembered, so that the next run reads only what is new
    or changed; the bank is the same with and without. Raises ReadError when nothing can be read, BankError when the bank
    cannot be written. A single file that cannot be found or read is reported, not raised.
    """
    run = _Run(lexicon, base, terms, memo)
    files, faults = find_files(paths)
    results = [*faults, *run.results(files, jobs, progress)]
    unreadable = tuple(result for result in results if isinstance(result, ReadError))
    mined = sorted((r for r in results if isinstance(r, Mined)), key=lambda m: m.document.file)
    if not mined:
        raise unreadable[0]
    contents, report = assemble(mined, unreadable, run.reused, terms)
    write_bank(contents, output)
    return report


class _Run:
    """One run over files: those that the memo knows are not read again."""

    def __init__(self, lexicon: Lexicon, base: Path | None, terms: bool, memo: Path | None) -> None:
        self._one = partial(mine_file, lexicon=lexicon, base=base, terms=terms)
        self._base, self._path, self.reused = base, memo, 0
        self._context = miner_digest(repr(lexicon), segmenter() if terms else "") if memo else ""

    def results(self, files: Sequence[Path], jobs: int, progress: Progress | None) -> Iterator[Mined | ReadError]:
        """What each file gave: first the known ones, then the others as they are mined."""
        memo: Memo[Mined] = Memo(self._path, to_row, from_row)
        try:
            keys = {file: self._key(file) for file in files} if self._path else {}
            known = {file: found for file, key in keys.items() if key and (found := memo.get(key))}
            self.reused = len(known)
            new = [file for file in files if file not in known]
            mined = zip(new, in_processes(self._one, new, jobs), strict=True)
            for done, (file, result) in enumerate(chain(known.items(), mined), 1):
                if isinstance(result, Mined) and file not in known and keys.get(file):
                    memo.put(keys[file], result)
                if progress:
                    progress(done, len(files), file.name)
                yield result
        finally:
            memo.close()

    def _key(self, file: Path) -> str:
        """The key of a file; empty for one that cannot be read, which mining will say."""
        try:
            return key_of(self._context, stored_name(file, self._base), load(file))
        except ReadError:
            return ""
