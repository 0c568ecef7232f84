"""Complaints (الشكايات) to the head, the commission, the court (law 31-13, arts. 19 to 21)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.queries.law import calendar
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import InformationRequest, RequestAct
from infitah.information.operations.casework import (
    RequestRefused,
    Said,
    acts_of,
    law_of,
    locked_request,
    record_act,
    standing_in,
)
from infitah.information.queries.moves import windows_told_of
from infitah.kernel.text import has_letters

K = rules.ActKind
WINDOWS = {
    K.COMPLAINED_HEAD: rules.ClockName.HEAD_WINDOW,
    K.COMPLAINED_CDAI: rules.ClockName.CDAI_WINDOW,
    K.COURT_SEIZED: rules.ClockName.COURT_WINDOW,
}


@transaction.atomic
def complain(
    *,
    community: Community,
    reference: str,
    level: rules.ActKind,
    words: str,
    on: date,
    by: Actor,
    now: datetime,
) -> RequestAct:
    """File a complaint of one level within its window.

    Raises RequestRefused before the window opens (the body may still answer), after it closed, or
    without words. An open window protects the citizen: uncertain days count for them, and a last
    day that was told holds even where the calendar brought it forward since.
    """
    if not has_letters(words):
        raise RequestRefused(_("Write what you complain about."), field="words")
    request = locked_request(community, reference)
    acts = acts_of(request)
    law, told = law_of(community, acts[0].on), windows_told_of(request)
    standing = standing_in(rules.fold(acts), law, calendar(community), on, told)
    window = next((one for one in standing.clocks if one.name is WINDOWS[level]), None)
    if window is None:
        raise RequestRefused(
            _("It is too early: the days in which you must be answered are not over."),
            code="too_early",
        )
    if on > window.ends_on:
        raise RequestRefused(
            _("The days in which this complaint can be filed are over."), code="too_late"
        )
    said = Said(level, on, words=words, private={"words": words})
    return record_act(request=request, said=said, by=by, now=now)


@transaction.atomic
def rule_on_complaint(
    *,
    community: Community,
    reference: str,
    level: rules.ActKind,
    ruling: str,
    words: str,
    on: date,
    by: Actor,
    now: datetime,
) -> RequestAct:
    """Record what the head, the commission or the court said; upheld, the case opens again.

    Raises RequestRefused for a head who signed the decision complained about.
    """
    if ruling not in set(rules.Ruling):
        raise RequestRefused(_("Choose what was decided on the complaint."), field="ruling")
    if not has_letters(words):
        raise RequestRefused(_("Write the reason."), field="words")
    request = locked_request(community, reference)
    if level is K.HEAD_DECIDED:
        _check_other_person(request, by)
    said = Said(level, on, facts={"ruling": ruling}, words=words, public={"ruling": ruling})
    act = record_act(request=request, said=said, by=by, now=now)
    if ruling != rules.Ruling.REJECTED and request.phase == rules.Phase.DELIVERED:
        record_act(request=request, said=Said(K.REOPENED, on), by=by, now=now)
        request.decisions.filter(is_current=True).update(is_current=False)
    return act


def _check_other_person(request: InformationRequest, by: Actor) -> None:
    if request.decisions.filter(is_current=True, signer=by.key).exists():
        raise RequestRefused(
            _("You signed the decision complained about: somebody else must decide on it."),
            code="same_person",
        )
