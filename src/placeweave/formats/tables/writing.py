"""Writing tables that any spreadsheet opens and no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook

from placeweave.formats.formulas import guard
from placeweave.formats.money import plain_number

Cell = str | int | float | Decimal | date | bool | None

_SHEET_TITLE_FORBIDDEN = re.compile(r"[\\*?:/\[\]]")
_SHEET_TITLE_LENGTH = 31
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CELL_LENGTH = 32_767
_CUT = " … (cut here: a spreadsheet cell holds no more)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to be written."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = True) -> bytes:
    """Write a CSV as UTF-8 with CRLF line ends.

    The byte order mark lets Excel see that it is UTF-8; leave it out for formats that other programs parse.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guard(column) for column in columns])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8", "replace")


def write_xlsx(sheets: Mapping[str, Sheet]) -> bytes:
    """Write a workbook, one sheet for each title, under the same rule for formulas."""
    book = Workbook(write_only=True)
    for title, sheet in sheets.items():
        page = book.create_sheet(_SHEET_TITLE_FORBIDDEN.sub(" ", title)[:_SHEET_TITLE_LENGTH])
        page.append([_laid(column) for column in sheet.columns])
        for row in sheet.rows:
            page.append([_laid(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, Decimal):
        return plain_number(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return guard(cell) if isinstance(cell, str) else str(cell)


def _laid(cell: Cell) -> str | int | float | Decimal | date | bool | None:
    if isinstance(cell, str):
        return _fitting(_escaped(guard(_UNWRITABLE.sub("\ufffd", cell.replace("\r\n", "\n").replace("\r", "\n")))))
    if isinstance(cell, datetime):
        return cell.isoformat()  # a workbook cannot hold a time zone
    return cell


def _escaped(text: str) -> str:
    """Spell the underscore of a text such as ``_x000D_``, which a workbook would take for a character."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def _fitting(text: str) -> str:
    return text if len(text) <= _CELL_LENGTH else text[: _CELL_LENGTH - len(_CUT)] + _CUT
