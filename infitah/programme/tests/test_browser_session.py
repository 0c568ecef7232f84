"""Amended weights and a contested adoption in a real browser: nothing too wide, axe at 0."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser

from infitah.community.tests.factories import log_in
from infitah.community.tests.world import make_sefrou
from infitah.council import operations as council
from infitah.programme import operations
from infitah.programme.rules.amending import weights_text
from infitah.programme.tests.factories import (
    STEP,
    WORDS,
    adopted_programme,
    commitment_of,
    cycle_of,
)
from infitah.programme.tests.sittings import DAY, WHY, moved, vote_at
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> Any:
    cache.clear()
    return make_sefrou()


@pytest.fixture
def cookies(world: Any, language: str) -> dict[str, str]:
    """Return a session of the secretary, whose desk speaks `language`."""
    world.secretary.language = language
    world.secretary.save()
    client = log_in(Client(), world.secretary, world.province)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.fixture
def contested(world: Any) -> Any:
    """An adopted programme whose deliberation the governor objected to."""
    cycle, _made = adopted_programme(world)
    reference = cycle.deliberation.reference
    council.record_sending(reference=reference, sent_on=date(2023, 11, 21), **STEP)
    letter = council.ObjectionLetter("2023/114", date(2023, 12, 1), WHY)
    council.record_objection(reference=reference, letter=letter, **STEP)
    return cycle


@pytest.fixture
def session(contested: Any) -> Any:
    """The sitting of the council that adopted it, and who was there."""
    sitting = contested.deliberation.vote.item.sitting
    return sitting, [one.mandate for one in sitting.attendances.select_related("mandate__person")]


@pytest.fixture
def amended(world: Any, session: Any) -> Any:
    """A validated commitment whose weights the session changed; a second change waits."""
    commitment = commitment_of(cycle_of(world, "2026-2027"), world.axis)
    operations.validate_commitment(commitment=commitment, on=DAY, **STEP)
    one = moved(commitment, session, "weights", weights_text([25, 75]))
    vote = vote_at(*session, item=one.item)
    operations.decide_amendment(amendment=one, vote=vote, **STEP)
    moved(commitment, session, "weights", weights_text([30, 70]))
    return commitment


@pytest.fixture
def waiting(session: Any) -> str:
    """A deliberation that was sent, and to which the governor may object."""
    vote = vote_at(*session)
    text = council.AdoptedText(48, WORDS, WORDS)
    item = council.record_deliberation(items=[vote.item], vote=vote, adopted=text, **STEP)
    sent = council.record_sending(reference=item.reference, sent_on=date(2023, 11, 21), **STEP)
    return f"/desk/council/decisions/{sent.reference}/"


@pytest.fixture
def opened(
    cookies: dict[str, str],
    amended: Any,
    contested: Any,
    waiting: str,
    live_server: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    with browser() as running:
        yield running


@pytest.mark.parametrize(("language", "width"), [("ar", 360), ("fr", 1280)])
def test_the_pages_of_amended_weights_and_of_an_objection_are_clean(
    opened: Browser,
    live_server: Any,
    cookies: dict[str, str],
    amended: Any,
    contested: Any,
    waiting: str,
    language: str,
    width: int,
) -> None:
    root = f"http://localhost:{live_server.url.rsplit(':', 1)[1]}"
    deliberation = contested.deliberation.reference
    before = f"/desk/programme/before-council/{amended.reference}"
    steps = f"/desk/council/decisions/{deliberation}/"
    public = f"/{language}/programme"
    one = f"{public}/2026-2027/commitments/{amended.reference}"
    wrong = []
    page = new_page(opened, width=width)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": root} for name, value in cookies.items()]
    )
    for path, press in (
        (f"{before}/amendments/", False),
        (f"{before}/amend/weights/", True),
        (steps, False),
        (waiting, True),
        (f"{waiting}objection/object/", True),
        (f"{steps}objection/examine/", False),
        (f"{one}/adoption/", False),
        (f"{one}/versions/", False),
        (f"{public}/{contested.slug}/", False),
        (f"/{language}/council/decisions/{deliberation}/", False),
    ):
        answer = page.goto(root + path)
        assert answer is not None and answer.status == 200, path
        assert page.locator("html").get_attribute("lang") == language, path
        if press:  # the form with its errors
            page.locator("main form button:not(.button-quiet)").last.click()
        wrong += [f"{path}: {fault}" for fault in violations(page)]
        if overflow(page):
            wrong.append(f"{path}: {overflow(page)} px too wide")
    assert wrong == []
