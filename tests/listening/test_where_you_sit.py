"""Where somebody sits is told in counts that give nobody away, and groups only where they hold."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from placeweave.kit import analyses
from placeweave.kit.models import Analysis
from placeweave.listening import services
from placeweave.listening.models import Participant, Statement, Voting
from placeweave.listening.queries import Own, Tally, opinion
from placeweave.listening.queries.statements import tallies
from placeweave.listening.services import deck
from placeweave.listening.services.beside import WhereYouSit, _beside
from placeweave.places.models import Member
from tests.listening import held
from tests.listening.held import AGREE, DISAGREE, PASS

THRESHOLD = 5
counts = st.integers(0, 40)


def told(agree: int, disagree: int, passed: int) -> Tally:
    statement = Statement(pk=1, text="The last bus leaves too early.")
    statement.agree, statement.disagree, statement.passed = agree, disagree, passed  # type: ignore[attr-defined]
    return tallies([statement], threshold=THRESHOLD)[0]


@given(counts, counts, counts, st.sampled_from([AGREE, DISAGREE, PASS]))
def test_no_count_of_a_few_people_is_told_nor_can_be_worked_out(a: int, d: int, p: int, mine: int) -> None:
    one = _beside(told(a, d, p), Own(mine, 1))
    for figure in (one.same, one.answered):
        assert figure is None or figure == 0 or figure >= THRESHOLD
    if one.same is not None and one.answered is not None:
        assert one.answered - one.same == 0 or one.answered - one.same >= THRESHOLD


@given(counts, counts, counts, st.sampled_from([AGREE, DISAGREE, PASS]))
def test_nobody_is_said_to_stand_apart_on_a_figure_that_is_held_back(a: int, d: int, p: int, mine: int) -> None:
    seat = WhereYouSit((_beside(told(a, d, p), Own(mine, 1)),), "few")
    for one in (*seat.together, *seat.apart):
        assert one.same is not None
        assert one.same == 0 or one.same >= THRESHOLD


# --- With people ----------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting(convener: Member) -> Voting:
    return held.voting(convener, *held.numbered(8))


def seat(who: Participant, where: Voting) -> WhereYouSit:
    return services.where_you_sit(voting=where, participant=who)


def two_camps(where: Voting, *, last_asked_of_both: bool = True) -> None:
    """Ten people who agree with everything, ten who disagree."""
    keys = [one.pk for one in held.statements(where)]
    for value in [AGREE, DISAGREE] * 10:
        asked = keys if last_asked_of_both or value == DISAGREE else keys[:-1]
        held.somebody(where, dict.fromkeys(asked, value))


def found(where: Voting, *, stable: bool = True, hidden: int = 0) -> None:
    """Keep what the engine finds of two camps; of the last statements the figures of groups are held back."""
    statements = held.statements(where)
    shown = [{"agree": 10, "disagree": 0, "passed": 0}, {"agree": 0, "disagree": 10, "passed": 0}]
    blank = [{"agree": None, "disagree": None, "passed": None}] * 2
    rows = [
        {"key": one.pk, "by_group": blank if place >= len(statements) - hidden else shown}
        for place, one in enumerate(statements)
    ]
    says = [[{"key": one.pk, "side": side} for one in statements[:4]] for side in ("agree", "disagree")]
    groups = [{"number": number, "size": 10, "says": said} for number, said in enumerate(says)]
    Analysis.objects.create(
        place_id=where.conversation.place_id,
        kind=opinion.KIND,
        topic=opinion.topic(where.conversation),
        state="done",
        result={"is_stable": stable, "minimum": 5, "groups": groups if stable else [], "statements": rows},
    )


def test_what_most_people_share_is_told_first(voting: Voting) -> None:
    first, second, third, *_rest = (one.pk for one in held.statements(voting))
    held.crowd(voting, first, agree=9)
    held.crowd(voting, second, agree=5, disagree=30)
    held.crowd(voting, third, agree=2, disagree=30)
    who = held.somebody(voting, {first: AGREE, second: AGREE, third: AGREE})
    sits = seat(who, voting)
    assert [(one.statement.pk, one.same, one.answered) for one in sits.together] == [(first, 10, 10)]
    assert [(one.statement.pk, one.same, one.answered) for one in sits.apart] == [(second, 6, 36)]
    assert [one.same for one in sits.answers if one.statement.pk == third] == [None]


def test_looking_twice_tells_nobody_how_one_more_person_answered(voting: Voting) -> None:
    first = held.statements(voting)[0].pk
    who = held.somebody(voting, {first: AGREE})
    seen = []
    for place in range(30):
        held.somebody(voting, {first: AGREE if place % 3 else DISAGREE})
        seen.append(seat(who, voting).answers[0].answered)
    steps = [later - earlier for earlier, later in pairwise(seen) if earlier is not None and later is not None]
    assert seen[0] is None
    assert seen[-1] is not None
    assert seen[-1] >= 31 - THRESHOLD
    assert {step for step in steps if step} == {THRESHOLD}


def test_nobody_is_placed_on_few_answers(voting: Voting) -> None:
    two_camps(voting)
    found(voting)
    keys = [one.pk for one in held.statements(voting)]
    sits = seat(held.somebody(voting, dict.fromkeys(keys[:6], AGREE)), voting)
    assert (sits.placing, sits.still_needed) == ("few", 1)


def test_a_newcomer_is_placed_by_what_the_group_says(voting: Voting) -> None:
    two_camps(voting)
    found(voting)
    keys = [one.pk for one in held.statements(voting)]
    sits = seat(held.somebody(voting, dict.fromkeys(keys, AGREE)), voting)
    assert sits.placing == "near"
    assert sits.group is not None
    assert sits.group.agrees == tuple(one.text for one in held.statements(voting)[:3])
    assert sits.group.disagrees == ()


def test_no_stable_groups_is_said(voting: Voting) -> None:
    keys = [one.pk for one in held.statements(voting)]
    who = held.somebody(voting, dict.fromkeys(keys, AGREE))
    assert seat(who, voting).placing == "not_yet"
    two_camps(voting)
    found(voting, stable=False)
    assert seat(who, voting).placing == "none"


def test_figures_that_are_held_back_place_nobody(voting: Voting) -> None:
    two_camps(voting)
    found(voting, hidden=8)
    keys = [one.pk for one in held.statements(voting)]
    assert seat(held.somebody(voting, dict.fromkeys(keys, AGREE)), voting).placing == "between"


def test_counts_by_group_add_up_to_those_of_everybody(voting: Voting) -> None:
    two_camps(voting)
    found(voting, hidden=2)
    for one in held.statements(voting):
        held.crowd(voting, one.pk, agree=6, passed=2)
    tallies = deck.asked_now(voting).tallies
    assert tallies.seen.sum(axis=0).tolist() == tallies.all_seen.tolist() == [28] * 8
    assert tallies.seen[:, 7].tolist() == [14, 14]


def test_what_the_engine_finds_is_what_the_phone_reads(voting: Voting, convener: Member) -> None:
    two_camps(voting)
    asked = services.ask_for_opinion(conversation=voting.conversation, by=convener)
    analyses.run_analysis.call(asked.pk)
    keys = [one.pk for one in held.statements(voting)]
    sits = seat(held.somebody(voting, dict.fromkeys(keys, DISAGREE)), voting)
    assert sits.placing == "near"
    assert sits.group is not None
    assert sits.group.disagrees
    assert not sits.group.agrees


def test_what_the_wall_hides_is_hidden_here_too(voting: Voting, convener: Member) -> None:
    first = held.statements(voting)[0]
    held.crowd(voting, first.pk, agree=9)
    room = services.open_room(voting=voting, title="Tuesday", by=convener)
    services.show(room=room, showing="statement", statement=first, by=convener)
    who = held.somebody(voting, {first.pk: AGREE})
    assert seat(Participant.objects.get(pk=who.pk), voting).answers == ()
    services.reveal(room=room, revealed=True, by=convener)
    assert len(seat(Participant.objects.get(pk=who.pk), voting).answers) == 1


@pytest.mark.parametrize(("stable", "words"), [(True, "known by its answers"), (False, "no stable groups")])
def test_the_page_says_it_in_words(stable: bool, words: str, voting: Voting) -> None:
    two_camps(voting)
    found(voting, stable=stable)
    client = held.phone(voting)
    rows: dict[str, list[Any]] = {"statement": [one.pk for one in held.statements(voting)]}
    client.post(reverse("voting:answer", args=[voting.code]), {**rows, "value": ["agree"] * 8, "turn": ["1"] * 8})
    page = " ".join(client.get(reverse("voting:you", args=[voting.code])).content.decode().split())
    assert words in page
    assert "So did 11 of 21 people." in page


# --- Which statements come next -------------------------------------------------------------------


def test_nobody_is_asked_what_they_have_answered(voting: Voting) -> None:
    keys = [one.pk for one in held.statements(voting)]
    who = held.somebody(voting, dict.fromkeys(keys[:5], AGREE))
    drawn = services.next_statements(voting=voting, participant=who, n=10)
    assert {one.statement.pk for one in drawn} == set(keys[5:])


def test_a_new_statement_is_asked_though_others_are_much_agreed_with(voting: Voting) -> None:
    *old, new = (one.pk for one in held.statements(voting))
    for key in old:
        held.crowd(voting, key, agree=12)
    drawn = services.next_statements(voting=voting, participant=held.somebody(voting), n=8)
    assert {one.statement.pk: one.reason for one in drawn}[new] == "Few people have answered this yet."


def test_people_are_not_all_asked_the_same_first(voting: Voting) -> None:
    drawn = {
        services.next_statements(voting=voting, participant=held.somebody(voting), n=1)[0].statement.pk
        for _ in range(30)
    }
    assert len(drawn) >= 4


def test_counts_are_shared_for_a_moment(voting: Voting, django_assert_num_queries: Any) -> None:
    who = held.somebody(voting)
    services.next_statements(voting=voting, participant=who, n=5)
    with django_assert_num_queries(3):  # own answers, the statements, their translations
        services.next_statements(voting=voting, participant=who, n=5)


def test_what_a_group_lags_behind_in_is_asked_of_it_with_that_reason(voting: Voting) -> None:
    two_camps(voting)
    found(voting)
    finding = Analysis.objects.get()
    finding.result["statements"][7]["by_group"][0] = {"agree": 0, "disagree": 0, "passed": 0}
    finding.save()
    keys = [one.pk for one in held.statements(voting)]
    who = held.somebody(voting, dict.fromkeys(keys[:7], AGREE))
    [card] = services.next_statements(voting=voting, participant=who, n=5)
    assert card.reason == "Fewer people who answer as you do have been asked this than others."
