"""The network as a picture and in sentences: kept, marked when incomplete or out of date, and quick for many ties."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from placeweave.jigsaw import services
from placeweave.jigsaw.models import Tie, TieReply, TieSurvey
from placeweave.jigsaw.queries import changes, measures, network
from placeweave.jigsaw.services import ReplySaid
from placeweave.kit import analyses
from placeweave.kit.access import Standing
from placeweave.kit.errors import Refused
from placeweave.kit.models import Analysis
from placeweave.places.models import Member, Organisation, Place, Sector
from tests.factories import MemberFactory, OrganisationFactory

At = Callable[..., str]
LINE = ("Academy", "Council", "Fire", "Shed", "Trust")


@pytest.fixture
def at(place: Place) -> At:
    return lambda name, *parts: reverse(f"jigsaw:{name}", args=[place.slug, *parts])


@pytest.fixture
def partners(place: Place) -> list[Organisation]:
    sectors = [Sector.EDUCATION, Sector.LOCAL_GOVERNMENT, Sector.FIRE, Sector.COMMUNITY, Sector.THIRD_SECTOR]
    return [OrganisationFactory(place=place, name=name, sector=one) for name, one in zip(LINE, sectors, strict=True)]


@pytest.fixture
def line(place: Place, partners: list[Organisation], convener: Member) -> list[Tie]:
    """Everybody works with the next one, as both sides say."""
    pairs = [(partners[at], partners[at + 1]) for at in range(len(partners) - 1)]
    return [
        services.report_tie(source=one, target=other, level=3, by=convener)
        for pair in pairs
        for one, other in (pair, pair[::-1])
    ]


def measured(place: Place, by: Member, wave: TieSurvey | None = None) -> Analysis:
    asked = services.ask_for_network(place=place, survey=wave, by=by)
    analyses.run_analysis.call(asked.pk)
    asked.refresh_from_db()
    assert asked.state == Analysis.State.DONE, asked.failure
    return asked


def named(place: Place, kept: Analysis) -> tuple[dict[int, str], Analysis]:
    return network.full_names(place, kept), kept


def asked(told: str = "") -> network.Asked:
    return network.Asked.read(QueryDict(told))


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_everybody_inside_sees_the_picture_and_its_table(
    place: Place, convener: Member, line: list[Tie], client_for: Callable[[Member], Client], at: At
) -> None:
    measured(place, convener)
    page = text_of(client_for(MemberFactory(place=place, standing=Standing.COMMUNITY)).get(at("network")))
    assert page.count("data-key=") == len(LINE)
    assert page.count("net__tie--confirmed") - 1 == len(LINE) - 1  # one more in the key
    assert all(f">{name}</a></th>" in page for name in LINE)


def test_before_anything_is_measured_the_page_says_so(
    place: Place, convener: Member, client_for: Callable[[Member], Client], at: At
) -> None:
    for name in ("network", "network_measures"):
        page = text_of(client_for(convener).get(at(name)))
        assert "has not been measured yet" in page
        assert "Measure the network" in page


def test_only_the_team_has_it_measured(place: Place, line: list[Tie]) -> None:
    with pytest.raises(Refused):
        services.ask_for_network(place=place, survey=None, by=MemberFactory(place=place, standing=Standing.PARTNER))


def test_new_ties_make_the_picture_out_of_date(
    place: Place,
    convener: Member,
    line: list[Tie],
    partners: list[Organisation],
    client_for: Callable[[Member], Client],
    at: At,
) -> None:
    measured(place, convener)
    assert "Ties have changed since" not in text_of(client_for(convener).get(at("network")))
    services.report_tie(source=partners[0], target=partners[4], level=1, by=convener)
    assert "Ties have changed since" in text_of(client_for(convener).get(at("network")))


def test_the_picture_is_narrowed_first_and_then_sized(place: Place, convener: Member, line: list[Tie]) -> None:
    kept = measured(place, convener)
    council = next(one for one in network.picture(place, kept, asked()).nodes if one.name == "Council")
    near = network.picture(place, kept, asked(f"focus={council.pk}"))
    assert [node.name for node in near.nodes] == ["Academy", "Council", "Fire"]
    assert near.left_out == 2
    assert [node.name for node in network.picture(place, kept, asked("sector=fire")).nodes] == [
        "Council",
        "Fire",
        "Shed",
    ]
    assert network.picture(place, kept, asked("level=4")).edges == []
    sizes = {node.name: node.r for node in network.picture(place, kept, asked("size=between")).nodes}
    assert sizes["Fire"] > sizes["Council"] > sizes["Academy"]


@pytest.mark.parametrize("told", ["level=9", "level=x", "sector=nothing", "size=huge", "focus=99999999999999999999"])
def test_an_address_that_makes_no_sense_shows_everybody(
    told: str, place: Place, convener: Member, line: list[Tie], client_for: Callable[[Member], Client], at: At
) -> None:
    measured(place, convener)
    page = text_of(client_for(convener).get(f"{at('network')}?{told}"))
    assert page.count("data-key=") == len(LINE)


def test_each_measure_is_a_sentence_with_what_to_do_about_it(place: Place, convener: Member, line: list[Tie]) -> None:
    told = measures.measures_in_words(*named(place, measured(place, convener)), 1)
    said = {one.term.split(",")[0]: " ".join(one.sentences) for one in told}
    assert all(one.sentences and one.advice for one in told)
    assert (
        "If Fire left, 4 pairs of others could no longer reach each other." in said["articulation points and bridges"]
    )
    assert "leads through Fire" in said["betweenness"]
    assert "Nobody stands alone." in said["isolates"]


def test_introductions_come_in_two_lists_with_their_reasons(place: Place, convener: Member, line: list[Tie]) -> None:
    found = measures.introductions_in_words(*named(place, measured(place, convener)))
    assert ("Academy", "Fire", "Both work with Council.") in {(o.one, o.other, o.reason) for o in found["likely"]}
    assert ("Academy", "Trust") in {(one.one, one.other) for one in found["valuable"]}
    assert ("Academy", "Trust") not in {(one.one, one.other) for one in found["likely"]}


def test_fewer_than_seven_in_ten_answers_are_marked_as_incomplete(
    place: Place, partners: list[Organisation], convener: Member, client_for: Callable[[Member], Client], at: At
) -> None:
    wave = services.open_survey(place=place, lead="", closes_on=None, by=convener)
    for number, one in enumerate(partners[:4]):
        others = {other.pk: 2 for other in partners if other != one}
        reply = TieReply.objects.get(survey=wave, organisation=one)
        services.save_reply(reply=reply, said=ReplySaid(others), version=1, is_sent=True, by=convener)
        if number == 2:
            measured(place, convener, wave)
            for name in ("network", "network_measures"):
                page = text_of(client_for(convener).get(at(name)))
                assert "3 of 5 partners have answered (60 in 100)" in page
                assert "Incomplete" in page
            assert page.count("incomplete</span>") == page.count('class="measure__advice"'), "each measure says so"
    measured(place, convener, wave)
    for name in ("network", "network_measures"):
        page = text_of(client_for(convener).get(at(name)))
        assert "4 of 5 partners have answered (80 in 100)" in page
        assert "ncomplete" not in page


def test_no_clear_core_and_no_clear_groups_are_answers(
    place: Place, convener: Member, partners: list[Organisation]
) -> None:
    for one in partners:
        for other in partners:
            if one != other:
                services.report_tie(source=one, target=other, level=3, by=convener)
    told = measures.measures_in_words(*named(place, measured(place, convener)), 1)
    said = {one.title: (one.sentences, one.advice) for one in told}
    assert said["Core and edge"][0] == ["There is no clear core: no small circle decides among itself."]
    assert said["Groups"][0][0].startswith("There are no clear groups")
    assert said["Groups"][1].startswith("Nothing to do about it now")


def test_what_changed_since_the_wave_before_is_compared_where_the_same_side_spoke_twice(
    place: Place, partners: list[Organisation], convener: Member, client_for: Callable[[Member], Client], at: At
) -> None:
    academy, council, fire, shed, trust = partners
    told = (
        {academy: {council: 2, fire: 3, shed: 4}, council: {academy: 2}},
        {academy: {council: 2, fire: 5, trust: 1}, fire: {trust: 4, academy: 5}},
    )
    for number, answers in enumerate(told, start=1):
        wave = services.open_survey(place=place, lead="", closes_on=None, by=convener)
        for one, levels in answers.items():
            reply = TieReply.objects.get(survey=wave, organisation=one)
            said = ReplySaid({other.pk: level for other, level in levels.items()})
            services.save_reply(reply=reply, said=said, version=1, is_sent=True, by=convener)
        if number == 1:
            assert changes.since_in_words({}, measured(place, convener, wave)) is None
            services.close_survey(survey=wave, by=convener)
    names, kept = named(place, measured(place, convener, wave))
    since = changes.since_in_words(names, kept)
    assert since is not None
    assert since.parts == [
        ("Begun", ["Academy and Trust: from 0 to 1"], 0),
        ("Ended", ["Academy and Shed: from 4 to 0"], 0),
        ("Closer than before", ["Academy and Fire: from 3 to 5"], 0),
    ], "Fire spoke of Trust for the first time: nobody knows whether that is new"
    assert since.summary == "3 ties changed; 1 is as it was."
    page = text_of(client_for(convener).get(at("network_measures")))
    assert "What changed since wave 1" in page
    assert "In wave 1, 2 of 5 had answered, so much stays unknown." in page


def test_a_partner_that_has_gone_leaves_the_picture_standing(place: Place, convener: Member, line: list[Tie]) -> None:
    kept = measured(place, convener)
    Organisation.objects.get(name="Fire").delete()
    assert len(network.picture(place, kept, asked()).nodes) == len(LINE) - 1
    assert measures.measures_in_words(*named(place, kept), 1)


def test_five_thousand_ties_stay_within_the_budget_and_draw_the_few_that_fit(
    place: Place,
    convener: Member,
    client_for: Callable[[Member], Client],
    at: At,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    many = [OrganisationFactory(place=place, sector=Sector.HEALTH if one % 2 else Sector.FIRE) for one in range(150)]
    chance = random.Random(0)
    pairs = {tuple(chance.sample(range(150), 2)) for _ in range(6_200)}
    Tie.objects.bulk_create(
        Tie(place=place, source=many[one], target=many[other], level=1 + (one + other) % 5)
        for one, other in sorted(pairs)[:5_000]
    )
    measured(place, convener)
    browser = client_for(convener)
    browser.get(at("network"))
    for name in ("network", "network_measures", "ties", "contact_log"):
        with django_assert_max_num_queries(12):
            page = text_of(browser.get(at(name)))
        if name == "network":
            drawn = page.count("data-key=")
            assert 20 < drawn <= network.MOST
            assert page.count("data-ends=") <= network.MOST_TIES
            assert f"the {drawn} partners with the most ties are drawn" in page
