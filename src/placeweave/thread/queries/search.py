"""Search: each room is asked for its own, and answers with what this reader may see and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from placeweave.action.queries import finding as action
from placeweave.jigsaw import queries as jigsaw
from placeweave.kit.finding import Hit
from placeweave.places import queries as places
from placeweave.places.models import Member, Place
from placeweave.themes import queries as themes
from placeweave.themes.queries import ReadableQuote

ROOMS: Final[Sequence[Callable[[Place, Member, str], list[Hit]]]] = (
    themes.search_assessments,
    themes.search,
    jigsaw.search,
    action.search,
    places.search,
)


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
    """Ask every room for what holds the words; of no words at all, nothing is asked."""
    words = words.strip()
    if not words:
        return Found((), ())
    hits = [hit for room in ROOMS for hit in room(place, member, words)]
    return Found(hits, themes.saying(place, member, words))
