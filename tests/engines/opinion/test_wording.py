"""Statements that say nearly the same are found by their words, and others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.opinion.wording import MOST, nearest, words

SAID = [
    "The last bus should leave later in the evening.",
    "I would go out more on winter evenings if I knew how I was getting home.",
    "The pier is not safe when it is icy.",
    "Young people have nowhere to meet after school.",
    "The surgery should answer the telephone before nine.",
    "More homes should be let all year round.",
    "Dogs should be kept on a lead on the beach.",
    "The ferry timetable should fit the school day.",
]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The last evening bus should leave later", 0),
        ("Buses should leave later in the evenings!", 0),
        ("The icy pier is not safe", 2),
        ("There is nowhere for young people to meet", 3),
        ("Homes should be let the whole year round", 5),
        ("Keep dogs on a lead on beaches", 6),
    ],
)
def test_a_rewording_finds_what_it_rewords(text: str, place: int) -> None:
    assert nearest(text, SAID)[0].statement == place


@pytest.mark.parametrize(
    "text", ["The library should open on Sundays.", "I feel welcome here.", "Bus drivers are kind."]
)
def test_another_thought_finds_nothing(text: str) -> None:
    assert nearest(text, SAID) == []


def test_a_claim_keeps_the_word_that_turns_it_round() -> None:
    assert words("The pier is not safe") != words("The pier is safe")


@pytest.mark.parametrize("text", ["", "!!! …", "🚌🚌", "the of and", "\u0301"])
def test_a_text_without_words_breaks_nothing(text: str) -> None:
    assert len(nearest(text, [text, *SAID])) <= MOST


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
def test_likeness_is_a_share_and_falls(text: str, said: list[str]) -> None:
    found = [one.likeness for one in nearest(text, said, least=0.0)]
    assert all(0 <= one <= 1 + 1e-9 for one in found)
    assert found == sorted(found, reverse=True)
    assert len(found) == min(MOST, len(said))


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=40))
def test_the_same_words_are_wholly_alike(text: str) -> None:
    assert nearest(text.upper(), [text.upper()])[0].likeness == pytest.approx(1)
