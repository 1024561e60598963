"""What people get ready with: seen by members, and by whoever signed up, without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import services
from placeweave.gatherings.models import Cohort, Material, Programme, Session
from placeweave.kit import links
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict
from placeweave.places.models import Member
from tests import factories
from tests.gatherings.signing import wish

ClientFor = Callable[[Member], Client]


@pytest.fixture
def cohort(convener: Member) -> Cohort:
    return Cohort.objects.create(programme=Programme.objects.create(place=convener.place, title="P"), title="C")


@pytest.fixture
def session(cohort: Cohort, convener: Member) -> Session:
    last = factories.SessionFactory(
        place=convener.place, cohort=cohort, state="held", begins_at=timezone.now() - timedelta(days=20)
    )
    services.prepare(
        session=last, purpose="", pre_work="Old reading", practice_task="Ask one neighbour", version=0, by=convener
    )
    made = factories.SessionFactory(place=convener.place, cohort=cohort, capacity=9, host=convener)
    services.prepare(
        session=made, purpose="To listen", pre_work="Read two pages", practice_task="Keep a log", version=0, by=convener
    )
    services.add_material(
        session=made, title="The two pages", address="https://clachan.example/pages", use="before", by=convener
    )
    return made


def own_page(session: Session) -> str:
    key = links.new_key()
    services.sign_up(session=session, wish=wish(), key=key)
    return Client().get(reverse("signup:mine", args=[key])).content.decode()


def test_a8_whoever_signed_up_sees_pre_work_material_and_the_task_from_last_time(session: Session) -> None:
    page = own_page(session)
    for told in ("To listen", "Read two pages", "https://clachan.example/pages", "Ask one neighbour"):
        assert told in page
    assert "Old reading" not in page
    assert "Keep a log" not in page, "the next task is told in the session"


def test_a8_a_member_sees_the_same_on_the_page_of_the_session(
    session: Session, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    page = client_for(member_with(Standing.PARTNER)).get(
        reverse("gatherings:session", args=[session.place.slug, session.pk])
    )
    for told in ("Read two pages", "The two pages", "Ask one neighbour"):
        assert told in page.content.decode()


def test_once_a_session_has_begun_its_own_task_is_told(session: Session) -> None:
    key = links.new_key()
    services.sign_up(session=session, wish=wish(), key=key)
    Session.objects.filter(pk=session.pk).update(begins_at=timezone.now() - timedelta(hours=1))
    assert "Keep a log" in Client().get(reverse("signup:mine", args=[key])).content.decode()


def test_the_task_of_a_cancelled_session_or_of_another_cohort_is_not_from_last_time(
    session: Session, convener: Member
) -> None:
    Session.objects.filter(state="held").update(state="cancelled")
    assert "Ask one neighbour" not in own_page(session)
    Session.objects.filter(state="cancelled").update(state="held")
    Session.objects.filter(pk=session.pk).update(cohort=None)
    assert "Ask one neighbour" not in own_page(Session.objects.get(pk=session.pk))


def test_two_who_prepare_one_session_are_both_shown(session: Session, convener: Member) -> None:
    with pytest.raises(Conflict):
        services.prepare(session=session, purpose="Mine", pre_work="", practice_task="", version=0, by=convener)


def test_materials_are_added_and_taken_away_and_must_be_addresses(
    session: Session, convener: Member, client_for: ClientFor
) -> None:
    browser, slug = client_for(convener), session.place.slug
    add = reverse("gatherings:material_add", args=[slug, session.pk])
    assert browser.post(add, {"title": "Film", "address": "javascript:alert(1)", "use": "during"}).status_code == 422
    assert browser.post(add, {"title": "Film", "address": "clachan.example/film", "use": "during"}).status_code == 302
    film = Material.objects.get(title="Film")
    assert film.address == "https://clachan.example/film"
    prepare = reverse("gatherings:prepare", args=[slug, session.pk])
    assert "Film" in browser.get(prepare).content.decode()
    assert browser.post(prepare, {"purpose": "Anew", "version": "1"}).status_code == 302
    assert browser.post(reverse("gatherings:material_away", args=[slug, film.pk])).status_code == 302
    assert not Material.objects.filter(pk=film.pk).exists()
