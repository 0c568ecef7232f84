"""Homes of communities that the tests of the website share; made once, written back as rows."""

import pytest

from infitah.community.tests.factories import grant, log_in
from infitah.website.tests.factories import (
    OTHER_IMAGE,
    OTHERS,
    home_of,
    image_of,
    page_below,
)
from tests.worlds import keep


@pytest.fixture
def home(sefrou):
    """The Arabic home of the province."""
    return keep("home", lambda: home_of(sefrou.province))


@pytest.fixture
def homes(sefrou):
    """Homes of the province and of a commune, each with a page and an image below."""
    return keep("homes and pages", lambda: _make_homes(sefrou))


def _make_homes(sefrou):
    mine, theirs = home_of(sefrou.province), home_of(sefrou.other)
    page_below(mine, "صفحة الإقليم", slug="ours")
    page_below(theirs, OTHERS, slug="theirs")
    image_of(sefrou.other, OTHER_IMAGE)
    image_of(sefrou.province, "صورة الإقليم")
    return mine, theirs


@pytest.fixture
def editor(sefrou, homes, client):
    """The client of an editor of the province, logged in."""
    return log_in(client, grant(sefrou.province, "editor", username="editor"), sefrou.province)
