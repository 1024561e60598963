"""How often one network may try something, counted in memory alone.

A table of when somebody came from where, beside numbers given out in the order people come, would undo the promise that
nobody can find out who answered what. So nothing of this is written down: it is forgotten with the process, and each
process counts for itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest


@dataclass(frozen=True)
class Pace:
    """So many times within so many seconds, from one network; each a pair in ``limits``."""

    name: str
    limits: tuple[tuple[int, int], ...]

    def is_spent(self, request: HttpRequest) -> bool:
        """Whether this network has to wait."""
        memory = caches["memory"]
        return any(memory.get(key, 0) >= most for key, most, _seconds in self._counters(request))

    def count(self, request: HttpRequest) -> None:
        """Count one time more."""
        memory = caches["memory"]
        for key, _most, seconds in self._counters(request):
            memory.add(key, 0, seconds)
            memory.incr(key)

    def allows(self, request: HttpRequest) -> bool:
        """Count one time more, unless this network has to wait."""
        if self.is_spent(request):
            return False
        self.count(request)
        return True

    def _counters(self, request: HttpRequest) -> list[tuple[str, int, int]]:
        network = get_adapter().get_client_ip(request)
        now = time.time()
        return [
            (f"{self.name}:{seconds}:{int(now // seconds)}:{network}", most, seconds) for most, seconds in self.limits
        ]
