"""Those who apply for a cohort, the places that come free in it, and the log of both, which only grows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.cohort import Cohort
from placeweave.kit.models import Dated
from placeweave.places.models import Sector


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Reads of applications."""

    def holding(self) -> ApplicationQuerySet:
        """Keep those who have a place, or have one kept while an offer stands."""
        return self.filter(state__in=[Application.State.IN, Application.State.OFFERED])

    def waiting(self) -> ApplicationQuerySet:
        """Keep those who wait: in the order that was chosen, and behind it those who came since, first come first."""
        return self.filter(state=Application.State.WAITING).order_by(F("rank").asc(nulls_last=True), "asked_at", "pk")

    def reached(self) -> ApplicationQuerySet:
        """Keep everybody who would want to know that something changed."""
        return self.filter(state__in=[Application.State.IN, Application.State.OFFERED, Application.State.WAITING])


class Application(Dated):
    """One person who wants to go through a programme; they need no account.

    ``asked_at`` is since when they wait, and goes with them from one cohort to a further one. ``rank`` is which of
    those who wait they are, once the order is chosen. Whoever leaves takes all they told about themselves with them.
    """

    class State(models.TextChoices):
        """Where they stand."""

        WAITING = "waiting", _("Waits")
        OFFERED = "offered", _("Has been offered a place")
        IN = "in", _("Has a place")
        DECLINED = "declined", _("Said no to an offer")
        LAPSED = "lapsed", _("Let an offer pass")
        LEFT = "left", _("Left")
        ENDED = "ended", _("Was told that the cohort is closed")

    class Kept(models.TextChoices):
        """What the team decided about somebody, with a reason, before the order is chosen."""

        NO = "", _("As the rule says")
        IN = "in", _("Offer a place in any case")
        OUT = "out", _("Offer no place for now")

    class Dates(models.TextChoices):
        """Whether somebody can come to every session."""

        ALL = "all", _("Yes, to all of them")
        MOST = "most", _("To most of them")
        UNSURE = "unsure", _("I do not know yet")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="applications")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    rank = models.PositiveIntegerField(null=True, blank=True)
    offer_until = models.DateTimeField(null=True, blank=True)
    kept = models.CharField(max_length=3, choices=Kept, blank=True, default=Kept.NO)
    kept_because = models.CharField(max_length=400, blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    neighbourhood = models.CharField(max_length=120, blank=True)
    issue = models.TextField(blank=True, max_length=1200)
    dates = models.CharField(max_length=6, choices=Dates, blank=True)
    access_needs = models.TextField(blank=True, max_length=600)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="offered", offer_until__isnull=False) | (~Q(state="offered") & Q(offer_until=None)),
                name="an_offer_to_an_applicant_has_a_deadline",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"]), models.Index(fields=["state", "offer_until"])]

    def __str__(self) -> str:
        return f"application {self.pk}"


class Opening(Dated):
    """A place that came free after the offers went out: like whose it was, and who was offered it instead.

    Nothing else is kept of the one who had it, for whoever leaves is erased.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="openings")
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    neighbourhood = models.CharField(max_length=120, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["cohort"], condition=Q(filled_at=None), name="openings_still_to_fill")]

    def __str__(self) -> str:
        return f"opening {self.pk} in cohort {self.cohort_id}"


class CohortEvent(Dated):
    """One thing that happened to a cohort or to somebody who applied, with the rule it followed.

    ``rank`` is which of those who wait somebody was just before; ``facts`` holds the figures behind the deed, such as
    the wishes that would have been missed, so that "why did I wait?" has an answer. Names are never in it.
    """

    class Kind(models.TextChoices):
        """What happened."""

        APPLIED = "applied", _("applied")
        KEPT = "kept", _("is to be offered a place in any case, as the team decided")
        HELD_OUT = "held_out", _("is to be offered no place for now, as the team decided")
        FREED = "freed", _("stands again as the rule says")
        CHOSEN = "chosen", _("The order was chosen")
        RANKED = "ranked", _("came on the waiting list")
        OFFERED = "offered", _("was offered a place")
        ACCEPTED = "accepted", _("took the offer")
        DECLINED = "declined", _("said no to the offer")
        LAPSED = "lapsed", _("let the offer pass")
        ASKED_AGAIN = "asked_again", _("asked again, at the end of the list")
        LEFT = "left", _("left")
        RELEASED = "released", _("was taken off the list by the team")
        RESIZED = "resized", _("The number of places was changed")
        TARGETED = "targeted", _("The mix that is hoped for was changed")
        CARRIED = "carried", _("was carried over to a further cohort")
        BEGUN = "begun", _("The cohort began; no more offers are made")
        CLOSED = "closed", _("was told that the cohort is closed")

    class Rule(models.TextChoices):
        """How it is decided who is next."""

        MIX_THEN_WAIT = "mix_then_wait", _("The mix hoped for first, then whoever has waited longest")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="events")
    application = models.ForeignKey(Application, models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    rule = models.CharField(max_length=20, choices=Rule, default=Rule.MIX_THEN_WAIT)
    capacity = models.PositiveSmallIntegerField()
    free = models.PositiveSmallIntegerField(help_text=_("Places that were free just before."))
    rank = models.PositiveIntegerField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.application_id}"

    def save(
        self,
        *,
        force_insert: bool | tuple[models.base.ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Write it once; what happened does not change."""
        if self.pk is not None and not force_insert:
            raise ValueError("the log of a cohort only grows")
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)
