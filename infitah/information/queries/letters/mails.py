"""What a mail to the requester says of an act: subject, sentences, facts; the link comes with it.

Law 31-13, arts. 14, 16, 17 and 19: reasons and days stand in the mail itself. The answer's own
words stand in it only where it is delivered by e-mail; its documents never do.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from infitah.information import rules
from infitah.information.models import RequestAct
from infitah.information.queries.desk_words import DELIVERIES
from infitah.information.queries.letters import mails_log, mails_remedies
from infitah.information.queries.letters.case import Told, told
from infitah.information.queries.letters.decision import decision_of
from infitah.information.queries.letters.mail_parts import MailWords, Saying, noted, numbered
from infitah.information.queries.letters.paper import (
    Facts,
    by_law,
    citation,
    filed_words,
    officer_of,
    officer_words,
    star_note,
)
from infitah.information.queries.letters.remedies import remedy_lines
from infitah.information.queries.letters.steps import due_facts
from infitah.information.queries.words import OUTCOMES
from infitah.kernel.dates import format_date

K, N = rules.ActKind, rules.ClockName


def mail_words(act: RequestAct, language: str) -> MailWords | None:
    """Return what the requester is told by mail of an act, None where nothing is. Ten queries."""
    say = MAILS.get(act.kind)
    if say is None:
        return None
    with override(language):
        return say(told(act.request), act, language)


def _due(known: Told, act: RequestAct, language: str) -> Facts:
    return due_facts(known, known.until(act.position), language)


def _received(known: Told, act: RequestAct, language: str) -> MailWords:
    request = known.request
    institution = request.community.institution.in_language(language)
    due = _due(known, act, language)
    came_from = str(act.facts.get("from", ""))
    return MailWords(
        _("Your request %(reference)s was received") % numbered(known),
        (
            _("%(institution)s received your request. Its number is %(reference)s.")
            % {"institution": institution, **numbered(known)},
            *([_passed_on(came_from)] if came_from else []),
        ),
        (
            (_("Filed on"), filed_words(request, language)),
            (_("Information asked for"), request.text),
            *due,
        ),
        (_("The receipt is joined to this mail, with its proof."), *noted(due)),
    )


def _passed_on(reference: str) -> str:
    words = _(
        "It was passed on as %(reference)s by the institution that you asked. The period still "
        "counts from the day on which you filed it there."
    )
    return words % {"reference": reference}


def _registered(known: Told, act: RequestAct, language: str) -> MailWords:
    officer = officer_of(known.request.community, act.occurred_on)
    due = _due(known, act, language)
    return MailWords(
        _("%(reference)s: your request is being answered") % numbered(known),
        (_("The council has received your request and has taken it in hand."),),
        ((_("Officer in charge"), officer_words(officer, language)), *due),
        noted(due),
    )


def _urgency_refused(known: Told, act: RequestAct, language: str) -> MailWords:
    due = _due(known, act, language)
    return MailWords(
        _("%(reference)s: your request is treated as an ordinary one") % numbered(known),
        (
            _("You asked for an urgent answer. The council does not find the case of the law:"),
            act.words,
            _("The ordinary period counts from the day on which you filed the request."),
        ),
        tuple(due),
        noted(due),
    )


def _asked(known: Told, act: RequestAct, language: str) -> MailWords:
    due = _due(known, act, language)
    return MailWords(
        _("%(reference)s: the council asks what you mean") % numbered(known),
        (_("To find the right documents, the council asks you:"), act.words),
        tuple(due),
        (
            _("Answer on the page of your request. The period runs on while we wait for you."),
            *noted(due),
        ),
    )


def _extended(known: Told, act: RequestAct, language: str) -> MailWords:
    ground = by_law(known.wordings, f"X.{act.facts['ground']}", language)
    due = _due(known, act, language)
    return MailWords(
        _("%(reference)s: the period of the answer is extended") % numbered(known),
        (
            _(
                "The council cannot answer within the first period. As the law allows once, it is "
                "extended:"
            ),
        ),
        (
            (_("Ground of the law"), f"{ground} ({citation('31-13:16')})"),
            (_("Reason"), act.words),
            *due,
        ),
        (
            _("Without an answer by the end of the new day, silence counts as a refusal."),
            *noted(due),
        ),
    )


def _transferred(known: Told, act: RequestAct, _language: str) -> MailWords:
    institution = str(act.facts.get("institution", ""))
    rows = [
        (_("Institution that holds the information"), institution),
        (_("Number there"), str(act.facts.get("number", ""))),
        (_("Reason"), act.words),
    ]
    return MailWords(
        _("%(reference)s: your request was passed on") % numbered(known),
        (_("The council does not hold this information. It passed your request on:"),),
        tuple((label, value) for label, value in rows if value),
        (_("Your receipt stays good, and the day on which you filed the request counts on."),),
    )


def _delivered(known: Told, act: RequestAct, language: str) -> MailWords:
    found = decision_of(act)
    case = known.until(act.position)
    channel = rules.Delivery(str(act.facts["channel"]))
    is_mail = channel is rules.Delivery.EMAIL
    outcome = str(OUTCOMES[found.outcome]) if found else ""
    remedies = remedy_lines(known, case, language, act.occurred_on)
    words = (found.answer,) if found and is_mail else ()
    return MailWords(
        _("%(reference)s: your answer is there") % numbered(known),
        (
            _("The council answered your request. Its page holds the answer and its documents."),
            *words,
        ),
        (
            (_("Outcome"), outcome),
            (_("Delivered on"), format_date(act.occurred_on, language)),
            (_("Way of delivery"), str(DELIVERIES[channel])),
        ),
        (_("If it does not satisfy you:"), *remedies, *star_note(remedies)),
    )


def _withdrawn(known: Told, act: RequestAct, language: str) -> MailWords:
    return MailWords(
        _("%(reference)s: your request is withdrawn") % numbered(known),
        (_("You took your request back: the council recorded it and prepares no answer."),),
        (
            (pgettext("a request", "Withdrawn on"), format_date(act.occurred_on, language)),
            (_("Filed on"), filed_words(known.request, language)),
        ),
        (
            _("The number stays and is never given again. A new request can be filed any day."),
            _("If you did not ask for it, tell the council: the page of your request stays open."),
        ),
    )


MAILS: Final[Mapping[str, Saying]] = {
    K.SUBMITTED: _received,
    K.REGISTERED: _registered,
    K.URGENCY_REFUSED: _urgency_refused,
    K.CLARIFICATION_ASKED: _asked,
    K.EXTENDED: _extended,
    K.TRANSFERRED: _transferred,
    K.DELIVERED: _delivered,
    K.PUBLISHED: mails_log.published,
    K.DEFERRED: mails_log.put_off,
    K.TAKEN_BACK: mails_log.taken_back,
    K.WITHDRAWN: _withdrawn,
    K.COMPLAINED_HEAD: mails_remedies.complained,
    K.COMPLAINED_CDAI: mails_remedies.complained_outside,
    K.COURT_SEIZED: mails_remedies.court_seized,
    K.HEAD_DECIDED: mails_remedies.ruled,
    K.CDAI_DECIDED: mails_remedies.ruled,
    K.COURT_RULED: mails_remedies.ruled,
    K.REOPENED: mails_remedies.reopened,
}
"""The acts that the requester is told by mail."""
