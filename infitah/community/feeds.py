"""Other doors to the days off and to the calculator: files for people's own calendars."""

from datetime import UTC, date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.community import queries
from infitah.community.forms.calculator import DeadlineForm
from infitah.community.models import CalendarDay, Community
from infitah.community.rules.deadlines import ReplyDue
from infitah.community.views.calculator import Answer, answer_of, question_of
from infitah.core import clock
from infitah.core.http import machine_page, viewer_of
from infitah.kernel.icalendar import Day, calendar

LANGUAGES = ("ar", "fr", "zgh")
ESTIMATED = CalendarDay.Status.ESTIMATED
STATUSES: dict[str, str] = {
    CalendarDay.Status.CANCELLED: "CANCELLED",
    ESTIMATED: "TENTATIVE",
    CalendarDay.Status.CONFIRMED: "CONFIRMED",
}
FIRST_KNOWN = datetime(2019, 3, 12, tzinfo=UTC)
"""The day from which law 31-13 holds: a day off that never changed is as old."""

YEARS_BEFORE = 1


def language_of(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "ar")
    return asked if asked in LANGUAGES else "ar"


def calendar_file(days: list[Day], *, name: str, language: str, stem: str) -> HttpResponse:
    """Return days as a file that calendars take."""
    text = calendar(days, name=name, language=language)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{stem}.ics"'
    return answer


def _host(community: Community) -> str:
    return community.host or community.slug


@machine_page(kinds=("calendar",))
def days_off(request: HttpRequest) -> HttpResponse:
    """Serve the days off since last year; what is cancelled stays, so that it vanishes there."""
    community, language = Community.objects.get(pk=request.community.pk), language_of(request)  # type: ignore[attr-defined]
    since = date(clock.today().year - YEARS_BEFORE, 1, 1)
    found = CalendarDay.objects.visible_to(viewer_of(request)).filter(date__gte=since)
    changed = queries.changes_of_days_off(community)
    with override(language):
        name = f"{_('Days off')} · {community.institution.in_language(language)}"
        days = [_day_off(one, community, language, changed) for one in found]
    return calendar_file(days, name=name, language=language, stem="days-off")


def _day_off(
    one: CalendarDay, community: Community, language: str, changed: dict[str, queries.Changed]
) -> Day:
    words, source = one.name.in_language(language), one.source_words
    is_estimated = one.status == ESTIMATED
    change = changed.get(one.feast or one.occasion) or queries.Changed(FIRST_KNOWN)
    return Day(
        uid=f"{community.key}-{one.occasion}@{_host(community)}",
        summary=_("%(step)s (estimated date)") % {"step": words} if is_estimated else words,
        first=one.date,
        last=one.date,
        changed_at=change.at,
        sequence=change.times,
        status=STATUSES[one.status],
        description=source if isinstance(source, str) else source.in_language(language),
        category=str(one.get_kind_display()),
    )


@machine_page(kinds=("calendar", "site"))
def deadline(request: HttpRequest) -> HttpResponse:
    """Serve what the calculator counted, by the same question."""
    community, language = Community.objects.get(pk=request.community.pk), language_of(request)  # type: ignore[attr-defined]
    form = DeadlineForm(request.GET)
    answer = answer_of(community, form)
    if answer is None:
        raise Http404
    asked = form.cleaned_data
    stem = f"deadline-{asked['date'].isoformat()}"
    with override(language):
        days = _counted(answer, form, community, language)
        name = f"{_('When is the answer due?')} {asked['date'].isoformat()}"
    return calendar_file(days, name=name, language=language, stem=stem)


def _counted(answer: Answer, form: DeadlineForm, community: Community, language: str) -> list[Day]:
    base = f"{community.key}-{_kind_of(form)}"
    changed = queries.changes_of_days_off(community)[""]
    question = question_of(form, language)
    address = queries.url_of(community, f"/{language}/information/deadline/?{question}")

    def day(uid: str, words: str, due: ReplyDue) -> Day:
        deadline_, doubt = due.deadline, "" if due.is_verified else _("to be verified")
        told = (due.article, deadline_.calendar_version, doubt)
        return Day(
            uid=f"{uid}@{_host(community)}",
            summary=words,
            first=deadline_.due,
            last=deadline_.due_latest,
            changed_at=changed.at,
            sequence=changed.times,
            status="TENTATIVE" if deadline_.estimated else "CONFIRMED",
            description=" · ".join(part for part in told if part),
            url=address,
        )

    words = _("Last day for the answer") if answer.is_reply else _("Last day")
    found = [day(base, words, answer.due)]
    for one in answer.remedies:
        label = one.label.in_language(language)
        found.append(day(f"{base}-{one.code}", f"{label} · {_('Last day')}", one.due))
    return found


def _kind_of(form: DeadlineForm) -> str:
    """Return what a form asks for as a name: "reply-urgent-2026-03-02"."""
    asked = form.cleaned_data
    ticked = [name for name in ("urgent", "extended") if asked[name]]
    return "-".join([asked["rule"].rpartition(".")[2], *ticked, asked["date"].isoformat()])
