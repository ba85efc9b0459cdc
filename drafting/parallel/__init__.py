"""对仗: how parallel headings are, what breaks a set, and sets that stand parallel."""

from __future__ import annotations

from drafting.parallel.clauses import clauses
from drafting.parallel.diagnosis import Break, breaks
from drafting.parallel.measure import EXACT, Likeness, measure, parallel

__all__ = ["EXACT", "Break", "Likeness", "breaks", "clauses", "measure", "parallel"]
