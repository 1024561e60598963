"""The pages of the door and of tables: what is tapped, shown, printed and thrown on the wall."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.gatherings import services as gatherings
from placeweave.gatherings.models import Attendee, Session, SignUp
from placeweave.gatherings.queries import people as queries
from placeweave.gatherings.services import attending, seat_rules, seating
from placeweave.gatherings.services.seating import TableWish
from placeweave.kit.access import Standing
from placeweave.kit.errors import Unsound
from placeweave.kit.models import Export
from placeweave.places.models import Member, Place
from tests import factories
from tests.gatherings.test_tables import at, came, key_of

ClientFor = Callable[[Member], Client]
PAGES = ("tables", "cards", "table_wall")


@pytest.fixture
def session(place: Place, convener: Member) -> Session:
    made = factories.SessionFactory(place=place, capacity=60, host=convener)
    came(made, *"AABBCCDD")
    return made


@pytest.fixture
def browser(client_for: ClientFor, convener: Member) -> Client:
    return client_for(convener)


def address(name: str, session: Session) -> str:
    return reverse(f"gatherings:{name}", args=[session.place.slug, session.pk])


def page(client: Client, name: str, session: Session, query: str = "") -> str:
    response = client.get(address(name, session) + query)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, where: str, session: Session, **told: object) -> str:
    """Send a form without script, and give the page it leads to."""
    response = client.post(address(where, session), told, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def plan(session: Session, by: Member, rounds: int = 2) -> None:
    seating.arrange(session=session, wish=TableWish(size=4, rounds=rounds), seen="", by=by)


def test_a_tap_marks_each_of_a_party_and_a_second_tap_takes_it_back(session: Session, browser: Client) -> None:
    SignUp.objects.filter(name="P1").update(party=2)
    shown = page(browser, "attendance", session)
    assert "guest of P1" in shown
    assert "Not seen yet: 9" in shown
    person = key_of(session, "guest of P1")
    assert "Arrived: 1" in send(browser, "attendance", session, mark=f"{person} here")
    assert "Did not come: 1" in send(browser, "attendance", session, mark=f"{person} away")
    assert "Not seen yet: 9" in send(browser, "attendance", session, mark=f"{person} expected")
    assert "Morag" in send(browser, "guest", session, person=person, name="Morag")


def test_people_are_found_at_the_door_by_name_and_a_guest_after_whoever_brings_them(
    session: Session, browser: Client
) -> None:
    SignUp.objects.filter(name="P1").update(name="Zoe", party=2)
    send(browser, "walk_in", session, name="Anna", organisation="", sector="")
    names = re.findall(r'<div class="door__who"><b dir="auto">([^<]+)', page(browser, "attendance", session))
    assert names == [*("Anna", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "Zoe", "guest of Zoe")]


def test_once_the_rest_is_repaired_nobody_who_stayed_away_is_said_to_have_a_seat(
    session: Session, browser: Client, convener: Member
) -> None:
    plan(session, convener)
    send(browser, "attendance", session, mark=f"{key_of(session, 'P1')} away")
    assert "1 who did not come still has a seat." in page(browser, "tables", session)
    assert "did not come still" not in send(browser, "mend", session, rounds_over=1)


def test_somebody_who_walks_in_is_written_down_and_can_be_taken_off(session: Session, browser: Client) -> None:
    shown = send(browser, "walk_in", session, name="Una", organisation="Choir", sector="community")
    assert "Una" in shown
    assert "Arrived: 1" in shown
    walked = Attendee.objects.get(sign_up=None)
    assert browser.post(address("walk_in", session), {"name": ""}).status_code == 422
    assert "Una" not in send(browser, "forget_walk_in", session, person=f"w-{walked.pk}")
    assert not Attendee.objects.exists()


def test_b11_tables_are_planned_moved_locked_repaired_and_undone_without_script(
    session: Session, browser: Client
) -> None:
    asked = {"size": 4, "rounds": 2, "most_of_one": 2, "past": "place", "seed": 0}
    assert "No tables are planned yet" in page(browser, "tables", session)
    assert "Table A" in send(browser, "arrange", session, **asked)
    seen = at(session, "P1")
    moved = {"person": key_of(session, "P1"), "round": 1, "from": seen, "table": 1 - seen}
    assert "P1 has moved, and the seat is locked." in send(browser, "move_seat", session, **moved)
    assert "P1 is at" in send(browser, "move_seat", session, **{**moved, "table": seen})
    assert at(session, "P1") == 1 - seen
    told = send(browser, "mend", session, rounds_over=0)
    assert "Repaired with 1 move." in told
    assert "What the repair changed" in told
    assert at(session, "P1") == 1 - seen
    unlocked = send(browser, "lock_seat", session, person=moved["person"], round=1, lock="no")
    assert "free to change" in unlocked
    held = session.arrangements.first()
    assert held is not None
    assert "as they were before" in send(browser, "undo_tables", session, seen=held.mark)
    assert session.arrangements.count() == 1
    stale = browser.post(address("arrange", session), {**asked, "version": "1.0"})
    assert stale.status_code == 409
    shown = stale.content.decode()
    assert "Somebody changed the tables while you were looking" in shown
    assert f'value="{session.arrangements.get().mark}"' in shown, "sent again, it is meant"


def test_rules_are_decided_and_taken_back_without_script(session: Session, browser: Client) -> None:
    one, other = (key_of(session, name) for name in ("P1", "P2"))
    told = {"which": "bond", "bond-one": one, "bond-other": other, "bond-kind": "apart"}
    assert "never at one table" in send(browser, "table_rules", session, **told)
    assert (
        "Choose two different people"
        in browser.post(address("table_rules", session), told | {"bond-other": one}).content.decode()
    )
    send(browser, "table_rules", session, **{"which": "stay", "stay-person": one, "stay-table": "0"})
    assert Attendee.objects.get(stays_at__number=0).sign_up.name == "P1"
    furnished = {"which": "furnish", "furnish-table": "1", "furnish-name": "Window", "furnish-languages": "Gaelic, "}
    assert "Window" in send(browser, "table_rules", session, **furnished)
    assert session.tables.get(number=1).offers == ["Gaelic"]
    send(browser, "unbind", session, bond=session.bonds.get().pk)
    assert not session.bonds.exists()


def test_what_somebody_needs_is_on_no_page_but_that_of_whoever_runs_the_session(
    session: Session, browser: Client, convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    SignUp.objects.filter(name="P1").update(access_needs="A low voice")
    plan(session, convener)
    seat_rules.need(session=session, person=key_of(session, "P1"), needs=["quiet"], by=convener)
    assert "A low voice" in page(browser, "table_rules", session)
    assert "needs a table with: a quiet corner" in page(browser, "tables", session)
    facilitator = client_for(member_with(Standing.FACILITATOR))
    for name in (*PAGES, "attendance"):
        assert "quiet corner" not in page(facilitator, name, session)
    rules = page(facilitator, "table_rules", session)
    assert "A low voice" not in rules
    assert "→" not in rules
    sent = {"which": "need", "need-person": key_of(session, "P2"), "need-features": "quiet"}
    assert facilitator.post(address("table_rules", session), sent).status_code in {403, 422}
    assert not Attendee.objects.filter(sign_up__name="P2").exclude(needs=[]).exists()
    stand_in = member_with(Standing.FACILITATOR)
    facts = gatherings.HandOverFacts(stand_in=stand_in)
    gatherings.hand_over(session=session, facts=facts, version=0, by=convener)
    assert "A low voice" in page(client_for(stand_in), "table_rules", session), "whoever stands in runs it"
    assert "needs a table with: a quiet corner" in page(client_for(stand_in), "tables", session)
    assert client_for(stand_in).post(address("table_rules", session), sent).status_code == 302
    assert Attendee.objects.get(sign_up__name="P2").needs == ["quiet"]
    mark = session.arrangements.all()[0].mark
    with pytest.raises(Unsound, match="needs a quiet corner, which no table has"):
        seating.arrange(session=session, wish=TableWish(size=4), seen=mark, by=stand_in)
    for name in ("cards", "table_wall"):
        assert "quiet" not in page(browser, name, session)


def test_whoever_leaves_or_does_not_come_is_on_no_card_no_slip_and_not_on_the_wall(
    session: Session, browser: Client, convener: Member
) -> None:
    plan(session, convener)
    gatherings.leave(sign_up=SignUp.objects.get(name="P1"))
    attending.mark(session=session, person=key_of(session, "P2"), state="away", by=convener)
    for name in PAGES:
        assert not re.search(r"\bP1\b", page(browser, name, session))  # as a word: keys of forms are drawn at random
    for name in ("cards", "table_wall"):
        assert not re.search(r"\bP2\b", page(browser, name, session))
    assert "1 who did not come still has a seat" in page(browser, "tables", session)


def test_b11_cards_and_slips_are_files_and_leave_a_line_in_the_log(
    session: Session, browser: Client, convener: Member
) -> None:
    plan(session, convener)
    for name in ("cards_pdf", "slips_pdf"):
        response = browser.get(address(name, session))
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
    assert list(Export.objects.order_by("pk").values_list("format", "rows")) == [("table cards", 4), ("table slips", 8)]


def test_the_wall_shows_a_round_and_leads_to_the_next(session: Session, browser: Client, convener: Member) -> None:
    plan(session, convener)
    first, last = page(browser, "table_wall", session), page(browser, "table_wall", session, "?round=99")
    assert "Round 1 of 2" in first
    assert 'href="?round=2"' in first
    assert "Round 2 of 2" in last
    assert "Next round" not in last


def test_pages_of_tables_ask_the_database_no_more_for_more_people(
    session: Session, browser: Client, convener: Member, django_assert_max_num_queries: Callable[..., object]
) -> None:
    came(session, *"EFGHIJKLMNOP", first=9)
    plan(session, convener, rounds=3)
    assert len(queries.comers(session)) == 20
    for name in (*PAGES, "attendance", "table_rules"):
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
            page(browser, name, session)


def test_another_places_team_finds_none_of_it(session: Session, other_place: Place, client_for: ClientFor) -> None:
    stranger = client_for(factories.MemberFactory(place=other_place))
    for name in ("attendance", "walk_in", "tables", "arrange", "table_rules", "cards", "cards_pdf", "table_wall"):
        assert stranger.get(reverse(f"gatherings:{name}", args=[other_place.slug, session.pk])).status_code == 404
    for name in ("mend", "move_seat", "lock_seat", "undo_tables", "guest", "forget_walk_in", "unbind"):
        told = {"person": key_of(session, "P1"), "name": "x", "round": 1, "table": 0}
        theirs = reverse(f"gatherings:{name}", args=[other_place.slug, session.pk])
        assert stranger.post(theirs, told).status_code == 404
