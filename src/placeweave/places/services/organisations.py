"""Partner organisations: adding them, and keeping what is known of them right."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, versions
from placeweave.kit.errors import Unsound
from placeweave.places.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    Place,
    Sector,
    Site,
)
from placeweave.places.services import identifiers
from placeweave.places.services.acting import Hand, require_own


@dataclass(frozen=True)
class Particulars:
    """What is said of an organisation, as a form or a file gives it."""

    name: str
    sector: str = Sector.UNKNOWN
    description: str = ""
    is_partner: bool = True
    is_statutory: bool = False
    is_anchor: bool = False


LABELS = {
    "name": gettext_lazy("Name"),
    "sector": gettext_lazy("Sector"),
    "description": gettext_lazy("What it does"),
    "is_partner": gettext_lazy("Takes part here"),
    "is_statutory": gettext_lazy("A community planning partner by law, for this place"),
    "is_anchor": gettext_lazy("An anchor organisation"),
}


def _require(by: Hand, place_id: int) -> None:
    require_own(by, place_id)
    access.require(by, "places.edit_organisations")


def _check(place_id: int, said: Particulars, *, besides: int | None = None) -> None:
    if not said.name.strip():
        raise Unsound(_("An organisation needs a name."))
    if said.sector not in Sector.values:
        raise Unsound(_("“%(sector)s” is not a sector known here.") % {"sector": said.sector})
    same = Organisation.objects.filter(place_id=place_id, name__iexact=said.name.strip())
    if besides is not None:
        same = same.exclude(pk=besides)
    if same.exists():
        raise Unsound(_("There is already an organisation called “%(name)s” here.") % {"name": said.name.strip()})


@transaction.atomic
def add_organisation(*, place: Place, said: Particulars, by: Hand) -> Organisation:
    """Add an organisation that has a stake in the place."""
    _require(by, place.pk)
    _check(place.pk, said)
    organisation = Organisation(place=place)
    _take(organisation, said)
    organisation.save()
    audit.write(by=by, place_id=place.pk, verb="added organisation", subject=organisation, summary=organisation.name)
    return organisation


def _take(organisation: Organisation, said: Particulars) -> None:
    organisation.name, organisation.sector = said.name.strip(), said.sector
    organisation.description, organisation.is_partner = said.description, said.is_partner
    organisation.is_statutory, organisation.is_anchor = said.is_statutory, said.is_anchor


@transaction.atomic
def edit_organisation(*, organisation: Organisation, version: int, said: Particulars, by: Hand) -> Organisation:
    """Change what is said of an organisation.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read; theirs stands until a person has compared the two.
    """
    _require(by, organisation.place_id)
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    versions.require_version(current, version, said=vars(said), labels=LABELS, verbs=["edited organisation"])
    _check(current.place_id, said, besides=current.pk)
    _take(current, said)
    current.version += 1
    current.save()
    audit.write(by=by, place_id=current.place_id, verb="edited organisation", subject=current, summary=current.name)
    return current


@transaction.atomic
def add_identifier(
    *, organisation: Organisation, scheme: str, written: str, source: str, by: Hand
) -> OrganisationIdentifier:
    """Keep the number of an organisation in a register.

    The same number on two organisations is evidence, not proof, that they are one: it is kept as shared, and a person
    says whether the two are one or whose it is.
    """
    _require(by, organisation.place_id)
    reading = identifiers.read(scheme, written)
    if not reading.is_sound:
        raise Unsound(reading.reason)
    others = OrganisationIdentifier.objects.filter(
        organisation__place_id=organisation.place_id,
        organisation__merged_into=None,
        scheme=reading.scheme,
        value=reading.value,
    )
    others = others.exclude(organisation=organisation).exclude(status=OrganisationIdentifier.Status.DISPUTED)
    status = OrganisationIdentifier.Status.SHARED if others.exists() else OrganisationIdentifier.Status.CURRENT
    kept, is_new = OrganisationIdentifier.objects.get_or_create(
        organisation=organisation,
        scheme=reading.scheme,
        value=reading.value,
        defaults={"source": source or _("typed in"), "status": status},
    )
    if is_new:
        others.update(status=status)
        audit.write(by=by, place_id=organisation.place_id, verb="added number", subject=organisation, summary=str(kept))
    return kept


@transaction.atomic
def remove_identifier(*, identifier: OrganisationIdentifier, by: Hand) -> None:
    """Take back a number that was not this organisation's."""
    organisation = identifier.organisation
    _require(by, organisation.place_id)
    audit.write(
        by=by, place_id=organisation.place_id, verb="removed number", subject=organisation, summary=str(identifier)
    )
    identifier.delete()


@transaction.atomic
def add_name(*, organisation: Organisation, name: str, kind: str, by: Hand) -> OrganisationName:
    """Keep another name the organisation goes or went by."""
    _require(by, organisation.place_id)
    kept, is_new = OrganisationName.objects.get_or_create(
        organisation=organisation, name=name.strip(), kind=kind, defaults={"source": _("typed in")}
    )
    if is_new:
        audit.write(by=by, place_id=organisation.place_id, verb="added name", subject=organisation, summary=kept.name)
    return kept


@transaction.atomic
def remove_name(*, name: OrganisationName, by: Hand) -> None:
    """Take back a name that was not this organisation's."""
    organisation = name.organisation
    _require(by, organisation.place_id)
    audit.write(by=by, place_id=organisation.place_id, verb="removed name", subject=organisation, summary=name.name)
    name.delete()


@transaction.atomic
def add_site(
    *,
    organisation: Organisation,
    label: str,
    by: Hand,
    postcode: str = "",
    neighbourhood: Place | None = None,
    is_private: bool = True,
) -> Site:
    """Keep where an organisation is to be found; private unless said otherwise."""
    _require(by, organisation.place_id)
    if neighbourhood is not None and neighbourhood.parent_workspace_id != organisation.place_id:
        raise Unsound(_("That neighbourhood belongs to another place."))
    site = Site.objects.create(
        organisation=organisation,
        label=label,
        postcode=postcode.upper(),
        neighbourhood=neighbourhood,
        is_private=is_private,
    )
    # A private address must not be readable in the log either.
    summary = organisation.name
    audit.write(by=by, place_id=organisation.place_id, verb="added site", subject=organisation, summary=summary)
    return site


@transaction.atomic
def remove_site(*, site: Site, by: Hand) -> None:
    """Take back a site that is no longer there."""
    organisation = site.organisation
    _require(by, organisation.place_id)
    summary = organisation.name
    audit.write(by=by, place_id=organisation.place_id, verb="removed site", subject=organisation, summary=summary)
    site.delete()
