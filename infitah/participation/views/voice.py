"""Voting on statements and supporting ideas: thin endpoints, and one's own pages below mine/."""

import uuid
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import gathers_writes, public_page, same_origin_required, viewer_of
from infitah.core.viewer import Viewer
from infitah.design.parts import FilterGroup, Option
from infitah.participation import operations, queries, rules
from infitah.participation.models import Consultation
from infitah.participation.operations import Statement, VoiceRefused
from infitah.participation.views.public import found_or_404, until

SEE_OTHER = 303
FEW, MANY = 3, 200


def _see(path: str) -> HttpResponse:
    """Lead on with GET, whatever the method was (303)."""
    return HttpResponseRedirect(path, status=SEE_OTHER)


def _refused(request: HttpRequest, slug: str, refused: VoiceRefused) -> HttpResponse:
    if refused.code == operations.UNKNOWN:
        raise Http404
    consultation = found_or_404(request, slug)
    context = {"consultation": consultation, "refusal": refused.message}
    return render(request, "participation/voice_refused.html", context, status=422)


def _back(request: HttpRequest, slug: str, *, voted: str = "") -> str:
    """Return where a vote leads: the page of the statement if it stood there, else the next ones.

    The votes that are left of a visit are counted down in the address, which names the idea that
    was `voted` on, so that the page of the next ones says what was counted.
    """
    back = request.POST.get("back", "")
    if back.startswith("/") and not back.startswith(("//", "/\\")):
        return back[:300]
    at = reverse("participation:vote", args=[slug])
    left = request.POST.get("left", "")
    told = {"voted": voted} if voted else {}
    if left.isdecimal() and 0 < int(left[:3]) <= rules.VOTES_PER_VISIT:
        told = {"left": str(int(left[:3]) - 1), **told}
    return f"{at}?{urlencode(told)}" if told else at


@gathers_writes
@same_origin_required
def cast(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one vote: no template, one short transaction, 303. Without proof it waits for a code."""
    typed = request.POST
    choice = rules.CHOICES.get(typed.get("choice", ""))
    if request.method != "POST" or choice is None:
        return _see(reverse("participation:vote", args=[slug]))
    statement = Statement(slug, typed.get("idea", "")[:30], typed.get("paragraph", "")[:19])
    person = viewer_of(request).participant_id
    try:
        if person is None:
            return _vote_later(request, statement, typed["choice"])
        operations.cast_vote(
            community=request.community,  # type: ignore[attr-defined]
            statement=statement,
            choice=choice,
            participant_id=person,
            now=clock.now(),
        )
    except VoiceRefused as refused:
        return _refused(request, slug, refused)
    return _see(_back(request, slug, voted=statement.idea))


def _vote_later(request: HttpRequest, statement: Statement, choice: str) -> HttpResponse:
    community = request.community  # type: ignore[attr-defined]
    operations.check_vote(community=community, statement=statement, now=clock.now())
    act = operations.begin_act(
        community=community,
        key=uuid.uuid4(),
        kind="vote",
        subject=statement.idea or statement.paragraph,
        payload={
            "slug": statement.slug,
            "idea": statement.idea,
            "paragraph": statement.paragraph,
            "choice": choice,
        },
        interface=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        back=_back(request, statement.slug),
        now=clock.now(),
    )
    return _see(reverse("participation:act", args=[act.key]))


@same_origin_required
def support(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Stand behind an idea, or take that back; the outcome stands on one's own page of it."""
    at = reverse("participation:my-voice", args=[slug, reference])
    if request.method != "POST":
        return _see(at)
    person = viewer_of(request).participant_id
    about = {
        "community": request.community,  # type: ignore[attr-defined]
        "slug": slug,
        "reference": reference,
        "now": clock.now(),
    }
    try:
        if person is None:
            operations.check_support(**about)
            return _support_later(request, slug, reference, at)
        is_back = "take_back" in request.POST
        act = operations.take_back_support if is_back else operations.support_idea
        act(**about, participant_id=person)
    except VoiceRefused as refused:
        return _refused(request, slug, refused)
    return _see(at)


def _support_later(request: HttpRequest, slug: str, reference: str, at: str) -> HttpResponse:
    act = operations.begin_act(
        community=request.community,  # type: ignore[attr-defined]
        key=uuid.uuid4(),
        kind="support",
        subject=reference,
        payload={"slug": slug, "idea": reference},
        interface=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        back=at,
        now=clock.now(),
    )
    return _see(reverse("participation:act", args=[act.key]))


@same_origin_required
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Show at most twelve statements that one has not voted on; what one voted stands below."""
    consultation, viewer, now = found_or_404(request, slug), viewer_of(request), clock.now()
    left = request.GET.get("left", "")[:3]
    limit = min(int(left), rules.VOTES_PER_VISIT) if left.isdecimal() else rules.VOTES_PER_VISIT
    state = consultation.state(now)
    if not consultation.takes_ideas:  # a second round: its paragraphs are voted on where they stand
        return redirect(consultation.get_absolute_url())
    is_open = state == rules.ConsultationState.OPEN and consultation.takes_votes
    asked = []
    if is_open and limit:
        asked = queries.statements_to_vote(consultation=consultation, viewer=viewer, limit=limit)
    is_proved = viewer.participant_id is not None
    mine = _my_votes(consultation, viewer, is_whole=not asked) if is_proved else []
    context = {
        "consultation": consultation,
        "is_open": is_open,
        "is_proved": is_proved,
        "counted": _just_counted(request, mine),
        "here": request.get_full_path(),
        "asked": asked,
        "left": limit,
        "is_pause": not limit,
        "is_over": state == rules.ConsultationState.CLOSED,
        "last_day": rules.last_day(consultation.closes_at),
        "progress": queries.progress_of(consultation=consultation, viewer=viewer),
        "mine": mine,
        "trail": _trail(consultation.name, consultation.get_absolute_url()),
    }
    return render(request, "participation/vote.html", context)


def _my_votes(
    consultation: Consultation, viewer: Viewer, *, is_whole: bool
) -> list[queries.MyVote]:
    """Return one's newest votes: a few beside the statements that are asked, more without them."""
    limit = MANY if is_whole else FEW
    return queries.my_votes(consultation=consultation, viewer=viewer, limit=limit)


def _just_counted(request: HttpRequest, mine: Sequence[queries.MyVote]) -> queries.MyVote | None:
    """Return the vote that led to this page, as it stands among one's own newest."""
    voted = request.GET.get("voted", "")
    return next((one for one in mine if one.reference == voted), None)


def _trail(name: object, url: str) -> list[tuple[object, str]]:
    return [(_("Consultations and ideas"), reverse("participation:index")), (name, url)]


@same_origin_required
def my_voice(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Show what this device's participant voted on one idea, and whether they support it."""
    consultation, viewer, now = found_or_404(request, slug), viewer_of(request), clock.now()
    mine = queries.my_voice_on(consultation=consultation, viewer=viewer, reference=reference)
    if mine is None:
        raise Http404
    context = {
        "consultation": consultation,
        "mine": mine,
        "idea": mine.idea,
        "is_proved": viewer.participant_id is not None,
        "is_open": consultation.state(now) == rules.ConsultationState.OPEN,
        "is_over": consultation.state(now) == rules.ConsultationState.CLOSED,
        "last_day": rules.last_day(consultation.closes_at),
        "trail": _trail(consultation.name, consultation.get_absolute_url()),
    }
    return render(request, "participation/my_voice.html", context)


@public_page(kinds=("participation",), until=until)
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how people voted; before the instant of closing, when that will be."""
    consultation, viewer = found_or_404(request, slug), viewer_of(request)
    told = queries.results_of(consultation=consultation, viewer=viewer, now=clock.now())
    wanted = request.GET.get("order", "")
    order = rules.Order(wanted) if wanted in set(rules.Order) else rules.Order.AGREED
    turnout = queries.turnout_of(told) if told else None
    page = _page_of(request)
    skip = (page - 1) * queries.RANKED
    is_more = turnout is not None and turnout.statements > page * queries.RANKED
    context = {
        "consultation": consultation,
        "results": told,
        "turnout": turnout,
        "statements": queries.ranked_statements(told, order=order, skip=skip, limit=queries.RANKED)
        if told
        else [],
        "first": skip + 1,
        "previous_url": f"?order={order}&page={page - 1}#list" if page > 1 else "",
        "next_url": f"?order={order}&page={page + 1}#list" if is_more else "",
        "order": order,
        "orders": _orders(order),
        "last_day": rules.last_day(consultation.closes_at),
        "percent_from": rules.PERCENT_FROM,
        "trail": _trail(consultation.name, consultation.get_absolute_url()),
    }
    return render(request, "participation/results.html", context)


def _page_of(request: HttpRequest) -> int:
    """Return which page of a list is asked for, from 1."""
    asked = request.GET.get("page", "")[:4]
    return max(int(asked), 1) if asked.isdecimal() else 1


def _orders(current: rules.Order) -> list[FilterGroup]:
    words = {rules.Order.AGREED: _("Most agreed"), rules.Order.DIVISIVE: _("Most divisive")}
    options = [
        Option(label=label, url=f"?order={one}#list", current=one is current)
        for one, label in words.items()
    ]
    return [FilterGroup(_("Order"), options)]
