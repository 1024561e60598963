"""The team takes words back when their teller asks: told first what happens, by the same erasing path, and logged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit import exports
from placeweave.kit.access import Standing
from placeweave.kit.errors import Refused, Unsound
from placeweave.kit.models import Analysis, AuditEntry
from placeweave.listening import services as listening
from placeweave.listening.models import Contribution, Scope
from placeweave.places.models import Member
from placeweave.themes.models import SuggestedSpan, Suggestion, ToldItem, WhatWeHeard
from placeweave.thread import privacy
from tests import factories

ClientFor = Callable[[Member], Client]
CANARY = "quernstone"


@pytest.fixture
def said(convener: Member) -> Contribution:
    """Words used wherever words are used, whose teller has no private link."""
    text = f"The {CANARY} was gone by morning."
    made: Contribution = factories.ContributionFactory(place=convener.place, text=text, teller_name="Morag Quern")
    quote = factories.QuoteFactory(place=convener.place, contribution=made)
    factories.CodingFactory(theme__place=convener.place, theme__title="Nights", quote=quote)
    page = WhatWeHeard.objects.create(place=convener.place, title="Told back", state="shared")
    ToldItem.objects.create(page=page, contribution=made, start=0, end=len(text))
    return made


def address(of: Contribution) -> str:
    return reverse("thread:withdraw_for", args=[of.place.slug, of.pk])


def test_the_team_is_told_what_happens_before_anything_does(
    said: Contribution, convener: Member, client_for: ClientFor
) -> None:
    exports.take(format="contributions", place_id=said.place_id, by=convener)
    page = client_for(convener).get(address(said)).content.decode()
    for words in ("Nobody can undo this", "Nights", "Told back", "contributions", convener.display_name, CANARY):
        assert words in page
    said.refresh_from_db()
    assert said.state == Contribution.State.LIVE


def test_nothing_is_chosen_beforehand_and_without_a_reason_nothing_is_erased(
    said: Contribution, convener: Member, client_for: ClientFor
) -> None:
    browser = client_for(convener)
    assert " checked" not in browser.get(address(said)).content.decode()
    for sent in ({}, {"reason": ""}, {"reason": "we would rather not hear it"}):
        assert browser.post(address(said), {**sent, "confirm": "yes"}).status_code == 422
    said.refresh_from_db()
    assert CANARY in said.text


@pytest.mark.parametrize("standing", [Standing.CONVENER, Standing.FACILITATOR])
def test_i2_words_taken_back_by_the_team_are_gone_like_those_taken_back_by_their_teller(
    standing: Standing, said: Contribution, convener: Member, client_for: ClientFor, member_with: Callable[..., Member]
) -> None:
    exports.take(format="contributions", place_id=said.place_id, by=convener)
    by = member_with(standing)
    browser = client_for(by)
    answer = browser.post(address(said), {"reason": "asked"}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "These files left the workspace" in page
    said.refresh_from_db()
    assert (said.text, said.teller_name, said.state) == ("", "", "withdrawn")
    assert not ToldItem.objects.filter(contribution=said).exists()
    for other in (
        page,
        browser.get(reverse("listening:contribution", args=[said.place.slug, said.pk])).content.decode(),
    ):
        assert CANARY not in other


def test_what_a_machine_made_of_the_words_is_forgotten_too(said: Contribution, convener: Member) -> None:
    made = Analysis.objects.create(place_id=said.place_id, kind="themes", state="done", result={"terms": [CANARY]})
    suggestion = Suggestion.objects.create(place=said.place, analysis=made, engine_id="x", terms=[CANARY], size=1)
    suggestion.spans.create(contribution=said, start=0, end=5, is_example=True)
    privacy.withdraw(said, by=convener, reason="asked_for_them")
    made.refresh_from_db()
    assert not SuggestedSpan.objects.exists()
    assert CANARY not in str(made.result)


def test_the_log_keeps_who_did_it_and_why_and_none_of_the_words(said: Contribution, convener: Member) -> None:
    privacy.withdraw(said, by=convener, reason="asked")
    entry = AuditEntry.objects.get(verb="withdrew for its teller")
    assert (entry.actor_name, entry.subject_id) == (convener.display_name, said.pk)
    assert entry.summary == "The person who said it asked us"
    assert not AuditEntry.objects.filter(summary__icontains=CANARY).exists()


def test_taking_words_back_twice_is_taking_them_back_once(said: Contribution, convener: Member) -> None:
    privacy.withdraw(said)
    privacy.withdraw(said, by=convener, reason="asked")
    assert AuditEntry.objects.filter(verb__startswith="withdrew").count() == 1


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, Standing.GUEST])
def test_i9_nobody_outside_the_team_takes_somebodys_words_back(
    standing: Standing, said: Contribution, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    someone = member_with(standing)
    assert client_for(someone).post(address(said), {"reason": "asked"}).status_code in {403, 404}
    with pytest.raises(Refused):
        privacy.withdraw(said, by=someone, reason="asked")
    said.refresh_from_db()
    assert CANARY in said.text


def test_the_team_of_another_place_takes_nothing_back(said: Contribution) -> None:
    stranger = factories.MemberFactory()
    with pytest.raises(Refused):
        privacy.withdraw(said, by=stranger, reason="asked")
    with pytest.raises(Unsound):
        privacy.withdraw(said, by=factories.MemberFactory(place=said.place), reason="we would rather not hear it")
    said.refresh_from_db()
    assert CANARY in said.text


def test_b21_being_asked_to_take_words_back_lets_the_team_widen_nothing(said: Contribution, convener: Member) -> None:
    listening.narrow(
        contribution=said, scope=Scope.NOTES, naming=said.naming, seen=listening.standing(said), by=convener
    )
    said.refresh_from_db()
    with pytest.raises(Refused, match="private link"):
        listening.narrow(
            contribution=said, scope=Scope.PUBLIC, naming=said.naming, seen=listening.standing(said), by=convener
        )


def test_a_teller_with_a_private_link_is_told_that_their_words_are_gone(
    said: Contribution, convener: Member, client_for: ClientFor, client: Client
) -> None:
    key = listening.teller_link(contribution=said, by=convener)
    assert "can do this without you" in client_for(convener).get(address(said)).content.decode()
    privacy.withdraw(said, by=convener, reason="asked")
    page = client.get(reverse("thread:mine", args=[key])).content.decode()
    assert CANARY not in page
    assert "gone from every page" in page


def test_the_page_asks_the_database_little(
    said: Contribution, convener: Member, client_for: ClientFor, django_assert_max_num_queries: Callable[..., object]
) -> None:
    browser = client_for(convener)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        browser.get(address(said))
