"""Ranks by data zone: the zones of the place's council area, and never joined across vintages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.problems import Unreadable
from placeweave.formats.tables import Row, Table, read_table
from placeweave.kit import changes
from placeweave.kit.audit import Doer
from placeweave.kit.errors import Unsound
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.places import areas
from placeweave.places.areas import Area
from placeweave.places.importers.ground import require_area
from placeweave.places.models import ZoneFigures

LEAST_MATCH = 0.95
LICENCE = "Open Government Licence v3.0"
ATTRIBUTION = (
    "Scottish Index of Multiple Deprivation: Scottish Government, licensed under the Open Government Licence v3.0"
)
_INDEX = re.compile(r"(SIMD ?\d{4}(?:v\d+)?)[_ ]", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?%?")
SUPPRESSED = "*"


@dataclass(frozen=True)
class Change:
    """One zone to be written, over its record if there is one."""

    index: str
    zone: str
    name: str
    figures: dict[str, str]
    record: ZoneFigures | None = None


class ZoneImporter:
    """The Scottish Index of Multiple Deprivation, or any table of ranks by 2011 data zone."""

    format = "simd"
    label = gettext_lazy("Deprivation by data zone (SIMD ranks, CSV or XLSX)")
    permission = "places.edit_organisations"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Compare the zones of the place's council area with the figures known here."""
        area, columns = require_area(place_id), _Columns(_table(upload), upload.name)
        _refuse_other_vintage(columns, upload.name)
        _refuse_other_area(columns, area, upload.name)
        found = ZoneFigures.objects.filter(place=place_id, index=columns.index, vintage=areas.edition().zones)
        rows = list(_rows(columns, area, {one.zone: one for one in found}))
        here = sum(row.outcome not in {Outcome.REJECTED, Outcome.HELD} for row in rows)
        told = {"zones": here, "area": area.name, "vintage": areas.edition().zones}
        return Plan(
            rows,
            counts={_("data zones"): here},
            notes=[
                *columns.table.notes,
                _("%(zones)s data zones of %(area)s joined, vintage %(vintage)s.") % told,
            ],
            licence=str(options.get("licence") or LICENCE),
            attribution=str(options.get("attribution") or ATTRIBUTION),
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write new and changed zones."""
        del by
        for row in plan.rows:
            if row.outcome in {Outcome.CREATED, Outcome.UPDATED}:
                _write(row.record, batch)

    def undo(self, batch: Batch, *, by: Doer) -> None:
        """Take back the figures the batch made, and put back those it changed."""
        del by
        changes.take_back(ZoneFigures.objects.all(), batch=batch)
        ZoneFigures.objects.filter(batch=batch).delete()


def _table(upload: Upload) -> Table:
    try:
        return read_table(upload.content, upload.name, report=upload.report)
    except Unreadable as fault:
        raise Unsound(str(fault)) from fault


class _Columns:
    """Which columns of a table are the zone, its name, and figures."""

    def __init__(self, table: Table, file: str) -> None:
        self.table = table
        zone = table.column("Data_Zone", "Data Zone", "DataZone", "DZ", "DZ2011", "DZ2011_Code", "DZ_CODE")
        if zone is None:
            raise Unsound(_("%(file)s has no column of data zones, such as “Data_Zone”.") % {"file": file})
        self.zone = zone
        self.name = table.column("Intermediate_Zone", "Intermediate Zone", "DZ_NAME")
        self.ranks = [one for one in table.columns if one.casefold().endswith("rank")]
        if not self.ranks:
            raise Unsound(_("%(file)s has no column of ranks: their names end in “Rank”.") % {"file": file})
        texts = {self.zone, self.name, table.column("Council_area", "Council area")}
        self.figures = [one for one in table.columns if one not in texts]
        matched = next((found for one in self.ranks if (found := _INDEX.match(one))), None)
        self.index = matched[1] if matched else _("Index")

    def cell(self, row: Row, column: str | None) -> str:
        return row.cells[column].strip() if column else ""


def _refuse_other_vintage(columns: _Columns, file: str) -> None:
    wanted, zones = areas.edition().zones, [zone.strip() for zone in columns.table.values(columns.zone)]
    vintages = Counter(areas.vintage_of_zone(zone) for zone in zones)
    if vintages[wanted] >= LEAST_MATCH * len(zones):
        return
    other = vintages.most_common(1)[0][0] or _("no vintage known here")
    told = {
        "file": file,
        "matched": f"{vintages[wanted]:,}",
        "rows": f"{len(zones):,}",
        "wanted": wanted,
        "other": other,
    }
    raise Unsound(
        _(
            "%(matched)s of %(rows)s rows of %(file)s join the data zones of vintage %(wanted)s; most are of "
            "%(other)s. Fewer than 95 in 100 are never joined."
        )
        % told
    )


def _refuse_other_area(columns: _Columns, area: Area, file: str) -> None:
    zones = {zone.strip() for zone in columns.table.values(columns.zone)}
    found, whole = sum(area.has_zone(zone) for zone in zones), int(area.last_zone[3:]) - int(area.first_zone[3:]) + 1
    if found < LEAST_MATCH * whole:
        told = {"file": file, "found": found, "whole": whole, "area": area.name}
        raise Unsound(
            _(
                "%(file)s holds %(found)s of the %(whole)s data zones of %(area)s. "
                "Fewer than 95 in 100 would give a wrong picture."
            )
            % told
        )


def _rows(columns: _Columns, area: Area, known: Mapping[str, ZoneFigures]) -> Iterator[RowPlan]:
    seen: dict[str, int] = {}
    unusable = columns.table.held_rows()
    for row in columns.table.rows:
        zone = columns.cell(row, columns.zone)
        first = seen.setdefault(zone, row.number)
        if row.number in unusable:
            yield RowPlan(Outcome.HELD, row.number, key=zone, reason=_("This row has more cells than the header."))
        elif first != row.number:
            yield _stopped(row, Outcome.REJECTED, zone, _("Row %s of this file is about the same zone.") % first)
        elif not area.has_zone(zone):
            yield _stopped(row, Outcome.REJECTED, zone, _elsewhere(zone, area))
        else:
            yield _row(row, zone, columns, known.get(zone))


def _stopped(row: Row, outcome: Outcome, zone: str, reason: str) -> RowPlan:
    return RowPlan(outcome, row.number, key=zone, field="Data_Zone", reason=reason, value=zone)


def _elsewhere(zone: str, area: Area) -> str:
    if areas.vintage_of_zone(zone) != areas.edition().zones:
        return _("This is not a data zone of vintage %s.") % areas.edition().zones
    return _("It lies outside %s.") % area.name


def _row(row: Row, zone: str, columns: _Columns, record: ZoneFigures | None) -> RowPlan:
    figures, warnings = {}, []
    for column in columns.figures:
        written = columns.cell(row, column)
        if written == SUPPRESSED:
            warnings.append(_("%s is suppressed: neither 0 nor missing.") % column)
        elif _NUMBER.fullmatch(written):
            figures[_INDEX.sub("", column)] = written
        elif column in columns.ranks:
            reason = _("A rank is needed here, as a number.")
            return RowPlan(Outcome.HELD, row.number, key=zone, field=column, reason=reason, value=written)
    change = Change(columns.index, zone, columns.cell(row, columns.name)[:200], figures, record)
    outcome = Outcome.CREATED
    if record is not None:
        same = (record.figures, record.name) == (figures, change.name)
        outcome = Outcome.UNCHANGED if same else Outcome.UPDATED
    return RowPlan(outcome, row.number, key=zone, reason=" ".join(warnings), record=change)


def _write(change: Change, batch: Batch) -> None:
    if change.record is not None:
        changes.make(change.record, {"figures": change.figures, "name": change.name}, batch=batch)
        return
    ZoneFigures.objects.create(
        place_id=batch.place_id,
        index=change.index,
        vintage=areas.edition().zones,
        zone=change.zone,
        name=change.name,
        figures=change.figures,
        batch=batch,
    )
