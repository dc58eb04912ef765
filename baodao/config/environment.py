"""Strict reading of the environment: configuration comes from nowhere else, and a misspelt name is refused."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

KNOWN: dict[str, str] = {
    "BAODAO_TODAY": "The clock's day (YYYY-MM-DD); refused where a town made by `new` exists.",
    "BAODAO_BIND": "The address the server listens on (127.0.0.1); only loopback while demo logins exist.",
    "BAODAO_HTTPS": "1 behind TLS: secure cookies and HSTS (on by itself when SITE_URL begins with https).",
    "BAODAO_HOSTS": "Host names the server answers to, parted by commas (all).",
    "BAODAO_DEBUG": "1 for work on the program: detailed errors, static files unhashed. Never in production.",
    "BAODAO_TESTING": "1 in the test run: quick password hashes, tasks at once.",
    "BAODAO_TEST_POSTGRES": "The PostgreSQL address the tests use.",
    "BAODAO_REQUIRE_ALL": "1 makes a missing test suite an error (set by .ci/run).",
}
#: What every program of this kind calls the same; not checked for misspelling.
USUAL: dict[str, str] = {
    "DATA_DIR": "Keys, the SQLite file, backups, erasures.log, static files (data/).",
    "DATABASE_URL": "sqlite:///path or postgresql://user:password@host:port/name (sqlite:///$DATA_DIR/baodao.sqlite3).",
    "PORT": "The server's port (8000).",
    "SITE_URL": "What QR codes and links begin with (http://127.0.0.1:$PORT).",
    "SECRET_KEY": "Signs sessions and form tokens; without it a file in DATA_DIR/keys is made once.",
    "SECRET_KEY_FILE": "A file that holds it.",
}


def refuse_unknown() -> None:
    """A BAODAO_ name that means nothing is a mistake somebody would look for all night."""
    unknown = sorted(name for name in os.environ if name.startswith("BAODAO_") and name not in KNOWN)
    if unknown:
        raise ImproperlyConfigured(f"unknown setting: {', '.join(unknown)}; known: {', '.join(sorted(KNOWN))}")


def flag(name: str, default: bool = False) -> bool:
    """1/0, true/false, yes/no; anything else is refused."""
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    if raw.lower() in {"1", "true", "yes"}:
        return True
    if raw.lower() in {"0", "false", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} is {raw!r}; write 1 or 0")


def day(name: str) -> date | None:
    """A date YYYY-MM-DD, or None when unset."""
    raw = os.environ.get(name)
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {raw!r}; write YYYY-MM-DD") from None


def port(name: str, default: int) -> int:
    """A TCP port; anything else is refused."""
    raw = os.environ.get(name)
    if not raw:
        return default
    if not (raw.isascii() and raw.isdigit() and 0 < int(raw) < 65536):
        raise ImproperlyConfigured(f"{name} is {raw!r}; write a number from 1 to 65535")
    return int(raw)


def secret_key(data_dir: Path) -> str:
    """SECRET_KEY, or the file SECRET_KEY_FILE, or a file made once in the data folder (readable by its owner only)."""
    if raw := os.environ.get("SECRET_KEY"):
        return raw
    path = Path(os.environ.get("SECRET_KEY_FILE") or data_dir / "keys" / "secret_key")
    if path.exists():
        return path.read_text().strip()
    import secrets

    from baodao.base.crypto import made_once

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made_once(path, lambda: secrets.token_urlsafe(48).encode()).decode().strip()


SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;"
        "PRAGMA temp_store=MEMORY"
    ),
}


def database(data_dir: Path) -> dict[str, Any]:
    """DATABASE_URL as Django's setting: ``sqlite:///path`` or ``postgresql://user:password@host:port/name``."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'baodao.sqlite3'}"
    return database_from_url(url)


def database_from_url(url: str) -> dict[str, Any]:
    """One address as Django's setting; raises ImproperlyConfigured for anything but the two databases we keep."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)
        name = path[1:] if path.startswith("//") else path
        name = path if path.startswith("/") and not path.startswith("//") else name
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS)}
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
        }
    raise ImproperlyConfigured(f"DATABASE_URL: {parts.scheme!r} is neither sqlite nor postgresql")
