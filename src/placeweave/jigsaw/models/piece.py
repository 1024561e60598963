"""Pieces, needs and money: what partners hold, want, and give each other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Batch, Dated
from placeweave.places.models import FrameworkNode, Issue, Member, Organisation, Place
from placeweave.themes.models import Quote, Theme


class PieceKind(models.TextChoices):
    """What sort of thing a piece is."""

    MONEY = "money", _("Money")
    PEOPLE = "people_skills", _("People and skills")
    BUILDING = "building_land", _("Buildings and land")
    VEHICLE = "vehicle_equipment", _("Vehicles and equipment")
    SERVICE = "service", _("Services")
    INFORMATION = "data", _("Data")
    KNOWLEDGE = "knowledge", _("Know-how")
    RELATIONSHIP = "relationship", _("Trust and relationships")
    MANDATE = "mandate", _("Mandate")
    CONVENING = "convening", _("Convening power")
    IN_BETWEEN = "in_between", _("In between: nobody's, and to be protected")


class Piece(Dated):
    """Something a partner holds. A piece in between belongs to nobody, and is never a gap to be filled.

    ``source_says`` lets the next import tell a person's own edit, which it must never overwrite, from what a file said.
    """

    class Sharability(models.TextChoices):
        """Whether others may use it."""

        OPEN = "open", _("Open to others")
        ASK = "ask", _("Ask first")
        NO = "no", _("Not to share")

    place = models.ForeignKey(Place, models.CASCADE, related_name="pieces")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="pieces")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=PieceKind)
    sharability = models.CharField(max_length=4, choices=Sharability, default=Sharability.ASK)
    note = models.TextField(blank=True, max_length=2000)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    quantity = models.CharField(max_length=80, blank=True, help_text=_("For example: 6 hours a week, 40 seats"))
    when = models.CharField(max_length=160, blank=True, help_text=_("For example: Tuesday and Thursday evenings"))
    neighbourhood = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    point = models.CharField(max_length=40, blank=True, help_text="Latitude and longitude in degrees, in this order.")
    hours_a_month = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    what_stops = models.CharField(max_length=240, blank=True, help_text=_("What stops when it ends."))
    themes = models.ManyToManyField(Theme, blank=True, related_name="pieces")
    issues = models.ManyToManyField(Issue, blank=True, related_name="pieces")
    topics = models.ManyToManyField(FrameworkNode, blank=True, related_name="pieces")
    is_shared_beyond = models.BooleanField(default=False, help_text=_("Other places of this installation may see it."))
    last_checked_on = models.DateField(null=True, blank=True)
    is_gone = models.BooleanField(default=False)
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")
    external_id = models.CharField(max_length=120, blank=True)
    source_says = models.JSONField(default=dict, blank=True, help_text="What the last file said of it, field by field.")

    class Meta:
        ordering = ["organisation__name", "kind", "title"]
        indexes = [models.Index(fields=["place", "kind", "is_gone"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="in_between", organisation=None)
                | (~Q(kind="in_between") & Q(organisation__isnull=False)),
                name="only_pieces_in_between_have_no_holder",
            ),
            models.UniqueConstraint(
                fields=["place", "external_id"], condition=~Q(external_id=""), name="one_piece_per_source_id"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Need(Dated):
    """Something wanted: by a partner, or by people of the place in their own words."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("Open")
        MET = "met", _("Met")
        WITHDRAWN = "withdrawn", _("No longer wanted")

    class Priority(models.IntegerChoices):
        """How pressing it is."""

        LATER = 1, _("Later")
        SOON = 2, _("Soon")
        PRESSING = 3, _("Pressing")

    place = models.ForeignKey(Place, models.CASCADE, related_name="needs")
    title = models.CharField(max_length=160)
    detail = models.TextField(blank=True, max_length=2000)
    asked_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="needs")
    asked_for = models.CharField(max_length=160, blank=True, help_text=_("For example: people on Harbour Terrace"))
    kind = models.CharField(max_length=20, choices=[c for c in PieceKind.choices if c[0] != "in_between"])
    when = models.CharField(max_length=160, blank=True)
    neighbourhood = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.SOON)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    themes = models.ManyToManyField(Theme, blank=True, related_name="needs")
    issues = models.ManyToManyField(Issue, blank=True, related_name="needs")
    topics = models.ManyToManyField(FrameworkNode, blank=True, related_name="needs")
    quotes = models.ManyToManyField(Quote, blank=True, related_name="needs")
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")
    external_id = models.CharField(max_length=120, blank=True)
    source_says = models.JSONField(default=dict, blank=True, help_text="What the last file said of it, field by field.")

    class Meta:
        ordering = ["-priority", "pk"]
        indexes = [models.Index(fields=["place", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "external_id"], condition=~Q(external_id=""), name="one_need_per_source_id"
            )
        ]

    def __str__(self) -> str:
        return self.title


class FundingFlow(Dated):
    """Money that one organisation gave another, as a published file says. A grant to an individual names nobody."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="flows")
    standard = models.CharField(max_length=20, default="360giving")
    external_id = models.CharField(max_length=160)
    title = models.CharField(max_length=1000)
    description = models.TextField(blank=True)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    awarded_on = models.DateField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    end_is_derived = models.BooleanField(default=False)
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="gave")
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="received")
    programme = models.CharField(max_length=600, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    flags = models.JSONField(default=list, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    source_says = models.JSONField(default=dict, blank=True, help_text="What the last file said of it, field by field.")
    modified = models.CharField(max_length=40, blank=True)
    in_latest_file = models.BooleanField(default=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-awarded_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "standard", "external_id"], name="one_flow_per_source_id")
        ]
        indexes = [models.Index(fields=["place", "-awarded_on"])]

    def __str__(self) -> str:
        return self.title
