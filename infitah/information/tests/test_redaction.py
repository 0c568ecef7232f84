"""Boxes at the desk: proposed, decided, drawn without script, burnt by the worker, fail closed."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import grant, log_in
from infitah.core import files as stored_files
from infitah.core import redaction as engine
from infitah.core.conf import FILES
from infitah.information import operations
from infitah.information.models import CaseFile, RedactionBox, RedactionRun
from infitah.information.operations import file_checks, files, redaction, redaction_runs
from infitah.information.operations.casework import RequestRefused
from infitah.information.tests.asked import NOW, OFFICER, RECEIVED, file
from infitah.information.tests.papers import KEPT, SECRET, paper

pytestmark = [pytest.mark.django_db]
TODAY = datetime(2026, 3, 3, 10, tzinfo=UTC)
State = RedactionBox.State


@pytest.fixture
def document(sefrou):
    request = file(sefrou).request
    operations.register_request(
        community=sefrou.province,
        reference=request.reference,
        title="ميزانية 2025",
        on=RECEIVED,
        by=OFFICER,
        now=NOW,
    )
    stored = stored_files.stage(
        BytesIO(paper(3)), community_key=sefrou.province.key, name="budget.pdf", now=NOW
    )
    files.add_files(
        community=sefrou.province,
        reference=request.reference,
        keys=[str(stored.key)],
        title="",
        by=OFFICER,
        now=NOW,
    )
    file_checks.check_files(now=NOW)
    return CaseFile.objects.select_related("request__community", "file").get()


@pytest.fixture
def officer(sefrou):
    user = grant(sefrou.province, "deputy_information_officer", username="deputy")
    return log_in(Client(), user, sefrou.province)


def act(document):
    return {
        "community": document.request.community,
        "reference": document.request.reference,
        "pk": document.pk,
        "by": OFFICER,
        "now": NOW,
    }


def at(document) -> str:
    return f"/desk/information/{document.request.reference}/files/{document.pk}/redact/"


def text_of(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_what_seems_personal_is_proposed_and_nothing_leaves_before_it_is_decided(document):
    boxes = RedactionBox.objects.filter(document=document)
    assert set(boxes.values_list("found", flat=True)) == {"card", "phone"}
    with pytest.raises(RequestRefused):
        redaction.ask_for_copy(**act(document))
    every = list(boxes.values_list("pk", flat=True))
    redaction.decide_boxes(boxes=every, exception="E03", **act(document))
    assert redaction.ask_for_copy(**act(document)).state == "waiting"


def test_a_copy_is_made_by_the_worker_checked_and_takes_the_place_of_an_older_one(document):
    every = list(document.boxes.values_list("pk", flat=True))
    redaction.decide_boxes(boxes=every, exception="E03", **act(document))
    for _time in range(2):
        run = redaction.ask_for_copy(**act(document))
        assert redaction.ask_for_copy(**act(document)) == run
        assert redaction_runs.has_runs(NOW)
        assert redaction_runs.burn_runs(now=NOW) is False
        run.refresh_from_db()
        assert run.state == "done" and run.report["engines"]
    copy = CaseFile.objects.get(role="redacted", removed_at=None)
    content = stored_files.content(copy.file)
    assert SECRET not in text_of(content) and SECRET.encode() not in content
    assert KEPT in text_of(content)
    assert SECRET in text_of(stored_files.content(document.file))
    assert not (stored_files.root() / redaction_runs.FOLDER / str(run.pk)).exists()


def test_a_check_that_finds_something_leaves_no_copy(document, monkeypatch):
    every = list(document.boxes.values_list("pk", flat=True))
    redaction.decide_boxes(boxes=every, exception="E03", **act(document))
    run = redaction.ask_for_copy(**act(document))

    def failing(*_args, **_options):
        raise engine.RedactionFailed((engine.Problem(engine.Fault.TEXT, 1, "pypdf"),))

    monkeypatch.setattr(engine.apart, "burn", failing)
    redaction_runs.burn_runs(now=NOW)
    run.refresh_from_db()
    assert run.state == "failed" and run.report == {"faults": ["text"]}
    assert not CaseFile.objects.filter(role="redacted").exists()


def test_a_file_that_kills_its_reader_fails_the_run_alone(document, monkeypatch):
    """The reader has a process of its own: the worker goes on, and the officer is told."""
    every = list(document.boxes.values_list("pk", flat=True))
    redaction.decide_boxes(boxes=every, exception="E03", **act(document))
    run = redaction.ask_for_copy(**act(document))
    monkeypatch.setattr(engine.apart.sys, "executable", "/bin/false")
    assert redaction_runs.burn_runs(now=NOW) is False
    run.refresh_from_db()
    assert run.state == "failed" and run.report == {"refused": "TooDemanding"}


def test_a_copy_larger_than_an_upload_is_kept(document, monkeypatch):
    """Twenty grainy scans drawn anew have 13 MB; what is sent by form may have 10."""
    every = list(document.boxes.values_list("pk", flat=True))
    redaction.decide_boxes(boxes=every, exception="E03", **act(document))
    real = engine.apart.burn

    def large(*args, **options):
        made = real(*args, **options)
        return replace(made, content=made.content + b"\n%" + b" " * FILES.max_bytes)

    for most, state in ((redaction_runs.MOST_BYTES, "done"), (FILES.max_bytes, "failed")):
        run = redaction.ask_for_copy(**act(document))
        monkeypatch.setattr(redaction_runs, "MOST_BYTES", most)
        monkeypatch.setattr(engine.apart, "burn", large)
        redaction_runs.burn_runs(now=NOW)
        run.refresh_from_db()
        assert run.state == state
    assert run.report == {"refused": "too_large"}


@time_machine.travel(TODAY, tick=False)
def test_a_covered_word_that_stands_elsewhere_is_proposed_there(document, officer):
    officer.post(at(document), {"act": "aside_all"})
    (page, place), *others = redaction.places_of(document, "suivante")
    redaction.draw_boxes(places=[(page, place)], exception="E14", **act(document))
    redaction.ask_for_copy(**act(document))
    redaction_runs.burn_runs(now=NOW)
    assert 'value="echoes"' in officer.get(at(document)).content.decode()
    assert officer.post(at(document), {"act": "echoes"}).status_code == 302
    found = document.boxes.filter(found="echo", state=State.PROPOSED)
    assert [one.page for one in found] == [other for other, _place in others] == [3]
    assert 'value="echoes"' not in officer.get(at(document)).content.decode()
    assert officer.post(at(document), {"act": "echoes"}).status_code == 422


def test_a_run_that_a_killed_worker_left_is_made_again(document):
    every = list(document.boxes.values_list("pk", flat=True))
    redaction.decide_boxes(boxes=every, exception="E03", **act(document))
    run = redaction.ask_for_copy(**act(document))
    RedactionRun.objects.filter(pk=run.pk).update(state="running", pages_done=1)
    redaction_runs.burn_runs(now=NOW)
    run.refresh_from_db()
    assert run.state == "done"


@pytest.mark.parametrize(
    ("places", "exception"),
    [
        ([], "E03"),
        ([(1, engine.Rect(0.1, 0.1, 0.1005, 0.9))], "E03"),
        ([(1, engine.Rect(0.1, 0.1, 0.5, 0.5))], ""),
        ([(1, engine.Rect(0.1, 0.1, 0.5, 0.5))], "E99"),
    ],
)
def test_a_box_has_a_place_and_an_exception(document, places, exception):
    with pytest.raises(RequestRefused):
        redaction.draw_boxes(places=places, exception=exception, **act(document))


def test_after_the_decision_nothing_is_covered_or_uncovered(document):
    document.boxes.update(state=State.DISMISSED)
    operations.decide(
        community=document.request.community,
        reference=document.request.reference,
        answer=operations.Answer("الجواب", gives=True),
        on=RECEIVED,
        by=OFFICER,
        now=NOW,
    )
    place = [(1, engine.Rect(0.1, 0.1, 0.5, 0.5))]
    with pytest.raises(RequestRefused):
        redaction.draw_boxes(places=place, exception="E03", **act(document))


@time_machine.travel(TODAY, tick=False)
def test_two_clicks_without_script_make_a_box(document, officer):
    page = officer.get(at(document))
    assert page.status_code == 200 and 'type="image"' in page.content.decode()
    first = officer.post(
        f"{at(document)}?page=1", {"at.x": "100", "at.y": "80", "exception": "E14"}
    )
    assert first.status_code == 302 and "x=100&y=80&exception=E14" in first.url
    again = officer.get(first.url.partition("#")[0]).content.decode()
    assert 'name="first_x" value="100"' in again
    assert first.url.endswith("#clicked") and 'id="clicked"' in again and 'y="80"' in again
    done = officer.post(
        f"{at(document)}?page=1",
        {"at.x": "40", "at.y": "200", "first_x": "100", "first_y": "80", "exception": "E14"},
    )
    assert done.status_code == 302
    box = RedactionBox.objects.get(document=document, exception="E14")
    assert box.left == pytest.approx(40 / 720) and box.right == pytest.approx(100 / 720)
    assert box.top < box.bottom and box.decided_by == "deputy"


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    "sent",
    [
        {"at.x": "-4", "at.y": "9", "exception": "E03"},
        {"at.x": "nan", "at.y": "9", "exception": "E03"},
        {"at.x": "9", "at.y": "9", "first_x": "9", "first_y": "9", "exception": "E03"},
        {"at.x": "90", "at.y": "90", "first_x": "9", "first_y": "9", "exception": "E77"},
        {
            "act": "place",
            "left": "50",
            "top": "10",
            "right": "20",
            "bottom": "20",
            "exception": "E03",
        },
        {
            "act": "place",
            "left": "",
            "top": "10",
            "right": "20",
            "bottom": "20",
            "exception": "E03",
        },
        {"act": "cover", "text": "   ", "exception": "E03"},
        {"act": "cover", "text": "لا وجود لهذا", "exception": "E03"},
        {"act": "accept", "exception": "E03"},
        {"act": "accept", "boxes": "999999", "exception": "E03"},
        {"act": "burn"},
        {"act": "nothing"},
    ],
)
def test_a_wrong_place_or_word_is_told_and_draws_nothing(document, officer, sent):
    before = RedactionBox.objects.filter(state=State.ACCEPTED).count()
    assert officer.post(f"{at(document)}?page=1", sent).status_code == 422
    assert RedactionBox.objects.filter(state=State.ACCEPTED).count() == before


@time_machine.travel(TODAY, tick=False)
def test_words_are_covered_wherever_they_stand_and_proposals_set_aside(document, officer):
    assert officer.post(at(document), {"act": "aside_all"}).status_code == 302
    assert not document.boxes.filter(state=State.PROPOSED).exists()
    done = officer.post(at(document), {"act": "cover", "text": "suivante", "exception": "E10"})
    assert done.status_code == 302
    assert document.boxes.filter(state=State.ACCEPTED, exception="E10", found="search").exists()
    on = document.boxes.filter(found="search").first().page
    shown = officer.get(at(document), {"page": on}).content.decode()
    assert "وجد بالبحث" in shown and "محجوب، " in shown
    assert officer.post(at(document), {"act": "burn"}).status_code == 302
    redaction_runs.burn_runs(now=TODAY)
    shown = officer.get(at(document)).content.decode()
    assert re.search(r"/files/[0-9a-f-]+/budget-31-13\.pdf", shown)


@time_machine.travel(TODAY, tick=False)
def test_what_was_set_aside_is_listed_and_taken_up_again(document, officer):
    officer.post(at(document), {"act": "aside_all"})
    aside = list(document.boxes.filter(state=State.DISMISSED).values_list("pk", flat=True))
    shown = officer.get(at(document)).content.decode()
    assert 'value="again"' in shown and f'value="{aside[0]}"' in shown
    assert officer.post(at(document), {"act": "again"}).status_code == 422
    taken = officer.post(at(document), {"act": "again", "boxes": [aside[0]]})
    assert taken.status_code == 302
    box = RedactionBox.objects.get(pk=aside[0])
    assert (box.state, box.decided_by) == (State.PROPOSED, "")
    assert document.boxes.filter(state=State.DISMISSED).count() == len(aside) - 1


@time_machine.travel(TODAY, tick=False)
def test_pictures_of_pages_are_the_officers_alone(document, officer, sefrou):
    image = f"{at(document)}1.png"
    shown = officer.get(image)
    assert shown.content.startswith(b"\x89PNG") and "no-store" in shown.headers["Cache-Control"]
    assert officer.get(f"{at(document)}99.png").status_code == 404
    moderator = log_in(Client(), sefrou.moderator, sefrou.province)
    assert (
        moderator.get(image).status_code == 404 and moderator.get(at(document)).status_code == 404
    )
    assert Client(headers={"host": "localhost"}).get(image).status_code in {302, 404}


@time_machine.travel(TODAY, tick=False)
def test_a_file_that_cannot_be_drawn_says_why(document, officer):
    stored_files.path_of(document.file).write_bytes(b"%PDF-1.7 broken")
    CaseFile.objects.update(sheets=[], checked_at=None)
    file_checks.check_files(now=NOW)
    assert CaseFile.objects.get().sheets == []
    answer = officer.get(at(document))
    assert answer.status_code == 422
