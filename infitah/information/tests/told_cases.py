"""Requests of a person with an address, each brought to an act of which a mail tells."""

from datetime import date

from infitah.community.tests.factories import grant
from infitah.core.viewer import Actor
from infitah.information import operations, rules
from infitah.information.operations import publishing
from infitah.information.tests.asked import file
from infitah.information.tests.lettered import (
    OFFICER,
    at,
    complained,
    decided,
    delivered,
    does,
    extended,
    registered,
    ruled,
)
from infitah.kernel.localized import LocalizedText
from infitah.publication.rules import Outcome, RecordText

K = rules.ActKind
FRENCH = "Copie du procès-verbal de la session ordinaire de janvier 2026"
QUESTION = {"ar": "أي دورة تقصدون؟", "fr": "De quelle session s’agit-il ?"}
REASON = LocalizedText(ar="بحث إداري جار", fr="Une enquête administrative est en cours")
LATER = ("delivered", "complained_head", "head_decided", "reopened")
RECORD = RecordText(
    reference="SFR-2026-R-0001",
    title=LocalizedText(ar="محاضر الدورات العادية", fr="Procès-verbaux des sessions ordinaires"),
    summary=LocalizedText(ar="نشر محضر الدورة العادية.", fr="Le procès-verbal est publié."),
    question="نسخة من محضر الدورة العادية",
    answer="المحضر منشور في السجل",
    outcome=Outcome.FULL,
    language="ar",
    asked_on=date(2026, 3, 2),
    answered_on=date(2026, 3, 25),
    working_days=17,
)


def _passed_on(sefrou, request):
    grant(sefrou.commune, "information_officer", username="commune-officer")
    operations.pass_on(
        community=request.community,
        reference=request.reference,
        to=sefrou.commune,
        words="المعلومات لدى جماعة صفرو",
        by=OFFICER,
        now=at(date(2026, 3, 5)),
    )


def _published(_sefrou, request):
    decided(request, withheld=())
    delivered(request)
    publishing.publish_answer(
        community=request.community,
        reference=request.reference,
        record=RECORD,
        by=OFFICER,
        now=at(date(2026, 3, 26)),
    )


def _commission_answered(_sefrou, request):
    _answered(request, 2)
    more = {"by": OFFICER, "words": "تعتبر اللجنة أن القرار معلل"}
    level = {"level": K.COMPLAINED_CDAI}
    does(operations.complain, request, date(2026, 4, 10), **more, **level)
    level = {"level": K.CDAI_DECIDED, "ruling": "rejected"}
    does(operations.rule_on_complaint, request, date(2026, 5, 4), **more, **level)


def _commission_asked(_sefrou, request):
    _answered(request, 2)
    words = {"by": OFFICER, "words": "لم يقنعني جواب الرئيس"}
    does(operations.complain, request, date(2026, 4, 10), level=K.COMPLAINED_CDAI, **words)


def _court_asked(sefrou, request):
    _commission_asked(sefrou, request)
    words = {"by": OFFICER, "words": "لم تجب اللجنة داخل الأجل"}
    does(operations.complain, request, date(2026, 6, 1), level=K.COURT_SEIZED, **words)


def _put_off(_sefrou, request):
    decided(request, withheld=())
    delivered(request)
    publishing.defer_answer(
        community=request.community,
        reference=request.reference,
        record=RECORD,
        until=date(2026, 5, 15),
        reason=REASON,
        by=OFFICER,
        now=at(date(2026, 3, 26)),
    )


def _taken_back(sefrou, request):
    _published(sefrou, request)
    publishing.take_back_answer(
        community=request.community,
        reference=request.reference,
        reason=REASON,
        by=OFFICER,
        now=at(date(2026, 4, 1)),
    )


def _withdrawn(_sefrou, request):
    does(operations.withdraw, request, date(2026, 3, 9), by=Actor.visitor())


def _not_urgent(_sefrou, request):
    words = QUESTION[request.language]
    does(operations.refuse_urgency, request, date(2026, 3, 4), words=words)


def _asked(_sefrou, request):
    words = QUESTION[request.language]
    does(operations.ask_clarification, request, date(2026, 3, 5), words=words)


BRING = {
    "urgency_refused": _not_urgent,
    "clarification_asked": _asked,
    "extended": lambda _sefrou, request: extended(request),
    "transferred": _passed_on,
    "published": _published,
    "cdai_decided": _commission_answered,
    "withdrawn": _withdrawn,
    "deferred": _put_off,
    "taken_back": _taken_back,
    "complained_cdai": _commission_asked,
    "court_seized": _court_asked,
}


def brought(sefrou, kind, language):
    """Return a request of a person with an address, brought to an act."""
    more = {"language": language, "email": "amina@example.org"}
    if language == "fr":
        more["text"] = FRENCH
    if kind == "submitted":
        return file(sefrou, **more).request
    if kind == "urgency_refused":
        more["urgent_case"] = "life"
    request = registered(sefrou, **more)
    if kind in BRING:
        BRING[kind](sefrou, request)
    if kind in LATER:
        _answered(request, LATER.index(kind))
    request.refresh_from_db()
    return request


def _answered(request, steps):
    decided(request)
    delivered(request)
    if steps > 0:
        complained(request)
    if steps > 1:
        ruled(request, ruling="upheld" if steps > 2 else "rejected")
