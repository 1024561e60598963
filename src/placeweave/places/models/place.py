"""Places and the codes other people's files know them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connections, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.kit import smallnumbers, strand
from placeweave.kit.models import Batch, Dated


class PlaceQuerySet(models.QuerySet["Place"]):
    """Reads of places."""

    def workspaces(self) -> PlaceQuerySet:
        """Keep the places that people work in, leaving out their neighbourhoods."""
        return self.filter(parent_workspace=None)

    def with_strand(self) -> PlaceQuerySet:
        """Fetch what the strand shows together with the place."""
        return self.annotate(**strand.expressions())

    def entered(self, slug: str) -> Place | None:
        """Find the workspace that an address names, with its strand: the first thing every page of a place asks."""
        asked = _entered(self.db)
        place = next(
            iter(self.model.objects.raw(asked.sql, [slug if one == _ANY_SLUG else one for one in asked.said])), None
        )
        for name, expression in asked.strand.items() if place else ():
            setattr(place, name, _as_python(getattr(place, name), expression, connections[self.db]))
        return place


_ANY_SLUG = "any slug"


@dataclass(frozen=True)
class _Entering:
    """The query for one place with its strand, as it is sent."""

    sql: str
    said: tuple[object, ...]
    strand: Mapping[str, Any]


@cache
def _entered(database: str) -> _Entering:
    """Write the query once: putting its subqueries together anew for each page costs several times what they do."""
    rows = Place.objects.using(database).workspaces().with_strand().filter(slug=_ANY_SLUG)
    sql, parameters = rows.query.get_compiler(database).as_sql()
    return _Entering(sql, tuple(parameters), dict(rows.query.annotations))


def _as_python(value: Any, expression: Any, database: Any) -> Any:
    """Read a value as the query it was written by would: SQLite gives moments as text, and a raw query leaves them."""
    for convert in [*database.ops.get_db_converters(expression), *expression.get_db_converters(database)]:
        value = convert(value, expression, database)
    return value


class Place(Dated):
    """Where people, location and resources combine to create identity and purpose.

    A place is either a workspace of its own, or a neighbourhood inside one (``parent_workspace``). ``parent`` is
    geography: a town lies in a council area. ``version`` counts changes of what the place says of itself, and
    ``contacts_version`` those of its duty contacts, so that two people who write at once are told of each other.
    ``time_zone`` names the clock the place goes by; empty, and it is the one of the installation.
    """

    class Kind(models.TextChoices):
        """What sort of place it is."""

        TOWN = "town", _("Town")
        LOCALITY = "locality", _("Locality")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
        ISLAND = "island", _("Island")
        COUNCIL_AREA = "council_area", _("Council area")
        OTHER = "other", _("Another kind of place")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.LOCALITY)
    description = models.TextField(blank=True, max_length=2000)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    parent_workspace = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="neighbourhoods")
    is_public = models.BooleanField(default=False, help_text=_("Visitors may see its public pages."))
    in_portfolio = models.BooleanField(default=False, help_text=_("Other places may see which issues it works on."))
    made_up = models.BooleanField(default=False)
    threshold = models.PositiveSmallIntegerField(
        default=smallnumbers.DEFAULT_THRESHOLD,
        validators=[MinValueValidator(smallnumbers.LOWEST), MaxValueValidator(smallnumbers.HIGHEST)],
        help_text=_("Counts of fewer people than this are not shown outside the workspace."),
    )
    version = models.PositiveIntegerField(default=1)
    time_zone = models.CharField(max_length=64, blank=True)
    contacts_version = models.PositiveIntegerField(default=1)

    objects = PlaceQuerySet.as_manager()

    strand: Sequence[strand.Bead] = ()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """Give the clock of the place."""
        default: ZoneInfo = timezone.get_default_timezone()
        return ZoneInfo(self.time_zone) if self.time_zone else default


class PlaceCode(models.Model):
    """A code of a place in some register, with the vintage it belongs to: codes are never joined across vintages."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    vintage = models.CharField(max_length=20, blank=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "scheme", "code", "vintage"], name="one_place_code_each")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"


class DutyContact(models.Model):
    """Whom to turn to when someone may be at risk in this place."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="duty_contacts")
    title = models.CharField(max_length=120)
    how = models.CharField(max_length=240)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title
