"""gatherings as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    """The room ``gatherings``."""

    name = "placeweave.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        """Fill the bead, and let the worker pass on offers and post letters."""
        from placeweave.gatherings import ready

        ready.fill_bead()
        ready.join()
        ready.end_what_goes_with_a_membership()
