"""Making, opening, changing and cancelling sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings.models import Cohort, QueueEvent, Session, SignUp
from placeweave.gatherings.queries import queue as queries
from placeweave.gatherings.services import queue, running
from placeweave.kit import audit, versions
from placeweave.kit.access import TEAM
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member, Place

State = Session.State


@dataclass(frozen=True)
class SessionFacts:
    """What is said of a session."""

    title: str
    begins_at: datetime
    ends_at: datetime
    capacity: int
    host: Member
    kind: str = Session.Kind.WORKSHOP
    about: str = ""
    mode: str = Session.Mode.ROOM
    where: str = ""
    joining_link: str = ""
    offer_hours: int = 48
    cohort: Cohort | None = None


LABELS = {
    "title": gettext_lazy("What is it called?"),
    "kind": gettext_lazy("What is it?"),
    "begins_at": gettext_lazy("Begins"),
    "ends_at": gettext_lazy("Ends"),
    "mode": gettext_lazy("How do people meet?"),
    "where": gettext_lazy("Where?"),
    "joining_link": gettext_lazy("Link to join online"),
    "capacity": gettext_lazy("Places"),
    "offer_hours": gettext_lazy("Hours an offer stands"),
    "host": gettext_lazy("Who runs it?"),
    "cohort": gettext_lazy("Cohort"),
    "about": gettext_lazy("About it"),
}
TOLD = ("begins_at", "ends_at", "mode", "where", "joining_link")
"""What those who come are told of when it changes."""
A_LIFETIME = timedelta(days=100 * 365)
"""No session is older or further ahead; a year with a slip in it would burden every calendar of the place."""


def _check(facts: SessionFacts, *, place: Place) -> None:
    """See that the session stays in its place, and that it can be held as it is said."""
    foreign = facts.cohort is not None and facts.cohort.programme.place_id != place.pk
    is_gone = facts.host.left_at is not None or facts.host.place_id != place.pk
    if foreign or is_gone or facts.host.standing not in TEAM:
        raise Unsound(_("A session is run by a convener or facilitator of this place, in a cohort of this place."))
    if facts.ends_at <= facts.begins_at:
        raise Unsound(_("A session ends after it begins. Look at the two times again."))
    require_near(facts.begins_at)
    if facts.ends_at.timestamp() <= facts.begins_at.timestamp():  # times of one clock are compared as they are written
        raise Unsound(_("That night the clocks go forward: it would end before it begins. Look at the two times."))


def require_near(begins_at: datetime) -> None:
    """Refuse a day that can only be a slip.

    Raises
    ------
    Unsound
        If it lies a hundred years ahead or back.
    """
    now = timezone.now()
    if not now - A_LIFETIME <= begins_at <= now + A_LIFETIME:
        raise Unsound(_("This day lies more than a hundred years away. Look at the year again."))


@transaction.atomic
def make(*, place: Place, facts: SessionFacts, by: Member) -> Session:
    """Draft a session; nobody can sign up before it is opened."""
    running.require_team(by, place.pk)
    _check(facts, place=place)
    made = Session.objects.create(place=place, **vars(facts))
    audit.write(by=by, place_id=place.pk, verb="drafted", subject=made, summary=made.title)
    return made


@transaction.atomic
def edit(*, session: Session, facts: SessionFacts, version: int, by: Member) -> Session:
    """Change what is said of a session; those who come are told of another time or place, and room is given out.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read.
    NotReady
        If it is over, would have begun already, or more people hold a place than there would be.
    """
    session = running.locked(session, by=by)
    _check(facts, place=session.place)
    versions.require_version(session, version, said=vars(facts), labels=LABELS)
    if session.state in {State.CANCELLED, State.HELD}:
        raise NotReady(_("This session is %(state)s.") % {"state": session.get_state_display().lower()})
    _require_to_come(session, facts.begins_at)
    _require_room(session, facts.capacity)
    moved = any(getattr(session, name) != getattr(facts, name) for name in TOLD)
    resized, free = session.capacity != facts.capacity, queries.free(session)
    for name, value in vars(facts).items():
        setattr(session, name, value)
    session.version, session.changed_at = session.version + 1, timezone.now()
    session.save()
    session.sign_ups.filter(offer_until__gt=session.begins_at).update(offer_until=session.begins_at)
    if moved and session.state == State.OPEN:
        _tell_of(session, QueueEvent.Kind.CHANGED)
    if resized:
        queue.note(session, None, QueueEvent.Kind.RESIZED, free=free)
    audit.write(by=by, place_id=session.place_id, verb="changed", subject=session, summary=session.title)
    queue.settle(session, now=timezone.now())
    return session


def _require_to_come(session: Session, begins_at: datetime) -> None:
    """Keep a session that people come to out of the past, where what they told about themselves would be erased."""
    if session.takes_people(timezone.now()) and begins_at <= timezone.now():
        raise NotReady(
            _("People can sign up for this session, and it would have begun already. Look at the day again.")
        )


def _require_room(session: Session, capacity: int) -> None:
    held = session.sign_ups.holding().aggregate(people=Sum("party"))["people"] or 0
    if capacity < held:
        sentence = _("%(held)s people hold a place or an offer already, so there cannot be fewer places than that.")
        raise NotReady(sentence % {"held": held})


def _tell_of(session: Session, kind: QueueEvent.Kind) -> None:
    """Write to everybody who comes or waits."""
    free = queries.free(session)
    for one in session.sign_ups.reached():
        queue.note(session, one, kind, free=free)


def _move(session: Session, state: Session.State, *, by: Member, verb: str) -> None:
    session.state = state
    session.version, session.changed_at = session.version + 1, timezone.now()
    session.save(update_fields=["state", "version", "changed_at"])
    audit.write(by=by, place_id=session.place_id, verb=verb, subject=session, summary=session.title)


@transaction.atomic
def open_up(*, session: Session, by: Member) -> Session:
    """Let people sign up; whoever has the address can."""
    session = running.locked(session, by=by)
    if session.state != State.DRAFT:
        raise NotReady(_("Only a draft can be opened."))
    if session.begins_at <= timezone.now():
        raise NotReady(_("This session would have begun already. Give it another time first."))
    _move(session, State.OPEN, by=by, verb="opened")
    return session


@transaction.atomic
def cancel(*, session: Session, by: Member) -> Session:
    """Call a session off; everybody who comes or waits is told once, and offers end without a word of their own."""
    session = running.locked(session, by=by)
    if session.state not in {State.DRAFT, State.OPEN}:
        raise NotReady(_("This session is %(state)s.") % {"state": session.get_state_display().lower()})
    strike_out(session, by=by)
    _tell_of(session, QueueEvent.Kind.CANCELLED)
    end_offers([session])
    return session


def strike_out(session: Session, *, by: Member) -> None:
    """Cancel a session that is locked; whoever calls this sees that people are told."""
    _move(session, State.CANCELLED, by=by, verb="cancelled")


def end_offers(cancelled: Collection[Session]) -> None:
    """End the offers that stand in sessions that are cancelled: whoever had one waits, like the others."""
    offered = SignUp.objects.filter(session__in=cancelled, state=SignUp.State.OFFERED)
    offered.update(state=SignUp.State.WAITING, offer_until=None)


@transaction.atomic
def mark_held(*, session: Session, by: Member) -> Session:
    """Note that a session took place."""
    session = running.locked(session, by=by)
    if session.state != State.OPEN or timezone.now() < session.begins_at:
        raise NotReady(_("A session can be noted as held once it was open and has begun."))
    _move(session, State.HELD, by=by, verb="noted as held")
    return session
