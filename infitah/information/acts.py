"""The sentences by which the public register names the acts of a request for information."""

from django.utils.translation import gettext_lazy as _

from infitah.information.rules import ActKind
from infitah.ledger.rules import register_act, register_family

SENTENCES = {
    ActKind.SUBMITTED: _("A request for information was received"),
    ActKind.REGISTERED: _("A request for information was taken in hand"),
    ActKind.URGENCY_REFUSED: _("An urgent request was found to be an ordinary one"),
    ActKind.TRANSFERRED: _("A request was passed on to the institution that holds the information"),
    ActKind.CLARIFICATION_ASKED: _("The requester was asked what is meant"),
    ActKind.CLARIFIED: _("The requester said what is meant"),
    ActKind.TASKED: _("A service was asked for the information"),
    ActKind.TASK_ANSWERED: _("A service answered"),
    ActKind.TASK_CANCELLED: _("What a service was asked was taken back"),
    ActKind.THIRD_PARTY_CONSULTED: _("A third party was consulted"),
    ActKind.THIRD_PARTY_ANSWERED: _("A third party answered"),
    ActKind.EXTENDED: _("The period of an answer was extended once"),
    ActKind.DECIDED: _("A request was decided"),
    ActKind.SECOND_READ: _("A second reader read a decision"),
    ActKind.SENT_BACK: _("A decision was sent back before it left"),
    ActKind.DELIVERED: _("An answer was delivered"),
    ActKind.PUBLISHED: _("An answer was published"),
    ActKind.DEFERRED: _("The publication of an answer was deferred"),
    ActKind.TAKEN_BACK: _("An answer was taken back from the log, with the reason"),
    ActKind.WITHDRAWN: _("A request was withdrawn by its author"),
    ActKind.COMPLAINED_HEAD: _("A complaint went to the head of the institution"),
    ActKind.HEAD_DECIDED: _("The head of the institution decided on a complaint"),
    ActKind.COMPLAINED_CDAI: _("A complaint went to the commission"),
    ActKind.CDAI_DECIDED: _("The commission gave its opinion on a complaint"),
    ActKind.COURT_SEIZED: _("The administrative court was seized"),
    ActKind.COURT_RULED: _("The administrative court ruled"),
    ActKind.REOPENED: _("A request was opened again"),
}


def name_acts() -> None:
    """Give the register the names of these acts and of their family."""
    register_family("information", _("Access to information"))
    for act, sentence in SENTENCES.items():
        register_act(f"information.{act}", sentence)
    register_act("information.report_published", _("A yearly report was signed and published"))
    register_act("information.portal_counted", _("Numbers of the national portal were recorded"))
    register_act("information.identity_read", _("An officer read who made a request"))
    register_act("information.mail_set_aside", _("A mail to the institution was set aside"))
    register_act("information.letter_kept", _("A letter of the office was kept as it was sent"))
    register_act("information.wording_changed", _("A wording of the law was changed"))
    register_act("information.wording_confirmed", _("A wording of the law was confirmed"))
