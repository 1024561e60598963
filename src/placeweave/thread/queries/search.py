"""Search over every room, each answering with what this reader may read and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.action.queries import commitments
from placeweave.jigsaw import queries as jigsaw
from placeweave.kit.access import may
from placeweave.places.models import Member, Organisation, Person, Place
from placeweave.themes import queries as themes
from placeweave.themes.queries.words import ReadableQuote, begun, readable, reader_for

MOST = 20


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    kind: str
    title: str
    url: str
    step: str


@dataclass(frozen=True)
class Found:
    """What was found, words of people apart from everything else."""

    hits: Sequence[Hit]
    words: Sequence[ReadableQuote]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.hits and not self.words


def search(place: Place, member: Member, words: str) -> Found:
    """Look for words in titles and descriptions, and in what people said as far as this reader may read it."""
    hits = [
        *_themes(place, words),
        *_jigsaw(place, words),
        *_action(place, words),
        *_places(place, member, words),
    ]
    return Found(hits, _said(place, member, words))


def _said(place: Place, member: Member, words: str) -> list[ReadableQuote]:
    reader = reader_for(member)
    wanted = Q()
    for word in words.split()[:8]:
        wanted &= Q(text__icontains=word)
    rows = readable(place, reader).filter(wanted).select_related("conversation").order_by("-pk")[:MOST]
    return [begun(place, one, reader, most=400) for one in rows]


def _themes(place: Place, words: str) -> list[Hit]:
    found = themes.themes_of(place).filter(Q(title__icontains=words) | Q(description__icontains=words))[:MOST]
    return [Hit(_("Theme"), one.title, reverse("themes:theme", args=[place.slug, one.pk]), "themes") for one in found]


def _jigsaw(place: Place, words: str) -> list[Hit]:
    found = jigsaw.search(place, words, most=MOST)
    return [Hit(hit.kind, hit.title, reverse(hit.url_name, args=[place.slug, hit.pk]), "jigsaw") for hit in found]


def _action(place: Place, words: str) -> list[Hit]:
    routes = {"commitment": "action:commitment", "purpose": "action:purpose"}
    return [
        Hit(hit.label, hit.title, reverse(routes[hit.kind], args=[place.slug, hit.pk]), "action")
        for hit in commitments.search(place, words)
    ]


def _places(place: Place, member: Member, words: str) -> list[Hit]:
    if not may(member, "places.see_people"):
        return []
    bodies = Organisation.objects.filter(place=place, name__icontains=words)[:MOST]
    people = Person.objects.filter(place=place, is_listed=True, name__icontains=words)[:MOST]
    found = [
        Hit(_("Organisation"), one.name, reverse("places:organisation", args=[place.slug, one.pk]), "")
        for one in bodies
    ]
    return found + [Hit(_("Person"), one.name, reverse("places:people", args=[place.slug]), "") for one in people]
