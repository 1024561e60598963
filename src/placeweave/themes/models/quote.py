"""Quotes: spans of somebody's words, and the themes they were put under."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from placeweave.kit.models import Dated
from placeweave.listening.models import Contribution
from placeweave.places.models import Member, Place
from placeweave.themes.models.theme import Theme


class Quote(Dated):
    """A verbatim part of a contribution, kept as code-point offsets and never as a copy.

    When the contribution is withdrawn its text is gone, so the quote says nothing any more; the row stays so that
    what was built on it can say why it lost its support.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="quotes")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    themes: models.ManyToManyField[Theme, Coding] = models.ManyToManyField(
        Theme, through="Coding", related_name="quotes"
    )

    class Meta:
        ordering = ["contribution", "start"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "start", "end"], name="one_quote_per_span"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quote_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"quote {self.pk}"


class Coding(Dated):
    """That a quote belongs to a theme, who put it there, and when that ended."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="codings")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="codings")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["theme", "ended_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["quote", "theme"], condition=Q(ended_at=None), name="one_current_coding_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quote_id} under {self.theme_id}"


class FinishedCoding(Dated):
    """That somebody has coded a contribution on their own, and may now see what others made of it."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "by"], name="one_finish_each")]

    def __str__(self) -> str:
        return f"{self.by_id} finished {self.contribution_id}"
