"""The session a page is about: one of this place, and a draft for the team alone."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from placeweave.gatherings.models import Session
from placeweave.kit.access import may
from placeweave.places.access import PlaceRequest


def session_of(request: PlaceRequest, pk: int) -> Session:
    """Find a session as the reader may see it, else answer 404."""
    found = Session.objects.filter(place=request.place).select_related("place", "cohort__programme", "host__person")
    if not may(request.member, "gatherings.run_sessions"):
        found = found.exclude(state=Session.State.DRAFT)
    return get_object_or_404(found, pk=pk)
