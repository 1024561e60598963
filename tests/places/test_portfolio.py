"""Places side by side: mine in full, others by what they chose to show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places import queries, services
from placeweave.places.models import LinkUp, Member, Place
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared_topic(convener: Member) -> object:
    """A topic that the convener's place works on."""
    topic = queries.topics().get(code="10")
    factories.IssueFactory(place=convener.place, title="Ours").topics.add(topic)
    return topic


def neighbour(topic: object, **fields: object) -> Member:
    place = factories.PlaceFactory(**{"in_portfolio": True, **fields})
    issue = factories.IssueFactory(place=place, title=f"Issue of {place.name}")
    issue.topics.add(topic)
    factories.OrganisationFactory(place=place, name="SECRETBODY")
    member = factories.MemberFactory(place=place)
    question = services.suggest_question(issue=issue, wording="SECRETQUESTION?", why="", by=member)
    services.adopt_question(question=question, by=member)
    return member


def test_a24_other_places_on_the_same_topic_are_counted_and_nothing_private_leaks(
    convener: Member, shared_topic: object, client_for: Callable[[Member], Client]
) -> None:
    shown = [neighbour(shared_topic), neighbour(shared_topic)]
    hidden = neighbour(shared_topic, in_portfolio=False)
    browser = client_for(convener)
    issue = convener.place.issues.get()
    pages = {
        name: browser.get(address).content.decode()
        for name, address in {
            "issue": reverse("places:issue", args=[convener.place.slug, issue.pk]),
            "home": reverse("places:portfolio"),
            "linkups": reverse("places:linkups", args=[convener.place.slug]),
        }.items()
    }
    assert "2 other places work on this." in pages["issue"]
    for page in pages.values():
        assert all(one.place.name in page for one in shown)
        assert hidden.place.name not in page
        assert "SECRET" not in page
        assert shown[0].display_name not in page


def test_a24_a_resting_issue_is_not_shown_to_others(convener: Member, shared_topic: object) -> None:
    other = neighbour(shared_topic)
    other.place.issues.update(state="resting")
    assert queries.elsewhere([convener.place.pk]) == []


def test_a24_a_convener_asks_for_a_link_up_and_a_welcome_gives_a_name_to_write_to(
    convener: Member,
    shared_topic: object,
    client_for: Callable[[Member], Client],
    mailoutbox: list,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    other = neighbour(shared_topic)
    ask = reverse("places:linkup_ask", args=[convener.place.slug, other.place.pk, shared_topic.pk])
    assert client_for(convener).get(ask).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client_for(convener).post(ask, {"note": "Shall we talk?"})
    assert mailoutbox[-1].to == [other.account.email]
    linkup = LinkUp.objects.get()
    theirs = reverse("places:linkups", args=[other.place.slug])
    assert "Shall we talk?" in client_for(other).get(theirs).content.decode()
    ours = reverse("places:linkups", args=[convener.place.slug])
    assert other.account.email not in client_for(convener).get(ours).content.decode()
    answer = reverse("places:linkup_answer", args=[other.place.slug, linkup.pk])
    assert "your name and e-mail address" in client_for(other).get(answer).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client_for(other).post(answer, {"confirm": "yes"})
    assert other.account.email in client_for(convener).get(ours).content.decode()
    assert other.account.email in mailoutbox[-1].body
    with pytest.raises(NotReady):
        services.answer_linkup(linkup=linkup, is_welcome=False, by=other)


def test_a24_the_note_and_names_of_a_link_up_are_for_conveners_alone(
    convener: Member, shared_topic: object, client_for: Callable[[Member], Client]
) -> None:
    other = neighbour(shared_topic)
    services.ask_linkup(asked=other.place, topic=shared_topic, note="NOTE", by=convener)
    partner = factories.MemberFactory(place=other.place, standing=Standing.PARTNER)
    page = client_for(partner).get(reverse("places:linkups", args=[other.place.slug])).content.decode()
    assert "NOTE" not in page
    assert convener.account.email not in page


def test_a24_a_place_that_does_not_show_itself_cannot_be_asked(convener: Member, shared_topic: object) -> None:
    other = neighbour(shared_topic, in_portfolio=False)
    with pytest.raises(Unsound):
        services.ask_linkup(asked=other.place, topic=shared_topic, note="", by=convener)


def test_a24_only_conveners_ask_and_only_the_asked_place_answers(
    convener: Member, member_with: Callable[..., Member], shared_topic: object
) -> None:
    other = neighbour(shared_topic)
    with pytest.raises(Refused):
        services.ask_linkup(asked=other.place, topic=shared_topic, note="", by=member_with(Standing.FACILITATOR))
    linkup = services.ask_linkup(asked=other.place, topic=shared_topic, note="", by=convener)
    with pytest.raises(Refused):
        services.answer_linkup(linkup=linkup, is_welcome=True, by=convener)


def test_a_stranger_sees_public_places_only(place: Place, other_place: Place) -> None:
    Place.objects.filter(pk=other_place.pk).update(is_public=True)
    page = Client().get("/").content.decode()
    assert other_place.name in page
    assert f">{place.name}<" not in page


def test_a_steward_sees_that_places_are_there_and_not_what_is_in_them(
    place: Place, client_for: Callable[[Member], Client]
) -> None:
    browser = Client()
    browser.force_login(factories.AccountFactory(is_steward=True))
    assert place.name in browser.get("/").content.decode()
    assert browser.get(reverse("places:about", args=[place.slug])).status_code == 404
