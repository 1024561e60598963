"""Nothing is allowed that was not granted."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from placeweave.kit import access
from placeweave.kit.access import Standing
from placeweave.kit.errors import Refused


@pytest.mark.parametrize("standing", Standing)
def test_an_unknown_permission_is_refused_to_everybody(standing: Standing) -> None:
    assert not access.may(SimpleNamespace(standing=standing), "nowhere.do_anything")


def test_i15_partners_and_residents_hold_the_same_permissions() -> None:
    for permission, standings in access.granted().items():
        assert ("partner" in standings) == ("community" in standings), permission


def test_a_visitor_is_granted_public_pages_only() -> None:
    granted = {name for name, standings in access.granted().items() if "visitor" in standings}
    assert granted == {"places.see_public", "thread.see_home"}


def test_requiring_what_is_not_granted_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused) as refusal:
        access.require(SimpleNamespace(standing=Standing.GUEST), "themes.code")
    assert "convener" in refusal.value.sentence


def test_what_a_standing_may_do_grows_inwards() -> None:
    for permission, standings in access.granted().items():
        if "partner" in standings:
            assert {"convener", "facilitator"} <= standings, permission
