"""The acts of the desk as one table: which is open on a case, its form ready, its operation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from infitah.core.viewer import Viewer
from infitah.design.direction import in_page_language
from infitah.design.entry import Label
from infitah.information import operations, rules
from infitah.information.forms import desk_acts as typed
from infitah.information.forms.desk_tasks import GiveTaskForm
from infitah.information.operations import third_party
from infitah.information.operations.identities import identity_of
from infitah.information.operations.tasks import ask_service
from infitah.information.queries import prepared
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_similar import services_for
from infitah.information.rules import tasks
from infitah.information.views import desk_drafting, desk_publishing

K = rules.ActKind
ANSWER, CONFIRM, RULE = "information.answer", "information.confirm", "information.rule"

Doing = Mapping[str, Any]
"""What every act names: community, reference, by, now."""


@dataclass(frozen=True, slots=True)
class DeskAct:
    """One act of the desk; `form` makes its form ready for a case, `carry` carries it out."""

    name: str
    kind: rules.ActKind
    right: str
    title: Label
    button: Label
    done: Label
    form: Callable[[Any, DeskCase], forms.Form]
    carry: Callable[[forms.Form, DeskCase, Doing], object]
    law: str = ""
    is_grave: bool = False
    is_open: Callable[[DeskCase], bool] = lambda _found: True
    template: str = ""
    route: str = ""
    """The name of its own address; else the one of the table."""

    def url(self, reference: str) -> str:
        """Return where its form is sent."""
        if self.route:
            return reverse(f"information_desk:{self.route}", args=[reference])
        return reverse("information_desk:act", args=[reference, self.name])

    def is_for(self, found: DeskCase, viewer: Viewer) -> bool:
        """Return whether the viewer may do this now."""
        return viewer.may(self.right) and found.may(self.kind) and self.is_open(found)


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """An act as the page offers it."""

    act: DeskAct
    form: forms.Form
    url: str
    is_opened: bool = False


def _form(
    name: str,
    kind: type[forms.Form],
    initial: Callable[[DeskCase], dict[str, Any]] = lambda _found: {},
) -> Callable[[Any, DeskCase], forms.Form]:
    return lambda data, found: kind(data, prefix=name, initial=initial(found))


def _today(found: DeskCase) -> dict[str, Any]:
    return {"on": found.today}


def _now(operation: Callable[..., object]) -> Callable[[forms.Form, DeskCase, Doing], object]:
    """Carry out on this very day."""
    return lambda form, found, doing: operation(on=found.today, **form.cleaned_data, **doing)


def _dated(
    operation: Callable[..., object], **more: object
) -> Callable[[forms.Form, DeskCase, Doing], object]:
    """Carry out on the day that was typed."""
    return lambda form, _found, doing: operation(**form.cleaned_data, **more, **doing)


def _register_form(data: Any, found: DeskCase) -> forms.Form:
    initial = {"title": prepared.proposed_title(found.request.text)}
    return typed.RegisterForm(data, prefix="register", initial=initial)


def _task_form(data: Any, found: DeskCase) -> forms.Form:
    units = [
        (
            one.unit.slug,
            _("%(service)s (proposed)") % {"service": in_page_language(one.unit.name)}
            if one.is_proposed
            else in_page_language(one.unit.name),
        )
        for one in services_for(found.viewer, found.request)
    ]
    first = next((slug for slug, _name in units[:1]), "")
    proposed = found.request.unit.slug if found.request.unit else first
    initial = {
        "unit": proposed,
        "words": prepared.task_words(
            found, is_clean=not identity_of(found.request).left_in(found.request.text)
        ),
        "due_on": tasks.service_due(found.reply.ends_on, found.today, found.told.days),
    }
    return GiveTaskForm(data, prefix="task", initial=initial, units=units)


def _delivery_ways(found: DeskCase) -> list[str]:
    ways = [rules.Delivery.COUNTER, rules.Delivery.POST, rules.Delivery.CONSULTED]
    if found.person.has_email:
        ways.insert(0, rules.Delivery.EMAIL)
    if found.request.channel == "chafafiya":
        ways.insert(0, rules.Delivery.CHAFAFIYA)
    return [way.value for way in ways]


def _deliver_form(data: Any, found: DeskCase) -> forms.Form:
    initial = {"channel": prepared.proposed_delivery(found), **_today(found)}
    ways = _delivery_ways(found)
    return typed.DeliverForm(data, prefix="deliver", initial=initial, ways=ways)


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
        _form(name, typed.ComplaintForm, _today),
        _dated(operations.complain, level=level),
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
        _form(name, typed.RulingForm, _today),
        _dated(operations.rule_on_complaint, level=level),
        law=law,
    )


ACTS: tuple[DeskAct, ...] = (
    DeskAct(
        "register",
        K.REGISTERED,
        ANSWER,
        _("Take the request in hand"),
        _("Register"),
        _("The request is registered."),
        _register_form,
        _now(operations.register_request),
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
        _now(operations.decide),  # its own page carries it out
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
        _form("read", forms.Form),
        _now(operations.read_second),
        law="31-13:7",
        is_open=lambda found: found.case.needs_second_reader,
        template="information/desk/acts/read.html",
    ),
    DeskAct(
        "deliver",
        K.DELIVERED,
        ANSWER,
        _("Deliver the answer"),
        _("Record the delivery"),
        _("The delivery is recorded."),
        _deliver_form,
        _dated(operations.deliver),
        law="31-13:16",
        template="information/desk/acts/deliver.html",
    ),
    DeskAct(
        "publish",
        K.PUBLISHED,
        ANSWER,
        _("Publish the answer without the name of who asked"),
        _("Publish this answer"),
        _("The answer is published."),
        desk_publishing.form_of,
        _now(operations.publish_answer),  # its own page carries it out
        law="31-13:10",
        template="information/desk/acts/publish.html",
        route="publish",
    ),
    DeskAct(
        "task",
        K.TASKED,
        ANSWER,
        _("Ask a service for documents"),
        _("Ask the service"),
        _("The service is asked."),
        _task_form,
        _now(ask_service),  # its own page carries it out
        route="task_give",
    ),
    DeskAct(
        "extend",
        K.EXTENDED,
        ANSWER,
        _("Extend the period once"),
        _("Extend and tell the requester"),
        _("The period is extended; the requester is told."),
        _form(
            "extend",
            typed.ExtendForm,
            lambda found: {
                "ground": prepared.proposed_ground(found),
                "words": prepared.extension_words(found),
            },
        ),
        _now(operations.extend),
        law="31-13:16",
        is_open=lambda found: found.days_left >= 0,
        template="information/desk/acts/extend.html",
    ),
    DeskAct(
        "ask",
        K.CLARIFICATION_ASKED,
        ANSWER,
        _("Ask the requester what is meant"),
        _("Send the question"),
        _("The question is sent; the period runs on."),
        _form(
            "ask",
            typed.ClarificationForm,
            lambda found: {"words": prepared.clarification_words(found)},
        ),
        _now(operations.ask_clarification),
    ),
    DeskAct(
        "clarified",
        K.CLARIFIED,
        ANSWER,
        _("Enter what the requester said"),
        _("Keep what was said"),
        _("What the requester said is kept."),
        _form("clarified", typed.ClarifiedForm, _today),
        _dated(operations.clarify),
    ),
    DeskAct(
        "not-urgent",
        K.URGENCY_REFUSED,
        ANSWER,
        _("Treat it as an ordinary request"),
        _("Treat as ordinary and tell the requester"),
        _("It is an ordinary request now; the requester is told."),
        _form(
            "not-urgent",
            typed.UrgencyForm,
            lambda found: {"words": prepared.urgency_words(found)},
        ),
        _now(operations.refuse_urgency),
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
        _form(
            "consult",
            typed.ThirdPartyForm,
            lambda found: {"words": prepared.third_party_words(found)},
        ),
        _now(third_party.consult_third_party),
        law="31-13:9",
    ),
    DeskAct(
        "consulted",
        K.THIRD_PARTY_ANSWERED,
        ANSWER,
        _("Enter the answer of the third party"),
        _("Keep its answer"),
        _("The answer of the third party is kept."),
        _form("consulted", typed.ThirdPartyAnswerForm, _today),
        _dated(third_party.third_party_answered),
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
        _form("send-back", typed.SendBackForm),
        _now(operations.send_back),
        is_grave=True,
    ),
    DeskAct(
        "withdraw",
        K.WITHDRAWN,
        ANSWER,
        _("Withdraw it for the requester"),
        _("Withdraw the request"),
        _("The request is withdrawn."),
        _form("withdraw", typed.WithdrawForm, _today),
        _dated(operations.withdraw),
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
    return OfferedAct(act, form, act.url(found.request.reference), act.name == opened)
