"""Read offers and needs for the matching engine: a table each, one offer or need a row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from placeweave.engines.matching.records import Need, Offer
from placeweave.formats.problems import Unreadable
from placeweave.operations.rows import read_rows

_SPELLINGS = {
    "key": "id key ref reference",
    "kind": "kind type category",
    "place": "place where neighbourhood area",
    "audience": "audience people for group",
    "when": "when hours time times",
    "title": "title name what",
}
_PRIORITIES = {"later": 1.0, "soon": 2.0, "pressing": 3.0}
Row = Mapping[str, Any]


def read_offers(path: Path) -> list[Offer]:
    """Read a table of offers: ``kind``; if known, ``id``, ``capacity``, ``place``, ``audience``, ``when``, ``title``.

    Raises
    ------
    Unreadable
        If a column or a figure is not as it must be; the sentence names the file, the row and the column.
    """
    table = _Table(path, "offers", amount="capacity quantity amount units")
    return [
        Offer(table.key(row, number), table.kind(row, number), table.amount(row, number), **table.words(row))
        for number, row in table.rows
    ]


def read_needs(path: Path) -> list[Need]:
    """Read a table of needs: as offers, with ``quantity`` and ``priority`` (1 to 3, or later, soon, pressing)."""
    table = _Table(path, "needs", amount="quantity capacity amount units")
    return [
        Need(
            table.key(row, number),
            table.kind(row, number),
            table.amount(row, number),
            table.priority(row, number),
            **table.words(row),
        )
        for number, row in table.rows
    ]


class _Table:
    """A file of rows with its columns found by any of their usual names."""

    def __init__(self, path: Path, noun: str, *, amount: str) -> None:
        self.name = path.name
        rows = read_rows(path)
        if not rows:
            raise Unreadable(f"{path.name} holds no {noun}.")
        self.rows = list(enumerate(rows, start=2))
        known = {str(name).strip().casefold(): str(name) for name in rows[0]}
        spellings = _SPELLINGS | {"amount": amount, "priority": "priority urgency"}
        self.columns = {
            field: next((known[one] for one in names.split() if one in known), "") for field, names in spellings.items()
        }
        if not self.columns["kind"]:
            raise Unreadable(f"{path.name} has no column for the kind (such as kind); it has {', '.join(known)}.")

    def _cell(self, row: Row, field: str) -> str:
        value = row.get(self.columns[field]) if self.columns[field] else None
        return "" if value is None else str(value).strip()

    def key(self, row: Row, number: int) -> str:
        """Give the id of a row; without one, its row in the file."""
        return self._cell(row, "key") or f"row {number}"

    def kind(self, row: Row, number: int) -> str:
        """Give the kind, which every row must have: kinds are never mixed."""
        kind = self._cell(row, "kind")
        if not kind:
            raise Unreadable(f"{self.name}, row {number}: the kind is empty, and nothing is matched without one.")
        return kind

    def amount(self, row: Row, number: int) -> float:
        """Give how much there is, or is wanted: 1 where nothing is written."""
        return self._figure(row, number, "amount", empty=1.0)

    def priority(self, row: Row, number: int) -> float:
        """Give how pressing it is, 2 where nothing is written."""
        word = self._cell(row, "priority").casefold()
        return _PRIORITIES[word] if word in _PRIORITIES else self._figure(row, number, "priority", empty=2.0)

    def _figure(self, row: Row, number: int, field: str, *, empty: float) -> float:
        written = self._cell(row, field)
        if not written:
            return empty
        try:
            figure = float(written.replace(",", ""))
        except ValueError:
            figure = -1.0
        if not 0 <= figure < 1e12:
            column = self.columns[field]
            raise Unreadable(f"{self.name}, row {number}: {column} is “{written[:40]}”; it must be a number from 0 up.")
        return figure

    def words(self, row: Row) -> dict[str, str]:
        """Give what else is said of it."""
        return {field: self._cell(row, field) for field in ("place", "audience", "when", "title")}
