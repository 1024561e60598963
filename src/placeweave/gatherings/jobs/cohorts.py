"""From the applications of a cohort to a choice, and from a place that comes free to whoever is next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.engines.grouping import Applicant, Quota, Rank, Shortfall, next_in, select
from placeweave.engines.grouping import Cohort as Places
from placeweave.engines.grouping.applicants import EACH
from placeweave.engines.grouping.quotas import counted, each_of, shortfalls
from placeweave.gatherings.models import Application, Cohort, Opening, Target
from placeweave.gatherings.queries import cohorts as queries
from placeweave.gatherings.services import choosing
from placeweave.gatherings.services.cohort_log import locked
from placeweave.kit.analyses import Finding, Parameters, Report
from placeweave.kit.errors import NotReady

State = Application.State
Kept = Application.Kept
ORGANISATION = "organisation"


def applicant_of(one: Application) -> Applicant:
    """Give what the engine looks at of somebody: since when they wait, and what they are."""
    told = {"sector": one.sector, "neighbourhood": one.neighbourhood, ORGANISATION: " ".join(one.organisation.split())}
    traits = {aspect: value for aspect, value in told.items() if value}
    return Applicant(str(one.pk), -one.asked_at.timestamp(), traits)


def quotas_of(cohort: Cohort) -> list[Quota]:
    """Give what is wished for as the engine reads it."""
    wanted: Iterable[Target] = cohort.targets.all()
    found = [Quota(one.aspect, one.value, one.least, one.most) for one in wanted]
    return [*found, Quota(ORGANISATION, EACH, 0, cohort.most_of_one)] if cohort.most_of_one else found


@dataclass(frozen=True)
class Standing:
    """Who is in already, who is to come in whatever the rule says, and who is chosen among."""

    settled: list[Applicant]
    decided: list[Applicant]
    open_to: list[Applicant]
    held_out: list[Applicant]

    @property
    def everybody(self) -> list[Applicant]:
        """All who have a place or wait."""
        return [*self.settled, *self.decided, *self.open_to, *self.held_out]


def standing_of(cohort: Cohort) -> Standing:
    """Read where everybody stands."""
    found = Standing([], [], [], [])
    at = {Kept.IN: found.decided, Kept.OUT: found.held_out, Kept.NO: found.open_to}
    for one in cohort.applications.reached().order_by("asked_at", "pk"):
        (at[Kept(one.kept)] if one.state == State.WAITING else found.settled).append(applicant_of(one))
    return found


def what_is_left(quotas: Sequence[Quota], there: Iterable[Applicant]) -> list[Quota]:
    """Give what is still wished for once these people are in."""
    have = counted(there)
    own = {(one.aspect, one.value) for one in quotas}
    each = {one.aspect: one for one in quotas if one.value == EACH}
    left = [_less(one, have[one.aspect, one.value]) for one in quotas]
    return left + [
        _less(Quota(aspect, value, each[aspect].least, each[aspect].most), number)
        for (aspect, value), number in sorted(have.items())
        if aspect in each and (aspect, value) not in own
    ]


def _less(quota: Quota, have: int) -> Quota:
    most = None if quota.most is None else max(quota.most - have, 0)
    return Quota(quota.aspect, quota.value, max(quota.least - have, 0), most)


def compute(place_id: int, parameters: Parameters, report: Report) -> Finding:
    """Choose whom to offer the places that are free, and in which order the others would enter."""
    report(_("Reading the applications"), 0.1)
    cohort = Cohort.objects.get(pk=parameters["cohort"], programme__place=place_id)
    people, quotas, free = standing_of(cohort), quotas_of(cohort), queries.free(cohort)
    left = free - len(people.decided)
    if left < 0:
        raise NotReady(_("The team wants more people offered a place in any case than there are places free."))
    report(_("Choosing"), 0.3)
    there = [*people.settled, *people.decided]
    chosen, waiting, is_proved = _chosen(people, left, what_is_left(quotas, there), int(parameters["seed"]))
    members = sorted([*people.decided, *chosen], key=lambda one: -one.waited)
    missed = _missed([*people.settled, *members], people, quotas)
    result = {
        "members": [int(one.key) for one in members],
        "waiting": [_told(one, counted(there), quotas) for one in waiting],
        "held_out": [int(one.key) for one in people.held_out],
        "shortfalls": [_short(one, is_proved=is_proved, has_decided=_has_decided(people)) for one in missed],
        "proved": is_proved,
    }
    return Finding(result=result, n=len(people.everybody))


def _has_decided(people: Standing) -> bool:
    return bool(people.settled or people.decided or people.held_out)


def _chosen(
    people: Standing, left: int, quotas: Sequence[Quota], seed: int
) -> tuple[list[Applicant], Sequence[Rank], bool]:
    if not left:
        ranks = [Rank(one.key, "", at, at, "all_longer") for at, one in enumerate(people.open_to, start=1)]
        return [], ranks, True
    found = select(people.open_to, [Places("", left)], quotas, seed=seed)
    by_key = {one.key: one for one in people.open_to}
    return [by_key[key] for key in found.members[0]], found.waiting, found.proved


def _missed(group: Sequence[Applicant], people: Standing, quotas: Sequence[Quota]) -> list[Shortfall]:
    everybody = people.everybody
    sizes = len(group), len(everybody)
    return shortfalls(counted(group), counted(everybody), sizes, each_of(quotas, everybody), "")


def _short(one: Shortfall, *, is_proved: bool, has_decided: bool) -> dict[str, Any]:
    """Give a shortfall as figures; where people decided something, the rule alone is not why."""
    because = str(one.because)
    if because == "other_quotas":
        because = "unsettled" if not is_proved else "decided" if has_decided else because
    figures = {"wanted": one.wanted, "got": one.got, "applied": one.applied}
    value = _unnamed(one.aspect, one.value)
    return {"aspect": one.aspect, "value": value, "side": one.side, "because": because, **figures}


def _unnamed(aspect: str, value: str) -> str:
    """Leave out what an organisation is called: the log outlives those who came from it, and who waits reads it."""
    return "" if aspect == ORGANISATION else value


def _told(rank: Rank, have: Mapping[tuple[str, str], int], quotas: Sequence[Quota]) -> dict[str, Any]:
    """Give why somebody waits as figures, those who are in already counted in."""
    figures = {(one.aspect, one.value): one for one in quotas}
    each = {one.aspect: one for one in quotas if one.value == EACH}
    missed = []
    for one in rank.quotas:
        quota = figures.get((one.aspect, one.value)) or each[one.aspect]
        wanted = quota.least if one.side == "least" else quota.most
        got = one.got + have.get((one.aspect, one.value), 0)
        figure = {"value": _unnamed(one.aspect, one.value), "wanted": wanted, "got": got}
        missed.append({"aspect": one.aspect, "side": one.side, **figure})
    told = {"kept": str(rank.kept), "shorter": rank.shorter, "of_all": rank.of_all}
    return {"id": int(rank.key), **told, "line": rank.line, "in_line": rank.in_line, "missed": missed}


def settle_due() -> int:
    """Pass on every offer that was let pass or refused; give how many cohorts were looked at.

    Safe to run at any time and by several workers at once: each cohort is settled under its own lock.
    """
    found = list(queries.unsettled(timezone.now()).values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            settle(locked(pk))
    return len(found)


def settle(cohort: Cohort) -> None:
    """Take back what was let pass, then offer each free place to whoever is next, like for like; the cohort is locked.

    The oldest place that came free goes first: to somebody with whom the mix is missed by the fewest, among them to
    somebody of the sector of the one who had it, among them to the first on the list.
    """
    now = timezone.now()
    choosing.lapse_due(cohort, now=now)
    if cohort.state != Cohort.State.OFFERS:
        return
    quotas = quotas_of(cohort)
    openings = list(cohort.openings.filter(filled_at=None))
    for _place in range(queries.free(cohort)):
        waiting = list(cohort.applications.waiting().exclude(kept=Kept.OUT))
        if not waiting:
            return
        opening = openings.pop(0) if openings else None
        choosing.offer_on(cohort, _next(cohort, waiting, opening, quotas), opening=opening, now=now)


NOT_SAID = "?"
"""The sector of a place that came free where none is known: nobody is like it, so that nobody comes first for it."""


def _next(
    cohort: Cohort, waiting: Sequence[Application], opening: Opening | None, quotas: Sequence[Quota]
) -> Application:
    """Say who is next; whoever the team wants offered a place in any case comes before the rule."""
    decided = [one for one in waiting if one.kept == Kept.IN]
    if decided:
        return decided[0]
    traits = {"sector": NOT_SAID, "neighbourhood": NOT_SAID}
    if opening is not None:
        traits = {"sector": opening.sector or NOT_SAID, "neighbourhood": opening.neighbourhood or NOT_SAID}
    gone = Applicant("gone", 0.0, traits)
    members = [applicant_of(one) for one in cohort.applications.holding()]
    people = [*members, gone, *map(applicant_of, waiting)]
    keys = [str(one.pk) for one in waiting]
    order = next_in(people, keys, [*(one.key for one in members), gone.key], gone.key, quotas)
    return waiting[keys.index(order[0])]
