"""Visitors and officers that tests of access to information share."""

import pytest
from django.test import Client

from infitah.information.tests.walking import SAME


@pytest.fixture
def client():
    """A browser that sends forms from our own pages; nobody is known in it."""
    return Client(headers={"host": "localhost"}, **SAME)
