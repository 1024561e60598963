"""Compare all records with each other, and say of each pair that has something to it what is to be thought of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from placeweave.engines.linkage.blocking import Link, candidates, linked
from placeweave.engines.linkage.chains import without_chains
from placeweave.engines.linkage.features import Comparison, features_of
from placeweave.engines.linkage.judge import judge, judged
from placeweave.engines.linkage.memory import Memory, Remembered
from placeweave.engines.linkage.records import Pair, Record, is_automatic
from placeweave.engines.linkage.weights import Weights, weigh

ENGINE = "linkage 2"
_EVERY = 2_000
Report = Callable[[str, float], None]


def propose(
    records: Sequence[Record],
    *,
    remembered: Sequence[Remembered] = (),
    links: Iterable[Link] = (),
    weights: Weights | None = None,
    between: Callable[[str, str], bool] | None = None,
    report: Report = lambda _step, _share: None,
) -> list[Pair]:
    """Find the pairs that stand, or may stand, for one organisation.

    Parameters
    ----------
    records : sequence of Record
        Everything that is known; in any order, each key once.
    remembered : sequence of Remembered
        What people decided; it outweighs everything else.
    links : iterable of (Number, Number)
        Numbers that a register says belong to one organisation. They bring a pair before a person, no more, and are
        never followed from one to the next.
    weights : Weights, optional
        Of a larger set these records are part of; otherwise they are counted here.
    between : callable, optional
        Says of two keys whether they are to be compared at all, where only pairs across two files are wanted.
    report : callable, optional
        Told what is being done, and which share of the whole is done.

    Returns
    -------
    list of Pair
        Surest first, then by score and keys; the same whatever the order of the records.

    Raises
    ------
    ValueError
        If two records have one key.
    """
    if len({one.key for one in records}) < len(records):
        raise ValueError("Two records have the same key; each needs its own.")
    ordered, links = sorted(records, key=lambda one: one.key), list(links)
    weights = weights or weigh(ordered)
    memory = Memory(remembered)
    ready = [features_of(one, weights) for one in ordered]
    by_link = set(linked(ready, links))
    found = []
    report("names", 0.5)
    near = candidates(ready, weights, links)
    near = sorted({*near, *memory.pairs(ordered)}) if remembered else near
    for number, (one, other) in enumerate(near):
        if between is None or between(ordered[one].key, ordered[other].key):
            pair = judged(Comparison(ready[one], ready[other], weights), memory, is_linked=(one, other) in by_link)
            found += [pair] if pair else []
        if number % _EVERY == 0:
            report("pairs", 0.7 + 0.3 * number / len(near))
    return sorted(_settled(found, ordered, weights), key=_surest_first)


def _settled(found: Sequence[Pair], records: Sequence[Record], weights: Weights) -> list[Pair]:
    def supports(one: Record, other: Record) -> bool:
        pair = judge(one, other, weights)
        return pair is not None and is_automatic(pair)

    return without_chains(found, {one.key: one for one in records}, supports)


_ORDER = {"automatic": 0, "suggested": 1, "conflict": 2, "review": 3, "different": 4}


def _surest_first(pair: Pair) -> tuple[int, str, float, str, str]:
    return (_ORDER[pair.verdict], pair.tier or "E", -pair.score, pair.one, pair.other)
