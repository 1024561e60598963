"""Say where somebody sits among the others, in counts that give nobody away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import caches

from placeweave.engines.opinion.nearest import FEWEST, nearest_group
from placeweave.listening import queries
from placeweave.listening.models import Participant, Room, Statement, Vote, Voting
from placeweave.listening.queries import Own, Tally
from placeweave.listening.services import deck

MANY, FEW = 0.6, 0.2
MOST_TOLD = 3
COUNTS = ("agree", "disagree", "passed")


@dataclass(frozen=True, slots=True)
class Beside:
    """One answer of somebody, beside those of everybody: a count that is None may not be shown."""

    statement: Statement
    value: int
    turn: int
    same: int | None
    answered: int | None

    @property
    def mine(self) -> str:
        """The answer in a word."""
        return str(Vote.Value(self.value).label)

    @property
    def share(self) -> float | None:
        """The share of people who answered the same, where it may be shown."""
        return self.same / self.answered if self.same is not None and self.answered else None

    @property
    def percent(self) -> int:
        """The same share in whole hundredths, for a bar."""
        return round(100 * (self.share or 0))


@dataclass(frozen=True, slots=True)
class NearGroup:
    """The group whose answers somebody's own are nearest to: described by what it says, never by who is in it."""

    agrees: tuple[str, ...]
    disagrees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhereYouSit:
    """Somebody's answers beside everybody's.

    ``placing`` is ``few`` (too few answers), ``not_yet`` (nobody has looked for groups), ``none`` (no stable groups),
    ``between`` or ``near``.
    """

    answers: tuple[Beside, ...]
    placing: str
    group: NearGroup | None = None

    @property
    def together(self) -> list[Beside]:
        """Answers that most people share, the most shared first."""
        shared = [one for one in self.answers if one.share is not None and one.share >= MANY]
        return sorted(shared, key=lambda one: -(one.share or 0))[:MOST_TOLD]

    @property
    def apart(self) -> list[Beside]:
        """Answers that few people share, as far as their number may be told."""
        alone = [one for one in self.answers if one.share is not None and one.share <= FEW]
        return sorted(alone, key=lambda one: one.share or 0)[:MOST_TOLD]

    @property
    def is_hidden(self) -> bool:
        """Whether some figure is held back."""
        return any(one.same is None for one in self.answers)

    @property
    def still_needed(self) -> int:
        """How many answers more it takes to be placed."""
        return max(0, FEWEST - len(self.answers))


def where_you_sit(*, voting: Voting, participant: Participant) -> WhereYouSit:
    """Compare somebody's answers with everybody's, at once."""
    own = queries.own_answers(participant)
    hidden = _not_revealed(participant.room)
    threshold = voting.conversation.place.threshold
    asked = queries.asked_of(voting.conversation, [key for key in own if key != hidden])
    told = queries.tallies(_in_steps(asked, threshold), threshold=threshold)
    answers = tuple(_beside(one, own[one.statement.pk]) for one in told)
    if len(answers) < FEWEST:
        return WhereYouSit(answers, "few")
    return WhereYouSit(answers, *_placed(voting, own))


def _not_revealed(room: Room | None) -> int | None:
    """Give the statement on the wall whose result nobody is to see yet."""
    return None if room is None or room.closed_at or room.is_revealed else room.statement_id


def _in_steps(asked: Sequence[Statement], threshold: int) -> Sequence[Statement]:
    """Let counts move on by several people at a time: looking before and after an answer tells nothing of it."""
    memory = caches["memory"]
    for one in asked:
        counts = tuple(getattr(one, name) for name in COUNTS)
        shown = memory.get(f"shown:{one.pk}", ())
        if sum(shown) < threshold or abs(sum(counts) - sum(shown)) >= threshold:
            memory.set(f"shown:{one.pk}", counts, timeout=None)
            shown = counts
        for name, count in zip(COUNTS, shown, strict=True):
            setattr(one, name, count)
    return asked


def _beside(tally: Tally, own: Own) -> Beside:
    """Put somebody's answer beside everybody's."""
    same = {Vote.Value.AGREE: tally.agree, Vote.Value.DISAGREE: tally.disagree, Vote.Value.PASS: tally.passed}
    return Beside(tally.statement, own.value, own.turn, same[Vote.Value(own.value)], tally.answered)


def _placed(voting: Voting, own: dict[int, Own]) -> tuple[str, NearGroup | None]:
    """Find the group that somebody answers most like; a group that the finding does not show is never named."""
    groups = queries.known_groups(voting.conversation)
    if groups is None:
        looked = queries.opinion_finding(voting.conversation) is not None
        return ("none" if looked else "not_yet"), None
    everything = deck.asked_now(voting)
    number = {key: place for place, key in enumerate(everything.keys)}
    found = nearest_group(everything.tallies, {number[key]: one.value for key, one in own.items() if key in number})
    if found is None or not found.is_clear or found.group >= len(groups.says):
        return "between", None
    return "near", _described(voting, groups.says[found.group])


def _described(voting: Voting, says: Sequence[tuple[int, str]]) -> NearGroup:
    """Describe a group by the statements that set it apart."""
    asked = queries.asked(voting.conversation_id, [key for key, _side in says])
    agrees, disagrees = (
        tuple(asked[key].text for key, taken in says if taken == side and key in asked)[:MOST_TOLD]
        for side in ("agree", "disagree")
    )
    return NearGroup(agrees, disagrees)
