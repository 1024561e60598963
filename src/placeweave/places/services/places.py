"""Adding a place and changing what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, smallnumbers, versions
from placeweave.kit.errors import Conflict, Unsound
from placeweave.places.models import DutyContact, Place
from placeweave.places.services.acting import Hand, require_own, require_steward

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

LABELS = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("What sort of place it is"),
    "description": gettext_lazy("About the place"),
    "is_public": gettext_lazy("Visitors may see its public pages"),
    "in_portfolio": gettext_lazy("Other places may see which issues it works on"),
    "threshold": gettext_lazy("Counts of fewer people than this are never shown outside"),
    "time_zone": gettext_lazy("Which clock it goes by"),
}


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
    version: int,
    name: str,
    kind: str,
    description: str,
    is_public: bool,
    in_portfolio: bool,
    threshold: int,
    time_zone: str,
    by: Hand,
) -> Place:
    """Change what a place says of itself, and what others may see of it.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read.
    """
    require_own(by, place.pk)
    access.require(by, "places.manage_place")
    if not smallnumbers.LOWEST <= threshold <= smallnumbers.HIGHEST:
        raise Unsound(
            _("The smallest count shown must be from %(low)s to %(high)s.")
            % {"low": smallnumbers.LOWEST, "high": smallnumbers.HIGHEST}
        )
    _require_clock(time_zone)
    stored = Place.objects.select_for_update().get(pk=place.pk)
    said = {
        "name": name,
        "kind": kind,
        "description": description,
        "is_public": is_public,
        "in_portfolio": in_portfolio,
        "threshold": threshold,
        "time_zone": time_zone,
    }
    versions.require_version(stored, version, said=said, labels=LABELS, verbs=["changed settings"])
    for field, value in said.items():
        setattr(stored, field, value)
    stored.version += 1
    stored.save(update_fields=[*said, "version"])
    audit.write(by=by, place_id=place.pk, verb="changed settings", subject=stored, summary=stored.name)
    return stored


def _require_clock(time_zone: str) -> None:
    if time_zone and time_zone not in available_timezones():
        raise Unsound(_("No clock is known by the name “%(name)s”.") % {"name": time_zone})


@transaction.atomic
def set_duty_contacts(*, place: Place, contacts: Sequence[Contact], version: int, by: Hand) -> Place:
    """Say whom to turn to when someone may be at risk, in the order to be tried.

    Raises
    ------
    Conflict
        If somebody changed them since ``version`` (of the contacts) was read.
    """
    require_own(by, place.pk)
    access.require(by, "places.manage_place")
    stored = Place.objects.select_for_update().get(pk=place.pk)
    if stored.contacts_version != version:
        kept = [Contact(one.title, one.how) for one in stored.duty_contacts.all()]
        raise Conflict(
            audit.who_changed(stored, title=_("Whom to turn to"), verbs=["changed duty contacts"]),
            theirs={_("Contacts"): _in_words(kept)},
            yours={_("Contacts"): _in_words(contacts)},
            version=stored.contacts_version,
        )
    stored.duty_contacts.all().delete()
    DutyContact.objects.bulk_create(
        DutyContact(place=stored, title=one.title, how=one.how, order=order) for order, one in enumerate(contacts)
    )
    stored.contacts_version += 1
    stored.save(update_fields=["contacts_version"])
    audit.write(by=by, place_id=place.pk, verb="changed duty contacts", subject=stored, summary=str(len(contacts)))
    return stored


def _in_words(contacts: Sequence[Contact]) -> str:
    return "\n".join(f"{one.title}: {one.how}" for one in contacts)
