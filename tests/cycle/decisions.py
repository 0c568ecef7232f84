"""What committee, council and services do with the drafts: validate, adopt, carry out, report."""

import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from infitah.core import clock
from infitah.proceedings.models import AgendaItem, VoteEvent
from tests.cycle.people import CYCLE, OWNER, World, letters_to, link
from tests.filled import Page, Reader

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
