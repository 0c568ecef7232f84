"""Cases for letters: a request brought to the act that a letter tells."""

from datetime import UTC, date, datetime

from infitah.core.viewer import Actor
from infitah.information import operations, rules
from infitah.information.models import InformationRequest
from infitah.information.tests.asked import OFFICER, file

K = rules.ActKind
HEAD = Actor("officer", "president", "president")
SECOND = Actor("officer", "second", "deputy_information_officer")
WORDS = "تتطلب الوثائق المطلوبة بحثا في أرشيف سنوات متعددة."
ANSWER = "تجدون رفقته محضر الدورة العادية، وقد حجبت منه معطيات شخصية."
WITHHELD = rules.Withholding(
    rules.RefusalGround.EXCEPTION,
    exception="E03",
    limb="الحياة الخاصة",
    reason="يتضمن المحضر أرقام بطائق مواطنين",
    harm="استعمال رقم البطاقة في انتحال صفة",
    interest="لا يفيد هذا الرقم في فهم القرار",
)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def does(operation, request, on, by=OFFICER, **more):
    """Carry an act out on a day, and return it."""
    return operation(
        community=request.community,
        reference=request.reference,
        on=on,
        by=by,
        now=at(on),
        **more,
    )


def registered(sefrou, on=date(2026, 3, 3), **more):
    """Return a request that the office took in hand."""
    request = file(sefrou, **more).request
    does(operations.register_request, request, on, title="محاضر الدورات العادية")
    return InformationRequest.objects.select_related("community").get(pk=request.pk)


def extended(request, on=date(2026, 3, 20), ground="large_volume"):
    return does(operations.extend, request, on, ground=ground, words=WORDS)


def decided(request, on=date(2026, 3, 24), *, gives=True, withheld=(WITHHELD,), words=ANSWER):
    """Decide a request, and let a second person read what withholds something."""
    answer = operations.Answer(words, gives, withheld)
    does(operations.decide, request, on, answer=answer)
    if withheld:
        does(operations.read_second, request, on, by=SECOND)


def delivered(request, on=date(2026, 3, 25), channel="email"):
    return does(operations.deliver, request, on, channel=channel, proof="RR123456789MA")


def complained(request, on=date(2026, 4, 2), words="لم أتوصل بما طلبت"):
    return does(
        operations.complain,
        request,
        on,
        by=Actor.visitor(),
        level=K.COMPLAINED_HEAD,
        words=words,
    )


def ruled(request, on=date(2026, 4, 8), ruling="rejected", words="القرار معلل وفق القانون"):
    return does(
        operations.rule_on_complaint,
        request,
        on,
        by=HEAD,
        level=K.HEAD_DECIDED,
        ruling=ruling,
        words=words,
    )
