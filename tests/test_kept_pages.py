"""Pages that an edge may keep: no cookie, no variation by one, the strict policy (D12, D16)."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from infitah.config.audiences import routes
from infitah.website.tests.factories import home_of

pytestmark = pytest.mark.django_db
EDITORIAL = ("/ar/", "/fr/", "/zgh/", "/ar/privacy/", "/fr/legal/", "/fr/nowhere/")


def addresses() -> Iterator[str]:
    """Yield the address of every public page that needs no argument, and some editorial ones."""
    for route in routes():
        is_bare = route.name and not route.arguments and route.name != "wagtail_serve"
        if is_bare and route.audience.kind == "public":
            with override("ar"):
                yield reverse(route.name)
    yield from EDITORIAL


def test_pages_that_may_be_kept_set_no_cookie_and_vary_by_none(sefrou, client: Client) -> None:
    home_of(sefrou.province)
    walked = list(addresses())
    assert len(walked) > 12
    for address in walked:
        answer = client.get(address, headers={"host": "localhost"})
        assert answer.status_code in {200, 204, 404}, address
        assert not answer.cookies, address
        assert "cookie" not in answer.get("Vary", "").lower(), address
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy, address
        assert "default-src 'none'" in policy, address
