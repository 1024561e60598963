"""Commitments: who may promise, what they rest on, and that nothing turns green by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from placeweave.action import services
from placeweave.action.models import Commitment
from placeweave.action.queries import commitments as queries
from placeweave.action.services.commitments import Promise
from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Member, Place
from tests import factories

MemberMaker = Callable[..., Member]


def promised(by: Member, **fields: Any) -> Commitment:
    promise = Promise(**{"what": "Run a minibus", "promised_to": "the choir", "person": by.person, **fields})
    return services.promise(place=by.place, promise=promise, by=by)


def test_commitments_are_numbered_within_their_place(convener: Member, other_place: Place) -> None:
    factories.CommitmentFactory(place=other_place, number=40)
    assert [promised(convener).number, promised(convener).number] == [1, 2]


def test_a_partner_promises_for_their_own_organisation_only(member_with: MemberMaker, place: Place) -> None:
    ours, theirs = factories.OrganisationFactory(place=place), factories.OrganisationFactory(place=place)
    partner = member_with(Standing.PARTNER, person__organisation=ours)
    assert promised(partner, organisation=ours).organisation == ours
    with pytest.raises(Refused):
        promised(partner, organisation=theirs)
    with pytest.raises(Refused):
        promised(partner, person=factories.PersonFactory(place=place))


def test_a_resident_promises_like_a_partner(member_with: MemberMaker) -> None:
    assert promised(member_with(Standing.COMMUNITY)).number == 1


@pytest.mark.parametrize("standing", [Standing.EVALUATOR, Standing.GUEST])
def test_who_only_looks_on_cannot_promise(member_with: MemberMaker, standing: Standing) -> None:
    with pytest.raises(Refused):
        promised(member_with(standing))


def test_nothing_of_another_place_can_be_rested_on(convener: Member, other_place: Place) -> None:
    with pytest.raises(Unsound):
        promised(convener, themes=[factories.ThemeFactory(place=other_place)])


def test_two_people_editing_are_both_shown(convener: Member) -> None:
    commitment = promised(convener)
    first = Promise(what="Run two minibuses", promised_to="the choir", person=convener.person)
    services.edit(commitment=commitment, promise=first, version=1, by=convener)
    second = Promise(what="Walk everybody home", promised_to="the choir", person=convener.person)
    with pytest.raises(Conflict) as conflict:
        services.edit(commitment=commitment, promise=second, version=1, by=convener)
    assert "Run two minibuses" in conflict.value.theirs.values()
    assert "Walk everybody home" in conflict.value.yours.values()


def test_pledged_pieces_follow_an_edit(convener: Member) -> None:
    bus, hall = (factories.PieceFactory(place=convener.place) for _ in range(2))
    commitment = promised(convener, pieces=[bus])
    promise = Promise(what="Open the hall", promised_to="all", person=convener.person, pieces=[hall])
    services.edit(commitment=commitment, promise=promise, version=1, by=convener)
    assert list(commitment.pieces.all()) == [hall]


def test_an_update_says_something_and_may_move_the_state(convener: Member) -> None:
    commitment = promised(convener)
    with pytest.raises(Unsound):
        services.report(commitment=commitment, words="  ", state="kept", by=convener)
    services.report(commitment=commitment, words="It ran.", state="kept", by=convener)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.updates.count()) == ("kept", 1)
    with pytest.raises(NotReady):
        services.report(commitment=commitment, words="It ran again.", state="", by=convener)


def test_only_who_promised_or_holds_the_space_reports(member_with: MemberMaker, convener: Member) -> None:
    commitment = promised(convener)
    with pytest.raises(Refused):
        services.report(commitment=commitment, words="All fine", state="", by=member_with(Standing.PARTNER))


def test_i11_b23_silence_is_no_word_and_never_green() -> None:
    now = timezone.now()
    fresh = Commitment(created_at=now, due_on=now.date() + timedelta(days=30))
    silent = Commitment(created_at=now - timedelta(days=22), due_on=now.date() + timedelta(days=30))
    late = Commitment(created_at=now, due_on=now.date() - timedelta(days=1), state="under_way")
    assert [queries.shown_state(one, now=now) for one in (fresh, silent, late)] == ["promised", "no_word", "overdue"]


def test_what_is_kept_or_dropped_is_never_overdue() -> None:
    now = timezone.now()
    old = now - timedelta(days=90)
    for state in ("kept", "dropped"):
        assert queries.shown_state(Commitment(created_at=old, due_on=old.date(), state=state), now=now) == state


def test_a15_a_commitment_that_rests_on_no_voice_is_found(place: Place) -> None:
    voiceless = factories.CommitmentFactory(place=place)
    on_theme, on_need = factories.CommitmentFactory(place=place), factories.CommitmentFactory(place=place)
    theme = factories.ThemeFactory(place=place)
    on_theme.themes.add(theme)
    need = factories.NeedFactory(place=place)
    need.themes.add(theme)
    on_need.needs.add(need)
    hollow = factories.CommitmentFactory(place=place)
    hollow.needs.add(factories.NeedFactory(place=place))
    assert set(queries.without_voice(place)) == {voiceless, hollow}
