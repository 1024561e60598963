"""The private links of those who signed up or applied, and the mail they get."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

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
    given up, and the team is told.
    """

    event = models.OneToOneField(QueueEvent, models.CASCADE, null=True, blank=True, related_name="letter")
    cohort_event = models.OneToOneField(CohortEvent, models.CASCADE, null=True, blank=True, related_name="letter")
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

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
