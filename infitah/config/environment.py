"""The environment, read here and nowhere else, and typed (`docs/reference/environment.md`)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class EnvironmentRefused(Exception):
    """A variable holds what cannot be used; the message says which, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server, from `smtp://user:password@host:port` or `smtps://…` (`?starttls=1`)."""

    host: str
    port: int
    username: str
    password: str
    is_tls: bool
    is_starttls: bool


@dataclass(frozen=True, slots=True)
class Imap:
    """A mailbox that is read, from `imaps://user:password@host/INBOX` and its options.

    `community` is the key of the community that unmatched mail is for; `address` the mailbox's own
    address; `has_plus`: the server takes in `name+anything@domain` for `name@domain`.
    """

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    is_tls: bool = True
    is_starttls: bool = False
    community: str = ""
    address: str = ""
    has_plus: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """Every variable that the product knows; a field is None or empty where it is unset."""

    home: Path
    port: int
    hosts: tuple[str, ...]
    secret_key: str
    database_url: str
    storage_url: str
    smtp: Smtp | None
    imap: Imap | None
    mail_from: str
    mail_per_day: int
    url: str
    trusted_proxies: tuple[str, ...]
    keys_dir: Path
    workers: int
    clamd: str
    demo_password: str
    now: datetime | None
    meaning: bool
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    metrics_token: str
    fetch_evidence: bool

    @property
    def mail_domain(self) -> str:
        """The domain that names the messages of this installation."""
        return self.mail_from.rpartition("@")[2]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _number(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, "") or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise EnvironmentRefused(f"{name} must be a whole number from 1 up, not {text!r}.")
    return int(text)


def _instant(values: Mapping[str, str], name: str) -> datetime | None:
    text = values.get(name, "")
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise EnvironmentRefused(f"{name} must be an ISO 8601 instant, not {text!r}.") from error


def read_smtp(address: str) -> Smtp | None:
    """Return the server that `address` names, or None where it is empty."""
    if not address:
        return None
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise EnvironmentRefused("INFITAH_SMTP_URL must look like smtp://user:password@host:587.")
    options = dict(parse_qsl(parts.query))
    return Smtp(
        host=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
        is_starttls=options.get("starttls") == "1",
    )


def read_imap(address: str) -> Imap | None:
    """Return the mailbox that `address` names, or None where it is empty."""
    if not address:
        return None
    parts = urlsplit(address)
    user, folder = unquote(parts.username or ""), unquote(parts.path.strip("/")) or "INBOX"
    try:
        port = parts.port or (993 if parts.scheme == "imaps" else 143)
    except ValueError:
        port = 0
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not user or not port:
        raise EnvironmentRefused(
            "INFITAH_IMAP_URL must look like imaps://user:password@host:993/INBOX."
        )
    if not folder.isascii() or not folder.isprintable():
        raise EnvironmentRefused("INFITAH_IMAP_URL must name a folder in ASCII, such as INBOX.")
    options = dict(parse_qsl(parts.query))
    own = options.get("address") or (user if "@" in user else "")
    return Imap(
        host=parts.hostname,
        port=port,
        username=user,
        password=unquote(parts.password or ""),
        folder=folder,
        is_tls=parts.scheme == "imaps",
        is_starttls=options.get("starttls") == "1",
        community=options.get("community", ""),
        address=_bare(own, "INFITAH_IMAP_URL: its address"),
        has_plus=options.get("plus") == "1",
    )


def _bare(given: str, name: str) -> str:
    if given and ("@" not in given or any(mark in given for mark in "<>,\r\n ")):
        raise EnvironmentRefused(f"{name} must be one bare address, name@domain.")
    return given


def _sender(values: Mapping[str, str], url: str) -> str:
    given = _bare(values.get("INFITAH_MAIL_FROM", ""), "INFITAH_MAIL_FROM")
    return given or f"no-reply@{urlsplit(url).hostname or 'localhost'}"


def read(values: Mapping[str, str] = os.environ) -> Environment:
    """Return the environment; raises EnvironmentRefused on a value that cannot be used."""
    home = Path(values.get("INFITAH_HOME") or "var").resolve()
    port = _number(values, "PORT", 8000)
    url = values.get("INFITAH_URL", "").rstrip("/") or f"http://localhost:{port}"
    return Environment(
        home=home,
        port=port,
        hosts=_words(values.get("INFITAH_HOSTS", "")),
        secret_key=values.get("INFITAH_SECRET_KEY", ""),
        database_url=values.get("DATABASE_URL", ""),
        storage_url=values.get("INFITAH_STORAGE_URL", ""),
        smtp=read_smtp(values.get("INFITAH_SMTP_URL", "")),
        imap=read_imap(values.get("INFITAH_IMAP_URL", "")),
        mail_from=_sender(values, url),
        mail_per_day=_number(values, "INFITAH_MAIL_PER_DAY", 5000),
        url=url,
        trusted_proxies=_words(values.get("INFITAH_TRUSTED_PROXIES", "")),
        keys_dir=Path(values.get("INFITAH_KEYS_DIR") or home / "keys").resolve(),
        workers=_number(values, "INFITAH_WORKERS", 2),
        clamd=values.get("INFITAH_CLAMD", ""),
        demo_password=values.get("INFITAH_DEMO_PASSWORD", ""),
        now=_instant(values, "INFITAH_NOW"),
        meaning=values.get("INFITAH_MEANING", "on") != "off",
        oidc_issuer=values.get("INFITAH_OIDC_ISSUER", ""),
        oidc_client_id=values.get("INFITAH_OIDC_CLIENT_ID", ""),
        oidc_client_secret=values.get("INFITAH_OIDC_CLIENT_SECRET", ""),
        metrics_token=values.get("INFITAH_METRICS_TOKEN", ""),
        fetch_evidence=values.get("INFITAH_FETCH_EVIDENCE", "off") == "on",
    )
