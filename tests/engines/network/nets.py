"""Networks to measure: made up ones, and the real ones that lie beside the repository."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from hypothesis import strategies as st

from placeweave.engines.network import PartnerNet, Tie
from tests.shared_data import shared

SECTORS = ("health", "police", "community")


def made(n: int, ties: list[tuple[int, int]], sectors: list[str] | None = None) -> PartnerNet:
    told = sectors or [SECTORS[one % 3] for one in range(n)]
    return PartnerNet(range(n), [Tie(*tie) for tie in ties], {"sector": dict(enumerate(told))})


@st.composite
def networks(draw: st.DrawFn, least: int = 2, most: int = 12) -> PartnerNet:
    n = draw(st.integers(least, most))
    every = [(one, other) for one in range(n) for other in range(one + 1, n)]
    ties = draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every)))
    sectors = draw(st.lists(st.sampled_from(SECTORS), min_size=n, max_size=n))
    return made(n, ties, sectors)


def of_size(n: int, *, seed: int = 0, ties_each: float = 8.0) -> PartnerNet:
    chance = np.random.default_rng(seed)
    upper = np.argwhere(np.triu(chance.random((n, n)) < ties_each / (n - 1), k=1))
    return made(n, [(int(one), int(other)) for one, other in upper])


def planted() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shared("systems/partner_networks.json").read_text())["networks"]
    return found


def indiana(relation: str) -> list[tuple[int, int]]:
    read = json.loads(shared("systems/tcnetworks_indiana25.json").read_text())[relation]
    return [(edge["source"], edge["target"]) for edge in read["edges"]]


def dhhs(at_least: int = 1) -> list[tuple[int, int]]:
    read = json.loads(shared("systems/dhhs54.json").read_text())
    return [(edge["source"], edge["target"]) for edge in read["edges"] if edge["collab"] >= at_least]
