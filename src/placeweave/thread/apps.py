"""thread as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ThreadConfig(AppConfig):
    """The room ``thread``."""

    name = "placeweave.thread"
    label = "thread"

    def ready(self) -> None:
        """Offer the whole-place export."""
        from placeweave.thread.bundle import writing

        writing.offer()
