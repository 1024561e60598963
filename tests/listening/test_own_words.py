"""What people say in their own words at the door, what they tell about themselves, and how they leave."""

from __future__ import annotations

import re

import pytest

from placeweave.listening import services
from placeweave.listening.models import Participant, Statement, Vote, Voting
from placeweave.listening.services import Question
from placeweave.places.models import Member
from tests.listening import held
from tests.listening.held import at, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting(convener: Member) -> Voting:
    return held.voting(convener, *held.numbered(7))


# --- Own words ------------------------------------------------------------------------------------


def test_words_that_come_near_others_are_shown_them_first(convener: Member) -> None:
    voting = held.voting(convener, "The last bus should leave later in the evening.", "Mend the pier.")
    client = held.phone(voting)
    page = client.post(at("say", voting), {"text": "The last evening bus should leave later"})
    assert "Somebody has said something near this" in text(page)
    assert "Mend the pier." not in text(page)
    assert Statement.objects.count() == 2
    assert client.post(at("say", voting), {"text": "The last evening bus should leave later", "sure": "on"}).url
    assert Statement.objects.count() == 3


def test_words_that_lead_to_a_person_are_looked_at_twice(voting: Voting) -> None:
    client = held.phone(voting)
    page = client.post(at("say", voting), {"text": "Ring Mhairi on 01859 555 0100 about the hall"})
    assert page.status_code == 422
    assert "telephone number" in text(page)
    assert client.post(at("say", voting), {"text": "Ring the hall on 01859 555 0100", "looked_over": "on"}).url


def test_too_long_a_statement_is_told_its_length(voting: Voting) -> None:
    page = held.phone(voting).post(at("say", voting), {"text": "long " * 40})
    assert page.status_code == 422
    assert "140" in text(page)


def test_the_author_is_told_why(voting: Voting, convener: Member) -> None:
    client = held.phone(voting)
    client.post(at("say", voting), {"text": "A bench at the pier, please."})
    assert "Waiting" in text(client.get(at("mine", voting)))
    said = Statement.objects.get(origin="participant")
    services.rule(statement=said, outcome="rejected", reason="unclear", note="Which pier do you mean?", by=convener)
    page = text(client.get(at("mine", voting)))
    assert "Not let in" in page
    assert "It cannot be understood as it stands" in page
    assert "Which pier do you mean?" in page
    assert "A bench at the pier" not in text(held.phone(voting).get(at("mine", voting)))


def test_no_words_are_taken_where_none_are_wanted(convener: Member) -> None:
    voting = held.voting(convener, "The last bus leaves too early.", takes_statements=False)
    client = held.phone(voting)
    assert "No new statements are taken here" in text(client.get(at("say", voting)))
    client.post(at("say", voting), {"text": "All the same, I say this."})
    assert Statement.objects.count() == 1
    assert at("say", voting) not in text(client.get(at("statements", voting)))


# --- About oneself, and leaving -------------------------------------------------------------------


def test_nothing_is_told_unless_somebody_chooses_to(convener: Member) -> None:
    voting = held.voting(convener, "The last bus leaves too early.", opened=False)
    services.ask_about(
        voting=voting,
        questions=[Question("Where do you live?", "To see who is missing.", ["North", "South"])],
        by=convener,
    )
    voting = services.open_door(voting=voting, by=convener)
    client, question = held.phone(voting), voting.about_you.get().pk
    page = text(client.get(at("about", voting)))
    assert "To see who is missing." in page
    assert re.search(r'value=""[^>]*checked', page)
    client.post(at("about", voting), {f"about_{question}": ""})
    assert held.holder(client, voting).about == {}
    client.post(at("about", voting), {f"about_{question}": "1"})
    assert held.holder(client, voting).about == {str(question): 1}
    assert client.post(at("about", voting), {f"about_{question}": "7"}).status_code == 422


def test_a_device_forgets_and_the_answers_stay(voting: Voting) -> None:
    client, first = held.phone(voting), held.statements(voting)[0]
    send(client, voting, (first.pk, "agree", 1))
    client.post(at("leave", voting), {"what": "forget"})
    assert client.cookies["placeweave_voter"].value == ""
    assert Vote.objects.count() == 1


def test_answers_are_taken_back_also_after_it_closed(voting: Voting, convener: Member) -> None:
    client, first = held.phone(voting), held.statements(voting)[0]
    send(client, voting, (first.pk, "agree", 1))
    services.close_door(voting=voting, by=convener)
    client.post(at("leave", voting), {"what": "take_back"})
    assert not Vote.objects.exists()
    assert not Participant.objects.exists()
