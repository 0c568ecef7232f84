"""Pages of the second round: the texts of a consultation, each by paragraph."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import public_page, same_origin_required, viewer_of
from infitah.participation import queries
from infitah.participation.models import Consultation
from infitah.participation.queries.consultations import card_of
from infitah.participation.queries.texts import TextPage
from infitah.participation.rules import ConsultationState
from infitah.participation.views.public import found_or_404, until

KINDS = ("participation", "programme")


def _trail(consultation: Consultation, *more: tuple[object, str]) -> list[tuple[object, str]]:
    return [
        (_("Consultations and ideas"), reverse("participation:index")),
        (consultation.name, consultation.get_absolute_url()),
        *more,
    ]


@public_page(kinds=KINDS, until=until)
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    found, now = found_or_404(request, slug), clock.now()
    cards = queries.texts_of(consultation=found, viewer=viewer_of(request))
    if not cards:
        raise Http404
    context = {
        "consultation": found,
        "card": card_of(found, now),
        "texts": cards,
        "is_open": found.state(now) == ConsultationState.OPEN,
        "trail": _trail(found, (_("The draft texts"), "")),
    }
    return render(request, "participation/texts.html", context)


def _context(request: HttpRequest, found: Consultation, page: TextPage) -> dict[str, object]:
    now = clock.now()
    state = found.state(now)
    is_current = page.text.is_current
    all_texts = reverse("participation:texts", args=[found.slug])
    return {
        "consultation": found,
        "page": page,
        "text": page.text,
        "card": card_of(found, now),
        "takes_votes": is_current and found.takes_votes and state == ConsultationState.OPEN,
        "is_closed": state == ConsultationState.CLOSED,
        "mine_url": reverse("participation:my-text", args=[found.slug, page.text.subject]),
        "trail": _trail(found, (_("The draft texts"), all_texts), (page.text.title, "")),
    }


def _page(
    request: HttpRequest, found: Consultation, reference: str, number: int | None
) -> TextPage:
    page = queries.text_page(
        consultation=found,
        subject=reference,
        viewer=viewer_of(request),
        now=clock.now(),
        number=number,
    )
    if page is None:
        raise Http404
    return page


@public_page(kinds=KINDS, until=until)
def text(
    request: HttpRequest, slug: str, reference: str, number: int | None = None
) -> HttpResponse:
    found = found_or_404(request, slug)
    page = _page(request, found, reference, number)
    if number is not None and page.text.is_current:
        return redirect("participation:text", slug, reference)
    return render(request, "participation/text.html", _context(request, found, page))


@public_page(kinds=KINDS, until=until)
def paragraph(request: HttpRequest, slug: str, reference: str, key: str) -> HttpResponse:
    """Show one paragraph with what became of its words, its votes, and what is said of it."""
    found, now = found_or_404(request, slug), clock.now()
    page = queries.paragraph_page(
        consultation=found, subject=reference, key=key, viewer=viewer_of(request), now=now
    )
    if page is None:
        raise Http404
    at = reverse("participation:text", args=[slug, reference])
    mine = reverse("participation:my-text", args=[slug, reference])
    all_texts = reverse("participation:texts", args=[slug])
    context = {
        "consultation": found,
        "page": page,
        "one": page.view,
        "text": page.text,
        "paragraph": page.paragraph,
        "card": card_of(found, now),
        "talk": queries.comments_of(
            viewer=viewer_of(request),
            paragraph=page.paragraph,
            now=now,
            after=request.GET.get("after", ""),
        ),
        "may_comment": True,
        "text_url": at,
        "takes_votes": found.takes_votes and found.state(now) == ConsultationState.OPEN,
        "back": f"{mine}#{key}",
        "trail": _trail(
            found,
            (_("The draft texts"), all_texts),
            (page.text.title, at),
            (page.view.heading, ""),
        ),
    }
    return render(request, "participation/paragraph_page.html", context)


@same_origin_required
def my_text(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Show a text with one's own votes beside the paragraphs; nobody else sees this page."""
    found = found_or_404(request, slug)
    page = _page(request, found, reference, None)
    mine = queries.with_my_votes(page, viewer_of(request))
    context = _context(request, found, mine) | {"is_mine": True}
    return render(request, "participation/text.html", context)
