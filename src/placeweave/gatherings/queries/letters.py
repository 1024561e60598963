"""Reads of letters: how the mail of a session stands."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from placeweave.gatherings.models import Letter, Session
from placeweave.places.models import Place


def outbox(session: Session) -> QuerySet[Letter]:
    """Give the letters about a session, those that need somebody first, then the latest."""
    about = Letter.objects.filter(Q(event__session=session) | Q(also__session=session)).distinct()
    return about.select_related("event__sign_up", "event__session").order_by("-given_up_at", "-pk")


def tally(session: Session) -> dict[str, int]:
    """Count the letters about a session: all, waiting to be posted, and those that did not arrive."""
    failed = Q(given_up_at__isnull=False) | Q(failure=Letter.Failure.CAME_BACK)
    waits = Q(sent_at=None, given_up_at=None)
    return Letter.objects.filter(event__session=session).aggregate(
        all=Count("pk"), waiting=Count("pk", filter=waits), failed=Count("pk", filter=failed)
    )


def letters_of(place: Place) -> QuerySet[Letter]:
    """Give the letters about sessions of a place."""
    return Letter.objects.filter(event__session__place=place).select_related("event__session")
