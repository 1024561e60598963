"""From rows to what is told: for machines, and for people."""

from __future__ import annotations

import pytest

from placeweave.engines.linkage.report import analyse, as_table

ROWS = [
    {"ID": "1", "Identifier": "GB-SC-SC012345", "Name": "Otter Watch", "Postcode": "ZE1 0AA"},
    {"ID": "2", "Identifier": "gb-sc-sc012345", "Name": "The Otter Watch Ltd", "Postcode": "ZE1 0AA"},
    {"ID": "3", "Identifier": "GB-SC-SCO12345", "Name": "Sea Eagles", "Postcode": ""},
]


def test_pairs_are_told_with_tier_score_and_reasons_in_words() -> None:
    result = analyse(ROWS)
    [pair] = result["pairs"]
    assert (pair["a"], pair["b"], pair["tier"]) == ("1", "2", "auto")
    assert "Both have the number GB-SC-SC012345." in pair["reasons"]
    assert result["seconds"] >= 0


def test_a_number_that_is_none_as_written_is_offered_and_matches_nothing() -> None:
    assert analyse(ROWS)["held"] == [{"id": "3", "register": "GB-SC", "written": "SCO12345", "offered": "SC012345"}]


def test_two_files_are_matched_across_and_not_within() -> None:
    result = analyse(ROWS, [{"id": "1", "name": "otter watch", "postcode": "ZE1 0AA"}])
    assert [(pair["a"], pair["b"]) for pair in result["pairs"]] == [("1", "1"), ("2", "1")]


def test_a_charity_number_in_its_own_column_names_its_register() -> None:
    rows = [
        {"name": "Otter Watch", "charity_number": "SC012345"},
        {"name": "Otters", "charity_number": "SC012345"},
        {"name": "Eagles", "company_number": "00000001", "charity_number": None},
    ]
    [pair] = analyse(rows)["pairs"]
    assert (pair["a"], pair["b"], pair["verdict"]) == ("1", "2", "conflict")


def test_other_names_are_names() -> None:
    rows = [{"name": "Consonant", "other_names": "Migrants Centre; x"}, {"name": "Migrants Centre"}]
    assert [pair["verdict"] for pair in analyse(rows)["pairs"]] == ["suggested"]


def test_a_table_without_names_and_a_doubled_id_are_refused() -> None:
    with pytest.raises(ValueError, match="no column"):
        analyse([{"title": "x"}])
    with pytest.raises(ValueError, match="stands twice"):
        analyse([ROWS[0], ROWS[0]])


def test_the_table_is_read_by_people() -> None:
    table = as_table(analyse(ROWS))
    assert "The same: 1" in table
    assert "Did you mean SC012345?" in table
