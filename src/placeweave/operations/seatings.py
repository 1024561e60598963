"""Read who is to be seated, at which tables and by which rules: one small table for each."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import groupby
from pathlib import Path

from placeweave.engines.grouping.records import Person, Seat, Sitting, Table
from placeweave.operations.sheets import Cells, Sheet, known

_KEY = ("id", "key", "ref", "reference", "person", "name")
_PAIRS = ("one", "a", "first", "person a", "id a", "person", "id"), ("other", "b", "second", "person b", "id b", "with")
_TIMES = ("times", "count", "meetings")


def read_people(path: Path, organisation: str | None = None, mixed: Sequence[str] = ()) -> list[Person]:
    """Read people: ``id``; if known, ``name``, ``organisation``, ``needs`` and ``brings`` (lists with ;) and ``host``.

    Parameters
    ----------
    path : Path
    organisation : str, optional
        The column that says whom somebody comes from; otherwise ``organisation``, where there is one.
    mixed : sequence of str
        Further columns whose values are to be spread over the tables.

    Raises
    ------
    Unreadable
        If a column or a cell is not as it must be; the sentence names file, row, column and value.
    """
    sheet = Sheet(path, "people")
    key = sheet.column("person", *_KEY)
    by = sheet.column("organisation", organisation) if organisation else sheet.find("organisation", "organization")
    traits = {name: sheet.column("trait to mix", name) for name in mixed}
    seen: set[str] = set()
    people = []
    for number, row in sheet.rows:
        written = sheet.filled(number, row, key)
        if written in seen:
            sheet.refuse(number, key, written, "it is there already, and each person needs one of their own")
        seen.add(written)
        host = sheet.whole(number, row, sheet.find("host", "host of", "hosts table"), least=1)
        people.append(
            Person(
                key=written,
                organisation=sheet.text(row, by),
                traits={name: sheet.text(row, column) for name, column in traits.items()},
                needs=sheet.words(row, sheet.find("needs", "access needs")),
                brings=sheet.words(row, sheet.find("brings", "languages")),
                host_of=None if host is None else host - 1,
                name=sheet.text(row, sheet.find("name")),
            )
        )
    return people


def read_tables(path: Path) -> list[Table]:
    """Read tables in their order: ``seats`` and, if there is something, ``offers`` (a list with ;)."""
    sheet = Sheet(path, "tables")
    seats, offers = sheet.column("number of seats", "seats", "size", "capacity"), sheet.find("offers", "has")
    found = []
    for number, row in sheet.rows:
        sheet.filled(number, row, seats)
        found.append(Table(sheet.whole(number, row, seats, least=1) or 1, sheet.words(row, offers)))
    return found


def read_pairs(path: Path, people: Container[str]) -> list[tuple[str, str]]:
    """Read pairs of people: columns ``one`` and ``other``."""
    sheet = Sheet(path, "pairs")
    return [pair for number, row in sheet.rows for pair in [_pair(sheet, number, row, people)]]


def _pair(sheet: Sheet, number: int, row: Cells, people: Container[str] | None) -> tuple[str, str]:
    columns = [sheet.column("first person", *_PAIRS[0]), sheet.column("second person", *_PAIRS[1])]
    if people is None:
        one, other = (sheet.filled(number, row, column) for column in columns)
    else:
        one, other = (known(sheet, number, row, column, people) for column in columns)
    if one == other:
        sheet.refuse(number, columns[1], other, "a pair needs two people")
    return one, other


def read_sittings(path: Path) -> list[Sitting]:
    """Read who sat with whom: ``round`` (and ``session``), ``table`` and ``id``; people who are gone may be in it.

    Without a table, each row is a pair, ``one`` and ``other``, that met once or as many ``times`` as it says.
    """
    sheet = Sheet(path, "seats")
    if not sheet.find("table"):
        return [sitting for number, row in sheet.rows for sitting in _met(sheet, number, row)]
    rows = []
    for number, row in sheet.rows:
        at = [sheet.text(row, sheet.find(*names)) for names in (("session", "workshop", "date"), ("round",))]
        rows.append((at, _place(sheet, number, row), sheet.filled(number, row, sheet.column("person", *_KEY))))
    rows.sort(key=lambda one: [(len(part), part) for part in one[0]])
    return [_tables([(table, key) for _at, table, key in some]) for _at, some in groupby(rows, key=lambda one: one[0])]


def _met(sheet: Sheet, number: int, row: Cells) -> list[Sitting]:
    times = sheet.whole(number, row, sheet.find(*_TIMES))
    return [[_pair(sheet, number, row, None)]] * (1 if times is None else times)


def _tables(rows: Sequence[tuple[int, str]]) -> Sitting:
    return [[key for table, key in rows if table == at] for at in range(max(table for table, _key in rows) + 1)]


def _place(sheet: Sheet, number: int, row: Cells) -> int:
    column = sheet.column("table", "table")
    sheet.filled(number, row, column)
    return (sheet.whole(number, row, column, least=1) or 1) - 1


def read_seats(path: Path, people: Container[str]) -> list[Seat]:
    """Read seats that are fixed: ``round``, ``table`` and ``id``, counted from 1."""
    sheet = Sheet(path, "seats")
    key, when = sheet.column("person", *_KEY), sheet.column("round", "round")
    found = []
    for number, row in sheet.rows:
        sheet.filled(number, row, when)
        at = (sheet.whole(number, row, when, least=1) or 1) - 1
        found.append(Seat(known(sheet, number, row, key, people), at, _place(sheet, number, row)))
    return found
