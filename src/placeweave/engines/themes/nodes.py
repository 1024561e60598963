"""Fold units into the nodes that are clustered: one per distinct text, or per set that people hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placeweave.engines.themes.embed import Embedder, Vectors, unit_rows
from placeweave.engines.themes.graph import Labels
from placeweave.engines.themes.records import Constraints, Unit, digest, normalised


@dataclass(frozen=True, slots=True)
class Nodes:
    """Units in content order, and the nodes they fold into.

    ``of_unit[i]`` is the node of ``units[i]``; ``keys`` are content hashes in rising order, one per node; ``apart``
    are pairs of nodes that may not share a theme.
    """

    units: tuple[Unit, ...]
    of_unit: Labels
    keys: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[int, int], ...]

    def vectors(self, embedder: Embedder) -> Vectors:
        """Give one unit vector per node: the middle of its texts."""
        flat = [text for texts in self.texts for text in texts]
        owner = np.repeat(np.arange(len(self.texts)), [len(texts) for texts in self.texts])
        encoded = embedder.encode(flat)
        sums = np.zeros((len(self.texts), encoded.shape[1]), dtype=np.float32)
        np.add.at(sums, owner, encoded)
        return unit_rows(sums)


def fold(units: Sequence[Unit], constraints: Constraints) -> Nodes:
    """Fold units of equal text, and units that people hold together, into nodes.

    Constraints on units that are no longer there (withdrawn, say) are passed over.

    Raises
    ------
    ValueError
        If two units share an id, or two units are held both together and apart.
    """
    ordered = sorted(units, key=_content)
    at = {unit.id: i for i, unit in enumerate(ordered)}
    if len(at) < len(ordered):
        raise ValueError("Two units have the same id, so results could not be told apart.")
    together, apart = (_present(pairs, at) for pairs in (constraints.together, constraints.apart))
    heads = _joined(_same_text(ordered, apart) + together, len(ordered))
    members: dict[int, list[int]] = defaultdict(list)
    for i, head in enumerate(heads):
        members[head].append(i)
    keyed = sorted((_key(ordered, group), group) for group in members.values())
    of_unit = np.empty(len(ordered), dtype=np.int64)
    for node, (_, group) in enumerate(keyed):
        of_unit[group] = node
    texts = tuple(tuple(sorted({normalised(ordered[i].text) for i in group})) for _, group in keyed)
    pairs = tuple(sorted({(int(of_unit[a]), int(of_unit[b])) for a, b in apart}))
    _refuse_contradiction(ordered, apart, of_unit)
    return Nodes(tuple(ordered), of_unit, tuple(key for key, _ in keyed), texts, pairs)


def _content(unit: Unit) -> tuple[str, ...]:
    """Sort key that depends on what was said and by whom; the id only settles full ties."""
    return digest(normalised(unit.text)), digest(unit.text), unit.speaker, unit.group, unit.id


def _present(pairs: Sequence[tuple[str, str]], at: dict[str, int]) -> list[tuple[int, int]]:
    """Turn pairs of ids into pairs of positions, lower first."""
    return sorted((min(at[a], at[b]), max(at[a], at[b])) for a, b in pairs if a in at and b in at)


def _same_text(ordered: Sequence[Unit], apart: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair neighbours of equal text, except those that people hold apart in spite of it."""
    loners = {i for pair in apart if _alike(ordered, pair) for i in pair}
    first: dict[str, int] = {}
    pairs = []
    for i, unit in enumerate(ordered):
        if i not in loners:
            pairs.append((first.setdefault(normalised(unit.text), i), i))
    return pairs


def _alike(ordered: Sequence[Unit], pair: tuple[int, int]) -> bool:
    """Say whether both units of a pair have the same text."""
    return normalised(ordered[pair[0]].text) == normalised(ordered[pair[1]].text)


def _joined(pairs: Sequence[tuple[int, int]], n: int) -> list[int]:
    """Give each position the lowest position it is joined to, directly or through others."""
    heads = list(range(n))

    def head(i: int) -> int:
        while heads[i] != i:
            heads[i] = heads[heads[i]]
            i = heads[i]
        return i

    for a, b in pairs:
        low, high = sorted((head(a), head(b)))
        heads[high] = low
    return [head(i) for i in range(n)]


def _key(ordered: Sequence[Unit], group: Sequence[int]) -> str:
    """Hash the content of one node; speakers tell nodes of equal text apart."""
    return digest(*(part for i in group for part in _content(ordered[i])[:4]))


def _refuse_contradiction(ordered: Sequence[Unit], apart: Sequence[tuple[int, int]], of_unit: Labels) -> None:
    """Refuse decisions that cannot all be kept."""
    for a, b in apart:
        if of_unit[a] == of_unit[b]:
            raise ValueError(
                f"Units {ordered[a].id} and {ordered[b].id} are held both together and apart; undo one of the two."
            )
