"""Calendars of sessions: who sees what, what changes, and what a calendar program is told when nothing did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import Cohort, Programme, Session
from placeweave.gatherings.services import calendars, letters
from placeweave.kit import links
from placeweave.kit.access import Standing
from placeweave.kit.errors import Refused
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.signing import signed, wish

ClientFor = Callable[[Member], Client]
LINK = "https://meet.example.org/x"


@pytest.fixture
def session(place: Place, convener: Member) -> Session:
    Place.objects.filter(pk=place.pk).update(is_public=True)
    return factories.SessionFactory(place=place, host=convener, joining_link=LINK, is_listed=True, where="Pier Hall")


def read(response: Any) -> list[icalendar.Event]:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def place_feed(session: Session, **asked: str) -> list[icalendar.Event]:
    return read(Client().get(reverse("signup:place_calendar", args=[session.place.slug]), asked))


def facts(session: Session, **more: Any) -> services.SessionFacts:
    names = ("title", "begins_at", "ends_at", "capacity", "host", "where", "joining_link")
    return services.SessionFacts(**{name: getattr(session, name) for name in names} | more)


def test_a33_only_what_its_team_lists_is_in_the_public_feed_without_the_link_to_join(session: Session) -> None:
    factories.SessionFactory(place=session.place, title="By invitation")
    factories.SessionFactory(place=session.place, title="Not yet", is_listed=True, state="draft")
    [event] = place_feed(session)
    assert event["summary"] == session.title
    page = Client().get(reverse("signup:list", args=[session.place.slug])).content.decode()
    news = Client().get(reverse("signup:place_news", args=[session.place.slug])).content.decode()
    for shown in (event.to_ical().decode(), page, news):
        assert session.title in shown
        assert "meet.example.org" not in shown
        assert "By invitation" not in shown


def test_a33_a_change_raises_the_sequence_and_a_cancelled_session_stays_struck_out(
    session: Session, convener: Member
) -> None:
    [first] = place_feed(session)
    services.edit(session=session, facts=facts(session, where="Library"), version=1, by=convener)
    [second] = place_feed(session)
    services.cancel(session=session, by=convener)
    [third] = place_feed(session)
    assert first["uid"] == second["uid"] == third["uid"]
    assert first["sequence"] < second["sequence"] < third["sequence"]
    assert first["last-modified"].dt <= second["last-modified"].dt <= third["last-modified"].dt
    assert (third["status"], third["summary"]) == ("CANCELLED", f"Cancelled: {session.title}")
    page = Client().get(reverse("signup:list", args=[session.place.slug])).content.decode()
    assert f"<s>{session.title}</s>" in page
    assert "EventCancelled" in page


def test_a33_a_programme_has_a_feed_of_its_own(session: Session) -> None:
    programme = Programme.objects.create(place=session.place, title="Leading together")
    cohort = Cohort.objects.create(programme=programme, title="Spring")
    factories.SessionFactory(place=session.place, cohort=cohort, title="First evening", is_listed=True)
    assert [one["summary"] for one in place_feed(session, programme=str(programme.pk))] == ["First evening"]
    unlisted = Programme.objects.create(place=session.place, title="Quiet")
    address = reverse("signup:place_calendar", args=[session.place.slug])
    for asked in (str(unlisted.pk), "x", "9" * 30, "9" * 5000):
        assert Client().get(address, {"programme": asked}).status_code == 404


def test_a33_a_calendar_that_asks_again_is_told_that_nothing_changed(session: Session, convener: Member) -> None:
    address, browser = reverse("signup:place_calendar", args=[session.place.slug]), Client()
    first = browser.get(address)
    assert "public" in first.headers["Cache-Control"]
    again = browser.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    services.cancel(session=session, by=convener)
    assert browser.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a33_a_place_that_visitors_may_not_see_has_no_public_list(session: Session) -> None:
    Place.objects.filter(pk=session.place_id).update(is_public=False)
    for name in ("list", "place_calendar", "place_news"):
        assert Client().get(reverse(f"signup:{name}", args=[session.place.slug])).status_code == 404
    assert Client().get(reverse("signup:page", args=[session.code])).status_code == 200


def test_a19_ones_own_calendar_has_the_link_to_join_once_one_has_a_place(session: Session) -> None:
    Session.objects.update(capacity=1)
    keys = [links.new_key() for _one in range(2)]
    coming, _waiting = (
        services.sign_up(session=session, wish=wish(name), key=key)
        for name, key in zip(("Isla", "Rory"), keys, strict=True)
    )
    pages = [reverse("signup:mine_calendar", args=[key]) for key in keys]
    [mine], [theirs] = (read(Client().get(page)) for page in pages)
    assert (mine["status"], mine["conference"]) == ("CONFIRMED", LINK)
    assert theirs["status"] == "TENTATIVE"
    assert "meet.example.org" not in theirs.to_ical().decode()
    services.leave(sign_up=coming)
    [left] = read(Client().get(pages[0]))
    assert left["status"] == "CANCELLED"
    assert left["sequence"] > mine["sequence"]
    assert "meet.example.org" not in left.to_ical().decode()
    assert "private" in Client().get(pages[0]).headers["Cache-Control"]


def test_a19_letters_bring_the_entry_that_puts_in_moves_and_strikes_out(session: Session, convener: Member) -> None:
    signed(session, "Isla")
    letters.post()
    services.edit(session=session, facts=facts(session, where="Library"), version=1, by=convener)
    letters.post()
    services.cancel(session=Session.objects.get(), by=convener)
    letters.post()
    entries = [icalendar.Calendar.from_ical(one.alternatives[0][0]) for one in mail.outbox]  # type: ignore[attr-defined]
    events = [one.walk("VEVENT")[0] for one in entries]
    assert [one["method"] for one in entries] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({one["uid"] for one in events}) == 1
    assert [one["sequence"] for one in events] == sorted({one["sequence"] for one in events})
    assert [one["location"] for one in events] == ["Pier Hall", "Library", "Library"]
    assert LINK in mail.outbox[0].body
    assert LINK not in mail.outbox[2].body
    raw = mail.outbox[0].message().as_string()
    assert 'text/calendar; method="REQUEST"' in raw
    assert 'filename="session.ics"' in raw


def test_a19_whoever_waits_gets_no_entry_and_no_link_to_join(session: Session) -> None:
    Session.objects.update(capacity=1)
    signed(session, "Isla"), signed(session, "Rory")
    letters.post()
    waits = mail.outbox[1]
    assert not waits.alternatives  # type: ignore[attr-defined]
    assert "meet.example.org" not in waits.message().as_string()


def test_a33_a_members_own_address_shows_what_they_may_see_until_it_is_ended(
    session: Session, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    partner = member_with(Standing.PARTNER)
    factories.SessionFactory(place=session.place, title="Not yet", state="draft")
    factories.SessionFactory(title="Elsewhere")
    key = calendars.give_key(by=partner)
    address = reverse("signup:member_calendar", args=[key])
    [event] = read(Client().get(address))
    assert event["summary"] == session.title
    assert "meet.example.org" not in event.to_ical().decode()
    newer = calendars.give_key(by=partner)
    assert Client().get(address).status_code == 404, "a new address ends the old one"
    browser = client_for(partner)
    page = reverse("gatherings:calendar", args=[session.place.slug])
    assert newer not in browser.get(page).content.decode(), "it is shown once"
    assert "/calendar.ics" in browser.post(page, {"do": "make"}).content.decode()
    browser.post(page, {"do": "end"})
    assert "You have no such address" in browser.get(page).content.decode()
    last = calendars.give_key(by=partner)
    Member.objects.filter(pk=partner.pk).update(left_at=timezone.now())
    assert Client().get(reverse("signup:member_calendar", args=[last])).status_code == 404


def test_only_the_team_lists_a_session_publicly(session: Session, member_with: Callable[..., Member]) -> None:
    for by in (member_with(Standing.PARTNER), factories.MemberFactory(place__slug="elsewhere")):
        with pytest.raises(Refused):
            calendars.list_publicly(session=session, is_listed=False, by=by)


def test_a33_a_session_is_listed_and_taken_off_by_its_team_and_robots_are_told(
    session: Session, convener: Member, client_for: ClientFor
) -> None:
    address, page = (
        reverse("gatherings:listing", args=[session.place.slug, session.pk]),
        reverse("signup:page", args=[session.code]),
    )
    listed = Client().get(page)
    assert listed.headers["X-Robots-Tag"] == "all"
    assert "application/ld+json" in listed.content.decode()
    assert client_for(convener).post(address, {"listed": "no"}).status_code == 302
    unlisted = Client().get(page)
    assert unlisted.headers["X-Robots-Tag"] == "noindex"
    assert "application/ld+json" not in unlisted.content.decode()
    client_for(convener).post(address, {"listed": "yes"})
    assert Session.objects.get().is_listed


def test_a33_a_hostile_title_stays_inside_what_programs_read(session: Session) -> None:
    Session.objects.update(title="</script><script>alert(1)</script>&")
    for name, key in (("list", session.place.slug), ("page", session.code)):
        page = Client().get(reverse(f"signup:{name}", args=[key])).content.decode()
        assert "<script>alert" not in page
        assert "\\u003c/script\\u003e" in page


def test_a33_a_place_abroad_goes_by_its_own_clock_everywhere(
    session: Session, convener: Member, client_for: ClientFor
) -> None:
    Place.objects.update(time_zone="America/New_York")
    evening = datetime(2099, 1, 15, 23, 30, tzinfo=UTC)
    Session.objects.update(begins_at=evening, ends_at=evening + timedelta(hours=1))
    signed(session, "Isla")
    letters.post()
    inside = client_for(convener).get(reverse("gatherings:session", args=[session.place.slug, session.pk]))
    public = Client().get(reverse("signup:page", args=[session.code]))
    listed = Client().get(reverse("signup:list", args=[session.place.slug]))
    news = Client().get(reverse("signup:place_news", args=[session.place.slug]))
    for told in (inside.content.decode(), public.content.decode(), listed.content.decode(), mail.outbox[0].body):
        assert "18:30" in told
        assert "EST" in told
    assert "18:30" in news.content.decode()
    assert [one["dtstart"].dt.isoformat() for one in place_feed(session)] == ["2099-01-15T18:30:00-05:00"]
    said = {"title": "Eve", "kind": "workshop", "on": "2099-07-01", "begins": "18:30", "ends": "20:30", "mode": "room"}
    said |= {"capacity": "8", "offer_hours": "24", "host": str(convener.pk)}
    assert client_for(convener).post(reverse("gatherings:new", args=[session.place.slug]), said).status_code == 302
    assert Session.objects.get(title="Eve").begins_at.isoformat() == "2099-07-01T22:30:00+00:00"
    assert timezone.get_current_timezone_name() == "Europe/London", "the next request begins at its own clock"
