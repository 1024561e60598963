"""Signing up, taking an offer, leaving, and asking again: what people without an account do by themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.gatherings.models import OwnLink, QueueEvent, Session, SignUp
from placeweave.gatherings.queries import queue as queries
from placeweave.gatherings.services import queue, running
from placeweave.kit import audit, links
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member

Kind = QueueEvent.Kind
State = SignUp.State


@dataclass(frozen=True)
class Wish:
    """What somebody writes who wants to come."""

    name: str
    email: str
    party: int = 1
    role: str = ""
    organisation: str = ""
    sector: str = ""
    access_needs: str = ""
    dietary: str = ""


@transaction.atomic
def sign_up(*, session: Session, wish: Wish, key: str) -> SignUp:
    """Give somebody a place, or the next place in the queue; ``key`` opens their own page.

    The same key again is the same sign-up: a form that was sent twice acts once.

    Raises
    ------
    NotReady
        If the session takes nobody: not open, cancelled, or begun.
    Unsound
        If the party is larger than the room.
    """
    session, now = queue.locked(session.pk), timezone.now()
    if known := queries.with_key(key):
        return known
    _require_open(session, now)
    if wish.party > session.capacity:
        raise Unsound(
            _("There are only %(count)s places in all. Come with fewer people.") % {"count": session.capacity}
        )
    queue.settle(session, now=now)
    made = SignUp(session=session, turn=_next_turn(session), **asdict(wish))
    _stand(session, made)
    OwnLink.objects.create(sign_up=made, key_digest=links.digest(key))
    return made


def _require_open(session: Session, now: datetime) -> None:
    if session.state == Session.State.CANCELLED:
        raise NotReady(_("This session is cancelled, so nobody can sign up for it."))
    if not session.takes_people(now):
        raise NotReady(_("Sign-up for this session is closed. Ask whoever convenes it."))


def _next_turn(session: Session) -> int:
    return (session.sign_ups.aggregate(last=Max("turn"))["last"] or 0) + 1


def _stand(session: Session, one: SignUp) -> None:
    """Give a place if there is room, else the last place in the queue; offers that stand are kept for whom they are."""
    free, ahead = queries.free(session), session.sign_ups.waiting().count()
    fits = one.party <= free
    one.state = State.COMING if fits else State.WAITING
    one.save()
    queue.note(session, one, Kind.PLACED if fits else Kind.WAITS, free=free, ahead=ahead)


def _theirs(sign_up: SignUp) -> tuple[Session, SignUp]:
    """Lock the session, then read again where they stand: an offer may have lapsed meanwhile."""
    session = queue.locked(sign_up.session_id)
    return session, SignUp.objects.get(pk=sign_up.pk)


@transaction.atomic
def accept(*, sign_up: SignUp) -> SignUp:
    """Take the place that was offered; asked again it changes nothing.

    Raises
    ------
    NotReady
        If no offer stands any more.
    """
    session, one = _theirs(sign_up)
    now = timezone.now()
    if one.state == State.COMING:
        return one
    _require_open(session, now)
    if one.state != State.OFFERED or one.offer_until is None or one.offer_until <= now:
        raise NotReady(_("This offer has passed on to the next in the queue. You can ask for a place again."))
    until, one.state, one.offer_until = one.offer_until, State.COMING, None
    one.save(update_fields=["state", "offer_until"])
    queue.note(session, one, Kind.ACCEPTED, free=queries.free(session), until=until)
    return one


@transaction.atomic
def leave(*, sign_up: SignUp) -> None:
    """Give up the place, the offer or the wait; what they told about themselves is erased."""
    session, one = _theirs(sign_up)
    _erase(session, one, Kind.LEFT)


@transaction.atomic
def release(*, sign_up: SignUp, by: Member) -> None:
    """Take somebody off the list for them, as when they ring up; what they told is erased."""
    running.require_team(by, sign_up.session.place_id)
    session, one = _theirs(sign_up)
    _erase(session, one, Kind.RELEASED)
    audit.write(by=by, place_id=session.place_id, verb="took off the list", subject=session, summary=f"turn {one.turn}")


ERASED = ("name", "email", "role", "organisation", "sector", "access_needs", "dietary")


def _erase(session: Session, one: SignUp, kind: Kind) -> None:
    if one.state == State.LEFT:
        return
    free = queries.free(session)
    for name in ERASED:
        setattr(one, name, "")
    one.state, one.offer_until = State.LEFT, None
    one.save(update_fields=[*ERASED, "state", "offer_until"])
    one.attendees.all().delete()  # and with them every seat, and the names of those they bring
    queue.note(session, one, kind, free=free)
    queue.settle(session, now=timezone.now())


@transaction.atomic
def ask_again(*, sign_up: SignUp) -> SignUp:
    """Come back after an offer has passed: at the end of the queue, like everybody who asks today.

    Raises
    ------
    NotReady
        If they did not let an offer pass, or the session takes nobody any more.
    """
    session, now = queue.locked(sign_up.session_id), timezone.now()
    _require_open(session, now)
    queue.settle(session, now=now)
    one = SignUp.objects.get(pk=sign_up.pk)
    if one.state != State.LAPSED:
        raise NotReady(_("You are on the list already."))
    one.turn = _next_turn(session)
    _stand(session, one)
    return one
