"""How much stands under each theme, and in how many voices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from placeweave.kit import smallnumbers
from placeweave.listening.models import Contribution, VoiceType
from placeweave.places.models import Place
from placeweave.themes.queries.words import current_codings


@dataclass(frozen=True)
class ThemeCounts:
    """What stands under one theme: quotes, the contributions they come from, and those by kind of voice."""

    quotes: int = 0
    voices: int = 0
    by_voice: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class MixRow:
    """One kind of voice and how many of it; None is too few to tell."""

    voice_type: str
    label: str
    count: int | None


NOTHING = ThemeCounts()


def counts(place: Place, *, contributions: QuerySet[Any] | None = None) -> dict[int, ThemeCounts]:
    """Count what stands under each current theme, whatever its consent: a count is not a word.

    ``contributions`` narrows the count to some of what was said.
    """
    rows = current_codings(place).filter(quote__contribution__state=Contribution.State.LIVE)
    if contributions is not None:
        rows = rows.filter(quote__contribution__in=contributions)
    grouped = (
        rows.order_by()
        .values("theme", "quote__contribution__voice_type")
        .annotate(quotes=Count("quote", distinct=True), voices=Count("quote__contribution", distinct=True))
    )
    found: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for row in grouped:
        found[row["theme"]].append((row["quote__contribution__voice_type"], row["quotes"], row["voices"]))
    return {
        theme: ThemeCounts(
            quotes=sum(quotes for _kind, quotes, _voices in kinds),
            voices=sum(voices for _kind, _quotes, voices in kinds),
            by_voice={kind: voices for kind, _quotes, voices in kinds},
        )
        for theme, kinds in found.items()
    }


def mix(by_voice: Mapping[str, int], *, threshold: int | None = None) -> list[MixRow]:
    """List the kinds of voice in their usual order; with a threshold, as it may be told outside."""
    shown = dict(by_voice) if threshold is None else smallnumbers.suppress(by_voice, threshold=threshold)
    return [MixRow(kind.value, str(kind.label), shown[kind]) for kind in VoiceType if by_voice.get(kind)]


def further(total: int, shown: int, *, threshold: int | None = None) -> int | None:
    """Say how many more there are than are shown; None where that is too few to tell outside."""
    more = max(total - shown, 0)
    return more if threshold is None or smallnumbers.is_shown(more, threshold=threshold) else None
