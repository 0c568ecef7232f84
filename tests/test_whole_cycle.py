"""One cycle from its opening to its report, by its pages alone: officers, citizens, an owner.

Nothing is called but what a worker runs by itself. Each step fills the forms of the pages as a
browser does; the end follows one idea to the report and back.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from infitah.community.models import Unit, User
from infitah.community.tests.factories import BodyFactory, SefrouWorld, UnitFactory, log_in
from infitah.core import clock
from infitah.core.letters import Letter, read
from infitah.core.models import Mail
from infitah.core.registry import JOBS
from infitah.ledger import rules as ledger
from infitah.ledger.rules import Outcome, Pinned
from infitah.participation.models import Theme
from infitah.proceedings.models import AgendaItem, VoteEvent
from infitah.proceedings.tests.factories import seats_of
from tests.filled import Page, Reader

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SAME = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_HOST": "localhost"}
SLUG, FIRST, SECOND = "2027-2028", "ideas-2026", "drafts-2026"
PUBLIC = f"/ar/programme/{SLUG}/"
CYCLE = f"/desk/programme/cycles/{SLUG}/"
ROUND = f"/ar/consultations/{FIRST}/"
DESK_ROUND = f"/desk/participation/consultations/{FIRST}/"
WORK = (
    *("participation.clock", "participation.voices", "participation.receipts", "events"),
    *("programme.captures", "programme.monthly", "programme.reports", "website.news", "digests"),
)
AMINA, DRISS, HIND, OWNER = (f"{name}@example.org" for name in ("amina", "driss", "hind", "owner"))
BUDGET = "نشر ميزانية المجلس كل سنة في جدول سهل القراءة"
YOUTH = "Créer un conseil des jeunes qui se réunit chaque trimestre"
IDEA = "SFR-2026-I-0001"
KEPT = {"code": "kept", "text_ar": "يحول المجلس هذه الأفكار إلى مشروع التزام."}
BY_HAND = {
    "SFR-2026-I-0002": {
        "code": "next_cycle",
        "text_ar": "تؤجل إلى الدورة المقبلة.",
        "text_fr": "Elle est reportée au prochain cycle.",
    },
    "SFR-2026-I-0004": {
        "code": "other_body",
        "text_ar": "بناء المستشفيات من اختصاص الدولة.",
        "other_body_ar": "وزارة الصحة",
    },
}
PARTS = {
    "what": {"title_fr": "Transparence du conseil", "description_ar": "ينشر المجلس ميزانيته."},
    "result": {
        "contribution_ar": "يعرف كل مواطن فيم يصرف المال العام.",
        "expected_result_ar": "تنشر المحاضر قبل مرور عشرة أيام.",
        "verifiability_ar": "صفحة عمومية تضع تاريخ كل دورة بجانب تاريخ نشر محضرها.",
    },
    "money": {"is_without_cost": "on"},
    "values": {"values": ["transparency"], "value_argument_ar": "من قرأ الميزانية سأل عنها."},
}
INDICATOR = {
    **{"name_ar_1": "أيام بين الدورة ومحضرها", "unit_ar_1": "يوم", "baseline_1": "64"},
    **{"baseline_on_1": "2026-08-31", "target_1": "10", "target_on_1": "2028-12-31"},
}
MILESTONES = {
    **{"title_ar_1": "صفحة الميزانية", "from_1": "2027-01-05", "until_1": "2027-03-31"},
    **{"title_ar_2": "إذاعة المداولات", "from_2": "2027-04-01", "until_2": "2028-10-31"},
    **{"weight_1": "60", "weight_2": "40"},
}


@dataclass
class World:
    """The people with their browsers, and the numbers that the pages gave."""

    sefrou: SefrouWorld
    unit: Unit
    people: dict[str, Reader] = field(default_factory=dict)
    commitment: str = ""
    decision: str = ""

    def officer(self, user: User) -> Reader:
        """Somebody at the desk, logged in that day; their browser sends the token of each form."""
        key = f"{user.username} {clock.today()}"
        if key not in self.people:
            client = Client(enforce_csrf_checks=True)
            self.people[key] = Reader(log_in(client, user, self.sefrou.province))
        return self.people[key]

    @property
    def focal(self) -> Reader:
        return self.officer(self.sefrou.officer)

    @property
    def secretary(self) -> Reader:
        return self.officer(self.sefrou.secretary)

    def citizen(self, address: str = "") -> Reader:
        """Somebody with a telephone."""
        return self.people.setdefault(address, Reader(Client(**SAME)))

    @property
    def draft(self) -> str:
        return f"/desk/programme/commitments/{self.commitment}/"


@pytest.fixture
def world(sefrou: SefrouWorld) -> World:
    unit = UnitFactory(community=sefrou.province, slug="communication")
    seats_of(sefrou.council, 3)
    kind = "follow_up_committee"
    seats_of(BodyFactory(community=sefrou.province, slug="follow-up", kind=kind), 4)
    return World(sefrou, unit)


def at(moment: str) -> Any:
    """Stand at a moment of Morocco's usual time."""
    return time_machine.travel(datetime.fromisoformat(f"{moment}+01:00"), tick=False)


def work() -> None:
    """Let the worker do what is due now."""
    for _round in range(100):
        jobs = [JOBS[name] for name in WORK]
        waiting = [one for one in jobs if one.has_work and one.has_work(clock.now())]
        if not waiting:
            return
        for one in waiting:
            one.run(now=clock.now())
    raise AssertionError("The worker never rests.")


def letters_to(address: str) -> list[Letter]:
    found = (read(one) for one in Mail.objects.order_by("pk"))
    return [one for one in found if one.to == address]


def proved(reader: Reader, page: Page, address: str) -> Page:
    """Give an address, and the code that came to it."""
    asked = reader.send(page, {"email": address, "consent": "on"})
    code = re.search(r"\b\d{6}\b", letters_to(address)[-1].text)
    assert code is not None
    return reader.send(asked, {"code": code[0]})


def link(page: Page, part: str) -> str:
    """Return where the first link leads whose address has this part."""
    found = sorted(one for one in page.links() if re.search(part, one))
    assert found, f"no link to {part} at {page.address}"
    return found[0]


# A cycle and its first round --------------------------------------------------------------------


def open_cycle(world: World) -> None:
    focal, axes = world.focal, (world.sefrou.axis, world.sefrou.second_axis)
    said = {"slug": SLUG, "title_ar": "برنامج الانفتاح", "title_fr": "Programme d’ouverture"}
    said |= {"starts_on": "2027-01-01", "ends_on": "2028-12-31"}
    said |= {f"axis_{one.pk}": "on" for one in axes}
    form = focal.send("/desk/programme/cycles/new/", said, status=422)
    challenges = {f"challenge_{one.pk}_ar": "قلة المعلومات المنشورة" for one in axes}
    opened = focal.send(form, {"principles": [world.sefrou.principle.pk], **challenges})
    assert opened.address == CYCLE
    committee = world.sefrou.province.bodies.get(slug="follow-up")
    focal.send(link(opened, "committee/name/"), {"committee": committee.pk})


def open_round(world: World, number: int, slug: str) -> None:
    day = clock.today().isoformat()
    rounds = world.focal.read(link(world.focal.read(CYCLE), "/rounds/"))
    said = {"number": number, "slug": slug, "first_day": day, "last_day": day}
    made = world.focal.send(rounds, said)
    if number > 1:
        put = world.focal.read(link(made, f"/put/{slug}/"))
        box = re.search(r'name="(put_\d+)"', put.text)
        assert box is not None
        world.focal.send(put, {box[1]: "on"})
    asked = world.focal.send(made, press="announce=1")
    world.focal.send(asked, action="announce/")


def give_ideas(world: World) -> None:
    amina, driss = world.citizen(AMINA), world.citizen(DRISS)
    page = amina.read(link(amina.read(ROUND), "/give/$"))
    short = amina.send(page, {"axis": "transparency", "statement": "قصير"}, status=422)
    assert "قصير" in short.text
    given = amina.send(short, {"statement": BUDGET, "detail": "لتتبع صرف المال العام"})
    assert IDEA in proved(amina, given, AMINA).text
    said = {"axis": world.sefrou.second_axis.slug, "statement": YOUTH}
    proved(driss, driss.send(f"{ROUND.replace('/ar/', '/fr/')}give/", said), DRISS)


def support_vote_and_follow(world: World) -> None:
    hind, idea = world.citizen(HIND), f"{ROUND}ideas/{IDEA}/"
    proved(hind, hind.send(idea, action="/support/"), HIND)
    for voter in (hind, world.citizen(DRISS)):
        voter.send(idea, action="/vote/", press="choice=agree")
    hind.send(link(hind.read(PUBLIC), "/mine/follow/"))


def type_notes(world: World) -> None:
    focal, day = world.focal, clock.today().isoformat()
    said = {"slug": "workshop-1", "name_ar": "الورشة الأولى", "held_on": day}
    said |= {"place_ar": "دار الشباب", f"tables_{world.sefrou.axis.pk}": "1"}
    made = focal.send(link(focal.read(DESK_ROUND), "/workshops/new/"), said)
    notes = {"statement_1": "تعليق جدول الأعمال في كل الجماعات قبل الدورة", "dots_1": "3"}
    notes |= {"statement_2": "إحداث مستشفى جديد بالإقليم"}
    typed = focal.send(link(made, r"/tables/[^/]+/$"), notes, press="send=1")
    assert "SFR-2026-I-0003" in typed.text and "SFR-2026-I-0004" in typed.text


def votes_told(world: World) -> set[str]:
    """Return the surfaces of the first round on which its two votes are told."""
    names = (f"ideas/{IDEA}/", "", "results/", "axes/transparency/", "consultation.json")
    told = set()
    for name in (*names, "ideas.json", "ideas.csv", "ideas.atom", "consultation.zip"):
        content = world.citizen().client.get(f"{ROUND}{name}").getvalue()
        if content.startswith(b"PK"):
            with ZipFile(BytesIO(content)) as package:
                content = b"\n".join(package.read(one) for one in package.namelist())
        if re.search(r'موافقون:? 2|"agree": ?2|,2,0,0', content.decode()):
            told.add(name)
    return told


# Themes, answers, drafts ------------------------------------------------------------------------


def arrange_and_answer(world: World) -> None:
    focal = world.focal
    home = focal.read("/desk/")
    themes = link(focal.read(link(home, DESK_ROUND)), "/themes/$")
    named = focal.send(themes, {"name_ar": "شفافية المجلس", "summary_ar": "نشر الميزانية."})
    theme = Theme.objects.get().reference
    placed = focal.send(named, {"ideas": [IDEA, "SFR-2026-I-0003"], "to": theme})
    shown = focal.send(placed, action="themes/publish/")
    focal.send(link(shown, f"{theme}/answer/"), KEPT)
    for reference, said in BY_HAND.items():
        page = focal.read(link(focal.read(f"{DESK_ROUND}answers/"), f"{reference}/answer/"))
        focal.send(page, said)
    assert "لكل فكرة جوابها" in focal.read(f"{DESK_ROUND}answers/").text


def draft(world: World) -> None:
    focal = world.focal
    theme = focal.read(f"/desk/participation/themes/{Theme.objects.get().reference}/")
    begun = focal.send(link(theme, "/commitments/start/"), {"axis": world.sefrou.axis.pk})
    reference = re.search(r"SFR-\d+-C-\d+", begun.address)
    assert reference is not None
    world.commitment = reference[0]
    desk = focal.read(world.draft)
    for part, said in PARTS.items():
        focal.send(link(desk, f"/parts/{part}/"), said)
    focal.send(link(desk, "/parts/who/"), {"lead_unit": world.unit.pk})
    focal.send(link(desk, "/indicators/"), INDICATOR)
    wrong = focal.send(link(desk, "/milestones/"), MILESTONES | {"weight_2": "x"}, status=422)
    focal.send(wrong, {"weight_2": "40"})
    focal.send(link(desk, "/owner/"), {"address": OWNER})
    assert "روجعت جودته" in focal.send(world.draft).text


def speak_of_the_draft(world: World) -> None:
    hind, text = world.citizen(HIND), f"/ar/consultations/{SECOND}/texts/{world.commitment}/"
    hind.send(text, action="/vote/", press="choice=agree")
    paragraph = hind.read(f"{text}M1/")
    said = {"text": "ننتظر نشر الميزانية قبل شهر مارس.", "stance": "for"}
    told = hind.send(link(paragraph, "/comment/$"), said)
    assert "ننتظر نشر الميزانية" in told.text


# Committee and council --------------------------------------------------------------------------


def meet(reader: Reader, convene: str, said: dict[str, Any], items: list[str]) -> Page:
    """Convene, plan a sitting today, put its items, call the roll; return the session."""
    said |= {"title_ar": "اجتماع", "convened_on": "2026-09-04"}
    planning = reader.send(convene, said)  # its place and day are asked at once
    day = {"place_ar": "مقر المجلس", "held_on": clock.today().isoformat()}
    session = reader.send(planning, day)
    for title in items:
        session = reader.send(link(session, "/item/$"), {"title_ar": title})
    filled = reader.send(link(session, "/roll/$"), press="fill=present")
    return reader.send(filled)


def item_of(title: str) -> AgendaItem:
    return next(one for one in AgendaItem.objects.order_by("-pk") if one.title.ar == title)


def vote(reader: Reader, session: Page, title: str, **said: Any) -> int:
    """Have everybody vote for an item; return the number of the vote."""
    item = item_of(title)
    page = reader.read(link(session, f"/items/{item.pk}/vote/"))
    reader.send(reader.send(page, press="fill=for"), said)
    return VoteEvent.objects.get(item=item).pk


def validate(world: World) -> None:
    focal = world.focal
    page = focal.read(link(focal.read(CYCLE), "/validation/"))
    session = meet(focal, link(page, "/convene/follow-up/"), {}, ["صيغة اللجنة"])
    number = vote(focal, session, "صيغة اللجنة")
    none = focal.send(page.address, {"vote": number}, status=422)
    focal.send(none, {"commitments": [world.commitment]})


def adopt(world: World) -> None:
    secretary = world.secretary
    convene = link(secretary.read("/desk/meetings/"), "/convene/council/")
    called = {"kind": "extraordinary", "called_by": "president"}
    session = meet(secretary, convene, called, ["تعديل المشروع", "المصادقة على البرنامج"])
    adoption = secretary.read(link(session, "/adoption/$"))
    amendments = secretary.read(link(adoption, f"{world.commitment}/amendments/"))
    item = item_of("تعديل المشروع")
    mover = world.sefrou.council.mandates.order_by("seat")[0].pk
    said = {"item": item.pk, "mover": mover, "after_ar": "تنشر المحاضر قبل مرور ثمانية أيام."}
    moved = secretary.send(link(amendments, "/amend/expected_result/"), said)
    decided = {"vote": vote(secretary, session, "تعديل المشروع")}
    secretary.send(link(moved, "/amendments/1/$"), decided)
    number = vote(secretary, session, "المصادقة على البرنامج", majority="of_members")
    form = {"vote": number, "number": "21", "text_ar": "نص بلا بصمة"}
    unquoted = secretary.send(adoption.address, form, status=422)
    assert "نص بلا بصمة" in unquoted.text
    quoting = secretary.read(adoption.address)
    del form["text_ar"]
    adopted = secretary.send(quoting, form | {"is_visa_required": "on"})
    steps = link(adopted, "/desk/council/decisions/")
    for step in ("posted", "sent", "visa"):
        secretary.send(steps, {"step": step, "on": clock.today().isoformat()})
    world.decision = steps.rstrip("/").rpartition("/")[2]


# Carrying out and the report --------------------------------------------------------------------


def claim_and_confirm(world: World) -> None:
    desk = world.officer(world.sefrou.commitment_owner)
    milestone = f"{world.commitment}-M1"
    page = link(desk.read("/desk/programme/"), f"{milestone}/report/")
    desk.send(page, {"step": "start", "on": clock.today().isoformat()})
    letter = next(one for one in letters_to(OWNER) if "/mine/update/" in one.text)
    address = re.search(r"/ar/mine/update/[^/\s]+/", letter.text)
    assert address is not None
    phone, out = world.citizen(OWNER), BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "JPEG")
    proof = {"title": "صورة الصفحة المنشورة", "milestone": milestone, "on": "2027-02-01"}
    proof["file"] = SimpleUploadedFile("page.jpg", out.getvalue(), "image/jpeg")
    done = phone.send(address[0], proof, press="standing=done")
    assert "مصرح بإنجازه" in done.text
    assert "استعمل هذا الرابط من قبل" in phone.read(address[0], status=410).text
    verifier = world.officer(world.sefrou.verifier)
    waiting = verifier.read(link(verifier.read("/desk/"), f"{milestone}/confirm/"))
    asked = verifier.send(waiting, {"finding": "return"}, status=422)
    verifier.send(asked, {"finding": "verify"})


def publish_report(world: World) -> None:
    focal = world.focal
    made = focal.send(link(focal.read(CYCLE), "/reports/"))
    focal.send(link(made, "/reports/SFR-2027-M-0001/"), action="/publish/")


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
