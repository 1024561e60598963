"""Reminders: once, with the link to join, to those who have a place, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import QueueEvent, Reminder, Session
from placeweave.gatherings.services import letters, reminding
from placeweave.kit.access import Standing
from placeweave.kit.errors import Refused
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.signing import signed

LONG_AGO = timezone.now() - timedelta(days=30)


def in_hours(hours: float) -> dict[str, object]:
    begins = timezone.now() + timedelta(hours=hours)
    return {"begins_at": begins, "ends_at": begins + timedelta(hours=2)}


@pytest.fixture
def session(place: Place, convener: Member) -> Session:
    """A session tomorrow at this hour but one, with reminders set and people signed up long ago."""
    link = "https://meet.example.org/x"
    made = factories.SessionFactory(place=place, host=convener, capacity=2, joining_link=link, **in_hours(23))
    reminding.set_reminders(session=made, before=[24, 2], by=convener)
    for name in ("Isla", "Rory", "Una"):
        signed(made, name)
    letters.post()
    mail.outbox.clear()
    Reminder.objects.update(created_at=LONG_AGO)
    QueueEvent.objects.update(created_at=LONG_AGO)
    return made


def told() -> list[str]:
    letters.post()
    return [one.to[0].partition("@")[0] for one in mail.outbox]


def test_a19_who_has_a_place_is_reminded_once_with_the_link_to_join(session: Session) -> None:
    assert (reminding.remind_due(), reminding.remind_due()) == (2, 0)
    assert told() == ["isla", "rory"]
    assert "https://meet.example.org/x" in mail.outbox[0].body
    assert mail.outbox[0].subject.startswith("Soon: ")
    Session.objects.update(**in_hours(1))
    assert (reminding.remind_due(), reminding.remind_due()) == (2, 0), "the next reminder is another one"


def test_a19_whoever_left_is_not_reminded_even_when_the_letter_waits_already(session: Session) -> None:
    services.leave(sign_up=session.sign_ups.get(name="Isla"))
    assert reminding.remind_due() == 1
    services.leave(sign_up=session.sign_ups.get(name="Rory"))
    assert "rory" not in told()


def test_a19_a_session_that_moves_a_little_reminds_nobody_twice_and_one_that_moves_far_does(session: Session) -> None:
    assert reminding.remind_due() == 2
    Session.objects.update(**in_hours(22.5))
    assert reminding.remind_due() == 0
    QueueEvent.objects.filter(kind="reminded").update(created_at=timezone.now() - timedelta(days=7))
    assert reminding.remind_due() == 2, "moved by a week, after they were reminded of the first day"


def test_a19_nobody_is_reminded_of_what_is_called_off_or_over(session: Session, convener: Member) -> None:
    reminding.remind_due()
    services.cancel(session=session, by=convener)
    told()
    assert not [one for one in mail.outbox if one.subject.startswith("Soon")]
    assert reminding.remind_due() == 0
    Session.objects.update(state="open", **in_hours(-1))
    assert reminding.remind_due() == 0


def test_a19_what_is_set_or_signed_up_for_after_its_time_reminds_nobody(session: Session) -> None:
    QueueEvent.objects.filter(sign_up__name="Isla").update(created_at=timezone.now())
    assert reminding.remind_due() == 1, "who has just got a place knows"
    Reminder.objects.update(created_at=timezone.now())
    QueueEvent.objects.filter(kind="reminded").delete()
    assert reminding.remind_due() == 0


def test_a19_the_team_sets_when_people_are_reminded(
    session: Session, convener: Member, member_with: Callable[..., Member], client_for: Callable[[Member], Client]
) -> None:
    page = reverse("gatherings:letters", args=[session.place.slug, session.pk])
    assert client_for(convener).post(page, {"before": ["168", "24"]}).status_code == 302
    assert list(session.reminders.values_list("hours_before", flat=True)) == [168, 24]
    assert client_for(convener).post(page, {"before": ["7"]}).status_code == 422
    with pytest.raises(Refused):
        reminding.set_reminders(session=session, before=[2], by=member_with(Standing.COMMUNITY))
