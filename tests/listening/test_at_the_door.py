"""The door of a voting from outside: who comes in, what they see in each of its states, and what is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from placeweave.kit.models import AuditEntry, Submission
from placeweave.listening import services
from placeweave.listening.models import Participant, Statement, Translation, Vote, Voting
from placeweave.listening.views import pace
from placeweave.places.models import Member
from tests.listening import held
from tests.listening.held import DISAGREE, asked, at, deck, send, send_json, text
from tests.tries import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting(convener: Member) -> Voting:
    return held.voting(convener, *held.numbered(7))


# --- Coming in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{word} {number}", "{WORD}-{number}", " {Word}{number} ", "{WORD}  –  {number}"])
def test_the_code_is_taken_however_it_is_typed(typed: str, voting: Voting) -> None:
    word, number = voting.code.split("-")
    code = typed.format(word=word, WORD=word.upper(), Word=word.title(), number=number)
    assert Client().get(reverse("voting:code"), {"code": code}).headers["Location"] == at("door", voting)


def test_an_address_in_capitals_leads_to_the_door(voting: Voting) -> None:
    response = Client().get(reverse("voting:door", args=[voting.code.upper()]))
    assert response.headers["Location"] == at("door", voting)


def test_the_door_says_what_it_is_before_anybody_starts(voting: Voting) -> None:
    page = text(Client().get(at("door", voting)))
    assert "What helps?" in page
    assert "Nobody, not even the people who run this, can see who answered what" in page
    assert "Be kind." in page
    assert not Participant.objects.exists()


def test_what_is_not_there_and_what_is_not_open_are_answered_alike(voting: Voting, convener: Member) -> None:
    draft = held.voting(convener, "Not yet.", opened=False)
    away = services.put_away(
        voting=services.close_door(voting=held.voting(convener, "Long ago."), by=convener), by=convener
    )
    client = Client()
    pages = [client.get(reverse("voting:door", args=[code])) for code in (draft.code, away.code, "nothing-1")]
    assert {one.status_code for one in pages} == {404}
    assert len({re.sub(r'value="[^"]{40,}"', "", one.content.decode()) for one in pages}) == 1
    for name in ("statements", "say", "mine", "about", "you", "leave"):
        assert client.get(at(name, draft)).status_code == 404


def test_pages_behind_the_door_lead_strangers_to_it(voting: Voting) -> None:
    for name in ("statements", "say", "mine", "about", "you", "leave"):
        assert Client().get(at(name, voting)).headers["Location"] == at("door", voting)


def test_a_phone_is_known_by_a_cookie_that_goes_to_this_door_alone(voting: Voting) -> None:
    client = held.phone(voting)
    cookie = client.cookies["placeweave_voter"]
    assert cookie["path"] == at("door", voting)
    assert cookie["httponly"]
    client.post(at("door", voting))
    assert Participant.objects.count() == 1


def test_a_member_who_answers_is_nobody_in_particular(voting: Voting, convener: Member, client_for: Any) -> None:
    before = AuditEntry.objects.count()
    client = client_for(convener)
    client.post(at("door", voting))
    send(client, voting, (held.statements(voting)[0].pk, "agree", 1))
    assert Participant.objects.get().external_id != str(convener.account_id)
    assert AuditEntry.objects.count() == before


def test_nothing_done_at_the_door_leaves_a_time(voting: Voting) -> None:
    client = held.phone(voting)
    send(client, voting, (held.statements(voting)[0].pk, "agree", 1))
    client.post(at("say", voting), {"text": "A bench at the pier.", "once": "6e7a7ef4-0000-4000-8000-000000000000"})
    client.post(at("about", voting), {})
    assert Statement.objects.filter(text="A bench at the pier.").exists()
    assert not Submission.objects.exists()
    assert not Session.objects.exists()


def test_one_network_cannot_stuff_a_voting(voting: Voting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placeweave.listening.views.answering.COMING_IN", at_most(3))
    statuses = [Client().post(at("door", voting)).status_code for _phone in range(5)]
    assert statuses == [302, 302, 302, 429, 429]
    assert Participant.objects.count() == 3


def test_a_workshop_behind_one_network_comes_in(voting: Voting) -> None:
    most = min(most for most, _seconds in pace.COMING_IN.limits)
    assert most >= 600


def test_whoever_tries_codes_one_after_another_has_to_wait(voting: Voting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placeweave.listening.views.door.MISTYPING", at_most(4))
    statuses = [Client().get(reverse("voting:door", args=[f"heron-{n}"])).status_code for n in range(6)]
    assert statuses == [404] * 4 + [429] * 2
    assert Client().get(at("door", voting)).status_code == 429


# --- Being asked ----------------------------------------------------------------------------------


def test_a_sitting_without_script_asks_five_and_then_offers_what_next(voting: Voting) -> None:
    client = held.phone(voting)
    page = client.get(at("statements", voting))
    for place in range(1, 6):
        assert f"{place} of 5" in text(page)
        page = send(client, voting, (asked(page), "agree", 1), at=place)
        page = client.get(page.headers["Location"])
        assert "Your last answer is saved: agree." in text(page)
    assert "2 more?" in text(page)
    assert Vote.objects.count() == 5
    page = client.get(at("statements", voting))
    assert "1 of 2" in text(page)


def test_the_end_of_everything_is_said(voting: Voting) -> None:
    client = held.phone(voting)
    send(client, voting, *[(one.pk, "pass", 1) for one in held.statements(voting)])
    page = text(client.get(at("statements", voting)))
    assert "You have answered everything there is" in page
    assert "more?" not in page


def test_a_page_loaded_again_asks_the_same(voting: Voting) -> None:
    client = held.phone(voting)
    assert len({asked(client.get(at("statements", voting))) for _time in range(4)}) == 1


def test_the_script_is_given_two_sittings_each_with_its_reason(voting: Voting) -> None:
    cards = deck(held.phone(voting).get(at("statements", voting)))["cards"]
    assert len({one["statement"] for one in cards}) == 7
    assert all(one["reason"] and one["who"] == "From the hosts" for one in cards)


def test_an_answer_is_changed_with_the_next_turn(voting: Voting) -> None:
    client, first = held.phone(voting), held.statements(voting)[0]
    send(client, voting, (first.pk, "agree", 1))
    page = client.get(at("statements", voting, again=first.pk))
    assert 'name="turn" value="2"' in text(page)
    send(client, voting, (first.pk, "disagree", 2), at=0)
    assert Vote.objects.get(is_standing=True).value == DISAGREE


def test_a_statement_that_is_not_asked_cannot_be_chosen(voting: Voting, convener: Member) -> None:
    client, (first, *_rest) = held.phone(voting), held.statements(voting)
    services.rule(statement=first, outcome="rejected", reason="spam", by=convener)
    for key in (first.pk, 10**10):
        assert client.get(at("statements", voting, again=key)).status_code == 404


def test_a_translation_is_read_with_the_original_beside_it(voting: Voting) -> None:
    client, first = held.phone(voting), held.statements(voting)[0]
    Translation.objects.create(statement=first, language="gd", text="Bàta nas fhaide air an oidhche.")
    Statement.objects.filter(pk=first.pk).update(language="en")
    in_gaelic = text(client.get(at("statements", voting, again=first.pk), headers={"accept-language": "gd"}))
    assert "Bàta nas fhaide air an oidhche." in in_gaelic
    assert first.text in in_gaelic
    assert "Bàta" not in text(client.get(at("statements", voting, again=first.pk)))


def test_words_of_a_statement_cannot_break_out_of_the_page(voting: Voting, convener: Member) -> None:
    nasty = "</script><script>alert(1)</script>"
    services.ask(conversation=voting.conversation, text=nasty, by=convener)
    assert nasty not in held.phone(voting).get(at("statements", voting)).content.decode()


def test_what_stands_on_the_wall_is_asked_first(voting: Voting, convener: Member) -> None:
    room = services.open_room(voting=voting, title="Tuesday", by=convener)
    wanted = held.statements(voting)[4]
    services.show(room=room, showing="statement", statement=wanted, by=convener)
    page = held.phone(voting).get(at("statements", voting))
    assert asked(page) == wanted.pk
    assert "It stands on the wall just now." in text(page)


def test_a_paused_room_asks_people_to_look_up(voting: Voting, convener: Member) -> None:
    room = services.open_room(voting=voting, title="Tuesday", by=convener)
    client = held.phone(voting)
    services.pause_room(room=room, paused=True, by=convener)
    assert client.get(at("now", voting)).json() == {"paused": True, "closed": False}
    assert send_json(client, voting, (held.statements(voting)[0].pk, "agree", 1)).json()["paused"]
    services.pause_room(room=room, paused=False, by=convener)
    assert client.get(at("now", voting)).json() == {"paused": False, "closed": False}


def test_whoever_comes_again_is_of_the_room_that_is_open_now(voting: Voting, convener: Member) -> None:
    client = held.phone(voting)
    assert held.holder(client, voting).room is None
    first = services.open_room(voting=voting, title="Tuesday", by=convener)
    client.post(at("door", voting))
    assert held.holder(client, voting).room == first
    services.close_room(room=first, by=convener)
    second = services.open_room(voting=voting, title="Wednesday", by=convener)
    client.post(at("door", voting))
    assert held.holder(client, voting).room == second


# --- Answers as a script sends them ---------------------------------------------------------------


def test_a_device_hears_what_was_kept_and_what_is_gone(voting: Voting, convener: Member) -> None:
    client, (first, second, *_rest) = held.phone(voting), held.statements(voting)
    services.rule(statement=first, outcome="rejected", reason="spam", by=convener)
    answer = send_json(client, voting, (first.pk, "agree", 1), (second.pk, "pass", 1))
    assert answer.json() == {"kept": [second.pk], "gone": [first.pk], "paused": False}


def test_a_device_hears_that_it_closed_meanwhile(voting: Voting, convener: Member) -> None:
    client = held.phone(voting)
    services.close_door(voting=voting, by=convener)
    answer = send_json(client, voting, (held.statements(voting)[0].pk, "agree", 1))
    assert (answer.status_code, answer.json()["closed"]) == (409, True)
    assert client.get(at("now", voting)).json()["closed"]


def test_a_device_hears_that_it_is_out(voting: Voting) -> None:
    answer = send_json(Client(), voting, (1, "agree", 1))
    assert (answer.status_code, answer.json()["out"]) == (403, True)


@pytest.mark.parametrize(
    "rows",
    [
        {"statement": "x", "value": "agree", "turn": "1"},
        {"statement": "1", "value": "maybe", "turn": "1"},
        {"statement": "1", "value": "agree", "turn": "0"},
        {"statement": "1", "value": "agree"},
        {"statement": "9" * 40, "value": "agree", "turn": "1"},
        {},
    ],
)
def test_what_cannot_be_read_is_refused_in_words(rows: dict[str, str], voting: Voting) -> None:
    client = held.phone(voting)
    answer = client.post(at("answer", voting), rows, headers={"accept": "application/json"})
    assert answer.status_code in {200, 422}
    assert not Vote.objects.exists()


def test_an_answer_from_elsewhere_is_turned_away(voting: Voting) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(at("door", voting)).status_code == 403
    assert not Participant.objects.exists()


# --- Closed, and before it opens ------------------------------------------------------------------


def test_a_closed_door_says_so_and_shows_what_may_be_shown(voting: Voting, convener: Member) -> None:
    shared, few, *_rest = held.statements(voting)
    held.crowd(voting, shared.pk, agree=8)
    held.crowd(voting, few.pk, agree=3)
    services.close_door(voting=voting, by=convener)
    page = text(Client().get(at("door", voting)))
    assert "This is closed" in page
    assert "8 of 8 people agree" in page
    assert few.text not in page
    assert Client().post(at("door", voting)).status_code == 409


def test_a_preview_shows_a_draft_and_keeps_nothing(convener: Member) -> None:
    voting = held.voting(convener, *held.numbered(3), opened=False)
    key = services.preview_link(voting=voting, by=convener)
    address = reverse("voting:preview", args=[key])
    assert "What helps?" in text(Client().get(address))
    for place, one in enumerate(held.statements(voting), start=1):
        assert one.text in text(Client().get(address, {"at": place}))
    assert Client().get(address, {"at": 4}).status_code == 200
    assert not Participant.objects.exists()
    Voting.objects.update(preview_until="2020-01-01T00:00Z")
    assert Client().get(address).status_code == 404


def test_every_page_of_a_door_stays_within_its_queries(voting: Voting, django_assert_max_num_queries: Any) -> None:
    client = held.phone(voting)
    send(client, voting, *[(one.pk, "agree", 1) for one in held.statements(voting)[:5]])
    services.say(voting=voting, participant=held.holder(client, voting), text="A bench at the pier.")
    for name in ("door", "statements", "say", "mine", "you", "leave"):
        with django_assert_max_num_queries(9):
            assert client.get(at(name, voting)).status_code == 200
