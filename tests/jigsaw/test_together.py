"""Introductions, difficulties, programmes, mutual help, people found, and what other places let be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.models import Difficulty, Help, Introduction, Need, Piece, Programme, Synergy
from placeweave.jigsaw.queries.introductions import two_of
from placeweave.kit import analyses
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Framework, FrameworkNode, Issue, Member, Organisation, Place
from tests import factories

MemberMaker = Callable[..., Member]
ClientFor = Callable[[Member], Client]
PAGES = ("ledger", "common", "who", "elsewhere", "introductions")


@pytest.fixture
def look(convener: Member, django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[[], None]:
    """Look for synergies, as the worker would."""

    def look() -> None:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            services.ask_for_synergies(place=convener.place, by=convener)

    return look


@pytest.fixture
def pair(place: Place) -> tuple[Piece, Need]:
    """A minibus of the station, and the Shed's need of one."""
    fire = factories.OrganisationFactory(place=place, name="Fire station", sector="fire")
    shed = factories.OrganisationFactory(place=place, name="Men's Shed", sector="third_sector_local")
    said = {"place": place, "kind": "vehicle_equipment", "when": "Tuesday evenings"}
    bus = factories.PieceFactory(organisation=fire, title="Minibus, 14 seats", sharability="open", **said)
    return bus, factories.NeedFactory(asked_by=shed, title="A van on Tuesday evenings", **said)


def the(kind: str) -> Synergy:
    return Synergy.objects.get(kind=kind)


def test_b13_an_introduction_is_drafted_kept_and_asked_about_after_thirty_days(
    pair: tuple[Piece, Need], look: Callable[[], None], convener: Member, client_for: ClientFor
) -> None:
    look()
    browser = client_for(convener)
    url = reverse("jigsaw:synergy_introduce", args=[convener.place.slug, the("meeting").pk])
    page = browser.get(url).content.decode()
    assert "meet Men&#x27;s Shed" in page
    assert "Nothing is sent from here." in page
    browser.post(url, {"subject": "Do meet", "words": "Dear both"})
    made = Introduction.objects.get()
    assert (made.ask_on - made.made_on, the("meeting").state) == (timedelta(days=30), "accepted")
    assert not queries.introductions_to_ask_about(convener.place)
    Introduction.objects.update(ask_on=timezone.localdate())
    assert list(queries.introductions_to_ask_about(convener.place)) == [made]
    services.say_outcome(introduction=made, outcome="together", words="A run on Tuesdays.", by=convener)
    assert not queries.introductions_to_ask_about(convener.place)


def test_the_same_two_are_not_introduced_twice_for_one_reason(
    pair: tuple[Piece, Need], look: Callable[[], None], convener: Member
) -> None:
    look()
    one, other = two_of(the("meeting")) or (None, None)
    assert one
    assert other
    said = {"synergy": the("meeting"), "one": one, "other": other, "subject": "s", "words": "w", "by": convener}
    services.introduce(**said)  # type: ignore[arg-type]
    with pytest.raises(NotReady):
        services.introduce(**said)  # type: ignore[arg-type]


def test_likely_and_valuable_stand_in_two_columns(
    pair: tuple[Piece, Need], look: Callable[[], None], convener: Member, client_for: ClientFor
) -> None:
    look()
    url = reverse("jigsaw:synergies", args=[convener.place.slug])
    page = client_for(convener).get(f"{url}?kind=meeting&by=likely").content.decode()
    assert "<dt>Likely</dt>" in page
    assert "<dt>Valuable</dt>" in page


def test_i14_a_refusal_outlives_a_file_taken_back_and_brought_in_again(
    pair: tuple[Piece, Need], look: Callable[[], None], convener: Member
) -> None:
    bus, need = pair
    Piece.objects.filter(pk=bus.pk).update(external_id="bus-1")
    Need.objects.filter(pk=need.pk).update(external_id="need-1")
    look()
    services.decide(synergy=the("match"), decision="refuse", why="On call.", by=convener)
    Piece.objects.filter(pk=bus.pk).delete()
    Need.objects.filter(pk=need.pk).delete()
    look()
    assert the("match").state == "refused"
    bus.pk, bus.external_id, need.pk, need.external_id = None, "bus-1", None, "need-1"
    bus.save()
    need.save()
    look()
    assert (the("match").state, the("match").why) == ("refused", "On call.")
    assert list(the("match").pieces.all()) == [bus]


def test_a17_three_partners_with_one_difficulty_see_that_they_are_not_alone(
    place: Place, member_with: MemberMaker, look: Callable[[], None], convener: Member, client_for: ClientFor
) -> None:
    speakers = [
        member_with(Standing.PARTNER, person__organisation=factories.OrganisationFactory(place=place))
        for _n in range(3)
    ]
    said = services.say_difficulty(place=place, wording="Two forms for one visit", by=speakers[0])
    for speaker in speakers[1:]:
        assert speaker.organisation
        services.share_difficulty(difficulty=said, organisation=speaker.organisation, ours=True, by=speaker)
    partners = Organisation.objects.filter(place=place, is_partner=True).count()
    page = client_for(speakers[2]).get(reverse("jigsaw:common", args=[place.slug])).content.decode()
    assert f"You are not alone: 3 of {partners} partners." in page
    look()
    assert the("shared").reason[0]["count"] == 3


def test_nobody_says_what_is_hard_for_an_organisation_they_do_not_speak_for(
    place: Place, member_with: MemberMaker
) -> None:
    partner = member_with(Standing.PARTNER)
    said = Difficulty.objects.create(place=place, wording="Forms")
    with pytest.raises(Refused):
        services.share_difficulty(
            difficulty=said, organisation=factories.OrganisationFactory(place=place), ours=True, by=partner
        )
    with pytest.raises(Refused):
        services.share_difficulty(
            difficulty=Difficulty.objects.create(place=factories.PlaceFactory(), wording="x"),
            organisation=factories.OrganisationFactory(place=place),
            ours=True,
            by=partner,
        )


def test_b16_two_programmes_that_share_partners_and_outcomes_are_suggested(
    place: Place, convener: Member, look: Callable[[], None]
) -> None:
    framework = Framework.objects.create(slug="x", version="1", title="X")
    outcome = FrameworkNode.objects.create(framework=framework, code="a", label="Buses")
    partners = factories.OrganisationFactory.create_batch(3, place=place)
    for name in ("Warm winter", "Home safe"):
        services.keep_programme(place=place, name=name, about="", partners=partners, outcomes=[outcome], by=convener)
    look()
    told = queries.synergies_in_words(place, [the("joint")])[0]
    assert told.title in {"Warm winter and Home safe", "Home safe and Warm winter"}
    assert "3 partners are on both" in told.sentence
    assert "1 outcome is the same: Buses." in told.sentence


def test_two_people_who_change_one_programme_are_both_shown(place: Place, convener: Member) -> None:
    said = {"place": place, "about": "", "partners": [], "outcomes": [], "by": convener}
    made = services.keep_programme(name="Warm", **said)  # type: ignore[arg-type]
    services.keep_programme(name="Warmer", programme=made, version=1, **said)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        services.keep_programme(name="Warmest", programme=made, version=1, **said)  # type: ignore[arg-type]
    assert Programme.objects.get().name == "Warmer"


def test_a2_an_issue_on_one_partner_is_suggested_with_whom_to_ask(
    place: Place, pair: tuple[Piece, Need], look: Callable[[], None]
) -> None:
    issue = Issue.objects.create(place=place, title="Cut off")
    issue.organisations.add(pair[1].asked_by)  # type: ignore[arg-type]
    pair[0].issues.add(issue)
    look()
    told = queries.synergies_in_words(place, [the("alone")])[0]
    assert told.title == "Cut off"
    assert "Fire station holds 1 piece that could serve it." in told.sentence


def test_b7_an_ask_is_answered_given_and_thanked_for(
    pair: tuple[Piece, Need], member_with: MemberMaker, convener: Member, client_for: ClientFor
) -> None:
    bus, need = pair
    fire = member_with(Standing.PARTNER, person__organisation=bus.organisation)
    browser = client_for(fire)
    url = reverse("jigsaw:need_answer", args=[need.place.slug, need.pk])
    browser.post(url, {"giver": bus.organisation_id, "words": "Our bus, Tuesdays"})
    answer = Help.objects.get()
    services.say_given(help_=answer, thanks="You got us home.", by=convener)
    month = queries.month_of_help(need.place, timezone.localdate().replace(day=1))
    told = {one.name: ([a.words for a in one.given], [a.words for a in one.received]) for one in month.partners}
    assert told == {
        "Fire station": (["Our bus, Tuesdays"], []),
        "Men's Shed": ([], ["Our bus, Tuesdays"]),
    }
    page = browser.get(reverse("jigsaw:ledger", args=[need.place.slug])).content.decode()
    assert "You got us home." in page


def test_b7_the_ledger_is_by_name_and_says_no_totals(place: Place, convener: Member, client_for: ClientFor) -> None:
    many, few = (factories.OrganisationFactory(place=place, name=name) for name in ("Zeta", "Alpha"))
    today = timezone.localdate()
    for giver, acts in ((many, 5), (few, 1)):
        for _n in range(acts):
            Help.objects.create(place=place, giver=giver, words="Help", state="given", given_on=today)
    month = queries.month_of_help(place, today.replace(day=1))
    assert [one.name for one in month.partners] == ["Alpha", "Zeta"]
    assert not hasattr(month.partners[0], "total")


def test_no_act_of_a_long_month_is_left_out(
    place: Place, convener: Member, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("placeweave.jigsaw.queries.ledger.MOST", 3)
    giver, today = factories.OrganisationFactory(place=place), timezone.localdate()
    for n in range(5):
        Help.objects.create(place=place, giver=giver, words=f"Help {n}.", state="given", given_on=today)
    browser, address = client_for(convener), reverse("jigsaw:ledger", args=[place.slug])
    first, second = (browser.get(address, {"acts": page}).content.decode() for page in (1, 2))
    assert "1 to 3 of 5" in first
    assert [n for n in range(5) if f"Help {n}." in first] == [0, 1, 2]
    assert [n for n in range(5) if f"Help {n}." in second] == [3, 4]


def test_difficulties_fill_as_many_pages_as_they_need_the_most_shared_first(
    place: Place, convener: Member, client_for: ClientFor
) -> None:
    rows = [Difficulty(place=place, wording=f"Hard {n:03}.") for n in range(60)]
    Difficulty.objects.bulk_create(rows)
    Difficulty.objects.get(wording="Hard 059.").organisations.add(factories.OrganisationFactory(place=place))
    browser, address = client_for(convener), reverse("jigsaw:common", args=[place.slug])
    first, second = (browser.get(address, {"page": page}).content.decode() for page in (1, 2))
    assert "Hard 059." in first
    assert first.index("Hard 059.") < first.index("Hard 000.")
    assert all((f"Hard {n:03}." in first) != (f"Hard {n:03}." in second) for n in range(60))


def test_only_those_who_received_help_or_the_team_say_that_it_came(
    pair: tuple[Piece, Need], member_with: MemberMaker
) -> None:
    bus, need = pair
    fire = member_with(Standing.PARTNER, person__organisation=bus.organisation)
    shed = member_with(Standing.PARTNER, person__organisation=need.asked_by)
    assert bus.organisation
    answer = services.offer_help(need=need, giver=bus.organisation, words="Our bus", by=fire)
    with pytest.raises(Refused):
        services.say_given(help_=answer, thanks="", by=fire)
    with pytest.raises(NotReady):
        services.offer_help(need=need, giver=bus.organisation, words="Again", by=fire)
    services.say_given(help_=answer, thanks="", by=shed)
    with pytest.raises(NotReady):
        services.take_back_help(help_=answer, by=fire)


def test_nobody_answers_their_own_ask_or_speaks_for_others(pair: tuple[Piece, Need], member_with: MemberMaker) -> None:
    shed = member_with(Standing.PARTNER, person__organisation=pair[1].asked_by)
    assert pair[0].organisation
    assert pair[1].asked_by
    with pytest.raises(Unsound):
        services.offer_help(need=pair[1], giver=pair[1].asked_by, words="x", by=shed)
    with pytest.raises(Refused):
        services.offer_help(need=pair[1], giver=pair[0].organisation, words="x", by=shed)


def test_b13_only_those_who_agreed_to_be_found_are_found(place: Place, pair: tuple[Piece, Need]) -> None:
    issue = Issue.objects.create(place=place, title="Cut off")
    pair[0].issues.add(issue)
    body = pair[0].organisation
    found = factories.PersonFactory(place=place, organisation=body, name="Found", is_listed=True)
    factories.PersonFactory(place=place, organisation=body, name="Hidden", is_listed=False)
    factories.PersonFactory(place=place, name="Elsewhere", is_listed=True)
    assert queries.who_works_on(place, issue=issue) == [found]


@pytest.fixture
def offer_elsewhere(other_place: Place) -> Piece:
    """A minibus of another place, with all that must not be seen."""
    body = factories.OrganisationFactory(place=other_place, name="Secret Trust")
    return factories.PieceFactory(
        place=other_place,
        organisation=body,
        kind="vehicle_equipment",
        title="Minibus and van, 16 seats",
        when="Tuesday evenings",
        note="Keys under the mat",
        sharability="ask",
    )


def shown(convener: Member, client_for: ClientFor) -> str:
    return client_for(convener).get(reverse("jigsaw:elsewhere", args=[convener.place.slug])).content.decode()


def test_another_places_offer_is_seen_only_where_its_convener_lets_it(
    pair: tuple[Piece, Need],
    offer_elsewhere: Piece,
    look: Callable[[], None],
    convener: Member,
    client_for: ClientFor,
) -> None:
    look()
    assert offer_elsewhere.title not in shown(convener, client_for)
    Piece.objects.filter(pk=offer_elsewhere.pk).update(is_shared_beyond=True)
    look()
    page = shown(convener, client_for)
    assert offer_elsewhere.title in page
    for private in ("Secret Trust", "Keys under the mat", f"/p/{offer_elsewhere.place.slug}/"):
        assert private not in page
    kept = analyses.latest(convener.place.pk, "synergies")
    assert kept
    assert "Secret Trust" not in str(kept.result)
    assert "Keys" not in str(kept.result)


@pytest.mark.parametrize("change", [{"is_shared_beyond": False}, {"is_gone": True}, {"sharability": "no"}])
def test_what_is_no_longer_shared_is_gone_at_once_without_looking_again(
    pair: tuple[Piece, Need],
    offer_elsewhere: Piece,
    look: Callable[[], None],
    convener: Member,
    client_for: ClientFor,
    change: dict[str, object],
) -> None:
    Piece.objects.filter(pk=offer_elsewhere.pk).update(is_shared_beyond=True)
    look()
    assert offer_elsewhere.title in shown(convener, client_for)
    Piece.objects.filter(pk=offer_elsewhere.pk).update(**change)
    assert offer_elsewhere.title not in shown(convener, client_for)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_within_twelve_queries(
    pair: tuple[Piece, Need],
    convener: Member,
    client_for: ClientFor,
    page: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    place = convener.place
    for n in range(5):
        factories.NeedFactory(place=place)
        made = Difficulty.objects.create(place=place, wording=f"Hard {n}")
        made.organisations.set(Organisation.objects.filter(place=place))
        Programme.objects.create(place=place, name=f"P {n}").partners.set(Organisation.objects.filter(place=place))
        Help.objects.create(place=place, giver=factories.OrganisationFactory(place=place), words="x", need=pair[1])
    browser = client_for(convener)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse(f"jigsaw:{page}", args=[place.slug])).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_another_place_is_not_even_said_to_exist(
    other_place: Place, convener: Member, client_for: ClientFor, page: str
) -> None:
    assert client_for(convener).get(reverse(f"jigsaw:{page}", args=[other_place.slug])).status_code == 404
