"""Reading a table: the content decides what kind of file it is, never the suffix."""

from __future__ import annotations

from collections.abc import Callable

from placeweave.formats import limits
from placeweave.formats.archives import looks_zipped
from placeweave.formats.problems import Unreadable
from placeweave.formats.tables.csv_text import read_csv
from placeweave.formats.tables.records import Table
from placeweave.formats.tables.xlsx import read_xlsx

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_WORKBOOK = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "a word-processor document",
}


def read_table(
    content: bytes,
    name: str,
    *,
    sheet: str | None = None,
    beside: str = "",
    report: Callable[[float], None] | None = None,
) -> Table:
    """Read a CSV or XLSX file into a table.

    Parameters
    ----------
    content
        The file as it was sent.
    name
        What to call it in sentences; its suffix is not trusted.
    sheet
        The sheet of a workbook to read; otherwise the first that holds anything.
    beside
        The sheet of a workbook that describes the table, in whatever case; it is never taken for the table itself.
    report
        Told now and then which share of a workbook has been read, as far as the workbook says how long it is.

    Raises
    ------
    Unreadable
        If the file as a whole cannot be a table.
    """
    limits.refuse_oversized(content, name)
    _refuse_foreign(content, name)
    if looks_zipped(content):
        return read_xlsx(content, name, sheet=sheet, beside=beside, report=report)
    return read_csv(content, name)


def _refuse_foreign(content: bytes, name: str) -> None:
    if not content.strip():
        raise Unreadable(f"{name} is empty; a row of column names was expected.")
    if content.startswith(_OLE_MAGIC):
        raise Unreadable(_ole(content, name))
    for magic, kind in _FOREIGN.items():
        if content.startswith(magic):
            raise Unreadable(f"{name} is {kind}, not a table; save it as CSV or XLSX.")


def _ole(content: bytes, name: str) -> str:
    if _ENCRYPTED_WORKBOOK in content:
        return f"{name} is protected by a password; save it without one."
    return f"{name} is in an older Office format (such as .xls); open it and save it as .xlsx or CSV."
