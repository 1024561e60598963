"""The private links of those who signed up or applied, and the mail they get."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.application import Application, CohortEvent
from placeweave.gatherings.models.signup import QueueEvent, SignUp
from placeweave.kit.models import Dated


class OwnLink(Dated):
    """A key to somebody's own page; only a digest is kept, so every letter brings a key of its own, and all open."""

    sign_up = models.ForeignKey(SignUp, models.CASCADE, related_name="links")
    key_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"link {self.pk}"


class ApplicantLink(Dated):
    """A key to the page of somebody who applied; the same as :class:`OwnLink` for a sign-up."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="links")
    key_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"link {self.pk}"


class Letter(Dated):
    """One mail to one person about one thing that happened, in the queue of a session or in a cohort.

    ``sent_at`` is when the mail server took it, ``not_before`` when it is next tried; one that failed too often is
    given up, and the team is told. ``also`` are further things the same letter tells, as when several sessions are
    called off at once; ``is_moot`` that nobody was left to write to when its turn came.
    """

    class Failure(models.TextChoices):
        """Why it has not arrived."""

        NOT_TAKEN = "not_taken", _("the mail server did not take it")
        REFUSED = "refused", _("their address takes no mail")
        CAME_BACK = "came_back", _("it came back")

    event = models.OneToOneField(QueueEvent, models.CASCADE, null=True, blank=True, related_name="letter")
    cohort_event = models.OneToOneField(CohortEvent, models.CASCADE, null=True, blank=True, related_name="letter")
    also = models.ManyToManyField(QueueEvent, related_name="told_with", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=10, choices=Failure, blank=True)
    is_moot = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event=None, cohort_event__isnull=False) | Q(event__isnull=False, cohort_event=None),
                name="a_letter_is_about_one_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(sent_at=None, given_up_at=None), name="letters_still_to_post"
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def standing(self) -> str:
        """Name how it stands: moot, came_back, given_up, posted, again or due."""
        told = {
            "moot": self.is_moot,
            "came_back": self.failure == self.Failure.CAME_BACK,
            "given_up": self.given_up_at is not None,
            "posted": self.sent_at is not None,
            "again": self.tries > 0,
        }
        return next((name for name, is_so in told.items() if is_so), "due")
