"""Part what was put together: both organisations come back as they were, and what was added since is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit, turns
from placeweave.kit.errors import NotReady
from placeweave.kit.models import Batch
from placeweave.places.models import Member, Merge, Organisation, OrganisationIdentifier, Pairing
from placeweave.places.services import references, remembering
from placeweave.places.services.acting import require_own

PERMISSION = "places.link_organisations"


@dataclass(frozen=True)
class Parted:
    """What parting gave: the one that came back, and what stays with the other because it was added since."""

    back: Organisation
    survivor: Organisation
    added: list[tuple[str, int]]


def added_since(event: Merge) -> references.Keys:
    """Give the keys of what came to the survivor after a merge, by relation: a person has to say whose it is."""
    now = references.pointing_at(event.survivor_id)
    known = [event.moved, event.held, event.made, *_later(event)]
    found = {
        name: [key for key in keys if not any(key in one.get(name, ()) for one in known)] for name, keys in now.items()
    }
    return {name: keys for name, keys in found.items() if keys}


def _later(event: Merge) -> list[references.Keys]:
    """What other merges brought to the same survivor is theirs to take back."""
    others = Merge.objects.filter(survivor=event.survivor_id, undone_at=None).exclude(pk=event.pk)
    return [keys for other in others for keys in (other.moved, other.made)]


def added_counted(event: Merge) -> list[tuple[str, int]]:
    """Count what came to the survivor after a merge, by what sort of record it is."""
    return references.counted(added_since(event))


def carried(event: Merge) -> list[tuple[str, int]]:
    """Count what a merge pointed at the survivor, by what sort of record it is: all of it goes back."""
    return references.counted(event.moved)


@transaction.atomic
def part(*, event: Merge, by: Member, why: str = "") -> Parted:
    """Undo a merge, and remember that the two are not one.

    Raises
    ------
    NotReady
        If it is undone already, or a later merge stands on it; the sentence says which to undo first.
    """
    require_own(by, event.place_id)
    access.require(by, PERMISSION)
    parted = _undo(event, by)
    survivor, back = parted.survivor, parted.back
    remembering.lift_between(survivor, back, by=by)
    remembering.remember(
        survivor, back, is_same=False, why=why or _("They were put together, and parted again."), by=by
    )
    summary = f"{back.name} ≠ {survivor.name}"
    audit.write(by=by, place_id=event.place_id, verb="parted organisations", subject=survivor, summary=summary)
    return parted


def part_all_of(batch: Batch) -> None:
    """Undo every merge that a file's organisations took part in, newest first, so that the file can be taken back.

    Raises
    ------
    NotReady
        If a later merge of other organisations stands on one of them.
    """
    touched = Q(survivor__batch=batch) | Q(gone__batch=batch)
    for event in Merge.objects.filter(touched, undone_at=None).order_by("-created_at", "-pk"):
        _undo(event, None)


def _undo(event: Merge, by: Member | None) -> Parted:
    turns.take(event.place_id)
    event = Merge.objects.select_for_update().get(pk=event.pk)
    if event.undone_at is not None:
        raise NotReady(_("These two are parted already."))
    if standing := _standing_on(event):
        raise NotReady(
            _("A later step stands on this one. Part these first: %(what)s.")
            % {"what": "; ".join(str(one) for one in standing)}
        )
    added = added_counted(event)
    survivor, back = _put_back(event)
    event.undone_at, event.undone_by = timezone.now(), by
    event.save(update_fields=["undone_at", "undone_by"])
    two = sorted((survivor.pk, back.pk))
    state = Pairing.State.DIFFERENT if by else Pairing.State.LAPSED
    Pairing.objects.filter(one=two[0], other=two[1]).update(state=state, decided_by=by, decided_at=timezone.now())
    return Parted(back, survivor, added)


def _standing_on(event: Merge) -> list[Merge]:
    """Find what has to be undone first: the survivor went into another, or a later one left rows for these's sake."""
    later = Merge.objects.filter(undone_at=None).filter(
        Q(created_at__gt=event.created_at) | Q(created_at=event.created_at, pk__gt=event.pk)
    )
    gone_on = later.filter(gone=event.survivor_id)
    beside = [one for one in later.filter(survivor=event.survivor_id) if set(one.left) & set(event.moved)]
    return [*gone_on.select_related("gone", "survivor"), *beside]


def _put_back(event: Merge) -> tuple[Organisation, Organisation]:
    both = Organisation.ever.select_for_update().in_bulk([event.survivor_id, event.gone_id])
    survivor, back = both[event.survivor_id], both[event.gone_id]
    for name, keys in event.made.items():
        references.relation_named(name).rows(pk__in=keys, organisation=survivor.pk).delete()
    _restore_numbers(event)
    references.point(event.moved, source=survivor.pk, target=back.pk)
    _restore(survivor, event.filled)
    back.merged_into = None
    back.save(update_fields=["merged_into"])
    return survivor, back


def _restore_numbers(event: Merge) -> None:
    kept = OrganisationIdentifier.objects.in_bulk([key for key, _before, _after in event.altered])
    for key, before, after in reversed(event.altered):
        if key in kept:
            _restore(kept[key], {name: [before[name], after[name]] for name in before})


def _restore(record: Any, changed: Mapping[str, list[Any]]) -> None:
    """Put fields back, except where somebody has changed them again since; a version then only goes on."""
    names = [name for name, (_old, new) in changed.items() if getattr(record, name) == new]
    for name in names:
        setattr(record, name, changed[name][0])
    if "version" in changed and "version" not in names:
        record.version += 1
        names = [*names, "version"]
    if names:
        record.save(update_fields=[_concrete(name) for name in names])


def _concrete(name: str) -> str:
    return name.removesuffix("_id")
