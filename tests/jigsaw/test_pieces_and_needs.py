"""Pieces, needs and ties: who may say what of whom, two people editing, and that nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.models import Need, Piece, PieceKind, Tie
from placeweave.jigsaw.services import NeedSaid, PieceSaid
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories
from tests.jigsaw.test_board import pillars

MemberMaker = Callable[..., Member]
ClientFor = Callable[[Member], Client]


def added(by: Member, **said: Any) -> Piece:
    organisation = said.pop("organisation", None) or factories.OrganisationFactory(place=by.place)
    whole = PieceSaid(**{"title": "Minibus", "kind": "vehicle_equipment", "organisation": organisation, **said})
    return services.add_piece(place=by.place, said=whole, by=by)


def wanted(by: Member, **said: Any) -> Need:
    whole = NeedSaid(**{"title": "A van", "kind": "vehicle_equipment", "asked_for": "the choir", **said})
    return services.add_need(place=by.place, said=whole, by=by)


def form_of(**fields: object) -> dict[str, object]:
    return {"title": "Hall", "kind": "building_land", "sharability": "open", **fields}


def test_a4_a_partner_speaks_for_their_own_organisation_only(member_with: MemberMaker, place: Place) -> None:
    ours, theirs = factories.OrganisationFactory(place=place), factories.OrganisationFactory(place=place)
    partner = member_with(Standing.PARTNER, person__organisation=ours)
    own = added(partner, organisation=ours)
    services.edit_piece(piece=own, said=PieceSaid("Bus", "vehicle_equipment", ours), version=1, by=partner)
    with pytest.raises(Refused):
        added(partner, organisation=theirs)
    other = factories.PieceFactory(place=place, organisation=theirs)
    with pytest.raises(Refused):
        services.edit_piece(piece=other, said=PieceSaid("Bus", "vehicle_equipment", ours), version=1, by=partner)


def test_i15_a_resident_may_do_what_a_partner_may(member_with: MemberMaker, place: Place) -> None:
    group = factories.OrganisationFactory(place=place)
    for standing in (Standing.PARTNER, Standing.COMMUNITY):
        by = member_with(standing, person__organisation=group)
        piece = added(by, organisation=group, title=standing.value)
        services.check_piece(piece=piece, by=by)
        services.settle_need(need=wanted(by), state="met", by=by)


@pytest.mark.parametrize("standing", [Standing.EVALUATOR, Standing.GUEST])
def test_who_only_looks_on_adds_nothing(member_with: MemberMaker, standing: Standing) -> None:
    with pytest.raises(Refused):
        added(member_with(standing))


def test_b36_what_lies_in_between_has_no_holder_and_all_else_has_one(convener: Member) -> None:
    gate = services.add_piece(place=convener.place, said=PieceSaid("The school gate", "in_between"), by=convener)
    assert gate.organisation is None
    with pytest.raises(Unsound):
        added(convener, kind="in_between")
    with pytest.raises(Unsound):
        services.add_piece(place=convener.place, said=PieceSaid("A bus", "vehicle_equipment"), by=convener)


def test_two_people_editing_a_piece_are_both_shown(convener: Member) -> None:
    piece = added(convener)
    first = PieceSaid("Minibus, 14 seats", "vehicle_equipment", piece.organisation)
    services.edit_piece(piece=piece, said=first, version=1, by=convener)
    second = PieceSaid("Minibus, sold", "vehicle_equipment", piece.organisation)
    with pytest.raises(Conflict) as conflict:
        services.edit_piece(piece=piece, said=second, version=1, by=convener)
    assert convener.display_name in conflict.value.sentence
    assert "Minibus, 14 seats" in conflict.value.theirs.values()
    assert "Minibus, sold" in conflict.value.yours.values()


def test_checking_disturbs_nobody_who_is_writing(convener: Member) -> None:
    piece = added(convener)
    Piece.objects.update(last_checked_on=date(2020, 1, 1))
    services.check_piece(piece=piece, by=convener)
    piece.refresh_from_db()
    assert (piece.last_checked_on, piece.version) == (timezone.localdate(), 1)


def test_a_piece_no_longer_there_leaves_the_board_and_stays_kept(convener: Member) -> None:
    piece = added(convener)
    services.set_gone(piece=piece, gone=True, by=convener)
    assert not queries.pieces(convener.place).exists()
    services.set_gone(piece=piece, gone=False, by=convener)
    assert queries.pieces(convener.place).get() == piece


def test_money_needs_a_currency(convener: Member) -> None:
    with pytest.raises(Unsound):
        added(convener, kind="money", amount=Decimal(5))


def test_a_need_is_settled_and_opened_again_and_never_deleted(convener: Member) -> None:
    need = wanted(convener)
    services.settle_need(need=need, state="withdrawn", by=convener)
    with pytest.raises(NotReady):
        services.settle_need(need=need, state="withdrawn", by=convener)
    services.settle_need(need=need, state="open", by=convener)
    assert Need.objects.get().state == "open"


def test_i9_a_partner_cannot_take_back_what_residents_asked_for(member_with: MemberMaker) -> None:
    need = wanted(member_with(Standing.COMMUNITY))
    with pytest.raises(Refused):
        services.settle_need(need=need, state="withdrawn", by=member_with(Standing.PARTNER))


def test_nothing_of_another_place_can_be_rested_on(convener: Member, other_place: Place) -> None:
    with pytest.raises(Unsound):
        wanted(convener, themes=[factories.ThemeFactory(place=other_place)])
    with pytest.raises(Unsound):
        added(convener, organisation=factories.OrganisationFactory(place=other_place))


def test_a_need_starts_from_the_quote_and_theme_it_came_from(convener: Member, client_for: ClientFor) -> None:
    theme = factories.ThemeFactory(place=convener.place)
    quote = factories.QuoteFactory(place=convener.place)
    url = reverse("jigsaw:need_new", args=[convener.place.slug])
    page = client_for(convener).get(f"{url}?theme={theme.pk}&quote={quote.pk}")
    assert quote.contribution.text in page.content.decode()
    assert f'name="quotes" value="{quote.pk}"' in page.content.decode()
    given = {"title": "A van", "kind": "vehicle_equipment", "asked_for": "us", "priority": "2"}
    client_for(convener).post(url, given | {"themes": [theme.pk], "quotes": [quote.pk]})
    need = Need.objects.get()
    assert (list(need.themes.all()), list(need.quotes.all())) == ([theme], [quote])


def test_a_form_sent_twice_makes_one_piece(convener: Member, client_for: ClientFor) -> None:
    organisation = factories.OrganisationFactory(place=convener.place)
    url = reverse("jigsaw:piece_new", args=[convener.place.slug])
    given = form_of(organisation=organisation.pk, once="0d9b0f3e-6a55-4f0e-9f0c-3c5b7e1b2a10")
    browser = client_for(convener)
    assert {browser.post(url, given).status_code for _ in range(2)} == {302}
    assert Piece.objects.count() == 1


def test_a_conflict_keeps_what_was_typed(convener: Member, client_for: ClientFor) -> None:
    piece = added(convener)
    Piece.objects.update(version=2)
    url = reverse("jigsaw:piece_edit", args=[convener.place.slug, piece.pk])
    page = client_for(convener).post(url, form_of(title="Mine", organisation=piece.organisation_id, version=1))
    assert page.status_code == 409
    assert "Mine" in page.content.decode()


@pytest.mark.parametrize("title", ["\x00", "x" * 161, ""])
def test_bad_text_is_refused_in_a_sentence(convener: Member, client_for: ClientFor, title: str) -> None:
    url = reverse("jigsaw:piece_new", args=[convener.place.slug])
    organisation = factories.OrganisationFactory(place=convener.place)
    assert client_for(convener).post(url, form_of(title=title, organisation=organisation.pk)).status_code == 422


def test_i10_two_ratings_that_differ_stay_two_and_come_first(convener: Member) -> None:
    one, other, third = (factories.OrganisationFactory(place=convener.place) for _ in range(3))
    services.report_tie(source=one, target=third, level=2, by=convener)
    services.report_tie(source=one, target=other, level=1, by=convener)
    services.report_tie(source=other, target=one, level=4, by=convener)
    first, second = queries.tie_pairs(convener.place)
    assert (first.standing, {first.forth.level, first.back.level}) == ("disputed", {1, 4})  # type: ignore[union-attr]
    assert second.standing == "one_sided"


def test_a16_a_partner_reports_their_own_side_only(member_with: MemberMaker, place: Place) -> None:
    ours, theirs = factories.OrganisationFactory(place=place), factories.OrganisationFactory(place=place)
    partner = member_with(Standing.PARTNER, person__organisation=ours)
    services.report_tie(source=ours, target=theirs, level=3, by=partner)
    services.report_tie(source=ours, target=theirs, level=2, by=partner)
    assert Tie.objects.get().level == 2
    with pytest.raises(Refused):
        services.report_tie(source=theirs, target=ours, level=5, by=partner)


def test_pieces_and_needs_are_found_by_their_words(place: Place, member_with: MemberMaker) -> None:
    partner, guest = member_with(Standing.PARTNER), member_with(Standing.GUEST)
    factories.PieceFactory(place=place, title="Station minibus")
    factories.NeedFactory(place=place, title="A minibus driver")
    factories.NeedFactory(title="A minibus elsewhere")
    found = queries.search(place, partner, "MINIBUS")
    assert [(hit.kind, hit.title) for hit in found] == [("Piece", "Station minibus"), ("Need", "A minibus driver")]
    assert queries.search(place, guest, "MINIBUS") == []
    assert PieceKind.IN_BETWEEN not in {kind for kind, _label in Need._meta.get_field("kind").choices}


def test_a_need_says_which_issue_and_outcome_it_belongs_to(convener: Member, client_for: ClientFor) -> None:
    issue, outcome = factories.IssueFactory(place=convener.place, title="Winter"), pillars()
    browser = client_for(convener)
    said = {"title": "A van", "kind": "vehicle_equipment", "asked_for": "the choir", "priority": 2}
    new = reverse("jigsaw:need_new", args=[convener.place.slug])
    browser.post(new, {**said, "issues": [issue.pk], "topics": [outcome.pk]})
    need = Need.objects.get()
    assert (list(need.issues.all()), list(need.topics.all())) == ([issue], [outcome])
    page = browser.get(reverse("jigsaw:need", args=[convener.place.slug, need.pk])).content.decode()
    assert "Winter" in page
    assert outcome.label in page
    edit = reverse("jigsaw:need_edit", args=[convener.place.slug, need.pk])
    assert browser.get(edit).context["form"].initial["issues"] == [issue.pk]
    browser.post(edit, {**said, "issues": [], "topics": [outcome.pk], "version": 1})
    assert not need.issues.exists()
    assert need.topics.exists()


def test_headings_of_equal_name_are_told_apart_by_their_framework(convener: Member, client_for: ClientFor) -> None:
    outcome = pillars()
    page = client_for(convener).get(reverse("jigsaw:need_new", args=[convener.place.slug])).content.decode()
    groups = page.split('<fieldset class="field__group">')[1:]
    (theirs,) = [one.split("</fieldset>")[0] for one in groups if f"{outcome.framework}</legend>" in one]
    assert f'value="{outcome.pk}"' in theirs
    assert "Winter" not in theirs


def test_a_need_belongs_to_no_issue_of_another_place(convener: Member) -> None:
    with pytest.raises(Unsound):
        wanted(convener, issues=[factories.IssueFactory()])


def test_two_people_sorting_a_need_are_both_shown(convener: Member) -> None:
    winter = factories.IssueFactory(place=convener.place, title="Winter")
    need = wanted(convener)
    said = NeedSaid("A van", "vehicle_equipment", asked_for="the choir")
    services.edit_need(need=need, said=replace(said, issues=[winter]), version=1, by=convener)
    with pytest.raises(Conflict) as conflict:
        services.edit_need(need=need, said=said, version=1, by=convener)
    assert conflict.value.theirs["Issues"] == "Winter"
    assert conflict.value.yours["Issues"] == ""
