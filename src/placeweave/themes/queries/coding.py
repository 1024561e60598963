"""One contribution laid open for coding: its text in runs, who coded what, and which comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet

from placeweave.listening.models import Contribution
from placeweave.places.models import Member
from placeweave.themes.models import Coding, FinishedCoding
from placeweave.themes.queries.words import readable_by, under_no_theme

COLOURS = 6


@dataclass(frozen=True)
class Mark:
    """One theme on a run of text; its label stands where it ends."""

    title: str
    colour: int
    ends_here: bool


@dataclass(frozen=True)
class Run:
    """A stretch of text under the same themes."""

    text: str
    marks: Sequence[Mark]

    @property
    def colour(self) -> int:
        """The colour of the theme that began last."""
        return self.marks[-1].colour

    @property
    def labels(self) -> str:
        """The titles of the themes that end here."""
        return " · ".join(one.title for one in self.marks if one.ends_here)

    @property
    def titles(self) -> str:
        """The titles of all its themes."""
        return " · ".join(one.title for one in self.marks)


def codings_of(contribution: Contribution, *, only_by: Member | None = None) -> list[Coding]:
    """Give what stands coded in a contribution, in the order of the text; by one person alone if asked."""
    rows = Coding.objects.filter(quote__contribution=contribution, ended_at=None, theme__merged_into=None)
    if only_by is not None:
        rows = rows.filter(by=only_by)
    return list(rows.select_related("quote", "theme", "by__person").order_by("quote__start", "quote__end", "pk"))


def colour_of(theme_id: int) -> int:
    """Give a theme the same one of a few colours everywhere; its label tells it from others of that colour."""
    return theme_id % COLOURS + 1


def runs(text: str, codings: Sequence[Coding]) -> list[Run]:
    """Cut a text wherever a coding begins or ends; the runs joined are the text, to the character."""
    edges = {0, len(text)}
    for one in codings:
        edges |= {one.quote.start, one.quote.end}
    cuts = sorted(edge for edge in edges if edge <= len(text))
    return [
        Run(text[start:end], [_mark(one, end) for one in codings if one.quote.start <= start and end <= one.quote.end])
        for start, end in pairwise(cuts)
    ]


def _mark(coding: Coding, end: int) -> Mark:
    return Mark(coding.theme.title, colour_of(coding.theme_id), ends_here=coding.quote.end == end)


def to_code(member: Member, *, conversation: int | None = None, uncoded: bool = False) -> QuerySet[Contribution]:
    """Give what this member may code, in one order; those with nothing coded yet if asked."""
    rows = readable_by(member).exclude(text="")
    if conversation:
        rows = rows.filter(conversation=conversation)
    if uncoded:
        rows = under_no_theme(rows)
    return rows.order_by("pk")


def has_finished(contribution: Contribution, member: Member) -> bool:
    """Tell whether this member said that they are done coding this on their own."""
    return FinishedCoding.objects.filter(contribution=contribution, by=member).exists()
