"""Sign-in links open in a demonstration, and only there."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core import signing
from django.http import Http404
from django.test import RequestFactory

from placeweave.kit.models import Account
from placeweave.operations import doors


def test_each_standing_of_the_demonstration_has_a_persona() -> None:
    parts = [persona.part for persona in doors.personas()]
    assert sorted(parts) == ["convener", "evaluator", "facilitator", "partner", "resident", "steward"]


def test_a_link_opens_nothing_outside_a_demonstration(settings: LazySettings, rf: RequestFactory) -> None:
    settings.DEMO = False
    key = doors.address_for(doors.personas()[0]).split("/")[2]
    with pytest.raises(Http404):
        doors.enter(rf.get("/"), key)


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["ann@real.example", "nobody@clachan.example"])
def test_a_forged_or_unknown_key_opens_nothing(email: str, settings: LazySettings, rf: RequestFactory) -> None:
    settings.DEMO = True
    Account.objects.create_user("ann@real.example", name="Ann")
    forged = (
        signing.dumps(email, salt="another salt") if email.startswith("ann") else signing.dumps(email, salt=doors.SALT)
    )
    with pytest.raises(Http404):
        doors.enter(rf.get("/"), forged)
