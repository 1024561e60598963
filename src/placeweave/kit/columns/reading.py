"""Reading the rows of a table through a mapping: values of the right kind, or one sentence why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from placeweave.formats.tables import DateReading, Row, Table, read_money, settle_dates
from placeweave.formats.text import without_controls
from placeweave.kit.columns.mapping import Mapped, mapping_for
from placeweave.kit.columns.spec import ColumnSpec, Target
from placeweave.kit.imports import RowPlan
from placeweave.kit.models import Outcome

Value = str | bool | date | Decimal | None
_YES = frozenset({"yes", "y", "true", "1", "ja", "x", "✓"})
_NO = frozenset({"no", "n", "false", "0", ""})
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")  # 12,000.50 can be one sum only; 12,50 could be two
_FAULTS = {"held": Outcome.HELD, "rejected": Outcome.REJECTED}


@dataclass(frozen=True)
class MappedRow:
    """One row as a room sees it: values by target, unknown columns in ``extra``, and what is wrong with it if anything.

    ``said`` lists the targets the row itself speaks of; the others hold their defaults.
    """

    number: int
    values: Mapping[str, Value] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    fault: RowPlan | None = None
    warning: str = ""

    def text(self, name: str) -> str:
        """Give a value as text; nothing is an empty text."""
        value = self.values.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Reading:
    """All rows of a table, and the sentences the reader has to tell."""

    rows: Sequence[MappedRow]
    notes: Sequence[str]
    mapped: Mapped


class _Fault(Exception):
    def __init__(self, outcome: Outcome, target: Target, reason: str, value: str) -> None:
        super().__init__(reason)
        self.outcome, self.target, self.reason, self.value = outcome, target, reason, value


def read_rows(spec: ColumnSpec, table: Table, *, place_id: int, options: Mapping[str, Any]) -> Reading:
    """Read every row through the mapping in ``options`` (else the remembered, else the guessed one).

    Raises
    ------
    Unsound
        If no column is mapped to a required target.
    """
    mapped = mapping_for(spec, table, place_id=place_id, options=options)
    reader = _Reader(spec, table, mapped)
    rows = [reader.row(row) for row in table.rows]
    return Reading(rows, [*table.notes, *reader.notes()], mapped)


class _Reader:
    """Reads rows of one table with everything that holds for all of them looked up once."""

    def __init__(self, spec: ColumnSpec, table: Table, mapped: Mapped) -> None:
        self.spec, self.mapped = spec, mapped
        self.unmapped = [column for column in table.columns if column not in mapped.columns.values()]
        self.dates = {target.name: self._dates(target, table) for target in spec.targets if self._is_dated(target)}
        self.problems = {p.row: p for p in table.problems if p.severity in {"held", "rejected"}}
        self.warnings = {p.row: p.reason for p in table.problems if p.severity == "warning"}
        self.keys: set[tuple[str, str]] = set()
        self.cleaned = 0

    def _is_dated(self, target: Target) -> bool:
        return target.kind == "date" and target.name in self.mapped.columns

    def _dates(self, target: Target, table: Table) -> DateReading:
        values = table.values(self.mapped.columns[target.name])
        return settle_dates(values, day_first=self.mapped.day_first, serials_from=table.serials_from)

    def notes(self) -> list[str]:
        told = []
        if self.unmapped:
            told.append(_("Columns kept beside the row, without a meaning here: %s.") % ", ".join(self.unmapped[:12]))
        if self.cleaned:
            told.append(_("Control characters were taken out of %s cells.") % self.cleaned)
        return told

    def row(self, row: Row) -> MappedRow:
        if problem := self.problems.get(row.number):
            outcome = _FAULTS[problem.severity]
            fault = RowPlan(outcome, row.number, field=problem.field, reason=problem.reason, value=problem.value)
            return MappedRow(row.number, fault=fault)
        try:
            values = {target.name: self._value(target, row) for target in self.spec.targets}
        except _Fault as fault:
            header = self.mapped.columns.get(fault.target.name, str(fault.target.label))
            plan = RowPlan(fault.outcome, row.number, field=header, reason=fault.reason, value=fault.value)
            return MappedRow(row.number, fault=plan)
        extra = {column: cell for column in self.unmapped if (cell := self._clean(row.cells.get(column, "")))}
        said = frozenset(target.name for target in self.spec.targets if self._cell(target, row))
        return MappedRow(row.number, values, extra, said, warning=self.warnings.get(row.number, ""))

    def _clean(self, cell: str) -> str:
        cleaned, removed = without_controls(cell)
        self.cleaned += bool(removed)
        return cleaned.strip()

    def _cell(self, target: Target, row: Row) -> str:
        header = self.mapped.columns.get(target.name)
        return row.cells.get(header, "").strip() if header else ""

    def _value(self, target: Target, row: Row) -> Value:
        cell = self._clean(self._cell(target, row))
        if not cell:
            return self._silent(target)
        value = _READERS[target.kind](self, target, cell)
        if target.is_key:
            self._refuse_repeat(target, cell)
        return value

    def _silent(self, target: Target) -> Value:
        if target.required:
            raise _Fault(Outcome.HELD, target, _("This row says nothing here, and it is needed."), "")
        if target.kind == "flag":
            return False
        if target.kind in {"date", "money"}:
            return None
        return self.mapped.defaults.get(target.name) or target.default

    def _refuse_repeat(self, target: Target, cell: str) -> None:
        if (target.name, cell) in self.keys:
            raise _Fault(Outcome.REJECTED, target, _("This number is used twice in the file."), cell)
        self.keys.add((target.name, cell))

    def words(self, target: Target, cell: str) -> Value:
        if len(cell) > target.max_length:
            reason = _("This is %(length)s characters long; at most %(limit)s are kept here.")
            raise _Fault(Outcome.HELD, target, reason % {"length": len(cell), "limit": target.max_length}, "")
        return cell

    def date(self, target: Target, cell: str) -> Value:
        read = self.dates[target.name].read(cell)
        if read.value is None:
            raise _Fault(_FAULTS[read.severity or "held"], target, read.reason, cell)
        return read.value

    def choice(self, target: Target, cell: str) -> Value:
        value = target.value_of(cell)
        if value is None:
            known = ", ".join(str(label) for _value, label in target.choices)
            raise _Fault(Outcome.HELD, target, _("This is not one of: %s.") % known, cell)
        return value

    def flag(self, target: Target, cell: str) -> Value:
        spoken = cell.casefold()
        if spoken in _YES or spoken in _NO:
            return spoken in _YES
        raise _Fault(Outcome.HELD, target, _("Write yes or no here."), cell)

    def money(self, target: Target, cell: str) -> Value:
        read = read_money(cell)
        amount = read.offered if _GROUPED.fullmatch(cell) else read.value
        if amount is None:
            raise _Fault(Outcome.HELD, target, read.reason, cell)
        if amount < 0:
            raise _Fault(Outcome.HELD, target, _("An amount of money here is 0 or more."), cell)
        return amount


_READERS = {
    "words": _Reader.words,
    "date": _Reader.date,
    "choice": _Reader.choice,
    "flag": _Reader.flag,
    "money": _Reader.money,
}
