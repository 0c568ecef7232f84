"""The national portal at the desk: its numbers month by month, its numbers beside ours."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.design.parts import FilterGroup, Option
from infitah.information.forms.desk_portal import PortalForm
from infitah.information.operations import portal as operations
from infitah.information.queries.figures import portal as queries
from infitah.information.rules.figures import Span

MONTHS_BACK = 24


def _here(request: HttpRequest) -> Community:
    community: Community = request.community  # type: ignore[attr-defined]
    return community


@desk_page("information.read")
def portal(request: HttpRequest) -> HttpResponse:
    """What the portal told of the last months, and our numbers beside the portal's."""
    today, lacking = clock.today(), request.GET.get("lacking") == "1"
    span = Span(today.replace(year=today.year - MONTHS_BACK // 12, month=1, day=1), today)
    after = request.GET.get("after", "")
    pairs = queries.portal_pairs(viewer_of(request), after=after, lacking=lacking)
    kept = "lacking=1&" if lacking else ""
    context = {
        "months": list(reversed(queries.portal_months(_here(request), span))),
        "pairs": pairs,
        "filters": [_filters(lacking)],
        "lacking": lacking,
        "first_url": f"?{kept}#numbers" if after else "",
        "next_url": f"?{kept}after={pairs.after}#numbers" if pairs.after else "",
        "may_record": viewer_of(request).may("information.answer"),
    }
    return render(request, "information/desk/portal.html", context)


def _filters(lacking: bool) -> FilterGroup:
    options = [
        Option(_("Every request that came from the portal"), "?#numbers", current=not lacking),
        Option(_("Those without the number of the portal"), "?lacking=1#numbers", current=lacking),
    ]
    return FilterGroup(_("Show"), options)


@desk_page("information.answer")
def record(request: HttpRequest) -> HttpResponse:
    """Type what the portal tells of a month."""
    given = request.POST if request.method == "POST" else None
    form = PortalForm(given, initial={"counted_on": clock.today()})
    done = carried_out(
        form,
        lambda: operations.record_portal_count(
            community=_here(request),
            said=operations.PortalNumbers(**form.cleaned_data),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The portal's numbers of this month are kept."))
        return redirect("information_desk:portal")
    context = {
        "form": form,
        "trail": [(_("The national portal"), reverse("information_desk:portal")), (_("Month"), "")],
    }
    return render(request, "information/desk/portal_record.html", context, status=status_of(form))
