"""The search for matches, overlaps and gaps: plain sums whose every term is told as a fact.

Suggestions only. Nothing is compared across kinds: a van does not meet a need for money. Nothing depends on the order
of the records, and nothing on chance.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from placeweave.engines.synergy.kindred import kindred
from placeweave.engines.synergy.meet import meetings
from placeweave.engines.synergy.nearness import WORKS_TOGETHER, levels
from placeweave.engines.synergy.records import Fact, Finding, FindingKind, Jigsaw, Need, Piece
from placeweave.engines.synergy.signing import digest, known_by, signature
from placeweave.engines.synergy.times import Slot, slots
from placeweave.engines.synergy.together import difficulties_shared, issues_on_one, programmes_alike
from placeweave.engines.synergy.words import Vocabulary, spoken

ENGINE = "synergy 3"

MATCH_AT, OVERLAP_AT = 0.44, 0.36
EVIDENCE_AT = 0.10
"""Words alike below this are chance: then there is no match, whatever else agrees."""
MOST_FOR_A_NEED, MOST_OVERLAPS_A_PAIR, MOST_OVERLAPS = 3, 2, 200
TIME, TIME_CLASH, NEARBY, ELSEWHERE, COMPANION = 0.30, 0.22, 0.12, 0.10, 0.20
STRANGERS, COLLEAGUES = 0.16, -0.10
"""An introduction is worth most to those who do not know each other; colleagues hardly need one."""
COMPANION_AT = 0.2
SAME_DOORS = 0.25
"""Two who knock on the same doors in one week are the first to tell."""
_SHARES = {"open": 0.08, "ask": 0.03, "no": 0.0}
_AGES = {"fresh": 0.05, "known": 0.0, "stale": -0.08}
_PRESSING = {1: 0.0, 2: 0.02, 3: 0.06}


def find(jigsaw: Jigsaw) -> list[Finding]:
    """Find what in a place might fit together, and what nobody holds.

    Parameters
    ----------
    jigsaw : Jigsaw
        Pieces that have a holder, needs still open, and ties as reported.

    Returns
    -------
    list of Finding
        Strongest first within each kind; scores are comparable within a kind only.

    Examples
    --------
    >>> bus = Piece(1, 10, "vehicle_equipment", "Minibus, 14 seats", when="Tuesday evenings", sharability="open")
    >>> lift = Need(1, "vehicle_equipment", "A van on Tuesday evenings", asked_by=20, when="Tuesday evenings")
    >>> [one.kind for one in find(Jigsaw([bus], [lift]))]
    ['match', 'gap']
    """
    search = _Search(jigsaw)
    matches = search.matches()
    return [
        *_ranked(_best_for_each(matches)),
        *_ranked(search.overlaps())[:MOST_OVERLAPS],
        *_ranked(search.gaps(matches)),
        *_ranked(meetings(jigsaw, matches)),
        *_ranked(programmes_alike(jigsaw.programmes)),
        *_ranked(difficulties_shared(jigsaw.difficulties, len(jigsaw.partners))),
        *_ranked(issues_on_one(jigsaw.issues, jigsaw.pieces)),
        *kindred(jigsaw),
    ]


def _best_for_each(matches: Sequence[Finding]) -> list[Finding]:
    """Keep the few best offers for each need: a list nobody reads to its end helps nobody."""
    by_need: dict[int | None, list[Finding]] = defaultdict(list)
    for match in matches:
        by_need[match.need].append(match)
    return [one for some in by_need.values() for one in _ranked(some)[:MOST_FOR_A_NEED]]


def _ranked(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (-one.score, one.signature))


class _Record:
    """A piece or a need with what is compared, worked out once."""

    def __init__(self, vocabulary: Vocabulary, title: str, detail: str, when: str) -> None:
        self.tokens = vocabulary.tokens(title, detail)
        self.written = spoken(f"{title} {detail}")
        self.slots = slots(when)


class _Search:
    def __init__(self, jigsaw: Jigsaw) -> None:
        self.pieces = sorted(jigsaw.pieces, key=lambda piece: piece.key)
        self.needs = sorted(jigsaw.needs, key=lambda need: need.key)
        told = [f"{one.title} {one.note}" for one in self.pieces] + [f"{one.title} {one.detail}" for one in self.needs]
        self.vocabulary = Vocabulary(told, besides=jigsaw.place_names)
        words = self.vocabulary
        self.held = {one.key: _Record(words, one.title, one.note, one.when) for one in self.pieces}
        self.wanted = {one.key: _Record(words, one.title, one.detail, one.when) for one in self.needs}
        # A record of one word must not agree in full with every other that has it.
        self.doubt = math.log1p(len(told)) / 2
        self.levels = levels(jigsaw.ties)
        self.by_holder: dict[int, list[Piece]] = defaultdict(list)
        for piece in self.pieces:
            self.by_holder[piece.organisation].append(piece)

    # --- An offer meets a need ------------------------------------------------------------------------

    def matches(self) -> list[Finding]:
        by_kind: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.pieces:
            if piece.sharability != "no":
                by_kind[piece.kind].append(piece)
        found = (self._match(need, piece) for need in self.needs for piece in by_kind[need.kind])
        return [fit for fit in found if fit is not None]

    def _match(self, need: Need, piece: Piece) -> Finding | None:
        if need.asked_by == piece.organisation:
            return None
        wanted, held = self.wanted[need.key], self.held[piece.key]
        alike, shared = self._coverage(wanted.tokens, held.tokens)
        reason: list[Fact] = []
        when = _hours(wanted.slots, held.slots, reason)
        if alike < EVIDENCE_AT:
            return None
        score = math.sqrt(alike) * 0.8 + when + _nearness(need.neighbourhood, piece.neighbourhood, reason)
        reason[:0] = _told(shared, wanted.written)
        score += self._strangers(need.asked_by, piece.organisation, reason)
        score += self._companion(need, piece, reason)
        score += _SHARES[piece.sharability] + _AGES[piece.age] + _PRESSING.get(need.priority, 0.0)
        if score < MATCH_AT:
            return None
        reason += [{"code": f"shares_{piece.sharability}", "piece": piece.key}]
        reason += [{"code": "stale", "piece": piece.key}] if piece.age == "stale" else []
        told = [_said_of_need(need), _said_of_piece(piece)]
        holders = tuple(sorted({piece.organisation, *([need.asked_by] if need.asked_by else [])}))
        return _finding(
            "match", [known_by(need), known_by(piece)], told, score, reason, need.key, (piece.key,), holders
        )

    def _coverage(self, wanted: Mapping[str, float], held: Mapping[str, float]) -> tuple[float, list[str]]:
        """Say how much of what is wanted the piece speaks of, and in which words, the rarest first."""
        weight = self.vocabulary.weight
        whole = math.fsum(weight(token) for token, share in wanted.items() if share == 1.0)
        shared = [token for token in wanted if token in held]
        found = math.fsum(wanted[token] * held[token] * weight(token) for token in shared)
        rarest = sorted(shared, key=lambda token: (-weight(token), token))
        return min(found / (whole + self.doubt), 1.0), rarest

    def _strangers(self, one: int | None, other: int, reason: list[Fact]) -> float:
        if one is None:
            return 0.0
        level = self.levels[frozenset({one, other})]
        if level >= WORKS_TOGETHER:
            reason.append({"code": "work_together", "organisations": sorted([one, other]), "level": level})
            return COLLEAGUES
        code = "no_tie" if level < 0 else "loose_tie"
        reason.append({"code": code, "organisations": sorted([one, other]), "level": max(level, 0)})
        return STRANGERS

    def _companion(self, need: Need, piece: Piece, reason: list[Fact]) -> float:
        """Look for another piece of the same holder that the need names too: a driver beside the van."""
        wanted = self.wanted[need.key]
        best: tuple[float, int] | None = None
        for other in self.by_holder[piece.organisation]:
            held = self.held[other.key]
            if other.kind == piece.kind or other.sharability == "no" or not _may_coincide(wanted.slots, held.slots):
                continue
            share, shared = self._coverage(wanted.tokens, held.tokens)
            named = [token for token in shared if wanted.tokens[token] == held.tokens[token] == 1.0]
            if share >= COMPANION_AT and any(token.startswith("~") for token in named) and len(named) > 1:
                best = max(best or (0.0, 0), (round(share, 6), -other.key))
        if best is None:
            return 0.0
        reason.append({"code": "also_holds", "piece": -best[1]})
        return COMPANION

    # --- Two hold alike ------------------------------------------------------------------------------

    def overlaps(self) -> list[Finding]:
        by_kind: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.pieces:
            by_kind[piece.kind].append(piece)
        found: dict[frozenset[int], list[Finding]] = defaultdict(list)
        for pieces in by_kind.values():
            for one, other in self._near_pairs(pieces):
                fit = self._overlap(one, other)
                if fit is not None:
                    found[frozenset(fit.organisations)].append(fit)
        return [fit for fits in found.values() for fit in _ranked(fits)[:MOST_OVERLAPS_A_PAIR]]

    def _near_pairs(self, pieces: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
        """Give the pairs that share a word at all: 2,000 pieces make two million pairs, few of them alike."""
        holding: dict[str, list[Piece]] = defaultdict(list)
        for piece in pieces:
            for token in self.held[piece.key].tokens:
                holding[token].append(piece)
        limit = max(12, len(pieces) // 8)
        pairs = {
            (one.key, other.key): (one, other)
            for some in holding.values()
            if len(some) <= limit
            for one, other in combinations(some, 2)
        }
        return [pairs[key] for key in sorted(pairs)]

    def _overlap(self, one: Piece, other: Piece) -> Finding | None:
        if one.organisation == other.organisation:
            return None
        if self.levels[frozenset({one.organisation, other.organisation})] >= WORKS_TOGETHER:
            return None
        here, there = self.held[one.key], self.held[other.key]
        forth, shared = self._coverage(here.tokens, there.tokens)
        back, _same = self._coverage(there.tokens, here.tokens)
        alike = math.sqrt(forth * back)
        if alike < EVIDENCE_AT * 1.6:
            return None
        reason: list[Fact] = []
        score = alike + _hours(here.slots, there.slots, reason) / 3
        score += _nearness(one.neighbourhood, other.neighbourhood, reason)
        reason[:0] = _told(shared, here.written)
        self._strangers(one.organisation, other.organisation, reason)
        if score < OVERLAP_AT:
            return None
        told = sorted([_said_of_piece(one), _said_of_piece(other)])
        score += _same_doors(one, other, here, there, reason)
        holders = tuple(sorted({one.organisation, other.organisation}))
        about = sorted([known_by(one), known_by(other)], key=str)
        return _finding("overlap", about, told, score, reason, None, (one.key, other.key), holders)

    # --- Nobody, or only one, holds it -----------------------------------------------------------------

    def gaps(self, matches: Sequence[Finding]) -> list[Finding]:
        meeting: dict[int, list[Finding]] = defaultdict(list)
        for match in matches:
            if match.need is not None:
                meeting[match.need].append(match)
        kinds: dict[str, int] = defaultdict(int)
        for piece in self.pieces:
            kinds[piece.kind] += 1
        found = (self._gap(need, meeting[need.key], kinds[need.kind]) for need in self.needs)
        return [gap for gap in found if gap is not None]

    def _gap(self, need: Need, met: Sequence[Finding], of_kind: int) -> Finding | None:
        holding = {piece.organisation for piece in self.pieces if any(piece.key in one.pieces for one in met)}
        if len(holding) > 1:
            return None
        code = "one_holder" if holding else "none_fits" if of_kind else "none_of_kind"
        fact: dict[str, object] = {"code": code, "need": need.key, "kind": need.kind, "count": of_kind}
        pieces = tuple(sorted(key for one in met for key in one.pieces))
        if holding:
            fact |= {"piece": pieces[0], "organisations": sorted(holding)}
        score = need.priority + {"none_of_kind": 0.6, "none_fits": 0.5, "one_holder": 0.0}[code]
        asking = {need.asked_by} if need.asked_by else set()
        about = tuple(sorted(holding | asking))
        return _finding("gap", [known_by(need)], [code, _said_of_need(need)], score, [fact], need.key, pieces, about)


def _hours(wanted: frozenset[Slot] | None, held: frozenset[Slot] | None, reason: list[Fact]) -> float:
    if wanted is None or held is None:
        return 0.0
    both = wanted & held
    if not both:
        reason.append({"code": "other_hours"})
        return -TIME_CLASH
    if len(wanted) > 20 or len(held) > 20:  # "any time" agrees with everything, and so says little
        return TIME / 6
    reason.append({"code": "hours", "slots": [f"{day} {part}" for day, part in sorted(both)]})
    return TIME * math.sqrt(len(both) / len(wanted))


def _same_doors(one: Piece, other: Piece, here: _Record, there: _Record, reason: list[Fact]) -> float:
    """Say whether two partners may knock on the same doors in one week: both visit homes, and no place parts them."""
    visits = "~visiting homes" in here.tokens and "~visiting homes" in there.tokens
    apart = None not in {one.neighbourhood, other.neighbourhood} and one.neighbourhood != other.neighbourhood
    if not visits or apart or not _may_coincide(here.slots, there.slots):
        return 0.0
    reason.append({"code": "same_doors", "organisations": sorted([one.organisation, other.organisation])})
    return SAME_DOORS


def _may_coincide(wanted: frozenset[Slot] | None, held: frozenset[Slot] | None) -> bool:
    return wanted is None or held is None or bool(wanted & held)


def _nearness(one: int | None, other: int | None, reason: list[Fact]) -> float:
    if one is None or other is None:
        return 0.0
    if one != other:
        return -ELSEWHERE
    reason.append({"code": "neighbourhood", "place": one})
    return NEARBY


def _told(shared: Sequence[str], written: Mapping[str, str]) -> list[Fact]:
    words = [written.get(token, token) for token in shared if not token.startswith("~")][:4]
    about = [token[1:] for token in shared if token.startswith("~")][:2]
    told: list[Fact] = [{"code": "words", "words": words}] if words else []
    return told + ([{"code": "about", "about": about}] if about else [])


def _said_of_piece(piece: Piece) -> str:
    return json.dumps(
        [piece.kind, piece.organisation, piece.title, piece.note, piece.when, piece.neighbourhood, piece.sharability]
    )


def _said_of_need(need: Need) -> str:
    return json.dumps(
        [
            need.kind,
            need.asked_by,
            need.title,
            need.detail,
            need.asked_for,
            need.when,
            need.neighbourhood,
            need.priority,
        ]
    )


def _finding(  # noqa: PLR0917 - the fields of one record, in their order
    kind: FindingKind,
    about: Sequence[object],
    told: Sequence[str],
    score: float,
    reason: Sequence[Fact],
    need: int | None,
    pieces: tuple[int, ...],
    organisations: tuple[int, ...],
) -> Finding:
    made, rests = signature(kind, about), digest(told)
    return Finding(kind, made, rests, round(score, 4), tuple(reason), need, pieces, organisations)
