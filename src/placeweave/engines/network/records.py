"""What is asked about a network of partners and what is answered, as frozen records with keys only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Key = int | str

FULL_ENOUGH = 0.70
"""Below this share of answers every measure that counts ties is marked as incomplete."""
CLEAR_CORE = 0.30
CLEAR_GROUPS = 0.30
"""Modularity from which groups are worth speaking of (Newman and Girvan 2004 give 0.3 to 0.7 for real ones)."""
COUNTED = ("silos", "brokers", "holes", "between", "core", "weak_points", "groups", "introductions")
"""What missing answers change: all of it, since every measure counts ties."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What one partner reports of working with another; level 0 says that there is no tie."""

    source: Key
    target: Key
    level: int = 1


@dataclass(frozen=True)
class PartnerNet:
    """Partners, what they report of each other, and what they are.

    Attributes
    ----------
    partners : sequence of keys
        Every partner asked about, those without a tie included.
    ties : sequence of Tie
        Reports; both sides of one pair may be there, and are never averaged.
    attributes : mapping of attribute name to mapping of partner to value
        Such as ``{"sector": {1: "health"}}``; a partner without a value belongs to a sector of unknowns.
    answered : collection of keys or None
        The partners who answered; None where nobody knows (a file of ties, say).
    """

    partners: Sequence[Key]
    ties: Sequence[Tie]
    attributes: Mapping[str, Mapping[Key, str]] = field(default_factory=dict)
    answered: Collection[Key] | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of those asked have answered, and what the rest leaves open. ``rate`` is None where nobody knows."""

    partners: int
    answered: int | None
    rate: float | None
    is_incomplete: bool
    affects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectorTies:
    """The ties of one sector: inside it, across its edge, and (across - inside) / (across + inside)."""

    sector: str
    partners: int
    inside: int
    across: int
    index: float | None


@dataclass(frozen=True, slots=True)
class Between:
    """How many of the ties that could be between two sectors (or inside one) are there."""

    one: str
    other: str
    ties: int
    possible: int
    density: float | None


@dataclass(frozen=True, slots=True)
class Silos:
    """The E-I index over all ties, by sector, and the table of densities. -1 is all inside, +1 all across."""

    index: float | None
    sectors: tuple[SectorTies, ...]
    between: tuple[Between, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """One broker role: how often it is held, how often chance would hold it, and how often chance does as well.

    ``chance`` is the mean over all ways to deal out the sectors; ``seldom`` is the share of drawn ones that reach
    ``count``.
    """

    count: int
    chance: float
    seldom: float


@dataclass(frozen=True, slots=True)
class PartnerMeasures:
    """What one partner's place in the network is. ``None`` where a measure has no meaning, as for isolated partners.

    Attributes
    ----------
    constraint : float or None
        Burt's constraint, dimensionless: high where one's contacts all know each other.
    effective_size : float or None
        Contacts less what they repeat, in partners.
    between : float
        Shortest paths of other pairs that lead through here, in pairs; not normalised.
    cut_off : int
        Pairs of others that could no longer reach each other if this partner left.
    reach_lost : float
        Share of the others' global efficiency that would go, 0 to 1.
    roles : mapping of role name to Role
        ``coordinator``, ``consultant``, ``gatekeeper``, ``representative``, ``liaison``; open paths are counted in
        both directions, so the five add up to ``open_paths``.
    """

    key: Key
    sector: str
    ties: int
    constraint: float | None
    effective_size: float | None
    between: float
    core_number: int
    cut_off: int
    reach_lost: float
    open_paths: int
    roles: Mapping[str, Role]
    group: int

    @property
    def is_weak_point(self) -> bool:
        """Whether others would be parted if this partner left (an articulation point)."""
        return self.cut_off > 0


@dataclass(frozen=True, slots=True)
class Core:
    """The partners of the core, and how well core and edge describe the network; "no clear core" is an answer."""

    correlation: float | None
    is_clear: bool
    partners: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Partners who work with each other more than with the rest, and how far that goes."""

    modularity: float
    is_clear: bool
    members: tuple[tuple[Key, ...], ...]


@dataclass(frozen=True)
class NetReport:
    """All measures of one network, with what they rest on.

    Attributes
    ----------
    one_sided : sequence of pairs
        Ties that one side alone reports although both were asked.
    bridges : sequence of pairs
        Ties whose loss would part the network.
    """

    by: str
    at_least: int
    seed: int
    coverage: Coverage
    ties: int
    density: float | None
    components: int
    isolated: tuple[Key, ...]
    one_sided: tuple[tuple[Key, Key], ...]
    silos: Silos
    partners: tuple[PartnerMeasures, ...]
    bridges: tuple[tuple[Key, Key], ...]
    core: Core
    groups: Groups


@dataclass(frozen=True, slots=True)
class Fit:
    """How well what one partner holds meets what another needs, 0 to 1, as some other engine found."""

    one: Key
    other: Key
    strength: float


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two partners without a tie, and why one might bring them together.

    Attributes
    ----------
    common : tuple of keys
        Partners both work with.
    likely : float
        Resource allocation: the sum of 1 / (ties of each common partner).
    gain : float
        Steps by which the mean distance between their two sectors would fall.
    nearer : float
        The same as a share of that distance, 0 to 1.
    fit : float
        The best fit between a need and an offer of the two, 0 to 1.
    """

    one: Key
    other: Key
    common: tuple[Key, ...]
    likely: float
    gain: float
    nearer: float
    fit: float


@dataclass(frozen=True, slots=True)
class Introductions:
    """Two lists that are never added up: who would meet anyway, and who ought to."""

    likely: tuple[Introduction, ...]
    valuable: tuple[Introduction, ...]
    coverage: Coverage
