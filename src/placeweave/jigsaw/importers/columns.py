"""Tables of pieces and of needs, read through the column wizard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.points import read_point
from placeweave.jigsaw.importers.records import differences, edited_by_people, refuse_if_built_on
from placeweave.jigsaw.importers.tags import TAGS, Held, Tags
from placeweave.jigsaw.models import Need, Piece, PieceKind
from placeweave.kit import changes, columns
from placeweave.kit.audit import Doer
from placeweave.kit.changes import plain
from placeweave.kit.columns import ColumnSpec, MappedRow, Target
from placeweave.kit.imports import Plan, RowPlan, Upload
from placeweave.kit.models import Batch, Outcome
from placeweave.places.models import Organisation, OrganisationName, Place

Record = TypeVar("Record", Piece, Need)
_KINDS = {
    "vehicle": "vehicle_equipment",
    "vehicles": "vehicle_equipment",
    "equipment": "vehicle_equipment",
    "building": "building_land",
    "buildings": "building_land",
    "room": "building_land",
    "land": "building_land",
    "people": "people_skills",
    "skills": "people_skills",
    "staff": "people_skills",
    "volunteers": "people_skills",
    "information": "data",
    "trust": "relationship",
    "relationships": "relationship",
    "funding": "money",
    "services": "service",
    "in-between": "in_between",
}
_NEED_KINDS = [choice for choice in PieceKind.choices if choice[0] != PieceKind.IN_BETWEEN]
LINKS = tuple(target.name for target in TAGS)
_SHARES = {"yes": "open", "ask": "ask", "no": "no", "private": "no", "shared": "open"}
_PRIORITIES = {"high": "3", "urgent": "3", "medium": "2", "low": "1"}

PIECES = ColumnSpec(
    "pieces",
    [
        Target("title", gettext_lazy("What it is"), ("piece", "asset", "name", "what"), required=True, max_length=160),
        Target("organisation", gettext_lazy("Who holds it"), ("holder", "partner", "owner", "organization", "held by")),
        Target("kind", gettext_lazy("Kind"), ("type", "category"), True, "choice", PieceKind.choices, _KINDS),
        Target(
            "sharability",
            gettext_lazy("May others use it"),
            ("shared", "sharing", "available"),
            kind="choice",
            choices=Piece.Sharability.choices,
            synonyms=_SHARES,
            default="ask",
            asks_default=True,
        ),
        Target("when", gettext_lazy("When it is free"), ("times", "availability"), max_length=160),
        Target("quantity", gettext_lazy("How much of it"), ("capacity", "size", "hours"), max_length=80),
        Target("amount", gettext_lazy("Amount of money"), ("value", "pounds"), kind="money"),
        Target("currency", gettext_lazy("Currency"), max_length=3),
        Target("neighbourhood", gettext_lazy("Neighbourhood"), ("area", "locality", "where")),
        Target("point", gettext_lazy("Point on the map"), ("coordinates", "latitude, longitude"), max_length=40),
        Target("expires_on", gettext_lazy("Until when"), ("expires", "ends", "end date", "until"), kind="date"),
        Target("last_checked_on", gettext_lazy("Last checked"), ("checked", "updated"), kind="date"),
        *TAGS,
        Target("note", gettext_lazy("Note"), ("notes", "comment", "description"), max_length=2000),
        Target("external_id", gettext_lazy("Its number in your file"), ("id", "ref"), is_key=True, max_length=120),
    ],
)
NEEDS = ColumnSpec(
    "needs",
    [
        Target("title", gettext_lazy("What is wanted"), ("need", "ask", "what"), required=True, max_length=160),
        Target("asked_by", gettext_lazy("Which organisation asks"), ("organisation", "partner", "organization")),
        Target("asked_for", gettext_lazy("For whom"), ("who", "people", "for"), max_length=160),
        Target("kind", gettext_lazy("Kind"), ("type", "category"), True, "choice", _NEED_KINDS, _KINDS),
        Target("when", gettext_lazy("When it is wanted"), ("times",), max_length=160),
        Target("neighbourhood", gettext_lazy("Neighbourhood"), ("area", "locality", "where")),
        Target(
            "priority",
            gettext_lazy("How pressing"),
            ("urgency",),
            kind="choice",
            choices=[(str(value), label) for value, label in Need.Priority.choices],
            synonyms=_PRIORITIES,
            default="2",
        ),
        *TAGS,
        Target("detail", gettext_lazy("More"), ("details", "note", "notes", "description"), max_length=2000),
        Target("external_id", gettext_lazy("Its number in your file"), ("id", "ref"), is_key=True, max_length=120),
    ],
)


@dataclass(frozen=True)
class Change(Generic[Record]):
    """What a row would do: make a record, or change the one it names."""

    said: Mapping[str, Any]
    extra: Mapping[str, str]
    record: Record | None = None


class _Known:
    """What a place knows already, looked up once for the whole file."""

    def __init__(self, place_id: int, model: type[Record], holder: str) -> None:
        self.holder = holder
        self.organisations = {
            name.casefold(): pk
            for pk, name in OrganisationName.objects.filter(organisation__place=place_id).values_list(
                "organisation", "name"
            )
        } | {name.casefold(): pk for pk, name in Organisation.objects.filter(place=place_id).values_list("pk", "name")}
        self.neighbourhoods = {
            name.casefold(): pk
            for pk, name in Place.objects.filter(parent_workspace=place_id).values_list("pk", "name")
        }
        self.tags = Tags(place_id)
        records = list(model._default_manager.filter(place=place_id).prefetch_related(*LINKS))
        self.by_id: dict[str, Any] = {one.external_id: one for one in records if one.external_id}
        self.by_words: dict[tuple[int | None, str, str], Any] = {
            self._words(one): one for one in reversed(records) if not one.external_id
        }

    def _words(self, record: Any) -> tuple[int | None, str, str]:
        return getattr(record, f"{self.holder}_id"), record.title.casefold(), record.kind

    def organisation(self, field: str, name: str) -> int | None:
        """Find an organisation by its name as known here."""
        if not name:
            return None
        if name.casefold() not in self.organisations:
            sentence = _("No organisation here is called “%(name)s”. Add it, or write the name as it is known here.")
            raise Held(field, sentence % {"name": name}, name)
        return self.organisations[name.casefold()]

    def neighbourhood(self, name: str) -> int | None:
        """Find a neighbourhood of the place."""
        if name and name.casefold() not in self.neighbourhoods:
            sentence = _("“%(name)s” is not a neighbourhood of this place.")
            raise Held("neighbourhood", sentence % {"name": name}, name)
        return self.neighbourhoods.get(name.casefold())

    def record(self, external_id: str, words: tuple[int | None, str, str]) -> Any:
        """Find the record a row speaks of: by its number, else by holder, title and kind."""
        return self.by_id.get(external_id) if external_id else self.by_words.get(words)


def _point(text: str) -> dict[str, str]:
    """Read a point; a cell left empty says nothing of it."""
    if not text:
        return {}
    if (found := read_point(text)) is None:
        raise Held("point", _("A point is a latitude and a longitude in degrees, such as 56.1165, -3.7936."), text)
    return {"point": found.written}


class _TableImporter(Generic[Record]):
    """Reads one of jigsaw's tables; the two kinds differ in their fields only."""

    format: str
    label: str | Promise
    permission = "jigsaw.import_files"
    spec: ColumnSpec
    model: type[Record]
    holder: str

    def values(self, row: MappedRow, known: _Known) -> dict[str, Any]:
        """Give the fields of the record a row speaks of; raises ``Held`` where an answer is needed."""
        raise NotImplementedError

    def plan(self, upload: Upload, *, place_id: int, options: Mapping[str, Any]) -> Plan:
        """Compare a table with the place, row by row."""
        reading = columns.read_rows(self.spec, columns.table_of(upload), place_id=place_id, options=options)
        known = _Known(place_id, self.model, self.holder)
        rows = list(self._rows(reading.rows, known))
        return Plan(rows, counts={self.format: len(rows)}, notes=list(reading.notes))

    def _rows(self, rows: Sequence[MappedRow], known: _Known) -> Iterator[RowPlan]:
        seen: set[tuple[int | None, str, str] | str] = set()
        for row in rows:
            yield row.fault or self._row(row, known, seen)

    def _row(self, row: MappedRow, known: _Known, seen: set[Any]) -> RowPlan:
        try:
            said = self.values(row, known)
        except Held as held:
            return RowPlan(Outcome.HELD, row.number, field=held.field, reason=held.reason, value=held.value)
        words = (said[f"{self.holder}_id"], said["title"].casefold(), said["kind"])
        key = said["external_id"] or words
        if key in seen:
            return RowPlan(
                Outcome.REJECTED, row.number, reason=_("An earlier row of this file says the same."), key=said["title"]
            )
        seen.add(key)
        record = known.record(said["external_id"], words)
        if record is None:
            change = Change[Record](said, row.extra)
            return RowPlan(Outcome.CREATED, row.number, key=said["title"], reason=row.warning, record=change)
        return self._against(row, said, record)

    def _against(self, row: MappedRow, said: Mapping[str, Any], record: Record) -> RowPlan:
        """Compare a row with the record it names; only the columns the row fills are compared."""
        spoken = {name: value for name, value in said.items() if name.removesuffix("_id") in row.said}
        new = differences(
            record, {name.removesuffix("_id"): value for name, value in spoken.items() if name != "external_id"}
        )
        if not new:
            return RowPlan(Outcome.UNCHANGED, row.number, key=record.title)
        ours = edited_by_people(record, new, record.source_says)
        if ours:
            field = ours[0]
            here = str(plain(getattr(record, field)) or "–")
            reason = _("A person wrote this here, and the file says otherwise. Here: %(here)s. The file: %(file)s.")
            told = reason % {"here": here, "file": str(new[field] or "–")}
            return RowPlan(Outcome.CONFLICT, row.number, key=record.title, field=field, reason=told)
        changed = {name: said.get(name, said.get(f"{name}_id")) for name in new}
        return RowPlan(
            Outcome.UPDATED,
            row.number,
            key=record.title,
            field=", ".join(new),
            record=Change(changed, row.extra, record),
        )

    def apply(self, plan: Plan, *, batch: Batch, by: Doer) -> None:
        """Write what is new or changed."""
        del by
        for row in plan.rows:
            change = row.record
            if row.outcome == Outcome.CREATED:
                self._make(change, batch)
            elif row.outcome == Outcome.UPDATED:
                self._alter(change, batch)

    def _make(self, change: Change[Record], batch: Batch) -> None:
        own = {name: value for name, value in change.said.items() if name not in LINKS}
        record = self.model(place_id=batch.place_id, batch=batch, source_says=_says(change), **own)
        record.save()
        for name in LINKS:
            if keys := change.said[name]:
                getattr(record, name).add(*keys)

    def _alter(self, change: Change[Record], batch: Batch) -> None:
        record = change.record
        assert record is not None  # noqa: S101 - an updated row always names its record
        after = {"version": record.version + 1, "source_says": record.source_says | _says(change)}
        changes.make(record, {**change.said, **after}, batch=batch)

    def undo(self, batch: Batch, *, by: Doer) -> None:
        """Take back what the batch made and put back what it changed; what people wrote since is never lost."""
        del by
        made = self.model._default_manager.filter(batch=batch)
        refuse_if_built_on(made)
        made.delete()
        changes.take_back(self.model._default_manager.all(), batch=batch)


def _says(change: Change[Any]) -> dict[str, Any]:
    said = {
        name.removesuffix("_id") if name != "external_id" else name: plain(value) for name, value in change.said.items()
    }
    return said | ({"extra": dict(change.extra)} if change.extra else {})


class PieceImporter(_TableImporter[Piece]):
    """Pieces, one a row."""

    format = PIECES.format
    label = gettext_lazy("Pieces (CSV or XLSX)")
    spec = PIECES
    model = Piece
    holder = "organisation"

    def values(self, row: MappedRow, known: _Known) -> dict[str, Any]:
        """Read one piece; what lies in between has no holder, all else has one."""
        kind, amount = row.text("kind"), row.values.get("amount")
        holder = known.organisation("organisation", row.text("organisation"))
        if (kind == PieceKind.IN_BETWEEN) != (holder is None):
            reason = _("What lies in between belongs to nobody; every other piece needs to say who holds it.")
            raise Held("organisation", reason, row.text("organisation"))
        return {
            "title": row.text("title"),
            "organisation_id": holder,
            "kind": kind,
            "sharability": row.text("sharability"),
            "when": row.text("when"),
            "quantity": row.text("quantity"),
            "amount": amount,
            "currency": (row.text("currency").upper() or "GBP") if amount is not None else "",
            "neighbourhood_id": known.neighbourhood(row.text("neighbourhood")),
            "expires_on": row.values.get("expires_on"),
            "last_checked_on": row.values.get("last_checked_on"),
            **known.tags.read(row.text("issues"), row.text("topics")),
            "note": row.text("note"),
            "external_id": row.text("external_id"),
            **_point(row.text("point")),
        }


class NeedImporter(_TableImporter[Need]):
    """Needs, one a row."""

    format = NEEDS.format
    label = gettext_lazy("Needs (CSV or XLSX)")
    spec = NEEDS
    model = Need
    holder = "asked_by"

    def values(self, row: MappedRow, known: _Known) -> dict[str, Any]:
        """Read one need; somebody must be asking, an organisation or people in words."""
        asked_by = known.organisation("asked_by", row.text("asked_by"))
        if asked_by is None and not row.text("asked_for"):
            raise Held("asked_for", _("This row does not say who needs it."), "")
        return {
            "title": row.text("title"),
            "asked_by_id": asked_by,
            "asked_for": row.text("asked_for"),
            "kind": row.text("kind"),
            "when": row.text("when"),
            "neighbourhood_id": known.neighbourhood(row.text("neighbourhood")),
            "priority": int(row.text("priority") or 2),
            **known.tags.read(row.text("issues"), row.text("topics")),
            "detail": row.text("detail"),
            "external_id": row.text("external_id"),
        }
