"""Contested decisions and records put right in a real browser: nothing too wide, axe at 0."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser

from infitah.community.tests.factories import log_in
from infitah.community.tests.world import make_sefrou
from infitah.council import operations
from infitah.council.models import CouncilSession, Deliberation
from infitah.council.operations import AdoptedText, ObjectionLetter
from infitah.council.rules import Examination
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import operations as proceedings
from infitah.proceedings.models import AgendaItem, Sitting, VoteEvent
from infitah.proceedings.rules import Choice, Counts, Majority, Method, Presence
from infitah.proceedings.tests.factories import (
    BY,
    HELD,
    AgendaItemFactory,
    SessionFactory,
    SittingFactory,
    held_sitting,
)
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)
STEP = {"by": BY, "now": NOW}
SENT, SAT, REFERRED = date(2023, 11, 14), date(2023, 12, 15), date(2024, 1, 5)
TITLE = LocalizedText(
    ar="المصادقة على برنامج الانفتاح للجماعة الترابية برسم سنتي 2024 و2025",
    fr="Approbation du programme d’ouverture de la collectivité territoriale 2024-2025",
)
WHY = LocalizedText(
    ar="كتب عدد المؤيدين في خانة المعارضين",
    fr="Le nombre des voix pour a été écrit à la place des voix contre",
)


def voted(item: AgendaItem, counts: tuple[int, int, int], **more: Any) -> VoteEvent:
    return proceedings.record_counted_vote(
        item=item,
        question=TITLE,
        method=Method.SHOW_OF_HANDS,
        counts=Counts(*counts),
        majority=Majority.OF_CAST,
        **STEP,
        **more,
    )


@pytest.fixture
def world(transactional_db: None) -> Any:
    cache.clear()
    return make_sefrou()


@pytest.fixture
def sitting(world: Any) -> Sitting:
    held = held_sitting(world.council, absent=4)[0]
    session = {"session": held.session, "community": held.community}
    CouncilSession.objects.create(kind="extraordinary", called_by="president", **session)
    return held


def contested(sitting: Sitting, later: VoteEvent, number: int, *, until: str) -> str:
    """Return the number of a deliberation taken as far as the act `until`, which it awaits."""
    vote = voted(sitting.items.get(), (4, 4, 1), casting_vote=Choice.FOR)
    adopted = AdoptedText(number, TITLE, WHY)
    made = operations.record_deliberation(items=[vote.item], vote=vote, adopted=adopted, **STEP)
    said = {"reference": made.reference, **STEP}
    operations.record_sending(sent_on=SENT, **said)
    if until == "object":
        return made.reference
    operations.record_objection(
        letter=ObjectionLetter("2023/114", HELD.replace(day=20), WHY), **said
    )
    if until == "examine":
        return made.reference
    operations.record_examination(vote=later, outcome=Examination.KEPT, **said)
    if until == "rule":
        operations.record_referral(referred_on=REFERRED, case_number="2024/7110/12", **said)
    return made.reference


@pytest.fixture
def decisions(world: Any, sitting: Sitting) -> dict[str, str]:
    """A decision for each act of a contest, by the act that it awaits."""
    session = SessionFactory(body=world.council, convened_on=SAT.replace(day=1))
    again = SittingFactory(session=session, held_on=SAT)
    item = AgendaItemFactory(sitting=again)
    seats = sitting.attendances.values_list("mandate_id", flat=True)
    presences = dict.fromkeys(seats, Presence.PRESENT)
    proceedings.hold_sitting(sitting=again, presences=presences, **STEP)
    later = voted(item, (9, 2, 2))
    acts = ("object", "examine", "refer", "rule")
    made = {act: contested(sitting, later, at, until=act) for at, act in enumerate(acts, 1)}
    assert Deliberation.objects.count() == len(acts)
    return made


@pytest.fixture
def records(sitting: Sitting) -> tuple[VoteEvent, VoteEvent]:
    """A vote by name that stands, and one whose record was corrected; a corrected presence."""
    item = sitting.items.get()
    present = sitting.attendances.filter(presence="present")
    named = proceedings.record_named_vote(
        item=item,
        question=TITLE,
        choices={one.mandate_id: Choice.FOR for one in present},
        majority=Majority.OF_CAST,
        **STEP,
    )
    wrong = voted(item, (2, 6, 1))
    right = proceedings.correct_vote(
        vote=wrong, reason=WHY, anew=lambda: voted(item, (6, 2, 1)), **STEP
    )
    presences = {
        one.mandate_id: Presence.EXCUSED if one.presence == "absent" else Presence.PRESENT
        for one in sitting.attendances.all()
    }
    proceedings.correct_roll(sitting=sitting, presences=presences, reason=WHY, **STEP)
    return named, right


@pytest.fixture
def mended(
    sitting: Sitting, records: tuple[VoteEvent, VoteEvent], language: str
) -> list[tuple[str, bool]]:
    """The pages on which records are put right; asked before a browser runs in this thread."""
    planned = SittingFactory(session__body=sitting.session.body)
    desk = f"/desk/meetings/{sitting.session.reference}"
    named, right = records
    bound = VoteEvent.records.exclude(struck_on=None).get()
    return [
        ("/desk/meetings/", False),
        (f"{desk}/", False),
        (f"{desk}/votes/{named.pk}/correct/", True),
        (f"{desk}/votes/{right.pk}/correct/", True),
        (f"{desk}/votes/{right.pk}/strike/", True),
        (f"{desk}/votes/{bound.pk}/correct/", False),
        (f"{desk}/sittings/{sitting.position}/roll/correct/", True),
        (f"/desk/meetings/{planned.session.reference}/convocation/", True),
        (f"/desk/meetings/{planned.session.reference}/sittings/{planned.position}/roll/", True),
        ("/desk/meetings/council/convene/council/", True),
        (f"/{language}/council/sessions/{sitting.session.reference}/", False),
    ]


@pytest.fixture
def cookies(world: Any, language: str) -> dict[str, str]:
    world.secretary.language = language
    world.secretary.save()
    client = log_in(Client(), world.secretary, world.province)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.fixture
def opened(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    with browser() as running:
        yield running


def faults(
    opened: Browser,
    root: str,
    cookies: dict[str, str],
    paths: list[tuple[str, bool]],
    *,
    language: str,
    width: int,
) -> list[str]:
    """Return what is wrong on the pages; of those marked the form is sent first, empty."""
    page, wrong = new_page(opened, width=width), []
    page.context.add_cookies(
        [{"name": name, "value": value, "url": root} for name, value in cookies.items()]
    )
    for path, press in paths:
        answer = page.goto(root + path)
        assert answer is not None and answer.status == 200, path
        assert page.locator("html").get_attribute("lang") == language, path
        if press:
            page.locator("main form button:not(.button-quiet)").last.click()
        wrong += [f"{path}: {fault}" for fault in violations(page)]
        if overflow(page):
            wrong.append(f"{path}: {overflow(page)} px too wide")
    return wrong


def root_of(live_server: Any) -> str:
    return f"http://localhost:{live_server.url.rsplit(':', 1)[1]}"


@pytest.mark.parametrize(("language", "width"), [("ar", 1280), ("fr", 360)])
def test_the_pages_of_a_contest_are_clean(
    decisions: dict[str, str],
    cookies: dict[str, str],
    opened: Browser,
    live_server: Any,
    language: str,
    width: int,
) -> None:
    paths = []
    for act, reference in decisions.items():
        paths += [
            (f"/desk/council/decisions/{reference}/objection/{act}/", True),
            (f"/desk/council/decisions/{reference}/", False),
            (f"/{language}/council/decisions/{reference}/", False),
        ]
    root = root_of(live_server)
    assert faults(opened, root, cookies, paths, language=language, width=width) == []


@pytest.mark.parametrize(("language", "width"), [("ar", 360), ("fr", 1280)])
def test_the_pages_of_records_put_right_are_clean(
    mended: list[tuple[str, bool]],
    cookies: dict[str, str],
    opened: Browser,
    live_server: Any,
    language: str,
    width: int,
) -> None:
    root = root_of(live_server)
    assert faults(opened, root, cookies, mended, language=language, width=width) == []
