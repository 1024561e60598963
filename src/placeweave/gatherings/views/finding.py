"""What a page is about: a session, programme or cohort of this place, and a draft for the team alone."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from placeweave.gatherings.models import Cohort, Programme, Session
from placeweave.gatherings.queries import cohorts, sessions
from placeweave.kit.access import may
from placeweave.places.access import PlaceRequest


def session_of(request: PlaceRequest, pk: int) -> Session:
    """Find a session as the reader may see it, else answer 404."""
    rows = Session.objects.filter(place=request.place).select_related("place", "cohort__programme", "host__person")
    return get_object_or_404(without_drafts(request, rows), pk=pk)


def counted_session_of(request: PlaceRequest, pk: int) -> Session:
    """Find a session with how many people come, have an offer and wait."""
    return get_object_or_404(without_drafts(request, sessions.sessions(request.place)), pk=pk)


def without_drafts(request: PlaceRequest, found: QuerySet[Session]) -> QuerySet[Session]:
    """Leave out what only the team sees."""
    return found if may(request.member, "gatherings.run_sessions") else found.exclude(state=Session.State.DRAFT)


def programme_of(request: PlaceRequest, pk: int) -> Programme:
    """Find a programme of this place."""
    found = Programme.objects.select_related("design_version__design", "follows", "place")
    return get_object_or_404(found, pk=pk, place=request.place)


def cohort_of(request: PlaceRequest, pk: int) -> Cohort:
    """Find a cohort of this place."""
    return get_object_or_404(cohorts.cohorts(request.place), pk=pk)
