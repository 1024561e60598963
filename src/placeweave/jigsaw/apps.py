"""jigsaw as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class JigsawConfig(AppConfig):
    """The room ``jigsaw``."""

    name = "placeweave.jigsaw"
    label = "jigsaw"

    def ready(self) -> None:
        """Put the bead on the strand, end notes with a membership, offer the analysis, the imports and the exports."""
        from placeweave.jigsaw import exchange, exports, importers, jobs, ready

        ready.fill_bead()
        ready.end_what_goes_with_a_membership()
        jobs.register()
        importers.register()
        exports.register()
        exchange.register()
