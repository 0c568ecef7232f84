"""The governor's objection: recorded, examined anew, before the court; what each step refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from infitah.community.tests.factories import log_in
from infitah.core.viewer import Viewer
from infitah.council import operations, queries, rules
from infitah.council.models import Objection
from infitah.council.operations import DeliberationRefused, ObjectionLetter
from infitah.council.rules import Contest, Examination, Ruling, State
from infitah.council.tests.factories import TITLE, adopted
from infitah.kernel.calendar import Holiday, HolidayKind, HolidayStatus, WorkingCalendar
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.proceedings.models import AgendaItem
from infitah.proceedings.operations import hold_sitting, record_named_vote
from infitah.proceedings.queries import in_office
from infitah.proceedings.rules import Choice, Majority, Presence
from infitah.proceedings.tests.factories import BY, AgendaItemFactory, SittingFactory

NOW = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)
STEP = {"by": BY, "now": NOW}
SENT, RECEIVED, SAT = date(2023, 11, 21), date(2023, 11, 24), date(2023, 12, 15)
REFERRED, RULED = date(2024, 1, 5), date(2024, 2, 2)
REASON = LocalizedText(ar="لا يدخل في صلاحيات المجلس", fr="Hors des attributions du conseil")
HOST = {"host": "localhost"}


# Rules ------------------------------------------------------------------------------------------

ACTS = st.lists(
    st.sampled_from(
        [*Contest, "kept", "given_up", "annulled", "dismissed", "visa", "in_force", "send"]
    ),
    max_size=14,
)


class Life:
    """A deliberation under the rules alone, with nothing of a database."""

    def __init__(self, *, has_visa):
        self.state, self.has_visa = State.ADOPTED, has_visa
        self.is_objected = self.is_kept = self.is_ruled = False

    @property
    def at_hand(self):
        return rules.contest_at_hand(
            self.state, is_objected=self.is_objected, is_ruled=self.is_ruled
        )

    def to(self, after):
        if not rules.may_become(self.state, after):
            return False
        self.state = after
        return True

    def wait(self):
        if self.to(State.SENT):
            self.state = rules.after_sending(is_visa_required=self.has_visa)

    def do(self, act):
        if act == "send" and self.state == State.ADOPTED:
            self.wait()
        elif (act == "visa" and self.to(State.VISAED)) or (act == "in_force" and not self.has_visa):
            self.to(State.EXECUTORY)
        elif act == Contest.OBJECT == self.at_hand:
            self.to(State.OBJECTED)
            self.is_objected = True
        elif act == Contest.REFER == self.at_hand:
            assert self.is_kept
            self.to(State.REFERRED)
        elif act in {"kept", "given_up"} and self.at_hand == Contest.EXAMINE:
            self.is_kept = act == "kept"
            self.wait() if self.is_kept else self.to(State.ANNULLED)
        elif act in {"annulled", "dismissed"} and self.at_hand == Contest.RULE:
            self.is_ruled = True
            self.wait() if act == "dismissed" else self.to(State.ANNULLED)


@given(st.booleans(), ACTS)
def test_what_is_contested_is_never_in_force_and_is_contested_once(has_visa, acts):
    life, seen = Life(has_visa=has_visa), []
    for act in acts:
        life.do(act)
        seen.append(life.state)
        assert not (life.state in rules.STOPPED and rules.is_binding(life.state))
    for stopped in (State.OBJECTED, State.REFERRED):
        entered = [one for one, before in zip(seen, [None, *seen], strict=False) if one != before]
        assert entered.count(stopped) <= 1
    if State.ANNULLED in seen:  # for good
        assert set(seen[seen.index(State.ANNULLED) :]) == {State.ANNULLED}
    assert life.at_hand is None or life.state in {*rules.WAITING, State.OBJECTED, State.REFERRED}


@pytest.mark.parametrize(
    ("state", "is_objected", "is_ruled", "act"),
    [
        (State.ADOPTED, False, False, None),
        (State.SENT, False, False, Contest.OBJECT),
        (State.VISA_PENDING, False, False, Contest.OBJECT),
        (State.OBJECTED, True, False, Contest.EXAMINE),
        (State.VISA_PENDING, True, False, Contest.REFER),
        (State.REFERRED, True, False, Contest.RULE),
        (State.SENT, True, True, None),
        (State.EXECUTORY, False, False, None),
        (State.ANNULLED, True, False, None),
    ],
)
def test_which_act_is_at_hand_art117(state, is_objected, is_ruled, act):
    assert rules.contest_at_hand(state, is_objected=is_objected, is_ruled=is_ruled) == act


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 30))
def test_the_last_day_of_the_objection_is_a_working_day_after_the_sending(sent_on, days):
    until = rules.objection_until(sent_on, days=days, calendar=WorkingCalendar())
    assert until.isoweekday() < 6
    passed = [sent_on + timedelta(days=n) for n in range(1, (until - sent_on).days + 1)]
    assert sum(day.isoweekday() < 6 for day in passed) == days


def test_a_holiday_does_not_count_in_the_period():
    name = LocalizedText(ar="عيد")
    off = Holiday(date(2023, 11, 22), name, HolidayKind.FIXED, HolidayStatus.CONFIRMED, "x", "x")
    assert rules.objection_until(SENT, days=3, calendar=WorkingCalendar()) == date(2023, 11, 24)
    assert rules.objection_until(SENT, days=3, calendar=WorkingCalendar((off,))) == date(
        2023, 11, 27
    )


# Acts -------------------------------------------------------------------------------------------


def sent(sefrou, *, is_visa_required=False):
    item = adopted(sefrou.council, is_visa_required=is_visa_required)
    return operations.record_sending(reference=item.reference, sent_on=SENT, **STEP)


def objected(item, **more):
    values = {"number": "2023/114", "received_on": RECEIVED, "reason": REASON} | more
    return operations.record_objection(
        reference=item.reference, letter=ObjectionLetter(**values), **STEP
    )


def vote_later(sefrou, item, on=SAT):
    """A vote of the same council at a sitting of its session on a later day."""
    sitting = SittingFactory(session=item.vote.item.sitting.session, held_on=on)
    asked = AgendaItemFactory(sitting=sitting)
    present = [seat.pk for seat in in_office(sefrou.council, on)]
    presences = dict.fromkeys(present, Presence.PRESENT)
    hold_sitting(sitting=sitting, presences=presences, **STEP)
    return record_named_vote(
        item=AgendaItem.objects.get(pk=asked.pk),
        question=TITLE,
        choices=dict.fromkeys(present, Choice.FOR),
        majority=Majority.OF_CAST,
        **STEP,
    )


def examined(sefrou, item, outcome=Examination.KEPT):
    vote = vote_later(sefrou, item)
    return operations.record_examination(
        reference=item.reference, vote=vote, outcome=outcome, **STEP
    )


def acts_of(item):
    found = Entry.objects.filter(subject=item.reference).order_by("number")
    return [act.rpartition("_")[2] for act in found.values_list("act", flat=True)]


@pytest.mark.database
def test_an_objection_stops_the_text_until_the_council_and_the_court_have_spoken(sefrou):
    item = sent(sefrou, is_visa_required=True)
    made = objected(item)
    item.refresh_from_db()
    assert (item.state, made.letter_number) == ("objected", "2023/114")
    for act, more in (
        (operations.record_visa, {"visa_on": SAT, "is_silent": True}),
        (operations.record_in_force, {"on": SAT}),
        (operations.record_referral, {"referred_on": REFERRED, "case_number": ""}),
    ):
        with pytest.raises(DeliberationRefused):
            act(reference=item.reference, **more, **STEP)
    examined(sefrou, item)
    item.refresh_from_db()
    assert (item.state, item.contest) == ("visa_pending", Contest.REFER)
    operations.record_referral(
        reference=item.reference, referred_on=REFERRED, case_number="7/2024", **STEP
    )
    item.refresh_from_db()
    assert item.state == "referred"
    operations.record_ruling(
        reference=item.reference, ruled_on=RULED, ruling=Ruling.DISMISSED, **STEP
    )
    item.refresh_from_db()
    assert (item.state, item.contest) == ("visa_pending", None)
    done = operations.record_visa(reference=item.reference, visa_on=RULED, is_silent=False, **STEP)
    assert done.state == "executory"
    assert acts_of(item)[2:] == ["objected", "examined", "referred", "ruled", "recorded"]
    told = Entry.objects.get(act="council.deliberation_objected")
    assert (told.occurred_on, told.facts.public["letter"]) == (RECEIVED, "2023/114")


@pytest.mark.parametrize("ruling", [None, Ruling.ANNULLED])
def test_given_up_or_annulled_it_is_without_effect_for_good(sefrou, ruling):
    item = sent(sefrou)
    objected(item)
    if ruling is None:
        examined(sefrou, item, Examination.GIVEN_UP)
    else:
        examined(sefrou, item)
        asked = {"reference": item.reference, **STEP}
        operations.record_referral(referred_on=REFERRED, case_number="", **asked)
        operations.record_ruling(ruled_on=RULED, ruling=ruling, **asked)
    item.refresh_from_db()
    assert (item.state, item.contest) == ("annulled", None)
    with pytest.raises(DeliberationRefused):
        operations.record_in_force(reference=item.reference, on=RULED, **STEP)
    operations.record_posting(reference=item.reference, posted_on=SENT, **STEP)
    assert not queries.awaiting_steps(Viewer("SFR", sefrou.province.pk)).exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"number": ""}, "letter_number"),
        ({"reason": LocalizedText(fr="Seulement en français")}, "reason"),
        ({"received_on": SENT - timedelta(days=1)}, "received_on"),
        ({"received_on": NOW.date() + timedelta(days=1)}, "received_on"),
    ],
)
def test_letters_that_are_refused(sefrou, more, field):
    item = sent(sefrou)
    with pytest.raises(DeliberationRefused) as refused:
        objected(item, **more)
    assert refused.value.field == field
    item.refresh_from_db()
    assert item.state == "sent" and not Objection.objects.exists()


def test_an_objection_comes_once_and_only_after_the_sending(sefrou):
    item = adopted(sefrou.council, is_visa_required=False)
    with pytest.raises(DeliberationRefused) as early:
        objected(item)
    assert early.value.code == "step"
    operations.record_sending(reference=item.reference, sent_on=SENT, **STEP)
    objected(item)
    with pytest.raises(DeliberationRefused):
        objected(item)
    examined(sefrou, item)
    with pytest.raises(DeliberationRefused):
        objected(item)
    assert Objection.objects.count() == 1


def test_the_council_itself_examines_after_the_objection(sefrou):
    item = sent(sefrou)
    objected(item)
    for vote in (item.vote, vote_later(sefrou, item, on=RECEIVED - timedelta(days=1))):
        with pytest.raises(DeliberationRefused) as refused:
            operations.record_examination(
                reference=item.reference, vote=vote, outcome=Examination.KEPT, **STEP
            )
        assert refused.value.field == "vote"


def test_days_of_the_court_follow_each_other(sefrou):
    item = sent(sefrou)
    objected(item)
    examined(sefrou, item)
    asked = {"reference": item.reference, **STEP}
    with pytest.raises(DeliberationRefused) as before:
        operations.record_referral(referred_on=RECEIVED, case_number="", **asked)
    with pytest.raises(DeliberationRefused):
        operations.record_ruling(ruled_on=RULED, ruling=Ruling.ANNULLED, **asked)
    operations.record_referral(referred_on=REFERRED, case_number="", **asked)
    with pytest.raises(DeliberationRefused) as early:
        operations.record_ruling(ruled_on=SENT, ruling=Ruling.ANNULLED, **asked)
    assert (before.value.field, early.value.field) == ("on", "on")


# Pages ------------------------------------------------------------------------------------------


@pytest.fixture
def secretary(sefrou, client):
    with time_machine.travel(NOW, tick=False):
        yield log_in(client, sefrou.secretary, sefrou.province)


def text(answer):
    return answer.content.decode()


def test_the_secretary_takes_an_objection_through_to_the_ruling(sefrou, secretary):
    item = sent(sefrou)
    steps = f"/desk/council/decisions/{item.reference}/"
    at = f"{steps}objection/"
    assert f"{at}object/" in text(secretary.get(steps))
    law = text(secretary.get(f"{at}object/"))
    assert "3 أيام عمل" in law and "24 نونبر 2023" in law and "في انتظار التحقق" in law
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    said = {"letter_number": "2023/114", "reason_fr": "Motif", "received_on": "2023-11-01"}
    refused = secretary.post(f"{at}object/", said | {"file": letter})
    body = text(refused)
    assert refused.status_code == 422 and 'id="id_reason_ar-error"' in body
    assert "2023/114" in body and "Motif" in body and "letter.pdf" in body
    kept = body.split('name="kept" value="')[1].split('"')[0]
    said |= {"reason_ar": REASON.ar, "kept": kept}
    early = secretary.post(f"{at}object/", said)
    assert early.status_code == 422 and 'id="id_received_on-error"' in text(early)
    assert kept in text(early)
    done = secretary.post(f"{at}object/", said | {"received_on": "2023-11-24"})
    assert done.status_code == 302 and done.url == steps
    made = Objection.objects.get()
    assert (str(made.document.key), made.document.is_public) == (kept, True)
    page = text(secretary.get(steps))
    assert f"{at}examine/" in page and 'value="in_force"' not in page
    assert item.reference in text(secretary.get("/desk/council/"))
    stale = secretary.post(f"{at}object/", said | {"received_on": "2023-11-24"})
    assert stale.status_code == 422 and "2023/114" in text(stale)
    assert secretary.get(f"{at}object/").url == steps
    assert "اعقدوا دورته" in text(secretary.get(f"{at}examine/"))
    vote = vote_later(sefrou, item)
    nothing = secretary.post(f"{at}examine/", {"outcome": "kept"})
    assert nothing.status_code == 422 and 'id="id_vote-error"' in text(nothing)
    said = {"outcome": "kept", "vote": vote.pk}
    assert secretary.post(f"{at}examine/", said).status_code == 302
    assert f"{at}refer/" in text(secretary.get(steps))
    early = secretary.post(f"{at}refer/", {"on": "2023-11-30", "case_number": "7/2024"})
    assert early.status_code == 422 and "7/2024" in text(early)
    said = {"on": "2024-01-05", "case_number": "7/2024"}
    assert secretary.post(f"{at}refer/", said).status_code == 302
    said = {"on": "2024-02-02", "ruling": "annulled"}
    assert secretary.post(f"{at}rule/", said | {"ruling": ""}).status_code == 422
    assert secretary.post(f"{at}rule/", said).status_code == 302
    item.refresh_from_db()
    assert item.state == "annulled"


def test_who_keeps_no_session_records_no_objection(sefrou, client):
    item = sent(sefrou)
    page = f"/desk/council/decisions/{item.reference}/objection/object/"
    log_in(client, sefrou.officer, sefrou.province)
    assert client.get(page).status_code == 404
    log_in(client, sefrou.secretary, sefrou.province)
    assert client.get(page.replace("/object/", "/unknown/")).status_code == 404


def shown(client, item, language="ar"):
    return text(client.get(f"/{language}/council/decisions/{item.reference}/", headers=HOST))


@pytest.mark.parametrize(
    ("language", "words", "mark"),
    [
        ("ar", "تعرض عامل الإقليم على هذا المقرر", "المادة والمسطرة في انتظار التحقق"),
        ("fr", "Le gouverneur s’est opposé à ce texte", "article et procédure à vérifier"),
    ],
)
def test_citizens_read_the_objection_in_words(sefrou, client, language, words, mark):
    item = sent(sefrou)
    assert words not in shown(client, item, language)
    objected(item)
    body = shown(client, item, language)
    assert words in body and mark in body and "2023/114" in body
    assert REASON.text_of(language) in body
    assert f"/{language}/register/" in body  # the proof of the act


def test_a_late_letter_is_told_and_not_judged(sefrou, client):
    item = sent(sefrou)
    objected(item, received_on=date(2023, 11, 27))
    assert "وردت الرسالة بعد هذا اليوم" in shown(client, item)


def test_a_contested_deliberation_is_read_in_bounded_queries(sefrou, django_assert_max_num_queries):
    item = sent(sefrou)
    objected(item)
    examined(sefrou, item)
    viewer = Viewer("SFR", sefrou.province.pk)
    with django_assert_max_num_queries(10):
        page = queries.deliberation_page(item.reference, viewer)
    assert SAT in [knot.on for knot in page.thread]
