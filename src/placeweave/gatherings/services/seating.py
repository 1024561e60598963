"""Plan tables, mend them for who is there, and go back to the arrangement before.

A plan takes a fifth of a second for a hundred people, and whoever asks stands at the door: so it is made in the request
and not by the worker. The clock ends the search after two seconds, whatever the machine and from however many
seeds, for nobody else can write meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.engines.grouping import Impossible, Person, Plan, plan, repair
from placeweave.engines.grouping.rounds import ENGINE
from placeweave.engines.grouping.search import Clock
from placeweave.gatherings.models import Arrangement, Seat, Session
from placeweave.gatherings.queries import seating as queries
from placeweave.gatherings.queries.hand_over import is_run_by
from placeweave.gatherings.services import attending, seat_room, seat_words
from placeweave.gatherings.services.seat_room import Gathered
from placeweave.kit import audit
from placeweave.kit.errors import Conflict, NotReady, Unsound
from placeweave.places.models import Member

SECONDS = 2.0
MOST_SEATED = 300
"""So many are seated in about the time that somebody at a door waits."""
TRIES = 4
Kind = Arrangement.Kind
VERBS = ("planned tables", "repaired tables", "moved at tables", "undid tables", "locked at tables")


@dataclass(frozen=True)
class TableWish:
    """What a facilitator asks for; without a number of tables there are as few as seat everybody."""

    size: int = 6
    tables: int | None = None
    rounds: int = 3
    most_of_one: int = 2
    past: str = Arrangement.Past.COHORT
    seed: int = 0


def require_seen(held: Arrangement | None, seen: str, *, instead: str) -> None:
    """Refuse to throw away what somebody else arranged since this person looked.

    Raises
    ------
    Conflict
        If the arrangement that holds is not the one they saw.
    """
    if held is None or held.mark == seen:
        return
    sentence = _("Somebody changed the tables while you were looking. See what they did, and then ask again.")
    who = audit.who_changed(held, title=_("the tables"), verbs=VERBS)
    told = {"tables": held.tables, "rounds": held.rounds, "moves": held.hand_moves}
    theirs = _("%(tables)s tables, %(rounds)s rounds, %(moves)s moves by hand") % told
    label = _("The tables")
    raise Conflict(f"{who} {sentence}", theirs={label: theirs}, yours={label: instead}, version=held.mark)


@transaction.atomic
def arrange(*, session: Session, wish: TableWish, seen: str, by: Member) -> Arrangement:
    """Plan tables anew for everybody who is there or may still come; the arrangement before can be gone back to.

    Raises
    ------
    Conflict
        If somebody changed the tables since this person looked.
    Unsound
        If what is asked cannot be had; the sentence says what stands against what.
    """
    session = attending.opened(session, by)
    held = queries.current(session)
    require_seen(held, seen, instead=_("planned anew, for %(rounds)s rounds") % {"rounds": wish.rounds})
    comers = attending.note_everybody(session)
    count = _tables(wish, sum(one.state != queries.AWAY for one in comers))
    gathered = seat_room.gather(session, comers, tables=count, size=wish.size, history=wish.past)
    clock = Clock(SECONDS)

    def made(seed: int, people: Sequence[Person]) -> Plan:
        return plan(people, gathered.tables, wish.rounds, rules=gathered.rules, seed=seed, seconds=clock.left)

    found, seed = _best(session, gathered, made, wish, clock, by=by)
    kept = Arrangement(
        session=session,
        kind=Kind.PLANNED,
        tables=count,
        seed=seed,
        fingerprint=gathered.fingerprint(wish.rounds, wish.most_of_one, seed),
        facts=seat_words.facts_of(found, gathered, most=wish.most_of_one, before=()),
        **_asked(wish),
    )
    return _keep(kept, found, gathered, by=by, verb="planned tables")


def _asked(of: TableWish | Arrangement) -> dict[str, Any]:
    """Give what was asked for, which a repair keeps to."""
    return {name: getattr(of, name) for name in ("size", "rounds", "most_of_one", "past")}


def _tables(wish: TableWish, people: int) -> int:
    _require_seatable(people)
    count = wish.tables or -(-people // wish.size)
    if count > seat_room.MOST_TABLES:
        raise Unsound(_("At most %(most)s tables can be planned.") % {"most": seat_room.MOST_TABLES})
    if count * wish.size < people:
        facts = {"people": people, "tables": count, "size": wish.size}
        raise Unsound(_("%(people)s people do not fit %(tables)s tables of %(size)s.") % facts)
    return min(count, people)


def _require_seatable(people: int) -> None:
    if not people:
        raise NotReady(_("Nobody comes yet, so there is nobody to seat."))
    if people > MOST_SEATED:
        raise Unsound(_("At most %(most)s people can be seated here at once.") % {"most": MOST_SEATED})


def _best(
    session: Session,
    gathered: Gathered,
    made: Callable[[int, Sequence[Person]], Plan],
    wish: TableWish,
    clock: Clock,
    *,
    by: Member,
) -> tuple[Plan, int]:
    """Look from a few seeds for a plan in which no organisation crowds a table that need not; usually the first has."""
    best: tuple[int, int, Plan, int] | None = None
    for seed in range(wish.seed, wish.seed + TRIES):
        found = _possible(session, gathered, partial(made, seed), by=by)
        crowded = seat_words.breaks(found, gathered, wish.most_of_one)
        if best is None or (crowded, found.cost) < best[:2]:
            best = (crowded, found.cost, found, seed)
        if not crowded or not clock.left:
            break
    assert best is not None  # noqa: S101 - there is at least one try
    return best[2], best[3]


def _possible(session: Session, gathered: Gathered, made: Callable[[Sequence[Person]], Plan], *, by: Member) -> Plan:
    """Ask the engine, and say its refusal in names; who needs what is told to whoever runs the session alone."""
    try:
        return made(gathered.people)
    except Impossible:
        if any(one.needs for one in gathered.people) and not is_run_by(session, by):
            raise Unsound(
                _("Not everything that was decided can be kept at these tables. Whoever runs the session is told why.")
            ) from None
        raise Unsound(_in_names(gathered, made)) from None


def _in_names(gathered: Gathered, made: Callable[[Sequence[Person]], Plan]) -> str:
    try:
        made(gathered.named())
    except Impossible as refusal:
        return seat_words.refusal(str(refusal), gathered.rows)
    raise AssertionError("the same people cannot be refused and seated")  # pragma: no cover


@transaction.atomic
def mend(*, session: Session, rounds_over: int, by: Member) -> Arrangement:
    """Seat those who came late, close the gaps of those who did not come, and move as few people as can be.

    Whatever was moved or locked by hand stays. Rounds that are over stay as they were.

    Raises
    ------
    NotReady
        If there is no arrangement, or no round is left.
    """
    session = attending.opened(session, by)
    held = _left_to_repair(session, rounds_over)
    comers, seats = attending.note_everybody(session), list(held.seats.all())
    _require_seatable(sum(one.state != queries.AWAY for one in comers))
    gathered = seat_room.gather(session, comers, tables=held.tables, size=held.size, history=held.past)
    gathered = replace(gathered, rules=replace(gathered.rules, fixed=seat_room.fixed(seats, gathered)))
    given = seat_room.sittings(seats, rounds=held.rounds, rows=gathered.rows)

    def made(people: Sequence[Person]) -> Plan:
        return repair(
            given, people, gathered.tables, rules=gathered.rules, played=rounds_over, seed=held.seed, seconds=SECONDS
        )

    found = _possible(session, gathered, made, by=by)
    kept = Arrangement(
        session=session,
        kind=Kind.REPAIRED,
        tables=held.tables,
        rounds_over=rounds_over,
        seed=held.seed,
        fingerprint=gathered.fingerprint(held.rounds, held.most_of_one, held.seed, rounds_over, given),
        facts=seat_words.facts_of(found, gathered, most=held.most_of_one, before=given),
        **_asked(held),
    )
    locked = {(one.attendee_id, one.round) for one in seats if one.is_locked}
    return _keep(kept, found, gathered, by=by, verb="repaired tables", locked=locked)


def _left_to_repair(session: Session, rounds_over: int) -> Arrangement:
    held = queries.current(session)
    if held is None:
        raise NotReady(_("There are no tables to repair yet. Plan them first."))
    if not 0 <= rounds_over < held.rounds:
        raise NotReady(_("All rounds are over, so there is nothing left to repair."))
    return held


def _keep(
    kept: Arrangement,
    found: Plan,
    gathered: Gathered,
    *,
    by: Member,
    verb: str,
    locked: set[tuple[int, int]] | None = None,
) -> Arrangement:
    kept.by, kept.engine, kept.people = by, ENGINE, len(gathered.people)
    kept.cost, kept.lower_bound, kept.is_proved = found.cost, found.lower_bound, found.proved
    kept.has_fewest_moves = found.has_fewest_moves
    kept.save()
    Seat.objects.bulk_create(
        Seat(
            arrangement=kept,
            attendee_id=int(key),
            round=number,
            table=gathered.rows[table],
            is_locked=(int(key), number) in (locked or set()),
        )
        for number, one in enumerate(found.rounds, start=1)
        for table, keys in enumerate(one)
        for key in keys
    )
    audit.write(by=by, place_id=kept.session.place_id, verb=verb, subject=kept, summary=kept.session.title)
    return kept


@transaction.atomic
def undo(*, session: Session, seen: str, by: Member) -> Arrangement:
    """Go back to the arrangement before the newest, which is gone then.

    Raises
    ------
    Conflict
        If somebody changed the tables since this person looked.
    NotReady
        If there is none before.
    """
    session = attending.opened(session, by)
    newest = list(session.arrangements.all()[:2])
    require_seen(newest[0] if newest else None, seen, instead=_("as they were before"))
    if len(newest) < 2:
        raise NotReady(_("There is no arrangement before this one."))
    undone, before = newest
    undone.delete()
    audit.write(by=by, place_id=session.place_id, verb="undid tables", subject=before, summary=session.title)
    return before
