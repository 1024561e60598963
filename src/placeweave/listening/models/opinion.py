"""Where everybody stood when a conversation in statements was last worked out."""

from __future__ import annotations

from django.db import models

from placeweave.listening.models.conversation import Conversation


class OpinionMap(models.Model):
    """The engine's own state after its last fit: which group each participant is in, above all.

    It says where the next fit starts and where somebody sits, and is shown to nobody: what people see is the result of
    the analysis, in which no few people can be made out. It leaves in no export and no bundle; the votes make it anew.
    It holds every vote once more, so it goes as soon as somebody's votes are taken out.
    """

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="opinion_map")
    fingerprint = models.CharField(max_length=64)
    votes = models.PositiveIntegerField(help_text="Standing votes it rests on.")
    statements = models.JSONField(help_text="Keys of the statements, in the engine's order.")
    people = models.BinaryField(help_text="Keys of the participants, in the engine's order: 64-bit, little-endian.")
    state = models.BinaryField()

    def __str__(self) -> str:
        return f"map of {self.conversation_id}"
