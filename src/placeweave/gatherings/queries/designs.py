"""Reads of designs: what a run does as designed, what differs here, and how other places of one's own hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from placeweave.gatherings.models import DesignSession, DesignVersion, OutlineSession, Programme
from placeweave.kit.access import TEAM, may
from placeweave.places.models import Member, Place

SAID = ("title", "purpose", "kind", "minutes", "gap_days")
"""What is said of a session, in a design and in an outline."""


@dataclass(frozen=True)
class Line:
    """One session of an outline beside the design: as designed, different, added here, or left out here."""

    here: OutlineSession | None
    designed: DesignSession | None
    differs: Sequence[str] = ()

    @property
    def standing(self) -> str:
        """Which of the four it is."""
        if self.designed is None:
            return "added"
        if self.here is None:
            return "left_out"
        return "differs" if self.differs else "common"


def designed(version: DesignVersion | None) -> dict[UUID, DesignSession]:
    """Give the sessions of a version by their key, in order."""
    return {one.key: one for one in version.sessions.all()} if version is not None else {}


def beside(outline: Iterable[OutlineSession], design: Mapping[UUID, DesignSession]) -> list[Line]:
    """Lay an outline beside a design, in the order of the outline; what is left out comes last."""
    found, met = [], set()
    for one in outline:
        twin = design.get(one.key)
        met.add(one.key)
        differs = [name for name in SAID if twin is not None and getattr(one, name) != getattr(twin, name)]
        found.append(Line(one, twin, differs))
    return found + [Line(None, twin) for key, twin in design.items() if key not in met]


def lines(programme: Programme) -> list[Line]:
    """Lay the outline of a programme beside the version it set out from."""
    return beside(programme.outline.all(), designed(programme.design_version))


def versions(programme: Programme) -> QuerySet[DesignVersion]:
    """Give the versions of a programme's design that this place has, newest first."""
    if programme.design_version is None:
        return DesignVersion.objects.none()
    return DesignVersion.objects.filter(design=programme.design_version.design_id)


def standings(member: Member) -> list[Member]:
    """Give what an account is elsewhere: its current standings in places other than this one."""
    mine = Member.objects.current().filter(account=member.account_id).exclude(place=member.place_id)
    return list(mine.select_related("place").order_by("place__name", "pk"))


def may_be_given(member: Member) -> QuerySet[Place]:
    """Give the places into which somebody may take a design: those they convene or facilitate themselves."""
    own = [one.place_id for one in standings(member) if one.standing in TEAM]
    return Place.objects.filter(pk__in=own).order_by("name")


@dataclass(frozen=True)
class Elsewhere:
    """One programme of the same design, and what it does with each session of the design."""

    programme: Programme
    by_key: Mapping[UUID, Line]
    added: Sequence[Line]


@dataclass(frozen=True)
class Across:
    """Each session of a design with what each place does with it."""

    places: Sequence[Elsewhere]
    rows: Sequence[tuple[DesignSession, Sequence[Line], bool]]


def across(programme: Programme, member: Member) -> Across:
    """Compare the programmes of one design over the places that a reader may see from inside, this one first.

    Where a reader has no standing nothing is said, not even that the design is used there.
    """
    version = programme.design_version
    if version is None:
        return Across([], [])
    seen = [one.place_id for one in standings(member) if may(one, "gatherings.see_cohorts")]
    lineage = version.design.lineage
    others = (
        Programme.objects.filter(place__in=seen, design_version__design__lineage=lineage)
        .select_related("place")
        .prefetch_related("outline")
    )
    design = designed(version)
    places = [_elsewhere(one, design) for one in (programme, *others)]
    rows = []
    for key, one in design.items():
        cells = [place.by_key[key] for place in places]
        rows.append((one, cells, all(cell.standing == "common" for cell in cells)))
    return Across(places, rows)


def _elsewhere(programme: Programme, design: Mapping[UUID, DesignSession]) -> Elsewhere:
    laid = beside(programme.outline.all(), design)
    by_key = {one.designed.key: one for one in laid if one.designed is not None}
    return Elsewhere(programme, by_key, [one for one in laid if one.standing == "added"])
