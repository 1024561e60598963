"""The register of charities: every generation of its columns, and each planted fault named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from placeweave.formats.oscr import read_register
from placeweave.formats.oscr.reading import split_list
from placeweave.formats.problems import Unreadable
from tests.shared_data import shared

HEADER = "Charity Number,Charity Name,Main Operating Location,Purposes,Most recent year income,Registered Date\r\n"


def _row(number: str = "SC900001", income: str = "1000", date: str = "03/04/2019 00:00") -> str:
    return f"{number},A shed,Falkirk,'The advancement of health',{income},{date}\r\n"


def test_every_row_of_the_clean_extract_becomes_a_charity() -> None:
    content = shared("standards/orgs/SYNTHETIC_oscr_register_clean.csv").read_bytes()
    read = read_register(content, "register.csv")
    assert (read.rows, len(read.charities), read.problems) == (120, 120, ())
    assert len({one.number for one in read.charities}) == 120
    assert not any(one.extra for one in read.charities)


@pytest.mark.parametrize(
    ("row", "field", "severity", "words"),
    [
        (42, "Charity Number", "rejected", "Row 2 of this file has the same number."),
        (44, "Registered Date", "rejected", "not a date that exists"),
        (45, "Most recent year income", "held", "is 12000 meant?"),
        (47, "Charity Number", "rejected", "no charity number"),
        (49, "Registered Date", "warning", "4 March 2019"),
    ],
)
def test_planted_faults_are_named(row: int, field: str, severity: str, words: str) -> None:
    content = shared("standards/orgs/SYNTHETIC_oscr_register_messy.csv").read_bytes()
    read = read_register(content, "register.csv")
    told = [one for one in read.problems if one.row == row]
    assert [(one.field, one.severity) for one in told] == [(field, severity)]
    assert words in told[0].reason
    assert read.rows == 48


def test_columns_are_found_by_name_in_any_order_and_case() -> None:
    shuffled = "main operating location,extra column,CHARITY NAME,Charity number \nFalkirk,blue,A shed,SC900001\n"
    (one,) = read_register(shuffled.encode("utf-8-sig"), "register.csv").charities
    assert (one.number, one.name, one.works_in, one.extra) == (
        "SC900001",
        "A shed",
        "Falkirk",
        {"extra column": "blue"},
    )


def test_without_its_columns_it_is_no_register() -> None:
    with pytest.raises(Unreadable, match="lacks columns that every extract of the register has: Charity Name"):
        read_register(b"Charity Number,Main Operating Location\nSC900001,Falkirk\n", "register.csv")


def test_a_comma_within_quotation_marks_parts_nothing() -> None:
    text = "'Provision of recreational facilities, or activities','Children's play'"
    assert split_list(text) == ("Provision of recreational facilities, or activities", "Children's play")
    assert split_list("Health") == ("Health",)
    assert split_list(" ") == ()


def test_money_is_exact_and_a_star_is_no_figure() -> None:
    read = read_register((HEADER + _row(income="1234.50") + _row("SC900002", income="*")).encode(), "register.csv")
    assert read.charities[0].money == {"Most recent year income": Decimal("1234.50")}
    assert len(read.charities) == 1
    assert "suppressed" in read.problems[0].reason


def test_a_cp1252_extract_is_told_of() -> None:
    read = read_register((HEADER + _row().replace("shed", "caf\u00e9")).encode("cp1252"), "register.csv")
    assert read.charities[0].name == "A caf\u00e9"
    assert any("cp1252" in note for note in read.notes)
