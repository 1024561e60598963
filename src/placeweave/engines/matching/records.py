"""What the matching reads and what it answers, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Aspect = Literal["place", "audience", "hours"]
Likeness = Literal["same", "unsaid", "other"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something free to be used: ``capacity`` units of one kind, perhaps for some place, people or hours only."""

    key: str
    kind: str
    capacity: float = 1.0
    place: str = ""
    audience: str = ""
    when: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Something wanted: ``quantity`` units of one kind; ``priority`` 1 can wait, 3 is pressing."""

    key: str
    kind: str
    quantity: float = 1.0
    priority: float = 2.0
    place: str = ""
    audience: str = ""
    when: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """That an offer could serve a need, and how well: ``share`` runs from 0 to 1, where nothing speaks against it."""

    offer: str
    need: str
    share: float


@dataclass(frozen=True, slots=True)
class Arcs:
    """Fits as arrays of one length: places of offer and need in their sequences, and the share of each."""

    offers: NDArray[np.int64]
    needs: NDArray[np.int64]
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """So much of an offer goes to a need. ``weight`` is what it adds to the total: amount x fit x priority."""

    offer: str
    need: str
    amount: float
    fit: float
    weight: float


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a need that was not met, or of an offer nobody took, of what there was."""

    key: str
    left: float
    of: float


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who gets what, who goes without, and what is spare.

    Attributes
    ----------
    pairs : tuple of Pair
        The heaviest first.
    unmet, spare : tuple of Left
        Every need not met in full and every offer not used in full, by key.
    total : float
        Sum of the weights of the pairs: no other allocation has more.
    """

    pairs: tuple[Pair, ...]
    unmet: tuple[Left, ...]
    spare: tuple[Left, ...]
    total: float
