"""Reads of programmes and cohorts: who holds a place, which mix that makes, and what is wished for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from placeweave.gatherings.models import Application, Cohort, CohortEvent, Letter, Programme, Session, Target
from placeweave.places.models import Place, Sector

State = Application.State


def free(cohort: Cohort) -> int:
    """Count the places nobody holds and nobody has been offered."""
    return max(cohort.capacity - cohort.applications.holding().count(), 0)


def has_choice(cohort: Cohort) -> bool:
    """Tell whether a place is free and somebody waits who may be offered it."""
    may_be_offered = Q(state=State.WAITING) & ~Q(kept=Application.Kept.OUT)
    counted = cohort.applications.aggregate(
        holding=Count("pk", filter=Q(state__in=[State.IN, State.OFFERED])), waiting=Count("pk", filter=may_be_offered)
    )
    return bool(counted["holding"] < cohort.capacity and counted["waiting"])


def _counted(*states: Application.State) -> Coalesce:
    rows = Application.objects.filter(cohort=OuterRef("pk"), state__in=states).order_by().values("cohort")
    return Coalesce(Subquery(rows.annotate(people=Count("pk")).values("people")), 0, output_field=IntegerField())


def cohorts(place: Place) -> QuerySet[Cohort]:
    """Give the cohorts of a place with how many have a place, have an offer, and wait."""
    return (
        Cohort.objects.filter(programme__place=place)
        .select_related("programme", "host__person", "grown_from")
        .annotate(
            people_in=_counted(State.IN), people_offered=_counted(State.OFFERED), people_waiting=_counted(State.WAITING)
        )
    )


def programmes(place: Place) -> QuerySet[Programme]:
    """Give the programmes of a place, each with its cohorts and their sessions."""
    sessions = Session.objects.exclude(state=Session.State.CANCELLED).order_by("begins_at", "pk")
    inner = cohorts(place).prefetch_related(Prefetch("sessions", sessions))
    return Programme.objects.filter(place=place).prefetch_related(Prefetch("cohorts", inner))


def shown_sessions(cohort: Cohort) -> QuerySet[Session]:
    """Give the dates of a cohort as those who may apply see them: neither drafts nor what is cancelled."""
    hidden = [Session.State.DRAFT, Session.State.CANCELLED]
    return cohort.sessions.exclude(state__in=hidden).order_by("begins_at", "pk")


def applicants(cohort: Cohort) -> QuerySet[Application]:
    """Give those who have a place, have an offer or wait, in this order, and those who wait in theirs."""
    here = cohort.applications.exclude(state__in=[State.LEFT, State.ENDED])
    return here.order_by("state", F("rank").asc(nulls_last=True), "asked_at", "pk")


def unposted(cohort: Cohort) -> int:
    """Count the letters that could not be posted."""
    return Letter.objects.filter(cohort_event__cohort=cohort, given_up_at__isnull=False).count()


@dataclass(frozen=True)
class Share:
    """One sector, neighbourhood or organisation of those who applied, beside what is wished for.

    ``has`` have a place or an offer, ``chosen`` would be offered one. ``lacks`` is how many more would have to apply
    for the wish to be met, ``over`` by how many it is exceeded.
    """

    label: str
    least: int
    most: int | None
    waiting: int
    has: int
    chosen: int = 0

    @property
    def lacks(self) -> int:
        """How many too few there are, even if everybody who waits came in."""
        return max(self.least - self.has - self.waiting, 0)

    @property
    def has_nobody(self) -> bool:
        """Whether somebody is wished for, and nobody of it has applied."""
        return self.least > 0 and not self.has + self.waiting

    @property
    def short(self) -> int:
        """How many too few there would be after the offers."""
        return max(self.least - self.has - self.chosen, 0)

    @property
    def over(self) -> int:
        """How many too many there would be after the offers."""
        return max(self.has + self.chosen - self.most, 0) if self.most is not None else 0


@dataclass(frozen=True)
class Mix:
    """Who applied for a cohort, by sector, neighbourhood and organisation, beside the mix that is hoped for."""

    sectors: Sequence[Share]
    neighbourhoods: Sequence[Share]
    crowded: Sequence[Share]
    waiting: int
    has: int

    @property
    def missing(self) -> list[str]:
        """Name the sectors and neighbourhoods that are wished for and nobody has applied from."""
        return [one.label for one in (*self.sectors, *self.neighbourhoods) if one.has_nobody]


Row = tuple[int, str, str, str, str]


def mix(cohort: Cohort, chosen: Iterable[int] = ()) -> Mix:
    """Count those who have a place or wait, and whom a choice would add, against the targets."""
    rows: list[Row] = list(
        cohort.applications.reached().values_list("pk", "state", "sector", "neighbourhood", "organisation")
    )
    wanted = list(cohort.targets.all())
    picked = set(chosen)
    named = dict(Sector.choices)
    sectors = _shares(rows, 2, _of(wanted, Target.Aspect.SECTOR), picked)
    places = _shares(rows, 3, _of(wanted, Target.Aspect.NEIGHBOURHOOD), picked)
    bodies = _shares(rows, 4, {}, picked, most=cohort.most_of_one)
    has = sum(row[1] != State.WAITING for row in rows)
    return Mix(
        [_called(one, str(named.get(one.label, one.label))) for one in sectors],
        places,
        [one for one in bodies if one.label and one.over],
        waiting=len(rows) - has,
        has=has,
    )


def _of(wanted: Iterable[Target], aspect: Target.Aspect) -> dict[str, tuple[int, int | None]]:
    return {one.value: (one.least, one.most) for one in wanted if one.aspect == aspect}


def _called(one: Share, label: str) -> Share:
    return Share(label, one.least, one.most, one.waiting, one.has, one.chosen)


def _shares(
    rows: Sequence[Row],
    at: int,
    wanted: dict[str, tuple[int, int | None]],
    picked: set[int],
    *,
    most: int | None = None,
) -> list[Share]:
    """Count by one column; the values wished for come first, then the others, and those who did not say last."""
    value = [str(row[at]).strip() for row in rows]
    waiting = Counter(one for one, row in zip(value, rows, strict=True) if row[1] == State.WAITING)
    has = Counter(one for one, row in zip(value, rows, strict=True) if row[1] != State.WAITING)
    chosen = Counter(one for one, row in zip(value, rows, strict=True) if row[0] in picked)
    others = sorted({*value} - {*wanted, ""})
    unsaid = [""] if "" in value else []
    return [
        Share(one, *wanted.get(one, (0, most)), waiting[one], has[one], chosen[one])
        for one in (*wanted, *others, *unsaid)
    ]


def log(cohort: Cohort) -> QuerySet[CohortEvent]:
    """Give the log of a cohort, newest first; people are numbers in it."""
    return cohort.events.order_by("-pk")


def unsettled(now: datetime) -> QuerySet[Cohort]:
    """Give the cohorts in which an offer has passed its deadline, or a place is free that somebody waits for."""
    lapsed = Exists(Application.objects.filter(cohort=OuterRef("pk"), state=State.OFFERED, offer_until__lte=now))
    waits = Exists(Application.objects.filter(cohort=OuterRef("pk"), state=State.WAITING).exclude(kept="out"))
    counted = Cohort.objects.filter(state=Cohort.State.OFFERS).annotate(held=_counted(State.IN, State.OFFERED))
    return counted.filter(Q(lapsed) | Q(waits, held__lt=F("capacity"))).order_by("pk")


def first_begins(cohort: Cohort) -> datetime | None:
    """Say when the first session of a cohort begins, if it is planned."""
    planned = cohort.sessions.exclude(state=Session.State.CANCELLED).order_by("begins_at")
    found: datetime | None = planned.values_list("begins_at", flat=True).first()
    return found
