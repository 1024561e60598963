"""Outlines of the place and of areas in it, from GeoJSON: kept for the map, and only those of its own council area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.geojson import Outline, Outlines, read_outlines
from placeweave.formats.problems import Unreadable
from placeweave.kit import changes
from placeweave.kit.audit import Doer
from placeweave.kit.errors import Unsound
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.places import areas
from placeweave.places.areas import Area
from placeweave.places.importers.ground import area_of
from placeweave.places.importers.zones import LEAST_MATCH
from placeweave.places.models import Boundary

_CODES = ("gss_code", "local_authority_code", "code", "dz_code", "datazone", "data_zone", "dzcode", "id", "reference")
_NAMES = ("name", "dz_name", "nm", "title", "label")


@dataclass(frozen=True)
class Change:
    """One outline to be written, over its record if there is one."""

    code: str
    name: str
    outline: Outline
    record: Boundary | None = None


class BoundaryImporter:
    """Outlines as GeoJSON."""

    format = "boundaries"
    label = gettext_lazy("Outlines for the map (GeoJSON)")
    permission = "places.edit_organisations"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Compare the outlines of a file with those of the place."""
        try:
            read = read_outlines(upload.content, upload.name)
        except Unreadable as fault:
            raise Unsound(str(fault)) from fault
        _refuse_other_vintage(read, upload.name)
        known = {one.code: one for one in Boundary.objects.filter(place=place_id)}
        area, seen = area_of(place_id), dict[str, int]()
        rows = [_row(one, area, known, seen) for one in read.outlines]
        rows += [
            RowPlan(Outcome.REJECTED, one.row, field=one.field, reason=one.reason, value=one.value)
            for one in read.problems
        ]
        rows.sort(key=lambda row: row.row or 0)
        return Plan(
            rows,
            counts={_("outlines"): len(read.outlines)},
            notes=[*read.notes, *_unnamed(options)],
            licence=str(options.get("licence") or ""),
            attribution=str(options.get("attribution") or ""),
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write new and changed outlines."""
        del by
        for row in plan.rows:
            if row.outcome in {Outcome.CREATED, Outcome.UPDATED}:
                _write(row.record, batch)

    def undo(self, batch: Batch, *, by: Doer) -> None:
        """Take back the outlines the batch made, and put back those it changed."""
        del by
        changes.take_back(Boundary.objects.all(), batch=batch)
        Boundary.objects.filter(batch=batch).delete()


def _unnamed(options: Mapping[str, Any]) -> list[str]:
    if options.get("attribution"):
        return []
    return [_("No source is named for these outlines. Most licences of boundaries ask for a line about their owner.")]


def _refuse_other_vintage(read: Outlines, file: str) -> None:
    vintages = [areas.vintage_of_zone(_code(one)) for one in read.outlines]
    zones, wanted = [one for one in vintages if one], areas.edition().zones
    matched = zones.count(wanted)
    if zones and matched < LEAST_MATCH * len(zones):
        other = max(set(zones), key=zones.count)
        told = {"file": file, "matched": matched, "zones": len(zones), "wanted": wanted, "other": other}
        raise Unsound(
            _(
                "%(matched)s of %(zones)s outlines of %(file)s join the data zones of vintage %(wanted)s; most are of "
                "%(other)s. Fewer than 95 in 100 are never joined."
            )
            % told
        )


def _first(outline: Outline, names: tuple[str, ...]) -> str:
    told = {name.casefold(): value for name, value in outline.properties.items()}
    return next((told[name] for name in names if name in told), "")


def _code(outline: Outline) -> str:
    return (_first(outline, _CODES) or _name(outline))[:40]


def _name(outline: Outline) -> str:
    return _first(outline, _NAMES)[:200]


def _row(outline: Outline, area: Area | None, known: Mapping[str, Boundary], seen: dict[str, int]) -> RowPlan:
    code = _code(outline)
    council = areas.coded(code)
    if not code:
        reason = _("It has neither a code nor a name, so it cannot be told which area it is.")
        return RowPlan(Outcome.HELD, outline.row, field="properties", reason=reason)
    if council is not None:
        code = council.current_code
    if (first := seen.setdefault(code, outline.row)) != outline.row:
        return _rejected(outline, code, _("Feature %s of this file is about the same area.") % first)
    if council is not None and area is not None and council.code != area.code:
        told = {"there": council.name, "here": area.name}
        return _rejected(outline, code, _("It is %(there)s; this place lies in %(here)s.") % told)
    if area is not None and areas.vintage_of_zone(code) and not area.has_zone(code):
        return _rejected(outline, code, _("It lies outside %s.") % area.name)
    record = known.get(code)
    change = Change(code, _name(outline) or code, outline, record)
    if record is None:
        return RowPlan(Outcome.CREATED, outline.row, key=code, record=change)
    same = (record.geometry, record.said, record.name) == (outline.geometry, outline.properties, change.name)
    return RowPlan(Outcome.UNCHANGED if same else Outcome.UPDATED, outline.row, key=code, record=change)


def _rejected(outline: Outline, code: str, reason: str) -> RowPlan:
    return RowPlan(Outcome.REJECTED, outline.row, key=code, reason=reason, value=_name(outline))


def _write(change: Change, batch: Batch) -> None:
    said = {"geometry": change.outline.geometry, "said": dict(change.outline.properties), "name": change.name}
    if change.record is not None:
        changes.make(change.record, said, batch=batch)
    else:
        Boundary.objects.create(place_id=batch.place_id, code=change.code, batch=batch, **said)
