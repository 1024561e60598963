"""The pages of signing in stand in our frame, in our words."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from placeweave.kit.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return Account.objects.create_user("ann@example.org", name="Ann")


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_signing_in_needs_an_address_and_no_password(client: Client) -> None:
    html = page(client, "/account/login/")
    assert "<h1>Sign in</h1>" in html
    assert 'name="login"' in html
    assert 'type="password"' not in html


def test_every_page_of_signing_in_has_one_heading_and_no_inline_style(client: Client, account: Account) -> None:
    for address in ("/account/login/", "/account/login/code/", "/account/signup/", "/account/inactive/"):
        html = page(client, address)
        assert html.count("<h1") == 1, address
        assert not re.search(r"\sstyle=", html), address
    client.force_login(account)
    for address in ("/account/2fa/", "/account/2fa/totp/activate/", "/account/logout/", "/account/email/"):
        html = page(client, address)
        assert html.count("<h1") == 1, address
