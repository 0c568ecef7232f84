"""One cycle from its opening to its report, by its pages alone: officers, citizens, an owner.

Nothing is called but what a worker runs by itself. Each step fills the forms of the pages as a
browser does; the end follows one idea to the report and back.
"""

import hashlib

import pytest

from infitah.community.tests.world import SefrouWorld
from infitah.ledger import rules as ledger
from infitah.ledger.rules import Outcome, Pinned
from infitah.participation.models import Theme
from tests.cycle.decisions import adopt, claim_and_confirm, publish_report, validate
from tests.cycle.people import (
    AMINA,
    DRISS,
    FIRST,
    HIND,
    PUBLIC,
    ROUND,
    SECOND,
    World,
    at,
    letters_to,
    link,
    work,
    world_of,
)
from tests.cycle.rounds import (
    BUDGET,
    IDEA,
    KEPT,
    YOUTH,
    arrange_and_answer,
    draft,
    give_ideas,
    open_cycle,
    open_round,
    speak_of_the_draft,
    support_vote_and_follow,
    type_notes,
    votes_told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world(sefrou: SefrouWorld) -> World:
    return world_of(sefrou)


def walk(world: World) -> None:
    """Take a cycle through all its steps, on the days on which they are done."""
    with at("2026-09-01 10:00"):
        open_cycle(world)
        open_round(world, 1, FIRST)
        give_ideas(world)
        support_vote_and_follow(world)
        type_notes(world)
        work()
        assert votes_told(world) == set()
    with at("2026-09-02 09:00"):
        work()
        assert votes_told(world) == {f"ideas/{IDEA}/", "results/", "consultation.zip"}
        arrange_and_answer(world)
        draft(world)
        open_round(world, 2, SECOND)
        speak_of_the_draft(world)
        work()
    with at("2026-09-04 10:00"):
        work()
        validate(world)
    with at("2026-09-21 10:00"):
        adopt(world)
        work()
    for moment in ("2026-09-22 08:30", "2027-02-01 09:00"):
        with at(moment):
            work()
    with at("2027-02-02 09:00"):
        claim_and_confirm(world)
        work()
        publish_report(world)
        work()


# What came of it --------------------------------------------------------------------------------


def chain(world: World) -> None:
    """Follow the idea to the report and back, by the links of the pages."""
    reader = world.citizen()
    idea = f"{ROUND}ideas/{IDEA}/"
    commitment, decision = f"{PUBLIC}commitments/{world.commitment}/", "/ar/council/decisions/"
    decision = f"{decision}{world.decision}/"
    theme = f"{ROUND}themes/{Theme.objects.get().reference}/"
    report = f"{PUBLIC}report/2027/1/"
    both_ways = ((idea, theme), (idea, commitment), (commitment, decision), (report, commitment))
    for one, other in both_ways:
        there, back = reader.read(one).links(), reader.read(other).links()
        assert any(at.startswith(other) for at in there), f"{one} does not lead to {other}"
        assert any(at.startswith(one) for at in back), f"{other} does not lead to {one}"
    page = reader.read(commitment)
    assert "صورة الصفحة المنشورة" in page.text and "أكده شخص ثان" in page.text
    assert any("/files/" in one for one in page.links())  # the evidence itself
    assert "ثمانية" in reader.read(link(page, "/adoption/$")).text
    pdfs = [one for one in reader.read(report).links() if one.endswith(".pdf")]
    assert len(pdfs) == 2
    for one in pdfs:
        assert reader.client.get(one).getvalue().startswith(b"%PDF")


def offline(world: World) -> None:
    """Check the hash of the deliberation, the bound texts and the report without the site."""
    client = world.citizen().client
    keys = Pinned(ledger.read_keys(client.get("/.well-known/infitah.json").getvalue()))
    for address in (f"{PUBLIC}programme.json", f"{PUBLIC}report/2027/1/proof.json"):
        content = client.get(address).getvalue()
        document = ledger.read_document(content)
        assert ledger.verdict(document, keys).outcome is Outcome.INTACT_KNOWN_KEY
    content = client.get(f"{PUBLIC}programme.json").getvalue()
    forged = content.replace("ثمانية".encode(), "تسعة".encode())
    assert forged != content
    answer = ledger.verdict(ledger.read_document(forged), keys)
    assert answer.outcome is Outcome.NOT_INTACT
    page = f"/ar/council/decisions/{world.decision}/"
    text = client.get(f"{page}text.json").getvalue()
    assert hashlib.sha256(text).hexdigest() in client.get(page).content.decode()


def mails(world: World) -> None:
    """The mails of an author tell alone what became of the idea; a follower has one a day."""
    amina = [one for one in letters_to(AMINA) if "رمز" not in one.subject]
    received, answered, adopted, done = amina
    assert IDEA in received.subject
    for words in (BUDGET, KEPT["text_ar"], "أخذ بها"):
        assert words in answered.text
    for words in (world.commitment, world.decision, "21 شتنبر 2026", "بإجماع", "31 مارس 2027"):
        assert words in adopted.text
    for words in ("صفحة الميزانية", "1 فبراير 2027", "صورة الصفحة المنشورة", "1 من 2"):
        assert words in done.text
    assert all(BUDGET in one.text for one in amina)
    (answered,) = [one for one in letters_to(DRISS) if "réponse" in one.subject.lower()]
    assert "Elle est reportée au prochain cycle." in answered.text and YOUTH in answered.text
    digests = [one for one in letters_to(HIND) if one.unsubscribe]
    assert digests and len({one.queued_at.date() for one in digests}) == len(digests)
    assert any("برنامج الانفتاح" in one.text for one in digests)


def test_a_cycle_from_its_opening_to_its_report(world: World) -> None:
    walk(world)
    with at("2027-02-03 09:00"):
        work()
        chain(world)
        offline(world)
        mails(world)
