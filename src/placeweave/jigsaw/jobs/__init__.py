"""The background work of jigsaw: suggested synergies, and the measured network of partners."""

from __future__ import annotations

from placeweave.jigsaw.jobs import network, synergies


def register() -> None:
    """Make the analyses known."""
    synergies.register()
    network.register()
