"""Pasted notes: one contribution a line or a paragraph, in the words that were said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.formats.notes import read_notes


def _texts(pasted: str, **options: object) -> list[str]:
    return [note.text for note in read_notes(pasted, **options).notes]


def test_each_line_is_a_contribution_and_blank_lines_are_none() -> None:
    found = read_notes("The bus stops at six.\r\n\r\n  Nobody asks us.  \n")
    assert [(note.text, note.row) for note in found.notes] == [("The bus stops at six.", 1), ("Nobody asks us.", 3)]
    assert found.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "- the bus", "* the bus", "• the bus", "•the bus", "– the bus", "1. the bus", "12) the bus", "(3) the bus",
        "a) the bus", "  - [ ] the bus", "☐ the bus", "- 1. the bus",
    ],
)  # fmt: skip
def test_bullets_and_numbers_are_taken_off(line: str) -> None:
    assert _texts(line) == ["the bus"]


@pytest.mark.parametrize(
    "line",
    [
        "-5 degrees in the hall",
        "2020. A hard year",
        "3 people left",
        "A. Smith said so",
        "1.5 miles",
        "*very* tired",
        "(sighs) ok",
        "I am",
    ],
)
def test_words_that_only_look_like_bullets_stay(line: str) -> None:
    assert _texts(line) == [line]


@pytest.mark.parametrize("line", ["-", " • ", "1.", "- [ ]", "***"])
def test_a_bullet_with_nothing_after_it_is_nothing(line: str) -> None:
    assert _texts(line) == []


def test_paragraphs_keep_their_lines() -> None:
    found = read_notes("- one\n- two\n\n\nthree\nfour", split="paragraph")
    assert [(note.text, note.row) for note in found.notes] == [("one\ntwo", 1), ("three\nfour", 5)]


def test_control_characters_are_removed_and_told() -> None:
    found = read_notes("a\x00b\x07c\td")
    assert [note.text for note in found.notes] == ["abc\td"]
    assert found.said == ("Removed: 2 control characters.",)


def test_emoji_and_right_to_left_words_are_left_alone() -> None:
    for text in ("👩‍👩‍👧 safe", "שלום עולם", "\u202bمرحبا\u202c"):
        assert _texts(text) == [text]


def test_a_text_too_long_is_held_not_cut() -> None:
    found = read_notes("short\n" + "x" * 50, max_length=40)
    assert [note.text for note in found.notes] == ["short"]
    assert [(p.row, p.severity) for p in found.problems] == [(2, "held")]
    assert found.rows == 2


@given(st.text())
def test_cleaning_what_was_cleaned_changes_nothing_but_nested_bullets(pasted: str) -> None:
    for note in read_notes(pasted).notes:
        assert note.text == note.text.strip()
        assert note.text
        assert "\x00" not in note.text
