"""The lock of a cohort, and its log, which only grows: each deed is written down, and told by letter if need be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placeweave.gatherings.models import Application, Cohort, CohortEvent, Letter
from placeweave.gatherings.queries import cohorts as queries
from placeweave.gatherings.services.letters_to_applicants import SUBJECTS
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady
from placeweave.places.models import Member
from placeweave.places.services.acting import require_own

Kind = CohortEvent.Kind
State = Cohort.State


def locked(cohort_id: int) -> Cohort:
    """Hold the cohort until the transaction ends: everybody else who wants a place in it waits here."""
    return Cohort.objects.select_for_update().get(pk=cohort_id)


def require_team(by: Member, place_id: int) -> None:
    """Refuse everybody who may not run the programmes and cohorts of a place."""
    require_own(by, place_id)
    require(by, "gatherings.run_cohorts")


def own(cohort: Cohort, by: Member) -> Cohort:
    """Lock a cohort for somebody who may run it; one that is closed takes no deed any more."""
    require_team(by, cohort.programme.place_id)
    mine = locked(cohort.pk)
    if mine.state == State.CLOSED:
        raise NotReady(_("This cohort is closed, and stays as it was on that day."))
    return mine


def note(
    cohort: Cohort,
    applicant: Application | None,
    kind: Kind,
    *,
    free: int | None = None,
    rank: int | None = None,
    until: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write down what happened, and leave a letter to whoever it happened to."""
    event = CohortEvent.objects.create(
        cohort=cohort,
        application=applicant,
        kind=kind,
        capacity=cohort.capacity,
        free=queries.free(cohort) if free is None else free,
        rank=rank,
        until=until,
        facts=dict(facts or {}),
    )
    if applicant is not None and kind in SUBJECTS:
        Letter.objects.create(cohort_event=event, not_before=event.created_at)
