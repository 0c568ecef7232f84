"""Getting what evidence at an address shows: from our own render, or from the public Internet.

Called by the worker only, outside any transaction. A fetch goes to public addresses alone: every
hop is resolved by us, checked, and connected to at the very address that was checked, so that no
name can be turned to a machine of the house in between (decisions G35).
"""

import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation

from infitah.community.queries import by_host
from infitah.programme.rules import captures
from infitah.programme.rules.captures import Fetched

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
NOBODY: Final = "192.0.2.1"  # an address of documentation: no page takes the worker for a neighbour
AGENT: Final = "Infitah (capture of evidence)"


class FetchRefused(Exception):
    """The address cannot be captured; `code` is one of the faults of `queries.captures`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a fetch may go; tests alone reach further than the public Internet."""

    is_allowed: Callable[[str], bool] = captures.is_public_address
    is_any_port: bool = False


PUBLIC: Final = Reach()


def is_own(address: str) -> bool:
    """Return whether an address is a page of this very installation. One query."""
    try:
        parts, own = urlsplit(address), urlsplit(settings.ENVIRONMENT.url)
        is_same_port = parts.port == own.port
    except ValueError:
        return False
    return (
        is_same_port
        and parts.scheme in captures.PORTS
        and by_host(parts.hostname or "") is not None
    )


def capture(address: str, *, may_fetch: bool, reach: Reach = PUBLIC) -> Fetched:
    """Return what an address answers with 200, following at most three redirects.

    Pages of this installation come from our own render, as a visitor sees them; others are
    fetched where `may_fetch`. Raises FetchRefused.
    """
    until = time.monotonic() + captures.MAX_SECONDS
    for _hop in range(captures.MAX_REDIRECTS + 1):
        if is_own(address):
            found, onwards = _rendered(address)
        elif may_fetch:
            found, onwards = _fetched(address, reach, until)
        else:
            raise FetchRefused("off")
        if found.status == 200:
            return found
        if found.status not in REDIRECTS or not onwards:
            raise FetchRefused("status")
        address = urljoin(address, onwards)
    raise FetchRefused("redirects")


def _rendered(address: str) -> tuple[Fetched, str]:
    """Return our own page as a visitor gets it, and where it leads on."""
    parts = urlsplit(address)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path or "/",
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": str(parts.port or captures.PORTS[parts.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": parts.netloc,
        "REMOTE_ADDR": NOBODY,
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": parts.scheme,
    }
    handler = BaseHandler()
    handler.load_middleware()
    with translation.override(translation.get_language()):
        response = handler.get_response(WSGIRequest(environ))
        content = response.getvalue()
    response.close()
    if len(content) > captures.MAX_BYTES:
        raise FetchRefused("too_large")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    found = Fetched(address, response.status_code, kind, content, str(response.charset))
    return found, response.headers.get("Location", "")


def _fetched(address: str, reach: Reach, until: float) -> tuple[Fetched, str]:
    """Return what another site answers, and where it leads on."""
    parts = captures.fetchable(address, is_any_port=reach.is_any_port)
    if parts is None:
        raise FetchRefused("address")
    port = parts.port or captures.PORTS[parts.scheme]
    connection = _connection(parts, port, _resolved(str(parts.hostname), port, reach), until)
    try:
        connection.connect()
        return _answer(connection, address, parts, until)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchRefused("unreachable") from error
    finally:
        connection.close()


def _resolved(host: str, port: int, reach: Reach) -> str:
    """Return the address to connect to; none where one of the host's is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchRefused("unreachable") from error
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(map(reach.is_allowed, addresses)):
        raise FetchRefused("address")
    return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to the very address that was checked."""

    pinned = ""

    def connect(self) -> None:
        """Connect to the pinned address."""
        self.sock = socket.create_connection((self.pinned, self.port), self.timeout)


class _PinnedTls(http.client.HTTPSConnection):
    """The same, with the certificate checked against the name."""

    pinned = ""

    def connect(self) -> None:
        """Connect to the pinned address and check whose certificate it shows."""
        plain = socket.create_connection((self.pinned, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _connection(parts: SplitResult, port: int, pinned: str, until: float) -> _Pinned | _PinnedTls:
    kind = _PinnedTls if parts.scheme == "https" else _Pinned
    left = max(0.1, until - time.monotonic())
    connection = kind(str(parts.hostname), port, timeout=left)
    connection.pinned = pinned
    return connection


def _answer(
    connection: _Pinned | _PinnedTls, address: str, parts: SplitResult, until: float
) -> tuple[Fetched, str]:
    # A site that sends a byte now and then outlives every timeout of a read: the clock ends it.
    end = threading.Timer(
        max(0.1, until - time.monotonic()), connection.sock.shutdown, [socket.SHUT_RDWR]
    )
    end.daemon = True
    end.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        content = response.read(captures.MAX_BYTES + 1)
    finally:
        end.cancel()
    if len(content) > captures.MAX_BYTES:
        raise FetchRefused("too_large")
    if response.length:  # cut off before its announced end
        raise FetchRefused("unreachable")
    kind, charset = response.headers.get_content_type(), response.headers.get_content_charset()
    found = Fetched(address, response.status, kind, content, charset or "utf-8")
    return found, response.headers.get("Location", "")
