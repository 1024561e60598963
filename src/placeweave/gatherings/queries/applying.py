"""Reads for those who applied: their page, and why they waited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from placeweave.gatherings.models import Application, Cohort, CohortEvent
from placeweave.kit import links

Kind = CohortEvent.Kind


def public(code: str) -> Cohort | None:
    """Find the cohort that a public address names."""
    found = Cohort.objects.filter(~Q(code=""), ~Q(state=Cohort.State.PLANNING), code=code)
    return found.select_related("programme__place", "host__person").first()


def with_key(key: str) -> Application | None:
    """Find whose page a private link opens."""
    found = Application.objects.filter(links__key_digest=links.digest(key))
    return found.select_related("cohort__programme__place", "cohort__host__person").first()


def ahead_of(applicant: Application) -> int:
    """Count those who wait ahead of somebody who waits."""
    order = list(applicant.cohort.applications.waiting().values_list("pk", flat=True))
    return order.index(applicant.pk) if applicant.pk in order else 0


@dataclass(frozen=True)
class Why:
    """Why somebody waited: what happened to them, and whom a place was offered meanwhile.

    ``earlier`` and ``later`` are offers made while they waited: to people who had waited longer, and to people who
    had waited less long, whom the mix asked for. ``passed`` are offers to others that were let pass or refused.
    """

    events: Sequence[CohortEvent]
    earlier: int
    later: int
    passed: int


def why(applicant: Application) -> Why:
    """Tell somebody the story of their application; nobody else is named in it."""
    events = list(applicant.events.select_related("cohort__programme"))
    others = CohortEvent.objects.filter(_while(events)).exclude(application=applicant)
    given = others.filter(kind=Kind.OFFERED)
    return Why(
        events,
        earlier=given.filter(application__asked_at__lte=applicant.asked_at).count(),
        later=given.filter(application__asked_at__gt=applicant.asked_at).count(),
        passed=others.filter(kind__in=[Kind.LAPSED, Kind.DECLINED]).count(),
    )


def _while(events: Sequence[CohortEvent]) -> Q:
    """Keep what happened in each cohort while they waited in it: from coming on the list to leaving it."""
    spans, since = Q(pk__in=[]), None
    for one in events:
        if since is not None and one.kind in _TURNS:
            spans |= Q(cohort=since.cohort_id, pk__gt=since.pk, pk__lt=one.pk)
            since = None
        if one.kind in _BEGINS:
            since = one
    return spans if since is None else spans | Q(cohort=since.cohort_id, pk__gt=since.pk)


_BEGINS = {Kind.APPLIED, Kind.CARRIED, Kind.ASKED_AGAIN}
_TURNS = _BEGINS | {Kind.OFFERED, Kind.LEFT, Kind.RELEASED, Kind.CLOSED}
