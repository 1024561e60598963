"""Finding commitments and purposes by their words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placeweave.action.models import Commitment, Purpose
from placeweave.kit.access import may
from placeweave.kit.finding import Hit, Kind, hits, holding, page
from placeweave.places.models import Member, Place


def search(place: Place, member: Member, words: str) -> list[Hit]:
    """Find commitments by what they say, and purposes by their title or any of their wordings."""
    if not may(member, "action.see_action"):
        return []
    promised = Commitment.objects.filter(holding(words, "what", "detail", "promised_to"), place=place)
    purposes = Purpose.objects.filter(holding(words, "title", "versions__wording"), place=place).distinct()
    return hits(
        Kind(_("Commitment"), promised, "what", page(place.slug, "action:commitment"), "action"),
        Kind(_("Purpose"), purposes.order_by("pk"), "title", page(place.slug, "action:purpose"), "action"),
    )
