"""Visitors, officers, consultations and workshops that tests of participation share."""

import pytest
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.participation.tests.factories import make_consultation, make_idea
from infitah.participation.tests.giving import SAME
from infitah.participation.tests.packages import told
from infitah.participation.tests.workshops import make_workshop

__all__ = ["told"]


@pytest.fixture
def client():
    """A browser that sends forms from our own pages; nobody is known in it."""
    return Client(headers={"host": "localhost"}, **SAME)


@pytest.fixture
def proved(client, sefrou):
    """The browser of the citizen, who gave a code in it."""
    client.cookies["device"] = sefrou.device
    return client


@pytest.fixture
def anybody():
    """A browser that only reads."""
    return Client(headers={"host": "localhost"})


@pytest.fixture
def visitor(anybody):
    return anybody


@pytest.fixture
def focal(sefrou):
    return log_in(Client(), sefrou.officer, sefrou.province)


@pytest.fixture
def moderator(sefrou):
    return log_in(Client(), sefrou.moderator, sefrou.province)


@pytest.fixture
def june(sefrou):
    """An announced consultation on two axes."""
    return make_consultation(sefrou.province, sefrou.axis, sefrou.second_axis)


@pytest.fixture
def open_consultation(june):
    return june


@pytest.fixture
def idea(sefrou, june):
    """An idea of the citizen."""
    return make_idea(june, sefrou.axis, author=sefrou.participant)


@pytest.fixture
def workshop(june, sefrou):
    return make_workshop(june, sefrou.axis, sefrou.second_axis)


@pytest.fixture
def table(workshop):
    return workshop.tables.get(number=1)
