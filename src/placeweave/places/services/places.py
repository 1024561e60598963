"""Adding a place and changing what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from placeweave.kit import access, audit, smallnumbers
from placeweave.kit.errors import Unsound
from placeweave.places.models import DutyContact, Place
from placeweave.places.services.acting import Hand, require_own, require_steward

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Contact:
    """Whom to turn to when someone may be at risk, and how."""

    title: str
    how: str


@transaction.atomic
def add_place(*, slug: str, name: str, by: Hand, kind: str = Place.Kind.LOCALITY, description: str = "") -> Place:
    """Add a place for people to work in. It starts private, with nobody in it.

    Raises
    ------
    Refused
        If ``by`` does not run the installation.
    Unsound
        If the short name cannot stand in an address, or is taken.
    """
    require_steward(by)
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise Unsound(_("“%(slug)s” cannot be a short name. Use small letters, digits and hyphens.") % {"slug": slug})
    if not name.strip():
        raise Unsound(_("A place needs a name."))
    try:
        with transaction.atomic():
            place = Place.objects.create(slug=slug, name=name.strip()[:120], kind=kind, description=description)
    except IntegrityError as taken:
        raise Unsound(_("There is already a place with the short name “%(slug)s”.") % {"slug": slug}) from taken
    audit.write(by=by, place_id=place.pk, verb="added place", subject=place, summary=place.name)
    return place


@transaction.atomic
def edit_place(
    *,
    place: Place,
    name: str,
    kind: str,
    description: str,
    is_public: bool,
    in_portfolio: bool,
    threshold: int,
    by: Hand,
) -> Place:
    """Change what a place says of itself, and what others may see of it."""
    require_own(by, place.pk)
    access.require(by, "places.manage_place")
    if not smallnumbers.LOWEST <= threshold <= smallnumbers.HIGHEST:
        raise Unsound(
            _("The smallest count shown must be from %(low)s to %(high)s.")
            % {"low": smallnumbers.LOWEST, "high": smallnumbers.HIGHEST}
        )
    stored = Place.objects.select_for_update().get(pk=place.pk)
    stored.name, stored.kind, stored.description = name, kind, description
    stored.is_public, stored.in_portfolio, stored.threshold = is_public, in_portfolio, threshold
    stored.save()
    audit.write(by=by, place_id=place.pk, verb="changed settings", subject=stored, summary=stored.name)
    return stored


@transaction.atomic
def set_duty_contacts(*, place: Place, contacts: Sequence[Contact], by: Hand) -> None:
    """Say whom to turn to when someone may be at risk, in the order to be tried."""
    require_own(by, place.pk)
    access.require(by, "places.manage_place")
    Place.objects.select_for_update().get(pk=place.pk)
    place.duty_contacts.all().delete()
    DutyContact.objects.bulk_create(
        DutyContact(place=place, title=one.title, how=one.how, order=order) for order, one in enumerate(contacts)
    )
    audit.write(by=by, place_id=place.pk, verb="changed duty contacts", subject=place, summary=str(len(contacts)))
