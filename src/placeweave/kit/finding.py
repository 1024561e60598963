"""Finding things by their words: each room answers for its own, and says what it found in the same way."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

MOST = 20
"""How many things of a kind are listed; whoever wants fewer says more."""


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is, its title, its page, and the step of the thread it belongs to."""

    kind: str
    title: str
    url: str
    step: str = ""


def holding(words: str, *fields: str) -> Q:
    """Ask that one of these fields holds the words."""
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": words})
    return found
