"""Read a table for an engine cell by cell, so that what is wrong is told with file, row, column and value."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from placeweave.formats.problems import Unreadable
from placeweave.formats.tables import read_table
from placeweave.operations.rows import read_rows

Cells = Mapping[str, Any]
_SHOWN = 40


class Sheet:
    """A file of rows (CSV, XLSX, JSON or JSON lines) whose columns are found by any of their usual names."""

    def __init__(self, path: Path, noun: str) -> None:
        self.name = path.name
        self.rows: list[tuple[int, Cells]] = list(_numbered(path))
        if not self.rows:
            raise Unreadable(f"{path.name} holds no {noun}.")
        self.headings = list(dict.fromkeys(str(name) for _number, row in self.rows for name in row))

    def find(self, *names: str) -> str:
        """Give the heading that is one of these names, whatever its case; empty where there is none."""
        plain = {_plain(one): one for one in reversed(self.headings)}
        return next((plain[_plain(one)] for one in names if _plain(one) in plain), "")

    def column(self, what: str, *names: str) -> str:
        """Give the heading for something that must be there.

        Raises
        ------
        Unreadable
            Naming the columns there are.
        """
        found = self.find(*names)
        if not found:
            there = ", ".join(self.headings)
            raise Unreadable(f"{self.name} has no column for the {what} (such as {names[0]}); it has {there}.")
        return found

    def text(self, row: Cells, column: str) -> str:
        """Give a cell without the spaces around it; empty where there is no such column or cell."""
        value = row.get(column) if column else None
        return "" if value is None else str(value).strip()

    def filled(self, number: int, row: Cells, column: str) -> str:
        """Give a cell that may not be empty."""
        return self.text(row, column) or self.refuse(number, column, "", "it may not be empty")

    def whole(self, number: int, row: Cells, column: str, *, least: int = 0) -> int | None:
        """Give a whole number, or ``None`` for an empty cell."""
        written = self.text(row, column)
        if not written:
            return None
        try:
            figure = int(written)
        except ValueError:
            figure = least - 1
        if not least <= figure < 10**9:
            self.refuse(number, column, written, f"it must be a whole number from {least} up")
        return figure

    def day(self, number: int, row: Cells, column: str) -> date | None:
        """Give a day written as 2026-03-31, or ``None`` for an empty cell."""
        written = self.text(row, column)
        try:
            return date.fromisoformat(written[:10]) if written else None
        except ValueError:
            self.refuse(number, column, written, "it must be a day such as 2026-03-31")

    def words(self, row: Cells, column: str) -> frozenset[str]:
        """Give the parts of a cell that lists several things with semicolons."""
        return frozenset(one.strip() for one in self.text(row, column).split(";") if one.strip())

    def refuse(self, number: int, column: str, value: str, reason: str) -> NoReturn:
        """Refuse the file for one cell."""
        told = f"“{value[:_SHOWN]}”" if value else "empty"
        raise Unreadable(f"{self.name}, row {number}: {column} is {told}; {reason}.")


def known(sheet: Sheet, number: int, row: Cells, column: str, keys: Container[str]) -> str:
    """Give a cell that must be one of these keys."""
    key = sheet.filled(number, row, column)
    if key not in keys:
        sheet.refuse(number, column, key, "nobody of that id is among the people")
    return key


def _numbered(path: Path) -> Iterable[tuple[int, Cells]]:
    if path.suffix.lower() in {".json", ".jsonl"}:
        yield from enumerate(read_rows(path), start=1)
        return
    for row in read_table(path.read_bytes(), path.name).rows:
        if row.extra:
            value = ", ".join(row.extra)[:_SHOWN]
            raise Unreadable(f"{path.name}, row {row.number}: “{value}” stands beyond the last column of the header.")
        if any(str(cell).strip() for cell in row.cells.values()):
            yield row.number, row.cells


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
