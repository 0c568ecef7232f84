"""The database that an address names: SQLite tuned for one machine, PostgreSQL for several."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from infitah.config.environment import EnvironmentRefused

# WAL lets readers read while one writes; FULL because acts are legal facts (decisions E17):
# with NORMAL a power cut may lose the last commits. The file is not mapped into memory: each
# commit of another connection would have the map undone and made anew, and a fault of the disk
# would end the process instead of being told.
SQLITE_START = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-4000;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA journal_size_limit=67108864;"
)

Settings = dict[str, object]


def sqlite(path: str) -> Settings:
    """Return Django's settings of the SQLite file at `path` (`:memory:` for one in memory)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_START,
        },
    }


def from_address(address: str, home: Path) -> Settings:
    """Return Django's settings for `DATABASE_URL`; empty means SQLite in `home`."""
    if not address:
        return sqlite(str(home / "infitah.sqlite3"))
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path) or ":memory:")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentRefused("DATABASE_URL must begin with sqlite:// or postgresql://.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
