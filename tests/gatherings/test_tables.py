"""Tables of a session: planned, mended, moved by hand and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from placeweave.engines.grouping import Plan, plan
from placeweave.gatherings import services as gatherings
from placeweave.gatherings.models import Arrangement, Attendee, Seat, Session, SignUp
from placeweave.gatherings.queries import people as people_queries
from placeweave.gatherings.queries import seating as queries
from placeweave.gatherings.services import attending, moving, retention, seat_rules, seat_words, seating
from placeweave.gatherings.services.seating import TableWish
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories

SIX_OF_SEVEN = TableWish(size=7, tables=6, rounds=3, most_of_one=2)


def came(session: Session, *organisations: str, first: int = 1) -> None:
    """Lay people with a place, each of an organisation, without the letters that signing up sends."""
    SignUp.objects.bulk_create(
        SignUp(session=session, turn=turn, state="coming", name=f"P{turn}", email=f"p{turn}@x.org", organisation=name)
        for turn, name in enumerate(organisations, start=first)
    )


@pytest.fixture
def session(place: Place, convener: Member) -> Session:
    return factories.SessionFactory(place=place, capacity=60, host=convener)


def most_of_one(made: Arrangement) -> dict[str, int]:
    """Say of each organisation how many of it sit at one table, at most."""
    seats = made.seats.select_related("attendee__sign_up")
    count = Counter((one.round, one.table_id, one.attendee.sign_up.organisation) for one in seats)
    found: dict[str, int] = {}
    for (_round, _table, name), many in count.items():
        found[name] = max(many, found.get(name, 0))
    return found


def sentences(session: Session, made: Arrangement) -> seat_words.Told:
    return seat_words.told(made, people_queries.comers(session), session.tables.all())


def planned(session: Session, by: Member, wish: TableWish = SIX_OF_SEVEN) -> Arrangement:
    return seating.arrange(session=session, wish=wish, seen="", by=by)


def key_of(session: Session, name: str) -> str:
    return next(one.key for one in people_queries.comers(session) if one.name == name)


def at(session: Session, name: str, number: int = 1) -> int:
    """Say at which table somebody sits."""
    held = session.arrangements.first()
    assert held is not None
    return held.seats.get(attendee__sign_up__name=name, round=number).table.number


def test_b11_six_tables_of_seven_have_no_more_than_two_of_one_organisation(session: Session, convener: Member) -> None:
    sizes = {"Council": 12, "Health": 10, "Police": 8, "Choir": 6, "Shed": 4, "Library": 2}
    came(session, *(name for name, size in sizes.items() for _one in range(size)))
    made = planned(session, convener)
    assert made.seats.count() == 3 * 42
    rounds = queries.rounds(made, people_queries.comers(session))
    assert {len(one.people) for each in rounds for one in each.tables} == {7}
    assert max(most_of_one(made).values()) <= 2
    assert sentences(session, made).first[0] == "No table has more than 2 people of one organisation, in any round."


def test_b11_where_two_of_one_organisation_cannot_be_had_it_is_said_and_they_are_spread_evenly(
    session: Session, convener: Member
) -> None:
    came(session, *["Council"] * 15, *["Health"] * 12, *["Choir"] * 15)
    made = planned(session, convener)
    first = sentences(session, made).first
    assert any("Council brings 15 people to 6 tables" in one and "at most 3 at one" in one for one in first)
    assert not any("No table has more than" in one for one in first)
    for each in queries.rounds(made, people_queries.comers(session)):
        spread = sorted(sum(one.comer.organisation == "Council" for one in table.people) for table in each.tables)
        assert spread == [2, 2, 2, 3, 3, 3]
    assert most_of_one(made)["Health"] == 2


def test_b11_no_shows_are_repaired_by_moving_as_few_as_can_be_and_it_can_be_undone(
    session: Session, convener: Member
) -> None:
    came(session, *(f"Organisation {number % 9}" for number in range(42)))
    before = planned(session, convener)
    gone = [one for one in people_queries.comers(session) if at(session, one.name) == 0][:3]
    for one in gone:
        attending.mark(session=session, person=one.key, state="away", by=convener)
    assert queries.rounds(before, people_queries.comers(session))[0].no_shows == 3
    made = seating.mend(session=session, rounds_over=0, by=convener)
    first = queries.rounds(made, people_queries.comers(session))[0]
    assert sorted(len(one.people) for one in first.tables) == [6, 6, 6, 7, 7, 7]
    sat = {one.attendee_id: one.table_id for one in before.seats.filter(round=1)}
    moved = [one for one in made.seats.filter(round=1) if sat[one.attendee_id] != one.table_id]
    assert len(moved) == 2, "a table left with four takes two, and no more need to move"
    assert made.has_fewest_moves
    moves = [one for one in sentences(session, made).moves if one.startswith("Round 1")]
    assert len(moves) == 2
    assert all("to A, which was left with 4" in one for one in moves)
    seating.undo(session=session, seen=made.mark, by=convener)
    assert session.arrangements.get() == before
    assert before.seats.count() == 3 * 42


def test_a_repair_seats_those_who_came_late_and_leaves_what_is_over_and_what_is_locked(
    session: Session, convener: Member
) -> None:
    came(session, *"AABBCCDDEEFF")
    planned(session, convener, TableWish(size=4, rounds=2))
    moving.lock(session=session, person=key_of(session, "P3"), number=2, is_locked=True, by=convener)
    first, locked = {name: at(session, name) for name in ("P1", "P2", "P3")}, at(session, "P3", 2)
    attending.walk_in(session=session, name="Una", organisation="A", by=convener)
    made = seating.mend(session=session, rounds_over=1, by=convener)
    assert {name: at(session, name) for name in first} == first
    assert at(session, "P3", 2) == locked
    assert made.seats.get(attendee__sign_up=None).round == 2
    assert made.seats.get(is_locked=True).attendee.sign_up.name == "P3"


def test_two_who_move_different_people_both_keep_what_they_did(session: Session, convener: Member) -> None:
    came(session, *"AABBCCDD")
    planned(session, convener, TableWish(size=4, rounds=1))
    for name in ("P1", "P2"):
        seen = at(session, name)
        moving.move(session=session, person=key_of(session, name), number=1, table=1 - seen, seen=seen, by=convener)
        assert at(session, name) == 1 - seen
    held = session.arrangements.get()
    assert (held.hand_moves, held.seats.filter(is_locked=True).count()) == (2, 2)


def test_who_moves_somebody_that_has_moved_meanwhile_is_told_who_was_quicker(
    session: Session, convener: Member, member_with: Callable[..., Member]
) -> None:
    came(session, *"AABBCCDDEEFF")
    planned(session, convener, TableWish(size=4, rounds=1))
    seen, person = at(session, "P1"), key_of(session, "P1")
    first, second = ((seen + step) % 3 for step in (1, 2))
    moving.move(session=session, person=person, number=1, table=first, seen=seen, by=member_with(Standing.FACILITATOR))
    with pytest.raises(Conflict, match=r"changed “the tables”.*P1 is at"):
        moving.move(session=session, person=person, number=1, table=second, seen=seen, by=convener)
    assert at(session, "P1") == first


def test_nobodys_moves_are_thrown_away_unseen(session: Session, convener: Member) -> None:
    came(session, *"AABBCCDD")
    made = planned(session, convener, TableWish(size=4, rounds=1))
    moving.move(
        session=session,
        person=key_of(session, "P1"),
        number=1,
        table=1 - at(session, "P1"),
        seen=at(session, "P1"),
        by=convener,
    )
    with pytest.raises(Conflict):
        seating.arrange(session=session, wish=TableWish(size=4), seen=made.mark, by=convener)
    with pytest.raises(Conflict):
        seating.undo(session=session, seen=made.mark, by=convener)
    made.refresh_from_db()
    with pytest.raises(NotReady, match="no arrangement before"):
        seating.undo(session=session, seen=made.mark, by=convener)


def test_apart_together_hosts_and_needs_are_kept_exactly(session: Session, convener: Member) -> None:
    came(session, *"ABCDEFGHIJKL")
    keys = {one.name: one.key for one in people_queries.comers(session)}
    seat_rules.bind(session=session, kind="apart", one=keys["P1"], other=keys["P2"], by=convener)
    seat_rules.bind(session=session, kind="together", one=keys["P3"], other=keys["P4"], by=convener)
    seat_rules.stay(session=session, person=keys["P5"], table=2, by=convener)
    seat_rules.furnish(session=session, table=1, name="Window", offers=["hearing_loop", "Gaelic"], by=convener)
    seat_rules.need(session=session, person=keys["P6"], needs=["hearing_loop", "gaelic"], by=convener)
    planned(session, convener, TableWish(size=4, rounds=3))
    for number in (1, 2, 3):
        assert at(session, "P1", number) != at(session, "P2", number)
        assert at(session, "P3", number) == at(session, "P4", number)
        assert at(session, "P5", number) == 2
        assert at(session, "P6", number) == 1


def test_what_cannot_be_kept_is_said_in_names_and_needs_to_whoever_runs_the_session_alone(
    session: Session, convener: Member, member_with: Callable[..., Member]
) -> None:
    came(session, *"ABCD")
    person = key_of(session, "P1")
    facilitator = member_with(Standing.FACILITATOR)
    with pytest.raises(Refused):
        seat_rules.need(session=session, person=person, needs=["hearing_loop"], by=facilitator)
    seat_rules.need(session=session, person=person, needs=["hearing_loop"], by=convener)
    with pytest.raises(Unsound, match="P1 needs hearing loop, which no table has"):
        planned(session, convener, TableWish(size=2))
    with pytest.raises(Unsound, match="Whoever runs the session is told why") as told:
        planned(session, facilitator, TableWish(size=2))
    assert "hearing" not in told.value.sentence
    assert not Seat.objects.exists()


def test_those_who_have_met_at_an_earlier_session_meet_others(session: Session, convener: Member) -> None:
    earlier = factories.SessionFactory(
        place=session.place, capacity=60, begins_at=session.begins_at.replace(year=session.begins_at.year - 1)
    )
    for one in (earlier, session):
        came(one, *[""] * 4)
    planned(earlier, convener, TableWish(size=2, rounds=1))
    pairs = {frozenset(name for name in names) for names in _tables(earlier)}
    planned(session, convener, TableWish(size=2, rounds=1, past="place"))
    assert not pairs & {frozenset(names) for names in _tables(session)}


def _tables(session: Session) -> list[list[str]]:
    held = session.arrangements.first()
    assert held is not None
    found: dict[int, list[str]] = {}
    for one in held.seats.select_related("attendee__sign_up"):
        found.setdefault(one.table_id, []).append(one.attendee.sign_up.name)
    return list(found.values())


def test_whoever_leaves_is_at_no_table_and_in_no_sentence(session: Session, convener: Member) -> None:
    came(session, *"AABBCC")
    SignUp.objects.filter(name="P1").update(party=2)
    guest = next(one for one in people_queries.comers(session) if one.is_guest)
    attending.name_guest(session=session, person=guest.key, name="Morag", by=convener)
    made = planned(session, convener, TableWish(size=3, rounds=3))
    assert made.seats.count() == 21
    gatherings.leave(sign_up=SignUp.objects.get(name="P1"))
    assert made.seats.count() == 15
    told = sentences(session, made)
    assert not any("P1" in line or "Morag" in line for line in [*told.first, *told.moves, *told.more])
    assert not Attendee.objects.filter(name="Morag").exists()
    assert not any("P1" in str(fact) for fact in made.facts)


def test_another_sessions_people_are_never_found_by_a_key_that_a_form_sends(
    session: Session, convener: Member, other_place: Place
) -> None:
    theirs = factories.SessionFactory(place=other_place, capacity=60)
    came(theirs, "A", "B")
    came(session, "A", "B")
    planned(session, convener, TableWish(size=2))
    foreign = people_queries.comers(theirs)[0].key
    walked = f"w-{Attendee.objects.create(session=theirs, name='Una').pk}"
    for key in (foreign, walked, "", "0-0", "x"):
        with pytest.raises(Unsound):
            attending.mark(session=session, person=key, state="here", by=convener)
        with pytest.raises(Unsound):
            moving.move(session=session, person=key, number=1, table=0, seen=None, by=convener)
        with pytest.raises(Unsound):
            seat_rules.bind(
                session=session, kind="apart", one=key, other=people_queries.comers(session)[0].key, by=convener
            )
    assert not theirs.attendees.exclude(state="expected").exists()


def test_a_session_that_nobody_can_come_to_has_no_tables(session: Session, convener: Member) -> None:
    with pytest.raises(NotReady, match="Nobody comes yet"):
        planned(session, convener)
    Session.objects.update(state="draft")
    with pytest.raises(NotReady, match="draft, or cancelled"):
        planned(session, convener)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR, Standing.GUEST])
def test_only_the_team_plans_and_marks(
    session: Session, member_with: Callable[..., Member], standing: Standing
) -> None:
    came(session, "A", "B")
    with pytest.raises(Refused):
        planned(session, member_with(standing))
    with pytest.raises(Refused):
        attending.walk_in(session=session, name="Una", by=member_with(standing))


def test_more_people_than_seats_is_refused_with_both_numbers(session: Session, convener: Member) -> None:
    came(session, *"ABCDE")
    with pytest.raises(Unsound, match="5 people do not fit 2 tables of 2"):
        planned(session, convener, TableWish(size=2, tables=2))


def test_all_tries_of_a_plan_share_its_seconds_for_nobody_else_writes_meanwhile(
    session: Session, convener: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(session, *"ABCD")
    given: list[float] = []

    def watched(*args: Any, **asked: Any) -> Plan:
        given.append(asked["seconds"])
        return plan(*args, **asked)

    monkeypatch.setattr(seating, "plan", watched)
    monkeypatch.setattr(seat_words, "breaks", lambda *_asked: 1)  # as if an organisation crowded a table
    planned(session, convener, TableWish(size=2, rounds=1))
    assert len(given) == seating.TRIES
    assert all(later < sooner for sooner, later in pairwise(given))
    monkeypatch.setattr(seating, "SECONDS", 0.0)
    seating.arrange(session=session, wish=TableWish(size=2), seen=session.arrangements.all()[0].mark, by=convener)
    assert given[seating.TRIES :] == [0.0]


def test_no_more_people_are_mended_for_than_are_planned_for(
    session: Session, convener: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(session, *"ABCD")
    planned(session, convener, TableWish(size=2, rounds=1))
    monkeypatch.setattr(seating, "MOST_SEATED", 4)
    came(session, "E", first=9)
    with pytest.raises(Unsound, match="At most 4 people"):
        seating.mend(session=session, rounds_over=0, by=convener)


def test_needs_go_with_those_of_the_sign_up_and_names_with_its_names(session: Session, convener: Member) -> None:
    came(session, "A", "B")
    SignUp.objects.filter(name="P1").update(party=2)
    keys = {one.name: one.key for one in people_queries.comers(session)}
    attending.name_guest(session=session, person=keys["guest of P1"], name="Morag", by=convener)
    attending.walk_in(session=session, name="Una", organisation="Choir", by=convener)
    seat_rules.bind(session=session, kind="apart", one=keys["P1"], other=keys["P2"], by=convener)
    seat_rules.need(session=session, person=keys["P1"], needs=["quiet"], by=convener)
    for days, needs, names in ((20, 0, 2), (91, 0, 0)):
        ended = timezone.now() - timedelta(days=days)
        Session.objects.update(begins_at=ended - timedelta(hours=2), ends_at=ended)
        retention.erase_due()
        assert Attendee.objects.exclude(needs=[]).count() == needs
        assert Attendee.objects.exclude(name="", organisation="").count() == names
    assert not session.bonds.exists()
    told = [one.name for one in people_queries.comers(session)]
    assert told == [
        "somebody, erased since",
        "a guest, erased since",
        "somebody, erased since",
        "somebody who walked in",
    ]
