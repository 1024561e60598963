"""Read a file of rows for an engine: one object a line, a list of objects, or a table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from placeweave.formats import limits
from placeweave.formats.problems import Unreadable
from placeweave.formats.tables import read_table
from placeweave.formats.text import decode

Rows = Sequence[Mapping[str, Any]]


def read_rows(file: Path) -> Rows:
    """Read a file of rows, whichever of the four kinds it is."""
    content = file.read_bytes()
    if file.suffix.lower() == ".jsonl":
        return [_record(line, file.name, number) for number, line in _lines(content, file.name)]
    if file.suffix.lower() == ".json":
        return _list_of_records(content, file.name)
    return [dict(row.cells) for row in read_table(content, file.name).rows]


def _lines(content: bytes, name: str) -> list[tuple[int, str]]:
    lines = decode(content, name).text.split("\n")
    limits.refuse_too_many_rows(len(lines), name)
    return [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _record(line: str, name: str, number: int) -> Mapping[str, Any]:
    record = _parsed(line, name, first_line=number)
    if not isinstance(record, dict):
        raise Unreadable(f"{name} holds no object at line {number}; each line must be one object.")
    return record


def _list_of_records(content: bytes, name: str) -> Rows:
    records = _parsed(decode(content, name).text, name)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Unreadable(f"{name} must hold one list of objects.")
    limits.refuse_too_many_rows(len(records), name)
    return records


def _parsed(text: str, name: str, *, first_line: int = 1) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {first_line + error.lineno - 1}, column {error.colno}"
        raise Unreadable(f"{name} is not sound JSON at {where}: {error.msg}.") from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"{name} is JSON of a kind that no table needs.") from error
