"""What covers a council area and who plans there by law: a table that the first page of a new place writes itself.

Its columns are ``what`` (code or partner), ``name``, ``sector``, ``scheme``, ``code``, ``vintage``, ``takes part`` and
``note``, so a place in another country can bring one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.problems import Unreadable
from placeweave.formats.tables import Row, Table, read_table, write_csv
from placeweave.kit import changes
from placeweave.kit.audit import Doer
from placeweave.kit.errors import Unsound
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.places import areas
from placeweave.places.importers.rested import take_back_organisations
from placeweave.places.models import Organisation, OrganisationIdentifier, PlaceCode, Sector
from placeweave.places.services import identifiers

FORMAT = "footprint"
COLUMNS = ("what", "name", "sector", "scheme", "code", "vintage", "takes part", "note")
REQUIRED = COLUMNS[:2]


def table_of(area: areas.Area, *, duty_takes_part: bool = False) -> bytes:
    """Write the footprint of a council area as the file this importer reads."""
    vintage = areas.edition().vintage
    codes = [("code", one.name, "", one.scheme, one.code, vintage, "", "") for one in area.codes]
    partners = [
        (
            "partner",
            one.name,
            one.sector,
            one.code.scheme if one.code else "",
            one.code.code if one.code else "",
            vintage if one.code else "",
            "yes" if duty_takes_part and one.has_duty else "",
            one.note,
        )
        for one in areas.partners(area)
    ]
    return write_csv(COLUMNS, [*codes, *partners])


@dataclass(frozen=True)
class Said:
    """One row: a code of the place, or a body that plans there by law."""

    number: int
    what: str
    name: str
    sector: str
    scheme: str
    code: str
    vintage: str
    takes_part: bool
    note: str


@dataclass(frozen=True)
class Partnered:
    """A partner to be written, over the organisation of its name if there is one."""

    said: Said
    organisation: Organisation | None = None
    after: Mapping[str, Any] | None = None


class FootprintImporter:
    """Codes and statutory partners of a council area."""

    format = FORMAT
    label = gettext_lazy("Council area: its codes, and who plans there by law (CSV)")
    permission = "places.edit_organisations"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Compare a footprint with what the place knows."""
        table = _table(upload)
        known = _Known(place_id)
        rows = [known.row(one) if isinstance(one, Said) else one for one in _said(table)]
        told = areas.edition()
        return Plan(
            rows,
            counts={
                _("codes"): sum(_is(row, "code") for row in rows),
                _("partners"): sum(_is(row, "partner") for row in rows),
            },
            notes=[
                *table.notes,
                _("Boards of regional colleges are not in this table. Add the one of the area by hand."),
            ],
            licence=str(options.get("licence") or told.licence),
            attribution=str(options.get("attribution") or told.attribution),
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write codes and partners."""
        del by
        for row in plan.rows:
            if row.outcome not in {Outcome.CREATED, Outcome.UPDATED}:
                continue
            if isinstance(row.record, Said):
                PlaceCode.objects.create(place_id=batch.place_id, batch=batch, **_code(row.record))
            else:
                _write(row.record, batch)

    def undo(self, batch: Batch, *, by: Doer) -> None:
        """Take back the codes and partners the batch made, and put back what it changed."""
        del by
        changes.take_back(Organisation.objects.all(), batch=batch)
        OrganisationIdentifier.objects.filter(batch=batch).delete()
        PlaceCode.objects.filter(batch=batch).delete()
        take_back_organisations(batch)


def _is(row: RowPlan, what: str) -> bool:
    said = row.record.said if isinstance(row.record, Partnered) else row.record
    return isinstance(said, Said) and said.what == what


def _table(upload: Upload) -> Table:
    try:
        table = read_table(upload.content, upload.name, report=upload.report)
    except Unreadable as fault:
        raise Unsound(str(fault)) from fault
    missing = [column for column in REQUIRED if table.column(column) is None]
    if missing:
        told = {"file": upload.name, "columns": ", ".join(missing)}
        raise Unsound(_("%(file)s lacks columns that a footprint needs: %(columns)s.") % told)
    return table


def _said(table: Table) -> Iterator[Said | RowPlan]:
    unusable = {problem.row: problem for problem in table.problems if problem.row in table.held_rows()}
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        if fault := unusable.get(row.number):
            yield RowPlan(Outcome.HELD, row.number, field=fault.field, reason=fault.reason, value=fault.value)
            continue
        one = _read(row, table)
        first = seen.setdefault(_identity(one), row.number)
        yield _faulty(one, first) or one


def _identity(said: Said) -> tuple[str, ...]:
    return (said.what, said.name.casefold()) if said.what == "partner" else (said.what, said.scheme, said.code)


def _read(row: Row, table: Table) -> Said:
    def cell(name: str) -> str:
        column = table.column(name)
        return " ".join(row.cells[column].split()) if column else ""

    takes_part = cell("takes part").casefold() in {"yes", "y", "true", "1"}
    return Said(
        number=row.number,
        what=cell("what").casefold(),
        name=cell("name"),
        sector=cell("sector") or Sector.UNKNOWN,
        scheme=cell("scheme"),
        code=cell("code"),
        vintage=cell("vintage"),
        takes_part=takes_part,
        note=cell("note"),
    )


def _faulty(said: Said, first: int) -> RowPlan | None:
    if said.what not in {"code", "partner"}:
        reason = _("Each row is a “code” of the place or a “partner”; this one is neither.")
        return RowPlan(Outcome.REJECTED, said.number, field="what", reason=reason, value=said.what)
    missing = "name" if not said.name else "code" if said.what == "code" and not (said.scheme and said.code) else ""
    if missing:
        return RowPlan(Outcome.HELD, said.number, field=missing, reason=_("This is needed and is not there."))
    if said.what == "partner" and said.sector not in Sector.values:
        reason = _("“%(sector)s” is not a sector known here.") % {"sector": said.sector}
        return RowPlan(Outcome.HELD, said.number, field="sector", reason=reason, value=said.sector)
    if overlong := next((name for name, most in _MOST.items() if len(getattr(said, name)) > most), ""):
        reason = _("This is longer than the %(most)s characters that are kept here.") % {"most": _MOST[overlong]}
        return RowPlan(Outcome.REJECTED, said.number, field=overlong, reason=reason)
    if first != said.number:
        reason = _("Row %(first)s of this file says the same.") % {"first": first}
        return RowPlan(Outcome.REJECTED, said.number, key=said.name, reason=reason)
    return None


_MOST = {"name": 200, "scheme": 40, "code": 40, "vintage": 20, "note": 2000}


def _code(said: Said) -> dict[str, str]:
    return {"scheme": said.scheme, "code": said.code, "vintage": said.vintage}


class _Known:
    """What a place knows of codes and organisations, looked up once."""

    def __init__(self, place_id: int) -> None:
        self.codes = {(one.scheme, one.vintage): one.code for one in PlaceCode.objects.filter(place=place_id)}
        self.by_name: dict[str, Organisation] = {}
        found = Organisation.objects.filter(place=place_id).prefetch_related("names", "identifiers").order_by("-pk")
        for one in found:
            for name in (one.name, *(other.name for other in one.names.all())):
                self.by_name[name.casefold()] = one

    def row(self, said: Said) -> RowPlan:
        return self._partner(said) if said.what == "partner" else self._code(said)

    def _code(self, said: Said) -> RowPlan:
        here = self.codes.get((said.scheme, said.vintage))
        if here is None:
            return RowPlan(Outcome.CREATED, said.number, key=f"{said.scheme} {said.code}", record=said)
        if here == said.code:
            return RowPlan(Outcome.UNCHANGED, said.number, key=f"{said.scheme} {said.code}", record=said)
        reason = _("This place has %(here)s in that register. Take the earlier footprint back first, if it was wrong.")
        told = reason % {"here": here}
        return RowPlan(Outcome.CONFLICT, said.number, key=said.name, field="code", reason=told, value=said.code)

    def _partner(self, said: Said) -> RowPlan:
        organisation = self.by_name.get(said.name.casefold())
        if organisation is None:
            return RowPlan(Outcome.CREATED, said.number, key=said.name, record=Partnered(said))
        after: dict[str, Any] = {} if organisation.is_statutory else {"is_statutory": True}
        if said.takes_part and not organisation.is_partner:
            after["is_partner"] = True
        if organisation.sector == Sector.UNKNOWN != said.sector:
            after["sector"] = said.sector
        if _number(said) and str(_number(said)) not in {str(one) for one in organisation.identifiers.all()}:
            after["number"] = _number(said)
        outcome = Outcome.UPDATED if after else Outcome.UNCHANGED
        record = Partnered(said, organisation, after)
        return RowPlan(outcome, said.number, key=said.name, field=", ".join(after), record=record)


def _number(said: Said) -> OrganisationIdentifier | None:
    """Give the number by which registers know the body itself; the code of its area is the place's, not the body's."""
    reading = identifiers.read(said.scheme, said.code) if said.scheme in identifiers.SCHEMES and said.code else None
    if reading is None or not reading.is_sound:
        return None
    return OrganisationIdentifier(scheme=reading.scheme, value=reading.value, source=_("council area"))


def _write(partner: Partnered, batch: Batch) -> None:
    said, organisation = partner.said, partner.organisation
    if organisation is None:
        organisation = Organisation.objects.create(
            place_id=batch.place_id, name=said.name, sector=said.sector, description=said.note, is_statutory=True,
            is_partner=said.takes_part, batch=batch,
        )  # fmt: skip
        number = _number(said)
    else:
        after = dict(partner.after or {})
        number = after.pop("number", None)
        if after:
            changes.make(organisation, {**after, "version": organisation.version + 1}, batch=batch)
    if number is not None:
        number.organisation, number.batch = organisation, batch
        number.save()
