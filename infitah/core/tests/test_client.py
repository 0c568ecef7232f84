"""Where a request comes from, with and without proxies."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import RequestFactory

from infitah.core.client import client_address


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "expected"),
    [
        ((), "203.0.113.9", "", "203.0.113.9"),
        ((), "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (("127.0.0.1",), "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (("127.0.0.1",), "127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        (("10.0.0.0/8", "127.0.0.1"), "127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        (("127.0.0.1",), "127.0.0.1", "unknown", "127.0.0.1"),
        (("127.0.0.1",), "127.0.0.1", "", "127.0.0.1"),
        (("::1",), "::1", "2001:db8::7", "2001:db8::7"),
        (("not a network",), "127.0.0.1", "198.51.100.1", "127.0.0.1"),
        ((), "", "", "127.0.0.1"),
        ((), "unix:", "198.51.100.1", "127.0.0.1"),
    ],
)
def test_the_last_address_that_no_trusted_proxy_wrote(
    monkeypatch: pytest.MonkeyPatch,
    proxies: tuple[str, ...],
    remote: str,
    forwarded: str,
    expected: str,
) -> None:
    known = replace(settings.ENVIRONMENT, trusted_proxies=proxies)
    monkeypatch.setattr(settings, "ENVIRONMENT", known)
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})
    assert client_address(request) == expected
