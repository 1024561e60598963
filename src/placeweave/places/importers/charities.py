"""What one charity of a register becomes here: an organisation found by its number and name, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from placeweave.engines import linkage
from placeweave.formats.money import plain_number
from placeweave.formats.oscr import Charity
from placeweave.kit import changes
from placeweave.kit.imports import RowPlan
from placeweave.kit.models import Batch, Outcome
from placeweave.places.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    RegisterEntry,
    Sector,
    Site,
)
from placeweave.places.services import identifiers
from placeweave.places.services.identifiers import Reading

SCHEME = "GB-SC"
SOURCE = "OSCR"
_NOT_SAID = frozenset({"row", "number", "registered_on", "money"})


@dataclass(frozen=True)
class Change:
    """A charity to be written: over its entry, or beside an organisation that has its number, or as a new one."""

    number: str
    said: dict[str, Any]
    organisation: Organisation | None = None
    entry: RegisterEntry | None = None


def number_of(charity: Charity) -> Reading:
    """Take the number as the register's own, if it is one."""
    return identifiers.read(SCHEME, charity.number)


def number_in_register(written: str) -> str:
    """Give a number as the register writes it, or as it stands where it is none."""
    reading = identifiers.read(SCHEME, written)
    return reading.value if reading.is_sound else written


def said_by(charity: Charity) -> dict[str, Any]:
    """Give what the register says of a charity as it is kept: no empty fields, money as text."""
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(charity).items()}
    said = {name: value for name, value in said.items() if value and name not in _NOT_SAID}
    if charity.registered_on:
        said["registered_on"] = charity.registered_on.isoformat()
    if charity.money:
        said["money"] = {column: plain_number(amount) for column, amount in charity.money.items()}
    return said


class Known:
    """The organisations of a place by the numbers and names that charities are found by."""

    def __init__(self, place_id: int) -> None:
        entries = RegisterEntry.objects.filter(organisation__place=place_id, register=RegisterEntry.Register.OSCR)
        self.entries = {one.external_id: one for one in entries.select_related("organisation")}
        self.numbered: dict[str, list[Organisation]] = defaultdict(list)
        numbers = OrganisationIdentifier.objects.filter(organisation__place=place_id, scheme=SCHEME)
        numbers = numbers.filter(organisation__merged_into=None).exclude(status=OrganisationIdentifier.Status.DISPUTED)
        for one in numbers.select_related("organisation").prefetch_related("organisation__names").order_by("pk"):
            self.numbered[one.value].append(one.organisation)
        self.names = {
            linkage.canonical(name)
            for name in Organisation.objects.filter(place=place_id).values_list("name", flat=True)
        }

    def against(self, charity: Charity, number: str, warnings: Sequence[str]) -> RowPlan:
        """Compare a charity with what is known; its number alone proves nothing."""
        said = said_by(charity)
        if entry := self.entries.get(number):
            return self._with_entry(charity, Change(number, said, entry.organisation, entry), warnings)
        if found := self.numbered[number]:
            return self._numbered(charity, Change(number, said), found, warnings)
        told = list(warnings)
        if linkage.canonical(charity.name) in self.names:
            told.append(
                _("An organisation of this name is here already, without this number; a person may find they are one.")
            )
        return RowPlan(Outcome.CREATED, charity.row, key=number, reason=" ".join(told), record=Change(number, said))

    def _numbered(
        self, charity: Charity, change: Change, found: Sequence[Organisation], warnings: Sequence[str]
    ) -> RowPlan:
        for organisation in found:
            theirs = {
                linkage.canonical(organisation.name),
                *(linkage.canonical(one.name) for one in organisation.names.all()),
            }
            if {linkage.canonical(charity.name), linkage.canonical(charity.known_as)} & theirs:
                told = [_("It is here already by this number and name."), *warnings]
                linked = Change(change.number, change.said, organisation)
                return RowPlan(Outcome.UPDATED, charity.row, key=change.number, reason=" ".join(told), record=linked)
        reason = _("“%(here)s” has this number here: renamed, or a wrong number?") % {"here": found[0].name}
        return RowPlan(
            Outcome.CONFLICT, charity.row, key=change.number, field="Charity Name", reason=reason, value=charity.name
        )

    def _with_entry(self, charity: Charity, change: Change, warnings: Sequence[str]) -> RowPlan:
        entry, organisation = change.entry, change.organisation
        assert entry is not None and organisation is not None  # noqa: S101, PT018 - found together
        names = {*entry.said, *change.said}
        changed = sorted(name for name in names if entry.said.get(name) != change.said.get(name))
        if not changed:
            return RowPlan(Outcome.UNCHANGED, charity.row, key=change.number, reason=" ".join(warnings), record=change)
        if "name" in changed and organisation.name not in {entry.said.get("name"), charity.name}:
            reason = _("A person wrote this here, and the file says otherwise. Here: %(here)s. The file: %(file)s.")
            told = reason % {"here": organisation.name, "file": charity.name}
            return RowPlan(Outcome.CONFLICT, charity.row, key=change.number, field="Charity Name", reason=told)
        return RowPlan(
            Outcome.UPDATED, charity.row, key=change.number, field=", ".join(changed), reason=" ".join(warnings),
            record=change,
        )  # fmt: skip


def write(change: Change, batch: Batch) -> None:
    """Write one charity."""
    if change.entry is not None:
        _alter(change, change.entry, batch)
        return
    organisation = change.organisation or _made(change, batch)
    RegisterEntry.objects.create(
        organisation=organisation,
        register=RegisterEntry.Register.OSCR,
        external_id=change.number,
        said=change.said,
        batch=batch,
    )
    _name(organisation, change.said.get("known_as", ""), OrganisationName.Kind.KNOWN_AS, batch)
    if label := _label(change.said):
        Site.objects.create(organisation=organisation, label=label, postcode=_postcode(change.said), batch=batch)


def _made(change: Change, batch: Batch) -> Organisation:
    sector = Sector.FAITH if change.said.get("religious_body", "").casefold() == "yes" else Sector.THIRD_SECTOR
    organisation = Organisation.objects.create(
        place_id=batch.place_id, name=change.said["name"], sector=sector, batch=batch
    )
    OrganisationIdentifier.objects.create(
        organisation=organisation, scheme=SCHEME, value=change.number, source=SOURCE, batch=batch
    )
    return organisation


def _alter(change: Change, entry: RegisterEntry, batch: Batch) -> None:
    organisation, before = entry.organisation, entry.said
    changes.make(entry, {"said": change.said, "in_latest_file": True}, batch=batch)
    if organisation.name == before.get("name") != change.said["name"]:
        after = {"name": change.said["name"], "version": organisation.version + 1}
        changes.make(organisation, after, batch=batch)
        _name(organisation, before["name"], OrganisationName.Kind.FORMER, batch)
    _name(organisation, change.said.get("known_as", ""), OrganisationName.Kind.KNOWN_AS, batch)
    if (_label(before), _postcode(before)) != (_label(change.said), _postcode(change.said)):
        _move(organisation, before, change.said, batch)


def _move(organisation: Organisation, before: dict[str, Any], now: dict[str, Any], batch: Batch) -> None:
    """Follow a move of address, where the old one still stands as the register had it."""
    site = (
        organisation.sites.filter(label=_label(before), postcode=_postcode(before)).first() if _label(before) else None
    )
    if site is not None and _label(now):
        changes.make(site, {"label": _label(now), "postcode": _postcode(now)}, batch=batch)
    elif site is None and _label(now) and not _label(before):
        Site.objects.create(organisation=organisation, label=_label(now), postcode=_postcode(now), batch=batch)


def _name(organisation: Organisation, name: str, kind: str, batch: Batch) -> None:
    name = name[:200]
    if name and name != organisation.name and not organisation.names.filter(name=name).exists():
        OrganisationName.objects.create(organisation=organisation, name=name, kind=kind, source=SOURCE, batch=batch)


def _postcode(said: dict[str, Any]) -> str:
    return str(said.get("postcode", "")).upper()[:10]


def _label(said: dict[str, Any]) -> str:
    """Give the address on one line, or say whose postcode it is where the register gives no more."""
    written = " ".join(str(said.get("address", "")).split())
    if not written:
        return _("As in the charity register") if said.get("postcode") else ""
    return written if len(written) <= 200 else written[:199] + "…"
