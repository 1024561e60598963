"""Decisions on whether two organisations are one, kept by what they are called and numbered, for ever."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.engines import linkage
from placeweave.kit import access, audit
from placeweave.kit.errors import NotReady
from placeweave.kit.wording import spoken_date
from placeweave.places.models import Member, Organisation, OrganisationIdentifier, Remembered
from placeweave.places.services.acting import require_own

PERMISSION = "places.link_organisations"
_Side = dict[str, Any]


def record_of(organisation: Organisation) -> linkage.Record:
    """Read an organisation as linkage knows it: names, and the numbers nobody found wrong."""
    usable = organisation.identifiers.all()
    numbers = {
        linkage.Number(one.scheme, one.value) for one in usable if one.status != OrganisationIdentifier.Status.DISPUTED
    }
    sound = sorted(number for number in numbers if linkage.read(*number).number)
    names = sorted({one.name for one in organisation.names.all()} - {organisation.name})
    postcodes = sorted({site.postcode for site in organisation.sites.all() if site.postcode})
    return linkage.Record(str(organisation.pk), organisation.name, tuple(sound), tuple(postcodes), tuple(names))


def _kept(side: linkage.Side) -> _Side:
    return {"names": sorted(side.names), "numbers": sorted(list(number) for number in side.numbers)}


def _side(kept: _Side) -> linkage.Side:
    return linkage.Side(frozenset(kept["names"]), frozenset(linkage.Number(*number) for number in kept["numbers"]))


def as_engine(decision: Remembered) -> linkage.Remembered:
    """Give a decision as the engine reads it, with who took it and why, in words."""
    told = _("%(who)s, %(when)s.") % {
        "who": decision.by.display_name if decision.by else _("Somebody"),
        "when": spoken_date(decision.created_at),
    }
    return linkage.Remembered(
        _side(decision.one), _side(decision.other), decision.is_same, f"{told} {decision.why}".strip()
    )


def standing(place_id: int) -> Iterable[Remembered]:
    """Give the decisions that hold in a place."""
    found = Remembered.objects.filter(place=place_id, lifted_at=None).select_related("by__person")
    return found.order_by("pk")


def about(organisation: Organisation) -> list[Remembered]:
    """Give the decisions that hold about an organisation."""
    record = record_of(organisation)
    return [one for one in standing(organisation.place_id) if _speaks_of(one, record)]


def _speaks_of(decision: Remembered, record: linkage.Record) -> bool:
    one, other = _side(decision.one), _side(decision.other)
    return one.speaks_of(record, beside=other) or other.speaks_of(record, beside=one)


def between(one: Organisation, other: Organisation) -> list[Remembered]:
    """Give the decisions that hold about two organisations."""
    ours, theirs = record_of(one), record_of(other)
    return [found for found in standing(one.place_id) if as_engine(found).speaks_of(ours, theirs)]


def remember(one: Organisation, other: Organisation, *, is_same: bool, why: str, by: Member) -> Remembered:
    """Keep a decision; whoever calls this has asked for the permission."""
    return Remembered.objects.create(
        place_id=one.place_id,
        one=_kept(linkage.side_of(record_of(one))),
        other=_kept(linkage.side_of(record_of(other))),
        one_called=one.name,
        other_called=other.name,
        is_same=is_same,
        why=why.strip()[:400],
        by=by,
    )


def lift_between(one: Organisation, other: Organisation, *, by: Member) -> None:
    """Let go of what was decided about two organisations, since something else is decided now."""
    keys = [found.pk for found in between(one, other)]
    Remembered.objects.filter(pk__in=keys).update(lifted_at=timezone.now(), lifted_by=by)


@transaction.atomic
def lift(*, decision: Remembered, by: Member) -> Remembered:
    """Let go of a decision, so that the two are looked at anew.

    Raises
    ------
    NotReady
        If somebody did so already.
    """
    require_own(by, decision.place_id)
    access.require(by, PERMISSION)
    decision = Remembered.objects.select_for_update().get(pk=decision.pk)
    if decision.lifted_at is not None:
        raise NotReady(_("This decision was lifted already."))
    decision.lifted_at, decision.lifted_by = timezone.now(), by
    decision.save(update_fields=["lifted_at", "lifted_by"])
    audit.write(by=by, place_id=decision.place_id, verb="lifted decision", subject=decision, summary=str(decision))
    return decision
