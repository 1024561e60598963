"""Reading what participants wrote: by the policy, with reasons, in a log that only grows, by several at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from placeweave.kit import regular
from placeweave.kit.errors import NotReady
from placeweave.kit.models import Export
from placeweave.listening import queries, services
from placeweave.listening.models import Ruling, Voting
from placeweave.listening.services.reminding import remind
from placeweave.places.models import Member
from tests.listening.files import At
from tests.listening.voting import opened, said


@pytest.fixture
def voting(convener: Member) -> Voting:
    return opened(convener)


@pytest.fixture
def at(voting: Voting) -> At:
    return lambda name: reverse(f"listening:{name}", args=[voting.conversation.place.slug, voting.conversation_id])


@pytest.fixture
def browser(convener: Member, client_for: Callable[[Member], Client]) -> Client:
    return client_for(convener)


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_what_waits_longest_is_read_first_with_its_age_and_its_like(
    voting: Voting, browser: Client, at: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    said(voting, "The last bus should leave later.", days_ago=3)
    said(voting, "Mend the pier.")
    with django_assert_max_num_queries(12):
        page = text_of(browser.get(at("moderate")))
    assert page.index("The last bus should leave later.") < page.index("Mend the pier.")
    assert "waiting 3 days" in page
    assert "came today" in page
    assert "The last bus should be later." in page  # nearly the same, from the hosts
    assert "We let in what answers the question." in page


def test_a_refusal_needs_a_reason_and_nothing_typed_is_lost(voting: Voting, browser: Client, at: At) -> None:
    statement = said(voting, "Mend the pier.")
    sent = {"statement": statement.pk, "seen": "undecided", "outcome": "rejected", "reason": "other", "note": ""}
    refused = browser.post(at("moderate"), sent)
    assert refused.status_code == 422
    assert '<option value="other" selected>' in text_of(refused)
    browser.post(at("moderate"), sent | {"note": "It is mended."})
    statement.refresh_from_db()
    assert (statement.moderation, statement.reason_code) == ("rejected", "other")


def test_the_second_of_two_moderators_is_told_what_the_first_decided(
    voting: Voting, convener: Member, browser: Client, at: At
) -> None:
    statement = said(voting, "Mend the pier.")
    services.rule(statement=statement, outcome="accepted", seen="undecided", by=convener)
    with pytest.raises(NotReady, match="has decided this meanwhile: accepted"):
        services.rule(statement=statement, outcome="rejected", reason="spam", seen="undecided", by=convener)
    late = {"statement": statement.pk, "seen": "undecided", "outcome": "rejected", "reason": "spam"}
    assert "has decided this meanwhile" in text_of(browser.post(at("moderate"), late, follow=True))
    assert Ruling.objects.count() == 1


def test_undo_is_another_line_of_the_log(voting: Voting, browser: Client, at: At) -> None:
    statement = said(voting, "Mend the pier.")
    for seen, outcome in (("undecided", "accepted"), ("accepted", "undecided")):
        browser.post(at("moderate"), {"statement": statement.pk, "seen": seen, "outcome": outcome})
    statement.refresh_from_db()
    assert statement.moderation == "undecided"
    assert [one.outcome for one in queries.rulings(voting.conversation)] == ["undecided", "accepted"]
    assert "Mend the pier." in text_of(browser.get(at("moderation_log")))


def test_the_log_leaves_as_a_file_that_says_who_what_when_and_why(
    voting: Voting, convener: Member, browser: Client, at: At
) -> None:
    statement = said(voting, "Mend the pier.")
    services.rule(statement=statement, outcome="rejected", reason="off_the_question", note="Ask the port.", by=convener)
    file = text_of(browser.post(at("take_moderation_log")))
    assert file.splitlines()[0].lstrip("\ufeff").startswith("when,who,statement,text,origin,outcome,reason")
    for part in (convener.display_name, "Mend the pier.", "rejected", "off_the_question", "Ask the port."):
        assert part in file
    assert Export.objects.get().format == "rulings"


def test_monday_says_what_waits_to_be_read_and_for_how_long(voting: Voting, browser: Client) -> None:
    said(voting, "Mend the pier.", days_ago=3)
    page = text_of(browser.get(reverse("thread:monday", args=[voting.conversation.place.slug])))
    assert "1 statement waits" in page
    assert "the oldest for 3 days" in page


def test_a_host_is_reminded_once_a_day_and_not_of_todays_statements(
    voting: Voting, convener: Member, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    said(voting, "Mend the pier.")
    with django_capture_on_commit_callbacks(execute=True):
        assert remind() == 0
    said(voting, "Open the hall on Sundays.", days_ago=2)
    for sent in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert remind() == sent
    [letter] = mail.outbox
    assert letter.to == [convener.account.email]  # type: ignore[union-attr]
    assert reverse("listening:moderate", args=[convener.place.slug, voting.conversation_id]) in letter.body
    assert "The oldest has waited 2 days" in letter.body
    assert "pier" not in letter.body + letter.subject


def test_the_reminder_is_regular_work(
    voting: Voting, convener: Member, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    said(voting, "Mend the pier.", days_ago=2)
    with django_capture_on_commit_callbacks(execute=True):
        regular.queue(["statements to read"])
    assert [letter.to for letter in mail.outbox] == [[convener.account.email]]  # type: ignore[union-attr]


def test_what_says_the_same_in_another_order_stands_beside_a_statement(voting: Voting) -> None:
    new = said(voting, "A later bus should be the last.")
    other = said(voting, "More light on the path.")
    first, second = services.to_decide(conversation=voting.conversation, statements=[new, other])
    assert [one.text for one in first.alike] == ["The last bus should be later."]
    assert not second.alike, "and never itself"
