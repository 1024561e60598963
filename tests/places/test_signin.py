"""Signing in: a code by e-mail, a second step for those who see confidences, and nothing with passwords."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from placeweave.kit.access import Standing
from placeweave.places.models import Member, Place
from tests import factories

pytestmark = pytest.mark.django_db


def ask_for_code(browser: Client, email: str) -> str:
    response = browser.post(reverse("account_login"), {"email": email}, follow=True)
    return response.content.decode()


def code_in(mail: str) -> str:
    found = re.search(r"^([A-Z0-9]{4}-?[A-Z0-9]{4}|[A-Z0-9]{6})$", mail, re.MULTILINE)
    assert found, mail
    return found.group(1)


def sign_in(browser: Client, member: Member, mailoutbox: list) -> object:
    ask_for_code(browser, member.account.email)
    code = code_in(mailoutbox[-1].body)
    return browser.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})


def test_a_member_signs_in_with_a_code_from_their_mail(convener: Member, mailoutbox: list) -> None:
    browser = Client()
    response = sign_in(browser, convener, mailoutbox)
    assert response.status_code == 302
    assert mailoutbox[-1].to == [convener.account.email]
    assert browser.get(reverse("places:about", args=[convener.place.slug])).status_code == 200


def test_the_code_is_not_in_the_subject_where_a_locked_screen_shows_it(convener: Member, mailoutbox: list) -> None:
    ask_for_code(Client(), convener.account.email)
    assert code_in(mailoutbox[-1].body) not in mailoutbox[-1].subject


def test_capitals_in_the_address_and_small_letters_in_the_code_do_not_matter(
    convener: Member, mailoutbox: list
) -> None:
    browser = Client()
    ask_for_code(browser, convener.account.email.upper())
    code = code_in(mailoutbox[-1].body).lower().replace("-", " ")
    response = browser.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})
    assert response.status_code == 302


def test_an_unknown_address_reads_the_same_as_a_known_one(convener: Member, mailoutbox: list) -> None:
    known = ask_for_code(Client(), convener.account.email).replace(convener.account.email, "X")
    sent = len(mailoutbox)
    unknown = ask_for_code(Client(), "nobody@example.org").replace("nobody@example.org", "X")
    keyless = re.compile(r'(value|nonce)="[^"]{20,}"|nonce="[^"]+"')
    assert keyless.sub("", known) == keyless.sub("", unknown)
    assert len(mailoutbox) == sent, "a stranger is not written to"


def test_a_wrong_code_says_one_sentence_for_known_and_unknown_alike(convener: Member) -> None:
    answers = []
    for email in (convener.account.email, "nobody@example.org"):
        browser = Client()
        ask_for_code(browser, email)
        response = browser.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA", "action": "verify"})
        answers.append("This code does not fit." in response.content.decode())
    assert answers == [True, True]


def test_a_closed_account_gets_no_code(convener: Member, mailoutbox: list) -> None:
    convener.account.is_active = False
    convener.account.save()
    ask_for_code(Client(), convener.account.email)
    assert mailoutbox == []


def test_three_wrong_codes_end_the_try(convener: Member, mailoutbox: list) -> None:
    browser = Client()
    ask_for_code(browser, convener.account.email)
    for _ in range(3):
        browser.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA", "action": "verify"})
    code = code_in(mailoutbox[-1].body)
    browser.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})
    assert "_auth_user_id" not in browser.session


def test_asking_for_codes_again_and_again_is_slowed_down(convener: Member, mailoutbox: list) -> None:
    for _ in range(7):
        ask_for_code(Client(), convener.account.email)
    assert len(mailoutbox) == 5


def test_a_code_leads_back_to_the_page_that_was_asked_for(convener: Member, mailoutbox: list) -> None:
    browser = Client()
    wanted = reverse("places:members", args=[convener.place.slug])
    door = browser.get(wanted)
    page = browser.get(door.url)
    assert f'value="{wanted}"' in page.content.decode()
    browser.post(reverse("account_login"), {"email": convener.account.email, "next": wanted})
    code = code_in(mailoutbox[-1].body)
    address = reverse("account_confirm_login_code")
    response = browser.post(address, {"code": code, "action": "verify", "next": wanted})
    assert response.url == wanted


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "password/change/", "password/set/", "email/"])
def test_there_is_no_page_with_a_password(path: str, convener: Member, client_for: Callable[[Member], Client]) -> None:
    assert client_for(convener).get(f"/account/{path}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_no_address_of_a_password_page_exists(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_nul_in_the_address_or_the_code_is_an_error_and_not_a_breakdown(convener: Member) -> None:
    browser = Client()
    assert browser.post(reverse("account_login"), {"email": "a\x00b@example.org"}).status_code == 200
    ask_for_code(browser, convener.account.email)
    answer = browser.post(reverse("account_confirm_login_code"), {"code": "\x00", "action": "verify"})
    assert answer.status_code == 200


# --- The second step ------------------------------------------------------------------------------


def with_second_step(member: Member) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(member.account, secret)
    RecoveryCodes.activate(member.account)
    return secret


def totp_now(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.mark.parametrize("standing", [Standing.CONVENER])
def test_a_convener_must_set_up_a_second_step(
    member_with: Callable[..., Member],
    client_for: Callable[[Member], Client],
    settings: LazySettings,
    standing: Standing,
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    member = member_with(standing)
    browser = client_for(member)
    response = browser.get(reverse("places:about", args=[member.place.slug]))
    assert response.url == reverse("mfa_index")
    assert browser.get(response.url).status_code == 200
    with_second_step(member)
    assert browser.get(reverse("places:about", args=[member.place.slug])).status_code == 200


def test_a_partner_needs_no_second_step(
    member_with: Callable[..., Member], client_for: Callable[[Member], Client], settings: LazySettings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    member = member_with(Standing.PARTNER)
    assert client_for(member).get(reverse("places:about", args=[member.place.slug])).status_code == 200


def test_a_steward_must_set_up_a_second_step(settings: LazySettings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    steward = factories.AccountFactory(is_steward=True)
    browser = Client()
    browser.force_login(steward)
    assert browser.get(reverse("places:place_add")).url == reverse("mfa_index")


@pytest.mark.django_db(transaction=True)
def test_the_second_step_is_set_up_in_the_browser_and_gives_recovery_codes(
    convener: Member, client_for: Callable[[Member], Client]
) -> None:
    browser = client_for(convener)
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    secret = browser.session["mfa.totp.secret"]
    assert secret in page
    response = browser.post(reverse("mfa_activate_totp"), {"code": totp_now(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    assert Authenticator.objects.filter(user=convener.account).count() == 2
    assert browser.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert browser.get(reverse("mfa_index")).status_code == 200


def test_a_mailbox_alone_does_not_open_an_account_with_a_second_step(convener: Member, mailoutbox: list) -> None:
    secret = with_second_step(convener)
    browser = Client()
    response = sign_in(browser, convener, mailoutbox)
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in browser.session
    assert browser.get(response.url).status_code == 200
    browser.post(reverse("mfa_authenticate"), {"code": totp_now(secret)})
    assert browser.session["_auth_user_id"] == str(convener.account_id)


def test_a_recovery_code_stands_in_for_the_phone(convener: Member, mailoutbox: list) -> None:
    with_second_step(convener)
    codes = Authenticator.objects.get(user=convener.account, type="recovery_codes").wrap().get_unused_codes()
    browser = Client()
    sign_in(browser, convener, mailoutbox)
    browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert browser.session["_auth_user_id"] == str(convener.account_id)


def test_signing_out_is_one_button(place: Place, convener: Member, client_for: Callable[[Member], Client]) -> None:
    browser = client_for(convener)
    assert browser.get(reverse("account_logout")).status_code == 200
    browser.post(reverse("account_logout"))
    assert "_auth_user_id" not in browser.session
