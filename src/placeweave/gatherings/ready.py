"""What gatherings tells the rest of the house when it starts: the work that comes round by itself."""

from __future__ import annotations

from placeweave.kit import regular
from placeweave.kit.regular import Regular


def join() -> None:
    """Register everything; called once, when the application is ready."""
    regular.register(Regular("offers of places", "placeweave.gatherings.services.queue.settle_due", every=60))
    regular.register(Regular("letters of gatherings", "placeweave.gatherings.services.letters.post", every=10))
