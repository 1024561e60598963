"""What registers say of an organisation, in the order and words in which a page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Batch
from placeweave.places.models import Organisation, RegisterEntry

STALE_AFTER = timedelta(days=365)
LABELS = {
    "status": _("Status"),
    "purposes": _("Purposes"),
    "beneficiaries": _("For whom"),
    "activities": _("How it works"),
    "objectives": _("Objectives"),
    "spread": _("Where it works"),
    "form": _("Form"),
    "previous_form": _("Earlier form"),
    "registered_on": _("Registered on"),
    "year_end": _("Year end"),
    "website": _("Website"),
    "parent_name": _("Part of"),
    "religious_body": _("Designated religious body"),
    "notes": _("Notes of the register"),
}


@dataclass(frozen=True)
class Told:
    """One entry as it is shown."""

    register: str
    number: str
    facts: Sequence[tuple[str, Sequence[str]]]
    money: Sequence[tuple[str, str]]
    read_on: datetime | None
    is_stale: bool
    in_latest_file: bool
    is_removed: bool
    batch: Batch | None


def entries_of(organisation: Organisation) -> list[Told]:
    """Give what registers say of an organisation, without what may be somebody's home."""
    return [_told(entry) for entry in organisation.entries.all()]


def _told(entry: RegisterEntry) -> Told:
    said, read_on = entry.facts, entry.batch.decided_at if entry.batch else None
    facts = [(str(label), _listed(said[name])) for name, label in LABELS.items() if said.get(name, "No") != "No"]
    money = entry.said.get("money", {})
    return Told(
        register=entry.get_register_display(),
        number=entry.external_id,
        facts=facts,
        money=[(column, f"{Decimal(amount):,}") for column, amount in money.items()],
        read_on=read_on,
        is_stale=bool(read_on and timezone.now() - read_on > STALE_AFTER),
        in_latest_file=entry.in_latest_file,
        is_removed=str(said.get("status", "")).casefold() == "removed",
        batch=entry.batch,
    )


def _listed(value: str | list[str]) -> list[str]:
    if isinstance(value, list):
        return value
    value = value.removesuffix(" 00:00")  # the register gives every day a midnight
    try:
        return [f"{date.fromisoformat(value):%-d %B %Y}"]
    except ValueError:
        return [value]


def attributions_of(organisation: Organisation) -> list[str]:
    """Give the lines that licences ask for wherever this organisation shows."""
    batches = [organisation.batch, *(entry.batch for entry in organisation.entries.all())]
    return list(dict.fromkeys(batch.attribution for batch in batches if batch and batch.attribution))
