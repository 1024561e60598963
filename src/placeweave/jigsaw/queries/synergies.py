"""Suggested synergies, each fact turned into a sentence and a link."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from placeweave.jigsaw.models import Need, Piece, Synergy
from placeweave.jigsaw.wording import Telling
from placeweave.kit.models import AuditEntry
from placeweave.places.models import Organisation, Place

SUBJECTS = ("jigsaw.piece", "jigsaw.need", "jigsaw.tie")


@dataclass(frozen=True)
class InWords:
    """One suggestion as a person reads it: a title, why, and every fact with the page it stands on."""

    synergy: Synergy
    title: str
    sentence: str
    facts: Sequence[Mapping[str, str]]
    url: str

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pieces it speaks of."""
        return list(self.synergy.pieces.all())


def _with_pieces(place: Place) -> QuerySet[Synergy]:
    held = Prefetch("pieces", Piece.objects.select_related("organisation", "neighbourhood").order_by("pk"))
    found = Synergy.objects.filter(place=place)
    return found.select_related("need__asked_by", "need__neighbourhood", "decided_by__person").prefetch_related(held)


def _with_records(place: Place) -> QuerySet[Synergy]:
    return _with_pieces(place).prefetch_related("organisations")


def synergies(
    place: Place, *, kind: str = "", state: str = Synergy.State.OPEN, wanted: str = "", by: str = ""
) -> QuerySet[Synergy]:
    """Give the suggestions of a kind in a state, strongest first; ``wanted`` is the kind of piece a need asks for.

    Introductions have two orders and no third: by what the meeting would join, or ``by`` = likely.
    """
    found = _with_records(place).filter(state=state)
    found = found.order_by(F("likely").desc(nulls_last=True), "pk") if by == "likely" else found
    found = found.filter(need__kind=wanted) if wanted else found
    return found.filter(kind=kind) if kind else found


def open_by_kind(place: Place, *, most: int = 5) -> dict[str, tuple[list[Synergy], int]]:
    """Give the strongest open suggestions of each kind and how many there are, in one reading."""
    turn = Window(RowNumber(), partition_by=[F("kind")], order_by=[F("score").desc(), F("pk").asc()])
    whole = Window(Count("pk"), partition_by=[F("kind")])
    rows = synergies(place).annotate(turn=turn, whole=whole).filter(turn__lte=most).order_by("kind", "turn")
    found: dict[str, tuple[list[Synergy], int]] = {kind: ([], 0) for kind in Synergy.Kind.values}
    for one in rows:
        so_far, _total = found[one.kind]
        found[one.kind] = ([*so_far, one], one.whole)
    return found


def synergies_in_words(place: Place, found: Iterable[Synergy], *, decides: bool = False) -> list[InWords]:
    """Say suggestions in words; one query for the pieces that stand beside, whatever their number.

    What comes from an address of a register is told only where the reader ``decides`` on suggestions.
    """
    rows = list(found)
    beside = _beside(rows)
    return [_in_words(place, one, beside, decides=decides) for one in rows]


def _beside(rows: Sequence[Synergy]) -> dict[int, Piece]:
    keys = {fact["piece"] for one in rows for fact in one.reason if fact["code"] == "also_holds"}
    return Piece.objects.select_related("organisation").in_bulk(keys) if keys else {}


def _in_words(place: Place, synergy: Synergy, beside: Mapping[int, Piece], *, decides: bool) -> InWords:
    telling = Telling(place, synergy, list(synergy.pieces.all()), beside)
    url = reverse("jigsaw:synergy", args=[place.slug, synergy.pk])
    return InWords(synergy, telling.title(), telling.sentence(decides=decides), telling.facts(), url)


def worth_making(place: Place, *, most: int = 3) -> list[InWords]:
    """Give the introductions most worth making: open matches, one for each need."""
    chosen: dict[int | None, Synergy] = {}
    for one in _with_pieces(place).filter(kind=Synergy.Kind.MATCH, state=Synergy.State.OPEN)[: most * 4]:
        chosen.setdefault(one.need_id, one)
    return synergies_in_words(place, list(chosen.values())[:most])


def of_need(place: Place, need: Need) -> list[InWords]:
    """Give what might meet one need, whatever was decided; who should meet is told apart."""
    rows = (
        _with_pieces(place)
        .filter(need=need, kind__in=[Synergy.Kind.MATCH, Synergy.Kind.GAP])
        .exclude(state=Synergy.State.LAPSED)
    )
    return synergies_in_words(place, rows[:6])


def of_piece(place: Place, piece: Piece) -> list[InWords]:
    """Give what is suggested with one piece."""
    rows = _with_pieces(place).filter(pieces=piece, kind__in=["match", "overlap"]).exclude(state=Synergy.State.LAPSED)
    return synergies_in_words(place, rows[:6])


@dataclass(frozen=True)
class RestsOnOne:
    """A need that only one organisation could meet, and who else holds something of the kind."""

    need: Need
    holder: Organisation
    others: Sequence[Piece]


def rest_on_one(place: Place, *, among: Sequence[Synergy] | None = None, most: int = 50) -> list[RestsOnOne]:
    """Find the needs that rest on a single organisation, each with partners that might be asked too (A2).

    ``among`` are suggestions already read, where a page has them.
    """
    if among is None:
        rows = _with_records(place).filter(kind=Synergy.Kind.GAP).exclude(state=Synergy.State.LAPSED)
        among = list(rows[: most * 4])
    thin = [one for one in among if one.need and _is_thin(one.reason)][:most]
    if not thin:
        return []
    kinds = {one.need.kind for one in thin if one.need}
    shared = Piece.objects.filter(place=place, is_gone=False, kind__in=kinds, organisation__isnull=False)
    offered = list(shared.exclude(sharability="no").values_list("pk", "kind", "organisation", "neighbourhood", "title"))
    found = [(one, _others(one, offered)) for one in thin]
    keys = {key for _one, others in found for key in others}
    named = Piece.objects.select_related("organisation").in_bulk(keys)
    return [told for one, others in found if (told := _resting(one, [named[key] for key in others])) is not None]


def _is_thin(reason: Sequence[Mapping[str, Any]]) -> bool:
    return any(fact["code"] == "one_holder" for fact in reason)


def _others(synergy: Synergy, offered: Sequence[tuple[int, str, int, int | None, str]], most: int = 3) -> list[int]:
    """Give the pieces of the kind that others hold, one of each, those of the same neighbourhood first."""
    need, pieces = synergy.need, list(synergy.pieces.all())
    if need is None or not pieces:
        return []
    own = {pieces[0].organisation_id, need.asked_by_id}
    first: dict[int, tuple[bool, str, int]] = {}
    for key, kind, holder, neighbourhood, title in offered:
        if kind == need.kind and holder not in own:
            first.setdefault(holder, (neighbourhood != need.neighbourhood_id, title, key))
    return [key for _far, _title, key in heapq.nsmallest(most, first.values())]


def _resting(synergy: Synergy, others: Sequence[Piece]) -> RestsOnOne | None:
    pieces = list(synergy.pieces.all())
    if not pieces or pieces[0].organisation is None or synergy.need is None:
        return None
    return RestsOnOne(synergy.need, pieces[0].organisation, others)


def changes_since(place: Place, moment: datetime | None) -> int:
    """Count what was done to pieces, needs and ties since a moment, as the log has it; imports count as one."""
    if moment is None:
        return 0
    rows = AuditEntry.objects.filter(place_id=place.pk, created_at__gt=moment)
    return rows.filter(subject_type__in=[*SUBJECTS, "kit.batch"]).exclude(verb="exported").count()
