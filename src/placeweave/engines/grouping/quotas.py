"""Quotas counted: how far a choice of people falls short of what was wished for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from placeweave.engines.grouping.applicants import EACH, Applicant, Because, Quota, Shortfall, Side
from placeweave.engines.grouping.records import Impossible

Tally = Counter[tuple[str, str]]
"""How many there are of each value of each aspect."""


def each_of(quotas: Iterable[Quota], applicants: Sequence[Applicant]) -> list[Quota]:
    """Put quotas for each value as one quota for every value there is; a value that has its own keeps it.

    Raises
    ------
    Impossible
        If two quotas speak of one value, a figure is below 0, or least is above most.
    """
    asked = list(quotas)
    own = {(one.aspect, one.value) for one in asked}
    full = [one for one in asked if one.value != EACH]
    for one in asked:
        if one.value == EACH:
            values = sorted({person.traits.get(one.aspect, "") for person in applicants} - {""})
            full += [
                Quota(one.aspect, value, one.least, one.most) for value in values if (one.aspect, value) not in own
            ]
    for one in asked:
        _check(one)
    twice = [one for one, other in pairwise(sorted((one.aspect, one.value) for one in asked)) if one == other]
    if twice:
        raise Impossible(f"There are two quotas for {twice[0][0]} {twice[0][1]}; one must say it all.")
    return full


def _check(quota: Quota) -> None:
    name = f"The quota for {quota.aspect} {quota.value}"
    if quota.least < 0 or (quota.most is not None and quota.most < 0):
        raise Impossible(f"{name} is below 0.")
    if quota.most is not None and quota.least > quota.most:
        raise Impossible(f"{name} asks for at least {quota.least} and at most {quota.most}, which nothing meets.")


def short(quota: Quota, count: int) -> tuple[Side, int] | None:
    """Say which figure of a quota is missed, and by how many."""
    if count < quota.least:
        return "least", quota.least - count
    if quota.most is not None and count > quota.most:
        return "most", count - quota.most
    return None


def line_of(quotas: Sequence[Quota]) -> str:
    """Give the aspect by which places are alike: the sector where quotas speak of it, otherwise the first they name."""
    aspects = [one.aspect for one in quotas]
    return next((one for one in aspects if one.casefold() == "sector"), aspects[0] if aspects else "")


def counted(people: Iterable[Applicant]) -> Tally:
    """Count people by each value of each of their traits."""
    return Counter((aspect, value) for one in people for aspect, value in one.traits.items())


def shortfalls(
    members: Tally, applied: Tally, sizes: tuple[int, int], quotas: Iterable[Quota], cohort: str
) -> list[Shortfall]:
    """Name every quota that a cohort does not meet; why is settled only as far as counting settles it.

    Parameters
    ----------
    members, applied : Tally
        Of the cohort, and of all who applied.
    sizes : tuple of two int
        How many people these are.
    """
    found, (size, of_all) = [], sizes
    for quota in quotas:
        at = (quota.aspect, quota.value)
        missed = short(quota, members[at])
        if missed:
            side = missed[0]
            wanted = quota.least if side == "least" else quota.most or 0
            is_hopeless = applied[at] < wanted if side == "least" else of_all - applied[at] < size - wanted
            because = _HOPELESS[side] if is_hopeless else "other_quotas"
            found.append(Shortfall(*at, cohort, side, wanted, members[at], applied[at], because))
    return found


_HOPELESS: dict[Side, Because] = {"least": "few_applied", "most": "few_others"}


def worse(members: Tally, out: Applicant, into: Applicant, quotas: Iterable[Quota]) -> tuple[int, list[Quota]]:
    """Say by how many more a cohort falls short if one person takes another's place, and at which quotas."""
    more, missed = 0, []
    for quota in quotas:
        change = (into.traits.get(quota.aspect) == quota.value) - (out.traits.get(quota.aspect) == quota.value)
        if change:
            count = members[quota.aspect, quota.value]
            before, after = short(quota, count), short(quota, count + change)
            differs = (after[1] if after else 0) - (before[1] if before else 0)
            more += differs
            missed += [quota] if differs > 0 else []
    return more, missed


def can_be_missed(quota: Quota, applied: Tally) -> bool:
    """Say whether any choice misses a quota at all."""
    return quota.least > 0 or (quota.most is not None and applied[quota.aspect, quota.value] > quota.most)


def kinds(people: Iterable[Applicant], quotas: Sequence[Quota]) -> list[tuple[str, ...]]:
    """Give everybody the values that quotas speak of, empty for others: people of one kind can replace each other."""
    spoken_of = {(one.aspect, one.value) for one in quotas}
    aspects = list(dict.fromkeys(one.aspect for one in quotas))
    told = [[(aspect, one.traits.get(aspect, "")) for aspect in aspects] for one in people]
    return [tuple(value if (aspect, value) in spoken_of else "" for aspect, value in some) for some in told]
