"""What changed between two waves of ties: compared only where the same partner spoke both times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.jigsaw.queries.ties import Told
from placeweave.kit.models import Analysis

KINDS = ("begun", "ended", "closer", "cooler")
NAMED = 6
Pair = tuple[int, int]


def changes(before: Told, now: Told) -> dict[str, Any]:
    """Sort every pair into what became of it, as plain values to keep.

    A level counts on the word of those sides only that spoke of the other in both waves: else a partner who answers
    for the first time would look like a tie that began.
    """
    found: dict[str, Any] = {kind: [] for kind in KINDS} | {"same": 0}
    named = {(min(pair), max(pair)) for pair in (*before.reports, *now.reports)}
    for pair in sorted(named):
        levels = _levels(pair, before, now)
        if levels is None or levels == (0, 0):
            continue
        kind = _became(*levels)
        if kind is None:
            found["same"] += 1
        else:
            found[kind].append([*pair, *levels])
    return found


def _levels(pair: Pair, before: Told, now: Told) -> tuple[int, int] | None:
    both = [(before.said(*side), now.said(*side)) for side in (pair, pair[::-1])]
    told = [(was.level, level.level) for was, level in both if was is not None and level is not None]
    return (max(was for was, _level in told), max(level for _was, level in told)) if told else None


def _became(was: int, now: int) -> str | None:
    if was == now:
        return None
    if was == 0 or now == 0:
        return "begun" if was == 0 else "ended"
    return "closer" if now > was else "cooler"


@dataclass(frozen=True)
class Since:
    """What changed since the wave before, in words: how much of each, the pairs by name, and what stays unknown."""

    number: int
    answered: int
    asked: int
    is_incomplete: bool
    summary: str
    parts: Sequence[tuple[str, Sequence[str], int]]


def since_in_words(names: Mapping[int, str], analysis: Analysis) -> Since | None:
    """Say what changed since the wave before; None where there was none."""
    told = (analysis.result or {}).get("since")
    if not told:
        return None
    titles = {
        "begun": _("Begun"), "ended": _("Ended"), "closer": _("Closer than before"), "cooler": _("Cooler than before"),
    }  # fmt: skip
    parts = [
        (titles[kind], [_pair(one, names) for one in told[kind][:NAMED]], max(len(told[kind]) - NAMED, 0))
        for kind in KINDS
        if told[kind]
    ]
    return Since(told["wave"], told["answered"], told["asked"], told["is_incomplete"], _summary(told), parts)


def _summary(told: Mapping[str, Any]) -> str:
    changed = sum(len(told[kind]) for kind in KINDS)
    if not changed:
        return _("Nothing changed, as far as the same partners answered both times.")
    said = ngettext("%(n)s tie changed", "%(n)s ties changed", changed) % {"n": changed}
    same = ngettext("%(n)s is as it was", "%(n)s are as they were", told["same"]) % {"n": told["same"]}
    return _("%(changed)s; %(same)s.") % {"changed": said, "same": same}


def _pair(change: Sequence[int], names: Mapping[int, str]) -> str:
    one, other, was, now = change
    gone = _("a partner that has gone")
    told = {"one": names.get(one, gone), "other": names.get(other, gone), "was": was, "now": now}
    return _("%(one)s and %(other)s: from %(was)s to %(now)s") % told
