"""Reading a sheet of an XLSX workbook in read-only mode."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from placeweave.formats import limits
from placeweave.formats.archives import open_zip, refuse_nested
from placeweave.formats.formulas import unguard
from placeweave.formats.money import plain_number
from placeweave.formats.problems import Problem, Unreadable
from placeweave.formats.tables.csv_text import unguarded_note
from placeweave.formats.tables.records import Table
from placeweave.formats.tables.shaping import Record, limited, shape
from placeweave.formats.text import NO_BREAK_SPACE

# openpyxl lets whatever went wrong inside a damaged workbook come through; these are what it has been seen to raise.
_DAMAGE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error, ParseError,
    ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, TypeError, ValueError,
)  # fmt: skip
_SIGNIFICANT_DIGITS = ".15g"  # what a spreadsheet itself keeps; the rest is binary noise
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORKBOOK = "xl/workbook.xml"
_SHEETS = "xl/worksheets/"
_EMPTY_ROW = re.compile(rb'<row\b[^>]*\br="\d+"[^>]*/>')
_LAST_ROW = 1_048_576  # the last row that a spreadsheet itself has
_TOLD_EVERY = 1000


@dataclass(frozen=True, slots=True)
class _Opened:
    """What openpyxl had to say, before any of it is judged."""

    title: str
    records: list[Record]
    others: list[str]
    serials_from: date
    lost: list[tuple[int, int, str]]
    beside: list[Record]


def read_xlsx(
    content: bytes,
    name: str,
    *,
    sheet: str | None = None,
    beside: str = "",
    report: Callable[[float], None] | None = None,
) -> Table:
    """Read one sheet: the one named, else the first that holds anything and is not the one beside it."""
    _refuse_unsafe(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles and validations we do not read anyway
            opened = _open(_without_empty_rows(content), name, sheet, beside, report or _to_nobody)
    except _DAMAGE as fault:
        raise Unreadable(f"{name} is a damaged workbook and cannot be read; open it and save it again.") from fault
    shaped = shape(opened.records, name, short_rows_are_told=False)
    notes = [f"Read the sheet “{opened.title}”; not read: {_quoted(opened.others)}."] if opened.others else []
    if shaped.unguarded:
        notes.append(unguarded_note(shaped.unguarded))
    return Table(
        columns=shaped.columns,
        rows=tuple(shaped.rows),
        sheet=opened.title,
        notes=tuple(notes),
        problems=(*shaped.problems, *(_lost_result(lost, shaped.columns) for lost in opened.lost)),
        serials_from=opened.serials_from,
        beside=tuple(tuple(map(unguard, cells)) for _number, cells in opened.beside),
    )


def _refuse_unsafe(content: bytes, name: str) -> None:
    with open_zip(content, name) as archive:
        names = archive.namelist()
    refuse_nested(names, name)
    if _WORKBOOK not in names:
        raise Unreadable(f"{name} is a zip, but not an XLSX workbook; a CSV or XLSX table was expected.")


def _without_empty_rows(content: bytes) -> bytes:
    """Leave out rows that hold no cell: a sheet that was formatted to its end has a million of them.

    The rows that stay carry their own numbers, so each is still told by its place in the sheet.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        sheets = [name for name in whole.namelist() if name.startswith(_SHEETS)]
        shorter = {name: _EMPTY_ROW.subn(b"", whole.read(name)) for name in sheets}
        if not any(count for _rest, count in shorter.values()):
            return content
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as kept:
            for name in whole.namelist():
                kept.writestr(name, shorter[name][0] if name in shorter else whole.read(name))
    return held.getvalue()


def _to_nobody(share: float) -> None:
    """Tell nobody how far the reading has come."""


def _open(content: bytes, name: str, sheet: str | None, beside: str, report: Callable[[float], None]) -> _Opened:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        visible = [one for one in book.worksheets if one.sheet_state == "visible"]
        described = [one for one in visible if beside and one.title.casefold() == beside.casefold()]
        title, records, others = _chosen([one for one in visible if one not in described], name, sheet, report)
        lost = _results_not_saved(content, title)
        told = [record for one in described for record in limited(_records(one, name, report), name)]
        return _Opened(title, records, others, book.epoch.date(), lost, told)
    finally:
        book.close()


def _chosen(
    sheets: list[Any], name: str, wanted: str | None, report: Callable[[float], None]
) -> tuple[str, list[Record], list[str]]:
    if wanted is not None:
        sheets.sort(key=lambda sheet: sheet.title != wanted)
        if not sheets or sheets[0].title != wanted:
            raise Unreadable(f"{name} has no sheet called “{wanted}”.")
        return wanted, list(limited(_records(sheets[0], name, report), name)), []
    filled = [
        (sheet.title, records) for sheet in sheets if (records := list(limited(_records(sheet, name, report), name)))
    ]
    if not filled:
        raise Unreadable(f"{name} is empty; a row of column names was expected.")
    title, records = filled[0]
    return title, records, [other for other, _ in filled[1:]]


def _quoted(titles: list[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles)


def _records(sheet: Any, name: str, report: Callable[[float], None]) -> Iterator[Record]:
    claimed = sheet.max_row or limits.MAX_ROWS
    sheet.reset_dimensions()  # the size a file claims for itself is not to be believed, but good enough to guess by
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > _LAST_ROW:
            raise Unreadable(f"{name} says that it has more than {_LAST_ROW:,} rows, which no spreadsheet has.")
        if len(cells) > limits.MAX_COLUMNS:
            raise Unreadable(f"{name} has {len(cells):,} columns; at most {limits.MAX_COLUMNS:,} are read.")
        if number % _TOLD_EVERY == 0:
            report(min(number / claimed, 1.0))
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, texts


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _unescaped(value).replace(NO_BREAK_SPACE, " ")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    return _moment(value)


def _unescaped(text: str) -> str:
    """Undo the workbook's own spelling of characters (``_x000D_`` is a carriage return), keeping line ends plain."""
    if "_x" in text:
        text = _ESCAPED.sub(_meant, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _meant(escaped: re.Match[str]) -> str:
    character = chr(int(escaped[1], 16))
    return character if character in "\t\n\r" or character.isprintable() else ""


def _number(value: float, number_format: str | None) -> str:
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, _SIGNIFICANT_DIGITS))
    written = plain_number(exact)
    if number_format and written.isdigit() and set(number_format) == {"0"}:
        return written.zfill(len(number_format))  # a company number shown as 06402143 is stored as 6402143
    return written


def _moment(value: datetime | date | time | timedelta | object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _results_not_saved(content: bytes, title: str) -> list[tuple[int, int, str]]:
    """Find formulas whose result the file does not hold: they would otherwise read as silently empty."""
    if not _holds_formulas(content):
        return []
    formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    results = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    pairs = (
        pair
        for rows in zip(formulas[title].iter_rows(), results[title].iter_rows(), strict=False)
        for pair in zip(*rows, strict=False)
    )
    lost = [(cell.row, cell.column, str(cell.value)) for cell, result in pairs if _is_lost(cell, result)]
    formulas.close()
    results.close()
    return lost


def _holds_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith(_SHEETS)]
        return any(b"<f" in archive.read(name) for name in sheets)


def _is_lost(formula: Any, result: Any) -> bool:
    return formula.value is not None and formula.data_type == "f" and result.value is None


def _lost_result(lost: tuple[int, int, str], columns: tuple[str, ...]) -> Problem:
    row, column, formula = lost
    reason = "This cell holds a formula whose result was not saved; open the workbook, save it and send it again."
    return Problem(row, columns[column - 1] if column <= len(columns) else "", reason, formula, "held")
