"""Who waits, in which order they would enter, and why they wait: an answer for whoever asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from placeweave.engines.grouping.applicants import Applicant, Kept, Quota, Rank, Shortfall
from placeweave.engines.grouping.quotas import Tally, counted, each_of, line_of, shortfalls, worse


class Record:
    """A choice that was made, ready to answer for itself.

    Parameters
    ----------
    people : sequence of Applicant
        Everybody, in the order of waiting.
    members : sequence of sequence of Applicant
        Of each cohort, in the same order.
    quotas : sequence of Quota
        With every value by itself.
    cohorts : sequence of str
        Their keys.
    """

    def __init__(
        self,
        people: Sequence[Applicant],
        members: Sequence[Sequence[Applicant]],
        quotas: Sequence[Quota],
        cohorts: Sequence[str],
        *,
        is_proved: bool,
    ) -> None:
        self.people, self.members, self.quotas, self.cohorts = people, members, quotas, cohorts
        self.is_proved = is_proved
        self.place = {one.key: number for number, one in enumerate(people, start=1)}
        self.tallies, self.applied = [counted(group) for group in members], counted(people)
        self.chosen = [one for group in members for one in group]

    def shortfalls(self) -> list[Shortfall]:
        """Name the quotas that are not met."""
        return [one for at in range(len(self.members)) for one in self._missed(at, self.tallies[at], self.quotas)]

    def ranks(self) -> list[Rank]:
        """Put those who wait in the order in which they would enter if places like theirs opened.

        Like theirs is a place of somebody of the same sector (or of the first aspect, where no quota speaks of
        sectors). The first of each such line come first, by waiting time; then the second of each; and so on.
        """
        aspect = line_of(self.quotas)
        chosen = {one.key for one in self.chosen}
        lines: Counter[str] = Counter()
        found = []
        for one in self.people:
            if one.key not in chosen:
                line = one.traits.get(aspect, "")
                lines[line] += 1
                found.append(self._rank(one, line, lines[line]))
        return sorted(found, key=lambda one: (one.in_line, one.of_all))

    def _rank(self, one: Applicant, line: str, in_line: int) -> Rank:
        number = self.place[one.key]
        shorter = sum(self.place[other.key] > number for other in self.chosen)
        if not shorter:
            is_tied = any(other.waited == one.waited for other in self.chosen)
            return Rank(one.key, line, in_line, number, "lot" if is_tied else "all_longer")
        missed = self._missed_instead(one, number)
        kept: Kept = "quotas" if missed and self.is_proved else "unsettled"
        return Rank(one.key, line, in_line, number, kept, shorter, missed)

    def _missed_instead(self, one: Applicant, number: int) -> tuple[Shortfall, ...]:
        """Say what would be missed if somebody had the place of the one who has waited least, in each cohort."""
        found: dict[Shortfall, None] = {}
        for at, group in enumerate(self.members):
            if group and self.place[group[-1].key] > number:
                hurt = worse(self.tallies[at], group[-1], one, self.quotas)[1]
                instead = self.tallies[at].copy()
                instead.subtract(counted([group[-1]]))
                instead.update(counted([one]))
                found |= dict.fromkeys(self._missed(at, instead, hurt))
        return tuple(found)

    def _missed(self, at: int, tally: Tally, quotas: Iterable[Quota]) -> list[Shortfall]:
        sizes = len(self.members[at]), len(self.people)
        found = shortfalls(tally, self.applied, sizes, quotas, self.cohorts[at])
        is_unsure = not self.is_proved
        return [
            replace(one, because="unsettled") if is_unsure and one.because == "other_quotas" else one for one in found
        ]


def next_in(
    applicants: Iterable[Applicant],
    waiting: Sequence[str],
    members: Sequence[str],
    leaving: str,
    quotas: Iterable[Quota] = (),
) -> list[str]:
    """Say in which order to offer a place that somebody leaves.

    First those with whom the cohort misses its quotas by the fewest; among them those of the sector of
    the one who leaves; among them those who come first on the waiting list.

    Parameters
    ----------
    applicants : iterable of Applicant
        Everybody; those in ``waiting`` and ``members`` by their keys.
    waiting : sequence of str
        In their order.
    members : sequence of str
        Of one cohort, ``leaving`` among them.

    Returns
    -------
    list of str
        All who wait.
    """
    people = {one.key: one for one in applicants}
    full = each_of(quotas, list(people.values()))
    group, gone = counted(people[key] for key in members), people[leaving]
    aspect = line_of(full)
    place = {key: number for number, key in enumerate(waiting)}

    def order(key: str) -> tuple[int, bool, int]:
        one = people[key]
        is_other = bool(aspect) and one.traits.get(aspect) != gone.traits.get(aspect)
        return worse(group, gone, one, full)[0], is_other, place[key]

    return sorted(waiting, key=order)
