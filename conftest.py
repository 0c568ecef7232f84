"""Fixtures of the whole suite: databases copied from a template, clean caches, live site.

Tests are ordered so that all cores are busy throughout: while the templates are made, those that
need none; then the long ones; at the end the many short ones, of which a core that is done takes
half from the other (`tools/test.py`).
"""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as properties

from infitah.community.queries import forget_hosts
from infitah.community.tests.world import SefrouWorld, make_sefrou
from infitah.config import urls
from infitah.core import keys
from infitah.information.queries.figures import forget_figures
from infitah.website.facts import forget_facts
from tests import databases
from tests.worlds import keep

ADDRESS = os.environ.get("DATABASE_URL", "")
# The mark of a test that touches the database, and the fixtures by which it does.
ASKS = "asks_database"
DATABASE = {"db", "transactional_db"}
NEED_TEMPLATES = {"live_site", "story", "file_environment"}
pytest_plugins = ["infitah.searchindex.tests.fixtures", "tests.live"]

# The same examples every time, and no example fails for the machine's being busy.
properties.register_profile("infitah", deadline=None, derandomize=True)
properties.load_profile("infitah")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Order())
    config.addinivalue_line(
        "markers", f"{ASKS}: asks for the database of the run (marked by itself)"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for the database: to all others pytest-django refuses it."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if DATABASE & names or item.get_closest_marker("django_db"):
            item.add_marker(ASKS)


class _Order:
    """Orders the tests once pytest-django, which puts the database first, has ordered them."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """Return when a test has its turn; within one turn the order stays."""
    names = set(getattr(item, "fixturenames", ()))
    if NEED_TEMPLATES & names:
        return 1
    return 2 if item.get_closest_marker(ASKS) else 0


def _fill(kind: str = "plain") -> None:
    """Make the test database of this process a fresh copy of the template of `kind`."""
    connections.close_all()
    if connection.vendor == "postgresql":
        databases.copy_postgres(kind, ADDRESS, settings.DATABASES["default"]["NAME"])
        return
    connection.ensure_connection()
    with sqlite3.connect(databases.sqlite_template(kind)) as source:
        source.backup(connection.connection)


def _refill(self: Any, **_options: Any) -> None:
    """Stand in for the flush after a test that commits."""
    _fill()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if connection.vendor == "postgresql":
        name = f"test_{worker}"
    else:
        name = f"file:memory-{worker}-{os.getpid()}?mode=memory&cache=shared"
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    TransactionTestCase._fixture_teardown = _refill  # type: ignore[method-assign]
    with django_db_blocker.unblock():
        _fill()
    yield
    connections.close_all()


@pytest.fixture
def _asked_in_time(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker(ASKS) is None:
        pytest.fail("This test asks for the database while it runs: let its parameters name it.")


@pytest.fixture
def db(_asked_in_time: None, db: None) -> None:
    """Give the database to the tests that are marked as asking for it."""


@pytest.fixture
def transactional_db(_asked_in_time: None, transactional_db: None) -> None:
    """Give the database as `db` does, without a transaction around the test."""


@pytest.fixture(autouse=True)
def _keep_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing close the connection that holds a test's own transaction.

    A closed one is opened again in the product; in a test its transaction would be gone.
    """
    close = BaseDatabaseWrapper.close

    def unless_in_a_test(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "close", unless_in_a_test)


@pytest.fixture(autouse=True)
def _clean_memory() -> Iterator[None]:
    """Forget what one test left in this process: language, hosts, facts, figures."""
    translation.activate("ar")
    _forget()
    yield
    _forget()


def _forget() -> None:
    forget_hosts()
    forget_facts()
    forget_figures()


@pytest.fixture
def sefrou(db: None) -> SefrouWorld:
    """Return the province of Sefrou with two communes and officers (factories of `community`)."""
    world = keep("sefrou", make_sefrou)
    forget_hosts()
    return world


@pytest.fixture
def story(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the test see the whole seeded story of Sefrou, with its keys and its documents."""
    _fill("seeded")
    ring = databases.keys_of("seeded", postgres=connection.vendor == "postgresql")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, keys_dir=ring))
    monkeypatch.setattr(settings, "STORED_FILES_ROOT", ring.parent / "files")
    keys.ring.cache_clear()
    yield
    keys.ring.cache_clear()


@pytest.fixture
def plain_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer "not found" without its page: it holds nothing of what was asked for.

    For walks of many thousand addresses that lead nowhere: the page is most of their time.
    """

    def plain(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        return HttpResponse(status=404)

    monkeypatch.setattr(urls, "handler404", plain)
    monkeypatch.setattr(urls, "handler403", plain)
