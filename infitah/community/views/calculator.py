"""The public calculator: until when, and how was it counted (law 31-13, arts. 16 to 21)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from infitah.community import queries
from infitah.community.forms.calculator import DeadlineForm
from infitah.community.models import Community
from infitah.community.rules.deadlines import REMEDIES, REPLY, ReplyDue
from infitah.core.http import public_page


@dataclass(frozen=True, slots=True)
class Answer:
    """What the calculator found: the count asked for, and the remedies that may follow it."""

    due: ReplyDue
    remedies: list[queries.Counted]
    is_reply: bool


def answer_of(community: Community, form: DeadlineForm) -> Answer | None:
    """Return what a form asks for; None with the reason beside the field. Six queries."""
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    try:
        if asked["rule"] != REPLY:
            first, *rest = queries.counts_from(community, asked["rule"], asked["date"])
            return Answer(first.due, rest, is_reply=False)
        due = queries.deadline(
            community, received=asked["date"], urgent=asked["urgent"], extended=asked["extended"]
        )
        last = due.deadline.due_latest
        return Answer(due, queries.counts_from(community, REMEDIES[0], last), is_reply=True)
    except queries.RuleMissing:
        form.add_error("date", _("The law was not in force on that day."))
        return None


def question_of(form: DeadlineForm, language: str) -> str:
    """Return what was asked as the query of an address."""
    asked = form.cleaned_data
    parts = {"date": asked["date"].isoformat(), "rule": asked["rule"], "lang": language}
    ticked = {name: "on" for name in ("urgent", "extended") if asked[name]}
    return urlencode(parts | ticked)


@public_page(kinds=("calendar", "site"))
def calculator(request: HttpRequest) -> HttpResponse:
    community: Community = request.community  # type: ignore[attr-defined]
    form = DeadlineForm(request.GET if "date" in request.GET else None)
    answer = answer_of(community, form)
    context: dict[str, object] = {"form": form, "answer": answer}
    if answer is not None:
        zero = "" if answer.is_reply else _("day zero, not counted")
        context["days"] = queries.account(community, answer.due, zero=zero)
        context["question"] = question_of(form, request.LANGUAGE_CODE)
    status = 422 if form.is_bound and answer is None else 200
    return render(request, "community/deadline.html", context, status=status)
