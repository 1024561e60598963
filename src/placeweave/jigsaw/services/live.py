"""Letting another program read the map of a place at a secret address, and ending it."""

from __future__ import annotations

import hashlib

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import LiveAddress
from placeweave.kit import audit, links
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady, Refused
from placeweave.places.models import Member, Place


@transaction.atomic
def make_live(*, place: Place, by: Member) -> LiveAddress:
    """Make the address.

    Raises
    ------
    NotReady
        If there is one already.
    """
    _require(place, by)
    try:
        with transaction.atomic():
            made = LiveAddress.objects.create(place=place, key=links.new_key(), made_by=by)
    except IntegrityError as clash:
        raise NotReady(_("There is an address already. Withdraw it first to have a new one.")) from clash
    audit.write(by=by, place_id=place.pk, verb="opened", subject=made, summary=_("a live address for Kumu"))
    return made


@transaction.atomic
def withdraw_live(*, place: Place, by: Member) -> None:
    """End the address at once; whoever has it finds nothing there any more.

    Raises
    ------
    NotReady
        If there is none.
    """
    _require(place, by)
    found = LiveAddress.objects.select_for_update().filter(place=place, withdrawn_at=None).first()
    if found is None:
        raise NotReady(_("There is no live address to withdraw."))
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    audit.write(by=by, place_id=place.pk, verb="withdrew", subject=found, summary=_("a live address for Kumu"))


def _require(place: Place, by: Member) -> None:
    require(by, "jigsaw.share_live")
    if by.place_id != place.pk:
        raise Refused(_("You have no standing in that place."))


def note_given(*, address: LiveAddress, content: bytes) -> LiveAddress:
    """Note what an address gives out now, where that differs from before; asking twice for the same writes nothing."""
    digest = hashlib.sha256(content).hexdigest()
    if address.digest != digest:
        address.digest, address.changed_at = digest, timezone.now()
        address.save(update_fields=["digest", "changed_at"])
    return address
