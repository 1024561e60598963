"""The board: gaps visible, the in-between apart, and few queries whatever the size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from placeweave.jigsaw import queries
from placeweave.jigsaw.models import Piece, PieceKind
from placeweave.jigsaw.queries import Filters
from placeweave.kit.access import Standing
from placeweave.places.models import Framework, FrameworkNode, Issue, Member, Organisation, Place
from tests import factories

MemberMaker = Callable[..., Member]
ClientFor = Callable[[Member], Client]
LISTS = ("board", "pieces", "needs", "synergies", "flows", "ties", "alone", "pool", "horizon")


def board(place: Place, by: str = "kind", **filters: object) -> queries.Board:
    axis = queries.axis(place, by, queries.frameworks_for_pieces(place))
    return queries.board(place, Filters(**filters), axis)  # type: ignore[arg-type]


def test_b5_who_holds_what_is_counted_and_what_is_missing_is_a_gap(place: Place) -> None:
    holder = factories.OrganisationFactory(place=place, name="Fire")
    factories.OrganisationFactory(place=place, name="Police")
    factories.PieceFactory.create_batch(2, place=place, organisation=holder, sharability="ask")
    found = board(place)
    fire, police = found.rows
    cell = next(cell for cell in fire.cells if cell.column.value == PieceKind.BUILDING)
    assert (cell.count, cell.mark) == (2, "ask")
    assert all(cell.count == 0 for cell in police.cells)
    assert len(police.gaps) == len(found.columns)


def pillars() -> FrameworkNode:
    framework = Framework.objects.get_or_create(
        slug="community-wealth-building", version="2026", defaults={"title": "Community wealth building"}
    )[0]
    for order, label in enumerate(("Spending", "Land and property")):
        FrameworkNode.objects.get_or_create(
            framework=framework, code=label.lower(), defaults={"label": label, "order": order}
        )
    return FrameworkNode.objects.filter(framework=framework).earliest("order")


def test_b37_a_piece_stands_under_its_pillar_and_an_empty_pillar_is_named(place: Place) -> None:
    spending = pillars()
    piece = factories.PieceFactory(place=place)
    piece.topics.add(spending)
    found = board(place, by=f"framework-{spending.framework_id}")
    counted = {cell.column.label: cell.count for cell in found.rows[0].cells}
    assert counted["Spending"] == 1
    assert "Spending" not in [head.label for head in found.empty]
    assert "Land and property" in [head.label for head in found.empty]


def test_b5_the_board_by_theme_follows_a_theme_that_was_merged(place: Place) -> None:
    target = factories.ThemeFactory(place=place, title="Evenings")
    old = factories.ThemeFactory(place=place, title="Nights", merged_into=target)
    issue = Issue.objects.create(place=place, title="Winter")
    piece = factories.PieceFactory(place=place)
    piece.themes.add(old)
    piece.issues.add(issue)
    by_theme, by_issue = board(place, by="theme"), board(place, by="issue")
    assert [(cell.column.label, cell.count) for cell in by_theme.rows[0].cells] == [("Evenings", 1)]
    assert [(cell.column.label, cell.count) for cell in by_issue.rows[0].cells] == [("Winter", 1)]
    assert queries.pieces(place, Filters(theme=target.pk)).count() == 1


def test_open_needs_stand_under_their_issue_theme_and_pillar(place: Place) -> None:
    spending = pillars()
    issue, theme = factories.IssueFactory(place=place, title="Winter"), factories.ThemeFactory(place=place)
    old = factories.ThemeFactory(place=place, merged_into=theme)
    for state in ("open", "open", "met"):
        need = factories.NeedFactory(place=place, state=state)
        need.issues.add(issue)
        need.topics.add(spending)
        need.themes.add(theme, old)
    elsewhere = factories.NeedFactory()
    elsewhere.topics.add(spending)
    for by in ("issue", "theme", f"framework-{spending.framework_id}"):
        first = board(place, by=by).columns[0]
        assert (by, first.wanted) == (by, 2)
    told = {"issue": issue.pk, "theme": theme.pk, "topic": spending.pk}
    for name, key in told.items():
        assert queries.needs(place, state="open", **{name: key}).count() == 2  # type: ignore[arg-type]
    assert not board(place).axis.counts_needs


def test_the_board_by_issue_leads_to_the_needs_of_each(place: Place, convener: Member, client_for: ClientFor) -> None:
    issue = factories.IssueFactory(place=place)
    factories.NeedFactory(place=place, title="A driver").issues.add(issue)
    factories.NeedFactory(place=place, title="A kettle")
    browser, needs = client_for(convener), reverse("jigsaw:needs", args=[place.slug])
    page = browser.get(reverse("jigsaw:board", args=[place.slug]), {"by": "issue"}).content.decode()
    assert f'href="{needs}?issue={issue.pk}"' in page
    listed = browser.get(needs, {"issue": issue.pk}).content.decode()
    assert "A driver" in listed
    assert "A kettle" not in listed


def test_a_retired_framework_stays_readable_where_pieces_were_sorted_by_it(place: Place) -> None:
    spending = pillars()
    Framework.objects.filter(pk=spending.framework_id).update(valid_to=timezone.localdate())
    assert spending.framework not in queries.frameworks_for_pieces(place)
    factories.PieceFactory(place=place).topics.add(spending)
    assert spending.framework in queries.frameworks_for_pieces(place)


def test_partners_come_a_page_at_a_time_and_an_empty_column_is_empty_on_every_page(place: Place) -> None:
    Organisation.objects.bulk_create(
        Organisation(place=place, name=f"Partner {n:03}", is_partner=True) for n in range(41)
    )
    factories.PieceFactory(place=place, organisation=Organisation.objects.get(name="Partner 040"))
    axis = queries.axis(place, "kind", [])
    first, second = (queries.board(place, Filters(), axis, page=number) for number in (1, 2))
    beyond = [queries.board(place, Filters(), axis, page=number) for number in (-1, 0, 3, 10**18)]
    assert [one.number for one in beyond] == [1, 1, 1, 1]
    assert (len(first.rows), len(second.rows), first.pages) == (40, 1, 2)
    assert first.empty == second.empty
    assert PieceKind.BUILDING not in {head.value for head in first.empty}


def test_b36_the_in_between_is_on_no_board_and_in_no_gap(place: Place) -> None:
    factories.PieceFactory(place=place, organisation=None, kind=PieceKind.IN_BETWEEN, title="The school gate")
    assert board(place).total == 0
    assert PieceKind.IN_BETWEEN not in {head.value for head in board(place).columns}
    assert [piece.title for piece in queries.in_between(place)] == ["The school gate"]


def test_b5_what_nobody_checked_for_half_a_year_fades(place: Place) -> None:
    today = timezone.localdate()
    piece = factories.PieceFactory(place=place, last_checked_on=today - timedelta(days=184))
    assert board(place).stale == 1
    assert any(cell.is_fading for cell in board(place).rows[0].cells)
    Piece.objects.filter(pk=piece.pk).update(last_checked_on=today)
    assert board(place).stale == 0


def test_b5_the_board_is_narrowed_by_sharability_and_neighbourhood(place: Place) -> None:
    brae = factories.PlaceFactory(parent_workspace=place)
    factories.PieceFactory(place=place, sharability="open", neighbourhood=brae)
    factories.PieceFactory(place=place, sharability="no")
    assert board(place, sharability="open").total == 1
    assert board(place, neighbourhood=brae.pk).total == 1
    by_area = board(place, by="neighbourhood")
    assert [head.value for head in by_area.columns] == [str(brae.pk), "none"]


def test_b5_a_kind_looked_at_closely_tells_who_holds_it_and_who_does_not(
    convener: Member, client_for: ClientFor
) -> None:
    hall = factories.PieceFactory(place=convener.place, title="Harbour hall")
    without = factories.OrganisationFactory(place=convener.place, name="Nobody's Hall Trust")
    url = reverse("jigsaw:board", args=[convener.place.slug])
    page = client_for(convener).get(f"{url}?kind=building_land").content.decode()
    assert hall.title in page
    assert "Nobody&#x27;s Hall Trust" in page
    assert without.pk


def test_filters_take_no_nonsense() -> None:
    read = Filters.read({"kind": "'; drop", "neighbourhood": "9" * 40, "words": "\x00bus", "holder": "x"})
    assert read == Filters(words="bus")


@pytest.fixture
def crowded(place: Place) -> Place:
    """A place of 200 partners, 2,000 pieces and 200 needs."""
    partners = Organisation.objects.bulk_create(
        Organisation(place=place, name=f"Partner {n}", is_partner=True) for n in range(200)
    )
    kinds = [kind.value for kind in PieceKind if kind != PieceKind.IN_BETWEEN]
    Piece.objects.bulk_create(
        Piece(place=place, organisation=partners[n % 200], title=f"Piece {n}", kind=kinds[n % 10]) for n in range(2000)
    )
    factories.NeedFactory.create_batch(60, place=place)
    return place


@pytest.mark.parametrize("page", LISTS)
def test_every_page_answers_within_twelve_queries(
    crowded: Place,
    convener: Member,
    client_for: ClientFor,
    page: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = client_for(convener)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse(f"jigsaw:{page}", args=[crowded.slug])).status_code == 200


@pytest.mark.parametrize("by", ["theme", "issue", "neighbourhood", "framework"])
def test_every_way_to_lay_the_board_out_answers_within_twelve_queries(
    crowded: Place,
    convener: Member,
    client_for: ClientFor,
    by: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    chosen = f"framework-{pillars().framework_id}" if by == "framework" else by
    browser = client_for(convener)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("jigsaw:board", args=[crowded.slug]), {"by": chosen}).status_code == 200


@pytest.mark.parametrize("page", LISTS)
def test_another_place_is_not_even_said_to_exist(
    other_place: Place, convener: Member, client_for: ClientFor, page: str
) -> None:
    assert client_for(convener).get(reverse(f"jigsaw:{page}", args=[other_place.slug])).status_code == 404


def test_a_record_of_another_place_is_not_found_in_this_one(convener: Member, client_for: ClientFor) -> None:
    piece, need = factories.PieceFactory(), factories.NeedFactory()
    slug = convener.place.slug
    browser = client_for(convener)
    for url in (reverse("jigsaw:piece", args=[slug, piece.pk]), reverse("jigsaw:need", args=[slug, need.pk])):
        assert browser.get(url).status_code == 404


def test_i11_partners_are_listed_by_name_and_never_ranked(place: Place) -> None:
    few = factories.OrganisationFactory(place=place, name="Alder")
    many = factories.OrganisationFactory(place=place, name="Beech")
    factories.PieceFactory(place=place, organisation=few)
    factories.PieceFactory.create_batch(5, place=place, organisation=many)
    assert [row.holder for row in board(place).rows] == [few, many]


def test_guests_do_not_see_the_board(member_with: MemberMaker, client_for: ClientFor) -> None:
    guest = member_with(Standing.GUEST)
    assert client_for(guest).get(reverse("jigsaw:board", args=[guest.place.slug])).status_code == 403
