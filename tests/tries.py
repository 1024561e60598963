"""How often a network may try, for tests."""

from __future__ import annotations

from placeweave.kit.tries import Pace


def at_most(times: int) -> Pace:
    """Give a pace whose window began in 2001 and lasts for decades, so that none ends while a test runs."""
    return Pace("at-most", ((times, 10**9),))
