"""No refusal without all that makes it lawful; nothing withheld leaves by one person's hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from infitah.core.viewer import Actor, Viewer
from infitah.information import operations, rules
from infitah.information.models import Decision, InformationRequest, RequestAct
from infitah.information.operations import Answer, RequestRefused, WithholdingRefused
from infitah.information.rules import ActKind, Lack, RefusalGround, Withholding
from infitah.information.tests.asked import NOW, OFFICER, RECEIVED, file

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DEPUTY = Actor("officer", "deputy", "deputy_information_officer")
HEAD = Actor("officer", "president", "president")
SECRET = Withholding(
    RefusalGround.EXCEPTION,
    "E03",
    "المادة 7، الفقرة الأولى",
    "تتضمن اللائحة أرقام البطاقات الوطنية",
    "مس بالحياة الخاصة للحاضرين",
    "لا تضيف الأرقام شيئا إلى معرفة العموم",
)
WORDS = "نمدكم بنسخة من المحضر دون أرقام البطاقات."


@pytest.fixture
def act(sefrou):
    """What every act on the one open request names; the request is in hand."""
    request = file(sefrou).request
    named = {"community": sefrou.province, "reference": request.reference, "by": OFFICER}
    operations.register_request(title="محضر دورة يناير", on=RECEIVED, now=NOW, **named)
    return named


def current(act):
    return InformationRequest.objects.get(reference=act["reference"])


def decided(act, *, gives=True, withheld=(SECRET,), **more):
    answer = Answer(WORDS, gives=gives, withheld=withheld)
    return operations.decide(answer=answer, on=RECEIVED, now=NOW, **{**act, **more})


def deliver(act, **more):
    values = {"channel": "counter", "proof": "وقع على التسلم", "on": RECEIVED, "now": NOW}
    return operations.deliver(**{**values, **act, **more})


def test_a_full_answer_needs_no_second_person(act):
    assert decided(act, withheld=()).outcome == "full"
    deliver(act)
    request = current(act)
    assert (request.phase, request.outcome, request.due_on) == ("delivered", "full", None)
    assert (request.turn, request.delivered_on) == ("officer", RECEIVED)


def test_what_withholds_leaves_only_after_a_second_person(act):
    assert decided(act).outcome == "partial"
    with pytest.raises(RequestRefused):
        deliver(act)
    with pytest.raises(RequestRefused) as refused:
        operations.read_second(on=RECEIVED, now=NOW, **act)
    assert refused.value.code == "same_person" and current(act).phase == "decided"
    operations.read_second(on=RECEIVED, now=NOW, **{**act, "by": DEPUTY})
    deliver(act)
    decision = Decision.objects.get(is_current=True)
    assert (decision.signer, decision.reader) == (OFFICER.key, DEPUTY.key)
    assert decision.withheld.get().exception == "E03"


@pytest.mark.parametrize(
    ("more", "lack"),
    [
        ({"exception": ""}, Lack.EXCEPTION),
        ({"limb": ""}, Lack.LIMB),
        ({"reason": " "}, Lack.REASON),
        ({"harm": ""}, Lack.HARM),
        ({"interest": ""}, Lack.INTEREST),
        ({"ground": RefusalGround.ALREADY_PUBLIC}, Lack.PLACE),
    ],
)
def test_a_refusal_that_lacks_anything_is_impossible(act, more, lack):
    with pytest.raises(WithholdingRefused) as refused:
        decided(act, gives=False, withheld=(replace(SECRET, **more),))
    assert refused.value.lacks == [(lack,)]
    assert current(act).phase == "open" and not Decision.objects.exists()


def test_a_decision_sent_back_stays_beside_the_next_one(act):
    decided(act)
    with pytest.raises(RequestRefused):
        operations.send_back(note=" ", on=RECEIVED, now=NOW, **{**act, "by": DEPUTY})
    operations.send_back(note="أضيفوا الصفحة 3", on=RECEIVED, now=NOW, **{**act, "by": DEPUTY})
    decided(act, withheld=())
    assert list(Decision.objects.order_by("pk").values_list("is_current", "outcome")) == [
        (False, "partial"),
        (True, "full"),
    ]


def test_delivery_says_how_and_what_proves_it(act):
    decided(act, withheld=())
    for more, field in (({"channel": "pigeon"}, "channel"), ({"proof": " "}, "proof")):
        with pytest.raises(RequestRefused) as refused:
            deliver(act, **more)
        assert refused.value.field == field
    deliver(act, channel="email", proof="")


def test_publication_is_put_off_to_a_later_day_with_its_reason(act):
    decided(act, withheld=())
    deliver(act)
    values = {"on": RECEIVED, "now": NOW, **act}
    for until, reason, field in (
        (RECEIVED, "سبب", "until"),
        (RECEIVED + timedelta(days=9), "", "reason"),
    ):
        with pytest.raises(RequestRefused) as refused:
            operations.defer_publication(until=until, reason=reason, **values)
        assert refused.value.field == field
    operations.defer_publication(until=date(2026, 4, 1), reason="بحث جار", **values)
    request = current(act)
    assert (request.turn, request.deferred_until) == ("nobody", date(2026, 4, 1))


def later(days):
    now = NOW + timedelta(days=days)
    return {"on": now.date(), "now": now}


def complain(act, level, days, **more):
    values = {"level": level, "words": "لم نتوصل بأي جواب", **later(days)}
    return operations.complain(**{**values, **act, **more})


def test_silence_is_complained_about_after_the_last_day_and_within_the_window(act):
    request = current(act)
    last = (request.due_latest - RECEIVED).days
    with pytest.raises(RequestRefused) as refused:
        complain(act, ActKind.COMPLAINED_HEAD, last)
    assert refused.value.code == "too_early"
    with pytest.raises(RequestRefused) as refused:
        complain(act, ActKind.COMPLAINED_HEAD, last + 60)
    assert refused.value.code == "too_late"
    complain(act, ActKind.COMPLAINED_HEAD, last + 1)
    assert (current(act).remedy, current(act).turn) == ("head_open", "head")


def test_a_complaint_upheld_opens_the_case_again_by_another_person(act):
    decided(act)
    operations.read_second(on=RECEIVED, now=NOW, **{**act, "by": DEPUTY})
    deliver(act)
    complain(act, ActKind.COMPLAINED_HEAD, 5)
    ruling = {"level": ActKind.HEAD_DECIDED, "ruling": "upheld", "words": "تعطى", **later(8)}
    with pytest.raises(RequestRefused) as refused:
        operations.rule_on_complaint(**{**ruling, **act})
    assert refused.value.code == "same_person"
    operations.rule_on_complaint(**{**ruling, **act, "by": HEAD})
    request = current(act)
    assert (request.phase, request.remedy, request.turn) == ("open", "none", "officer")
    assert not Decision.objects.filter(is_current=True).exists()


def test_acts_replayed_give_the_columns(act, sefrou):
    decided(act)
    operations.read_second(on=RECEIVED, now=NOW, **{**act, "by": DEPUTY})
    deliver(act)
    acts = [one.as_rule() for one in RequestAct.objects.order_by("position")]
    case, request = rules.fold(acts), current(act)
    for name in ("phase", "remedy", "outcome", "decided_on", "delivered_on", "published_on"):
        assert getattr(request, name) == (
            getattr(case, name) or ("" if name == "outcome" else None)
        )


def test_nobody_else_sees_a_request(act, sefrou):
    request = current(act)
    seen = InformationRequest.objects.visible_to
    province, other = sefrou.province, sefrou.other
    assert not seen(Viewer(province.key, province.pk)).exists()
    assert seen(Viewer(province.key, province.pk, tokens=frozenset({request.token}))).exists()
    assert seen(Viewer(province.key, province.pk, rights=frozenset({"information.read"}))).exists()
    assert not seen(Viewer(other.key, other.pk, rights=frozenset({"information.read"}))).exists()
    assert not seen(Viewer(other.key, other.pk, tokens=frozenset({request.token}))).exists()
