"""All settings in one file, from the environment alone (docs/reference.md lists them)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF

from baodao.config import environment

environment.refuse_unknown()

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "baodao"
DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
(DATA_DIR / "keys").mkdir(exist_ok=True, mode=0o700)

TESTING = environment.flag("BAODAO_TESTING")
DEBUG = environment.flag("BAODAO_DEBUG")
TODAY = environment.day("BAODAO_TODAY")
PORT = environment.port("PORT", 8000)
SITE_URL = (os.environ.get("SITE_URL") or f"http://127.0.0.1:{PORT}").rstrip("/")
HTTPS = environment.flag("BAODAO_HTTPS", SITE_URL.startswith("https://"))
BIND = os.environ.get("BAODAO_BIND") or "127.0.0.1"

SECRET_KEY = environment.secret_key(DATA_DIR)
MASTER_KEY_FILE = DATA_DIR / "keys" / "master_key"
ALLOWED_HOSTS = [h for h in os.environ.get("BAODAO_HOSTS", "").split(",") if h] or ["*"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",  # before template_partials: both rewrite the loaders, written out below
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "baodao.domain.audit",
    "baodao.domain.calendar",
    "baodao.domain.orgs",
    "baodao.domain.accounts",
    "baodao.domain.documents",
    "baodao.domain.members",
    "baodao.domain.notices",
    "baodao.domain.needs",
    "baodao.domain.resources",
    "baodao.domain.posts",
    "baodao.domain.service",
    "baodao.domain.voices",
    "baodao.domain.matching",
    "baodao.domain.points",
    "baodao.domain.months",
    "baodao.web.frame",
    "baodao.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "baodao.web.frame.middleware.Troubles",
    "baodao.web.frame.middleware.Sessions",
    "baodao.web.frame.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "baodao.web.frame.middleware.Acting",
    "baodao.web.frame.middleware.FormKeys",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "baodao.config.urls"
WSGI_APPLICATION = "baodao.config.wsgi.application"
FORM_RENDERER = "baodao.web.frame.renderer.Renderer"

_LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django_cotton.cotton_loader.Loader",
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "templates",
            *(PACKAGE / "web" / face / "templates" for face in ("board", "mine", "desk", "unit", "town", "admin", "setup")),
        ],
        "OPTIONS": {
            "loaders": _LOADERS,
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "baodao.web.frame.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "baodao.web.frame.templatetags.baodao",
            ],
        },
    }
]
COTTON_DIR = "cotton"

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if TESTING else "baodao.config.hashers.Argon2",
]
LOGIN_URL = "/login/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = False
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "baodao.web.frame.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if "://" in SITE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("ug", "ئۇيغۇرچە"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # ours and the vendored, no package's own
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING or DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# uploads are personal: held in memory only, never in a clear temporary file
FILE_UPLOAD_HANDLERS = ["baodao.web.frame.uploads.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 22 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# figures that are dear to count, kept in each process until something is done (never pages, never anything personal)
CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if TESTING else 'locmem.LocMemCache'}"}}

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"baodao": {"level": "INFO"}, "django.request": {"level": "ERROR"}, "psycopg.pool": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
