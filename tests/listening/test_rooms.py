"""Live rooms: what stands on the wall, who may move it, and what the wall never shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.listening import queries, services
from placeweave.listening.models import Room, Voting
from placeweave.listening.queries import rooms as room_queries
from placeweave.places.models import Member
from tests.listening.files import At
from tests.listening.voting import answered, asked, opened, room_in, said

Showing = Room.Showing


@pytest.fixture
def voting(convener: Member) -> Voting:
    return opened(convener)


@pytest.fixture
def room(voting: Voting, convener: Member) -> Room:
    return room_in(voting, convener)


@pytest.fixture
def at(voting: Voting) -> At:
    return lambda name: reverse(f"listening:{name}", args=[voting.conversation.place.slug, voting.conversation_id])


@pytest.fixture
def browser(convener: Member, client_for: Callable[[Member], Client]) -> Client:
    return client_for(convener)


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def now_url(browser: Client, at: At) -> str:
    page = text_of(browser.get(at("wall")))
    return page.split('data-now="')[1].split('"')[0]


def test_a_run_goes_from_the_door_through_each_statement_to_where_we_stand(room: Room, convener: Member) -> None:
    shown = []
    for _step in range(6):
        room = services.step(room=room, by_stops=1, by=convener)
        shown.append(room.showing)
    assert shown == ["statement", "statement", "statement", "results", "results", "results"]
    assert services.step(room=room, by_stops=-4, by=convener).showing == Showing.DOOR


def test_of_two_who_press_next_together_the_second_is_told_and_leaves_nothing_out(room: Room, convener: Member) -> None:
    first = services.step(room=room, by_stops=1, seen=room.version, by=convener)
    with pytest.raises(NotReady, match="moved this room on"):
        services.step(room=room, by_stops=1, seen=room.version, by=convener)
    assert queries.open_room_of(room.voting).statement == first.statement  # type: ignore[union-attr]


def test_results_are_hidden_anew_for_each_statement(room: Room, convener: Member) -> None:
    room = services.step(room=room, by_stops=1, by=convener)
    assert services.reveal(room=room, revealed=True, by=convener).is_revealed
    assert not services.step(room=room, by_stops=1, by=convener).is_revealed


def test_a_step_is_undone_and_done_anew(room: Room, convener: Member) -> None:
    with pytest.raises(NotReady, match="nothing to undo"):
        services.step_back(room=room, by=convener)
    room = services.step(room=room, by_stops=1, by=convener)
    room = services.reveal(room=room, revealed=True, by=convener)
    room = services.step_back(room=room, by=convener)
    assert (room.showing, room.is_revealed) == ("statement", False)
    assert services.step_back(room=room, by=convener).is_revealed


def test_undo_does_not_bring_back_what_was_taken_out(room: Room, convener: Member) -> None:
    room = services.step(room=room, by_stops=1, by=convener)
    room = services.step(room=room, by_stops=1, by=convener)
    services.rule(statement=asked(room.voting)[0], outcome="rejected", reason="spam", by=convener)
    with pytest.raises(NotReady, match="no longer asked"):
        services.step_back(room=room, by=convener)


def test_a_run_sheet_is_chosen_and_ordered_and_forgets_what_is_no_longer_asked(room: Room, convener: Member) -> None:
    one, two, three = asked(room.voting)
    room = services.order(room=room, statements=[three.pk, one.pk, 10**9], by=convener)
    stops = [stop.statement for stop in queries.run_of(room) if stop.statement]
    assert stops == [three, one]
    services.rule(statement=three, outcome="rejected", reason="spam", by=convener)
    assert [stop.number for stop in queries.run_of(room) if stop.statement] == [1]
    assert two in asked(room.voting)


def test_only_what_was_let_in_can_stand_on_the_wall(room: Room, convener: Member) -> None:
    out = asked(room.voting)[0]
    services.rule(statement=out, outcome="rejected", reason="spam", by=convener)
    out.refresh_from_db()
    with pytest.raises(Unsound, match="let in"):
        services.show(room=room, showing=Showing.STATEMENT, statement=out, by=convener)


def test_only_the_team_moves_a_room(room: Room, member_with: Callable[..., Member]) -> None:
    partner = member_with(Standing.PARTNER)
    for deed in (
        lambda: services.step(room=room, by_stops=1, by=partner),
        lambda: services.step_back(room=room, by=partner),
        lambda: services.order(room=room, statements=[], by=partner),
    ):
        with pytest.raises(Refused):
            deed()


def test_the_wall_shows_no_split_before_it_is_revealed_and_none_of_a_few(
    room: Room, voting: Voting, convener: Member, browser: Client, at: At
) -> None:
    statement = asked(voting)[0]
    answered(voting, statement, 1, 1, 1, 1)
    room = services.step(room=room, by_stops=1, by=convener)
    room = services.reveal(room=room, revealed=True, by=convener)
    few = text_of(browser.get(at("wall")))
    assert "Waiting for more voices" in few
    assert "%" not in few.split('id="wall-now"')[1].split("</main>")[0]
    answered(voting, statement, *[1] * 8, -1, -1)
    shown = text_of(browser.get(at("wall")))
    assert "86 %" not in shown  # 12 of 14 agree, so the share would give the two away
    assert "not shown, to protect a few" in shown
    services.reveal(room=room, revealed=False, by=convener)
    hidden = text_of(browser.get(at("wall")))
    assert "14 have answered" in hidden
    assert "not shown, to protect a few" not in hidden


def test_where_we_stand_ranks_only_what_points_at_nobody(voting: Voting) -> None:
    clear, nearly, few = asked(voting)
    answered(voting, clear, *[1] * 7, *[-1] * 5)
    answered(voting, nearly, *[1] * 14, -1)
    answered(voting, few, 1, 1, 1, 1)
    found = queries.where_we_stand(voting.conversation, threshold=5)
    assert [one.statement for one in found.agreed] == [clear]
    assert list(found.also) == [nearly]


def test_in_a_small_room_it_is_not_told_that_most_agree_where_one_does_not(voting: Voting) -> None:
    split, one_alone, _third = asked(voting)
    answered(voting, split, *[1] * 11, -1)
    answered(voting, one_alone, 1, 1, 1, 1, -1)
    found = queries.where_we_stand(voting.conversation, threshold=5)
    assert not found.agreed
    assert not found.also


def test_the_wall_answers_not_modified_until_something_changes(
    room: Room, voting: Voting, convener: Member, browser: Client, at: At
) -> None:
    address = now_url(browser, at)
    stranger = Client()
    first = stranger.get(address)
    assert first.status_code == 200
    again = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    services.step(room=room, by_stops=1, by=convener)
    moved = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert moved.status_code == 200
    assert "The last bus should be later." in text_of(moved)


@pytest.mark.parametrize("showing", Showing.values)
def test_the_wall_asks_the_database_at_most_three_times(
    showing: str,
    room: Room,
    voting: Voting,
    convener: Member,
    browser: Client,
    at: At,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    statement = asked(voting)[0] if showing == Showing.STATEMENT else None
    room = services.show(room=room, showing=showing, statement=statement, by=convener)
    services.reveal(room=room, revealed=True, by=convener)
    address = now_url(browser, at)
    room_queries._glances.clear()
    with django_assert_max_num_queries(3):
        assert Client().get(address).status_code == 200


def test_walls_that_look_together_count_all_votes_once(
    room: Room, convener: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    services.show(room=room, showing=Showing.RESULTS, by=convener)
    services.reveal(room=room, revealed=True, by=convener)
    queries.wall(room.pk)
    with django_assert_num_queries(1):
        queries.wall(room.pk)


def test_a_wall_goes_dark_when_its_room_ends_and_a_forged_key_opens_none(
    room: Room, convener: Member, browser: Client, at: At
) -> None:
    address = now_url(browser, at)
    assert Client().get(address[:-3] + "x/").status_code == 404
    services.close_room(room=room, by=convener)
    assert Client().get(address).status_code == 404


def test_a_facilitator_runs_a_room_by_its_buttons(
    room: Room, browser: Client, at: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for do, version in (("next", 1), ("reveal", 2), ("pause", 3)):
        browser.post(at("room_act"), {"do": do, "seen": version})
    room.refresh_from_db()
    assert (room.showing, room.is_revealed, room.is_paused) == ("statement", True, True)
    late = browser.post(at("room_act"), {"do": "next", "seen": 1, "from": "wall"}, follow=True)
    assert "moved this room on" in text_of(late)
    browser.post(at("room_act"), {"do": "undo"})
    with django_assert_max_num_queries(12):
        page = text_of(browser.get(at("room")))
    assert "The last bus should be later." in page
    browser.post(at("room_order"), {f"place-{one.pk}": str(9 - n) for n, one in enumerate(asked(room.voting))})
    room.refresh_from_db()
    assert room.run_sheet == [one.pk for one in reversed(asked(room.voting))]
    browser.post(at("room_act"), {"do": "end"})
    assert "The hall" in text_of(browser.get(at("room")))
    assert browser.get(at("wall")).status_code == 302


def test_a_room_opens_only_where_people_can_come_in(voting: Voting, convener: Member, browser: Client, at: At) -> None:
    services.close_door(voting=voting, by=convener)
    refused = browser.post(at("room"), {"title": "The hall"})
    assert refused.status_code == 422
    assert not Room.objects.exists()


def test_a_statement_is_let_in_from_the_console_without_leaving_it(
    room: Room, voting: Voting, browser: Client, at: At
) -> None:
    statement = said(voting, "Mend the pier.")
    assert "Mend the pier." in text_of(browser.get(at("room")))
    sent = {"statement": statement.pk, "seen": "undecided", "outcome": "accepted", "from": "room"}
    assert browser.post(at("moderate"), sent).headers["Location"] == at("room")
    assert statement in asked(voting)
