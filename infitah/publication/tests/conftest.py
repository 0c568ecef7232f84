"""Readers that tests of publication share."""

import pytest
from django.test import Client

SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.STORED_FILES_ROOT = tmp_path


@pytest.fixture
def client():
    """Somebody who reads, and sends forms from our own pages; nobody is known."""
    return Client(headers={"host": "localhost"}, **SAME)
