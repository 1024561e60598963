"""What we heard: the page that tells people back what was said, the same day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.listening.models import Contribution, Conversation
from placeweave.places.models import Member, Place
from placeweave.themes.models.theme import Theme


class WhatWeHeard(Dated):
    """A page that tells back what was heard; live, so that withdrawn words leave it at once."""

    class Audience(models.TextChoices):
        """Who can open it."""

        MEMBERS = "members", _("Members of this place")
        LINK = "link", _("Anybody who has the link")

    class State(models.TextChoices):
        """Whether it was shared."""

        DRAFT = "draft", _("Draft")
        SHARED = "shared", _("Shared")
        TAKEN_BACK = "taken_back", _("Taken back")

    place = models.ForeignKey(Place, models.CASCADE, related_name="told")
    title = models.CharField(max_length=160)
    introduction = models.TextField(blank=True, max_length=4000)
    what_next = models.TextField(blank=True, max_length=4000)
    conversations = models.ManyToManyField(Conversation, blank=True, related_name="told_in")
    with_dissent = models.BooleanField(default=True)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.MEMBERS)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    key = models.CharField(max_length=64, blank=True, db_index=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "what we heard"

    def __str__(self) -> str:
        return self.title


class ToldItem(models.Model):
    """One stretch of words on the page, under a theme where it has one; offsets, never a copy."""

    page = models.ForeignKey(WhatWeHeard, models.CASCADE, related_name="items")
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="told_items")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id}[{self.start}:{self.end}]"
