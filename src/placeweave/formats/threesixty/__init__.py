"""360Giving grants from JSON, CSV or XLSX: the same records whichever form they came in, and never a private person."""

from __future__ import annotations

from placeweave.formats.threesixty.reading import read_grants
from placeweave.formats.threesixty.records import Funder, Grant, GrantsFile, Location, Recipient
from placeweave.formats.threesixty.writing import write_grants, write_grants_csv, write_grants_xlsx

__all__ = [
    "Funder",
    "Grant",
    "GrantsFile",
    "Location",
    "Recipient",
    "read_grants",
    "write_grants",
    "write_grants_csv",
    "write_grants_xlsx",
]
