"""Money: plain numbers are exact; anything dressed up waits for a person."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.formats.money import plain_number
from placeweave.formats.tables import read_money


@pytest.mark.parametrize(("text", "amount"), [("12000", "12000"), ("0.10", "0.10"), (" 12.5 ", "12.5"), ("5.", "5")])
def test_a_plain_number_is_read_exactly(text: str, amount: str) -> None:
    cell = read_money(text)
    assert (cell.value, cell.severity) == (Decimal(amount), None)


@pytest.mark.parametrize("text", ["0", "0.00", "-12"])
def test_nothing_and_less_than_nothing_are_kept_and_flagged(text: str) -> None:
    cell = read_money(text)
    assert (cell.value, cell.severity) == (Decimal(text), "warning")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("£12,000", "12000"),
        ("12,000.50", "12000.50"),
        ("(500)", "-500"),
        ("-£5", "-5"),
        ("12 000 GBP", "12000"),
        ("GBP 5", "5"),
    ],
)
def test_dressed_up_text_is_held_with_its_likely_reading(text: str, offered: str) -> None:
    cell = read_money(text)
    assert (cell.value, cell.severity, cell.offered) == (None, "held", Decimal(offered))


@pytest.mark.parametrize("text", ["lots", "12,00", "NaN", "Infinity", "1e5", "£", "1.000.000", "²", "13%"])
def test_what_is_no_amount_is_held_without_a_guess(text: str) -> None:
    cell = read_money(text)
    assert (cell.value, cell.severity, cell.offered) == (None, "held", None)


def test_a_star_is_a_suppressed_figure() -> None:
    assert "suppressed" in read_money("*").reason


def test_an_absurd_amount_is_held() -> None:
    assert read_money("9" * 400).severity == "held"


def test_fractions_of_a_penny_are_rounded_and_told() -> None:
    cell = read_money("1234.5600000001")
    assert (cell.value, cell.severity) == (Decimal("1234.56"), "warning")


def test_idle_zeros_go_and_giants_are_not_written_out() -> None:
    assert plain_number(Decimal("40000.0")) == "40000"
    assert plain_number(Decimal("1E+3")) == "1000"
    assert len(plain_number(Decimal("1E+999999"))) < 20


@given(st.text(max_size=30))
def test_any_text_at_all_is_read_without_a_fall(text: str) -> None:
    cell = read_money(text)
    assert not text.strip() or cell.value is not None or cell.severity == "held"
