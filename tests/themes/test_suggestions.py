"""Claims about what a machine suggests: labelled, decided by people, made of real words, and forgetful when asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from placeweave.kit import analyses
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import Analysis
from placeweave.listening.models import Contribution, Scope
from placeweave.places.models import Member
from placeweave.themes import jobs, queries, services
from placeweave.themes.models import Coding, SuggestedSpan, Suggestion, Theme
from tests.factories import ContributionFactory, ConversationFactory, ThemeFactory

SAID = [
    "The last bus leaves before the choir ends.",
    "There is no evening bus home after the choir.",
    "The evening bus stopped, so I stopped going to the choir.",
    "Without the evening bus nobody comes to the choir.",
    "The flat is damp and the heating costs too much.",
    "My heating is broken and the flat is damp again.",
    "Damp in the flat all winter, and no heating.",
    "We cannot pay for heating, so the flat stays damp.",
]
State = Suggestion.State


@pytest.fixture
def said(convener: Member) -> list[Contribution]:
    where = ConversationFactory(place=convener.place)
    return [ContributionFactory(place=convener.place, conversation=where, text=text) for text in SAID]


def run(member: Member, capture: Any, **wanted: Any) -> Analysis:
    """Ask, and let the worker do it."""
    asked = {"level": "mid", "themes_wanted": 2, "only_unplaced": False} | wanted
    with capture(execute=True):
        analysis = services.suggestions.ask(place=member.place, by=member, **asked)
    analysis.refresh_from_db()
    return analysis


@pytest.fixture
def ran(said: list[Contribution], convener: Member, django_capture_on_commit_callbacks: Any) -> Analysis:
    return run(convener, django_capture_on_commit_callbacks)


def open_ones(member: Member) -> list[Suggestion]:
    return list(Suggestion.objects.filter(place=member.place, state=State.OPEN))


def test_what_is_worded_alike_is_suggested_together(ran: Analysis, convener: Member) -> None:
    assert ran.state == Analysis.State.DONE
    groups = {
        frozenset(SuggestedSpan.objects.filter(suggestion=one).values_list("contribution", flat=True))
        for one in open_ones(convener)
    }
    keys = list(Contribution.raw.order_by("pk").values_list("pk", flat=True))
    assert groups == {frozenset(keys[:4]), frozenset(keys[4:])}


def test_what_is_kept_of_a_run_holds_no_words_but_shared_terms(ran: Analysis) -> None:
    kept = str(ran.result)
    assert not any(text[:20] in kept for text in SAID)
    for one in Suggestion.objects.all():
        for term in one.terms:
            assert sum(all(part in text.casefold() for part in term.split()) for text in SAID) >= 2


def test_every_suggested_stretch_is_inside_its_text(ran: Analysis) -> None:
    for span in SuggestedSpan.objects.select_related("contribution"):
        assert 0 <= span.start < span.end <= len(span.contribution.text)


def test_i8_nothing_becomes_a_theme_until_a_person_takes_it_up(ran: Analysis, convener: Member) -> None:
    assert not Theme.objects.exists()
    first = open_ones(convener)[0]
    theme = services.suggestions.accept(suggestion=first, title="Evenings", by=convener)
    assert theme.from_suggestion
    assert Coding.objects.filter(theme=theme, ended_at=None, by=convener).count() == first.spans.count()
    with pytest.raises(NotReady, match="already"):
        services.suggestions.accept(suggestion=first, title="Again", by=convener)


def test_i8_suggestions_are_labelled_and_explained(
    ran: Analysis, convener: Member, client_for: Callable[[Member], Client]
) -> None:
    page = client_for(convener).get(reverse("themes:suggested", args=[convener.place.slug])).content.decode()
    assert "Suggested by machine, decided by people" in page
    assert "contributions are worded alike" in page


def test_i8_suggestions_can_be_switched_off(convener: Member, settings: LazySettings) -> None:
    settings.MACHINE_SUGGESTIONS = False
    with pytest.raises(Refused, match="switched off"):
        services.suggestions.ask(
            place=convener.place, by=convener, level="mid", themes_wanted=None, only_unplaced=False
        )


def test_unticked_words_stay_out_of_the_theme(ran: Analysis, convener: Member) -> None:
    first = open_ones(convener)[0]
    spans = list(first.spans.values_list("pk", flat=True))
    theme = services.suggestions.accept(suggestion=first, title="Evenings", by=convener, spans=spans[:2])
    assert Coding.objects.filter(theme=theme).count() == 2


def test_a_suggestion_without_words_kept_is_refused_to(ran: Analysis, convener: Member) -> None:
    with pytest.raises(Unsound, match="Keep at least one"):
        services.suggestions.accept(suggestion=open_ones(convener)[0], title="Evenings", by=convener, spans=[])
    assert not Theme.objects.exists()


def test_what_is_suggested_can_go_into_a_theme_people_have(ran: Analysis, convener: Member) -> None:
    theme = ThemeFactory(place=convener.place)
    services.suggestions.put_into(suggestion=open_ones(convener)[0], theme=theme, by=convener)
    assert Coding.objects.filter(theme=theme, ended_at=None).count() == 4


def test_taking_up_several_is_all_or_nothing(ran: Analysis, convener: Member) -> None:
    one, other = open_ones(convener)
    with pytest.raises(Unsound, match="Give the theme a title"):
        services.suggestions.accept_many(titles={one.pk: "Evenings", other.pk: " "}, by=convener)
    assert not Theme.objects.exists()
    assert len(services.suggestions.accept_many(titles={one.pk: "Evenings", other.pk: "Damp"}, by=convener)) == 2


def test_i14_what_was_refused_stays_away_and_is_counted(
    ran: Analysis, convener: Member, django_capture_on_commit_callbacks: Any
) -> None:
    refused = open_ones(convener)[0]
    services.suggestions.refuse(suggestion=refused, by=convener, reason="We know this.")
    ContributionFactory(
        place=convener.place,
        conversation=Contribution.raw.all()[0].conversation,
        text="The evening bus, again: the choir ends.",
    )
    again = run(convener, django_capture_on_commit_callbacks)
    assert again.result is not None
    assert again.result["left_out"]["refused"] == 1
    theirs = set(refused.spans.values_list("contribution", flat=True))
    for one in open_ones(convener):
        own = set(one.spans.values_list("contribution", flat=True))
        assert len(own & theirs) / len(own | theirs) < 0.6


def test_a_new_run_replaces_what_still_waits(
    ran: Analysis, convener: Member, django_capture_on_commit_callbacks: Any
) -> None:
    before = {one.pk for one in open_ones(convener)}
    run(convener, django_capture_on_commit_callbacks, themes_wanted=3)
    assert not before & {one.pk for one in open_ones(convener)}
    assert Suggestion.objects.filter(pk__in=before, state=State.SUPERSEDED).count() == len(before)


def test_the_answer_is_out_of_date_when_somebody_says_more(ran: Analysis, convener: Member) -> None:
    assert not analyses.is_out_of_date(ran)
    ContributionFactory(place=convener.place)
    assert analyses.is_out_of_date(ran)


def test_too_little_to_compare_is_said_in_a_sentence(convener: Member, django_capture_on_commit_callbacks: Any) -> None:
    ContributionFactory(place=convener.place)
    failed = run(convener, django_capture_on_commit_callbacks)
    assert failed.state == Analysis.State.FAILED
    assert "only 1 contributions" in failed.failure


def test_withdrawal_takes_spans_terms_and_results(ran: Analysis, convener: Member, said: list[Contribution]) -> None:
    gone = said[:3]
    for one in gone:
        Contribution.raw.filter(pk=one.pk).update(state="withdrawn", text="")
        services.forget(one)
    assert not SuggestedSpan.objects.filter(contribution__in=gone).exists()
    ran.refresh_from_db()
    assert ran.result is None
    left = Suggestion.objects.get(spans__contribution=said[3])
    assert left.terms == []  # only one person is left who said any of it


def test_only_the_team_decides(ran: Analysis, convener: Member, member_with: Callable[..., Member]) -> None:
    partner = member_with(Standing.PARTNER)
    with pytest.raises(Refused):
        services.suggestions.refuse(suggestion=open_ones(convener)[0], by=partner)


def test_terms_are_kept_from_those_who_may_not_read_the_words(
    convener: Member,
    member_with: Callable[..., Member],
    client_for: Callable[[Member], Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    for text in SAID:
        ContributionFactory(place=convener.place, text=text, scope=Scope.NOTES)
    run(convener, django_capture_on_commit_callbacks)
    partner = member_with(Standing.PARTNER)
    page = client_for(partner).get(reverse("themes:board", args=[partner.place.slug])).content.decode()
    assert "damp" not in page


def test_sentences_are_joined_but_never_across_a_gap() -> None:
    text = "It is late. It is cold.\n\nAnother matter."
    assert [text[start:end] for start, end in jobs.units_of(text)] == ["It is late. It is cold.", "Another matter."]


def test_search_finds_themes_and_readable_words(convener: Member) -> None:
    theme = services.make(place=convener.place, title="Choir nights", by=convener)
    said = ContributionFactory(place=convener.place, text="The choir ends late. The bus does not wait.")
    services.code(contribution=said, start=0, end=20, theme=theme, by=convener)
    assert [one.title for one in queries.search(convener.place, convener, "choir")] == ["Choir nights"]
    assert [one.words for one in queries.saying(convener.place, convener, "WAIT choir")] == [said.text]
    assert not queries.saying(convener.place, convener, "choir ferry")
