"""Values in addresses that no database holds, or each in its way: an answer in words, never a server error."""

from __future__ import annotations

from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.places.models import Place
from tests.attacks.test_forms import BEYOND
from tests.attacks.walk import addresses, attempt, broken, query_names
from tests.test_permissions import ALL, subject


def test_every_value_read_from_an_address(clachan: Place, convener_browser: Client) -> None:
    values = [*BEYOND, "%ff%fe", "%ED%A0%80", "x" * 300, "%E2%80%AE", "../../etc", ""]
    names, found = query_names(), {}
    for turn, (name, one) in enumerate(addresses(clachan).items()):
        pairs = (f"{name}={values[(number * 5 + turn) % len(values)]}" for number, name in enumerate(names))
        found[name] = attempt(convener_browser, "get", f"{one}?{'&'.join(pairs)}")
    assert not broken(found)


def test_a_nul_in_an_address_is_refused_in_words(clachan: Place, convener_browser: Client) -> None:
    found = {name: attempt(convener_browser, "get", f"{one}?q=a%00b") for name, one in addresses(clachan).items()}
    assert {one.status_code for one in found.values()} == {400}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_number_in_an_address_that_no_database_can_hold(
    method: str, clachan: Place, convener_browser: Client
) -> None:
    found, numbers = {}, cycle((0, 2**63, 10**40))
    for name, pattern in ALL.items():
        if "<int:" in pattern:
            number = next(numbers)
            parts = {
                part: number if isinstance(value, int) else value for part, value in subject(name, clachan).items()
            }
            found[name] = attempt(convener_browser, method, reverse(name, kwargs=parts))
    assert {one.status_code for one in found.values()} <= {404, 405}, {n: r.status_code for n, r in found.items()}
