"""Statements people answered, and their answers, without any trace of who they are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Batch
from placeweave.listening.models.conversation import Conversation


class Statement(models.Model):
    """A short claim open to agree, disagree or pass."""

    class Origin(models.TextChoices):
        """Who wrote it."""

        HOST = "host", _("From the hosts")
        PARTICIPANT = "participant", _("From a participant")
        UNKNOWN = "unknown", _("Origin not told")

    class Moderation(models.TextChoices):
        """Whether it was let in."""

        ACCEPTED = "accepted", _("Accepted")
        UNDECIDED = "undecided", _("Not looked at")
        REJECTED = "rejected", _("Not accepted")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    external_id = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=2000)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.UNKNOWN)
    moderation = models.CharField(max_length=10, choices=Moderation, default=Moderation.UNDECIDED)
    reason_code = models.CharField(max_length=40, blank=True)
    author_ref = models.CharField(max_length=40, blank=True, help_text=_("Pseudonymous number of its author."))
    language = models.CharField(max_length=10, blank=True)
    made_on = models.DateField(null=True, blank=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_statement_per_source_id",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Participant(models.Model):
    """Somebody who answered, known only by a number that leads nowhere.

    Who votes here holds a random token, of which only a digest is kept: no account, no address, no time.
    ``published_group`` is the group another program put them in: kept as information, never as truth.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    external_id = models.CharField(max_length=64)
    published_group = models.CharField(max_length=20, blank=True)
    token_digest = models.CharField(max_length=64, blank=True, help_text=_("Of the random token their device holds."))
    room = models.ForeignKey(
        "listening.Room", models.SET_NULL, null=True, blank=True, related_name="participants", db_index=False
    )
    table = models.CharField(max_length=40, blank=True, help_text=_("The table whose paper sheet this was."))
    about = models.JSONField(default=dict, blank=True, help_text=_("Chosen answers about themselves, by question."))
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "external_id"], name="one_participant_per_source_id"),
            models.UniqueConstraint(
                fields=["token_digest"], condition=~models.Q(token_digest=""), name="one_participant_per_token"
            ),
        ]
        indexes = [models.Index(fields=["room"], condition=models.Q(room__isnull=False), name="participants_of_a_room")]

    def __str__(self) -> str:
        return self.external_id


class Vote(models.Model):
    """One answer. ``turn`` orders answers of one person to one statement; no exact time is kept.

    The standing answer is the last one; earlier ones stay as history.
    """

    class Value(models.IntegerChoices):
        """What was answered."""

        AGREE = 1, _("Agree")
        PASS = 0, _("Pass")
        DISAGREE = -1, _("Disagree")

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=Value)
    turn = models.PositiveSmallIntegerField(default=1)
    is_standing = models.BooleanField(default=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement", "turn"], name="one_vote_per_turn"),
            models.UniqueConstraint(
                fields=["participant", "statement"],
                condition=models.Q(is_standing=True),
                name="one_standing_vote_each",
            ),
        ]
        indexes = [models.Index(fields=["statement", "is_standing", "value"])]

    def __str__(self) -> str:
        return f"{self.participant_id} on {self.statement_id}: {self.value}"
