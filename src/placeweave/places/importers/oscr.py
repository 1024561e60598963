"""The register of Scottish charities, cut down to those that work in the council area of the place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.oscr import Charity, Register, read_register
from placeweave.formats.problems import Problem, Unreadable
from placeweave.kit import changes
from placeweave.kit.audit import Doer
from placeweave.kit.errors import Unsound
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.places import areas, services
from placeweave.places.areas import Area
from placeweave.places.importers.charities import Known, number_in_register, number_of, write
from placeweave.places.importers.ground import require_area
from placeweave.places.importers.rested import take_back_organisations
from placeweave.places.models import Organisation, OrganisationIdentifier, OrganisationName, RegisterEntry, Site

FORMAT = "oscr"
LICENCE = "Open Government Licence v3.0"
ATTRIBUTION = (
    "Contains information from the Scottish Charity Register supplied by the Office of the Scottish Charity Regulator "
    "and licensed under the Open Government Licence v3.0"
)


class CharityImporter:
    """Charities of a council area, with numbers, names, purposes and money; addresses stay with the team."""

    format = FORMAT
    label = gettext_lazy("Register of Scottish charities (OSCR, CSV)")
    permission = "places.edit_organisations"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Compare the charities of the place's council area with the organisations known here."""
        area = require_area(place_id)
        read = _read(upload)
        known, warnings = Known(place_id), _warnings(read)
        rows = [_row(one, area, known, warnings.get(one.row, [])) for one in read.charities]
        rows += _stopped(read)
        rows.sort(key=lambda row: row.row or 0)
        here = sum(_works_in(one, area) for one in read.charities)
        return Plan(
            rows,
            counts={_("charities of %s") % area.name: here},
            notes=[*_notes(read, area, here), *read.notes],
            licence=str(options.get("licence") or LICENCE),
            attribution=str(options.get("attribution") or ATTRIBUTION),
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write new and changed charities."""
        del by
        for row in plan.rows:
            if row.outcome in {Outcome.CREATED, Outcome.UPDATED}:
                write(row.record, batch)
        _mark_absent(batch, plan)
        services.look_again(batch.place_id)

    def undo(self, batch: Batch, *, by: Doer) -> None:
        """Take back what the batch made, and put back what it changed."""
        del by
        services.part_all_of(batch)
        for changed in (Organisation, RegisterEntry, Site):
            changes.take_back(changed._default_manager.all(), batch=batch)
        for made in (RegisterEntry, OrganisationIdentifier, OrganisationName, Site):
            made._default_manager.filter(batch=batch).exclude(organisation__batch=batch).delete()
        take_back_organisations(batch)


def _read(upload: Upload) -> Register:
    try:
        return read_register(upload.content, upload.name, report=upload.report)
    except Unreadable as fault:
        raise Unsound(str(fault)) from fault


def _works_in(charity: Charity, area: Area) -> bool:
    found = areas.called(charity.works_in)
    return found is not None and found.code == area.code


def _row(charity: Charity, area: Area, known: Known, warnings: list[str]) -> RowPlan:
    """Say what becomes of one charity; one that works elsewhere cannot be used here, and its row says so."""
    if areas.called(charity.works_in) is None:
        reason = (
            _("“%(name)s” is not a council area known here.")
            if charity.works_in
            else _("It does not say where it works.")
        )
        told = reason % {"name": charity.works_in} if charity.works_in else reason
        return _stop(charity, Outcome.HELD, "Main Operating Location", told, charity.works_in)
    if not _works_in(charity, area):
        reason = _("It works mainly in %(there)s; this place lies in %(here)s.")
        told = reason % {"there": charity.works_in, "here": area.name}
        return _stop(charity, Outcome.REJECTED, "Main Operating Location", told, charity.works_in)
    reading = number_of(charity)
    if not reading.is_sound:
        return _stop(charity, Outcome.HELD, "Charity Number", reading.reason, charity.number)
    if len(charity.name) > 200:
        return _stop(
            charity, Outcome.HELD, "Charity Name", _("At most 200 characters of a name are kept."), charity.name
        )
    if reading.value != charity.number:
        told = _("“%(written)s” is read as %(number)s.") % {"written": charity.number, "number": reading.value}
        warnings = [told, *warnings]
    if charity.works_in not in {area.name, area.council.name}:
        warnings = [*warnings, _("“%(old)s” is read as %(now)s.") % {"old": charity.works_in, "now": area.name}]
    return known.against(charity, reading.value, warnings)


def _stop(charity: Charity, outcome: Outcome, field: str, reason: str, value: str) -> RowPlan:
    return RowPlan(outcome, charity.row, key=charity.number, field=field, reason=reason, value=value)


def _warnings(read: Register) -> dict[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    for one in read.problems:
        if one.row is not None and one.severity == "warning":
            told[one.row].append(f"{one.field}: {one.reason}")
    for charity in read.charities:
        told[charity.row] += _noticed(charity)
    return told


def _noticed(charity: Charity) -> list[str]:
    noticed = []
    if charity.status and charity.status.casefold() != "active":
        noticed.append(_("The register says: %(status)s.") % {"status": charity.status})
    if not charity.postcode:
        noticed.append(_("There is no postcode."))
    if charity.objectives[:1] in {"=", "+", "-", "@"}:
        noticed.append(_("Objectives begin like a formula; they are kept as text and made harmless in every file."))
    return noticed


def _stopped(read: Register) -> list[RowPlan]:
    """Give each row that became no charity once, with the gravest reason that stopped it."""
    first: dict[int, Problem] = {}
    usable = {charity.row for charity in read.charities}
    for problem in read.problems:
        if problem.row is None or problem.row in usable or problem.severity not in {"held", "rejected"}:
            continue
        before = first.setdefault(problem.row, problem)
        if (before.severity, problem.severity) == ("held", "rejected"):
            first[problem.row] = problem
    return [
        RowPlan(
            Outcome.REJECTED if one.severity == "rejected" else Outcome.HELD,
            row,
            key=read.numbers.get(row, ""),
            field=one.field,
            reason=one.reason,
            value=one.value,
        )
        for row, one in first.items()
    ]


def _notes(read: Register, area: Area, here: int) -> list[str]:
    told = {"here": here, "area": area.name, "rows": f"{read.rows:,}"}
    return [
        _("%(here)s of %(rows)s rows are charities that work mainly in %(area)s; the others are left out.") % told,
        _("Addresses may be trustees’ homes: conveners and facilitators alone see them."),
    ]


def _mark_absent(batch: Batch, plan: Plan) -> None:
    """Mark what the newest file of this area no longer lists; nothing is deleted for being absent."""
    if not any(row.outcome in {Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED} for row in plan.rows):
        return
    listed = {number_in_register(row.key) for row in plan.rows}
    entries = RegisterEntry.objects.filter(organisation__place_id=batch.place_id, register=FORMAT)
    for entry in entries.exclude(batch=batch):
        if entry.in_latest_file != (entry.external_id in listed):
            changes.make(entry, {"in_latest_file": entry.external_id in listed}, batch=batch)
