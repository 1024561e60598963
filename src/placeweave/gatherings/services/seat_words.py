"""What is to be said of an arrangement: facts kept by key, and the sentences made of them for whoever reads now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.engines.grouping import Fact, Plan
from placeweave.engines.grouping.explain import sentence
from placeweave.gatherings.models import Arrangement, SessionTable
from placeweave.gatherings.queries.people import Comer, by_attendee
from placeweave.gatherings.services.seat_room import Gathered

FIRST = ("limit_kept", "limit_cannot", "limit_missed", "proved", "open")
"""What is said at the top; the rest is folded away."""
_TABLES = re.compile(r"\b(?<=table )\d+|(?<=tables )\d+(?:, \d+)*(?: and \d+)?")


def facts_of(plan: Plan, gathered: Gathered, *, most: int, before: Sequence[Sequence[Sequence[str]]]) -> list[Any]:
    """Give what is to be kept of a plan: whether the limit holds, what the engine found, and who moves and why."""
    told = [asdict(one) for one in plan.explain if one.code not in {"moved", "crowded"}]
    return [*_limits(plan, gathered, most), *told, *_moves(plan, gathered, most, before)]


def worst(plan: Plan, gathered: Gathered) -> dict[str, tuple[int, int]]:
    """Give of each organisation how many come, and the most of them at one table in any round."""
    of = {one.key: one.organisation for one in gathered.people if one.organisation}
    members = Counter(of.values())
    found = dict.fromkeys(members, 0)
    for one in plan.rounds:
        for table in one:
            for name, count in Counter(of[key] for key in table if key in of).items():
                found[name] = max(found[name], count)
    return {name: (members[name], found[name]) for name in members}


def breaks(plan: Plan, gathered: Gathered, most: int) -> int:
    """Count the organisations that crowd a table although they need not."""
    return sum(at > max(most, -(-of // len(gathered.tables))) for of, at in worst(plan, gathered).values())


def _limits(plan: Plan, gathered: Gathered, most: int) -> Iterable[dict[str, Any]]:
    tables, over = len(gathered.tables), {}
    for name, (of, at) in worst(plan, gathered).items():
        if at > most:
            code = "limit_cannot" if of > most * tables else "limit_missed"
            over[name] = {"code": code, "group": name, "count": of, "of": tables, "most": at, "limit": most}
    yield from over.values() if over else [{"code": "limit_kept", "most": most}]


def _moves(
    plan: Plan, gathered: Gathered, most: int, before: Sequence[Sequence[Sequence[str]]]
) -> Iterable[dict[str, Any]]:
    of = {one.key: one.organisation for one in gathered.people}
    for move in sorted(plan.moved, key=lambda one: (one.round, one.person)):
        left = [[key for key in table if key in of] for table in before[move.round]]
        mates = [key for key in left[move.before] if of[key] and of[key] == of[move.person]]
        why = "evens" if len(left[move.after]) < len(left[move.before]) else "rules"
        why = "mixes" if len(mates) > most else why
        yield {
            "code": "moved",
            "people": [move.person],
            "rounds": [move.round + 1],
            "before": move.before,
            "after": move.after,
            "left": len(left[move.after]),
            "why": why,
        }


@dataclass(frozen=True)
class Told:
    """The sentences about an arrangement: what matters most, who moves and why, and the rest."""

    first: Sequence[str]
    moves: Sequence[str]
    more: Sequence[str]


def told(arrangement: Arrangement, people: Sequence[Comer], tables: Sequence[SessionTable]) -> Told:
    """Say what was found; whoever has left since is in no sentence, and a sentence about them alone is not said."""
    known = {str(key): one for key, one in by_attendee(people).items()}
    found: dict[str, list[str]] = {"first": [], "moves": [], "more": []}
    for fact in arrangement.facts:
        said = _said(fact, known, tables)
        if said:
            kind = "moves" if fact["code"] in {"moved", "stay"} else "first" if fact["code"] in FIRST else "more"
            found[kind].append(said)
    return Told(**found)


def _said(fact: Mapping[str, Any], known: Mapping[str, Comer], tables: Sequence[SessionTable]) -> str:
    keys = [*fact.get("people", []), *(key for table in fact.get("tables", []) for key in table)]
    group = str(fact.get("group", "")).removeprefix("of ")
    if any(key not in known for key in ([*keys, group] if group else keys)):
        return ""
    if fact["code"] == "moved":
        return _moved(fact, known[fact["people"][0]].name, tables)
    organisation = known[group].organisation if group else ""
    if fact["code"].startswith("limit_"):
        return _limit(fact, organisation)
    plain = Fact(
        code=fact["code"],
        people=tuple(known[key].name for key in fact["people"]),
        group=organisation,
        rounds=tuple(fact["rounds"]),
        count=fact["count"],
        of=fact["of"],
        most=fact["most"],
        tables=tuple(tuple(known[key].name for key in table) for table in fact["tables"]),
        why=fact["why"],
    )
    return sentence(plain)


def _limit(fact: Mapping[str, Any], organisation: str) -> str:
    if fact["code"] == "limit_kept":
        return ngettext(
            "No table has more than %(most)s person of one organisation, in any round.",
            "No table has more than %(most)s people of one organisation, in any round.",
            fact["most"],
        ) % {"most": fact["most"]}
    facts = {"organisation": organisation, **{name: fact[name] for name in ("count", "of", "most", "limit")}}
    if fact["code"] == "limit_cannot":
        return (
            _(
                "At most %(limit)s of one organisation at a table cannot be had: %(organisation)s brings %(count)s "
                "people to %(of)s tables. They are spread as evenly as can be, with at most %(most)s at one."
            )
            % facts
        )
    return (
        _(
            "%(organisation)s has %(most)s people at one table, more than %(limit)s: "
            "what else was asked left no better way."
        )
        % facts
    )


def _moved(fact: Mapping[str, Any], name: str, tables: Sequence[SessionTable]) -> str:
    names = {one.number: str(one) for one in tables}
    facts = {
        "name": name,
        "before": names.get(fact["before"], ""),
        "after": names.get(fact["after"], ""),
        "round": fact["rounds"][0],
        "left": fact["left"],
    }
    if fact["why"] == "evens":
        words = _("Round %(round)s: %(name)s moves from %(before)s to %(after)s, which was left with %(left)s.")
    elif fact["why"] == "mixes":
        words = _(
            "Round %(round)s: %(name)s moves from %(before)s to %(after)s, as too many of their organisation "
            "were at %(before)s."
        )
    else:
        words = _("Round %(round)s: %(name)s moves from %(before)s to %(after)s, so that what was decided holds.")
    return words % facts


def refusal(words: str, tables: Sequence[SessionTable]) -> str:
    """Call tables in an engine's refusal by their names instead of their numbers."""
    names = {str(one.number + 1): str(one) for one in tables}

    def spoken(found: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda one: names.get(one.group(), one.group()), found.group())

    return _TABLES.sub(spoken, words)
