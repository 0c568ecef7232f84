"""Pages of the desk: what comes next, the queue, what one has done, the language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design import text
from infitah.design.entry import carried_out
from infitah.desk import forms, operations, queries
from infitah.desk.account_views import own_account
from infitah.information.queries.wordings import doubts


def show_home(request: HttpRequest) -> HttpResponse:
    """Show the next act of each kind, then what is late; who holds no office is told so."""
    viewer, today = viewer_of(request), clock.today()
    if not viewer.is_officer:
        return render(request, "desk/no_office.html", status=404)
    heaps = queries.heaps(viewer, today)
    context = {
        "heaps": heaps,
        "next_acts": queries.next_acts(heaps),
        "pressing_acts": queries.pressing_acts(heaps),
        "may_enter": viewer.may("information.enter"),
        "doubts": doubts(viewer, today) if viewer.may("ruleset.edit") else None,
        "today": today,
    }
    return render(request, "desk/home.html", context)


home = own_account(show_home)


def shelves(heaps: list[queries.Heap], kind: str) -> list[dict[str, object]]:
    """Return the filter of the queue: every kind with its count, as links."""
    address = reverse("desk:queue")
    options: list[dict[str, object]] = [
        {
            "label": pgettext("work", "All"),
            "url": address,
            "count": sum(heap.count for heap in heaps),
            "current": not kind,
        }
    ]
    for heap in heaps:
        mine = heap.source.kind
        url = f"{address}?{urlencode({'kind': mine})}"
        options.append(
            {"label": heap.source.label, "url": url, "count": heap.count, "current": mine == kind}
        )
    return [{"label": _("What waits"), "options": options}]


@desk_page(None)
def queue(request: HttpRequest) -> HttpResponse:
    viewer, today = viewer_of(request), clock.today()
    heaps = queries.heaps(viewer, today)
    kind = request.GET.get("kind", "")
    if kind and kind not in {heap.source.kind for heap in heaps}:
        raise Http404
    after = request.GET.get("after", "")
    page = queries.waiting(viewer, today, kind=kind, after=after)
    further = urlencode({"kind": kind, "after": page.after}) if page.after else ""
    context = {
        "page": page,
        "groups": shelves(heaps, kind),
        "first_url": f"?{urlencode({'kind': kind})}" if after else "",
        "next_url": f"?{further}" if further else "",
        "today": today,
    }
    return render(request, "desk/queue.html", context)


@desk_page(None)
def acts(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    page = queries.acts_of(viewer_of(request), before=before)
    return render(request, "desk/acts.html", {"page": page, **_pages(page.older, before)})


@desk_page(None)
def readings(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if not any(viewer.may(right) for right in queries.READERS_OF_READINGS):
        raise Http404
    before = request.GET.get("before", "")
    page = queries.readings(viewer, before=before)
    heads = [_("When"), _("Who"), _("Office"), _("Why")]
    rows = [(text.moment(row.read_at), row.reader, row.office, row.reason) for row in page.rows]
    context = {"heads": heads, "rows": rows, **_pages(page.older, before)}
    return render(request, "desk/readings.html", context)


@desk_page("appointment.edit")
def accounts(request: HttpRequest) -> HttpResponse:
    found = queries.accounts(viewer_of(request), clock.today())
    return render(request, "desk/accounts.html", {"accounts": found})


@desk_page("appointment.edit")
def reset_access(request: HttpRequest, username: str) -> HttpResponse:
    viewer, form = viewer_of(request), forms.ResetAccessForm(request.POST or None)
    found = [one for one in queries.accounts(viewer, clock.today()) if one.username == username]
    if not found:
        raise Http404
    done = carried_out(
        form,
        lambda: operations.reset_access(
            community=request.community,  # type: ignore[attr-defined]
            username=username,
            reason=form.cleaned_data["reason"],
            by=viewer.actor(),
            now=clock.now(),
        ),
    )
    if done:
        return redirect("desk:accounts")
    context = {"account": found[0], "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "desk/reset_access.html", context, status=status)


def _pages(older: int | str | None, before: str) -> dict[str, str]:
    further = f"?{urlencode({'before': older})}" if older else ""
    return {"first_url": "?" if before else "", "next_url": further}
