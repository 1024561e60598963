"""Who is in: as few quotas missed as can be, and among such choices those who have waited longest."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.applicants import Applicant, Cohort, Quota, Selection
from placeweave.engines.grouping.programme import Programme, Solved
from placeweave.engines.grouping.quotas import can_be_missed, counted, each_of, kinds
from placeweave.engines.grouping.records import Impossible
from placeweave.engines.grouping.waiting import Record

ENGINE = "cohort 1"
"""Raised with every change that gives another answer for the same applicants and quotas."""
NODES = 2_000
"""So many branches each programme may look at: choices of some hundred people need far fewer."""
TOGETHER = 12
"""So many people in the order of waiting are settled by one programme: powers of two stay exact far beyond that."""

Counts = NDArray[np.int64]


def select(
    applicants: Iterable[Applicant],
    cohorts: Sequence[Cohort],
    quotas: Iterable[Quota] = (),
    *,
    seed: int = 0,
    nodes: int = NODES,
    seconds: float | None = None,
) -> Selection:
    """Choose who is in, and put the others in the order in which they would enter.

    Three rules, each within what those before leave open: every place is filled while anybody waits; quotas are missed
    by as few people as can be; whoever has waited longest is in if they can be, then the next, and so on. Whoever has
    waited longest is in the first cohort if that can be. Those who have waited as long are put in an order by lot,
    drawn from the seed and the key.

    People who are alike in all that quotas speak of are one integer variable for each cohort, so that the programme is
    small and has no symmetries; of those alike, whoever has waited longest is in first.

    Parameters
    ----------
    applicants : iterable of Applicant
        In any order: the same applicants give the same choice.
    cohorts : sequence of Cohort
    quotas : iterable of Quota
        They hold for each cohort.
    seed : int
    nodes : int
        Branches each programme may look at; beyond that the best that was found counts, and is not proved.
    seconds : float, optional
        Ends it by the clock, too; the answer then depends on the machine.

    Returns
    -------
    Selection

    Raises
    ------
    Impossible
        If a key comes twice, or a cohort or quota is unsound.

    References
    ----------
    Mixed-integer programming by branch and cut: Huangfu, Q., Hall, J. (2018). Parallelizing the dual revised simplex
    method. *Mathematical Programming Computation* 10 (HiGHS).

    Examples
    --------
    >>> nurses = [Applicant("ann", 9, {"sector": "health"}), Applicant("bob", 8, {"sector": "health"})]
    >>> people = [*nurses, Applicant("cat", 1, {"sector": "fire"})]
    >>> chosen = select(people, [Cohort("A", 2)], [Quota("sector", "fire", least=1)])
    >>> chosen.members, [one.key for one in chosen.waiting], chosen.proved
    ((('ann', 'cat'),), ['bob'], True)
    """
    people = in_order(applicants, seed)
    _check(people, cohorts)
    full = each_of(quotas, people)
    effort = Effort(nodes, None if seconds is None else time.monotonic() + seconds)
    choice = _Choice(people, cohorts, full, effort)
    members = choice.made()
    record = Record(people, members, full, [one.key for one in cohorts], is_proved=choice.is_proved)
    return Selection(
        members=tuple(tuple(one.key for one in group) for group in members),
        waiting=tuple(record.ranks()),
        shortfalls=tuple(record.shortfalls()),
        proved=choice.is_proved,
    )


def in_order(applicants: Iterable[Applicant], seed: int) -> list[Applicant]:
    """Put those who have waited longest first; those who have waited as long by lot."""

    def lot(one: Applicant) -> str:
        return hashlib.sha256(f"{seed}:{one.key}".encode()).hexdigest()

    return sorted(applicants, key=lambda one: (-one.waited, lot(one), one.key))


def _check(people: Sequence[Applicant], cohorts: Sequence[Cohort]) -> None:
    keys = sorted(one.key for one in people)
    twice = [one for one, other in pairwise(keys) if one == other]
    if twice:
        raise Impossible(f"{twice[0]} is there twice; each applicant needs a key of their own.")
    if not cohorts or any(one.places < 1 for one in cohorts):
        raise Impossible("A cohort needs at least one place.")
    unsound = [one.key for one in people if not np.isfinite(one.waited)]
    if unsound:
        raise Impossible(f"How long {unsound[0]} has waited is not a number.")


Alike = tuple[str, ...]
"""The values of all aspects that quotas speak of: people of one such tuple can stand in for each other."""
Columns = Mapping[Alike, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Effort:
    """How many branches each programme may look at, and until when there is time."""

    nodes: int
    until: float | None

    def solve(self, programme: Programme) -> Solved | None:
        """Solve within these limits."""
        left = None if self.until is None else self.until - time.monotonic()
        return programme.solve(nodes=self.nodes, seconds=left)


class _Choice:
    """A choice in the making: its programme, with a variable for those alike in each cohort."""

    def __init__(
        self, people: list[Applicant], cohorts: Sequence[Cohort], quotas: Sequence[Quota], effort: Effort
    ) -> None:
        self.people, self.cohorts, self.effort = people, cohorts, effort
        applied = counted(people)
        self.quotas = [one for one in quotas if can_be_missed(one, applied)]
        self.aspects = list(dict.fromkeys(one.aspect for one in self.quotas))
        self.alike = kinds(people, self.quotas)
        self.programme, self.is_proved = Programme(), True
        self.columns: dict[Alike, list[int]] = {
            one: [self.programme.variable() for _ in cohorts] for one in dict.fromkeys(self.alike)
        }

    def made(self) -> list[list[Applicant]]:
        """Give the members of each cohort."""
        self._fill()
        counts = self._fewest_missed()
        counts = self._longest_first(range(len(self.people)), self.columns, counts)
        return [[self.people[one] for one in group] for group in self._parted(counts)]

    def _fill(self) -> None:
        """Fill every place while anybody waits, the first cohorts first."""
        left = len(self.people)
        for at, cohort in enumerate(self.cohorts):
            taken = min(left, cohort.places)
            left -= taken
            self.programme.sum_of([columns[at] for columns in self.columns.values()], taken, taken)
        for kind, many in Counter(self.alike).items():
            self.programme.sum_of(self.columns[kind], 0, many)

    def _fewest_missed(self) -> Counts:
        """Settle by how many the quotas are missed in all."""
        slacks = [self._wish(quota, at) for quota in self.quotas for at in range(len(self.cohorts))]
        found = self.effort.solve(self.programme)
        self.is_proved = found is not None and found.is_best
        if found is None:
            return self._in_turn()
        for slack in slacks:
            self.programme.cost[slack] = 0.0
        self.programme.sum_of(slacks, 0, float(np.round(found.values[slacks].sum())))
        return _whole(found)

    def _wish(self, quota: Quota, at: int) -> int:
        """Add by how many a cohort misses a quota, as a variable that costs."""
        which = self.aspects.index(quota.aspect)
        columns = [columns[at] for kind, columns in self.columns.items() if kind[which] == quota.value]
        slack, ones = self.programme.variable(1.0, is_whole=False), [1.0] * len(columns)
        self.programme.row([*columns, slack], [*ones, 1.0], quota.least, np.inf)
        if quota.most is not None:
            self.programme.row([*columns, slack], [*ones, -1.0], -np.inf, quota.most)
        return slack

    def _in_turn(self) -> Counts:
        """Take people as they come, where there was no time for anything better."""
        counts = np.zeros(len(self.programme.cost), dtype=np.int64)
        places = [at for at, cohort in enumerate(self.cohorts) for _ in range(cohort.places)]
        for kind, at in zip(self.alike, places, strict=False):
            counts[self.columns[kind][at]] += 1
        return counts

    def _longest_first(self, order: Iterable[int], columns: Columns, counts: Counts) -> Counts:
        """Settle who is in, some at a time: the first in the order if they can be, then the next.

        Of those alike the first is in first; once one of them cannot be, none after them can.
        """
        total = sum(int(counts[list(some)].sum()) for some in columns.values())
        settled: Counter[Alike] = Counter()
        closed: set[Alike] = set()
        queue = iter(order)
        while settled.total() < total:
            block = list(islice((self.alike[one] for one in queue if self.alike[one] not in closed), TOGETHER))
            found = self._settle(block, columns, settled, closed) if block else None
            if found is None:
                break
            counts = _whole(found)
        return counts

    def _settle(
        self, block: Sequence[Alike], columns: Columns, settled: Counter[Alike], closed: set[Alike]
    ) -> Solved | None:
        """Let in as many of a block as can be, the first before all others, and note who it was."""
        asked = self.programme.copy()
        wanted: dict[Alike, list[int]] = {one: [] for one in [*settled, *block]}
        for place, kind in enumerate(block):
            wanted[kind].append(asked.variable(-(2.0 ** (len(block) - 1 - place)), 1.0))
        for kind, some in wanted.items():
            ones = [1.0] * len(columns[kind]) + [-1.0] * len(some)
            asked.row([*columns[kind], *some], ones, settled[kind], np.inf)
        found = self.effort.solve(asked)
        self.is_proved &= found is not None and found.is_best
        if found is not None:
            for kind, some in wanted.items():
                let_in = int(np.round(found.values[some].sum()))
                settled[kind] += let_in
                closed |= {kind} if let_in < len(some) else set()
        return found

    def _parted(self, counts: Counts) -> list[list[int]]:
        """Part those who are in between the cohorts: who has waited longest is in the first if they can be."""
        for some in self.columns.values():
            self.programme.sum_of(some, int(counts[some].sum()), int(counts[some].sum()))
        left = self._first(range(len(self.people)), self.columns, counts)
        groups = []
        for at in range(len(self.cohorts)):
            here = {kind: [some[at]] for kind, some in self.columns.items()}
            counts = self._longest_first(left, here, counts) if at < len(self.cohorts) - 1 else counts
            for (column,) in here.values():
                self.programme.sum_of([column], int(counts[column]), int(counts[column]))
            groups.append(self._first(left, here, counts))
            left = [one for one in left if one not in set(groups[-1])]
        return groups

    def _first(self, order: Iterable[int], columns: Columns, counts: Counts) -> list[int]:
        """Take as many of those alike as there are to be, the first in the order first."""
        left = {kind: int(counts[list(some)].sum()) for kind, some in columns.items()}
        taken = []
        for one in order:
            if left[self.alike[one]]:
                left[self.alike[one]] -= 1
                taken.append(one)
        return taken


def _whole(found: Solved) -> Counts:
    return np.round(found.values).astype(np.int64)
