"""Tables from strangers: CSV and XLSX in, one shape out; and tables of ours, with every formula inert."""

from __future__ import annotations

from placeweave.formats.dates import DateCell, DateReading, settle_dates
from placeweave.formats.money import MoneyCell, read_money
from placeweave.formats.tables.reading import read_table
from placeweave.formats.tables.records import Row, Table, header_fingerprint
from placeweave.formats.tables.writing import Cell, Sheet, write_csv, write_xlsx

__all__ = [
    "Cell",
    "DateCell",
    "DateReading",
    "MoneyCell",
    "Row",
    "Sheet",
    "Table",
    "header_fingerprint",
    "read_money",
    "read_table",
    "settle_dates",
    "write_csv",
    "write_xlsx",
]
