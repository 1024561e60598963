"""Rows are read from four kinds of file, and a broken file is told of by line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from placeweave.formats.problems import Unreadable
from placeweave.operations.rows import read_rows

ROWS = [{"text": "The last bus leaves at six."}, {"text": "Nobody asked us."}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("said.jsonl", '{"text": "The last bus leaves at six."}\n\n{"text": "Nobody asked us."}\n'),
        ("said.json", '[{"text": "The last bus leaves at six."}, {"text": "Nobody asked us."}]'),
        ("said.csv", "text\nThe last bus leaves at six.\nNobody asked us.\n"),
    ],
)
def test_the_same_rows_come_from_each_kind_of_file(name: str, content: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    assert [dict(row) for row in read_rows(file)] == ROWS


def test_a_broken_line_is_named_with_its_column(tmp_path: Path) -> None:
    file = tmp_path / "said.jsonl"
    file.write_text('{"text": "fine"}\n{"text": oops}\n', encoding="utf-8")
    with pytest.raises(Unreadable, match="line 2, column 10"):
        read_rows(file)


def test_a_broken_list_is_named_with_its_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "said.json"
    file.write_text('[\n{"text": "fine"},\n{"text"}\n]', encoding="utf-8")
    with pytest.raises(Unreadable, match="line 3, column 8"):
        read_rows(file)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("said.jsonl", "[1]\n"),
        ("said.jsonl", "[" * 100_000),
        ("said.json", '{"text": "one"}'),
        ("said.json", "[" * 100_000),
        ("said.json", f"[{'9' * 5_000}]"),
    ],
)
def test_what_is_not_rows_is_refused(name: str, content: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable):
        read_rows(file)
