"""The column wizard: a person says once what the columns of a table mean; the same table is known again next time.

A room describes what it wants to know (:class:`ColumnSpec`), and gets read rows (:func:`read_rows`), a form
(:class:`MappingForm`) and the steps between an upload and its preview (:func:`begin`, :func:`settle`).
"""

from __future__ import annotations

from placeweave.kit.columns.mapping import Mapped, begin, proposed, settle, table_of, table_of_batch
from placeweave.kit.columns.reading import MappedRow, Reading, read_rows
from placeweave.kit.columns.spec import ColumnSpec, Target
from placeweave.kit.columns.wizard import MappingForm, sample

__all__ = [
    "ColumnSpec",
    "Mapped",
    "MappedRow",
    "MappingForm",
    "Reading",
    "Target",
    "begin",
    "proposed",
    "read_rows",
    "sample",
    "settle",
    "table_of",
    "table_of_batch",
]
