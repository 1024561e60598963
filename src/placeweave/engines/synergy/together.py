"""What partners have in common without saying so: programmes alike, difficulties shared, issues left to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from placeweave.engines.synergy.records import Difficulty, Fact, Finding, Issue, Piece, Programme
from placeweave.engines.synergy.signing import digest, signature

SHARED_FROM = 3
"""So many partners make a difficulty one that is shared."""
PARTNERS_FROM, MOST_PAIRS, MOST_ASKED = 2, 50, 3


def programmes_alike(programmes: Sequence[Programme]) -> list[Finding]:
    """Find pairs of programmes with partners and outcomes in common, for which one session might do."""
    found = [_joint(one, other) for one, other in combinations(sorted(programmes, key=lambda p: p.key), 2)]
    ranked = sorted((one for one in found if one is not None), key=lambda one: (-one.score, one.signature))
    return ranked[:MOST_PAIRS]


def _joint(one: Programme, other: Programme) -> Finding | None:
    partners = sorted(set(one.partners) & set(other.partners))
    outcomes = sorted(set(one.outcomes) & set(other.outcomes))
    if len(partners) < PARTNERS_FROM or not outcomes:
        return None
    reason: list[Fact] = [
        {"code": "programmes", "programmes": [[one.key, one.name], [other.key, other.name]]},
        {"code": "shared_partners", "organisations": partners},
        {"code": "shared_outcomes", "outcomes": [list(outcome) for outcome in outcomes]},
    ]
    return Finding(
        "joint",
        signature("joint", [one.key, other.key]),
        digest([partners, [key for key, _name in outcomes]]),
        float(len(partners) + 2 * len(outcomes)),
        tuple(reason),
        None,
        (),
        tuple(partners),
    )


def difficulties_shared(difficulties: Sequence[Difficulty], partners: int) -> list[Finding]:
    """Find difficulties that several partners say are theirs, of how many partners there are."""
    found = []
    for one in difficulties:
        bodies = sorted(set(one.organisations))
        if len(bodies) < SHARED_FROM:
            continue
        fact: Fact = {
            "code": "shared_by",
            "difficulty": one.key,
            "wording": one.wording,
            "organisations": bodies,
            "count": len(bodies),
            "of": max(partners, len(bodies)),
        }
        made, rests = signature("shared", [one.key]), digest([one.wording, bodies])
        found.append(Finding("shared", made, rests, float(len(bodies)), (fact,), None, (), tuple(bodies)))
    return found


def issues_on_one(issues: Sequence[Issue], pieces: Sequence[Piece]) -> list[Finding]:
    """Find live issues that name one organisation, and who else holds something that could serve them."""
    return [_alone(issue, pieces) for issue in issues if len(set(issue.organisations)) == 1]


def _alone(issue: Issue, pieces: Sequence[Piece]) -> Finding:
    holder = issue.organisations[0]
    weights: dict[int, int] = defaultdict(int)
    held: dict[int, list[int]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda one: one.key):
        weight = _serves(piece, issue)
        if weight and piece.organisation != holder and piece.sharability != "no":
            weights[piece.organisation] += weight
            held[piece.organisation].append(piece.key)
    asked = sorted(weights, key=lambda key: (-weights[key], key))[:MOST_ASKED]
    reason: list[Fact] = [{"code": "only_one", "organisations": [holder], "issue": issue.key, "title": issue.title}]
    reason += [{"code": "might_join", "organisations": [key], "count": len(held[key])} for key in asked]
    return Finding(
        "alone",
        signature("alone", [issue.key]),
        digest([holder, asked]),
        float(sum(weights[key] for key in asked)),
        tuple(reason),
        None,
        tuple(held[key][0] for key in asked),
        (holder, *asked),
        issue=issue.key,
    )


def _serves(piece: Piece, issue: Issue) -> int:
    """Weigh a piece for an issue: 3 where it is said to serve it, 1 where it lies where the issue is felt."""
    if issue.key in piece.issues:
        return 3
    return 1 if piece.neighbourhood in issue.neighbourhoods or not issue.neighbourhoods else 0
