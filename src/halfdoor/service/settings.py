"""
Settings of the service, read from the environment.

| variable              | meaning                                                          | default               |
|-----------------------|------------------------------------------------------------------|-----------------------|
| `HALFDOOR_DEMO`       | 1: an invented practice, sign-in without password, plain http    | 0                     |
| `HALFDOOR_SECRET_KEY` | signs cookies; required outside the demo                         | none                  |
| `HALFDOOR_HOSTS`      | host names served, by comma                                      | localhost, 127.0.0.1  |
| `HALFDOOR_DATA`       | folder for database and keys                                     | `.local` here         |
| `HALFDOOR_JOURNAL`    | folder of the second journal, on another disk than the database  | `journal` in `DATA`   |
| `HALFDOOR_DATABASE`   | `postgresql://user:password@host:port/name`                      | SQLite in that folder |
| `HALFDOOR_DATABASE_OWNER` | the same with the role that owns the tables; for upgrade,    | that of the service   |
|                       | backup and restore alone, never where the service runs           |                       |
| `HALFDOOR_MAIL`       | `smtp://user:password@host:port`, or `smtps://…`                 | none sent; demo: files|
| `HALFDOOR_MAIL_FROM`  | whom mail comes from: an address that names no service           | `no-reply@localhost`  |
| `HALFDOOR_ROOT_COMMAND`| what prints the root key; `{version}` in it is the number     | none: a file in DATA  |
| `HALFDOOR_STOLEN_PASSWORDS` | a list of stolen passwords, as SHA-1, in order           | only usual ones       |
| `HALFDOOR_LEDGER_MAIL`| who keeps the day's checkpoint of the ledger: addresses, by comma| none                  |
| `HALFDOOR_DEBUG`      | 1: Django's debug pages; refused outside the demo                | 0                     |

What is secret can lie in a file that another variable names: `HALFDOOR_SECRET_KEY_FILE`, `HALFDOOR_DATABASE_FILE`,
`HALFDOOR_DATABASE_OWNER_FILE`, `HALFDOOR_MAIL_FILE`.
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core import starting

SERVICE = Path(__file__).parent

HALFDOOR_DEMO = os.environ.get("HALFDOOR_DEMO") == "1"
HALFDOOR_DATA = Path(os.environ.get("HALFDOOR_DATA", ".local")).absolute()
HALFDOOR_ROOT_COMMAND = os.environ.get("HALFDOOR_ROOT_COMMAND", "")
HALFDOOR_JOURNAL = Path(os.environ.get("HALFDOOR_JOURNAL", HALFDOOR_DATA / "journal")).absolute()
DEBUG = os.environ.get("HALFDOOR_DEBUG") == "1"
SECRET_KEY = starting.told("HALFDOOR_SECRET_KEY") or (starting.demo_secret(HALFDOOR_DATA) if HALFDOOR_DEMO else "")
ALLOWED_HOSTS = os.environ.get("HALFDOOR_HOSTS", "localhost,127.0.0.1").split(",")

# The rooms, from the ground up.
ROOMS = [
    "core",
    "web",
    "accounts",
    "people",
    "documents",
    "agreements",
    "disclosures",
    "requests",
    "training",
    "safeguarding",
    "notes",
    "engagement",
    "messages",
    "records",
    "portals",
]

# Rooms come first, so that their templates and commands win over those of the packages they build on.
INSTALLED_APPS = [
    *(f"halfdoor.service.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "halfdoor.service.web.flash.FlashConfig",  # django.contrib.messages, under a label of its own
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "csp",
]

MIDDLEWARE = [
    "halfdoor.service.core.headers.Headers",
    "halfdoor.service.core.headers.NotForOtherSites",
    "halfdoor.service.core.headers.NothingSentInTheClear",
    "halfdoor.service.core.first.BeforeTheFirstPage",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "halfdoor.service.core.spaces.SpaceCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "halfdoor.service.accounts.sessions.WithinOnePractice",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "halfdoor.service.accounts.sessions.OneSpaceOneSession",
    "halfdoor.service.accounts.interrupted.NothingTypedIsLost",
    "halfdoor.service.accounts.locality.InTheirTimeAndLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "halfdoor.service.core.keys.KeysForOneRequest",
    "halfdoor.service.disclosures.on_record.ReadOnceForOnePage",
    "halfdoor.service.people.midnight.CoversTurn",
    "halfdoor.service.disclosures.middleware.LooksLeaveALine",
    "halfdoor.service.core.audience.OnlyForItsAudience",
    "halfdoor.service.accounts.standing.FactorsFirst",
]

ROOT_URLCONF = "halfdoor.service.urls"
WSGI_APPLICATION = "halfdoor.service.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "halfdoor.service.web.templatetags.addressed"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

FORM_RENDERER = "halfdoor.service.web.widgets.Written"

DATABASES = {"default": starting.database(starting.told("HALFDOOR_DATABASE"), data=HALFDOOR_DATA)}
HALFDOOR_DATABASE_OWNER = starting.told("HALFDOOR_DATABASE_OWNER")
HALFDOOR_DATABASE_ROLE = DATABASES["default"].get("USER", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "halfdoor.service.core.tasks_backend.LeasedBackend"}}

# --- mail: a word that says nothing, and the ledger's checkpoint; see the room `messages`
globals().update(starting.mail(starting.told("HALFDOOR_MAIL"), data=HALFDOOR_DATA, demo=HALFDOOR_DEMO))
HALFDOOR_LEDGER_MAIL = [one.strip() for one in os.environ.get("HALFDOOR_LEDGER_MAIL", "").split(",") if one.strip()]
DEFAULT_FROM_EMAIL = os.environ.get("HALFDOOR_MAIL_FROM", "no-reply@localhost")

# --- who signs in
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["halfdoor.service.accounts.backends.PracticeBackend"]
PASSWORD_HASHERS = ["halfdoor.service.accounts.hashing.OneAtATime"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "halfdoor.service.accounts.passwords.NotStolen"},
    {"NAME": "halfdoor.service.accounts.passwords.NotTheSignInName"},
    {"NAME": "halfdoor.service.accounts.passwords.NotOverAndOver"},
]
HALFDOOR_STOLEN_PASSWORDS = os.environ.get("HALFDOOR_STOLEN_PASSWORDS", "")
ACCOUNT_ADAPTER = "halfdoor.service.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Each process counts requests by itself. Wrong passwords are counted in the database, by `accounts.guessing`.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": None}
# Between the password and the second step nobody is signed in, and it may not lie about for long.
ACCOUNT_LOGIN_TIMEOUT = 5 * 60
MFA_ADAPTER = "halfdoor.service.accounts.factor_secrets.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # with the device's own lock each time: `accounts.passkeys`
# A sign-in name is unique within its practice, and our backend asks for the practice.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# --- cookies: `core.spaces` adds the name of the space to both
SESSION_COOKIE_NAME = "session" if HALFDOOR_DEMO else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if HALFDOOR_DEMO else "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not HALFDOOR_DEMO
SESSION_ENGINE = "halfdoor.service.core.session_rows"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None
# In the session of its own door: in a cookie of its own, a word to staff would stand on a family's next page.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 60 * 60

# --- headers
SECURE_SSL_REDIRECT = not HALFDOOR_DEMO
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # a monitor is told yes or no, and not sent elsewhere
SECURE_HSTS_SECONDS = 0 if HALFDOOR_DEMO else 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not HALFDOOR_DEMO
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" would take the origin from our own forms too
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "report-uri": ["/reports/csp/"],
    }
}

# --- words and time
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", _("English (US)")), ("en-gb", _("English (UK)")), ("es", _("Spanish")), ("cy", _("Welsh"))]
LOCALE_PATHS = [SERVICE / "locale"]
LANGUAGE_COOKIE_NAME = "language" if HALFDOOR_DEMO else "__Host-language"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = not HALFDOOR_DEMO, True, "Strict"

# --- static files
STATIC_URL = "/static/"
STATIC_ROOT = None if HALFDOOR_DEMO else HALFDOOR_DATA / "static"
STATICFILES_FINDERS = [
    "halfdoor.service.web.stylesheets.WholeStyleSheets",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# The demo shows an edited file with the next page. A real service serves what was collected, by hash and for good.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = HALFDOOR_DEMO
WHITENOISE_MAX_AGE = 0 if HALFDOOR_DEMO else 60
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if HALFDOOR_DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    }
}

# --- logs: fields, never clinical text
LOGGING = starting.logging(quiet=HALFDOOR_DEMO)
