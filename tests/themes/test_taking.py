"""Claims about the files of themes that may leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from placeweave.kit import exports
from placeweave.kit.access import Standing
from placeweave.kit.models import Holding
from placeweave.listening.models import Naming, Scope
from placeweave.places.models import Member
from placeweave.themes import services
from tests.factories import ContributionFactory


@pytest.mark.parametrize("standing", [Standing.CONVENER, Standing.PARTNER, Standing.COMMUNITY])
def test_i13_quotes_leave_as_far_as_consent_goes_and_are_logged(
    standing: Standing, member_with: Callable[..., Member]
) -> None:
    taker, convener = member_with(standing), member_with(Standing.CONVENER)
    theme = services.make(place=taker.place, title="=Evenings", by=convener)
    shared = ContributionFactory(place=taker.place, text="Shared words about a bus.", scope=Scope.PARTNERS)
    secret = ContributionFactory(place=taker.place, text="Secret words about a heron.", scope=Scope.NOTES)
    unquoted = ContributionFactory(place=taker.place, text="Uncounted otter.", naming=Naming.ONLY_IN_THEMES)
    for one in (shared, secret, unquoted):
        services.code(contribution=one, start=0, end=len(one.text), theme=theme, by=convener)
    file = exports.take(format="quotes", place_id=taker.place_id, by=taker)
    text = file.content.decode("utf-8-sig")
    assert "about a bus" in text
    assert ("heron" in text) == (standing == Standing.CONVENER)
    assert "otter" not in text
    assert "\n=Evenings" not in text  # a formula is inert
    held = set(Holding.objects.values_list("contribution_id", flat=True))
    assert held == ({shared.pk, secret.pk} if standing == Standing.CONVENER else {shared.pk})


def test_the_codebook_counts_and_quotes_nobody(convener: Member) -> None:
    theme = services.make(place=convener.place, title="Evenings", by=convener)
    said = ContributionFactory(place=convener.place, text="Words about a heron.")
    services.code(contribution=said, start=0, end=5, theme=theme, by=convener)
    file = exports.take(format="themes", place_id=convener.place_id, by=convener)
    text = file.content.decode("utf-8-sig")
    assert "Evenings" in text
    assert "heron" not in text
    assert file.holds == frozenset()
