"""Who has arrived and who did not come, by one tap each, and those who walk in without having signed up."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Attendee, Session
from placeweave.gatherings.queries.people import Comer, comers
from placeweave.gatherings.services import running
from placeweave.kit import audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member

State = Attendee.State
MOST_WALK_INS = 200


def opened(session: Session, by: Member) -> Session:
    """Lock a session that people come to, for somebody of its team.

    Raises
    ------
    NotReady
        While it is a draft, and once it is cancelled.
    """
    locked = running.locked(session, by=by)
    if locked.state not in {Session.State.OPEN, Session.State.HELD}:
        raise NotReady(_("Nobody comes to this session: it is a draft, or cancelled."))
    return locked


def one_of(session: Session, key: str) -> Comer:
    """Find who comes by the key a form sends; nobody of another session is ever found.

    Raises
    ------
    Unsound
        If nobody who comes to this session has that key.
    """
    found = next((one for one in comers(session) if one.key == key), None)
    if found is None:
        raise Unsound(_("This person does not come to this session, or has left it. Look at the list again."))
    return found


def row_of(session: Session, comer: Comer) -> Attendee:
    """Give the row of somebody who comes, and lay it if nothing was noted of them yet."""
    if comer.attendee is not None:
        return comer.attendee
    return Attendee.objects.create(session=session, sign_up=comer.sign_up, number=comer.number)


def note_everybody(session: Session) -> list[Comer]:
    """Lay a row for everybody who comes, so that each can be given a seat; give them all."""
    missing = [one for one in comers(session) if one.attendee is None]
    Attendee.objects.bulk_create([Attendee(session=session, sign_up=one.sign_up, number=one.number) for one in missing])
    return comers(session)


@transaction.atomic
def mark(*, session: Session, person: str, state: str, by: Member) -> Comer:
    """Note that somebody has arrived, or did not come, or take that back."""
    session = opened(session, by)
    if state not in State.values:
        raise Unsound(_("Somebody has arrived, did not come, or has not been seen yet."))
    found = one_of(session, person)
    row = row_of(session, found)
    row.state = state
    row.save(update_fields=["state"])
    return one_of(session, person)


@transaction.atomic
def walk_in(*, session: Session, name: str, organisation: str = "", sector: str = "", by: Member) -> Attendee:
    """Note somebody who came without having signed up; they are there, and take nobody's place in the queue."""
    session = opened(session, by)
    if session.attendees.filter(sign_up=None).count() >= MOST_WALK_INS:
        raise Unsound(_("So many have walked in already that this list takes no more."))
    made = Attendee.objects.create(
        session=session, name=name, organisation=organisation, sector=sector, state=State.HERE
    )
    audit.write(by=by, place_id=session.place_id, verb="noted a walk-in", subject=session, summary=session.title)
    return made


@transaction.atomic
def name_guest(*, session: Session, person: str, name: str, by: Member) -> None:
    """Write down what a guest is called; nothing again makes them “guest of”."""
    session = opened(session, by)
    found = one_of(session, person)
    if not found.is_guest:
        raise Unsound(_("Only a guest is named here. Everybody else has said their own name."))
    row = row_of(session, found)
    row.name = name
    row.save(update_fields=["name"])


@transaction.atomic
def forget_walk_in(*, session: Session, person: str, by: Member) -> None:
    """Take somebody who walked in off the list, with their seats; what was noted of them is erased."""
    session = opened(session, by)
    found = one_of(session, person)
    if not found.walked_in or found.attendee is None:
        raise Unsound(_("This person signed up, so they are taken off on the page of the session."))
    found.attendee.delete()
    audit.write(by=by, place_id=session.place_id, verb="took off a walk-in", subject=session, summary=session.title)
