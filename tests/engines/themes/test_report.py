"""The machine's answer and the reader's table agree with the rows."""

from __future__ import annotations

import json

import pytest

from placeweave.engines.themes.report import analyse, as_table

ROWS = [{"said": text, "who": who} for text, who in (
    ("The bus is late", "a"), ("No bus on Sunday 🌧️", "b"), ("Damp walls", "c"), ("Damp in the bedroom", "d"), ("", "e"),
)]  # fmt: skip


def test_every_row_is_assigned_or_unplaced_and_quotes_are_verbatim() -> None:
    result = analyse(ROWS, text_column="said", speaker_column="who", themes=2)
    assert sorted([*result["assignments"], *result["unplaced"]]) == ["0", "1", "2", "3", "4"]
    assert result["unplaced"] == ["4"]
    for theme in result["themes"]:
        for quote in theme["quotes"]:
            assert ROWS[quote["row"]]["said"][quote["start"] : quote["end"]] == quote["text"]
    assert json.loads(json.dumps(result)) == result


def test_the_table_can_be_read() -> None:
    table = as_table(analyse(ROWS, text_column="said", themes=2))
    assert "2 proposed themes from 5 texts; 4 placed, 1 left for people to place." in table
    assert "“Damp walls” (row 2)" in table


def test_a_column_nobody_has_is_refused() -> None:
    with pytest.raises(ValueError, match="No row has a column 'text'; the first row has said, who"):
        analyse(ROWS, text_column="text")


def test_no_rows_give_no_themes() -> None:
    assert analyse([], text_column="text")["themes"] == []
