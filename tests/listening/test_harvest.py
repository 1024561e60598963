"""The harvest of a session: room and online meet in one conversation, and consent is asked group by group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings.models import Session
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.listening import services
from placeweave.listening.models import Contribution, Conversation, Naming, Scope
from placeweave.listening.queries import harvest as queries
from placeweave.places.models import Member, Place
from tests import factories

ClientFor = Callable[[Member], Client]
TABLE, CALL = services.Group("Table 3"), services.Group("Group A", services.Side.ONLINE)


@pytest.fixture
def session(place: Place, convener: Member) -> Session:
    return factories.SessionFactory(
        place=place, host=convener, mode="hybrid", begins_at=timezone.now() - timedelta(hours=1)
    )


def words(*texts: str) -> list[services.Words]:
    return [services.Words(text) for text in texts]


def test_b52_the_harvest_of_the_room_and_of_those_online_lands_in_one_place(session: Session, convener: Member) -> None:
    services.bring_in(session=session, group=TABLE, many=words("No bus", "No lamps"), by=convener)
    services.bring_in(session=session, group=CALL, many=words("No signal"), by=convener)
    conversation = Conversation.objects.get()
    assert conversation.harvest.session == session
    assert (conversation.title, conversation.method) == (session.title, "workshop")
    told = [(one.name, one.side, one.count) for one in queries.brought(conversation)]
    assert told == [("Table 3", "room", 2), ("Group A", "online", 1)]


def test_b52_nothing_of_a_harvest_is_quoted_unless_it_was_agreed(session: Session, convener: Member) -> None:
    services.bring_in(session=session, group=TABLE, many=words("No bus"), by=convener)
    kept = Contribution.raw.get()
    assert (kept.scope, kept.naming) == (Scope.NOTES, Naming.ONLY_IN_THEMES)
    assert not Contribution.objects.exists()
    assert kept.consent_text is not None


def test_there_is_no_harvest_before_a_session_nor_of_one_called_off(session: Session, convener: Member) -> None:
    for state, later in (("draft", -1), ("cancelled", -1), ("open", 1)):
        Session.objects.update(state=state, begins_at=timezone.now() + timedelta(minutes=later))
        with pytest.raises(NotReady):
            services.bring_in(session=session, group=TABLE, many=words("No bus"), by=convener)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR])
def test_only_the_team_brings_in_what_others_said(
    session: Session, member_with: Callable[..., Member], standing: Standing
) -> None:
    with pytest.raises(Refused):
        services.bring_in(session=session, group=TABLE, many=words("No bus"), by=member_with(standing))


def test_a_harvest_stays_in_its_place(session: Session, other_place: Place, client_for: ClientFor) -> None:
    stranger = factories.MemberFactory(place=other_place)
    with pytest.raises(Unsound):
        services.bring_in(session=session, group=TABLE, many=words("No bus"), by=stranger)
    assert (
        client_for(stranger).get(reverse("listening:harvest", args=[other_place.slug, session.pk])).status_code == 404
    )


def test_b52_a_group_is_brought_in_once_its_notes_were_seen_with_their_consent(
    session: Session, convener: Member, client_for: ClientFor
) -> None:
    browser, slug = client_for(convener), session.place.slug
    address = reverse("listening:harvest", args=[slug, session.pk])
    assert (
        "Read the words in which" in browser.get(address).content.decode()
        or "consent" in browser.get(address).content.decode()
    )
    notes = {"group": "Table 3", "side": "room", "text": "No bus\nNo lamps", "split": "line"}
    said = {**notes, "voice_type": "frontline", "scope": "2", "naming": "anonymous"}
    assert browser.post(address, {**said, "group": ""}).status_code == 422
    shown = browser.post(address, said)
    assert "Table 3 (In the room)" in shown.content.decode()
    assert not Contribution.raw.exists(), "nothing is kept before it was seen"
    other = {**said, "group": "Table 4", "seen": shown.context["seen"]}
    browser.post(address, other)
    assert not Contribution.raw.exists(), "what was seen was another group's"
    assert browser.post(address, {**said, "seen": shown.context["seen"]}).status_code == 302
    assert Contribution.objects.count() == 2
    after = browser.get(address).content.decode()
    assert "Table 3" in after
    conversation = Conversation.objects.get()
    page = browser.get(reverse("listening:conversation", args=[slug, conversation.pk])).content.decode()
    assert reverse("gatherings:session", args=[slug, session.pk]) in page
    assert address in browser.get(reverse("gatherings:session", args=[slug, session.pk])).content.decode()


def test_what_is_withdrawn_from_a_harvest_is_counted_no_more(session: Session, convener: Member) -> None:
    one, _other = services.bring_in(session=session, group=TABLE, many=words("No bus", "No lamps"), by=convener)
    services.withdraw(contribution=one, by=convener, reason=services.Reason.values[0])
    told = queries.brought(queries.conversation_of(session))
    assert [(group.name, group.count) for group in told] == [("Table 3", 1)]
