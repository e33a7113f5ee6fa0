"""Django's settings. What differs from room to room comes from the environment, which ``tracktwo serve`` fills.

``TRACKTWO_HOME``: the folder of the room. ``DATABASE_URL``: PostgreSQL instead of the file there. ``TRACKTWO_HOSTS``:
names the room answers to. ``TRACKTWO_SECURE``: 1 where it is reached by HTTPS.
``TRACKTWO_DEMO``: 1 where the talks are fictional and anybody may take any seat.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from csp.constants import NONE, SELF

from tracktwo.room import keys

HERE = Path(__file__).parent
HOME = Path(os.environ.get("TRACKTWO_HOME", "."))
SECURE = os.environ.get("TRACKTWO_SECURE") == "1"
DEMO = os.environ.get("TRACKTWO_DEMO") == "1"

try:
    SECRET_KEY = keys.current().derived("django").hex()
except keys.KeysError:  # no room is open: commands that need none
    SECRET_KEY = os.urandom(32).hex()

DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("TRACKTWO_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
INSTALLED_APPS = ["django.contrib.staticfiles", "tracktwo.room"]
MIDDLEWARE = [
    "tracktwo.room.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracktwo.room.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "tracktwo.room.middleware.same_origin",
    "tracktwo.room.middleware.viewer",
    "tracktwo.room.middleware.reader",
    "tracktwo.room.middleware.Answers",
    "tracktwo.room.middleware.once",
]
ROOT_URLCONF = "tracktwo.room.urls"
WSGI_APPLICATION = "tracktwo.room.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            HERE / "templates",
            *(HERE / folder / "templates" for folder in ("people", "concerns", "drafting", "closing", "disclosure")),
            Path(django.__file__).parent / "forms" / "templates",  # those of the widgets
        ],
        "OPTIONS": {
            "context_processors": ["tracktwo.room.context.room"],
            "builtins": ["tracktwo.room.templatetags.room"],
            "string_if_invalid": "",
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
        },
    }
]
FORM_RENDERER = "tracktwo.room.forms.Renderer"

# PRAGMAs: what is acknowledged survives a power cut, and what is deleted is overwritten
SQLITE = {
    "ENGINE": "tracktwo.room.sqlite",
    "NAME": HOME / "room.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;",
    },
    "CONN_MAX_AGE": None,
}


def _database(url: str | None) -> dict[str, Any]:
    if not url:
        return SQLITE
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise keys.KeysError("DATABASE_URL must begin with postgresql://; without it the room uses a file of SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL"))}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # words are said in both languages where they are said (words.py)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

SESSION_ENGINE = "tracktwo.room.sessions"
SESSION_COOKIE_NAME = "room"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = SECURE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 30 * 60
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 << 20
APPEND_SLASH = False

# no access log; errors are told by their kind and place, without parameters, identifiers or addresses
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "tracktwo.room.logs.Bare"}},
    "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "bare", "level": "ERROR"}},
    "loggers": {
        "django": {"handlers": ["error"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": ["error"], "level": "ERROR", "propagate": False},
        "tracktwo": {"handlers": ["error"], "level": "ERROR", "propagate": False},
    },
}
