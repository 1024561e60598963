"""Forms: one field of words for every script, and errors that a person and a screen reader find."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from placeweave.kit.forms import HouseForm, Words
from placeweave.kit.samples import SampleForm, form_with_errors


class NoteForm(HouseForm):
    note = Words(label="Note", max_length=10, lines=3)


def error_of(text: str) -> str:
    return NoteForm({"note": text}).errors["note"][0]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_control_characters_are_refused_in_one_sentence(character: str) -> None:
    assert error_of(f"ab{character}c").startswith("This text holds a character that cannot be kept, after “ab”")


def test_over_long_text_is_refused_with_both_numbers_and_never_cut() -> None:
    assert error_of("a" * 12) == "Use 10 characters or fewer: this is 12, so take out 2."
    assert "maxlength" not in str(NoteForm())


def test_length_is_counted_in_characters_not_in_bytes() -> None:
    assert NoteForm({"note": "🚌" * 10}).is_valid()


def test_right_to_left_text_and_emoji_stay_as_they_are() -> None:
    form = NoteForm({"note": "\u200fسلام 👩‍👧"})
    assert form.is_valid()
    assert form.cleaned_data["note"] == "\u200fسلام 👩‍👧"


def test_characters_that_override_the_reading_direction_are_dropped() -> None:
    form = NoteForm({"note": "ab\u202ecd\u2066e"})
    assert form.is_valid()
    assert form.cleaned_data["note"] == "abcde"


def test_line_ends_are_of_one_kind() -> None:
    form = NoteForm({"note": "a\r\nb\rc"})
    assert form.is_valid()
    assert form.cleaned_data["note"] == "a\nb\nc"


@given(st.text(max_size=30))
def test_any_text_is_kept_or_refused_and_never_breaks(text: str) -> None:
    form = NoteForm({"note": text})
    if form.is_valid():
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", form.cleaned_data["note"])


def test_an_empty_field_says_which_one() -> None:
    assert error_of("") == "Fill in “Note”."
    assert form_with_errors().errors["partner"] == ["Choose an answer to “Which partner?”."]


def test_errors_are_summed_up_on_top_and_lead_to_their_fields() -> None:
    html = str(form_with_errors())
    assert html.index("There is a problem") < html.index("<label")
    targets = re.findall(r'<li><a href="#([^"]+)"', html)
    assert targets == ["id_name", "id_note", "id_partner"]
    assert all(f'id="{target}"' in html for target in targets)


def test_hints_and_errors_are_tied_to_their_control() -> None:
    html = str(form_with_errors())
    described = re.search(r'<input[^>]*name="name"[^>]*aria-describedby="([^"]+)"', html)
    assert described is not None
    for part in described.group(1).split():
        assert f'id="{part}"' in html
    assert 'aria-invalid="true"' in html


def test_choices_stand_in_a_group_with_a_legend() -> None:
    html = str(SampleForm())
    assert html.count("<legend") == 2
    assert 'name="how_far" value="facilitators"' in html


def test_text_of_people_takes_its_own_direction() -> None:
    assert 'dir="auto"' in str(NoteForm())


def test_a_form_carries_a_key_so_that_it_acts_once() -> None:
    first, second = (re.search(r'name="once" value="([^"]+)"', str(NoteForm())) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.group(1) != second.group(1)


def test_a_form_sent_by_get_carries_no_key() -> None:
    class SearchForm(HouseForm):
        once = False
        q = forms.CharField(label="Words")

    assert 'name="once"' not in str(SearchForm())


class DayForm(HouseForm):
    day = forms.DateField(label="By when?")


@pytest.mark.parametrize("language", ["en-gb", "gd"])
def test_a_day_that_is_kept_is_shown_as_a_browsers_calendar_reads_it(language: str) -> None:
    with translation.override(language):
        shown = str(DayForm(initial={"day": date(2026, 12, 31)})["day"])
    assert 'type="date"' in shown
    assert 'value="2026-12-31"' in shown


def test_what_is_no_day_is_refused_with_how_to_write_one() -> None:
    assert DayForm({"day": "soon"}).errors["day"] == ["This is not a day: write it as 2026-12-31."]
