"""Common learning needs, and one joint session for all who have the same."""

from __future__ import annotations

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from placeweave.gatherings import services
from placeweave.gatherings.models import Asking, LearningNeed, Session
from placeweave.gatherings.queries import learning as queries
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories

ClientFor = Callable[[Member], Client]
NAMES = ("Council", "Fire", "Health", "Shed")


@pytest.fixture
def partners(place: Place) -> list[Member]:
    made = []
    for name in NAMES:
        organisation = factories.OrganisationFactory(place=place, name=name)
        member = factories.MemberFactory(place=place, standing=Standing.PARTNER)
        member.person.organisation = organisation
        member.person.save()
        made.append(member)
    return made


def shared(partners: list[Member], title: str = "Sharing data") -> LearningNeed:
    for spelling, by in zip((title, title.upper(), f" {title} ", title), partners, strict=True):
        need = services.state_need(title=spelling, about="", by=by)
    return need


def test_b49_the_same_need_of_four_partners_opens_one_joint_session(
    partners: list[Member], convener: Member, client_for: ClientFor, django_capture_on_commit_callbacks: object
) -> None:
    need = shared(partners)
    assert LearningNeed.objects.count() == 1
    browser, slug = client_for(convener), convener.place.slug
    page = browser.get(reverse("gatherings:learning", args=[slug])).content.decode()
    assert "4 organisations" in page
    assert "Council, Fire, Health, Shed" in page
    joint = reverse("gatherings:learning_joint", args=[slug, need.pk])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        response = browser.post(joint)
    made = Session.objects.get()
    assert response.headers["Location"] == reverse("gatherings:edit", args=[slug, made.pk])
    assert (made.state, made.kind, made.host, made.title) == ("draft", "learning", convener, "Sharing data")
    told = browser.get(reverse("gatherings:session", args=[slug, made.pk])).content.decode()
    assert "Council, Fire, Health, Shed asked for" in told
    assert sorted(to for letter in mail.outbox for to in letter.to) == sorted(one.account.email for one in partners), (
        "who asked is told, each in a mail of their own"
    )
    with pytest.raises(NotReady):
        services.open_joint(need=need, by=convener)


def test_b49_partners_see_that_a_session_is_planned_and_find_it_once_it_is_open(
    partners: list[Member], convener: Member, client_for: ClientFor
) -> None:
    made = services.open_joint(need=shared(partners), by=convener)
    browser, address = client_for(partners[0]), reverse("gatherings:learning", args=[convener.place.slug])
    session = reverse("gatherings:session", args=[convener.place.slug, made.pk])
    planned = browser.get(address).content.decode()
    assert "A joint session is being planned" in planned
    assert session not in planned
    services.open_up(session=made, by=convener)
    assert session in browser.get(address).content.decode()


def test_a_need_said_twice_counts_once_and_residents_are_counted_not_named(
    partners: list[Member], member_with: Callable[..., Member], convener: Member
) -> None:
    need = shared(partners)
    resident = member_with(Standing.COMMUNITY)
    for by in (partners[0], resident, resident):
        services.need_too(need=need, by=by)
    services.need_too(need=need, by=convener, organisation=partners[1].organisation)
    told = queries.asked_by(need)
    assert (list(told.organisations), told.people) == (list(NAMES), 1)


def test_needs_that_most_have_come_first(partners: list[Member], convener: Member) -> None:
    services.state_need(title="A rare thing", about="", by=partners[0])
    shared(partners)
    assert [one.need.title for one in queries.common(convener.place, convener)] == ["Sharing data", "A rare thing"]


def test_the_team_may_say_it_for_an_organisation_and_nobody_else_may(
    partners: list[Member], convener: Member, other_place: Place
) -> None:
    shed = partners[3].organisation
    need = services.state_need(title="Sharing data", about="", by=convener, organisation=shed)
    assert list(queries.asked_by(need).organisations) == ["Shed"]
    with pytest.raises(Refused):
        services.state_need(title="Sharing data", about="", by=partners[0], organisation=shed)
    elsewhere = factories.OrganisationFactory(place=other_place)
    with pytest.raises(Unsound):
        services.need_too(need=need, by=convener, organisation=elsewhere)


def test_a_need_nobody_has_any_longer_is_gone_unless_a_session_answers_it(
    partners: list[Member], convener: Member
) -> None:
    need = services.state_need(title="Sharing data", about="", by=partners[0])
    services.no_longer(need=need, by=partners[1])
    assert LearningNeed.objects.exists(), "nobody takes back what another said"
    services.no_longer(need=need, by=partners[0])
    assert not LearningNeed.objects.exists()
    kept = services.state_need(title="Sharing data", about="", by=partners[0])
    services.open_joint(need=kept, by=convener)
    kept.refresh_from_db()
    services.no_longer(need=kept, by=partners[0])
    assert LearningNeed.objects.exists()


def test_an_address_that_takes_no_mail_keeps_a_joint_session_from_nobody(
    partners: list[Member],
    convener: Member,
    client_for: ClientFor,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    need, told = shared(partners), []

    def refusing(_subject: str, _text: str, _sender: None, to: list[str]) -> None:
        if not told:
            told.append("refused")
            raise SMTPRecipientsRefused({})
        told.extend(to)

    monkeypatch.setattr("placeweave.gatherings.services.learning.send_mail", refusing)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_for(convener).post(reverse("gatherings:learning_joint", args=[need.place.slug, need.pk]))
    assert answer.status_code == 302
    assert len(told) == len(partners), "the others hear of it"


def test_a_need_that_went_meanwhile_is_said_to_be_gone(partners: list[Member], convener: Member) -> None:
    need = services.state_need(title="Leading", about="", by=partners[0])
    seen = LearningNeed.objects.get(pk=need.pk)
    services.no_longer(need=need, by=partners[0])
    with pytest.raises(NotReady, match="off the list"):
        services.need_too(need=seen, by=partners[1])
    with pytest.raises(NotReady, match="off the list"):
        services.open_joint(need=seen, by=convener)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR])
def test_only_the_team_opens_a_joint_session(
    partners: list[Member], member_with: Callable[..., Member], standing: Standing
) -> None:
    need = shared(partners)
    with pytest.raises(Refused):
        services.open_joint(need=need, by=member_with(standing))
    assert not Session.objects.exists()


def test_needs_of_another_place_are_out_of_reach(
    partners: list[Member], other_place: Place, client_for: ClientFor
) -> None:
    need, stranger = shared(partners), factories.MemberFactory(place=other_place)
    for name in ("too", "no_longer", "joint"):
        address = reverse(f"gatherings:learning_{name}", args=[other_place.slug, need.pk])
        assert client_for(stranger).post(address).status_code == 404
    for deed in (services.need_too, services.no_longer, services.open_joint):
        with pytest.raises(Refused):
            deed(need=need, by=stranger)


def test_a_need_is_said_joined_and_taken_back_without_script(partners: list[Member], client_for: ClientFor) -> None:
    browser, slug = client_for(partners[0]), partners[0].place.slug
    address = reverse("gatherings:learning", args=[slug])
    assert "For whom do you say it?" not in browser.get(address).content.decode()
    assert browser.post(address, {"title": "Sharing data"}).status_code == 302
    need = LearningNeed.objects.get()
    other = client_for(partners[1])
    assert other.post(reverse("gatherings:learning_too", args=[slug, need.pk])).status_code == 302
    assert Asking.objects.count() == 2
    assert "We need this no longer" in other.get(address).content.decode()
    assert other.post(reverse("gatherings:learning_no_longer", args=[slug, need.pk])).status_code == 302
    assert Asking.objects.count() == 1
