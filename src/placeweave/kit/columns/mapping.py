"""From an upload to a mapping: what is proposed, what was remembered, what a person settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from django.utils.translation import gettext as _

from placeweave.formats.problems import Unreadable
from placeweave.formats.tables import Table, header_fingerprint, read_table
from placeweave.kit.columns.spec import ColumnSpec
from placeweave.kit.errors import Unsound
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch, BatchQuestion, ColumnMapping

READING = 0.8
"""The share of the work that is reading the file; the rest is comparing its rows."""


@dataclass(frozen=True)
class Mapped:
    """Which column means what, which value silent rows get, and how the dates are written.

    ``day_first`` is None where the column itself decides. It travels in the options of a batch.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    remembered: bool = False

    def as_options(self) -> dict[str, Any]:
        """Give it as it is stored."""
        return {"columns": dict(self.columns), "defaults": dict(self.defaults), "day_first": self.day_first}

    @classmethod
    def from_options(cls, options: Mapping[str, Any], *, remembered: bool = False) -> Mapped:
        """Read it as it was stored."""
        return cls(
            options.get("columns") or {}, options.get("defaults") or {}, options.get("day_first"), remembered=remembered
        )


def table_of(upload: Upload) -> Table:
    """Read an uploaded CSV or XLSX, or refuse it in one sentence."""
    try:
        return read_table(upload.content, upload.name, report=lambda share: upload.report(READING * share))
    except Unreadable as fault:
        raise Unsound(str(fault)) from fault


def proposed(spec: ColumnSpec, table: Table, *, place_id: int) -> Mapped:
    """Propose a mapping: what was settled for the same header before, else what the headers seem to say."""
    kept = ColumnMapping.objects.filter(
        place_id=place_id, format=spec.format, header=header_fingerprint(table.columns)
    ).first()
    if kept is not None:
        mapped = Mapped.from_options(kept.mapping, remembered=True)
        columns = {name: table.column(header) or "" for name, header in mapped.columns.items()}
        return Mapped(columns, mapped.defaults, mapped.day_first, remembered=True)
    return Mapped(_guessed(spec, table))


def _guessed(spec: ColumnSpec, table: Table) -> dict[str, str]:
    taken: set[str] = set()
    columns: dict[str, str] = {}
    for target in spec.targets:
        found = table.column(target.name, target.name.replace("_", " "), str(target.label), *target.guesses)
        if found and found not in taken:
            columns[target.name] = found
            taken.add(found)
    return columns


def mapping_for(spec: ColumnSpec, table: Table, *, place_id: int, options: Mapping[str, Any]) -> Mapped:
    """Give the mapping a batch carries, else the proposed one; refuse where a required column is missing."""
    mapped = Mapped.from_options(options) if options.get("columns") else proposed(spec, table, place_id=place_id)
    columns = {name: table.column(header) or "" for name, header in mapped.columns.items() if header}
    missing = [str(target.label) for target in spec.required if not columns.get(target.name)]
    if missing:
        raise Unsound(
            _("No column of this file is said to hold %(missing)s. Its columns are: %(columns)s.")
            % {"missing": ", ".join(missing), "columns": _listed(table.columns)}
        )
    return Mapped(columns, mapped.defaults, mapped.day_first)


def _listed(columns: Sequence[str]) -> str:
    """Name columns, each no longer than a heading: a file of another kind may begin with a very long line."""
    return shorten(", ".join(one if len(one) <= 40 else f"{one[:39]}…" for one in columns[:12]), 240, placeholder=" …")


def remember(batch: Batch) -> None:
    """Keep what a person said the columns of a batch's file mean, for the next file with the same header."""
    asked = BatchQuestion.objects.get(batch=batch)
    ColumnMapping.objects.update_or_create(
        place_id=batch.place_id,
        format=batch.format,
        header=header_fingerprint(asked.about["columns"]),
        defaults={"mapping": Mapped.from_options(batch.options).as_options()},
    )
