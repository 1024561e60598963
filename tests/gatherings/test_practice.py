"""Practice cards, and a log that is its writer's own until they share it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.gatherings import practices, services
from placeweave.gatherings.models import Application, Cohort, Programme, Tried
from placeweave.gatherings.queries import practice as queries
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, Refused, Unsound
from placeweave.kit.models import AuditEntry
from placeweave.places import services as places
from placeweave.places.models import Member, Place
from placeweave.thread.bundle.shape import rows
from tests import factories

ClientFor = Callable[[Member], Client]
MemberMaker = Callable[..., Member]
CARD = "walk-the-place"


@pytest.fixture
def partner(member_with: MemberMaker) -> Member:
    return member_with(Standing.PARTNER)


@pytest.fixture
def cohort(place: Place) -> Cohort:
    return Cohort.objects.create(programme=Programme.objects.create(place=place, title="P"), title="C")


def placed(member: Member, cohort: Cohort) -> None:
    Application.objects.create(cohort=cohort, state="in", name="N", email=member.account.email.upper())


def facts(**more: object) -> services.TriedFacts:
    return services.TriedFacts(
        **{"on": timezone.localdate(), "done": "Walked with a neighbour", "noticed": "No lamps", **more}
    )


def sees(reader: Member, tried: Tried) -> bool:
    return queries.readable(reader).filter(pk=tried.pk).exists()


def test_b48_there_are_practices_worth_trying() -> None:
    assert len(practices.cards()) >= 12
    assert len({card.key for card in practices.cards()}) == len(practices.cards())
    for card in practices.cards():
        assert card.when
        assert card.notice
        assert len(card.do) >= 2


def test_b48_what_was_tried_is_its_writers_own_until_shared_then_others_see_it(
    partner: Member, convener: Member, member_with: MemberMaker, cohort: Cohort, other_place: Place
) -> None:
    peer, other = member_with(Standing.COMMUNITY), member_with(Standing.PARTNER)
    placed(partner, cohort)
    placed(peer, cohort)
    tried = services.log_practice(card=CARD, facts=facts(), by=partner)
    readers = {"writer": partner, "peer": peer, "team": convener, "other": other}
    readers["stranger"] = factories.MemberFactory(place=other_place)

    def seen_by() -> set[str]:
        return {name for name, reader in readers.items() if sees(reader, tried)}

    assert seen_by() == {"writer"}
    tried = services.change_tried(tried=tried, facts=facts(sharing="cohort", cohort=cohort), version=1, by=partner)
    assert seen_by() == {"writer", "peer", "team"}
    tried = services.change_tried(tried=tried, facts=facts(sharing="place"), version=2, by=partner)
    assert seen_by() == {"writer", "peer", "team", "other"}
    tried = services.change_tried(tried=tried, facts=facts(), version=3, by=partner)
    assert seen_by() == {"writer"}, "what was shared can be taken back"


def test_signing_up_for_a_session_does_not_open_a_cohorts_log(partner: Member, cohort: Cohort) -> None:
    session = factories.SessionFactory(place=cohort.programme.place, cohort=cohort)
    services.sign_up(session=session, wish=services.Wish(name="N", email=partner.account.email), key="k" * 32)
    assert not queries.cohorts_of(partner).exists()
    with pytest.raises(Unsound):
        services.log_practice(card=CARD, facts=facts(sharing="cohort", cohort=cohort), by=partner)


def test_of_what_is_ones_own_neither_the_log_of_the_place_nor_its_bundle_learns(partner: Member) -> None:
    tried = services.log_practice(card=CARD, facts=facts(), by=partner)
    assert not AuditEntry.objects.filter(place_id=partner.place_id).exists()
    assert not rows(Tried, partner.place).exists()
    services.change_tried(tried=tried, facts=facts(sharing="place"), version=1, by=partner)
    assert rows(Tried, partner.place).count() == 1


def test_what_was_shared_with_nobody_goes_with_its_writer(partner: Member) -> None:
    services.log_practice(card=CARD, facts=facts(), by=partner)
    shared = services.log_practice(card=CARD, facts=facts(sharing="place"), by=partner)
    places.leave(by=partner)
    assert list(Tried.objects.all()) == [shared]


def test_nobody_changes_what_somebody_else_wrote(partner: Member, convener: Member, client_for: ClientFor) -> None:
    tried = services.log_practice(card=CARD, facts=facts(sharing="place"), by=partner)
    for deed in (
        lambda: services.change_tried(tried=tried, facts=facts(), version=1, by=convener),
        lambda: services.forget_tried(tried=tried, by=convener),
    ):
        with pytest.raises(Refused):
            deed()
    for name in ("tried_edit", "tried_forget"):
        address = reverse(f"gatherings:{name}", args=[partner.place.slug, tried.pk])
        assert client_for(convener).post(address).status_code == 404


@pytest.mark.parametrize("standing", [Standing.EVALUATOR, Standing.GUEST])
def test_only_those_who_take_part_log_and_state(member_with: MemberMaker, standing: Standing) -> None:
    by = member_with(standing)
    with pytest.raises(Refused):
        services.log_practice(card=CARD, facts=facts(), by=by)
    with pytest.raises(Refused):
        services.state_need(title="T", about="", by=by)


def test_a_log_says_what_was_and_two_windows_do_not_write_over_each_other(partner: Member) -> None:
    with pytest.raises(Unsound):
        services.log_practice(card=CARD, facts=facts(on=timezone.localdate() + timedelta(days=1)), by=partner)
    with pytest.raises(Unsound):
        services.log_practice(card="no-such-card", facts=facts(), by=partner)
    tried = services.log_practice(card=CARD, facts=facts(), by=partner)
    services.change_tried(tried=tried, facts=facts(noticed="Two lamps"), version=1, by=partner)
    with pytest.raises(Conflict):
        services.change_tried(tried=tried, facts=facts(noticed="Three"), version=1, by=partner)


def test_b48_a_practice_is_logged_shared_and_taken_out_without_script(
    partner: Member, convener: Member, client_for: ClientFor
) -> None:
    browser, slug = client_for(partner), partner.place.slug
    card = reverse("gatherings:practice_card", args=[slug, CARD])
    said = {"on": "2026-01-05", "done": "Walked with Nan", "noticed": "No lamps", "sharing": "own"}
    assert browser.post(card, {**said, "noticed": ""}).status_code == 422
    assert browser.post(card, said).status_code == 302
    assert "Walked with Nan" in browser.get(card).content.decode()
    for address in (card, reverse("gatherings:practice", args=[slug])):
        assert "Walked with Nan" not in client_for(convener).get(address).content.decode()
    tried = Tried.objects.get()
    edit = reverse("gatherings:tried_edit", args=[slug, tried.pk])
    assert browser.get(edit).status_code == 200
    assert browser.post(edit, {**said, "sharing": "place", "version": "1"}).status_code == 302
    assert "Walked with Nan" in client_for(convener).get(reverse("gatherings:practice", args=[slug])).content.decode()
    forget = reverse("gatherings:tried_forget", args=[slug, tried.pk])
    assert browser.get(forget).status_code == 200
    assert browser.post(forget).status_code == 302
    assert not Tried.objects.exists()
    assert browser.get(reverse("gatherings:practice_card", args=[slug, "nothing"])).status_code == 404
