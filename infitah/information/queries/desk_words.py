"""How the desk names where a request stands, whose turn it is, and what its letters speak of."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from infitah.information import rules
from infitah.information.models import InformationRequest

KIND: Final = "request"
"""The kind under which requests stand in the word index: read by officers alone."""

P, R = rules.Phase, rules.Remedy

PARTIES: Final = {
    rules.Party.OFFICER: _("the officer"),
    rules.Party.SECOND_READER: _("the second reader"),
    rules.Party.REQUESTER: _("the requester"),
    rules.Party.HEAD: _("the head of the institution"),
    rules.Party.CDAI: _("the commission"),
    rules.Party.COURT: _("the administrative court"),
    rules.Party.NOBODY: _("nobody"),
}
SHELF_NAMES: Final = {
    "": _("All that wait for an answer"),
    "register": _("To register"),
    "open": _("Being answered"),
    "waiting": _("Waiting for the requester"),
    "second": _("Waiting for the second reader"),
    "deliver": _("To deliver"),
    "silent": _("Silent: implied refusal"),
    "publish": _("To publish"),
    "complaints": _("Complaints"),
    "done": _("Nothing left to do"),
    "all": _("Every request"),
}
RULINGS: Final = {
    rules.Ruling.UPHELD: _("the complaint is upheld"),
    rules.Ruling.PARTLY: _("the complaint is upheld in part"),
    rules.Ruling.REJECTED: _("the complaint is rejected"),
}
DELIVERIES: Final = {
    rules.Delivery.EMAIL: _("by e-mail"),
    rules.Delivery.POST: _("by post"),
    rules.Delivery.COUNTER: _("collected at the counter"),
    rules.Delivery.CONSULTED: _("consulted on the spot"),
    rules.Delivery.CHAFAFIYA: _("on the national portal"),
}
EXTENSION_GROUNDS: Final = {
    rules.ExtensionGround.UNABLE_IN_TIME: _(
        "The request cannot be answered, in whole or in part, within the period"
    ),
    rules.ExtensionGround.LARGE_VOLUME: _("It asks for a large volume of information"),
    rules.ExtensionGround.NOT_AVAILABLE_IN_TIME: _(
        "The information cannot be made available within the period"
    ),
    rules.ExtensionGround.THIRD_PARTY_CONSULTATION: _("Third parties must be consulted"),
}
REMEDIES: Final = {
    R.HEAD_OPEN: ("claimed", _("Complaint before the head of the institution")),
    R.CDAI_OPEN: ("claimed", _("Complaint before the commission")),
    R.COURT_OPEN: ("claimed", _("Before the administrative court")),
}
ENDED: Final = {
    P.WITHDRAWN: ("done", _("Withdrawn by the requester")),
    P.TRANSFERRED: ("done", _("Passed on to another institution")),
}


def state_of(request: InformationRequest, today: date) -> tuple[str, str]:
    """Return the star and the words of where a request stands for the office. No query.

    Silence is told beside it: it is no state, the answer is still owed.
    """
    star, words = _state(request, P(request.phase), R(request.remedy), today)
    return star, str(words)


def _state(
    request: InformationRequest, phase: rules.Phase, remedy: rules.Remedy, today: date
) -> tuple[str, object]:
    if phase in ENDED:
        return ENDED[phase]
    if remedy in REMEDIES:
        return REMEDIES[remedy]
    if phase is P.DELIVERED:
        return _published(request, today)
    return _answering(request, phase)


def _answering(request: InformationRequest, phase: rules.Phase) -> tuple[str, object]:
    if phase is P.RECEIVED:
        return "to_come", SHELF_NAMES["register"]
    if request.turn == rules.Party.REQUESTER:
        return "claimed", SHELF_NAMES["waiting"]
    if phase is P.OPEN:
        return "under_way", SHELF_NAMES["open"]
    if request.turn == rules.Party.SECOND_READER:
        return "claimed", SHELF_NAMES["second"]
    return "under_way", SHELF_NAMES["deliver"]


def _published(request: InformationRequest, today: date) -> tuple[str, object]:
    if request.published_on is not None:
        return "done", _("Answered and published")
    if request.deferred_until is not None and request.deferred_until >= today:
        return "claimed", _("Answered; publication put off")
    if request.deferred_until is None and request.turn == rules.Party.NOBODY:
        return "done", _("Answered; taken back from the log")
    return "under_way", _("Answered; to publish")
