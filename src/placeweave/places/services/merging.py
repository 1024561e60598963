"""Make one organisation of two, so that they can be parted again exactly; every deed is an event of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.kit import audit
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import AuditEntry
from placeweave.places.models import Member, Merge, Organisation, OrganisationIdentifier, OrganisationName, Sector
from placeweave.places.services import references
from placeweave.places.services.organisations import LABELS

Status = OrganisationIdentifier.Status
_SAID = ("sector", "description")
_TRUE_OF_EITHER = ("is_partner", "is_statutory", "is_anchor")


@dataclass(frozen=True)
class Doubt:
    """Why two organisations need a person, whatever their names and numbers say: a code, and what it speaks of."""

    code: str
    facts: dict[str, str]


def doubts(one: Organisation, other: Organisation) -> list[Doubt]:
    """Say what no rule may decide: people speak for both, they have dealings with each other, or people differ."""
    found = []
    if len(_spoken_for(one, other)) > 1:
        found.append(Doubt("both_have_members", {}))
    if references.between(one.pk, other.pk):
        found.append(Doubt("are_tied", {}))
    if what := _differing(one, other):
        found.append(Doubt("values_differ", {"what": ", ".join(what)}))
    return found


def _spoken_for(one: Organisation, other: Organisation) -> set[int]:
    found = Member.objects.current().filter(person__organisation__in=[one.pk, other.pk])
    return set(found.values_list("person__organisation", flat=True))


def _differing(one: Organisation, other: Organisation) -> list[str]:
    """Name the fields that people filled in both, and differently; what a file said yields to what a person wrote."""
    if not (is_by_a_person(one) and is_by_a_person(other)):
        return []
    return [str(LABELS[name]).lower() for name in _SAID if _clash(one, other, name)]


def _clash(one: Organisation, other: Organisation, name: str) -> bool:
    ours, theirs = getattr(one, name), getattr(other, name)
    return ours != theirs and not {ours, theirs} & {"", Sector.UNKNOWN.value}


def is_by_a_person(organisation: Organisation) -> bool:
    """Tell whether somebody wrote it down here, or changed what a file said of it, or of one that went into it."""
    if organisation.batch_id is None or Organisation.ever.filter(merged_into=organisation, batch=None).exists():
        return True
    edits = AuditEntry.objects.filter(subject_type=organisation._meta.label_lower, subject_id=organisation.pk)
    return edits.filter(verb="edited organisation").exists()


def who_stands(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """Choose which of two stands for both: a person's before a file's, then partners, then the older."""
    order = sorted((one, other), key=lambda body: (not is_by_a_person(body), not body.is_partner, body.pk))
    return order[0], order[1]


@transaction.atomic
def merge(
    *,
    survivor: Organisation,
    gone: Organisation,
    by: Member | None,
    reasons: Sequence[Any] = (),
    why: str = "",
    numbers: str = "",
) -> Merge:
    """Put two organisations together under one of them.

    What points at the one that goes is pointed at the survivor, and listed; sources' rows, numbers, names and sites
    come along. ``by`` is nobody where a rule did it. Whoever calls this has asked for the permission.

    Of two numbers in one register, ``numbers`` says whose is right ("survivor" or "gone"), or whose came before the
    other ("survivor_first" or "gone_first"); else both stand.

    Raises
    ------
    NotReady
        If either has gone into another meanwhile.
    Unsound
        If they are one already, or of two places.
    """
    survivor, gone = _locked(survivor, gone)
    event = Merge(
        place_id=survivor.place_id,
        survivor=survivor,
        gone=gone,
        by=by,
        is_automatic=by is None,
        reasons=list(reasons),
        why=why.strip()[:400],
        held=references.pointing_at(survivor.pk),
    )
    event.moved, event.left = references.point(references.pointing_at(gone.pk), source=gone.pk, target=survivor.pk)
    event.altered = _numbers_settled(event, numbers)
    event.made = _name_kept(survivor, gone)
    event.filled = _filled(survivor, gone)
    gone.merged_into = survivor
    gone.save(update_fields=["merged_into"])
    event.save()
    summary = f"{gone.name} → {survivor.name}"
    audit.write(by=by, place_id=survivor.place_id, verb="merged organisations", subject=survivor, summary=summary)
    return event


def _locked(survivor: Organisation, gone: Organisation) -> tuple[Organisation, Organisation]:
    found = {one.pk: one for one in Organisation.ever.select_for_update().filter(pk__in=[survivor.pk, gone.pk])}
    if len(found) < 2:
        raise Unsound(_("An organisation cannot be put together with itself."))
    survivor, gone = found[survivor.pk], found[gone.pk]
    if survivor.place_id != gone.place_id:
        raise Refused(_("These organisations belong to two places."))
    if survivor.merged_into_id or gone.merged_into_id:
        raise NotReady(_("One of them has been put together with another meanwhile. Open the list again."))
    return survivor, gone


def _name_kept(survivor: Organisation, gone: Organisation) -> references.Keys:
    """Keep the name that goes as another name of the survivor, unless it has it."""
    known = {survivor.name.casefold(), *(name.casefold() for name in survivor.names.values_list("name", flat=True))}
    if gone.name.casefold() in known:
        return {}
    made = OrganisationName.objects.create(
        organisation=survivor, name=gone.name, kind=OrganisationName.Kind.KNOWN_AS, source=_("put together")
    )
    return {f"{OrganisationName._meta.label_lower}.organisation": [made.pk]}


def _filled(survivor: Organisation, gone: Organisation) -> dict[str, list[Any]]:
    """Fill what the survivor lacks; what a person wrote outranks what a file said."""
    outranks = is_by_a_person(gone) and not is_by_a_person(survivor)
    wanted: dict[str, Any] = {name: True for name in _TRUE_OF_EITHER if getattr(gone, name)}
    for name in _SAID:
        theirs, ours = getattr(gone, name), getattr(survivor, name)
        if theirs not in {"", Sector.UNKNOWN} and (outranks or ours in {"", Sector.UNKNOWN}):
            wanted[name] = theirs
    wanted["version"] = survivor.version + 1
    changed = {name: [getattr(survivor, name), value] for name, value in wanted.items()}
    changed = {name: values for name, values in changed.items() if values[0] != values[1]}
    for name, (_before, after) in changed.items():
        setattr(survivor, name, after)
    survivor.save(update_fields=list(changed))
    return changed


# --- Numbers ----------------------------------------------------------------------------------------------------------


def _numbers_settled(event: Merge, choice: str) -> list[list[Any]]:
    """Say of numbers what the merge makes of them; give [key, fields before, fields after] of each that changed."""
    held = list(OrganisationIdentifier.objects.filter(organisation=event.survivor_id).order_by("pk"))
    came = set(event.moved.get(f"{OrganisationIdentifier._meta.label_lower}.organisation", []))
    alone = [one for one in held if one.status == Status.SHARED and not _others_have(one)]
    altered = [_alter(one, status=Status.CURRENT) for one in alone]
    for ours, theirs in _of_one_register(
        [one for one in held if one.pk not in came], [one for one in held if one.pk in came]
    ):
        altered += _settled(ours, theirs, choice)
    return altered


def _others_have(number: OrganisationIdentifier) -> bool:
    same = OrganisationIdentifier.objects.filter(scheme=number.scheme, value=number.value)
    same = same.filter(organisation__place=number.organisation.place_id, organisation__merged_into=None)
    return same.exclude(organisation=number.organisation_id).exclude(status=Status.DISPUTED).exists()


def _of_one_register(
    ours: Sequence[OrganisationIdentifier], theirs: Sequence[OrganisationIdentifier]
) -> list[tuple[OrganisationIdentifier, OrganisationIdentifier]]:
    live = [one for one in ours if one.status == Status.CURRENT]
    return [(mine, their) for their in theirs for mine in live if mine.scheme == their.scheme]


def _settled(ours: OrganisationIdentifier, theirs: OrganisationIdentifier, choice: str) -> list[list[Any]]:
    if choice == "survivor":
        return [_alter(theirs, status=Status.DISPUTED)]
    if choice == "gone":
        return [_alter(ours, status=Status.DISPUTED)]
    if choice == "survivor_first":
        return [_alter(ours, status=Status.FORMER, succeeded_by_id=theirs.pk)]
    if choice == "gone_first":
        return [_alter(theirs, status=Status.FORMER, succeeded_by_id=ours.pk)]
    return []


def _alter(number: OrganisationIdentifier, **after: Any) -> list[Any]:
    before = {name: getattr(number, name) for name in after}
    for name, value in after.items():
        setattr(number, name, value)
    number.save()
    return [number.pk, before, after]
