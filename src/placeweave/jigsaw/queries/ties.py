"""Ties between partners, both sides as they were reported: raw, side by side, and never averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.models import Tie, TieReply, TieSurvey
from placeweave.places.models import Member, Organisation, Place

LEVELS = [
    (0, _("0 · No contact"), _("We do not deal with each other.")),
    (1, _("1 · Networking"), _("We know of each other and pass on news.")),
    (2, _("2 · Cooperation"), _("We help each other out, each within our own work.")),
    (3, _("3 · Coordination"), _("We plan around each other and share what we need for it.")),
    (4, _("4 · Coalition"), _("We decide some things together and put something in.")),
    (5, _("5 · Collaboration"), _("We act as one on this, and answer for it together.")),
]
"""The levels of collaboration in our own words."""
NAMES = {level: label for level, label, _meaning in LEVELS}
STANDINGS = ("disputed", "one_sided", "confirmed")


@dataclass(frozen=True)
class Said:
    """What one side says of the tie. A partner who has sent its answer and left the other out says 0."""

    level: int
    note: str = ""

    @property
    def label(self) -> str:
        """The level in words."""
        return str(NAMES[self.level])


@dataclass(frozen=True)
class Party:
    """One side of a tie."""

    pk: int
    name: str
    sector: str


@dataclass(frozen=True)
class TiePair:
    """Two organisations and what each last said of working with the other; ``None`` where one has not said."""

    one: Party
    other: Party
    forth: Said | None
    back: Said | None

    @property
    def standing(self) -> str:
        """Say how the two reports stand to each other: confirmed, disputed, or one_sided."""
        if self.forth is None or self.back is None:
            return "one_sided"
        return "confirmed" if self.forth.level == self.back.level else "disputed"

    @property
    def reports(self) -> Sequence[tuple[int, int, int]]:
        """What has been said, as (who, of whom, level)."""
        told = ((self.one, self.other, self.forth), (self.other, self.one, self.back))
        return [(one.pk, other.pk, said.level) for one, other, said in told if said is not None]

    @property
    def level(self) -> int:
        """The higher of the two reports: from it on the two count as tied."""
        return max(said.level for said in (self.forth, self.back) if said is not None)


def surveys(place: Place) -> QuerySet[TieSurvey]:
    """Give the waves of a place, newest first, each with how many were asked and how many have sent their answer."""
    counted = TieSurvey.objects.filter(place=place).annotate(
        asked=Count("replies"), answered=Count("replies", filter=Q(replies__sent_at__isnull=False))
    )
    return counted.order_by("-number")  # counting drops the model's own order


@dataclass(frozen=True)
class Told:
    """All that is told of ties: in one wave, or everybody's newest word.

    Attributes
    ----------
    reports : mapping of (who, of whom) to what it says
    asked : mapping of partner to whether its answer is in; empty where there is no wave
    parties : mapping of organisation to its name and sector
    partners : set of the organisations that take part here
    """

    reports: Mapping[tuple[int, int], Said]
    asked: Mapping[int, bool]
    parties: Mapping[int, Party]
    partners: frozenset[int]

    def said(self, one: int, other: int) -> Said | None:
        """Give what one says of another: whoever has sent its answer and left the other out says 0."""
        return self.reports.get((one, other)) or (Said(0) if self.asked.get(one) else None)

    def pairs(self) -> Sequence[TiePair]:
        """Give each tied pair once; the disputed come first, to be talked about."""
        found = [
            TiePair(self.parties[one], self.parties[other], self.said(one, other), self.said(other, one))
            for one, other in sorted({(min(pair), max(pair)) for pair in self.reports})
        ]
        tied = [pair for pair in found if pair.level > 0]
        return sorted(tied, key=lambda pair: (STANDINGS.index(pair.standing), pair.one.name, pair.other.name))


def told(place_id: int, survey_id: int | None) -> Told:
    """Read all that is told of ties in a place, in three queries whatever their number."""
    rows = Tie.objects.current().filter(place=place_id)
    rows = rows.filter(survey=survey_id) if survey_id else rows
    said = rows.order_by("reported_on", "pk").values_list("source", "target", "level", "note")
    replies = TieReply.objects.filter(survey=survey_id or 0, survey__place=place_id, organisation__merged_into=None)
    organisations = list(_bodies(place_id).values_list("pk", "name", "sector", "is_partner"))
    return Told(
        reports={(source, target): Said(level, note) for source, target, level, note in said},
        asked={key: sent_at is not None for key, sent_at in replies.values_list("organisation", "sent_at")},
        parties={pk: Party(pk, name, sector) for pk, name, sector, _is_partner in organisations},
        partners=frozenset(pk for pk, _name, _sector, is_partner in organisations if is_partner),
    )


def _bodies(place_id: int) -> QuerySet[Organisation]:
    """Give the partners and whoever else is named in a tie: a place may know thousands that are neither."""
    named = Tie.objects.filter(place=place_id)
    ends = Q(pk__in=named.values("source")) | Q(pk__in=named.values("target"))
    return Organisation.objects.filter(Q(is_partner=True) | ends, place=place_id)


def tie_pairs(place: Place, survey: TieSurvey | None = None) -> Sequence[TiePair]:
    """Give each tied pair of a place, or of one wave, once, with the newest report of either side."""
    return told(place.pk, survey.pk if survey else None).pairs()


def asked_of(member: Member) -> Sequence[TiePair]:
    """Give the ties that others report with a member's own organisation, on which it has not said a word."""
    own = member.organisation
    if own is None:
        return []
    about = Tie.objects.current().filter(target=own, level__gt=0, source__place=member.place_id)
    answered = Tie.objects.filter(source=own, target=OuterRef("source"))
    rows = about.exclude(Exists(answered)).select_related("source").order_by("source__name", "reported_on")
    mine = Party(own.pk, own.name, own.sector)
    newest = {tie.source_id: tie for tie in rows}
    return [
        TiePair(Party(tie.source_id, tie.source.name, tie.source.sector), mine, Said(tie.level, tie.note), None)
        for tie in newest.values()
    ]


def narrowed(pairs: Sequence[TiePair], *, standing: str = "", wanted: str = "") -> Sequence[TiePair]:
    """Keep the pairs that stand so to each other, and in which one side's name has these words in it."""
    found = [pair for pair in pairs if pair.standing == standing] if standing in STANDINGS else pairs
    told = wanted.casefold()
    return [pair for pair in found if told in pair.one.name.casefold() or told in pair.other.name.casefold()]


def counts(pairs: Sequence[TiePair]) -> dict[str, int]:
    """Count pairs by how they stand."""
    found = dict.fromkeys(STANDINGS, 0)
    for pair in pairs:
        found[pair.standing] += 1
    return found
