"""action as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ActionConfig(AppConfig):
    """The room ``action``."""

    name = "placeweave.action"
    label = "action"

    def ready(self) -> None:
        """Put the bead on the strand, and offer the export."""
        from placeweave.action import exports, ready

        ready.fill_bead()
        exports.register()
