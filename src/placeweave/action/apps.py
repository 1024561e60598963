"""action as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ActionConfig(AppConfig):
    """The room ``action``."""

    name = "placeweave.action"
    label = "action"

    def ready(self) -> None:
        """Put the bead on the strand, say what leans on pieces, and offer the export."""
        from placeweave.action import exports, ready

        ready.fill_bead()
        ready.say_what_leans()
        exports.register()
