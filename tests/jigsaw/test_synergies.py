"""Suggested synergies: remembered decisions, reasons in words, and nothing that acts by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.models import Need, Piece, PieceKind, Synergy
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused
from placeweave.places.models import Member, Place
from tests import factories

MemberMaker = Callable[..., Member]
ClientFor = Callable[[Member], Client]
EVENINGS = "Tuesday and Thursday evenings"


@pytest.fixture
def minibus(place: Place) -> Piece:
    """The station's minibus, idle on two evenings, with its drivers beside it."""
    fire = factories.OrganisationFactory(place=place, name="Fire station")
    common = {"place": place, "organisation": fire, "when": EVENINGS, "sharability": "open"}
    factories.PieceFactory(title="Four crew licensed to drive the minibus", kind="people_skills", **common)
    return factories.PieceFactory(title="Station minibus, 14 seats", kind="vehicle_equipment", **common)


@pytest.fixture
def lift(place: Place) -> Need:
    """The Shed's need for a driver and a van."""
    shed = factories.OrganisationFactory(place=place, name="Men's Shed")
    return factories.NeedFactory(
        place=place, asked_by=shed, title="A driver and a van", when=EVENINGS, kind="vehicle_equipment", priority=3
    )


@pytest.fixture
def looked(
    minibus: Piece, lift: Need, convener: Member, django_capture_on_commit_callbacks: Callable[..., object]
) -> Callable[[], None]:
    """Look for synergies, as the worker would, once the asking is committed."""

    def look() -> None:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            services.ask_for_synergies(place=convener.place, by=convener)

    look()
    return look


def the_match() -> Synergy:
    return Synergy.objects.get(kind="match")


def test_b6_the_match_says_why_in_words_with_every_fact_a_link(
    looked: Callable[[], None], place: Place, client_for: ClientFor, convener: Member
) -> None:
    told = queries.synergies_in_words(place, [the_match()])[0]
    for words in (
        "Men's Shed: “A driver and a van”",
        "Station minibus, 14 seats",
        EVENINGS,
        "No tie",
        "Four crew licensed",
    ):
        assert words in told.sentence
    browser = client_for(convener)
    assert told.facts
    assert {browser.get(fact["url"]).status_code for fact in told.facts} == {200}


def test_i8_suggestions_are_labelled_and_wait_for_a_person(
    looked: Callable[[], None], convener: Member, client_for: ClientFor
) -> None:
    assert the_match().state == "open"
    page = client_for(convener).get(reverse("jigsaw:synergies", args=[convener.place.slug])).content.decode()
    assert "A machine suggests; you decide." in page
    assert "No figure here is a probability." in page


def test_only_the_team_decides(looked: Callable[[], None], member_with: MemberMaker) -> None:
    for standing in (Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR):
        with pytest.raises(Refused):
            services.decide(synergy=the_match(), decision="accept", why="", by=member_with(standing))


def test_i14_a_refused_suggestion_stays_away_when_computed_again(looked: Callable[[], None], convener: Member) -> None:
    services.decide(synergy=the_match(), decision="refuse", why="The crew is on call.", by=convener)
    factories.PieceFactory(place=convener.place, title="Harbour hall")
    looked()
    assert (the_match().state, the_match().why) == ("refused", "The crew is on call.")
    assert not queries.worth_making(convener.place)


def test_i14_a_refused_suggestion_comes_back_marked_when_its_facts_change(
    looked: Callable[[], None], convener: Member, minibus: Piece
) -> None:
    services.decide(synergy=the_match(), decision="refuse", why="No driver.", by=convener)
    Piece.objects.filter(pk=minibus.pk).update(note="Now with a paid driver and a van licence.")
    looked()
    assert (the_match().state, the_match().has_changed) == ("open", True)


@pytest.mark.parametrize(("decision", "state"), [("accept", "accepted"), ("park", "parked")])
def test_what_was_taken_up_or_put_off_is_remembered(
    looked: Callable[[], None], convener: Member, minibus: Piece, decision: str, state: str
) -> None:
    services.decide(synergy=the_match(), decision=decision, why="", by=convener)
    Piece.objects.filter(pk=minibus.pk).update(note="Repainted.")
    looked()
    assert the_match().state == state


@pytest.mark.parametrize("first", ["accept", "park", "refuse"])
def test_whoever_decides_second_is_told_what_the_first_decided(
    first: str, looked: Callable[[], None], convener: Member
) -> None:
    seen = the_match()
    services.decide(synergy=seen, decision=first, why="", by=convener)
    state = the_match().state
    for second in ("accept", "park", "refuse"):
        with pytest.raises(NotReady, match="decided about this meanwhile"):
            services.decide(synergy=seen, decision=second, why="", by=convener)
    assert the_match().state == state
    services.decide(synergy=seen, decision="reopen", why="", by=convener)
    assert the_match().state == "open"


def test_nobody_is_introduced_for_what_was_refused_meanwhile(looked: Callable[[], None], convener: Member) -> None:
    one, other = (factories.OrganisationFactory(place=convener.place) for _n in range(2))
    seen = the_match()
    services.decide(synergy=seen, decision="refuse", why="", by=convener)
    with pytest.raises(NotReady, match="refused"):
        services.introduce(synergy=seen, one=one, other=other, subject="Do meet", words="Dear both", by=convener)
    assert the_match().state == "refused"


def test_what_no_longer_holds_lapses_and_cannot_be_decided(
    looked: Callable[[], None], convener: Member, minibus: Piece
) -> None:
    Piece.objects.filter(pk=minibus.pk).update(is_gone=True)
    looked()
    assert the_match().state == "lapsed"
    with pytest.raises(NotReady):
        services.decide(synergy=the_match(), decision="accept", why="", by=convener)
    Piece.objects.filter(pk=minibus.pk).update(is_gone=False)
    looked()
    assert the_match().state == "open"


def test_asking_twice_without_a_change_computes_nothing_anew(looked: Callable[[], None], convener: Member) -> None:
    first = the_match().analysis
    looked()
    assert the_match().analysis == first


def test_b36_the_in_between_is_never_suggested(looked: Callable[[], None], place: Place) -> None:
    gate = factories.PieceFactory(
        place=place, organisation=None, kind=PieceKind.IN_BETWEEN, title="Van by the gate", when=EVENINGS
    )
    looked()
    assert not Synergy.objects.filter(pieces=gate).exists()


def test_a2_a_need_that_rests_on_one_organisation_names_whom_else_to_ask(
    looked: Callable[[], None], place: Place
) -> None:
    other = factories.PieceFactory(place=place, kind="vehicle_equipment", title="Cargo trike", sharability="ask")
    resting = queries.rest_on_one(place)[0]
    assert (resting.holder.name, [piece.pk for piece in resting.others]) == ("Fire station", [other.pk])


def test_a2_an_issue_with_one_organisation_is_flagged_with_partners_to_ask(
    convener: Member, client_for: ClientFor
) -> None:
    issue = factories.IssueFactory(place=convener.place)
    issue.organisations.add(factories.OrganisationFactory(place=convener.place, name="Police"))
    piece = factories.PieceFactory(place=convener.place)
    page = client_for(convener).get(reverse("jigsaw:alone", args=[convener.place.slug])).content.decode()
    assert issue.title in page
    assert "Only Police is named on it." in page
    assert piece.organisation.name in page


def test_a_taken_up_match_leads_to_a_commitment(
    looked: Callable[[], None], convener: Member, client_for: ClientFor, minibus: Piece, lift: Need
) -> None:
    match = the_match()
    slug = convener.place.slug
    answer = client_for(convener).post(reverse("jigsaw:synergy_decide", args=[slug, match.pk]), {"decision": "accept"})
    page = client_for(convener).get(answer.headers["Location"]).content.decode()
    promise = reverse("action:new", args=[slug])
    assert f"{promise}?synergy={match.pk}&amp;need={lift.pk}&amp;piece={minibus.pk}" in page


def test_the_page_says_what_changed_since(looked: Callable[[], None], convener: Member, minibus: Piece) -> None:
    finished = the_match().analysis.finished_at  # type: ignore[union-attr]
    assert queries.changes_since(convener.place, finished) == 0
    services.check_piece(piece=minibus, by=convener)
    assert queries.changes_since(convener.place, finished) == 1


def test_introductions_worth_making_are_one_for_each_need(looked: Callable[[], None], place: Place) -> None:
    other = factories.OrganisationFactory(place=place, name="Academy")
    factories.PieceFactory(
        place=place, organisation=other, title="Late bus with a driver", when=EVENINGS, kind="vehicle_equipment"
    )
    looked()
    assert Synergy.objects.filter(kind="match", state="open").count() == 2
    assert len(queries.worth_making(place)) == 1
