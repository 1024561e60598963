"""Whatever is typed, sent or put into an address: an answer in words, never a server error."""

from __future__ import annotations

from itertools import cycle
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from placeweave.kit.models import Account
from placeweave.places.models import Place
from tests.attacks.walk import FORM, addresses, attempt, broken, field_names, filled, forms_of

BEYOND = [str(2**31), str(2**63), "9" * 18, "9" * 40, "-1", "0", "1e400", "NaN", "٣٤"]
TEXTS: dict[str, bytes] = {
    "NUL": b"a\0b",
    "over-long": b"x" * 70_000,
    "another direction": "\u202eabc\u2066".encode(),
    "emoji": "👩🏽‍🚒🏴󠁧󠁢󠁳󠁣󠁴󠁿".encode(),
    "half a character": b"a\xed\xa0\x80b\xff",
    "markup": b"<script>alert(1)</script>{{ 7|add:7 }}%s",
    "a wrong day": b"2026-02-31",
    "the end of days": b"9999-99-99",
    "nothing but space": "\u200b\u00a0 ".encode(),
    **{f"number {one}": one.encode() for one in BEYOND},
}
POSTED = list(TEXTS.items())


def encoded(values: dict[str, Any]) -> bytes:
    pairs = [(name, one) for name, value in values.items() for one in (value if isinstance(value, list) else [value])]
    spoken = [(name, one if isinstance(one, bytes) else str(one).encode()) for name, one in pairs]
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in spoken).encode()


def send(client: Client, address: str, values: dict[str, Any]) -> Any:
    return attempt(client, "post", address, data=encoded(values), content_type=FORM)


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(4))
def test_every_field_of_every_form_with_what_does_not_belong_there(
    turn: int, clachan: Place, convener_browser: Client
) -> None:
    """Each turn puts another value into each field, so that no two fields are wrong in the same way."""
    names = field_names()
    values = [value for _what, value in POSTED]
    sent = {name: values[(number * 7 + turn * 5) % len(values)] for number, name in enumerate(names)}
    found = {name: send(convener_browser, one, sent) for name, one in addresses(clachan).items()}
    assert not broken(found)


@pytest.mark.slow
def test_one_field_at_a_time_in_a_form_that_is_otherwise_sound(clachan: Place, convener_browser: Client) -> None:
    """A form whose every field is wrong stops at the first; here each wrong value reaches as far as it can."""
    wrong, turn = [], 0
    for name, address in addresses(clachan).items():
        for form in forms_of(attempt(convener_browser, "get", address)):
            sound = filled(form)
            for field in form.fields:
                for _time in range(3):
                    turn += 1
                    what, value = POSTED[turn % len(POSTED)]
                    answer = send(convener_browser, address, {**sound, field: value})
                    wrong += broken({f"{name} with {what} in {field}": answer})
    assert turn > 300
    assert not wrong, "\n".join(wrong)


def test_a_form_with_nothing_in_it_is_answered_in_words(clachan: Place, convener_browser: Client) -> None:
    assert not broken({name: send(convener_browser, one, {}) for name, one in addresses(clachan).items()})


def test_a_file_where_words_belong_and_words_where_a_file_belongs(clachan: Place, convener_browser: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    found = {}
    for name, address in addresses(clachan).items():
        files = {field: SimpleUploadedFile("a.csv", b"text\nx\n") for field in field_names()}
        found[name] = attempt(convener_browser, "post", address, data=files)
    assert not broken(found)


def test_a_body_that_is_no_form(clachan: Place, convener_browser: Client) -> None:
    kinds = (FORM, "application/json", "multipart/form-data; boundary=x", "multipart/form-data")
    bodies = (b"\xff\xfe{", b"a=1&" * 2_000)
    found = {}
    for number, (name, address) in enumerate(addresses(clachan).items()):
        kind, body = kinds[number % len(kinds)], bodies[number // len(kinds) % len(bodies)]
        found[f"{name} as {kind}"] = attempt(convener_browser, "post", address, data=body, content_type=kind)
    assert not broken(found)


@pytest.mark.parametrize(
    "path",
    [
        "/p/%00/",
        "/p/clachan/%00/",
        "/mine/%00/",
        "/p/" + "x" * 3000 + "/",
        "/%ff/",
        "/join/../",
        "/p/clachan/trace/x/1/",
    ],
)
def test_an_address_that_leads_nowhere(path: str, clachan: Place, convener_browser: Client) -> None:
    answer = attempt(convener_browser, "get", path)
    assert answer.status_code in {400, 404, 429}  # private links answer anybody only so often
    assert "Traceback" not in answer.content.decode()


def test_other_methods_are_not_taken_and_change_nothing(clachan: Place, convener_browser: Client) -> None:
    """Each address is asked in one of the other ways: all stand at one door, which looks at no address."""
    from placeweave.kit.models import AuditEntry

    before, asked = AuditEntry.objects.count(), cycle(("put", "delete", "patch", "options", "trace"))
    found = {name: getattr(convener_browser, next(asked))(one) for name, one in addresses(clachan).items()}
    assert {(one.status_code, one.headers["Allow"]) for one in found.values()} == {(405, "GET, HEAD, POST")}
    assert AuditEntry.objects.count() == before


def test_a_form_from_elsewhere_is_refused_on_a_page_of_ours(clachan: Place, db: None) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(Account.objects.get(email="convener@own.example"))
    wrong = []
    for name, address in addresses(clachan).items():
        answer = attempt(client, "post", address)
        if answer.status_code != 405 and not (answer.status_code == 403 and "<h1" in answer.content.decode()):
            wrong.append(f"{name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
