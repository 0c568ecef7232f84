"""The acts of the desk as one table: which is open on a case, its form ready, its operation."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from infitah.core.viewer import Viewer
from infitah.design.entry import Label
from infitah.information import operations, rules
from infitah.information.forms import desk_acts as typed
from infitah.information.forms.desk_publish import TakeBackForm
from infitah.information.operations import third_party
from infitah.information.operations.tasks import ask_service
from infitah.information.operations.transfers import pass_on
from infitah.information.queries import prepared
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_elsewhere import communities_for
from infitah.information.queries.publishing import stands_in_log
from infitah.information.views import desk_act_forms as act_forms
from infitah.information.views import desk_drafting, desk_publishing
from infitah.information.views.desk_act import (
    DeskAct,
    Doing,
    OfferedAct,
    form_of,
    on_a_day,
    on_this_day,
    today_of,
)

K = rules.ActKind
EXTENDING_DAYS: Final = 7
"""So many days before the last one the extension stands unfolded: it dies with that day."""
ANSWER, CONFIRM, RULE = "information.answer", "information.confirm", "information.rule"


def _window(name: rules.ClockName) -> Callable[[DeskCase], bool]:
    return lambda found: rules.window_open(found.clocks, name, found.today)


def _complaint(name: str, level: rules.ActKind, clock: rules.ClockName, law: str) -> DeskAct:
    titles = {
        K.COMPLAINED_HEAD: _("Enter a complaint to the head that came on paper"),
        K.COMPLAINED_CDAI: _("Enter that the commission was turned to"),
        K.COURT_SEIZED: _("Enter that the court was turned to"),
    }
    return DeskAct(
        name,
        level,
        ANSWER,
        titles[level],
        _("Enter the complaint"),
        _("The complaint is entered; its clock runs."),
        form_of(name, typed.ComplaintForm, today_of),
        on_a_day(operations.complain, level=level),
        law=law,
        is_open=_window(clock),
    )


def _ruling(name: str, level: rules.ActKind, right: str, title: Label, law: str) -> DeskAct:
    return DeskAct(
        name,
        level,
        right,
        title,
        _("Record the decision"),
        _("The decision on the complaint is recorded."),
        form_of(name, typed.RulingForm, today_of),
        on_a_day(operations.rule_on_complaint, level=level),
        law=law,
    )


def _may_be_read_by_viewer(found: DeskCase) -> bool:
    """Whether the decision waits for a second person, and the viewer is not who signed it."""
    signer = found.decision.signer if found.decision is not None else ""
    return found.case.needs_second_reader and signer != found.viewer.username


def _take_back(form: Any, _found: DeskCase, doing: Doing) -> object:
    is_erased = form.cleaned_data["is_erased"]
    return operations.take_back_answer(reason=form.text_of("reason"), is_erased=is_erased, **doing)


ACTS: tuple[DeskAct, ...] = (
    DeskAct(
        "register",
        K.REGISTERED,
        ANSWER,
        _("Take the request in hand"),
        _("Register the request"),
        _("The request is registered."),
        act_forms.register_form,
        on_this_day(operations.register_request),
        law="31-13:14",
        template="information/desk/acts/register.html",
    ),
    DeskAct(
        "decide",
        K.DECIDED,
        ANSWER,
        _("Decide on the request"),
        _("Sign the decision"),
        _("The decision is signed."),
        desk_drafting.form_of,
        on_this_day(operations.decide),  # its own page carries it out
        law="31-13:18",
        template="information/desk/acts/decide.html",
        route="decide",
    ),
    DeskAct(
        "read",
        K.SECOND_READ,
        CONFIRM,
        _("Read the decision as a second person"),
        _("Confirm: it may leave"),
        _("The decision is confirmed."),
        form_of("read", forms.Form),
        on_this_day(operations.read_second),
        law="31-13:7",
        is_open=_may_be_read_by_viewer,
        template="information/desk/acts/read.html",
    ),
    DeskAct(
        "deliver",
        K.DELIVERED,
        ANSWER,
        _("Deliver the answer"),
        _("Record the delivery"),
        _("The delivery is recorded."),
        act_forms.deliver_form,
        on_a_day(operations.deliver),
        law="31-13:16",
        template="information/desk/acts/deliver.html",
        button_of_mail=_("Send the answer by e-mail"),
    ),
    DeskAct(
        "publish",
        K.PUBLISHED,
        ANSWER,
        _("Publish the answer without the name of who asked"),
        _("Publish the answer or put it off"),
        _("The answer is published."),
        desk_publishing.form_of,
        on_this_day(operations.publish_answer),  # its own page carries it out
        law="31-13:10",
        template="information/desk/acts/publish.html",
        route="publish",
    ),
    DeskAct(
        "take-back",
        K.TAKEN_BACK,
        ANSWER,
        _("Take the published answer back"),
        _("Take the answer back from the log"),
        _("The answer is taken back; its number, its days and the reason stay public."),
        form_of("take-back", TakeBackForm),
        _take_back,
        is_grave=True,
        is_open=lambda found: stands_in_log(found.request),
        template="information/desk/acts/take_back.html",
    ),
    DeskAct(
        "task",
        K.TASKED,
        ANSWER,
        _("Ask a service for documents"),
        _("Ask the service"),
        _("The service is asked."),
        act_forms.task_form,
        on_this_day(ask_service),  # its own page carries it out
        route="task_give",
    ),
    DeskAct(
        "extend",
        K.EXTENDED,
        ANSWER,
        _("Extend the period once"),
        _("Extend and tell the requester"),
        _("The period is extended; the requester is told."),
        form_of(
            "extend",
            typed.ExtendForm,
            lambda found: {"words": prepared.extension_words(found)},
        ),
        on_this_day(operations.extend),
        law="31-13:16",
        is_open=lambda found: found.days_left >= 0,
        is_near=lambda found: found.days_left <= EXTENDING_DAYS,
        template="information/desk/acts/extend.html",
    ),
    DeskAct(
        "ask",
        K.CLARIFICATION_ASKED,
        ANSWER,
        _("Ask the requester what is meant"),
        _("Send the question"),
        _("The question is sent; the period runs on."),
        form_of(
            "ask",
            typed.ClarificationForm,
            lambda found: {"words": prepared.clarification_words(found)},
        ),
        on_this_day(operations.ask_clarification),
    ),
    DeskAct(
        "clarified",
        K.CLARIFIED,
        ANSWER,
        _("Enter what the requester said"),
        _("Keep what was said"),
        _("What the requester said is kept."),
        form_of("clarified", typed.ClarifiedForm, today_of),
        on_a_day(operations.clarify),
    ),
    DeskAct(
        "not-urgent",
        K.URGENCY_REFUSED,
        ANSWER,
        _("Treat it as an ordinary request"),
        _("Treat as ordinary and tell the requester"),
        _("It is an ordinary request now; the requester is told."),
        form_of(
            "not-urgent",
            typed.UrgencyForm,
            lambda found: {"words": prepared.urgency_words(found)},
        ),
        on_this_day(operations.refuse_urgency),
        law="31-13:17",
        is_grave=True,
    ),
    DeskAct(
        "consult",
        K.THIRD_PARTY_CONSULTED,
        ANSWER,
        _("Consult a third party"),
        _("Record that it was asked"),
        _("The consultation is recorded; the period runs on."),
        form_of(
            "consult",
            typed.ThirdPartyForm,
            lambda found: {"words": prepared.third_party_words(found)},
        ),
        on_this_day(third_party.consult_third_party),
        law="31-13:9",
    ),
    DeskAct(
        "consulted",
        K.THIRD_PARTY_ANSWERED,
        ANSWER,
        _("Enter the answer of the third party"),
        _("Keep its answer"),
        _("The answer of the third party is kept."),
        form_of("consulted", typed.ThirdPartyAnswerForm, today_of),
        on_a_day(third_party.third_party_answered),
        law="31-13:9",
    ),
    _ruling(
        "rule",
        K.HEAD_DECIDED,
        RULE,
        _("Decide on the complaint"),
        "31-13:19",
    ),
    _ruling(
        "ruled-cdai",
        K.CDAI_DECIDED,
        ANSWER,
        _("Enter what the commission decided"),
        "31-13:20",
    ),
    _ruling("ruled-court", K.COURT_RULED, ANSWER, _("Enter what the court ruled"), "31-13:21"),
    _complaint("complaint-head", K.COMPLAINED_HEAD, rules.ClockName.HEAD_WINDOW, "31-13:19"),
    _complaint("complaint-cdai", K.COMPLAINED_CDAI, rules.ClockName.CDAI_WINDOW, "31-13:20"),
    _complaint("complaint-court", K.COURT_SEIZED, rules.ClockName.COURT_WINDOW, "31-13:21"),
    DeskAct(
        "send-back",
        K.SENT_BACK,
        CONFIRM,
        _("Send the decision back"),
        _("Send back"),
        _("The decision is sent back to who wrote it."),
        form_of("send-back", typed.SendBackForm),
        on_this_day(operations.send_back),
        is_grave=True,
    ),
    DeskAct(
        "pass-on",
        K.TRANSFERRED,
        ANSWER,
        _("Pass it on to another community"),
        _("Pass the request on"),
        _("The request is passed on."),
        act_forms.pass_on_form,
        on_this_day(pass_on),  # its own page carries it out
        is_grave=True,
        route="pass_on",
        is_open=lambda found: bool(communities_for(found.request.community, found.today)),
    ),
    DeskAct(
        "withdraw",
        K.WITHDRAWN,
        ANSWER,
        _("Withdraw it for the requester"),
        _("Withdraw the request"),
        _("The request is withdrawn."),
        form_of("withdraw", typed.WithdrawForm, today_of),
        on_a_day(operations.withdraw),
        is_grave=True,
    ),
)
BY_NAME: dict[str, DeskAct] = {act.name: act for act in ACTS}

NEXT: dict[rules.ActKind, str] = {
    K.REGISTERED: "register",
    K.DECIDED: "decide",
    K.SECOND_READ: "read",
    K.DELIVERED: "deliver",
    K.PUBLISHED: "publish",
}
OF_PARTY: dict[rules.Party, str] = {
    rules.Party.HEAD: "rule",
    rules.Party.CDAI: "ruled-cdai",
    rules.Party.COURT: "ruled-court",
    rules.Party.REQUESTER: "clarified",
}


def card_of(found: DeskCase) -> str:
    """Return the name of the act that the card puts forward, "" where nothing is left to do."""
    if found.turn.party in OF_PARTY:
        return OF_PARTY[found.turn.party]
    kind = rules.next_act(found.case)
    if kind is None or found.turn.party is rules.Party.NOBODY:
        return ""
    return NEXT.get(kind, kind.value)


def offered(
    found: DeskCase, viewer: Viewer, filled: Mapping[str, forms.Form], opened: str
) -> list[OfferedAct]:
    """Return every act that the viewer may do now; `filled` are forms that came back."""
    make = partial(_offered, found, filled, opened)
    return [make(act) for act in ACTS if act.is_for(found, viewer) or act.name in filled]


def _offered(
    found: DeskCase, filled: Mapping[str, forms.Form], opened: str, act: DeskAct
) -> OfferedAct:
    form = filled[act.name] if act.name in filled else act.form(None, found)
    is_opened = act.name == opened if opened else act.is_near(found)
    return OfferedAct(act, form, act.url(found.request.reference), is_opened)
