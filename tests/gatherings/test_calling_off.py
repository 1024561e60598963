"""Calling off several sessions: in one transaction, struck out in the feeds, one letter to each person."""

from __future__ import annotations

from collections.abc import Callable

import icalendar
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from placeweave.gatherings import services
from placeweave.gatherings.models import Cohort, Letter, Programme, Session
from placeweave.gatherings.queries import calling_off as queries
from placeweave.gatherings.services import calling_off, letters
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.signing import signed

ClientFor = Callable[[Member], Client]


@pytest.fixture
def evenings(place: Place, convener: Member) -> list[Session]:
    """Three evenings of one cohort, listed publicly."""
    Place.objects.filter(pk=place.pk).update(is_public=True)
    cohort = Cohort.objects.create(programme=Programme.objects.create(place=place, title="Together"), title="Spring")
    return [
        factories.SessionFactory(place=place, cohort=cohort, title=f"Evening {n}", capacity=1, is_listed=True)
        for n in (1, 2, 3)
    ]


def called_off(evenings: list[Session], by: Member) -> calling_off.CalledOff:
    return calling_off.call_off(place=by.place, sessions=[one.pk for one in evenings], by=by)


def test_a33_everybody_is_told_of_all_their_sessions_in_one_letter(evenings: list[Session], convener: Member) -> None:
    for evening in evenings:
        signed(evening, "Isla")
    signed(evenings[1], "Rory")
    letters.post()
    mail.outbox.clear()
    assert queries.addresses(evenings) == 2
    assert called_off(evenings, convener) == calling_off.CalledOff(3, 2)
    assert (letters.post(), letters.post()) == (2, 0)
    isla, rory = sorted(mail.outbox, key=lambda one: one.to)
    assert [one.to for one in (isla, rory)] == [["isla@example.org"], ["rory@example.org"]]
    assert isla.subject.startswith("Cancelled: 3 sessions")
    assert all(evening.title in isla.body for evening in evenings)
    assert [evening.title in rory.body for evening in evenings] == [False, True, False]
    entries = [icalendar.Calendar.from_ical(content) for _name, content, _type in isla.attachments]
    assert [one["method"] for one in entries] == ["CANCEL"] * 3
    assert len({one.walk("VEVENT")[0]["uid"] for one in entries}) == 3
    assert not rory.attachments, "who only waited has nothing in their calendar"


def test_a33_the_feed_strikes_all_of_them_out_at_once(evenings: list[Session], convener: Member) -> None:
    called_off(evenings, convener)
    feed = Client().get(reverse("signup:place_calendar", args=[convener.place.slug]))
    assert [one["status"] for one in icalendar.Calendar.from_ical(feed.content).walk("VEVENT")] == ["CANCELLED"] * 3


def test_a33_nothing_is_called_off_when_one_of_them_cannot_be(evenings: list[Session], convener: Member) -> None:
    services.cancel(session=evenings[2], by=convener)
    with pytest.raises(NotReady):
        called_off(evenings, convener)
    assert sorted(Session.objects.values_list("state", flat=True)) == ["cancelled", "open", "open"]
    elsewhere = factories.SessionFactory()
    with pytest.raises(Unsound):
        called_off([evenings[0], elsewhere], convener)


def test_a33_whoever_leaves_before_the_letter_goes_is_told_of_the_rest_alone(
    evenings: list[Session], convener: Member
) -> None:
    mine = [signed(evening, "Isla") for evening in evenings]
    letters.post()
    mail.outbox.clear()
    called_off(evenings, convener)
    services.leave(sign_up=mine[0])
    letters.post()
    [letter] = mail.outbox
    assert "Evening 1" not in letter.body
    assert "Evening 2" in letter.body
    assert Letter.objects.filter(sent_at=None).count() == 0


def test_only_the_team_calls_sessions_off(evenings: list[Session], member_with: Callable[..., Member]) -> None:
    with pytest.raises(Refused):
        called_off(evenings, member_with(Standing.PARTNER))


def test_a33_sessions_are_chosen_looked_at_once_more_and_called_off_in_the_browser(
    evenings: list[Session], convener: Member, client_for: ClientFor
) -> None:
    browser, page = client_for(convener), reverse("gatherings:call_off", args=[convener.place.slug])
    programme = Programme.objects.get()
    factories.SessionFactory(place=convener.place, title="Apart")
    asked = browser.get(page, {"programme": programme.pk}).content.decode()
    assert "Evening 3" in asked
    assert "Apart" not in asked
    chosen = {"sessions": [evenings[0].pk, evenings[1].pk]}
    question = browser.get(page, chosen).content.decode()
    assert "Shall these 2 sessions be called off?" in question
    assert Session.objects.filter(state="cancelled").count() == 0, "looking calls nothing off"
    assert browser.post(page, chosen).status_code == 302
    assert Session.objects.filter(state="cancelled").count() == 2
    assert browser.get(page, {"go": "on"}).status_code == 422
    assert browser.post(page, chosen).status_code == 422
