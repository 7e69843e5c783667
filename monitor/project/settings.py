"""Django settings. Everything variable comes from :mod:`monitor.project.config`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url

from monitor.domain.errors import Refused
from monitor.project.config import Config

CONFIG = Config.from_environment()


def _secret_key(path: Path) -> str:
    """A key kept beside the ledger, made at the first start and readable by its owner only."""
    if os.environ.get("DUBAN_SECRET_KEY"):
        return os.environ["DUBAN_SECRET_KEY"]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def _sqlite_sync() -> str:
    """How hard SQLite waits for the disk: a replay's ledger is thrown away, every other must outlive a power cut."""
    wanted = os.environ.get("DUBAN_SQLITE_SYNC", "FULL").upper()
    if wanted not in ("FULL", "NORMAL", "OFF"):
        raise Refused(f"DUBAN_SQLITE_SYNC={wanted} is unknown", mend="use FULL, NORMAL or OFF")
    return wanted


def _database(url: str) -> dict[str, Any]:
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if settings["ENGINE"].endswith("sqlite3"):
        # WAL lets the web page read while the worker writes; IMMEDIATE takes the write lock at once, so a transaction
        # never fails half-way because another one wrote first.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={_sqlite_sync()}; PRAGMA foreign_keys=ON",
        }
    return settings


SECRET_KEY = _secret_key(CONFIG.home / "secret-key")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DUBAN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
INSTALLED_APPS = ["django.contrib.humanize", "monitor.ledger", "monitor.office"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "monitor.office.security.PageHeaders",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CSRF_FAILURE_VIEW = "monitor.office.views.errors.forged"
ROOT_URLCONF = "monitor.project.urls"
WSGI_APPLICATION = "monitor.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "monitor.office.environment.environment"},
    }
]
DATABASES = {"default": _database(CONFIG.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("DUBAN_LOG", "WARNING")},
}
