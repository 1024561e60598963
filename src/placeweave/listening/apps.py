"""listening as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """The room listening."""

    name = "placeweave.listening"
    label = "listening"

    def ready(self) -> None:
        """Join the rest of the house, once every record is known."""
        from placeweave.listening import ready

        ready.join()
