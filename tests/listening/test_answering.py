"""Answers are kept once, in the order of their turns, and by nobody in particular."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import models
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.kit import links
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening import queries, services
from placeweave.listening.models import Participant, Room, Statement, Vote, Voting
from placeweave.listening.services import Answer
from placeweave.places.models import Member
from tests.listening import held
from tests.listening.held import AGREE, DISAGREE, PASS

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting(convener: Member) -> Voting:
    return held.voting(convener, *held.numbered(3))


def standing(who: Participant) -> dict[int, int]:
    return dict(Vote.objects.filter(participant=who, is_standing=True).values_list("statement_id", "value"))


def test_sending_an_answer_again_changes_nothing(voting: Voting) -> None:
    who, first = held.somebody(voting), held.statements(voting)[0]
    for _time in range(3):
        kept = services.answer(voter=held.voter(who, voting), answers=[Answer(first.pk, AGREE)])
        assert kept.statements == [first.pk]
    assert Vote.objects.filter(participant=who).count() == 1


def test_a_late_answer_cannot_undo_a_later_one(voting: Voting) -> None:
    who, first = held.somebody(voting), held.statements(voting)[0]
    services.answer(voter=held.voter(who, voting), answers=[Answer(first.pk, DISAGREE, turn=2)])
    services.answer(voter=held.voter(who, voting), answers=[Answer(first.pk, AGREE, turn=1)])
    assert standing(who) == {first.pk: DISAGREE}


def test_a_changed_mind_leaves_the_earlier_answer_as_history(voting: Voting) -> None:
    who, first = held.somebody(voting), held.statements(voting)[0]
    services.answer(voter=held.voter(who, voting), answers=[Answer(first.pk, PASS, 2), Answer(first.pk, AGREE, 1)])
    votes = Vote.objects.filter(participant=who).order_by("turn").values_list("turn", "value", "is_standing")
    assert list(votes) == [(1, AGREE, False), (2, PASS, True)]


@settings(deadline=None)
@given(st.permutations([(1, AGREE), (2, DISAGREE), (3, PASS), (4, AGREE)]), st.integers(0, 3))
def test_the_last_turn_stands_in_whatever_order_answers_arrive(
    order: list[tuple[int, int]], again: int
) -> None:  # each example in the database of the test, with somebody of its own
    voting = Voting.objects.first() or held.voting(_convener(), "The last bus leaves too early.")
    who, first = held.somebody(voting), held.statements(voting)[0]
    for turn, value in [*order, order[again]]:
        services.answer(voter=held.voter(who, voting), answers=[Answer(first.pk, value, turn)])
    assert standing(who) == {first.pk: AGREE}
    assert Vote.objects.filter(participant=who, is_standing=True).get().turn == 4


def _convener() -> Member:
    from tests import factories

    made: Member = factories.MemberFactory()
    return made


def test_what_was_taken_out_meanwhile_does_not_cost_the_other_answers(voting: Voting, convener: Member) -> None:
    who, (first, second, _third) = held.somebody(voting), held.statements(voting)
    services.rule(statement=first, outcome="rejected", reason="spam", by=convener)
    kept = services.answer(
        voter=held.voter(who, voting), answers=[Answer(first.pk, AGREE), Answer(second.pk, DISAGREE)]
    )
    assert (kept.statements, kept.gone) == ([second.pk], [first.pk])
    assert standing(who) == {second.pk: DISAGREE}


def test_a_statement_of_another_conversation_cannot_be_answered_here(voting: Voting, convener: Member) -> None:
    who, foreign = held.somebody(voting), held.statements(held.voting(convener, "Elsewhere it is different."))[0]
    kept = services.answer(voter=held.voter(who, voting), answers=[Answer(foreign.pk, AGREE), Answer(10**12, AGREE)])
    assert kept.statements == []
    assert standing(who) == {}


def test_nothing_is_taken_once_it_is_closed(voting: Voting, convener: Member) -> None:
    who, first = held.somebody(voting), held.statements(voting)[0]
    closed = services.close_door(voting=voting, by=convener)
    with pytest.raises(NotReady):
        services.answer(voter=held.voter(who, closed), answers=[Answer(first.pk, AGREE)])
    with pytest.raises(NotReady):
        services.come_in(voting=closed)
    with pytest.raises(NotReady):
        services.say(voting=closed, participant=who, text="Too late, sadly.")
    assert not Vote.objects.exists()


def test_the_last_day_is_a_whole_day(voting: Voting) -> None:
    voting.closes_on = timezone.localdate()
    assert voting.takes_answers
    voting.closes_on -= dt.timedelta(days=1)
    assert not voting.takes_answers


@pytest.mark.parametrize(("days", "may_answer"), [(0, True), (-1, False)])
def test_a_phone_that_answers_is_held_to_the_last_day(days: int, may_answer: bool, voting: Voting) -> None:
    _who, token = services.come_in(voting=voting)
    Voting.objects.update(closes_on=timezone.localdate() + dt.timedelta(days=days))
    found = queries.answering(links.digest(token), voting.code)
    assert found is not None
    assert found.may_answer is may_answer


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [Answer(1, 2)],
        [Answer(1, AGREE, 0)],
        [Answer(1, AGREE, services.answering.MOST_TURNS + 1)],
        [Answer(1, AGREE)] * 51,
    ],
)
def test_what_is_no_answer_is_refused_whole(voting: Voting, answers: list[Answer]) -> None:
    who = held.somebody(voting)
    with pytest.raises(Unsound):
        services.answer(voter=held.voter(who, voting), answers=answers)


def test_two_devices_are_two_people(voting: Voting) -> None:
    one, other = (services.come_in(voting=voting) for _device in range(2))
    assert one[1] != other[1]
    assert one[0].external_id != other[0].external_id


def test_a_token_opens_the_voting_it_was_given_for_and_no_other(voting: Voting, convener: Member) -> None:
    other = held.voting(convener, "Elsewhere it is different.")
    _who, token = services.come_in(voting=voting)
    assert queries.answering(links.digest(token), voting.code) is not None
    assert queries.answering(links.digest(token), other.code) is None
    assert queries.voter(links.digest(token), other.code) is None


def test_a_statement_of_ones_own_waits_and_is_agreed_with(voting: Voting) -> None:
    who = held.somebody(voting)
    said = services.say(voting=voting, participant=who, text="  More   light on the path. ")
    assert (said.text, said.moderation, said.origin) == ("More light on the path.", "undecided", "participant")
    assert standing(who) == {said.pk: AGREE}


def test_saying_the_same_again_adds_nothing(voting: Voting) -> None:
    who = held.somebody(voting)
    first, again = (services.say(voting=voting, participant=who, text="More light.") for _time in range(2))
    assert first == again
    with pytest.raises(Unsound, match="already"):
        services.say(voting=voting, participant=held.somebody(voting), text="more light.")


def test_nobody_fills_the_queue_of_whoever_reads(voting: Voting) -> None:
    who = held.somebody(voting)
    for text in held.numbered(13)[3:]:
        services.say(voting=voting, participant=who, text=text)
    with pytest.raises(NotReady, match="wait to be read"):
        services.say(voting=voting, participant=who, text="And one more thing.")


def test_taking_back_leaves_nothing_that_leads_to_anybody(voting: Voting, convener: Member) -> None:
    who, first = held.somebody(voting), held.statements(voting)[0]
    other = held.somebody(voting, {first.pk: DISAGREE})
    services.answer(voter=held.voter(who, voting), answers=[Answer(first.pk, AGREE), Answer(first.pk, PASS, 2)])
    kept = services.say(voting=voting, participant=who, text="More light on the path.")
    services.rule(statement=kept, outcome="accepted", by=convener)
    waiting = services.say(voting=voting, participant=who, text="A bench at the pier.")
    services.take_back(participant=who)
    assert list(Vote.objects.values_list("participant_id", flat=True)) == [other.pk]
    assert not Statement.objects.filter(pk=waiting.pk).exists()
    assert Statement.objects.get(pk=kept.pk).author_ref == ""
    assert not Participant.objects.filter(pk=who.pk).exists()


def test_taking_back_leaves_what_others_answered_while_it_was_let_in(voting: Voting, convener: Member) -> None:
    who = held.somebody(voting)
    said = services.say(voting=voting, participant=who, text="A bench at the pier.")
    services.rule(statement=said, outcome="accepted", by=convener)
    held.crowd(voting, said.pk, agree=2)
    services.rule(statement=said, outcome="undecided", by=convener)
    services.take_back(participant=who)
    assert Vote.objects.filter(statement=said).count() == 2
    assert said.rulings.count() == 2, "the log only grows"


def test_where_statements_are_let_in_at_once_one_person_cannot_flood_the_others(convener: Member) -> None:
    voting = held.voting(convener, *held.numbered(2), let_in=Voting.LetIn.AT_ONCE)
    who = held.somebody(voting)
    for number in range(services.answering.MOST_A_DAY):
        services.say(voting=voting, participant=who, text=f"Lamp {number} is broken.")
    with pytest.raises(NotReady, match="come again tomorrow"):
        services.say(voting=voting, participant=who, text="And the one after that.")
    Statement.objects.filter(author_ref=who.external_id).update(made_on=dt.date(2020, 1, 1))
    assert services.say(voting=voting, participant=who, text="And the one after that.").moderation == "accepted"


def test_no_answer_is_kept_that_was_under_way_when_the_door_closed(voting: Voting, convener: Member) -> None:
    who, first = held.somebody(voting), held.statements(voting)[0]
    under_way = held.voter(who, voting)
    services.close_door(voting=voting, by=convener)
    with pytest.raises(NotReady, match="No more answers"):
        services.answer(voter=under_way, answers=[Answer(first.pk, AGREE)])
    assert not Vote.objects.exists()


def test_taking_back_twice_is_no_harm(voting: Voting) -> None:
    who = held.somebody(voting)
    for _time in range(2):
        services.take_back(participant=who)
    assert not Participant.objects.filter(pk=who.pk).exists()


def test_a_vote_and_who_cast_it_carry_no_account_no_address_and_no_time() -> None:
    for model in (Vote, Participant):
        for field in model._meta.get_fields():
            assert not isinstance(field, models.DateField | models.GenericIPAddressField), field
            related = getattr(field, "related_model", None)
            assert related is None or related._meta.label_lower not in {"kit.account", "places.member", "places.person"}


def test_only_a_digest_of_the_token_is_kept(voting: Voting) -> None:
    who, token = services.come_in(voting=voting)
    row = Participant.objects.filter(pk=who.pk).values().get()
    assert token not in str(row)
    assert row["token_digest"] == links.digest(token)


def at_first(who: str, where: Voting, *, key: int, value: int = AGREE, turn: int = 1) -> bool:
    return services.answer_first(token_digest=links.digest(who), code=where.code, answer=Answer(key, value, turn))


def test_the_ordinary_answer_is_one_query(voting: Voting, django_assert_num_queries: object) -> None:
    (who, token), first = services.come_in(voting=voting), held.statements(voting)[0]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert at_first(token, voting, key=first.pk, value=DISAGREE)
    assert standing(who) == {first.pk: DISAGREE}
    assert not at_first(token, voting, key=first.pk), "the first answer is kept already"
    assert standing(who) == {first.pk: DISAGREE}


def _close(voting: Voting) -> None:
    Voting.objects.filter(pk=voting.pk).update(state=Voting.State.CLOSED)


def _end_yesterday(voting: Voting) -> None:
    Voting.objects.filter(pk=voting.pk).update(closes_on=timezone.localdate() - dt.timedelta(days=1))


def _take_out(voting: Voting) -> None:
    voting.conversation.statements.update(moderation=Statement.Moderation.REJECTED)


def _change_code(voting: Voting) -> None:
    Voting.objects.filter(pk=voting.pk).update(code="another-1")


@pytest.mark.parametrize("happens", [_close, _end_yesterday, _take_out, _change_code])
def test_the_short_way_keeps_nothing_that_the_long_way_would_refuse(
    voting: Voting, happens: Callable[[Voting], None]
) -> None:
    (_who, token), first = services.come_in(voting=voting), held.statements(voting)[0]
    happens(voting)
    assert not at_first(token, voting, key=first.pk)
    assert not Vote.objects.exists()


def test_the_short_way_is_closed_to_strangers_other_votings_and_turns_without_end(
    voting: Voting, convener: Member
) -> None:
    other = held.voting(convener, "Elsewhere it is different.")
    _who, token = services.come_in(voting=voting)
    first, foreign = held.statements(voting)[0], held.statements(other)[0]
    assert not at_first("", voting, key=first.pk)
    assert not at_first(token, other, key=foreign.pk)
    assert not at_first(token, voting, key=foreign.pk)
    assert not at_first(token, voting, key=first.pk, turn=services.answering.MOST_TURNS + 1)
    assert not at_first(token, voting, key=first.pk, value=2)
    assert not Vote.objects.exists()


def test_a_paused_room_is_told_of_on_the_long_way(voting: Voting, convener: Member) -> None:
    room = services.open_room(voting=voting, title="Hall", by=convener)
    (_who, token), first, second = services.come_in(voting=voting), *held.statements(voting)[:2]
    assert at_first(token, voting, key=first.pk)
    Room.objects.filter(pk=room.pk).update(is_paused=True)
    assert not at_first(token, voting, key=second.pk)
    Room.objects.filter(pk=room.pk).update(closed_at=timezone.now())
    assert at_first(token, voting, key=second.pk), "a room that is over pauses nobody"
