"""Desk pages of a cycle: open it, change it, its committee, its rounds, its principles."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community import operations as communities
from infitah.community.models import Community
from infitah.community.queries import principles as principles_of
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out, status_of
from infitah.kernel.localized import LocalizedText
from infitah.programme import operations
from infitah.programme.forms import cycle as forms
from infitah.programme.models import Cycle
from infitah.programme.queries import cycle_desk as queries
from infitah.programme.queries.method import round_standing

Words = str | Promise


def community_of(request: HttpRequest) -> Community:
    return Community.objects.get(pk=request.community.pk)  # type: ignore[attr-defined]


def cycle_or_404(request: HttpRequest, slug: str) -> Cycle:
    found = queries.cycle_for_desk(viewer_of(request), slug)
    if found is None:
        raise Http404
    return found


def trail_of(cycle: Cycle | None = None) -> list[tuple[object, str]]:
    trail: list[tuple[object, str]] = [(_("Cycles"), reverse("programme_desk:cycles"))]
    if cycle is not None:
        trail.append((cycle.title, reverse("programme_desk:cycle", args=[cycle.slug])))
    return trail


def back(request: HttpRequest, words: Words, name: str, *args: str) -> HttpResponse:
    messages.success(request, str(words))
    return redirect(reverse(f"programme_desk:{name}", args=args))


@desk_page("programme.edit")
def cycles(request: HttpRequest) -> HttpResponse:
    rows = queries.desk_cycles(viewer_of(request), clock.today())
    return render(request, "programme/desk/cycles.html", {"rows": rows})


@desk_page("programme.edit")
def new(request: HttpRequest) -> HttpResponse:
    community = community_of(request)
    form = forms.CycleForm(request.POST or None, community=community)

    def act() -> Cycle:
        said, values = form.text(), form.cleaned_data
        return operations.open_cycle(
            community=community,
            slug=form.short_name(),
            title=said.title,
            intention=said.intention,
            span=said.span,
            principles=said.principles,
            challenges=said.challenges,
            committee=said.committee,
            carried_from=values["carried_from"],
            opened_on=clock.today(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        )

    done = carried_out(form, act)
    if done:
        return back(request, _("The cycle is open and public."), "cycle", done.record.slug)
    context = {"form": form, "cycle": None, "trail": trail_of()}
    return render(request, "programme/desk/cycle_open.html", context, status=status_of(form))


@desk_page("programme.edit")
def cycle(request: HttpRequest, slug: str) -> HttpResponse:
    found = cycle_or_404(request, slug)
    context = {
        "desk_cycle": queries.desk_cycle(found, viewer_of(request), clock.today()),
        "cycle": found,
        "trail": trail_of(),
    }
    return render(request, "programme/desk/cycle.html", context)


@desk_page("programme.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = cycle_or_404(request, slug)
    form = forms.CycleForm(request.POST or None, community=found.community, cycle=found)
    done = carried_out(
        form,
        lambda: operations.edit_cycle(
            cycle=found,
            said=form.text(),
            revision=form.cleaned_data["revision"] or 0,
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The cycle says this now."), "cycle", slug)
    now = cycle_or_404(request, slug)
    standing = now if form.fell_behind(now.revision) else None
    context = {"form": form, "cycle": found, "standing": standing, "trail": trail_of(found)}
    return render(request, "programme/desk/cycle_open.html", context, status=status_of(form))


@desk_page("programme.edit")
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    found = cycle_or_404(request, slug)
    body = found.committee
    form = forms.CompositionForm(request.POST or None, committee=body) if body else None
    if form is not None and carried_out(
        form,
        lambda: operations.set_composition(
            cycle=found,
            rule=form.cleaned_data["rule"],
            reason=form.reason(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    ):
        return back(request, _("The reason is published."), "committee", slug)
    context = {
        "cycle": found,
        "form": form,
        "gauges": queries.gauges_of(found, clock.today()),
        "lacks_rules": operations.lacks_national_rules(found),
        "trail": trail_of(found),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "programme/desk/committee.html", context, status=status)


@desk_page("programme.edit")
def name_committee(request: HttpRequest, slug: str) -> HttpResponse:
    found = cycle_or_404(request, slug)
    initial = {"committee": found.committee_id}
    form = forms.CommitteeForm(request.POST or None, community=found.community, initial=initial)
    done = carried_out(
        form,
        lambda: operations.name_committee(
            cycle=found,
            committee=form.cleaned_data["committee"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The committee is named."), "committee", slug)
    context = {"cycle": found, "form": form, "trail": trail_of(found)}
    return render(request, "programme/desk/committee_name.html", context, status=status_of(form))


@desk_page("programme.edit")
@require_POST
def composition(request: HttpRequest, slug: str) -> HttpResponse:
    found = cycle_or_404(request, slug)
    if found.committee is None:
        return back(request, _("This cycle has no follow-up committee yet."), "committee", slug)
    operations.set_national_composition(cycle=found, by=viewer_of(request).actor(), now=clock.now())
    return back(request, _("The rules of the national method hold."), "committee", slug)


@desk_page("programme.edit")
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    found = cycle_or_404(request, slug)
    linking = "link" in request.POST
    free = queries.free_rounds(found)
    prepare = forms.RoundForm(None if linking else request.POST or None, free=free)
    link = forms.LinkRoundForm(
        request.POST if linking else None, community=found.community, prefix="link", free=free
    )
    by, now = viewer_of(request).actor(), clock.now()
    if carried_out(prepare, lambda: _prepare(found, prepare.cleaned_data, by, now)):
        slug_of = prepare.cleaned_data["slug"]
        return redirect("participation_desk:consultation", slug_of)
    if carried_out(
        link,
        lambda: operations.add_round(
            cycle=found, on=clock.today(), by=by, now=now, **link.cleaned_data
        ),
    ):
        return back(request, _("The consultation belongs to the cycle."), "rounds", slug)
    context = {
        "cycle": found,
        "rounds": [
            (one, round_standing(one.consultation, clock.today()).value)
            for one in queries.rounds_of(found)
        ],
        "is_complete": not free,
        "prepare": prepare,
        "link": link,
        "has_free": queries.free_consultations(found).exists(),
        "trail": trail_of(found),
    }
    status = status_of(prepare, link)
    return render(request, "programme/desk/rounds.html", context, status=status)


def _prepare(found: Cycle, values: dict[str, Any], by: Any, now: Any) -> None:
    operations.prepare_round(
        cycle=found,
        number=values["number"],
        slug=values["slug"],
        days=(values["first_day"], values["last_day"]),
        by=by,
        now=now,
    )


@desk_page("programme.edit")
def principles(request: HttpRequest) -> HttpResponse:
    community = community_of(request)
    form = forms.PrincipleForm(request.POST or None)
    done = carried_out(
        form,
        lambda: communities.add_principle(
            community=community,
            slug=form.cleaned_data["slug"],
            name=LocalizedText(ar=form.cleaned_data["name_ar"], fr=form.cleaned_data["name_fr"]),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The principle is added."), "principles")
    context = {"form": form, "principles": principles_of(community), "trail": trail_of()}
    return render(request, "programme/desk/principles.html", context, status=status_of(form))


@desk_page("programme.edit")
@require_POST
def national_principles(request: HttpRequest) -> HttpResponse:
    operations.add_national_principles(
        community=community_of(request), by=viewer_of(request).actor(), now=clock.now()
    )
    return back(request, _("The principles of the national method are here."), "principles")
