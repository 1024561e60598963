"""Saying what is hard, that it is hard for us too, and which programmes run here."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.jigsaw.models import Difficulty, Programme
from placeweave.jigsaw.services.speaking import require_own_body
from placeweave.kit import audit, versions
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import FrameworkNode, Member, Organisation, Place

LABELS = {
    "name": gettext_lazy("Name"),
    "about": gettext_lazy("What it is about"),
    "partners": gettext_lazy("Partners"),
    "outcomes": gettext_lazy("Outcomes"),
}


@transaction.atomic
def say_difficulty(*, place: Place, wording: str, by: Member) -> Difficulty:
    """Write down something that makes the work hard; whoever speaks for a partner says it for that partner.

    Raises
    ------
    NotReady
        If it is written down in the same words already.
    """
    require(by, "jigsaw.add_need")
    if by.place_id != place.pk:
        raise Refused(_("You have no standing in that place."))
    try:
        with transaction.atomic():
            made = Difficulty.objects.create(place=place, wording=wording.strip(), added_by=by)
    except IntegrityError as twice:
        raise NotReady(_("This is written down already: say that it is yours too.")) from twice
    if by.organisation:
        made.organisations.add(by.organisation)
    audit.write(by=by, place_id=place.pk, verb="added", subject=made, summary=made.wording)
    return made


@transaction.atomic
def share_difficulty(*, difficulty: Difficulty, organisation: Organisation, ours: bool, by: Member) -> None:
    """Say of one's own organisation that a difficulty is theirs too, or no longer."""
    require(by, "jigsaw.add_need")
    if {by.place_id, organisation.place_id} != {difficulty.place_id}:
        raise Refused(_("You have no standing in that place."))
    require_own_body(organisation, by)
    (difficulty.organisations.add if ours else difficulty.organisations.remove)(organisation)
    verb = "said ours too" if ours else "said no longer ours"
    audit.write(by=by, place_id=by.place_id, verb=verb, subject=difficulty, summary=organisation.name)


@transaction.atomic
def keep_programme(
    *,
    place: Place,
    name: str,
    about: str,
    partners: Sequence[Organisation],
    outcomes: Sequence[FrameworkNode],
    by: Member,
    programme: Programme | None = None,
    version: int = 0,
) -> Programme:
    """Write a programme down, or change one.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read; both versions are given.
    """
    require(by, "jigsaw.edit_any")
    if by.place_id != place.pk or {one.place_id for one in partners} - {place.pk}:
        raise Unsound(_("That organisation belongs to another place."))
    said = {"name": name, "about": about, "partners": partners, "outcomes": outcomes}
    kept = Programme(place=place, added_by=by)
    if programme is not None:
        kept = Programme.objects.select_for_update().get(pk=programme.pk, place=place)
        versions.require_version(kept, version, said=said, labels=LABELS)
        kept.version += 1
    kept.name, kept.about = name, about
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as twice:
        raise NotReady(_("There is a programme of that name already.")) from twice
    kept.partners.set(partners)
    kept.outcomes.set(outcomes)
    verb = "changed" if programme else "added"
    audit.write(by=by, place_id=place.pk, verb=verb, subject=kept, summary=kept.name)
    return kept
