"""Setting a voting up, as its team does: rules, first statements, questions, preview, door, translations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from placeweave.kit.errors import Conflict, Unsound
from placeweave.kit.models import Batch
from placeweave.listening import services
from placeweave.listening.models import AboutYou, Conversation, Statement, Translation, Voting
from placeweave.places.models import Member, Place
from tests.factories import ConversationFactory, PlaceFactory
from tests.listening.files import At
from tests.listening.voting import asked, drafted, opened

RULES = {
    "takes_statements": "on",
    "longest": "140",
    "guide": "g",
    "let_in": "first_read",
    "policy": "p",
    "a_sitting": "5",
}


@pytest.fixture
def at(place: Place) -> At:
    return lambda name, *parts: reverse(f"listening:{name}", args=[place.slug, *parts])


@pytest.fixture
def browser(convener: Member, client_for: Callable[[Member], Client]) -> Client:
    return client_for(convener)


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_new_conversation_in_statements_leads_from_rules_to_statements_to_an_open_door(
    browser: Client, at: At
) -> None:
    made = browser.post(at("new_conversation"), {"title": "Winter", "method": "statements"})
    key = Conversation.objects.get().pk
    assert made.headers["Location"] == at("rules", key)
    page = text_of(browser.get(at("rules", key)))
    assert "We change nobody’s words." in page  # a policy of ours to begin with
    assert browser.post(at("rules", key), RULES).headers["Location"] == at("seeds", key)
    sent = browser.post(at("seeds", key), {"statements": "Open the hall.\n\n open  the hall. \nMend the pier."})
    assert sent.status_code == 302
    assert set(Statement.objects.values_list("text", "origin", "moderation")) == {
        ("Open the hall.", "host", "accepted"),
        ("Mend the pier.", "host", "accepted"),
    }
    hub = text_of(browser.get(at("statements", key)))
    assert "“open the hall.” stands here already" in hub
    assert "Being prepared" in hub
    for deed, state in (
        ("open", "open"),
        ("close", "closed"),
        ("open", "open"),
        ("close", "closed"),
        ("archive", "archived"),
    ):
        assert "Go back, change nothing" in text_of(browser.get(at(f"{deed}_voting", key)))
        browser.post(at(f"{deed}_voting", key))
        assert Voting.objects.get().state == state


def test_a_door_that_cannot_be_opened_says_why_and_stays_shut(browser: Client, at: At, convener: Member) -> None:
    empty = ConversationFactory(place=convener.place, method="statements")
    services.prepare(conversation=empty, rules=services.Rules(policy="p"), by=convener)
    page = text_of(browser.post(at("open_voting", empty.pk), follow=True))
    assert "There is no statement to answer yet." in page
    assert Voting.objects.get().state == "draft"


def test_two_who_change_the_rules_both_keep_what_they_wrote(browser: Client, at: At, convener: Member) -> None:
    voting = drafted(convener)
    key = voting.conversation_id
    assert browser.post(at("rules", key), RULES | {"version": "1", "guide": "mine"}).status_code == 302
    late = browser.post(at("rules", key), RULES | {"version": "1", "guide": "yours"})
    assert late.status_code == 409
    assert "mine" in text_of(late)
    assert "yours" in text_of(late)
    assert 'name="version" value="2"' in text_of(late)


def test_a_policy_is_needed_where_people_write_statements(browser: Client, at: At, convener: Member) -> None:
    key = ConversationFactory(place=convener.place, method="statements").pk
    refused = browser.post(at("rules", key), RULES | {"policy": " "})
    assert refused.status_code == 422
    assert "people who write a statement are shown it" in text_of(refused)
    assert not Voting.objects.exists()


def test_questions_about_themselves_are_ticked_or_written_and_stand_once_it_is_open(
    browser: Client, at: At, convener: Member
) -> None:
    voting = drafted(convener)
    key = voting.conversation_id
    for name in ("Shore Road", "The Glen"):
        PlaceFactory(parent_workspace=convener.place, name=name)
    own = {"question_1": "Do you drive?", "purpose_1": "To see who needs a bus.", "choices_1": "Yes\nNo"}
    browser.post(at("about_you", key), {"age": "on", "where": "on", **own})
    found = {one.question: one.choices for one in AboutYou.objects.all()}
    assert found["Which part of it is yours?"] == ["Shore Road", "The Glen", "Somewhere else"]
    assert found["Do you drive?"] == ["Yes", "No"]
    refused = browser.post(at("about_you", key), own | {"purpose_1": ""})
    assert refused.status_code == 422
    assert "Do you drive?" in text_of(refused)
    services.open_door(voting=voting, by=convener)
    assert "they stand as they are" in text_of(browser.get(at("about_you", key)))


def test_votes_from_elsewhere_are_not_held_here_but_a_conversation_of_ones_own_is_offered_to_be(
    browser: Client, at: At, convener: Member
) -> None:
    own = ConversationFactory(place=convener.place, method="statements")
    assert "Hold it here" in text_of(browser.get(at("statements", own.pk)))
    batch = Batch.objects.create(place_id=convener.place_id, format="polis", file_name="a.zip", sha256="")
    brought = ConversationFactory(place=convener.place, method="statements", batch=batch)
    assert "Hold it here" not in text_of(browser.get(at("statements", brought.pk)))
    refused = browser.post(at("rules", brought.pk), RULES)
    assert "brought in from elsewhere" in text_of(refused)
    assert not Voting.objects.exists()


def test_the_hub_of_a_voting_keeps_within_its_queries(
    browser: Client, at: At, convener: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    key = opened(convener).conversation_id
    for name in ("statements", "rules", "seeds", "about_you", "moderation_log", "paper", "voting_sheet", "room"):
        with django_assert_max_num_queries(12):
            assert browser.get(at(name, key)).status_code == 200


def test_a_preview_key_is_shown_once_and_only_its_digest_is_kept(browser: Client, at: At, convener: Member) -> None:
    voting = drafted(convener)
    browser.post(at("preview", voting.conversation_id))
    first = Voting.objects.get().preview_digest
    browser.post(at("preview", voting.conversation_id))
    kept = Voting.objects.get()
    assert len(first) == len(kept.preview_digest) == 64
    assert first != kept.preview_digest
    assert browser.get(at("preview", voting.conversation_id)).status_code == 405


def test_a_translation_stands_beside_the_original_and_two_translators_meet(
    browser: Client, at: At, convener: Member
) -> None:
    statement = asked(opened(convener))[1]
    address = f"{at('translate', statement.pk)}?language=gd"
    assert statement.text in text_of(browser.get(address))
    browser.post(address, {"text": "Bu chòir an talla a bhith fosgailte.", "version": "0"})
    hub = text_of(browser.get(at("statements", statement.conversation_id)))
    assert statement.text in hub
    assert '<span lang="gd" dir="auto">Bu chòir an talla a bhith fosgailte.</span>' in hub
    late = browser.post(address, {"text": "Another", "version": "0"})
    assert late.status_code == 409
    assert "Bu chòir" in text_of(late)
    with pytest.raises(Conflict):
        services.translate(statement=statement, language="gd", text="x", version=0, by=convener)
    browser.post(address, {"text": "", "version": "1"})
    assert not Translation.objects.exists()


def test_a_statement_is_not_translated_into_its_own_language(convener: Member) -> None:
    statement = asked(opened(convener))[0]
    statement.language = "gd"
    statement.save()
    with pytest.raises(Unsound):
        services.translate(statement=statement, language="gd", text="x", by=convener)


def test_seeds_longer_than_any_statement_may_be_add_none(convener: Member) -> None:
    conversation = drafted(convener).conversation
    with pytest.raises(Unsound, match="401 characters"):
        services.ask_many(conversation=conversation, lines=["Mend the pier.", "x" * 401], by=convener)
    assert conversation.statements.count() == 3


def test_a_conversation_keeps_its_kind_when_it_is_edited(browser: Client, at: At, convener: Member) -> None:
    words = ConversationFactory(place=convener.place)
    assert 'value="statements"' not in text_of(browser.get(at("edit_conversation", words.pk)))
    votes = ConversationFactory(place=convener.place, method="statements")
    assert 'value="circle"' not in text_of(browser.get(at("edit_conversation", votes.pk)))
