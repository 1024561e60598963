"""Services of a directory as pieces of the jigsaw: Open Referral UK and ALISS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.hsds import Location, Services, read_aliss, read_services
from placeweave.formats.hsds import Service as Listed
from placeweave.formats.problems import Unreadable
from placeweave.jigsaw.importers.holders import Holders
from placeweave.jigsaw.importers.records import differences, edited_by_people, refuse_if_built_on
from placeweave.jigsaw.models import Piece, PieceKind, Service
from placeweave.jigsaw.opening import opening_times
from placeweave.kit import changes
from placeweave.kit.audit import Doer
from placeweave.kit.changes import plain
from placeweave.kit.errors import Unsound
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.places.importers.rested import take_back_organisations
from placeweave.places.models import Organisation, OrganisationIdentifier, Site

_NOT_SAID = frozenset({"row", "id", "name", "description"})


@dataclass(frozen=True)
class Change:
    """A service to be written, over its piece if it has one."""

    listed: Listed
    piece: Piece | None = None
    after: Mapping[str, Any] | None = None


def said_by(listed: Listed) -> dict[str, Any]:
    """Give an entry as it is kept: plain values, no empty field, the words of the piece itself left to the piece."""
    told = asdict(listed)
    return {
        one.name: _jsonable(told[one.name]) for one in fields(listed) if one.name not in _NOT_SAID and told[one.name]
    }


def _jsonable(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_jsonable(one) for one in value]
    return {name: _jsonable(one) for name, one in value.items()} if isinstance(value, dict) else value


def of_piece(listed: Listed) -> dict[str, Any]:
    """Give what an entry says of the piece itself."""
    return {
        "title": listed.name[:160],
        "note": listed.description[:2000],
        "when": opening_times(listed.schedules)[:160],
        "is_gone": not listed.is_active,
    }


class _DirectoryImporter:
    """Reads one kind of directory; the two differ in their files only."""

    format: str
    label: str | Promise
    permission = "jigsaw.import_files"
    reader: Callable[[bytes, str], Services]

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Compare the services of a file with the pieces of the place."""
        try:
            read = self.reader(upload.content, upload.name)
        except Unreadable as fault:
            raise Unsound(str(fault)) from fault
        pieces = Piece.objects.filter(place=place_id, service__directory=self.format)
        known = {one.service.external_id: one for one in pieces.select_related("service", "organisation")}
        holders, warnings = Holders(place_id, self.format), _warnings(read)
        rows = [_row(one, known.get(one.id), holders, " ".join(warnings[one.row])) for one in read.services]
        rows += _stopped(read)
        rows.sort(key=lambda row: row.row or 0)
        counts = {_("services"): len(read.services), _("organisations"): len({one.holder.id for one in read.services})}
        return Plan(
            rows,
            counts=counts,
            notes=[*read.notes, _("Contact people are left out. A service that is not active is kept and set aside.")],
            licence=read.licence or str(options.get("licence") or ""),
            attribution=read.attribution or str(options.get("attribution") or ""),
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write new and changed services with who offers them."""
        del by
        holders = Holders(batch.place_id, self.format)
        for row in plan.rows:
            if row.outcome == Outcome.CREATED:
                _make(row.record.listed, holders, batch)
            elif row.outcome == Outcome.UPDATED:
                _alter(row.record, batch)

    def undo(self, batch: Batch, *, by: Doer) -> None:
        """Take back services and organisations the batch made, and put back what it changed."""
        del by
        made = Piece.objects.filter(batch=batch)
        refuse_if_built_on(made)
        made.delete()
        changes.take_back(Piece.objects.all(), batch=batch)
        changes.take_back(Service.objects.all(), batch=batch)
        for beside in (OrganisationIdentifier, Site):
            beside._default_manager.filter(batch=batch).exclude(organisation__batch=batch).delete()
        take_back_organisations(batch)


def _row(listed: Listed, piece: Piece | None, holders: Holders, warning: str) -> RowPlan:
    if piece is None:
        if holders.find(listed.holder) is None:
            warning = " ".join(filter(None, (warning, _("“%s” is new here.") % listed.holder.name)))
        return RowPlan(Outcome.CREATED, listed.row, key=listed.name, reason=warning, record=Change(listed))
    new = differences(piece, of_piece(listed))
    ours = edited_by_people(piece, new, piece.source_says)
    file_moved = [name for name in new if piece.source_says.get(name) != new[name]]
    told = [name for name in ours if name in file_moved]
    if told:
        here, there = (str(one or "–")[:120] for one in (plain(getattr(piece, told[0])), new[told[0]]))
        reason = _("A person wrote this here, and the file says otherwise. Here: %(here)s. The file: %(file)s.")
        return RowPlan(
            Outcome.CONFLICT, listed.row, key=piece.title, field=told[0], reason=reason % {"here": here, "file": there}
        )
    after = {name: value for name, value in new.items() if name not in ours}
    if not after and piece.service.said == said_by(listed):
        return RowPlan(Outcome.UNCHANGED, listed.row, key=piece.title, reason=warning, record=Change(listed, piece))
    changed = [*after, *(["details"] if piece.service.said != said_by(listed) else [])]
    record = Change(listed, piece, after)
    return RowPlan(
        Outcome.UPDATED, listed.row, key=piece.title, field=", ".join(changed), reason=warning, record=record
    )


def _make(listed: Listed, holders: Holders, batch: Batch) -> None:
    organisation, said = holders.find_or_make(listed.holder, batch), of_piece(listed)
    piece = Piece.objects.create(
        place_id=batch.place_id,
        organisation=organisation,
        kind=PieceKind.SERVICE,
        sharability=Piece.Sharability.OPEN,
        external_id=f"{holders.directory}:{listed.id}",
        source_says=said,
        batch=batch,
        **said,
    )
    Service.objects.create(
        piece=piece, directory=holders.directory, external_id=listed.id, said=said_by(listed), batch=batch
    )
    for place in listed.locations:
        _site(organisation, place, batch)


def _site(organisation: Organisation, place: Location, batch: Batch) -> None:
    """Keep where a service is, which the directory has published already, unless it is known."""
    label = place.name or place.address
    if label and not organisation.sites.filter(label=label, postcode=place.postcode[:10]).exists():
        Site.objects.create(
            organisation=organisation, label=label, postcode=place.postcode[:10], is_private=False, batch=batch
        )


def _alter(change: Change, batch: Batch) -> None:
    piece = change.piece
    assert piece is not None  # noqa: S101 - an updated row always names its piece
    if change.after:
        says = piece.source_says | of_piece(change.listed)
        changes.make(piece, {**change.after, "version": piece.version + 1, "source_says": says}, batch=batch)
    if piece.service.said != said_by(change.listed):
        changes.make(piece.service, {"said": said_by(change.listed)}, batch=batch)


def _warnings(read: Services) -> Mapping[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    for one in read.problems:
        if one.row is not None and one.severity == "warning":
            told[one.row].append(f"{one.field}: {one.reason}")
    return told


def _stopped(read: Services) -> list[RowPlan]:
    outcomes = {"held": Outcome.HELD, "rejected": Outcome.REJECTED}
    usable = {one.row for one in read.services}
    first = {one.row: one for one in reversed(read.problems) if one.row not in usable and one.severity in outcomes}
    return [
        RowPlan(outcomes[one.severity], row, field=one.field, reason=one.reason, value=one.value)
        for row, one in first.items()
    ]


class ServiceImporter(_DirectoryImporter):
    """Open Referral UK 3.0, as a feed's page or a zip of its tables."""

    format = "hsds"
    label = gettext_lazy("Services in Open Referral UK (JSON, or a zip of its tables)")
    reader = staticmethod(read_services)


class AlissImporter(_DirectoryImporter):
    """What ALISS answered, saved as a file."""

    format = "aliss"
    label = gettext_lazy("Services from ALISS (JSON)")
    reader = staticmethod(read_aliss)
