"""The addresses of signing in: an e-mail address, a code, and for some a second step; nothing with passwords."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path("login/", account.request_login_code, name="account_login"),
    # allauth sends people back to this name when a code has run out.
    path("login/again/", RedirectView.as_view(pattern_name="account_login"), name="account_request_login_code"),
    path("login/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("second-step/", mfa.index, name="mfa_index"),
    path("second-step/code/", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-step/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-step/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-step/recovery/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
