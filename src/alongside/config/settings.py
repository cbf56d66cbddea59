"""Settings of a site. What differs between sites comes from the environment; nothing here reads a secret from code.

ALONGSIDE_DATA       folder for the SQLite file and the key (default: ``site`` in the working folder)
ALONGSIDE_SECRET_KEY the key that signs cookies; without it the file ``secret-key`` in the data folder is used
ALONGSIDE_PRIVATE_KEYS  keys of what is somebody's own (people/keys.py); without it the file ``private-keys``
ALONGSIDE_HOSTS      host names the site answers to, separated by commas
ALONGSIDE_URL        where the site is reached, for links in mails that the tick sends (default: the first host name)
DATABASE_URL         postgresql://user:password@host:port/name; without it SQLite in the data folder
ALONGSIDE_MAIL       smtp://user:password@host:port; without it mails are printed to the terminal
ALONGSIDE_MAIL_FROM  sender of the site's mails
ALONGSIDE_UPLOAD_MB  the most that can be sent at once, in megabytes (default: 21)
ALONGSIDE_HTTPS      1 where the site is reached by https (cookies are then marked secure)
ALONGSIDE_DEMO       1 in the demo only: sign in as the demo's people with one click
"""

import os
from pathlib import Path

from alongside.config.addresses import database, mail

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("ALONGSIDE_DATA", "site")).resolve()
DEMO = os.environ.get("ALONGSIDE_DEMO") == "1" and DATA.name == ".demo"  # never beside real people
HTTPS = os.environ.get("ALONGSIDE_HTTPS") == "1"

DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALONGSIDE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_URL = os.environ.get("ALONGSIDE_URL", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}").rstrip("/")


def _secret(variable: str, file: str) -> str:
    """From the environment, or from a file of the data folder; empty without both."""
    kept = DATA / file
    return os.environ.get(variable) or (kept.read_text(encoding="ascii").strip() if kept.exists() else "")


SECRET_KEY = _secret("ALONGSIDE_SECRET_KEY", "secret-key")
PRIVATE_KEYS = _secret("ALONGSIDE_PRIVATE_KEYS", "private-keys")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "alongside.people",
    "alongside.assessment",
    "alongside.planning",
    "alongside.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "alongside.web.uploads.UploadLimit",  # before all that reads what was sent
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.web.access.AccessMiddleware",
]

ROOT_URLCONF = "alongside.web.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # before the apps' own, so that allauth's pages wear our frame
        "DIRS": [PACKAGE / "web" / "templates", PACKAGE / "documents" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.web.frame.frame",
            ],
            "builtins": ["alongside.web.templatetags.words"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA / "alongside.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts. Having an account here can reveal health: no page tells whether an address has one.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "alongside.web.account_forms.EvenSignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # another address for mails takes the password: it could take the account over
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Alongside"

# Wrong passwords are slowed down by allauth: five in five minutes for an address, ten a minute from one place.
# It counts in memory and keeps nothing of an attempt.

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # in a cookie they would stay readable

EVENT_DAYS = 3650  # how long the record of who did what is kept; the database refuses to delete it before

MOST_UPLOAD = int(os.environ.get("ALONGSIDE_UPLOAD_MB", "21")) * 1_000_000  # bytes; a table may have 20 million

MAILS_A_DAY = 6000  # what one account can cause: addresses of a round, invitations of a whole organisation

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("nl", "Nederlands"),
    ("nb", "Norsk bokmål"),
    ("pl", "Polski"),
    ("el", "Ελληνικά"),
]
DRAFT_LANGUAGES = {"de", "nl", "nb", "pl", "el"}  # made by a machine; no native speaker has read them yet
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = "alongside.config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # no collectstatic: a site is one command
WHITENOISE_MAX_AGE = 600

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"  # with "no-referrer" browsers hide the origin of our own forms too
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # https comes from a proxy in front, which knows where people come from
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

globals().update(mail(os.environ.get("ALONGSIDE_MAIL", "")))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("ALONGSIDE_MAIL_FROM", "Alongside <alongside@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "alongside.config.quiet.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
