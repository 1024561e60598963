"""How sign-in behaves: nobody makes an account unasked, and every refusal is the same sentence."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_SET_UP_AT = "second_step_set_up_at"
_MOMENT = 15 * 60


def note_set_up(request: HttpRequest, authenticator: Authenticator, **_signal: Any) -> None:
    """Remember in the session that a second step was set up in it; connected to allauth's signal."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session[_SET_UP_AT] = time.time()


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations, never from a sign-up form."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code does not fit. Check it against the newest e-mail, or ask for a new one."),
        "too_many_login_attempts": _("That was tried too often. Wait a few minutes, then ask for a new code."),
        "rate_limited": _("That was tried too often. Wait a few minutes, then ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: a convener's invitation is the way in."""
        return False

    def is_reauthentication_required(self, **_asked: object) -> bool:
        """Ask again only those who have a second step to be asked for: nobody has a password.

        Whoever set the step up a moment ago, in this very session, has just shown a code: it could not be used twice.
        """
        request = context.request
        if time.time() - request.session.get(_SET_UP_AT, 0) < _MOMENT:
            return False
        return bool(is_mfa_enabled(request.user))

    def get_reauthentication_methods(self, _user: object) -> list[dict[str, object]]:
        """Ask for the second step; a password, should an account have one, opens nothing here."""
        return [{"id": "mfa_reauthenticate", "url": reverse("mfa_reauthenticate")}]
