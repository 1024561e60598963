"""Those who want to come, and the log of the queue, which only grows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.session import Session
from placeweave.kit.models import Dated
from placeweave.places.models import Sector

LARGEST_PARTY = 20


class SignUpQuerySet(models.QuerySet["SignUp"]):
    """Reads of sign-ups."""

    def holding(self) -> SignUpQuerySet:
        """Keep those who hold places, or have them kept while an offer stands."""
        return self.filter(state__in=[SignUp.State.COMING, SignUp.State.OFFERED])

    def waiting(self) -> SignUpQuerySet:
        """Keep those who wait, first come first."""
        return self.filter(state=SignUp.State.WAITING).order_by("turn")

    def reached(self) -> SignUpQuerySet:
        """Keep everybody who would want to know that something changed."""
        return self.filter(state__in=[SignUp.State.COMING, SignUp.State.OFFERED, SignUp.State.WAITING])


class SignUp(Dated):
    """One person, perhaps with others, who wants to come to a session; they need no account.

    ``turn`` is the order in which people came to the queue. Whoever leaves takes everything but the size of the party
    and the deeds of the queue with them; some time after the session everybody does (``erased_at``). ``mail_fails_at``
    is when their address was last seen to take no mail.
    """

    class State(models.TextChoices):
        """Where they stand."""

        COMING = "coming", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Has been offered a place")
        LAPSED = "lapsed", _("Let an offer pass")
        LEFT = "left", _("Left")

    session = models.ForeignKey(Session, models.CASCADE, related_name="sign_ups")
    turn = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State)
    offer_until = models.DateTimeField(null=True, blank=True)
    party = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    access_needs = models.TextField(blank=True, max_length=600)
    dietary = models.TextField(blank=True, max_length=600)
    mail_fails_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["session", "turn"], name="one_turn_each"),
            models.CheckConstraint(condition=Q(party__gte=1), name="a_party_has_somebody_in_it"),
            models.CheckConstraint(
                condition=Q(state="offered", offer_until__isnull=False) | (~Q(state="offered") & Q(offer_until=None)),
                name="an_offer_has_a_deadline",
            ),
        ]
        indexes = [models.Index(fields=["state", "offer_until"])]

    def __str__(self) -> str:
        return f"turn {self.turn} of session {self.session_id}"


class QueueEvent(Dated):
    """One thing that happened in the queue, with the rule it followed, so that "why did I wait?" has an answer."""

    class Kind(models.TextChoices):
        """What happened."""

        PLACED = "placed", _("got a place at once")
        WAITS = "waits", _("came on the waiting list")
        OFFERED = "offered", _("was offered a place")
        ACCEPTED = "accepted", _("took the offer")
        LAPSED = "lapsed", _("let the offer pass")
        LEFT = "left", _("left")
        RELEASED = "released", _("was taken off the list by the team")
        RESIZED = "resized", _("The number of places was changed")
        CHANGED = "changed", _("was told of a change")
        CANCELLED = "cancelled", _("was told that the session is cancelled")
        REMINDED = "reminded", _("was reminded of the session")

    class Rule(models.TextChoices):
        """How it is decided who is next."""

        FIRST_THAT_FITS = "first_that_fits", _("First come, first served, to the first party that fits")

    session = models.ForeignKey(Session, models.CASCADE, related_name="queue_events")
    sign_up = models.ForeignKey(SignUp, models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    rule = models.CharField(max_length=20, choices=Rule, default=Rule.FIRST_THAT_FITS)
    capacity = models.PositiveSmallIntegerField()
    free = models.PositiveSmallIntegerField(help_text=_("Places that were free just before."))
    ahead = models.PositiveIntegerField(default=0, help_text=_("Parties that waited ahead just before."))
    until = models.DateTimeField(null=True, blank=True)
    hours_before = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.sign_up_id}"

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
            raise ValueError("the log of a queue only grows")
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)
