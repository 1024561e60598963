"""One phone in two tabs, many phones in one moment: every answer that was thanked for is kept, and none twice."""

from __future__ import annotations

import pytest
from django.test import Client

from placeweave.kit.errors import DomainError
from placeweave.listening import services
from placeweave.listening.models import Participant, Statement, Vote, Voting
from placeweave.listening.services import Answer
from placeweave.listening.views.door import COOKIE
from tests import factories
from tests.durability.test_two_at_once import together
from tests.listening import held
from tests.listening.held import AGREE, DISAGREE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]


@pytest.fixture
def voting(shared_database: None) -> Voting:
    return held.voting(factories.MemberFactory(), *held.numbered(2))


def come_in(voting: Voting) -> tuple[Client, Participant]:
    """Give a phone that is in, and whose it is; the door itself counts in a memory that this database has not."""
    who, token = services.come_in(voting=voting)
    client = Client()
    client.cookies[COOKIE] = token
    return client, who


def test_the_same_answer_from_four_tabs_is_kept_once(voting: Voting) -> None:
    who, first = held.voter(held.somebody(voting), voting), held.statements(voting)[0]
    found = together(*[lambda: services.answer(voter=who, answers=[Answer(first.pk, AGREE)])] * 4)
    assert [one.statements for one in found] == [[first.pk]] * 4
    assert Vote.objects.count() == 1


def test_the_same_answer_sent_four_times_by_a_phone_is_kept_once_and_thanked_for_each_time(voting: Voting) -> None:
    first = held.statements(voting)[0]
    phone, _who = come_in(voting)
    found = together(*[lambda: held.send_json(phone, voting, (first.pk, "agree", 1)).json()["kept"]] * 4)
    assert found == [[first.pk]] * 4
    assert Vote.objects.count() == 1


def test_of_two_answers_of_a_phone_in_one_moment_the_later_turn_stands(voting: Voting) -> None:
    first = held.statements(voting)[0]
    phone, _who = come_in(voting)
    found = together(
        lambda: held.send_json(phone, voting, (first.pk, "agree", 1)).json()["kept"],
        lambda: held.send_json(phone, voting, (first.pk, "disagree", 2)).json()["kept"],
    )
    assert found == [[first.pk]] * 2
    assert Vote.objects.filter(is_standing=True).values_list("value", "turn").get() == (DISAGREE, 2)


def test_of_two_answers_in_one_moment_the_later_turn_stands(voting: Voting) -> None:
    who, first = held.voter(held.somebody(voting), voting), held.statements(voting)[0]
    found = together(
        lambda: services.answer(voter=who, answers=[Answer(first.pk, AGREE, 1)]),
        lambda: services.answer(voter=who, answers=[Answer(first.pk, DISAGREE, 2)]),
    )
    assert [one.statements for one in found] == [[first.pk]] * 2
    assert Vote.objects.filter(is_standing=True).values_list("value", "turn").get() == (DISAGREE, 2)


def test_many_phones_at_once_are_all_kept(voting: Voting) -> None:
    people = [held.voter(held.somebody(voting), voting) for _phone in range(12)]
    first, second = held.statements(voting)

    def answers(place: int) -> object:
        both = [Answer(first.pk, AGREE), Answer(second.pk, DISAGREE)]
        return services.answer(voter=people[place], answers=both).statements

    found = together(*[lambda place=place: answers(place) for place in range(len(people))])
    assert found == [[first.pk, second.pk]] * 12
    assert Vote.objects.filter(is_standing=True).count() == 24


def test_two_who_say_the_same_in_one_moment_make_one_statement(voting: Voting) -> None:
    people = [held.somebody(voting) for _phone in range(3)]
    deeds = [lambda who=who: services.say(voting=voting, participant=who, text="More light.") for who in people]
    found = together(*deeds)
    assert sum(isinstance(one, DomainError) for one in found) == 2
    assert Statement.objects.filter(text="More light.").count() == 1


def test_whoever_takes_back_while_answering_leaves_nothing(voting: Voting) -> None:
    came, first = held.somebody(voting), held.statements(voting)[0]
    who = held.voter(came, voting)
    together(
        lambda: services.answer(voter=who, answers=[Answer(first.pk, AGREE)]),
        lambda: services.take_back(participant=came),
    )
    assert not Vote.objects.exists()


def test_a_phone_that_takes_back_while_it_answers_leaves_nothing(voting: Voting) -> None:
    first = held.statements(voting)[0]
    phone, came = come_in(voting)
    answered, _taken = together(
        lambda: held.send_json(phone, voting, (first.pk, "agree", 1)).status_code,
        lambda: services.take_back(participant=came),
    )
    assert answered in {200, 403}
    assert not Vote.objects.exists()
