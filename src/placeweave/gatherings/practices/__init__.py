"""Practice cards that come with placeweave: small things to try in leading together, in our own words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Card:
    """One practice.

    Attributes
    ----------
    key : str
        What its address ends in.
    when : str
        When it is worth trying.
    do : tuple of str
        What one does, step by step.
    notice : str
        What to watch for, in oneself and in others.
    """

    key: str
    title: str
    when: str
    do: tuple[str, ...]
    notice: str


@cache
def cards() -> tuple[Card, ...]:
    """Read the cards of this version, in the order they are laid out."""
    text = resources.files("placeweave.gatherings").joinpath("practices", "cards.toml").read_text(encoding="utf-8")
    return tuple(Card(**{**card, "do": tuple(card["do"])}) for card in tomllib.loads(text)["card"])


def card(key: str) -> Card | None:
    """Find a card by what its address ends in."""
    return next((one for one in cards() if one.key == key), None)
