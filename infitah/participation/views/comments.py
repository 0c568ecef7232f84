"""Commenting and replying as citizens do; taking one's own comment back."""

import uuid
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import same_origin_required, viewer_of
from infitah.design.entry import carried_out
from infitah.participation import operations, queries
from infitah.participation.forms.comments import CommentForm
from infitah.participation.forms.giving import read_key
from infitah.participation.operations import CommentText, Statement
from infitah.participation.queries import Asked, HeldText
from infitah.participation.queries.gone import subject_of_comment
from infitah.participation.rules import CommentState

SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Spot:
    """What is commented on or flagged, as its address names it, and the comment that is meant."""

    on: Statement
    number: int

    @classmethod
    def of(cls, request: HttpRequest, slug: str, reference: str, pk: int, name: str) -> "Spot":
        """Return the place of an address; `name` is the word that names a comment in its query."""
        asked = request.GET.get(name, "")
        number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
        return cls(Statement(slug, reference, str(pk) if pk else ""), number)

    def asked(self, request: HttpRequest) -> Asked | None:
        """Return the words that are meant if they can be read by anybody. One query."""
        viewer, on = viewer_of(request), self.on
        paragraph = int(on.paragraph or 0)
        if self.number:
            return queries.asked_comment(
                viewer=viewer, number=self.number, slug=on.slug, idea=on.idea, paragraph=paragraph
            )
        return queries.asked_subject(
            viewer=viewer,
            language=viewer.language,
            slug=on.slug,
            idea=on.idea,
            paragraph=paragraph,
        )

    def subject_of_gone(self, request: HttpRequest) -> Asked | None:
        """Return what a comment stood under that can no longer be read. Two queries, or none."""
        if not self.number:
            return None
        return subject_of_comment(
            viewer=viewer_of(request),
            slug=self.on.slug,
            idea=self.on.idea,
            paragraph=int(self.on.paragraph or 0),
            number=self.number,
        )


@same_origin_required
def comment(request: HttpRequest, slug: str, reference: str = "", pk: int = 0) -> HttpResponse:
    """Ask for a comment, or a reply to the comment named by `to`; a closed one says since when."""
    spot = Spot.of(request, slug, reference, pk, "to")
    read = spot.asked(request)
    asked = read or spot.subject_of_gone(request)
    if asked is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = CommentForm(posted, is_reply=bool(spot.number))
    refusal = _refusal(request, spot) if read is not None else _gone()
    if not refusal and form.is_valid() and not form.warning:
        given = carried_out(form, lambda: _given(request, spot, asked, form))
        if given:
            return given.record
    context = {
        "consultation": asked.consultation,
        "asked": asked,
        "form": form,
        "refusal": refusal,
        "is_reply": bool(spot.number),
        "key": read_key(request.POST.get("key", "")) or uuid.uuid4(),
        "trail": _trail(asked),
    }
    status = 422 if form.is_bound and not form.warning else 200
    return render(request, "participation/comment_form.html", context, status=status)


def _gone() -> str:
    return _("This comment can no longer be read: nobody can reply to it.")


def _refusal(request: HttpRequest, spot: Spot) -> str:
    """Return why nobody may comment here now, in words; 404 for what is nothing."""
    try:
        operations.check_comment(
            community=request.community,  # type: ignore[attr-defined]
            on=spot.on,
            to=spot.number,
            now=clock.now(),
        )
    except OperationRefused as refused:
        if refused.code == operations.UNKNOWN:
            raise Http404 from refused
        return refused.message
    return ""


def _trail(asked: Asked) -> list[tuple[object, str]]:
    return [
        (_("Consultations and ideas"), reverse("participation:index")),
        (asked.consultation.name, asked.consultation.get_absolute_url()),
        (_("Back to the text"), asked.page_url),
    ]


def _given(request: HttpRequest, spot: Spot, asked: Asked, form: CommentForm) -> HttpResponse:
    """Give the comment at once on a proved device, else keep it until a code is right."""
    key = read_key(request.POST.get("key", "")) or uuid.uuid4()
    person, values = viewer_of(request).participant_id, form.cleaned_data
    community = request.community  # type: ignore[attr-defined]
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    stance = values.get("stance", "")
    if person is not None:
        typed = CommentText(key, values["text"], stance, spot.number, language)
        made = operations.comment(
            community=community, on=spot.on, given=typed, author_id=person, now=clock.now()
        )
        return _see(given_address(made.pk))
    act = operations.begin_act(
        community=community,
        key=key,
        kind="comment",
        subject=spot.on.idea or spot.on.paragraph,
        payload={
            "slug": spot.on.slug,
            "idea": spot.on.idea,
            "paragraph": spot.on.paragraph,
            "to": str(spot.number),
            "stance": stance,
            "text": values["text"],
        },
        interface=language,
        back=asked.page_url.partition("#")[0] + "#comments",
        now=clock.now(),
    )
    return _see(reverse("participation:act", args=[act.key]))


def given_address(comment_id: int) -> str:
    """Return the address of one's own page that says that a comment was received."""
    return f"{reverse('participation:mine-comments')}?given={comment_id}"


def _see(path: str) -> HttpResponse:
    return HttpResponseRedirect(path, status=SEE_OTHER)


@same_origin_required
def mine(request: HttpRequest) -> HttpResponse:
    """List the comments of this device and what is held of one's texts; a POST takes one back."""
    refusal, viewer, named = "", viewer_of(request), request.POST.get("comment", "")
    if request.method == "POST":
        refusal = _taken_back(request, named)
        if not refusal:
            return redirect(f"{reverse('participation:mine-comments')}?withdrawn={named}")
    comments = queries.comments_of_participant(viewer=viewer)
    by_number = {str(one.pk): one for one in comments}
    given = by_number.get(request.GET.get("given", ""))
    gone = by_number.get(request.GET.get("withdrawn", ""))
    context = {
        "comments": comments,
        "given": given,
        "is_shown": given is not None and given.state == CommentState.VISIBLE,
        "given_url": queries.address_of_comment(given) if given is not None else "",
        "withdrawn": gone if gone is not None and gone.state == CommentState.WITHDRAWN else None,
        "held": held_of(request),
        "is_proved": viewer.participant_id is not None,
        "refusal": refusal,
        "trail": [(_("My ideas"), reverse("participation:mine"))],
    }
    status = 422 if refusal else 200
    return render(request, "participation/mine_comments.html", context, status=status)


def held_of(request: HttpRequest) -> list[HeldText]:
    """Return what is held of one's own texts, each with its link to an appeal."""
    held = queries.held_texts(viewer=viewer_of(request), now=clock.now())
    return [replace(one, token=operations.appeal_token(one.case)) for one in held]


def _taken_back(request: HttpRequest, named: str) -> str:
    """Take back the comment that was named; return why not, or nothing."""
    viewer = viewer_of(request)
    try:
        operations.withdraw_comment(
            community_id=viewer.community_id or 0,
            comment_id=int(named) if named.isdecimal() and len(named) < 19 else 0,
            author_id=viewer.participant_id or 0,
            by=viewer.actor(),
            now=clock.now(),
        )
    except OperationRefused as refused:
        return refused.message
    return ""
