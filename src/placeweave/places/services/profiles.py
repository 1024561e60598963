"""People keeping their own entry in the directory."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import Unsound
from placeweave.places.models import Member, Organisation, Person


@transaction.atomic
def edit_own_profile(
    *,
    name: str,
    role: str,
    about: str,
    email: str,
    phone: str,
    shows_contact: bool,
    is_listed: bool,
    organisation: Organisation | None,
    by: Member,
) -> Person:
    """Change one's own entry: nobody else's is reachable this way."""
    access.require(by, "places.edit_own_profile")
    if organisation is not None and organisation.place_id != by.place_id:
        raise Unsound(_("That organisation belongs to another place."))
    person = Person.objects.select_for_update().get(pk=by.person_id)
    wanted = {
        "name": name,
        "role": role,
        "about": about,
        "email": email,
        "phone": phone,
        "shows_contact": shows_contact,
        "is_listed": is_listed,
        "organisation": organisation,
    }
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    if not changed:
        return person
    for field in changed:
        setattr(person, field, wanted[field])
    person.save(update_fields=changed)
    by.person = person
    audit.write(by=by, place_id=by.place_id, verb="edited own profile", subject=person, summary=", ".join(changed))
    return person
