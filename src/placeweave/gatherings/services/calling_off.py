"""Calling several sessions off at once: each is struck out, and each person gets one letter that names them all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Letter, QueueEvent, Session, SignUp
from placeweave.gatherings.services import running
from placeweave.gatherings.services.sessions import end_offers, strike_out
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member, Place

State = Session.State


@dataclass(frozen=True)
class CalledOff:
    """How many sessions were called off, and how many people are written to."""

    sessions: int
    people: int


@transaction.atomic
def call_off(*, place: Place, sessions: Collection[int], by: Member) -> CalledOff:
    """Call off several sessions of a place; who had signed up for more than one of them is told in one letter.

    Whoever signs up at the same moment waits for the locks: they are told with the rest, or find it cancelled.

    Raises
    ------
    NotReady
        If one of them was called off or held meanwhile: then none is.
    """
    running.require_team(by, place.pk)
    found = list(Session.objects.select_for_update().filter(place=place, pk__in=sessions).order_by("pk"))
    if not found or len(found) != len(set(sessions)):
        raise Unsound(_("Choose one or more sessions of this place."))
    _require_still_coming(found)
    for one in found:
        strike_out(one, by=by)
    people = _tell(found)
    end_offers(found)
    return CalledOff(len(found), people)


def _require_still_coming(found: Collection[Session]) -> None:
    over = [one for one in found if one.state not in {State.DRAFT, State.OPEN}]
    if over:
        raise NotReady(
            _("“%(title)s” is %(state)s already. Nothing was called off: look again at what you chose.")
            % {"title": over[0].title, "state": over[0].get_state_display().lower()}
        )


def _tell(found: Collection[Session]) -> int:
    """Write down for each who comes or waits that they are told, leave one letter to each address, and count those."""
    reached = list(SignUp.objects.filter(session__in=found).reached().select_related("session").order_by("pk"))
    events = QueueEvent.objects.bulk_create(
        QueueEvent(
            session=one.session, sign_up=one, kind=QueueEvent.Kind.CANCELLED, capacity=one.session.capacity, free=0
        )
        for one in reached
    )
    by_address: dict[str, list[QueueEvent]] = {}
    for one, event in zip(reached, events, strict=True):
        by_address.setdefault(one.email.casefold(), []).append(event)
    _leave_letters(by_address.values())
    return len(by_address)


def _leave_letters(told: Collection[list[QueueEvent]]) -> None:
    """Leave one letter for each person, about the first thing and the others with it."""
    letters = Letter.objects.bulk_create(Letter(event=events[0], not_before=events[0].created_at) for events in told)
    together = Letter.also.through
    together.objects.bulk_create(
        together(letter=letter, queueevent=other)
        for letter, events in zip(letters, told, strict=True)
        for other in events[1:]
    )
