"""What could be pooled for an outcome, what ends when, and who says what a piece is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.action.models import Pledge
from placeweave.jigsaw import queries, services
from placeweave.jigsaw.models import FundingFlow, Piece
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Framework, FrameworkNode, Member, Organisation, Place
from tests import factories

MemberMaker = Callable[..., Member]
ClientFor = Callable[[Member], Client]
DAY = date(2026, 5, 3)


@pytest.fixture
def outcome(db: None) -> FrameworkNode:
    """One pillar."""
    framework = Framework.objects.create(slug="pillars", version="1", title="Pillars")
    return FrameworkNode.objects.create(framework=framework, code="spending", label="Spending")


def held(place: Place, outcome: FrameworkNode, **said: object) -> Piece:
    piece = factories.PieceFactory(place=place, **said)
    piece.topics.add(outcome)
    return piece


def test_b29_money_is_summed_by_currency_beside_hours_rooms_and_people(place: Place, outcome: FrameworkNode) -> None:
    ends = timezone.localdate() + timedelta(days=90)
    for amount, currency in ((1000, "GBP"), (500, "GBP"), (300, "EUR")):
        held(place, outcome, kind="money", amount=amount, currency=currency, expires_on=ends)
    held(place, outcome, kind="people_skills", hours_a_month=Decimal("24.5"))
    held(place, outcome, kind="people_skills", hours_a_month=Decimal(15))
    held(place, outcome, kind="building_land")
    held(place, outcome, kind="building_land", sharability="no")
    pool = queries.pooled(place, outcome)
    assert [(one.currency, one.amount, one.pots) for one in pool.money] == [("EUR", 300, 1), ("GBP", 1500, 2)]
    assert (pool.hours, pool.rooms, pool.people, pool.others) == (Decimal("39.5"), 1, 2, 0)
    assert pool.first_end == ends


def test_what_has_ended_is_in_no_pool(place: Place, outcome: FrameworkNode) -> None:
    held(place, outcome, expires_on=timezone.localdate() - timedelta(days=1))
    assert not queries.pooled(place, outcome).pieces


def test_b42_the_horizon_shows_what_ends_first_and_what_stops_then(place: Place) -> None:
    factories.PieceFactory(place=place, title="Later", expires_on=DAY + timedelta(days=400))
    factories.PieceFactory(place=place, title="Soon", expires_on=DAY + timedelta(days=40), what_stops="The run home")
    factories.PieceFactory(place=place, title="Gone", expires_on=DAY - timedelta(days=1))
    factories.PieceFactory(place=place, title="Far", expires_on=DAY + timedelta(days=1000))
    factories.PieceFactory(place=place, title="Open-ended", kind="money")
    found = queries.horizon(place, today=DAY)
    assert [(one.label, one.tone, one.what_stops) for one in found.strips] == [
        ("Soon", "soon", "The run home"),
        ("Later", "later", ""),
    ]
    assert found.open_ended == 1


def test_b42_a_grant_to_a_partner_is_on_the_horizon_and_one_to_others_is_not(place: Place) -> None:
    partner = factories.OrganisationFactory(place=place, is_partner=True)
    stranger = Organisation.objects.create(place=place, name="Elsewhere")
    for key, recipient in (("a", partner), ("b", stranger)):
        FundingFlow.objects.create(
            place=place,
            external_id=key,
            title=key,
            funder=partner,
            recipient=recipient,
            currency="GBP",
            amount=1,
            awarded_on=DAY,
            ends_on=DAY + timedelta(days=100),
        )
    assert [one.label for one in queries.horizon(place, today=DAY).strips] == ["a"]


def test_b42_a_piece_that_ends_before_a_promise_that_leans_on_it_is_marked(convener: Member) -> None:
    piece = factories.PieceFactory(place=convener.place, expires_on=DAY + timedelta(days=300))
    promise = factories.CommitmentFactory(place=convener.place, due_on=DAY + timedelta(days=330))
    Pledge.objects.create(commitment=promise, piece=piece)
    strip = queries.horizon(convener.place, today=DAY).strips[0]
    assert strip.tone == "outlasted"
    assert [one.due_on for one in strip.outlasted_by] == [promise.due_on]


def test_two_people_who_sort_one_piece_are_both_shown(convener: Member, outcome: FrameworkNode) -> None:
    piece = factories.PieceFactory(place=convener.place)
    tags = {"themes": [], "issues": [], "topics": [outcome]}
    services.say_what_for(piece=piece, **tags, version=1, by=convener)  # type: ignore[arg-type]
    with pytest.raises(Conflict) as met:
        services.say_what_for(piece=piece, themes=[], issues=[], topics=[], version=1, by=convener)
    assert "Spending" in str(met.value.theirs)


def test_a_piece_serves_themes_of_its_own_place_only(convener: Member) -> None:
    piece, elsewhere = factories.PieceFactory(place=convener.place), factories.ThemeFactory()
    with pytest.raises(Unsound):
        services.say_what_for(piece=piece, themes=[elsewhere], issues=[], topics=[], version=1, by=convener)


def test_only_its_holder_or_the_team_says_what_a_piece_is_for(member_with: MemberMaker) -> None:
    partner = member_with(Standing.PARTNER)
    piece = factories.PieceFactory(place=partner.place)
    with pytest.raises(Refused):
        services.say_what_for(piece=piece, themes=[], issues=[], topics=[], version=1, by=partner)


def test_only_a_convener_lets_other_places_see_a_piece(convener: Member, member_with: MemberMaker) -> None:
    piece = factories.PieceFactory(place=convener.place)
    with pytest.raises(Refused):
        services.share_beyond(piece=piece, shared=True, by=member_with(Standing.FACILITATOR))
    with pytest.raises(Refused):
        services.share_beyond(piece=factories.PieceFactory(), shared=True, by=convener)
    assert services.share_beyond(piece=piece, shared=True, by=convener).is_shared_beyond


@pytest.mark.parametrize(
    "said", [{"sharability": "no"}, {"is_gone": True}, {"organisation": None, "kind": "in_between"}]
)
def test_what_nobody_shares_is_shown_to_no_other_place(convener: Member, said: dict[str, object]) -> None:
    piece = factories.PieceFactory(place=convener.place, **said)
    with pytest.raises(NotReady):
        services.share_beyond(piece=piece, shared=True, by=convener)


def test_what_a_piece_is_for_is_said_on_its_page(convener: Member, client_for: ClientFor) -> None:
    piece = factories.PieceFactory(place=convener.place)
    theme = factories.ThemeFactory(place=convener.place, title="Evenings")
    browser = client_for(convener)
    url = reverse("jigsaw:piece_for", args=[convener.place.slug, piece.pk])
    assert "Evenings" in browser.get(url).content.decode()
    browser.post(url, {"themes": [theme.pk], "version": 1})
    assert list(piece.themes.all()) == [theme]
    assert "Evenings" in browser.get(reverse("jigsaw:piece", args=[convener.place.slug, piece.pk])).content.decode()


def test_before_an_outcome_is_chosen_each_says_how_many_pieces_stand_behind_it(
    client: Client, convener: Member, outcome: FrameworkNode
) -> None:
    factories.PieceFactory(place=convener.place).topics.add(outcome)
    client.force_login(convener.account)
    page = " ".join(client.get(reverse("jigsaw:pool", args=[convener.place.slug])).content.decode().split())
    assert f'<a href="?outcome={outcome.pk}">{outcome.label}</a> <span class="small quiet">1 piece</span>' in page
