"""Reads for calling sessions off: which still can be, and to how many people that is a letter."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from placeweave.gatherings.models import Session, SignUp
from placeweave.places.models import Place


def still_coming(place: Place, *, programme: int | None = None) -> QuerySet[Session]:
    """Give the sessions that are yet to come, all of them or those of one programme."""
    states = [Session.State.DRAFT, Session.State.OPEN]
    found = Session.objects.filter(place=place, state__in=states, ends_at__gt=timezone.now())
    return found if programme is None else found.filter(cohort__programme=programme)


def addresses(sessions: Sequence[Session]) -> int:
    """Count the people who come to these sessions or wait for them, each address once."""
    reached = SignUp.objects.filter(session__in=sessions).reached()
    return reached.order_by().values(address=Lower("email")).distinct().count()
