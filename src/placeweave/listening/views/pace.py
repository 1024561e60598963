"""How fast one network may come to the doors of votings."""

from __future__ import annotations

from placeweave.kit.tries import Pace

# A workshop of six hundred comes through one network within minutes; nobody else brings that many.
COMING_IN = Pace("come_in", ((800, 600), (2000, 86_400)))
MISTYPING = Pace("mistype", ((120, 60), (20_000, 86_400)))
SAYING = Pace("say", ((300, 600), (1500, 86_400)))
