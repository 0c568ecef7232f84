"""What the calendar alone changes: whose turn it is, silence, the end of a deferral, reminders.

The worker looks at each request on the day on which something changes (`refresh_on`), in pieces;
days on which it was off are caught up with. Nothing is decided here: the acts and the day say it.
Midnight changes where requests stand; the mails about it leave in the morning.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import ngettext, override

from infitah.community.models import Community
from infitah.community.queries import calendar, url_of
from infitah.community.queries.law import NumbersByDay
from infitah.core.clock import local_day
from infitah.core.models import Outbox
from infitah.core.operations import bump
from infitah.core.operations.digest import digest_instant
from infitah.core.operations.mail import Letter, queue_mails
from infitah.information.models import ClockMove, InformationRequest, Requester
from infitah.information.operations.casework import KIND, NUMBERS, Standing, standing_in
from infitah.information.operations.contacts import follow_link, language_of, mail_address_of
from infitah.information.operations.projection import Columns, cases_of, values_of
from infitah.information.queries.notices import words_of
from infitah.information.queries.officers import handlers_of
from infitah.information.rules.moves import windows_told
from infitah.information.rules.notices import Notice, notices
from infitah.kernel.dates import format_date

PIECE: Final = 200
MOST_LINES: Final = 100
MEANWHILE: Final = timedelta(minutes=2)
"""A request filed while a day off changed may have been counted by the calendar before it."""


def has_requests_to_refresh(now: datetime) -> bool:
    """Return whether the day asks to look at a request. One indexed look-up."""
    return InformationRequest.objects.filter(refresh_on__lte=local_day(now)).exists()


@transaction.atomic
def refresh_requests(*, now: datetime, limit: int = PIECE) -> bool:
    """Bring at most `limit` requests of one community to the day; return whether more wait.

    Once no more of the community wait, its officers are told which requests became silent.
    """
    today = local_day(now)
    waiting = InformationRequest.objects.filter(refresh_on__lte=today)
    first = waiting.select_related("community").order_by("refresh_on").first()
    if first is None:
        return False
    community = first.community
    mine = waiting.filter(community=community).order_by("refresh_on", "pk")
    keys = list(mine.values_list("pk", flat=True)[:limit])
    # Held in the order of their keys, as a change of the days off holds them.
    held = waiting.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    requests = {one.pk: one for one in held.select_related("community").order_by("pk")}
    standings = dict(_standings(community, list(requests), today))
    columns = Columns()
    for key, standing in standings.items():
        columns.set(key, values_of(standing))
    columns.write()
    morning = max(now, digest_instant(today))
    queue_mails(_letters(requests, standings, today), now=now, not_before=morning)
    if len(keys) < limit:
        _tell_silence(community, today, now)
    bump(community.key, KIND)
    return has_requests_to_refresh(now)


def _standings(
    community: Community, keys: Sequence[int], today: date
) -> Iterator[tuple[int, Standing]]:
    """Yield where requests stand, their windows as they were told. Five queries."""
    law, days = NumbersByDay(community, NUMBERS), calendar(community)
    told: dict[int, list[tuple[str, date]]] = {}
    moves = ClockMove.objects.filter(request__in=keys)
    for key, clock, day in moves.values_list("request_id", "clock", "before"):
        told.setdefault(key, []).append((clock, day))
    for key, case in cases_of(InformationRequest.objects.filter(pk__in=keys)):
        windows = windows_told(told.get(key, ()))
        yield key, standing_in(case, law.on(case.received_on), days, today, windows)


def _letters(
    requests: Mapping[int, InformationRequest], standings: Mapping[int, Standing], today: date
) -> Iterator[Letter]:
    people = {one.request_id: one for one in Requester.objects.filter(request__in=requests)}
    for key, standing in standings.items():
        request = requests[key]
        for notice in notices(standing.case, standing.clocks, today):
            to = mail_address_of(people.get(key), request)
            if to:
                yield _letter(request, standing, notice, to)


def _letter(request: InformationRequest, standing: Standing, notice: Notice, to: str) -> Letter:
    language = language_of(request)
    institution = request.community.institution.in_language(language)
    with override(language):
        words = words_of(notice, standing.clocks, request.reference, language)
    return Letter(
        community_key=request.community.key,
        to=to,
        template="information/notice",
        context={
            "institution": institution,
            "sender_name": institution,
            "reference": request.reference,
            "headline": words.subject,
            "sentence": words.sentence,
            "doubt": words.doubt,
            "link": follow_link(request),
        },
        language=language,
        dedupe_key=(f"information.{notice.clock}:{notice.moment}:{request.reference}:{notice.day}"),
        priority="answer",
        reference=request.reference,
    )


def _tell_silence(community: Community, today: date, now: datetime) -> None:
    """Tell the officers, in one mail, which requests have become silent since the last one."""
    fresh = (
        InformationRequest.objects.of(community)
        .unanswered()
        .filter(
            due_on__isnull=False,
            silent_from__lte=today,
            silence_told_on=None,
            answered_on=None,
        )
    )
    rows = list(fresh.order_by("silent_from", "pk").values_list("pk", "reference", "silent_from"))
    if not rows:
        return
    morning = max(now, digest_instant(today))
    queue_mails(_silence_letters(community, rows, today), now=now, not_before=morning)
    for start in range(0, len(rows), PIECE):
        keys = [row[0] for row in rows[start : start + PIECE]]
        InformationRequest.objects.filter(pk__in=keys).update(silence_told_on=today)


def _silence_letters(
    community: Community, rows: Sequence[tuple[int, str, date | None]], today: date
) -> Iterator[Letter]:
    for user in handlers_of(community, today):
        with override(user.language):
            counted = ngettext(
                "%(n)s request has become silent", "%(n)s requests have become silent", len(rows)
            ) % {"n": len(rows)}
        days = [(reference, day) for _key, reference, day in rows[:MOST_LINES] if day]
        lines = [f"{reference} · {format_date(day, user.language)}" for reference, day in days]
        institution = community.institution.in_language(user.language)
        yield Letter(
            community_key=community.key,
            to=user.email,
            template="information/silent",
            context={
                "institution": institution,
                "sender_name": institution,
                "counted": counted,
                "lines": "\n".join(lines),
                "is_cut": "1" if len(rows) > MOST_LINES else "",
                "link": url_of(community, "/desk/"),
            },
            language=user.language,
            dedupe_key=f"information.silent:{today}:{rows[0][1]}:{user.username}"[:120],
            priority="answer",
        )


def count_again(*, event: Outbox, now: datetime) -> None:
    """Have requests that were filed while a day off changed counted anew, a moment later."""
    recent = InformationRequest.objects.filter(
        community__key=event.community_key,
        acts__position=1,
        acts__recorded_at__gte=event.posted_at - MEANWHILE,
    )
    keys = list(recent.values_list("pk", flat=True)[: 10 * PIECE])
    InformationRequest.objects.filter(pk__in=keys).update(refresh_on=local_day(now))
