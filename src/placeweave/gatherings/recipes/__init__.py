"""Recipes of sessions that come with placeweave, in our own words; the names of methods are those of the field."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from placeweave.gatherings.models.run_sheet import StepFacts


@dataclass(frozen=True)
class Recipe:
    """A run sheet to begin from.

    Attributes
    ----------
    key : str
        What its address ends in.
    about : str
        When it helps, in a sentence or two.
    purpose : str
        What a session made from it is for, as people who come read it; to be put into one's own words.
    people : str
        For how many.
    """

    key: str
    title: str
    about: str
    purpose: str
    people: str
    kind: str
    steps: tuple[StepFacts, ...]
    is_own: bool = False
    number: int = 0
    """Of one that the place keeps: the number of its record."""

    @property
    def minutes(self) -> int:
        """How long it takes where everybody goes through it together."""
        return sum(step.minutes for step in self.steps)


@cache
def shipped() -> tuple[Recipe, ...]:
    """Read the recipes that come with this version, in the order a year of work needs them."""
    folder = resources.files("placeweave.gatherings").joinpath("recipes")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    return tuple(_read(path.name, path.read_text(encoding="utf-8")) for path in paths)


def _read(name: str, text: str) -> Recipe:
    said = tomllib.loads(text)
    steps = tuple(StepFacts(**step) for step in said.pop("step"))
    return Recipe(key=name.removesuffix(".toml").partition("-")[2], steps=steps, **said)
