"""What every answer tells the browser it may not do, and what no answer tells anybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from placeweave.gatherings.models import Session
from placeweave.kit import health
from placeweave.kit.models import Account
from placeweave.listening.models import Contribution
from placeweave.listening.services import teller_link
from placeweave.operations import doors
from placeweave.places.models import Member, Place
from placeweave.themes.models import WhatWeHeard
from tests.attacks.walk import Page, addresses, attempt
from tests.permissions_table import IN_A_PLACE
from tests.tries import at_most

PRIVATE = "p/clachan/"


@pytest.fixture(scope="module")
def _answers() -> dict[str, Any]:
    return {}


@pytest.fixture
def answers(_answers: dict[str, Any], clachan: Place, convener_browser: Client) -> dict[str, Any]:
    """Every page of the product, as a convener, a stranger and, outside any place, a steward get it; asked for once."""
    if not _answers:
        stranger, steward = Client(raise_request_exception=False), Client(raise_request_exception=False)
        steward.force_login(Account.objects.get(is_steward=True))
        for name, address in addresses(clachan).items():
            readers = {"convener": convener_browser, "stranger": stranger}
            for who, client in (readers if name in IN_A_PLACE else {**readers, "steward": steward}).items():
                _answers[f"{who} at {name}"] = attempt(client, "get", address)
    return _answers


def pages(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in answers.items() if one.headers.get("Content-Type", "").startswith("text/html")}


def directives(answer: Any) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))


def test_every_page_has_the_strict_policy(answers: dict[str, Any]) -> None:
    found = pages(answers)
    assert len(found) > 100
    for name, answer in found.items():
        rules = directives(answer)
        assert rules["default-src"] == "'none'", name
        assert rules["frame-ancestors"] == rules["base-uri"] == "'none'", name
        assert rules["form-action"] == "'self'", name
        assert "unsafe" not in answer.headers["Content-Security-Policy"], name
        assert "*" not in answer.headers["Content-Security-Policy"], name
        assert rules["script-src"] == "'self'", name


DATA = {"application/json", "application/ld+json"}
"""Kinds of script element that a browser runs nothing of."""


def test_no_page_has_inline_style_script_or_handlers_or_loads_from_elsewhere(answers: dict[str, Any]) -> None:
    wrong = []
    for name, answer in pages(answers).items():
        page = Page(answer.content.decode())
        bare = [one for one in page.scripts if not one.get("src") and one.get("type") not in DATA]
        wrong += [f"{name}: {one}" for one in [*page.inline, *page.elsewhere, *bare]]
    assert not wrong, "\n".join(wrong)


def test_every_answer_keeps_to_itself(answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, name
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert "camera=()" in answer.headers["Permissions-Policy"], name


def test_what_is_private_is_kept_by_no_cache(answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        assert "no-store" in answer.headers["Cache-Control"], name


def test_what_only_takes_what_is_sent_says_so(answers: dict[str, Any]) -> None:
    refused = {name: one.headers["Allow"] for name, one in answers.items() if one.status_code == 405}
    assert len(refused) > 20
    assert not {name: allowed for name, allowed in refused.items() if "POST" not in allowed}


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(clachan: Place, db: None, settings: LazySettings) -> None:
    settings.DEMO = True
    client = Client()
    signed_in = client.get(doors.address_for(doors.personas()[0]))
    form = client.get(reverse("places:profile", args=[clachan.slug]))
    for cookie in (signed_in.cookies["sessionid"], form.cookies["csrftoken"]):
        assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True), cookie


def test_pages_behind_a_private_link_are_not_found_and_not_passed_on(clachan: Place, db: None) -> None:
    cache.clear()
    said = Contribution.raw.filter(place=clachan, state="live")[0]
    member = Member.objects.filter(place=clachan, standing="convener").earliest("pk")
    told = WhatWeHeard.objects.filter(state="shared").exclude(key="")[0]
    links = {"thread:mine": teller_link(contribution=said, by=member), "themes:told_public": told.key}
    for route, key in links.items():
        answer = Client().get(reverse(route, args=[key]))
        assert answer.status_code == 200, route
        assert "noindex" in answer.headers["X-Robots-Tag"], route
        # Browsers send a form of a page without any referrer as if from nowhere, and it would be refused.
        assert answer.headers["Referrer-Policy"] == "same-origin", route
        assert not Page(answer.content.decode()).elsewhere, route


ELSEWHERE = ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https:evil.example")


def test_nobody_is_sent_elsewhere_by_an_address(clachan: Place, convener_browser: Client) -> None:
    """Each value is tried on every page, spread over its fields; where signing in leads on, each alone."""
    from tests.attacks.walk import query_names

    names = query_names()
    mixed = {name: ELSEWHERE[number % len(ELSEWHERE)] for number, name in enumerate(names)} | {"next": ELSEWHERE[0]}
    for name, address in addresses(clachan).items():
        alone = [dict.fromkeys(names, target) for target in ELSEWHERE]
        for query in alone if name.startswith(("account_", "mfa_")) else [mixed]:
            for method in ("get", "post"):
                leads_nowhere_else(name, attempt(convener_browser, method, address, data=query))


def leads_nowhere_else(name: str, answer: Any) -> None:
    assert "evil.example" not in answer.headers.get("Location", "").split("?")[0], name
    assert not answer.headers.get("Location", "").startswith(("javascript:", "//")), name
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        for link in ("https://evil", "//evil", "javascript"):
            assert f'href="{link}' not in answer.content.decode(), name


def test_a_host_that_is_not_ours_is_refused_in_words(clachan: Place) -> None:
    client = Client(raise_request_exception=False)
    with override_settings(ALLOWED_HOSTS=["placeweave.test"]):
        for host in ("evil.example", "placeweave.test.evil.example", "a b", "evil.example:80@placeweave.test"):
            answer = client.get("/", headers={"host": host})
            assert answer.status_code == 400, host
            assert "evil" not in answer.content.decode()


def test_tries_at_private_links_are_slowed_down_in_words(clachan: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placeweave.kit.doors.GUESSING", at_most(3))
    client = Client(raise_request_exception=False)
    found = [client.get(reverse("thread:mine", args=[f"{n:032}"])) for n in range(5)]
    assert [one.status_code for one in found] == [404, 404, 404, 429, 429]
    assert "<h1" in found[-1].content.decode()


def test_a_workshop_behind_one_address_opens_its_links(clachan: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placeweave.kit.doors.GUESSING", at_most(3))
    session = Session.objects.filter(place=clachan, state="open")[0]
    address = reverse("signup:page", args=[session.code])
    assert {Client().get(address).status_code for _phone in range(5)} == {200}


def test_asking_for_codes_is_slowed_down_in_words(clachan: Place, db: None) -> None:
    cache.clear()
    found = [Client().post(reverse("account_login"), {"email": "convener@own.example"}) for _time in range(6)]
    cache.clear()
    assert [one.status_code for one in found[:5]] == [302] * 5
    assert "tried too often" in found[-1].content.decode()


def test_health_says_nothing_about_anybody(clachan: Place) -> None:
    assert set(Client().get("/health/").json()) == {"status", "version"}


def test_health_says_when_the_database_does_not_answer(clachan: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    class Silent:
        def cursor(self) -> None:
            raise OperationalError(f"could not connect to {connection.settings_dict['NAME']}")

    monkeypatch.setattr(health, "connection", Silent())
    answer = Client().get("/health/")
    assert answer.status_code == 503
    assert set(answer.json()) == {"status", "version"}
    assert str(connection.settings_dict["NAME"]) not in answer.content.decode()


@pytest.mark.parametrize("path", ["/nowhere/", "/p/nowhere/", "/p/clachan/monday/"])
def test_pages_of_refusal_hold_no_insides(path: str, clachan: Place) -> None:
    page = Client(raise_request_exception=False).get(path, follow=True).content.decode()
    for inside in ("Traceback", "urlpatterns", "placeweave.urls", "settings", "SELECT", "/site-packages/"):
        assert inside not in page.replace("/settings/", "")


def test_a_defect_shows_no_insides(clachan: Place, convener_browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from placeweave.thread.views import place as pages_of_place

    monkeypatch.setattr(pages_of_place, "render", lambda *_given: 1 / 0)
    answer = convener_browser.get(f"/p/{clachan.slug}/monday/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in page
    assert not [one for one in ("Traceback", "ZeroDivision", "site-packages", "SELECT") if one in page]


def test_a_clash_in_the_database_is_told_in_words(
    clachan: Place, convener_browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import IntegrityError

    from placeweave.thread.views import place as pages_of_place

    def clash(*_given: object) -> None:
        raise IntegrityError("duplicate key value violates secret_constraint")

    monkeypatch.setattr(pages_of_place, "render", clash)
    answer = convener_browser.get(f"/p/{clachan.slug}/monday/")
    assert answer.status_code == 409
    assert "same moment" in answer.content.decode()
    assert "secret_constraint" not in answer.content.decode()
