"""Finding themes by their titles, and what people said by its words."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.kit.access import may
from placeweave.kit.finding import MOST, Hit, holding
from placeweave.places.models import Member, Place
from placeweave.themes.queries.themes import themes_of
from placeweave.themes.queries.words import ReadableQuote, begun, readable, reader_for

MOST_WORDS, AS_FAR = 8, 400


def search(place: Place, member: Member, words: str) -> list[Hit]:
    """Find themes whose title or description holds the words."""
    if not may(member, "themes.see_themes"):
        return []
    found = themes_of(place).filter(holding(words, "title", "description"))[:MOST]
    return [Hit(_("Theme"), one.title, reverse("themes:theme", args=[place.slug, one.pk]), "themes") for one in found]


def saying(place: Place, member: Member, words: str) -> list[ReadableQuote]:
    """Find what people said, as far as this member may read it, that holds each of the words; the newest first."""
    reader = reader_for(member)
    wanted = Q()
    for word in words.split()[:MOST_WORDS]:
        wanted &= holding(word, "text")
    found = readable(place, reader).filter(wanted).select_related("conversation").order_by("-pk")[:MOST]
    return [begun(place, one, reader, most=AS_FAR) for one in found]
