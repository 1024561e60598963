"""Signing in, in our own words: allauth's forms with labels a tired person understands."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext as _


def _speak(form: forms.Form, name: str, *, label: str, hint: str, **attributes: str) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, hint
    form.label_suffix = ""
    form.use_required_attribute = False
    field.error_messages["required"] = _("Fill in “%(label)s”.") % {"label": label}
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("The address your invitation came to. You need no password.")
        _speak(self, "email", label=_("Your e-mail address"), hint=hint, autocomplete="email", dir="ltr")
        self.fields["email"].error_messages["invalid"] = _("Write an e-mail address, like name@example.org.")


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, label=_("Code from the e-mail"), hint=_("Capital or small letters make no difference."))


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]
    """The code of the second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("The six digits your app shows now, or one of your recovery codes.")
        _code(self, label=_("Code from your app"), hint=hint)


class SecondStepAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The code of the second step, asked for again before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("The six digits your app shows now, or one of your recovery codes.")
        _code(self, label=_("Code from your app"), hint=hint)


class FirstAppCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a freshly set up app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, label=_("Code from your app"), hint=_("The six digits it shows now."))


def _code(form: forms.Form, *, label: str, hint: str) -> None:
    _speak(
        form,
        "code",
        label=label,
        hint=hint,
        autocomplete="one-time-code",
        autocapitalize="characters",
        spellcheck="false",
        dir="ltr",
        **{"class": "ds_input--code"},
    )
