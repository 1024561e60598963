"""Settings of an installation: everything that differs between two of them comes from the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("PLACEWEAVE_HOME", "var")).resolve()
"""The one folder that holds all an installation keeps: database, uploads, secret key, logs."""

DEMO = os.environ.get("PLACEWEAVE_DEMO") == "1"
"""A demonstration: sign-in links are shown, and nobody is asked for a second factor."""

DEBUG = os.environ.get("PLACEWEAVE_DEBUG") == "1"


def _secret_key() -> str:
    """Read the key this installation made for itself, making it at the first start."""
    if given := os.environ.get("PLACEWEAVE_SECRET_KEY"):
        return given
    path = HOME / "secret-key"
    HOME.mkdir(mode=0o700, parents=True, exist_ok=True)  # what lies in it is nobody else's to read
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
PUBLIC_URL = os.environ.get("PLACEWEAVE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("PLACEWEAVE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

INSTALLED_APPS = [
    "placeweave.thread",
    "placeweave.action",
    "placeweave.jigsaw",
    "placeweave.themes",
    "placeweave.listening",
    "placeweave.gatherings",
    "placeweave.places",
    "placeweave.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "placeweave.kit.middleware.security_headers",
    "placeweave.kit.middleware.own_clock",
    "placeweave.kit.middleware.refuse_nul",
    "placeweave.kit.middleware.refuse_other_methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "placeweave.kit.middleware.domain_errors",
]

ROOT_URLCONF = "placeweave.urls"
WSGI_APPLICATION = "placeweave.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["placeweave.kit.templatetags.kit", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "placeweave.kit.forms.HouseRenderer"

# --- Database -------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'placeweave.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # FULL: nothing is acknowledged that a power cut could take back. secure_delete: withdrawn words are overwritten.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # PostgreSQL would translate larger queries into machine code, which takes longer than any of ours runs.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
else:
    raise ImproperlyConfigured("DATABASE_URL must name a SQLite file or a PostgreSQL database.")

# Rate limits must hold across threads and processes, so they are counted in the database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kit_cache", "TIMEOUT": 3600},
    # What one process remembers for a moment and never writes down: who comes to a voting leaves no address anywhere.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}

# --- Who may sign in ------------------------------------------------------------------------------

AUTH_USER_MODEL = "kit.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "placeweave.places.adapter.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_TIMEOUT = 20 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to who is not a member
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "request_login_code": "placeweave.places.forms.signin.AddressForm",
    "confirm_login_code": "placeweave.places.forms.signin.CodeForm",
}
# Counted by address, where a whole workshop may sit behind one, and by the e-mail that is asked for.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PLACEWEAVE_PROXIES", "0"))
ACCOUNT_RATE_LIMITS = {"request_login_code": "60/m/ip,5/900s/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "placeweave"
MFA_FORMS = {
    "authenticate": "placeweave.places.forms.signin.SecondStepForm",
    "reauthenticate": "placeweave.places.forms.signin.SecondStepAgainForm",
    "activate_totp": "placeweave.places.forms.signin.FirstAppCodeForm",
}
REQUIRE_SECOND_FACTOR = not DEMO and os.environ.get("PLACEWEAVE_SECOND_FACTOR", "1") == "1"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# --- What a browser is allowed to do --------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PUBLIC_URL.startswith("https://"):
    SECURE_SSL_REDIRECT = os.environ.get("PLACEWEAVE_SSL_REDIRECT", "1") == "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

MAP_TILES = os.environ.get("PLACEWEAVE_MAP_TILES", "")
"""Where pictures of the ground beneath a map come from; empty, and no page asks anybody else for anything."""
MAP_TILES_ATTRIBUTION = os.environ.get("PLACEWEAVE_MAP_TILES_ATTRIBUTION", "")

# --- Work in the background -----------------------------------------------------------------------

MACHINE_SUGGESTIONS = os.environ.get("PLACEWEAVE_SUGGESTIONS", "1") == "1"
"""Whether a machine may suggest themes at all; nothing it suggests is ever taken up without a person."""
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
WORKER_PULSE_SECONDS = float(os.environ.get("PLACEWEAVE_WORKER_PULSE", "3"))
"""How often a worker says that it is alive; one that misses five times is held to be dead, and its task given away."""

# --- Files, languages, mail, logs -----------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
UPLOADS = HOME / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("gd", _("Scottish Gaelic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("PLACEWEAVE_TIME_ZONE", "Europe/London")

EMAIL_URL = os.environ.get("PLACEWEAVE_SMTP", "")
if EMAIL_URL:
    from urllib.parse import unquote, urlsplit

    _smtp = urlsplit(EMAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "localhost", _smtp.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
    EMAIL_TIMEOUT = 20
    EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
else:
    # Without a mail server, mail is kept as files so that a first installation can still sign in.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("PLACEWEAVE_MAIL_FROM", "placeweave@localhost")

SIGN_UPS_KEPT_DAYS = int(os.environ.get("PLACEWEAVE_SIGN_UPS_KEPT_DAYS", "90"))
"""How many days after a session the names and addresses of those who signed up are erased."""
NEEDS_KEPT_DAYS = int(os.environ.get("PLACEWEAVE_NEEDS_KEPT_DAYS", "14"))
"""The same for what they need to take part, and what they eat."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("PLACEWEAVE_LOG_LEVEL", "WARNING")},
}
