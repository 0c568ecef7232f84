"""A consultation that was announced and is not held: cancelled in public, with its reason."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from infitah.core.viewer import Viewer
from infitah.ledger.models import Entry
from infitah.participation import operations, queries
from infitah.participation.models import Consultation
from infitah.participation.operations import ConsultationRefused, IdeaRefused, IdeaText
from infitah.participation.operations.ideas import enter_idea_at_desk
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    STATEMENT,
    acts,
    make_consultation,
    make_text,
)
from infitah.participation.tests.workshops import KEY, enter, make_workshop

DESK = "/desk/participation/"
AT = f"{DESK}consultations/june/"
PUBLIC = "/ar/consultations/june/"
REASON = "تأجل إعداد البرنامج إلى السنة المقبلة"
BEFORE = datetime(2023, 6, 7, 10, 0, tzinfo=UTC)
WORKSHOP = "workshop:june/first"


@pytest.fixture(autouse=True)
def _before_it_opens():
    with time_machine.travel(BEFORE, tick=False):
        yield


def cancelled(june, reason=REASON, now=BEFORE):
    return operations.cancel_consultation(consultation_id=june.pk, reason=reason, by=BY, now=now)


def test_a_consultation_is_cancelled_at_the_desk_and_its_page_says_why(june, focal, anybody):
    assert f"{AT}cancel/" in focal.get(AT).content.decode()
    assert focal.get(f"{AT}cancel/").status_code == 200
    short = focal.post(f"{AT}cancel/", {"reason": "قصير"})
    assert short.status_code == 422 and "id_reason-error" in short.content.decode()
    done = focal.post(f"{AT}cancel/", {"reason": REASON}, follow=True).content.decode()
    assert REASON in done and f"{AT}cancel/" not in done and 'name="name_ar"' not in done
    public = anybody.get(PUBLIC).content.decode()
    assert REASON in public and "ألغيت" in public and "ماذا تقترحون؟" in public
    assert f"{PUBLIC}give/" not in public
    assert "ألغيت" in anybody.get("/ar/consultations/").content.decode()
    assert acts("consultation:june") == ["consultation_announced", "consultation_cancelled"]
    entry = Entry.objects.get(act="participation.consultation_cancelled")
    assert entry.facts.public["reason"] == REASON


def test_what_is_cancelled_neither_opens_nor_closes(sefrou, june, anybody):
    cancelled(june)
    cancelled(june, "سبب آخر لا يغير شيئا")
    viewer = Viewer("SFR", sefrou.province.pk)
    for now in (DURING, AFTER):
        operations.keep_time(now=now)
        operations.commit_voices(now=now)
        assert queries.open_consultations(viewer=viewer, now=now) == []
        assert queries.next_moment(viewer=viewer, now=now) is None
        (card,) = queries.all_consultations(viewer=viewer, now=now)
        assert card.is_cancelled and card.star == "refused"
        with time_machine.travel(now, tick=False):
            page = anybody.get(PUBLIC).content.decode()
            assert REASON in page
            assert anybody.get(f"{PUBLIC}give/").url == PUBLIC
            assert anybody.get(f"{PUBLIC}ideas/").url == PUBLIC
            axis = anybody.get(f"{PUBLIC}axes/{sefrou.axis.slug}/").content.decode()
            assert "ألغيت هذه الاستشارة" in axis
    assert acts("consultation:june") == ["consultation_announced", "consultation_cancelled"]


def test_nothing_is_given_in_what_is_cancelled(sefrou, june):
    june = cancelled(june)
    text = IdeaText(key=KEY, axis=sefrou.axis, statement=STATEMENT)
    with pytest.raises(IdeaRefused) as caught:
        enter_idea_at_desk(consultation=june, text=text, author=None, by=BY, now=DURING)
    assert caught.value.code == "cancelled"
    with pytest.raises(ConsultationRefused):
        operations.edit_consultation(
            consultation_id=june.pk, text=make_text(sefrou.axis), by=BY, now=BEFORE
        )
    with pytest.raises(operations.WorkshopRefused):
        make_workshop(june, sefrou.axis)


def test_its_workshops_are_cancelled_with_it(sefrou, june):
    workshop = make_workshop(june, sefrou.axis)
    cancelled(june)
    workshop.refresh_from_db()
    assert workshop.cancel_reason == REASON
    assert acts(WORKSHOP) == ["workshop_announced", "workshop_cancelled"]


def test_a_consultation_stays_once_it_opened_or_has_notes_or_is_a_draft(sefrou, june):
    with pytest.raises(ConsultationRefused):
        cancelled(june, now=DURING)
    draft = make_consultation(sefrou.province, sefrou.axis, slug="draft", is_announced=False)
    with pytest.raises(ConsultationRefused):
        cancelled(draft)
    with pytest.raises(ConsultationRefused) as caught:
        cancelled(june, "قصير")
    assert caught.value.field == "reason"
    table = make_workshop(june, sefrou.axis, held_on=date(2023, 6, 6)).tables.get()
    enter(table, STATEMENT, now=BEFORE)
    with pytest.raises(ConsultationRefused):
        cancelled(june)
    assert Consultation.objects.get(slug="june").cancelled_at is None


def test_a_cancelling_without_a_reason_is_no_row(june):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=june.pk).update(cancelled_at=BEFORE)
