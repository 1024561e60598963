"""The pages of gatherings: what each reader sees, and what somebody without an account can do."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.gatherings import services
from placeweave.gatherings.models import OwnLink, Session, SignUp
from placeweave.kit.access import Standing
from placeweave.kit.models import Submission
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.signing import signed
from tests.tries import at_most

ClientFor = Callable[[Member], Client]


@pytest.fixture
def session(place: Place, convener: Member) -> Session:
    return factories.SessionFactory(place=place, capacity=1, host=convener, joining_link="https://meet.example.org/x")


def text(client: Client, name: str, *args: Any) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def filled(name: str = "Isla", **more: str) -> dict[str, str]:
    return {"name": name, "email": f"{name.lower()}@example.org", "party": "1", "once": str(uuid.uuid4()), **more}


def test_a19_somebody_signs_up_waits_is_offered_a_place_and_takes_it(session: Session) -> None:
    page, pages = reverse("signup:page", args=[session.code]), []
    for name in ("Isla", "Rory"):
        response = Client().post(page, filled(name))
        pages.append(response.headers["Location"])
    assert "You have a place" in Client().get(pages[0]).content.decode()
    assert "https://meet.example.org/x" in Client().get(pages[0]).content.decode()
    waiting = Client().get(pages[1]).content.decode()
    assert "number 1 on the waiting list" in waiting
    assert "https://meet.example.org/x" not in waiting
    assert Client().get(f"{pages[0]}leave/").status_code == 200
    assert SignUp.objects.filter(state="left").count() == 0, "looking at the question gives nothing up"
    assert Client().post(f"{pages[0]}leave/").status_code == 302
    assert "kept for you until" in Client().get(pages[1]).content.decode()
    assert Client().post(f"{pages[1]}accept/").status_code == 302
    story = Client().get(pages[1]).content.decode()
    assert "You have a place" in story
    assert "you took the offer" in story
    assert "erased" in Client().get(pages[0]).content.decode()


@pytest.mark.parametrize(
    ("hours", "words"), [(168, "7 days"), (24, "1 day"), (36, "36 hours"), (12, "12 hours"), (1, "1 hour")]
)
def test_how_long_an_offer_stands_is_said_in_whole_days_where_it_can_be(place: Place, hours: int, words: str) -> None:
    session = factories.SessionFactory(place=place, offer_hours=hours)
    page = Client().get(reverse("signup:page", args=[session.code])).content.decode()
    assert f"An offer stands for {words}, but no longer" in page


def test_a_form_sent_twice_leads_to_one_page_whose_key_is_written_nowhere(session: Session) -> None:
    page, form = reverse("signup:page", args=[session.code]), filled()
    places = {Client().post(page, form).headers["Location"] for _time in range(2)}
    key = places.pop().rstrip("/").rsplit("/", 1)[1]
    assert not places
    assert SignUp.objects.count() == OwnLink.objects.count() == 1
    assert not Submission.objects.filter(location__contains=key).exists()
    assert not OwnLink.objects.filter(key_digest__contains=key).exists()


def test_the_public_page_tells_nobody_how_many_come(session: Session) -> None:
    Session.objects.update(capacity=40)
    empty = text(Client(), "signup:page", session.code)
    for name in ("Isla", "Rory", "Una"):
        signed(session, name)
    full = text(Client(), "signup:page", session.code)

    def shown(page: str) -> str:
        return page.partition("<main")[2].partition("<form")[0]

    assert shown(empty) == shown(full)
    assert "isla" not in full.lower()


def test_a_draft_has_no_public_page_and_a_cancelled_session_says_so(session: Session) -> None:
    Session.objects.update(state="draft")
    assert Client().get(reverse("signup:page", args=[session.code])).status_code == 404
    Session.objects.update(state="cancelled")
    page = text(Client(), "signup:page", session.code)
    assert "This session is cancelled" in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_what_is_wrong_with_a_form_is_said_and_nothing_is_kept(session: Session) -> None:
    page = reverse("signup:page", args=[session.code])
    for wrong in ({"email": "nobody"}, {"party": "0"}, {"party": "2"}, {"name": ""}, {"party": "99"}):
        assert Client().post(page, filled() | wrong).status_code == 422
    assert not SignUp.objects.exists()


def test_needs_are_read_by_whoever_runs_the_session_alone(
    session: Session, convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    signed(session, "Isla", access_needs="A hearing loop", dietary="No nuts")
    host = text(client_for(convener), "gatherings:session", session.place.slug, session.pk)
    assert "A hearing loop" in host
    assert "No nuts" in host
    for standing in (Standing.CONVENER, Standing.FACILITATOR):
        page = text(client_for(member_with(standing)), "gatherings:session", session.place.slug, session.pk)
        assert "isla@example.org" in page
        assert "hearing loop" not in page
    for standing in (Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR):
        page = text(client_for(member_with(standing)), "gatherings:session", session.place.slug, session.pk)
        assert session.title in page
        assert "isla" not in page.lower()


def test_a_draft_is_seen_by_the_team_alone(
    session: Session, convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    Session.objects.update(state="draft")
    address = reverse("gatherings:session", args=[session.place.slug, session.pk])
    partner = client_for(member_with(Standing.PARTNER))
    assert partner.get(address).status_code == 404
    assert session.title not in text(partner, "gatherings:overview", session.place.slug)
    assert session.title in text(client_for(convener), "gatherings:overview", session.place.slug)


def test_another_places_session_is_not_found(session: Session, other_place: Place, client_for: ClientFor) -> None:
    stranger = client_for(factories.MemberFactory(place=other_place))
    one = signed(session, "Isla")
    for name, pk in (("session", session.pk), ("edit", session.pk), ("queue", session.pk), ("release", one.pk)):
        assert stranger.get(reverse(f"gatherings:{name}", args=[other_place.slug, pk])).status_code == 404


def planned(convener: Member, **more: str) -> dict[str, str]:
    said = {"title": "Winter", "kind": "workshop", "on": "2099-10-24", "begins": "18:30", "ends": "20:30"}
    return {**said, "mode": "room", "capacity": "8", "offer_hours": "24", "host": str(convener.pk), **more}


def test_a_session_is_planned_opened_changed_and_cancelled_in_the_browser(
    convener: Member, client_for: ClientFor
) -> None:
    browser, slug = client_for(convener), convener.place.slug
    assert browser.post(reverse("gatherings:programme_new", args=[slug]), {"title": "P"}).status_code == 302
    programme = convener.place.learning_programmes.get()
    cohort_new = reverse("gatherings:cohort_new", args=[slug, programme.pk])
    assert browser.post(cohort_new, {"title": "Spring", "capacity": "12", "offer_hours": "168"}).status_code == 302
    form = planned(convener, cohort=str(programme.cohorts.get().pk))
    assert browser.post(reverse("gatherings:new", args=[slug]), form).status_code == 302
    made = Session.objects.get()
    assert made.begins_at.isoformat() == "2099-10-24T17:30:00+00:00", "said in the time of the place"
    assert browser.post(reverse("gatherings:open", args=[slug, made.pk])).status_code == 302
    edit = reverse("gatherings:edit", args=[slug, made.pk])
    assert 'value="18:30"' in browser.get(edit).content.decode()
    assert browser.post(edit, form | {"capacity": "9", "version": "2"}).status_code == 302
    assert browser.post(edit, form | {"capacity": "10", "version": "2"}).status_code == 409
    cancel = reverse("gatherings:cancel", args=[slug, made.pk])
    assert browser.get(cancel).status_code == 200
    assert browser.post(cancel).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.capacity) == ("cancelled", 9)


def test_a_time_is_the_places_own_on_either_side_of_the_clock_change(convener: Member, client_for: ClientFor) -> None:
    browser = client_for(convener)
    for day in ("2099-10-24", "2099-10-25"):
        browser.post(reverse("gatherings:new", args=[convener.place.slug]), planned(convener, on=day))
    assert [one.begins_at.hour for one in Session.objects.order_by("begins_at")] == [17, 18], "in universal time"


def test_a_guest_finds_the_public_list_and_a_resident_the_way_to_sign_up(
    session: Session, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    slug = session.place.slug
    Place.objects.filter(pk=session.place_id).update(is_public=True)
    assert reverse("signup:list", args=[slug]) in text(Client(), "thread:home", slug)
    told = text(client_for(member_with(Standing.COMMUNITY)), "gatherings:session", slug, session.pk)
    assert "Sign up, or come on the waiting list" in told
    assert "Look at the page people see" not in told


def test_nobody_is_said_to_come_to_what_was_cancelled(
    session: Session, convener: Member, client_for: ClientFor
) -> None:
    signed(session)
    services.cancel(session=session, by=convener)
    browser, slug = client_for(convener), session.place.slug
    assert '<td data-label="Coming">–</td>' in browser.get(reverse("gatherings:overview", args=[slug])).content.decode()
    told = browser.get(reverse("gatherings:session", args=[slug, session.pk])).content.decode()
    assert "1 person had a place." in told
    assert "waiting: 0" not in told


def test_the_log_of_the_queue_names_nobody(session: Session, convener: Member, client_for: ClientFor) -> None:
    first = signed(session, "Isla")
    signed(session, "Rory")
    services.leave(sign_up=first)
    page = text(client_for(convener), "gatherings:queue", session.place.slug, session.pk)
    assert "was offered a place" in page
    assert "rory" not in page.lower()


def test_very_many_forms_of_one_network_wait_and_lose_nothing(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr("placeweave.gatherings.views.pace.SIGNING_UP", at_most(2))
    session = factories.SessionFactory(capacity=9)
    sent = {"name": "Isla Manson", "email": "isla@example.org", "party": "1"}
    answers = [Client().post(reverse("signup:page", args=[session.code]), sent) for _form in range(3)]
    assert [one.status_code for one in answers[:2]] == [302, 302]
    refused = answers[2].content.decode()
    assert "Very many forms" in refused
    assert "Isla Manson" in refused
    assert session.sign_ups.count() == 2
