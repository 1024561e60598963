"""Names: which spellings are one, and what else a name says it is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.linkage.names import aliases, canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Men's Shed Ltd.", "MENS SHED"),
        ("Café & Larder C.I.C.", "Cafe and Larder"),
        ("Clachan Citizens Advice Bureau", "Clachan CAB"),
        ("Clachan Citizen Advice Bureaux", "clachan citizens advice"),
        ("Arts Center (Registered in Scotland", "Arts Centre"),
        ("Youth Organization, company limited by guarantee", "Youth Organisation"),
        ("Rural–Forum", "Rural Forum"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize("name", ["(Limited)", "The Trust", "CIC", "()"])
def test_a_name_is_never_stripped_to_nothing_that_had_words(name: str) -> None:
    assert bool(canonical(name)) == any(letter.isalnum() for letter in name)


def test_a_known_as_and_a_bracket_are_aliases() -> None:
    assert "project 17" in aliases("Project Seventeen (AKA Project 17)")
    assert "shelter north" in aliases("Northern Housing t/a Shelter North")
    assert "consonant" in aliases("Consonant, formerly Migrants Resource Centre")
    assert "migrants resource centre" in aliases("Consonant, formerly Migrants Resource Centre")


def test_initials_are_an_alias_of_long_names_alone() -> None:
    assert "snrc" in aliases("Shetland Nature and Restoration Company")
    assert aliases("Shetland Amenity Trust") == {"shetland amenity trust"}


def test_a_place_after_a_dash_is_no_alias() -> None:
    assert aliases("Mind - Hebden Bridge") == {"mind hebden bridge"}


@pytest.mark.parametrize("name", ["Hope (Scotland)", "Hope (the Trust)", "Hope (UK)", "Hope (ABC)"])
def test_generic_and_very_short_aliases_are_left_out(name: str) -> None:
    assert aliases(name) == {"hope"}


@given(st.text(max_size=60))
def test_a_canonical_name_is_its_own_and_always_an_alias(name: str) -> None:
    assert canonical(canonical(name)) == canonical(name) or any(letter.isalnum() for letter in name)
    assert canonical(name) in aliases(name)


@given(st.text(alphabet="abc ()&'’-.", max_size=40))
def test_case_and_spaces_change_nothing(name: str) -> None:
    assert canonical(name.upper()) == canonical(f"  {name.replace(' ', '   ')} ")
