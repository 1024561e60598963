"""A table as plain records, whichever kind of file it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from placeweave.formats.problems import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the file counts them (the header is usually 1) and its cells by column.

    ``extra`` holds cells beyond the last column of the header; such a row is held.
    """

    number: int
    cells: Mapping[str, str]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table with everything the reader noticed about it.

    ``beside`` holds the cells of the sheet that describes the table, where a reader asked for one by name.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    serials_from: date | None = None
    beside: tuple[tuple[str, ...], ...] = ()
    _by_name: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the columns by name as people compare them."""
        object.__setattr__(self, "_by_name", {comparable(column): column for column in reversed(self.columns)})

    def column(self, *names: str) -> str | None:
        """Find the column that goes by any of these names, whatever its case."""
        return next((self._by_name[comparable(name)] for name in names if comparable(name) in self._by_name), None)

    def values(self, column: str) -> list[str]:
        """List the cells of one column from top to bottom."""
        return [row.cells[column] for row in self.rows]

    def held_rows(self) -> frozenset[int]:
        """Name the rows that need an answer before they can be used."""
        return frozenset(p.row for p in self.problems if p.row is not None and p.severity in {"held", "rejected"})


def comparable(header: str) -> str:
    """Reduce a header to what is compared: case and runs of spaces do not matter."""
    return " ".join(header.split()).casefold()


def header_fingerprint(columns: Iterable[str]) -> str:
    """Give the same answer for the same columns in any order or case, so that a mapping can be remembered."""
    joined = "\x1f".join(sorted(comparable(column) for column in columns))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
