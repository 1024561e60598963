"""Claims about putting words under themes: offsets, consent, several hands at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.listening.models import Contribution, Naming, Scope
from placeweave.places.models import Member
from placeweave.themes import queries, services
from placeweave.themes.models import Coding, Quote, ThemeEvent
from placeweave.themes.services.codings import verified_span
from tests.factories import ContributionFactory, ThemeFactory

GAELIC = "Tha am bus mu dheireadh a’ falbh aig sia uairean. Chan eil slighe dhachaigh ann 👩‍👩‍👧 às dèidh sin."
HEBREW = "האוטובוס האחרון יוצא בשש. אחר כך אין דרך הביתה."
texts = st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80)


@given(text=texts, data=st.data())
def test_a_verified_span_says_exactly_what_was_selected(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    if not words.strip():
        with pytest.raises(Unsound):
            verified_span(text, start, end, words)
        return
    first, last = verified_span(text, start, end, words)
    assert text[first:last] == words.strip()


@given(text=texts, start=st.integers(-5, 90), end=st.integers(-5, 90))
def test_a_span_outside_the_text_is_refused(text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        with pytest.raises(Unsound):
            verified_span(text, start, end)


@given(text=texts, words=texts)
def test_words_that_do_not_match_the_text_are_refused(text: str, words: str) -> None:
    seen = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if seen != text.replace("\r\n", "\n").replace("\r", "\n").strip():
        with pytest.raises(Unsound, match=r"does not match the text|no words"):
            verified_span(text, 0, len(text), words)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(data=st.data(), text=st.sampled_from([GAELIC, HEBREW, "🏴󠁧󠁢󠁳󠁣󠁴󠁿 agus 🚌", "é as two: e\u0301, and as one"]))
def test_a_quote_is_always_a_slice_of_the_text_it_came_from(convener: Member, data: st.DataObject, text: str) -> None:
    contribution = ContributionFactory(place=convener.place, text=text)
    theme = ThemeFactory(place=convener.place)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    coding = services.code(
        contribution=contribution, start=start, end=end, theme=theme, by=convener, words=text[start:end]
    )
    shown = queries.readable_quotes(convener.place, convener, theme=theme)
    assert [one.words for one in shown] == [text[start:end].strip()]
    assert text[coding.quote.start : coding.quote.end] == text[start:end].strip()


def test_the_same_words_may_stand_under_several_themes(convener: Member) -> None:
    contribution = ContributionFactory(place=convener.place)
    for theme in (ThemeFactory(place=convener.place), ThemeFactory(place=convener.place)):
        services.code(contribution=contribution, start=4, end=12, theme=theme, by=convener)
    assert Quote.objects.count() == 1
    assert Coding.objects.filter(ended_at=None).count() == 2


def test_coding_the_same_words_twice_is_one_coding(convener: Member, member_with: Callable[..., Member]) -> None:
    contribution, theme = ContributionFactory(place=convener.place), ThemeFactory(place=convener.place)
    for who in (convener, member_with(Standing.FACILITATOR)):
        services.code(contribution=contribution, start=4, end=12, theme=theme, by=who)
    assert Coding.objects.count() == 1
    assert ThemeEvent.objects.filter(verb="coded").count() == 1


def test_a_quote_can_be_taken_off_and_its_history_stays(convener: Member) -> None:
    coding = services.code(
        contribution=ContributionFactory(place=convener.place),
        start=4,
        end=12,
        theme=ThemeFactory(place=convener.place),
        by=convener,
    )
    services.uncode(coding=coding, by=convener)
    coding.refresh_from_db()
    assert coding.ended_at is not None
    with pytest.raises(NotReady, match="already"):
        services.uncode(coding=coding, by=convener)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, Standing.GUEST])
def test_only_the_team_codes(standing: Standing, member_with: Callable[..., Member]) -> None:
    member = member_with(standing)
    with pytest.raises(Refused):
        services.code(
            contribution=ContributionFactory(place=member.place),
            start=0,
            end=3,
            theme=ThemeFactory(place=member.place),
            by=member,
        )


def test_words_of_another_place_cannot_be_coded(convener: Member) -> None:
    with pytest.raises(Unsound):
        services.code(
            contribution=ContributionFactory(), start=0, end=3, theme=ThemeFactory(place=convener.place), by=convener
        )


@pytest.mark.parametrize("state", [Contribution.State.PAUSED, Contribution.State.WITHDRAWN])
def test_words_taken_back_cannot_be_coded(state: str, convener: Member) -> None:
    contribution = ContributionFactory(place=convener.place)
    Contribution.raw.filter(pk=contribution.pk).update(state=state, text="")
    with pytest.raises(NotReady, match="took them back"):
        services.code(contribution=contribution, start=0, end=3, theme=ThemeFactory(place=convener.place), by=convener)


def test_nothing_is_coded_under_a_theme_that_was_merged(convener: Member) -> None:
    source, target = ThemeFactory(place=convener.place), ThemeFactory(place=convener.place, title="Evening buses")
    services.merge(source=source, target=target, by=convener)
    with pytest.raises(NotReady, match="Evening buses"):
        services.code(contribution=ContributionFactory(place=convener.place), start=0, end=3, theme=source, by=convener)


@pytest.mark.parametrize(
    ("standing", "least", "sees_unquotable"),
    [
        (Standing.CONVENER, Scope.NOTES, True),
        (Standing.FACILITATOR, Scope.NOTES, True),
        (Standing.PARTNER, Scope.PARTNERS, False),
        (Standing.COMMUNITY, Scope.PARTNERS, False),
        (Standing.EVALUATOR, Scope.PARTNERS, False),
        (Standing.GUEST, Scope.PUBLIC, False),
    ],
)
def test_i6_a_reader_sees_the_quotes_consent_lets_reach_them(
    standing: Standing, least: Scope, sees_unquotable: bool, member_with: Callable[..., Member]
) -> None:
    reader = member_with(standing)
    convener = member_with(Standing.CONVENER)
    theme = ThemeFactory(place=reader.place)
    expected = set()
    for scope in Scope:
        for naming in Naming:
            said = ContributionFactory(place=reader.place, scope=scope, naming=naming)
            services.code(contribution=said, start=0, end=len(said.text), theme=theme, by=convener)
            if scope >= least and (sees_unquotable or naming != Naming.ONLY_IN_THEMES):
                expected.add(said.text)
    shown = queries.readable_quotes(reader.place, reader, theme=theme)
    assert {one.words for one in shown} == expected
    card = queries.board(reader.place, queries.reader_for(reader)).cards[0]
    assert {one.words for one in card.quotes} <= expected
    assert card.counts.quotes == len(Scope) * len(Naming)
