"""The forms of acts that a case makes ready: what is proposed, what can be chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from infitah.design.direction import in_page_language
from infitah.information import rules
from infitah.information.forms import desk_acts as typed
from infitah.information.forms.desk_tasks import GiveTaskForm
from infitah.information.operations.identities import identity_of
from infitah.information.queries import prepared
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_elsewhere import communities_for
from infitah.information.queries.desk_similar import services_for
from infitah.information.rules import tasks
from infitah.information.views.desk_act import today_of


def register_form(data: Any, found: DeskCase) -> forms.Form:
    """Return the form of the title, one proposed from what is asked."""
    initial = {"title": prepared.proposed_title(found.request.text)}
    return typed.RegisterForm(data, prefix="register", initial=initial)


def task_form(data: Any, found: DeskCase) -> forms.Form:
    """Return the form of a task: the services of requests like this one first, a day of its own."""
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


def pass_on_form(data: Any, found: DeskCase) -> forms.Form:
    """Return the form that passes a request on to a community of the instance."""
    others = communities_for(found.request.community, found.today)
    return typed.PassOnForm(
        data,
        prefix="pass-on",
        communities=[(one.key, in_page_language(one.institution)) for one in others],
        initial={"words": prepared.transfer_words(found)},
    )


def _delivery_ways(found: DeskCase) -> list[str]:
    ways = [rules.Delivery.COUNTER, rules.Delivery.POST, rules.Delivery.CONSULTED]
    if found.person.has_email:
        ways.insert(0, rules.Delivery.EMAIL)
    if found.request.channel == "chafafiya":
        ways.insert(0, rules.Delivery.CHAFAFIYA)
    return [way.value for way in ways]


def deliver_form(data: Any, found: DeskCase) -> forms.Form:
    """Return the form of the delivery, by the way that the requester wanted."""
    initial = {"channel": prepared.proposed_delivery(found), **today_of(found)}
    ways = _delivery_ways(found)
    return typed.DeliverForm(data, prefix="deliver", initial=initial, ways=ways)
