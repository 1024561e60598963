"""Giving out and ending the keys of calendars, and putting a session on the public list."""

from __future__ import annotations

from django.db import transaction

from placeweave.gatherings.models import CalendarKey, Session
from placeweave.gatherings.services import running
from placeweave.kit import audit, links
from placeweave.kit.access import require
from placeweave.places.models import Member


@transaction.atomic
def give_key(*, by: Member) -> str:
    """Make the key to a member's own calendar; it is shown once, and ends the one they had."""
    require(by, "gatherings.see_sessions")
    key = links.new_key()
    made, _new = CalendarKey.objects.update_or_create(member=by, defaults={"key_digest": links.digest(key)})
    audit.write(by=by, place_id=by.place_id, verb="made a calendar address", subject=made, summary="")
    return key


@transaction.atomic
def end_key(*, by: Member) -> None:
    """End the key to a member's own calendar; whoever has its address is shown nothing any more."""
    for held in CalendarKey.objects.filter(member=by):
        audit.write(by=by, place_id=by.place_id, verb="ended a calendar address", subject=held, summary="")
        held.delete()


@transaction.atomic
def list_publicly(*, session: Session, is_listed: bool, by: Member) -> Session:
    """Put a session on the public list of its place, or take it off."""
    session = running.locked(session, by=by)
    if session.is_listed != is_listed:
        session.is_listed = is_listed
        session.save(update_fields=["is_listed"])
        verb = "listed publicly" if is_listed else "took off the public list"
        audit.write(by=by, place_id=session.place_id, verb=verb, subject=session, summary=session.title)
    return session
