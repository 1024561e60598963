"""Progress told at a pace that a database bears."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")


def twice_a_second(write: Callable[P, object]) -> Callable[P, None]:
    """Let through at most two calls a second: a page polls what is written, and each write is a commit."""
    last = [0.0]

    def paced(*args: P.args, **kwargs: P.kwargs) -> None:
        now = time.monotonic()
        if now - last[0] >= 0.5:
            last[0] = now
            write(*args, **kwargs)

    return paced
