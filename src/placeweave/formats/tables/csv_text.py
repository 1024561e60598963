"""Reading comma-, semicolon- and tab-separated text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from placeweave.formats import limits
from placeweave.formats.problems import Unreadable
from placeweave.formats.tables.records import Table
from placeweave.formats.tables.shaping import Record, Shaped, limited, shape
from placeweave.formats.text import counted, decode

_DELIMITERS = (",", ";", "\t")
_SPOKEN = {";": "semicolons", "\t": "tabs"}
_SAMPLE = 20
_LAST_LINE = "\x03"
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

# The csv module refuses cells over 128 KB unless told otherwise; a long contribution is not a fault.
csv.field_size_limit(limits.MAX_BYTES)


def read_csv(content: bytes, name: str) -> Table:
    """Read delimited text, finding out its encoding and delimiter and telling both."""
    decoded = decode(content, name)
    text, notes = decoded.text, list(decoded.notes)
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else _sniffed(text)
    records = _records(text[declared.end() :] if declared else text, delimiter, name, notes)
    if declared:
        records = [(number + 1, cells) for number, cells in records]
    shaped = shape(records, name, short_rows_are_told=True)
    _note_truncation(text, shaped)
    if delimiter in _SPOKEN:
        notes.append(f"The columns are separated by {_SPOKEN[delimiter]}.")
    if shaped.unguarded:
        notes.append(unguarded_note(shaped.unguarded))
    return Table(
        columns=shaped.columns,
        rows=tuple(shaped.rows),
        encoding=decoded.encoding,
        delimiter=delimiter,
        notes=tuple(notes),
        problems=tuple(shaped.problems),
    )


def unguarded_note(count: int) -> str:
    """Say that apostrophes were taken off."""
    return f"{counted(count, 'cell')} held a formula made inert with an apostrophe; the apostrophe was removed."


def _sniffed(text: str) -> str:
    """Choose the delimiter that cuts the first records alike, and the header into most cells; else a comma."""
    return max(_DELIMITERS, key=lambda delimiter: _fit(_widths(text, delimiter)))


def _fit(widths: Sequence[int]) -> tuple[bool, int]:
    if not widths or widths[0] == 1:
        return False, 0
    return len(set(widths)) == 1, widths[0]


def _widths(text: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    with suppress(csv.Error):  # a quoted cell that ends in the wrong place: this is not the delimiter
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
            if len(widths) == _SAMPLE:
                break
    return widths


def _records(text: str, delimiter: str, name: str, notes: list[str]) -> list[Record]:
    try:
        return _strictly_parsed(text, delimiter, name)
    except csv.Error:
        notes.append("Some quotation marks are not doubled as they should be; check the cells that hold them.")
        return _leniently_parsed(text, delimiter, name)


def _strictly_parsed(text: str, delimiter: str, name: str) -> list[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Record] = []
    try:
        records.extend(_numbered(reader, name))
    except csv.Error as fault:
        if "unexpected end of data" not in str(fault):
            raise
        last = f" after row {records[-1][0]:,}" if records else ""
        raise Unreadable(f"{name} has a quotation mark{last} that is never closed; was the file cut short?") from fault
    return records


def _leniently_parsed(text: str, delimiter: str, name: str) -> list[Record]:
    """Accept stray quotation marks; a last line of our own comes out whole only if none was left open."""
    lines = io.StringIO(f"{text}\n{_LAST_LINE}", newline="")
    records = list(_numbered(csv.reader(lines, delimiter=delimiter), name))
    if records.pop()[1] != [_LAST_LINE]:
        raise Unreadable(f"{name} has a quotation mark that is never closed; was the file cut short?")
    return records


def _numbered(reader: Iterable[list[str]], name: str) -> Iterator[Record]:
    """Number the records as the file counts them, passing over blank ones: a file may be nothing but line ends."""
    filled = ((number, cells) for number, cells in enumerate(reader, start=1) if any(cells))
    return limited(filled, name)


def _note_truncation(text: str, shaped: Shaped) -> None:
    """Hold a last row that is short and has no line end: its last figure may have lost digits."""
    if not shaped.rows or text.endswith(("\n", "\r")) or not shaped.problems:
        return
    last = shaped.problems[-1]
    if last.row == shaped.rows[-1].number and last.severity == "warning":
        reason = "The file ends in the middle of this row; was it cut short?"
        shaped.problems[-1] = replace(last, reason=reason, severity="held")
