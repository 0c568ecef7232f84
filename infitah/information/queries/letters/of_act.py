"""Which letter tells which act, and the frame that all letters of the office share."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community.models import Appointment
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import InformationRequest, RequestAct
from infitah.information.queries.letters import decision, steps
from infitah.information.queries.letters.case import Told, foreseen, told
from infitah.information.queries.letters.paper import Row, follow_url, made, paper, signature

K = rules.ActKind
Telling = Callable[[Told, RequestAct, str], tuple[str, Row]]
LETTERS: Final[Mapping[str, Telling]] = {
    K.REGISTERED: steps.acknowledgement,
    K.URGENCY_REFUSED: steps.urgency_refused,
    K.CLARIFICATION_ASKED: steps.clarification,
    K.EXTENDED: steps.extension,
    K.TRANSFERRED: steps.transfer,
    K.THIRD_PARTY_CONSULTED: steps.consultation,
    K.DELIVERED: decision.decision,
    K.HEAD_DECIDED: steps.ruling,
}
"""The acts that the office tells by a letter."""

ANONYMOUS: Final = frozenset({K.THIRD_PARTY_CONSULTED})
"""Letters to others than the requester: whoever calls, they never name who asked."""


class NoLetter(LookupError):
    """No letter tells this act."""


def letter_title(act: RequestAct, language: str) -> str:
    """Return the title of the letter of an act. Raises NoLetter. At most ten queries."""
    return _told(act, language)[0]


def letter_pdf(act: RequestAct, language: str = "", *, requester: str = "") -> bytes:
    """Return the letter that tells an act, in the language of the request where none is given.

    `act` may be one that is only `foreseen`: so the letter is read before the act is carried out.
    `requester` is a name that the caller may show, and lines of an address. Outside any
    transaction: it draws, some 30 ms. At most twenty queries. Raises NoLetter.
    """
    language = language or act.request.language
    title, inputs = _told(act, language, requester)
    return made(inputs, title=title, language=language)


def draft_pdf(request: InformationRequest, written: decision.Written, by: Actor) -> bytes:
    """Return the letter of a decision that is not signed yet, marked as a draft.

    Outside any transaction. At most twenty queries.
    """
    language, signed_on = request.language, written.decision.decided_on
    act = foreseen(request, K.DELIVERED, signed_on, by=by)
    known = told(request)
    with override(language):
        title, inputs = decision.told_of(known, written, known.case, language)
        frame = _frame(known, act, language, "")
        mark = {"draft": _("Draft: this decision is not signed. It is no letter.")}
    return made({**frame, **inputs, **mark}, title=title, language=language)


def _told(act: RequestAct, language: str, requester: str = "") -> tuple[str, Row]:
    tell = LETTERS.get(act.kind)
    if tell is None:
        raise NoLetter(act.kind)
    known = told(act.request, act)
    with override(language):
        title, inputs = tell(known, act, language)
        return title, {**_frame(known, act, language, requester), **inputs}


def _frame(known: Told, act: RequestAct, language: str, requester: str) -> Row:
    request = known.request
    nobody = _("To the author of request %(reference)s") % {"reference": request.reference}
    shown = "" if act.kind in ANONYMOUS else requester
    office = act.by_office
    if act.kind == K.HEAD_DECIDED and not office:
        office = Appointment.Office.PRESIDENT
    signed = (act.by_key, office, act.occurred_on)
    return {
        **paper(request, language, act.occurred_on),
        "recipient": f"{_('To Mr or Mrs')}\n{shown}" if shown else nobody,
        "greeting": _("Dear Madam, dear Sir,"),
        "closing": _("Please accept, Madam, Sir, the expression of our highest consideration."),
        "subject_label": _("Subject:"),
        "subject": steps.about(known, language),
        "stamp": [signature(request.community, *signed, language)],
        "proof_label": _("To follow the request"),
        "proof": follow_url(request, language),
    }
