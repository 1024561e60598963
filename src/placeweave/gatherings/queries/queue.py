"""Reads of the queue: how many places are free, who is ahead, and why somebody waited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum

from placeweave.gatherings.models import QueueEvent, Session, SignUp
from placeweave.kit import links


def free(session: Session) -> int:
    """Count the places nobody holds and nobody has been offered."""
    held: int = session.sign_ups.holding().aggregate(people=Sum("party"))["people"] or 0
    return max(session.capacity - held, 0)


def ahead_of(sign_up: SignUp) -> int:
    """Count the parties that wait ahead of somebody who waits."""
    return SignUp.objects.filter(session=sign_up.session_id, turn__lt=sign_up.turn).waiting().count()


def with_key(key: str) -> SignUp | None:
    """Find whose page a private link opens."""
    found = SignUp.objects.filter(links__key_digest=links.digest(key))
    return found.select_related("session__place", "session__host__person").first()


@dataclass(frozen=True)
class Why:
    """Why somebody waited: what happened to them, and what was given to others meanwhile.

    ``earlier`` and ``overtaken`` are offers made while they waited: to parties that came before, and to smaller ones
    that came later, because what was free was too little for this one.
    """

    events: Sequence[QueueEvent]
    earlier: int
    overtaken: int


def why(sign_up: SignUp) -> Why:
    """Tell somebody the story of their place in the queue; nobody else is named in it."""
    events = list(sign_up.events.all())
    given = QueueEvent.objects.filter(session=sign_up.session_id).exclude(sign_up=sign_up).filter(_while(events))
    offered = given.filter(kind=QueueEvent.Kind.OFFERED)
    return Why(
        events,
        earlier=offered.filter(sign_up__turn__lt=sign_up.turn).count(),
        overtaken=given.filter(_GIVEN, sign_up__turn__gt=sign_up.turn).count(),
    )


_GIVEN = Q(kind=QueueEvent.Kind.OFFERED) | Q(kind=QueueEvent.Kind.PLACED)


def _while(events: Sequence[QueueEvent]) -> Q:
    """Keep what happened between coming on the list and leaving it."""
    began = [one.pk for one in events if one.kind == QueueEvent.Kind.WAITS]
    if not began:
        return Q(pk__in=[])
    ended = [one.pk for one in events if one.pk > began[-1] and one.kind in _ENDS]
    return Q(pk__gt=began[-1], pk__lt=ended[0]) if ended else Q(pk__gt=began[-1])


_ENDS = {QueueEvent.Kind.OFFERED, QueueEvent.Kind.LEFT, QueueEvent.Kind.RELEASED}


def due(now: datetime) -> QuerySet[Session]:
    """Give the sessions in which an offer has passed its deadline."""
    lapsed = Q(sign_ups__state=SignUp.State.OFFERED, sign_ups__offer_until__lte=now)
    return Session.objects.filter(lapsed).distinct().order_by("pk")


_ONLY_TOLD = (QueueEvent.Kind.CHANGED, QueueEvent.Kind.CANCELLED, QueueEvent.Kind.REMINDED)


def log(session: Session) -> QuerySet[QueueEvent]:
    """Give the log of a session's queue, newest first."""
    return (
        session.queue_events.exclude(kind__in=_ONLY_TOLD)
        .select_related("sign_up")
        .annotate(number=F("sign_up__turn"))
        .order_by("-pk")
    )
