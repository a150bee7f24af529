"""A pass mark in points: which totals a learner can reach, and which of them pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, lcm

from msgspec import Struct

WORK_LIMIT = 2_000_000_000
"""Above this the reachable totals are not listed one by one."""


class PassMark(Struct, frozen=True):
    """`needed` is the least total that passes; `below` the greatest that does not, None where all pass.

    `exact` is False where there are too many totals to look at: `needed` is then the mark itself.
    """

    possible: Fraction
    needed: Fraction
    below: Fraction | None
    exact: bool = True


def pass_mark_in_points(mark: int, questions: Sequence[tuple[Fraction, int]]) -> PassMark | None:
    """The mark (ten-thousandths) over questions of (points, units of the share); None without any points.

    A total passes when its share, rounded half up to ten-thousandths, reaches the mark.
    """
    scored = [(points, of) for points, of in questions if points and of]
    possible = sum((points for points, _ in scored), Fraction(0))
    if not possible:
        return None
    least = possible * Fraction(max(0, 2 * mark - 1), 20000)
    scale = lcm(*((points / of).denominator for points, of in scored))
    size, steps = int(possible * scale) + 1, sum(of for _, of in scored)
    if size * steps > WORK_LIMIT:
        return PassMark(possible, least, None, exact=False)
    totals = _totals((int(points / of * scale), of) for points, of in scored)
    limit = ceil(least * scale)
    above = totals >> limit
    needed = limit + (above & -above).bit_length() - 1
    below = (totals & ((1 << limit) - 1)).bit_length() - 1
    return PassMark(possible, Fraction(needed, scale), Fraction(below, scale) if below >= 0 else None)


def _totals(questions: Iterable[tuple[int, int]]) -> int:
    """The reachable totals as the bits of a number, from (size of a unit, units) of each question."""
    totals = 1
    for unit, of in questions:
        before = totals
        for k in range(1, of + 1):
            totals |= before << (unit * k)
    return totals
