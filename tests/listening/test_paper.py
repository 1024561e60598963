"""Voting on paper: each sheet a participant, each table one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import AuditEntry, Batch
from placeweave.listening import services
from placeweave.listening.models import Participant, Vote, Voting
from placeweave.listening.services import Ballot
from placeweave.places.models import Member
from tests.listening.files import At
from tests.listening.voting import asked, drafted, opened, said


@pytest.fixture
def voting(convener: Member) -> Voting:
    return opened(convener)


@pytest.fixture
def at(voting: Voting) -> At:
    return lambda name, *parts: reverse(
        f"listening:{name}", args=[voting.conversation.place.slug, *(parts or [voting.conversation_id])]
    )


@pytest.fixture
def browser(convener: Member, client_for: Callable[[Member], Client]) -> Client:
    return client_for(convener)


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_table_is_typed_in_and_taken_back_as_one(voting: Voting, browser: Client, at: At) -> None:
    one, two, three = asked(voting)
    sheet = {f"s1-{one.pk}": "a", f"s1-{two.pk}": "D", f"s2-{one.pk}": " p ", f"s2-{three.pk}": ""}
    assert browser.post(at("paper"), {"table": "Window", **sheet}).status_code == 302
    assert set(Participant.objects.values_list("table", "token_digest")) == {("Window", "")}
    assert sorted(Vote.objects.values_list("statement", "value")) == [(one.pk, 0), (one.pk, 1), (two.pk, -1)]
    batch = Batch.objects.get(format="paper")
    assert batch.counts == {"participants": 2, "votes": 3}
    browser.post(at("paper_undo", batch.pk))
    assert not Vote.objects.exists()
    assert not Participant.objects.exists()
    assert "taken back" in text_of(browser.get(at("paper")))
    assert list(AuditEntry.objects.filter(subject_type="kit.batch").values_list("verb", flat=True)) == [
        "took back paper sheets",
        "wrote in paper sheets",
    ]


def test_a_wrong_letter_is_named_and_nothing_typed_is_lost(voting: Voting, browser: Client, at: At) -> None:
    one, two, _three = asked(voting)
    page = browser.post(at("paper"), {"table": "Window", f"s1-{one.pk}": "A", f"s2-{two.pk}": "x"})
    assert page.status_code == 422
    text = text_of(page)
    assert "Sheet 2, statement 2: “x” is none of A, D and P." in text
    assert f'name="s1-{one.pk}" value="A"' in text
    assert f'name="s2-{two.pk}" value="x"' in text
    assert not Vote.objects.exists()


def test_sending_the_same_sheets_twice_keeps_them_once(voting: Voting, convener: Member) -> None:
    sheets = [Ballot({asked(voting)[0].pk: 1})]
    kept = services.keep_sheets(voting=voting, table="Window", sheets=sheets, by=convener)
    with pytest.raises(NotReady, match="kept already"):
        services.keep_sheets(voting=voting, table="window", sheets=sheets, by=convener)
    services.undo_sheets(batch=kept, by=convener)
    with pytest.raises(NotReady, match="taken back already"):
        services.undo_sheets(batch=kept, by=convener)
    services.keep_sheets(voting=voting, table="Window", sheets=sheets, by=convener)
    assert Vote.objects.count() == 1


def test_sheets_answer_only_what_is_asked_and_only_where_there_was_a_door(
    voting: Voting, convener: Member, member_with: Callable[..., Member]
) -> None:
    unread = said(voting, "Mend the pier.")
    for sheets in ([Ballot({unread.pk: 1})], [Ballot({})], [Ballot({asked(voting)[0].pk: 7})]):
        with pytest.raises(Unsound):
            services.keep_sheets(voting=voting, table="Window", sheets=sheets, by=convener)
    good = [Ballot({asked(voting)[0].pk: 1})]
    with pytest.raises(Refused):
        services.keep_sheets(voting=voting, table="Window", sheets=good, by=member_with(Standing.PARTNER))
    draft = drafted(convener)
    with pytest.raises(NotReady):
        services.keep_sheets(voting=draft, table="Window", sheets=[Ballot({asked(draft)[0].pk: 1})], by=convener)
    services.close_door(voting=voting, by=convener)
    assert services.keep_sheets(voting=voting, table="Window", sheets=good, by=convener).counts["votes"] == 1


def test_a_number_on_paper_never_passes_to_another_statement(
    voting: Voting, convener: Member, browser: Client, at: At
) -> None:
    services.rule(statement=asked(voting)[0], outcome="rejected", reason="spam", by=convener)
    page = text_of(browser.get(at("voting_sheet")))
    assert '<td class="number">1</td>' not in page
    assert '<td class="number">2</td><th scope="row" dir="auto">The hall should be open.' in page


def test_cards_and_sheets_show_the_way_in_as_words_and_as_a_square(voting: Voting, browser: Client, at: At) -> None:
    for name in ("voting_sheet", "table_cards", "statements"):
        page = text_of(browser.get(at(name)))
        assert voting.spoken_code in page
        assert f"/v/{voting.code}" in page
        assert "<svg" in page
