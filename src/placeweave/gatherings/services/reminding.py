"""Reminding those who have a place: never those who left, and not a second time when a session moves a little."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from placeweave.gatherings.models import QueueEvent, Reminder, Session, SignUp
from placeweave.gatherings.queries import queue as queries
from placeweave.gatherings.services import queue, running
from placeweave.kit import audit
from placeweave.places.models import Member

Kind = QueueEvent.Kind
EARLIEST = timedelta(hours=max(Reminder.Before.values))
NOT_AGAIN_WITHIN = timedelta(days=1)
"""A session that moves by less than this does not remind anybody a second time."""


@transaction.atomic
def set_reminders(*, session: Session, before: Collection[int], by: Member) -> None:
    """Say how long before a session people are reminded; what is set after its time has passed reminds nobody."""
    session = running.locked(session, by=by)
    session.reminders.exclude(hours_before__in=before).delete()
    kept = set(session.reminders.values_list("hours_before", flat=True))
    Reminder.objects.bulk_create(Reminder(session=session, hours_before=one) for one in sorted(set(before) - kept))
    audit.write(by=by, place_id=session.place_id, verb="set reminders", subject=session, summary=session.title)


def remind_due() -> int:
    """Leave the reminders whose time has come; give how many. Safe to run at any time, by several workers at once."""
    now = timezone.now()
    coming = Session.objects.filter(state=Session.State.OPEN, begins_at__gt=now, begins_at__lte=now + EARLIEST)
    found = coming.filter(reminders__isnull=False).distinct().order_by("pk")
    return sum(_remind(pk) for pk in list(found.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int) -> int:
    session, now = queue.locked(pk), timezone.now()
    if not session.takes_people(now):
        return 0
    due = [(one, session.begins_at - timedelta(hours=one.hours_before)) for one in session.reminders.all()]
    return sum(_remind_of(session, one, at) for one, at in due if one.created_at < at <= now)


def _remind_of(session: Session, reminder: Reminder, due: datetime) -> int:
    mine = QueueEvent.objects.filter(sign_up=OuterRef("pk"))
    before = reminder.hours_before
    reminded = mine.filter(kind=Kind.REMINDED, hours_before=before, created_at__gte=due - NOT_AGAIN_WITHIN)
    only_just_in = mine.filter(kind__in=[Kind.PLACED, Kind.ACCEPTED], created_at__gte=due)
    coming = session.sign_ups.filter(~Exists(reminded), ~Exists(only_just_in), state=SignUp.State.COMING)
    free, found = queries.free(session), list(coming)
    for one in found:
        queue.note(session, one, Kind.REMINDED, free=free, until=session.begins_at, hours_before=before)
    return len(found)
