"""The queue of a session: one lock, one rule, and every deed of it written down.

Whatever changes who holds a place locks the session first, and calls :func:`settle` before it gives out a place and
after it frees one. So no two people get the same place, and no place that somebody waits for, and fits, stays empty.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from placeweave.gatherings.models import Letter, QueueEvent, Session, SignUp
from placeweave.gatherings.queries import queue as queries
from placeweave.gatherings.services.letter_words import SUBJECTS

Kind = QueueEvent.Kind


def locked(session_id: int) -> Session:
    """Hold the session until the transaction ends: everybody else who wants a place in it waits here."""
    return Session.objects.select_for_update().get(pk=session_id)


def note(
    session: Session,
    sign_up: SignUp | None,
    kind: Kind,
    *,
    free: int,
    ahead: int = 0,
    until: datetime | None = None,
    hours_before: int | None = None,
) -> None:
    """Write down what happened, and leave a letter to whoever it happened to."""
    event = QueueEvent.objects.create(
        session=session,
        sign_up=sign_up,
        kind=kind,
        capacity=session.capacity,
        free=free,
        ahead=ahead,
        until=until,
        hours_before=hours_before,
    )
    if kind in SUBJECTS:
        Letter.objects.create(event=event, not_before=event.created_at)


def settle(session: Session, *, now: datetime) -> None:
    """Take back the offers whose deadline has passed, then offer what is free to the first party that fits."""
    for one in session.sign_ups.filter(state=SignUp.State.OFFERED, offer_until__lte=now).order_by("turn"):
        _lapse(session, one)
    if not session.takes_people(now):
        return
    left, ahead = queries.free(session), 0
    for one in session.sign_ups.waiting() if left else ():
        if one.party > left:
            ahead += 1
            continue
        _offer(session, one, free=left, ahead=ahead, now=now)
        left -= one.party


def _lapse(session: Session, one: SignUp) -> None:
    note(session, one, Kind.LAPSED, free=queries.free(session), until=one.offer_until)
    one.state, one.offer_until = SignUp.State.LAPSED, None
    one.save(update_fields=["state", "offer_until"])


def _offer(session: Session, one: SignUp, *, free: int, ahead: int, now: datetime) -> None:
    one.state = SignUp.State.OFFERED
    one.offer_until = min(now + timedelta(hours=session.offer_hours), session.begins_at)
    one.save(update_fields=["state", "offer_until"])
    note(session, one, Kind.OFFERED, free=free, ahead=ahead, until=one.offer_until)


def settle_due() -> int:
    """Pass on every offer whose deadline has passed; give how many sessions were looked at.

    Safe to run at any time and by several workers at once: each session is settled under its own lock.
    """
    found = list(queries.due(timezone.now()).values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            settle(locked(pk), now=timezone.now())
    return len(found)
