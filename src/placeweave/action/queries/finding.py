"""Finding commitments and purposes by their words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.action.models import Commitment, Purpose
from placeweave.kit.access import may
from placeweave.kit.finding import MOST, Hit, holding
from placeweave.places.models import Member, Place


def search(place: Place, member: Member, words: str) -> list[Hit]:
    """Find commitments by what they say, and purposes by their title or any of their wordings."""
    if not may(member, "action.see_action"):
        return []
    promised = Commitment.objects.filter(holding(words, "what", "detail", "promised_to"), place=place)[:MOST]
    purposes = Purpose.objects.filter(holding(words, "title", "versions__wording"), place=place).distinct()[:MOST]
    return [
        *(
            Hit(_("Commitment"), one.what, reverse("action:commitment", args=[place.slug, one.pk]), "action")
            for one in promised
        ),
        *(
            Hit(_("Purpose"), one.title, reverse("action:purpose", args=[place.slug, one.pk]), "action")
            for one in purposes
        ),
    ]
