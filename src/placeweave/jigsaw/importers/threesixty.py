"""Grants in the 360Giving standard: flows of money and the organisations at both ends, never a private person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.problems import Problem, Unreadable
from placeweave.formats.threesixty import Grant, GrantsFile, read_grants
from placeweave.jigsaw.importers.organisations import Directory, Party
from placeweave.jigsaw.models import FundingFlow
from placeweave.kit import changes
from placeweave.kit.audit import Doer
from placeweave.kit.errors import Unsound
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, BatchChange, Outcome
from placeweave.places import services
from placeweave.places.importers.rested import take_back_organisations
from placeweave.places.models import SourceRecord

STANDARD = "360giving"
_LIMITS = {"external_id": 160, "title": 1000, "programme": 600, "url": 1000}
_FIELDS = (
    "title", "description", "currency", "amount", "awarded_on", "starts_on", "ends_on", "end_is_derived", "funder",
    "recipient", "programme", "url", "flags", "extra", "source_says", "modified", "in_latest_file",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A grant to be written, over the flow that has its id if there is one."""

    grant: Grant
    flow: FundingFlow | None = None


def _read(upload: Upload, *, day_first: bool | None) -> GrantsFile:
    try:
        return read_grants(upload.content, upload.name, day_first=day_first, report=upload.report)
    except Unreadable as fault:
        raise Unsound(str(fault)) from fault


def open_dates(upload: Upload) -> Mapping[str, str]:
    """Give the question about dates that a file leaves open, or nothing."""
    question = _read(upload, day_first=None).date_question
    return {"question": question} if question else {}


class GrantImporter:
    """360Giving from JSON, CSV or XLSX: the same flows whichever form the file came in."""

    format = STANDARD
    label = gettext_lazy("Grants in the 360Giving standard (JSON, CSV or XLSX)")
    permission = "jigsaw.import_files"

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Compare the grants of a file with the flows of the place."""
        day_first = options.get("day_first")
        read = _read(upload, day_first=day_first if isinstance(day_first, bool) else None)
        known = {one.external_id: one for one in FundingFlow.objects.filter(place=place_id, standard=STANDARD)}
        warnings = _warnings(read)
        rows = [_warned(_row(one, known.get(one.external_id)), warnings[one.row]) for one in read.grants]
        rows += _stopped(read)
        rows.sort(key=lambda row: (row.row or 0, row.outcome))
        publisher = read.publisher or _one_funder(read.grants)
        return Plan(
            rows,
            counts={_("grants"): len(read.grants), _("organisations"): len(_parties(read.grants))},
            notes=[*_notes(read), *read.notes],
            licence=read.licence,
            attribution=read.attribution or (publisher and _("Grants: %s, in the 360Giving standard") % publisher),
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write new and changed grants, with the organisations they name."""
        del by
        said = [row.record for row in plan.rows if row.outcome in {Outcome.CREATED, Outcome.UPDATED}]
        directory = Directory(batch, _parties([one.grant for one in said]))
        FundingFlow.objects.bulk_create(
            [_flow(one.grant, directory, batch) for one in said if one.flow is None], batch_size=500
        )
        altered = [_altered(one.flow, one.grant, directory, batch) for one in said if one.flow is not None]
        BatchChange.objects.bulk_create(altered, batch_size=500)
        _mark_absent(batch, plan)

    def undo(self, batch: Batch, *, by: Doer) -> None:
        """Take back flows and organisations the batch made, and put back what it changed."""
        del by
        services.part_all_of(batch)
        changes.take_back(FundingFlow.objects.all(), batch=batch)
        FundingFlow.objects.filter(batch=batch).delete()
        SourceRecord.objects.filter(batch=batch).exclude(organisation__batch=batch).delete()
        take_back_organisations(batch)


def _one_funder(grants: Sequence[Grant]) -> str:
    names = {grant.funder.name for grant in grants}
    return names.pop() if len(names) == 1 else ""


def _parties(grants: Sequence[Grant]) -> list[Party]:
    found = {Party.of_funder(grant.funder) for grant in grants}
    found |= {Party.of_recipient(grant.recipient) for grant in grants if grant.recipient}
    return sorted(found, key=lambda party: (party.external_id, party.name, party.charity_number, party.company_number))


def _written(grant: Grant) -> dict[str, str]:
    """Give what the standard's own fields say, as text; extra columns differ between forms of one file."""
    recipient = grant.recipient
    return {
        "title": grant.title,
        "description": grant.description,
        "currency": grant.currency,
        "amount": f"{grant.amount:.2f}",
        "award_date": str(grant.award_date),
        "planned_start": str(grant.planned_start or ""),
        "planned_end": str(grant.planned_end or ""),
        "funder": f"{grant.funder.external_id} {grant.funder.name}",
        "recipient": f"{recipient.external_id} {recipient.name}" if recipient else "",
        "programme": grant.programme,
        "url": grant.url,
    }


def _row(grant: Grant, flow: FundingFlow | None) -> RowPlan:
    if unfit := _unfit(grant):
        field, reason, value = unfit
        return RowPlan(Outcome.HELD, grant.row, key=grant.external_id, field=field, reason=reason, value=value)
    if flow is None:
        return RowPlan(Outcome.CREATED, grant.row, key=grant.external_id, record=Change(grant))
    written = _written(grant)
    changed = [name for name, value in written.items() if flow.source_says.get(name) != value]
    modified = grant.modified.isoformat() if grant.modified else ""
    if not changed:
        return RowPlan(Outcome.UNCHANGED, grant.row, key=grant.external_id, record=Change(grant, flow))
    if modified and flow.modified and modified < flow.modified:
        reason = _("The record here is newer than this row, so it stays.")
        return RowPlan(Outcome.UNCHANGED, grant.row, key=grant.external_id, reason=reason, record=Change(grant, flow))
    return RowPlan(
        Outcome.UPDATED, grant.row, key=grant.external_id, field=", ".join(changed), record=Change(grant, flow)
    )


def _unfit(grant: Grant) -> tuple[str, str, str] | None:
    """Give the field that cannot be kept as it is, why, and what it says."""
    for name, limit in _LIMITS.items():
        written = str(getattr(grant, name))
        if len(written) > limit:
            told = {"field": name, "length": len(written), "limit": limit}
            return name, _("%(field)s is %(length)s characters long; at most %(limit)s are kept here.") % told, written
    if grant.amount != grant.amount.quantize(Decimal("0.01")) or abs(grant.amount) >= Decimal(10) ** 14:
        return "amount", _("This amount cannot be kept to the penny: %s.") % grant.amount, str(grant.amount)
    return None


def _warnings(read: GrantsFile) -> Mapping[int, list[Problem]]:
    found: dict[int, list[Problem]] = defaultdict(list)
    for problem in read.problems:
        if problem.row is not None and problem.severity == "warning":
            found[problem.row].append(problem)
    return found


def _warned(row: RowPlan, warnings: Sequence[Problem]) -> RowPlan:
    """Say on a row that comes in, or is here already, what a person may want to look at in it."""
    if not warnings or row.outcome == Outcome.HELD:
        return row
    told = [row.reason, *(f"{one.field}: {one.reason}" for one in warnings)]
    return replace(row, reason=" ".join(filter(None, told)), value=warnings[0].value)


def _stopped(read: GrantsFile) -> list[RowPlan]:
    """Give each row that became no grant once, with the first reason that stopped it."""
    first: dict[int, Problem] = {}
    for problem in read.problems:
        if problem.row is not None and problem.severity in {"held", "rejected"}:
            before = first.get(problem.row)
            if before is None or (problem.severity, before.severity) == ("rejected", "held"):
                first[problem.row] = problem
    return [
        RowPlan(
            Outcome.REJECTED if one.severity == "rejected" else Outcome.HELD,
            row,
            key=read.ids.get(row, ""),
            field=one.field,
            reason=one.reason,
            value=one.value,
        )
        for row, one in sorted(first.items())
    ]


def _is_of_the_file(problem: Problem) -> bool:
    return problem.row is None and problem.severity == "warning"


def _notes(read: GrantsFile) -> list[str]:
    told = [_("Total: %(amount)s %(currency)s.") % {"amount": f"{total:,.2f}", "currency": currency}
            for currency, total in sorted(read.totals.items())]  # fmt: skip
    told += [f"{one.field}: {one.reason} ({one.value})" for one in read.problems if _is_of_the_file(one)]
    if read.date_question:
        told.append(_("The dates wait for an answer: %s") % read.date_question)
    told.append(
        _("Columns outside the standard's own fields are kept, but a difference in them alone is not a change.")
    )
    return told


def _flow(grant: Grant, directory: Directory, batch: Batch) -> FundingFlow:
    flow = FundingFlow(place_id=batch.place_id, standard=STANDARD, external_id=grant.external_id, batch=batch)
    _take(flow, grant, directory)
    return flow


def _take(flow: FundingFlow, grant: Grant, directory: Directory) -> None:
    flow.title, flow.description, flow.currency, flow.amount = (
        grant.title, grant.description, grant.currency, grant.amount,
    )  # fmt: skip
    flow.awarded_on, flow.starts_on, flow.ends_on = grant.award_date, grant.planned_start, grant.planned_end
    flow.end_is_derived = grant.planned_end_derived
    written = _written(grant)
    before = flow.source_says
    if before.get("funder") != written["funder"]:  # else whoever a person has put it with since keeps it
        flow.funder = directory.find(Party.of_funder(grant.funder))
    if before.get("recipient") != written["recipient"]:
        flow.recipient = directory.find(Party.of_recipient(grant.recipient)) if grant.recipient else None
    flow.programme, flow.url, flow.flags = grant.programme, grant.url, _flags(grant)
    flow.extra = _extra(grant)
    flow.source_says = written
    flow.modified = grant.modified.isoformat() if grant.modified else ""
    flow.in_latest_file = True


def _flags(grant: Grant) -> list[str]:
    return [*grant.flags, "to_individual"] if grant.individual else list(grant.flags)


def _extra(grant: Grant) -> dict[str, Any]:
    extra: dict[str, Any] = dict(grant.extra)
    if grant.locations:
        extra["locations"] = [[one.name, one.geo_code, one.geo_code_type] for one in grant.locations]
    if grant.data_source:
        extra["dataSource"] = grant.data_source
    return extra


def _altered(flow: FundingFlow, grant: Grant, directory: Directory, batch: Batch) -> BatchChange:
    before = changes.stored(flow, _FIELDS)
    _take(flow, grant, directory)
    flow.save()
    return changes.noted(flow, before, batch=batch)


def _mark_absent(batch: Batch, plan: Plan) -> None:
    """Mark what these funders' newest file no longer lists; nothing is deleted for being absent."""
    named = {row.key for row in plan.rows}
    funders = {row.record.grant.funder.external_id for row in plan.rows if isinstance(row.record, Change)}
    earlier = FundingFlow.objects.filter(place_id=batch.place_id, standard=STANDARD).exclude(batch=batch)
    for flow in earlier.only("external_id", "source_says", "in_latest_file"):
        theirs = str(flow.source_says.get("funder", "")).split(" ", 1)[0] in funders
        is_listed = flow.external_id in named
        if theirs and flow.in_latest_file != is_listed:
            changes.make(flow, {"in_latest_file": is_listed}, batch=batch)
