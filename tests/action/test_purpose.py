"""The shared purpose: wordings follow each other, and concerns are kept word for word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from placeweave.action import services
from placeweave.action.models import Purpose, PurposeVersion
from placeweave.action.queries import purpose as queries
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member, Organisation
from tests import factories

MemberMaker = Callable[..., Member]


@pytest.fixture
def purpose(convener: Member) -> Purpose:
    made = services.begin_purpose(
        place=convener.place, title="Winter", wording="Nobody is cut off through the winter.", by=convener
    )
    services.adopt(version=made.versions.get(), by=convener)
    return made


def test_earlier_wordings_stay_readable(purpose: Purpose, convener: Member) -> None:
    second = services.revise(purpose=purpose, wording="Nobody need be cut off.", why="Some like it quiet", by=convener)
    services.adopt(version=second, by=convener)
    states = list(purpose.versions.values_list("number", "state"))
    assert states == [(2, PurposeVersion.State.ADOPTED), (1, PurposeVersion.State.PAST)]


def test_the_old_wording_holds_until_the_new_one_is_adopted(purpose: Purpose, convener: Member) -> None:
    services.revise(purpose=purpose, wording="Nobody need be cut off.", why="", by=convener)
    assert purpose.versions.get(state="adopted").number == 1
    with pytest.raises(NotReady):
        services.revise(purpose=purpose, wording="A third way.", why="", by=convener)


def test_the_same_words_are_no_new_version(purpose: Purpose, convener: Member) -> None:
    with pytest.raises(NotReady):
        services.revise(purpose=purpose, wording=" Nobody is cut off through the winter. ", why="", by=convener)


def test_a_partner_drafts_and_the_group_adopts(purpose: Purpose, member_with: MemberMaker) -> None:
    partner = member_with(Standing.PARTNER)
    draft = services.revise(purpose=purpose, wording="Every evening has a way home.", why="", by=partner)
    with pytest.raises(Refused):
        services.adopt(version=draft, by=partner)


def test_b26_nine_partners_mark_support_and_concern_and_the_third_version_shows_who_is_where(
    purpose: Purpose, member_with: MemberMaker, convener: Member
) -> None:
    for wording in ("Second wording.", "Third wording."):
        services.adopt(version=services.revise(purpose=purpose, wording=wording, why="", by=convener), by=convener)
    third = purpose.versions.get(number=3)
    partners = factories.OrganisationFactory.create_batch(9, place=convener.place)
    for number, organisation in enumerate(partners[:8]):
        member = member_with(Standing.PARTNER, person__organisation=organisation)
        gradient = "with_concern" if number < 2 else "stands_aside" if number == 2 else "assents"
        services.say_where_i_stand(
            version=third, gradient=gradient, concern="Who pays?" if number < 3 else "", by=member
        )
    stand = queries.stand(third, partners=list(Organisation.objects.all()), member=convener)
    assert {key: len(who) for key, _label, who in stand.groups} == {"assents": 5, "with_concern": 2, "stands_aside": 1}
    assert [one.concern for _k, _l, who in stand.groups for one in who if one.concern] == ["Who pays?"] * 3
    assert list(stand.silent) == [partners[8]]


def test_a_concern_needs_its_words(purpose: Purpose, convener: Member) -> None:
    with pytest.raises(Unsound):
        services.say_where_i_stand(version=purpose.versions.get(), gradient="with_concern", concern=" ", by=convener)


def test_saying_it_again_replaces_what_was_said(purpose: Purpose, convener: Member) -> None:
    version = purpose.versions.get()
    services.say_where_i_stand(version=version, gradient="with_concern", concern="Who pays?", by=convener)
    services.say_where_i_stand(version=version, gradient="assents", concern="", by=convener)
    assert [one.gradient for one in version.assents.all()] == ["assents"]


def test_nobody_stands_on_a_past_wording(purpose: Purpose, convener: Member) -> None:
    services.adopt(version=services.revise(purpose=purpose, wording="Second.", why="", by=convener), by=convener)
    with pytest.raises(NotReady):
        services.say_where_i_stand(version=purpose.versions.get(number=1), gradient="assents", concern="", by=convener)
