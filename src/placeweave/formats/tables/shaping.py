"""From records of cells to a table: header names made usable, ragged rows told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from placeweave.formats import limits
from placeweave.formats.formulas import unguard
from placeweave.formats.problems import Problem, Unreadable
from placeweave.formats.tables.records import Row, comparable
from placeweave.formats.text import counted

Record = tuple[int, Sequence[str]]


@dataclass(slots=True)
class Shaped:
    """What becomes of the records of one file."""

    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unguarded: int = 0


def limited(records: Iterable[Record], name: str) -> Iterator[Record]:
    """Pass records on until there are more than a header and as many rows as one import may bring."""
    for rows_before, record in enumerate(records):
        limits.refuse_too_many_rows(rows_before, name)
        yield record


def shape(records: Iterable[Record], name: str, *, short_rows_are_told: bool) -> Shaped:
    """Take the first record that is not blank as the header and give the rest as rows.

    A short row is a fault in text; a workbook simply leaves out the empty cells at the end of a row.
    """
    filled = _filled(records)
    number, header = next(filled, (0, ()))
    if not number:
        raise Unreadable(f"{name} is empty; a row of column names was expected.")
    if len(header) > limits.MAX_COLUMNS:
        raise Unreadable(f"{name} has {len(header):,} columns; at most {limits.MAX_COLUMNS:,} are read.")
    body = list(filled)
    shaped = Shaped()
    shaped.columns = _columns(header, number, body, shaped.problems)
    for record in body:
        shaped.rows.append(_row(record, shaped, short_rows_are_told=short_rows_are_told))
    return shaped


def _filled(records: Iterable[Record]) -> Iterator[Record]:
    return ((number, cells) for number, cells in records if any(cell.strip() for cell in cells))


def _columns(header: Sequence[str], number: int, body: Sequence[Record], problems: list[Problem]) -> tuple[str, ...]:
    names = [" ".join(cell.split()) for cell in header]
    widest = max((_filled_width(cells) for _, cells in body), default=0)
    while len(names) > widest and not names[-1]:
        names.pop()  # trailing delimiters of a spreadsheet: a column with neither a name nor a cell
    taken: set[str] = set()
    for position, name in enumerate(names, start=1):
        names[position - 1] = _unused(name or f"Column {position}", taken)
        taken.add(comparable(names[position - 1]))
        if not name:
            problems.append(_header_problem(number, names[position - 1], f"Column {position} has no name.", ""))
        elif names[position - 1] != name:
            problems.append(
                _header_problem(
                    number, name, f"Two columns are called “{name}”; this one is read as “{names[position - 1]}”.", name
                )
            )
    return tuple(names)


def _filled_width(cells: Sequence[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _unused(name: str, taken: set[str]) -> str:
    candidate, copy = name, 1
    while comparable(candidate) in taken:
        copy += 1
        candidate = f"{name} ({copy})"
    return candidate


def _header_problem(number: int, field_name: str, reason: str, value: str) -> Problem:
    return Problem(number, field_name, reason, value, "warning")


def _row(record: Record, shaped: Shaped, *, short_rows_are_told: bool) -> Row:
    number, written = record
    cells = [unguard(cell) if cell.startswith("'") else cell for cell in written]
    if cells != written:
        shaped.unguarded += sum(cell != original for cell, original in zip(cells, written, strict=True))
    width = len(shaped.columns)
    extra = tuple(cells[width:])
    if len(cells) < width:
        if short_rows_are_told:
            has = f"This row has {counted(len(cells), 'cell')} where the header has {width}"
            reason = f"{has}; the missing ones are read as empty."
            shaped.problems.append(Problem(number, shaped.columns[len(cells)], reason, "", "warning"))
        cells.extend([""] * (width - len(cells)))
    elif any(cell.strip() for cell in extra):
        reason = (
            f"This row has {counted(len(cells), 'cell')} where the header has {width}: is a quotation mark missing?"
        )
        shaped.problems.append(Problem(number, "", reason, " | ".join(extra), "held"))
    else:
        extra = ()
    return Row(number, dict(zip(shaped.columns, cells, strict=False)), extra)
