"""What Clachan invites everybody to, and what it had to call off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from placeweave.example.loading.world import Record, World, read
from placeweave.formats import clocks
from placeweave.gatherings import services
from placeweave.gatherings.models import Letter, Session
from placeweave.gatherings.services import calendars, outbox, reminding
from placeweave.kit import links

FACTS = ("title", "about", "kind", "mode", "where", "capacity")


def weave(world: World) -> None:
    """List two events publicly, and call one of them off that somebody had signed up for."""
    for record in read("events.toml")["event"]:
        _event(world, record)


def _event(world: World, record: Record) -> None:
    by = world.convener
    begins_at = timezone.make_aware(datetime.combine(_day(record), time(record["hour"], 30)))
    facts = services.SessionFacts(
        **{name: record[name] for name in FACTS},
        joining_link=f"https://meet.clachan.example/{record['joining_page']}" if "joining_page" in record else "",
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=2),
        host=by,
    )
    session = services.open_up(session=services.make(place=world.place, facts=facts, by=by), by=by)
    calendars.list_publicly(session=session, is_listed=True, by=by)
    if "reminders" in record:
        reminding.set_reminders(session=session, before=record["reminders"], by=by)
    if record.get("is_cancelled"):
        _call_off(session, record["comes"], world)


def _day(record: Record) -> date:
    today = timezone.localdate()
    if "days_from_now" in record:
        return today + timedelta(days=record["days_from_now"])
    changes = clocks.changes(timezone.get_default_timezone_name(), today.year, today.year + 1)
    days = [one.at.date() for one in changes if one.at.date() >= today] or [today + timedelta(days=60)]
    return days[0] + timedelta(days=record["days_after_the_clocks_change"])


def _call_off(session: Session, name: str, world: World) -> None:
    wish = services.Wish(name=name, email=f"{name.lower().replace(' ', '.')}@clachan.example")
    services.sign_up(session=session, wish=wish, key=links.new_key())
    services.cancel(session=session, by=world.convener)
    Letter.objects.filter(event__session=session).update(sent_at=timezone.now())  # nobody there reads mail
    outbox.note_returned(letter=Letter.objects.filter(event__session=session).latest("pk"), by=world.convener)
