"""A suggestion names likely themes and shows whose words say so."""

from __future__ import annotations

from placeweave.engines.themes.records import Unit
from placeweave.engines.themes.suggest import KnownTheme, suggest

BUS = KnownTheme("bus", (Unit("1", "The last bus leaves at five"), Unit("2", "No bus on Sundays")))
DAMP = KnownTheme("damp", (Unit("3", "Damp walls in every bedroom"), Unit("4", "Black mould and damp")))
EMPTY = KnownTheme("empty", ())


def test_the_likeliest_theme_comes_first_with_its_nearest_words() -> None:
    (suggestion,) = suggest([Unit("n", "There is damp on the bedroom wall")], [BUS, DAMP, EMPTY])
    assert suggestion.hints[0].theme == "damp"
    assert suggestion.hints[0].because[0] == "3"


def test_words_like_nothing_known_get_no_suggestion() -> None:
    assert suggest([Unit("n", "zzzz qqqq")], [BUS, DAMP])[0].hints == ()


def test_no_themes_no_units_and_empty_words_are_all_fine() -> None:
    assert suggest([], [BUS]) == ()
    assert suggest([Unit("n", "bus")], [])[0].hints == ()
    assert suggest([Unit("n", "")], [BUS])[0].hints == ()


def test_a_description_stands_in_where_no_words_are_in_a_theme_yet() -> None:
    hints = suggest([Unit("n", "the bus was late")], [DAMP, KnownTheme("t", (), "Bus and transport")])[0].hints
    assert hints[0].theme == "t"
    assert hints[0].because == ()


def test_at_most_as_many_themes_as_asked_for() -> None:
    assert len(suggest([Unit("n", "damp bus")], [BUS, DAMP], top=1)[0].hints) == 1
