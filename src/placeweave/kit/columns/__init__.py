"""The column wizard: a person says once what the columns of a table mean; the same table is known again next time.

A room describes what it wants to know (:class:`ColumnSpec`), and gets read rows (:func:`read_rows`) and the question
between an upload and its preview (:func:`question`, asked by its :class:`MappingForm`).
"""

from __future__ import annotations

from placeweave.kit.columns.mapping import Mapped, proposed, table_of
from placeweave.kit.columns.reading import MappedRow, Reading, read_rows
from placeweave.kit.columns.spec import ColumnSpec, Target
from placeweave.kit.columns.wizard import MappingForm, question

__all__ = [
    "ColumnSpec",
    "Mapped",
    "MappedRow",
    "MappingForm",
    "Reading",
    "Target",
    "proposed",
    "question",
    "read_rows",
    "table_of",
]
