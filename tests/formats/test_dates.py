"""Dates: the order of day and month is settled for a whole column, or asked for; never guessed per cell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.formats.tables import settle_dates


def test_iso_dates_are_read_with_or_without_a_clock() -> None:
    reading = settle_dates(["2021-01-26", "", "2021-01-26T10:30:00+01:00"])
    assert reading.order == "iso"
    assert reading.read("2021-01-26").value == date(2021, 1, 26)
    moment = reading.read("2021-01-26T10:30:00+01:00").moment
    assert moment == datetime(2021, 1, 26, 10, 30, tzinfo=timezone(timedelta(hours=1)))


def test_one_day_over_twelve_settles_the_column() -> None:
    reading = settle_dates(["05/06/2014", "22/07/2014", "01/02/2013"])
    assert reading.order == "day_first"
    assert "1 of 3" in reading.evidence
    assert reading.read("05/06/2014").value == date(2014, 6, 5)
    assert reading.read("17/08/2015 00:00").moment == datetime(2015, 8, 17, tzinfo=UTC)


def test_nothing_that_settles_it_means_asking() -> None:
    reading = settle_dates(["05/06/2014", "01/02/2013"])
    assert reading.order == "ask"
    assert reading.question.startswith("Is 05/06/2014 day/month/year or month/day/year?")
    cell = reading.read("05/06/2014")
    assert (cell.value, cell.severity, cell.is_question) == (None, "held", True)


@pytest.mark.parametrize(("day_first", "expected"), [(True, date(2014, 6, 5)), (False, date(2014, 5, 6))])
def test_an_answer_settles_it(day_first: bool, expected: date) -> None:
    assert settle_dates(["05/06/2014"], day_first=day_first).read("05/06/2014").value == expected


def test_a_date_that_reads_the_same_both_ways_needs_no_answer() -> None:
    assert settle_dates(["05/05/2014"]).read("05/05/2014").value == date(2014, 5, 5)
    assert settle_dates(["05/05/2014", "05/06/2014"]).read("05/05/2014").value == date(2014, 5, 5)


def test_american_dates_are_asked_about_and_mixed_ones_too() -> None:
    assert "look like month/day/year (for example 07/22/2014)" in settle_dates(["07/22/2014", "01/02/2014"]).question
    assert "which is it?" in settle_dates(["07/22/2014", "22/07/2014"]).question


def test_an_impossible_date_rejects_the_row() -> None:
    cell = settle_dates(["31/02/2019", "01/03/2019"]).read("31/02/2019")
    assert (cell.value, cell.severity) == (None, "rejected")
    assert settle_dates(["2019-02-31"]).read("2019-02-31").severity == "rejected"


def test_one_iso_cell_among_others_is_a_problem_of_its_row_and_no_new_rule() -> None:
    reading = settle_dates(["22/07/2014", "05/06/2014", "2014-03-01"])
    assert reading.order == "day_first"
    cell = reading.read("2014-03-01")
    assert (cell.value, cell.severity) == (date(2014, 3, 1), "warning")


def test_one_slashed_cell_among_iso_is_read_only_if_it_is_certain() -> None:
    reading = settle_dates(["2014-03-01", "2014-03-02", "05/06/2014", "22/07/2014"][:3])
    assert reading.read("05/06/2014").severity == "held"
    assert reading.read("22/07/2014").value == date(2014, 7, 22)


def test_bare_numbers_are_days_only_in_a_workbook() -> None:
    assert settle_dates(["44222"], serials_from=date(1899, 12, 30)).read("44222").value == date(2021, 1, 26)
    assert settle_dates(["42760"], serials_from=date(1904, 1, 1)).read("42760").value == date(2021, 1, 26)
    assert settle_dates(["44222"]).read("44222").severity == "held"


@pytest.mark.parametrize("text", ["soon", "2021", "26/01/21", "٠١/٠٢/٢٠٢٠x", "1/2/3/4"])
def test_what_is_no_date_is_held(text: str) -> None:
    assert settle_dates([text]).read(text).severity == "held"


@given(
    st.lists(
        st.one_of(st.dates().map(date.isoformat), st.text(max_size=12), st.from_regex(r"\A\d{1,2}/\d{1,2}/\d{4}\Z"))
    )
)
def test_any_column_at_all_is_read_without_a_fall(column: list[str]) -> None:
    reading = settle_dates(column, serials_from=date(1899, 12, 30))
    for text in column:
        cell = reading.read(text)
        assert not text.strip() or cell.value is not None or cell.severity in {"held", "rejected"}


@given(st.lists(st.dates(), min_size=1))
def test_the_order_of_the_rows_does_not_change_the_reading(days: list[date]) -> None:
    column = [f"{day.day:02}/{day.month:02}/{day.year:04}" for day in days]
    forwards, backwards = settle_dates(column), settle_dates(column[::-1])
    assert [forwards.read(text).value for text in column] == [backwards.read(text).value for text in column]
