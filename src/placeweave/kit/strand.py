"""The strand: the steps of the thread, each a bead that a room fills in with one count and one date.

Rooms register subqueries, and places fetches them together with the place itself, so that the line at the top of
every page costs no query of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, F, IntegerField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """The seven steps, in order; value is also the name of the icon and of the hue."""

    HEARD = "heard", _("Heard")
    THEMES = "themes", _("Themes")
    SYSTEM = "system", _("System")
    JIGSAW = "jigsaw", _("Jigsaw")
    ACTION = "action", _("Action")
    LEARNING = "learning", _("Learning")
    CHANGE = "change", _("Change")


@dataclass(frozen=True)
class Bead:
    """One step as a person sees it: ``count`` is None where nothing may be told."""

    step: Step
    count: int | None
    noun: str
    latest: datetime | None
    url_name: str
    is_hidden: bool = False

    @property
    def is_hollow(self) -> bool:
        """Whether nothing is there yet."""
        return not self.count and not self.is_hidden


@dataclass(frozen=True)
class Filling:
    """How a room fills one bead: the records to count, the date to show, the page to open."""

    records: Callable[[], models.QuerySet[models.Model]]
    changed: str
    nouns: Callable[[int], str]
    url_name: str


_fillings: dict[Step, Filling] = {}


def fill(step: Step, filling: Filling) -> None:
    """Register what a room puts on the strand; called once, when the room's application is ready."""
    _fillings[step] = filling


def expressions() -> dict[str, models.expressions.Combinable]:
    """Give the expressions a query over places must annotate for :func:`beads` to read."""
    found: dict[str, models.expressions.Combinable] = {}
    for step, filling in _fillings.items():
        rows = filling.records().filter(place=OuterRef("pk")).order_by().values("place")
        counted = rows.annotate(strand_count=Count("pk")).values("strand_count")
        dated = rows.annotate(strand_latest=Max(F(filling.changed))).values("strand_latest")
        found[f"strand_{step}_count"] = Coalesce(Subquery(counted), 0, output_field=IntegerField())
        found[f"strand_{step}_latest"] = Subquery(dated)
    return found


def beads(place: models.Model, *, threshold: int, outside: bool) -> Sequence[Bead]:
    """Read the strand off a place fetched with :func:`expressions`.

    Parameters
    ----------
    place : Model
        The place, annotated.
    threshold : int
        For people outside the place, a count below this is not told.
    outside : bool
        Whether the reader has no standing inside the place.
    """
    strand = []
    for step in Step:
        filling = _fillings.get(step)
        if filling is None:
            strand.append(Bead(step, 0, "", None, ""))
            continue
        count: int = getattr(place, f"strand_{step}_count", 0)
        hidden = outside and 0 < count < threshold
        latest = None if outside else getattr(place, f"strand_{step}_latest", None)
        url_name = "" if outside else filling.url_name  # the rooms open to those inside alone
        strand.append(Bead(step, None if hidden else count, filling.nouns(count), latest, url_name, is_hidden=hidden))
    return strand
