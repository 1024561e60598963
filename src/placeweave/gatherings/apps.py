"""gatherings as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    """The room ``gatherings``."""

    name = "placeweave.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        """Let the worker pass on offers and post letters."""
        from placeweave.gatherings import ready

        ready.join()
