"""Who sat with whom at earlier sessions, as far as those people come again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max, QuerySet

from placeweave.gatherings.models import Arrangement, Attendee, Seat, Session
from placeweave.gatherings.queries.people import Comer

MOST_SESSIONS = 12
"""Only the last so many count: who met two years ago may well meet again."""

Past = Arrangement.Past
Sittings = list[list[list[int]]]


def sittings(session: Session, past: str, people: Sequence[Comer]) -> Sittings:
    """Give the rounds of earlier sessions: the tables, each as the attendee keys of those who come again.

    People are known again by the address they signed up with, guests by their host's and their own name, and whoever
    walked in by name and organisation.
    """
    now = {_who(one): one.attendee.pk for one in people if one.attendee is not None}
    now.pop(None, None)
    rounds: dict[tuple[int, int], dict[int, list[int]]] = {}
    for seat in _seats(_earlier(session, past)):
        known = now.get(_who_was(seat.attendee))
        if known is not None:
            tables = rounds.setdefault((seat.arrangement_id, seat.round), {})
            tables.setdefault(seat.table_id, []).append(known)
    return [[table for table in tables.values() if len(table) > 1] for tables in rounds.values()]


def _earlier(session: Session, past: str) -> QuerySet[Session]:
    found = Session.objects.filter(place=session.place_id, begins_at__lt=session.begins_at)
    if past == Past.COHORT:
        found = found.filter(cohort=session.cohort_id) if session.cohort_id else found.none()
    return (found.none() if past == Past.NONE else found).exclude(pk=session.pk).order_by("-begins_at")


def _seats(sessions: QuerySet[Session]) -> QuerySet[Seat]:
    """Give the seats of the arrangement that held last, of those who were there."""
    held = sessions.annotate(last=Max("arrangements")).exclude(last=None).values_list("last", flat=True)
    found = Seat.objects.filter(arrangement__in=list(held[:MOST_SESSIONS]))
    there = found.exclude(attendee__state=Attendee.State.AWAY).select_related("attendee__sign_up")
    return there.order_by("arrangement", "round", "table", "attendee")


Known = tuple[str, str, str] | None


def _who(one: Comer) -> Known:
    email = one.sign_up.email if one.sign_up else ""
    return _known(email, one.number, one.name if one.is_named else "", one.organisation)


def _who_was(one: Attendee) -> Known:
    email = one.sign_up.email if one.sign_up else ""
    return _known(email, one.number, one.name, one.organisation)


def _known(email: str, number: int, name: str, organisation: str) -> Known:
    if email and not number:
        return ("", "", email.casefold())
    return (name.casefold(), organisation.casefold() if not email else "", email.casefold()) if name else None
