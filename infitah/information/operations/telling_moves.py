"""Telling both sides that days off moved last days: after the act, by the worker, in pieces.

Each requester who can be written to gets one mail, whatever moved; the officers one with the list.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import ngettext, override

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.core.clock import local_day
from infitah.core.operations.mail import Letter, queue_mails
from infitah.information.models import ClockMove, InformationRequest, Requester
from infitah.information.operations.contacts import follow_link, language_of, mail_address_of
from infitah.information.queries.moves import Cause, as_move, causes_of, sentence_of
from infitah.information.queries.officers import handlers_of

PIECE: Final = 200
MOST_LINES: Final = 100


def has_moves_to_tell(_now: datetime) -> bool:
    """Return whether a move was not told yet. One indexed look-up."""
    return ClockMove.objects.untold().exists()


@transaction.atomic
def tell_moves(*, now: datetime, limit: int = PIECE) -> bool:
    """Queue the mails about moves not told yet, of at most `limit` requests; True if more wait.

    The officers get theirs with the first piece of a version of the calendar.
    """
    first = ClockMove.objects.untold().select_related("community").order_by("pk").first()
    if first is None:
        return False
    community = first.community
    mine = ClockMove.objects.untold().filter(community=community)
    wanted = mine.order_by("request_id").values_list("request_id", flat=True).distinct()
    keys = list(wanted[:limit])
    rows = mine.filter(request_id__in=keys).order_by("pk")
    by_request: dict[int, list[ClockMove]] = defaultdict(list)
    for row in rows:
        by_request[row.request_id].append(row)
    versions = {row.calendar_version for some in by_request.values() for row in some}
    causes = causes_of(community, versions)
    letters = [*_to_officers(community, causes, now), *_to_requesters(by_request, causes)]
    queue_mails(letters, now=now)
    mine.filter(request_id__in=keys).update(told_at=now)
    return has_moves_to_tell(now)


def _to_requesters(
    by_request: dict[int, list[ClockMove]], causes: dict[str, Cause]
) -> Iterable[Letter]:
    requests = InformationRequest.objects.filter(pk__in=by_request).select_related("community")
    people = {one.request_id: one for one in Requester.objects.filter(request__in=by_request)}
    for request in requests:
        to = mail_address_of(people.get(request.pk), request)
        if to:
            yield _letter(request, by_request[request.pk], causes, to)


def _letter(
    request: InformationRequest, rows: Sequence[ClockMove], causes: dict[str, Cause], to: str
) -> Letter:
    language = language_of(request)
    institution = request.community.institution.in_language(language)
    with override(language):
        context = {
            "institution": institution,
            "sender_name": institution,
            "reference": request.reference,
            "causes": _causes(causes, {row.calendar_version for row in rows}, language),
            "lines": _lines(rows, language),
            "version": rows[-1].calendar_version,
            "link": follow_link(request),
        }
    return Letter(
        community_key=request.community.key,
        to=to,
        template="information/moved",
        context=context,
        language=language,
        dedupe_key=f"information.moved:{request.reference}:{rows[-1].pk}",
        priority="answer",
        reference=request.reference,
    )


def _causes(causes: dict[str, Cause], versions: set[str], language: str) -> str:
    told = [causes[one] for one in sorted(versions) if one in causes]
    lines = [f"{one.sentence(language)} ({one.source_in(language)})" for one in told]
    return "\n".join(lines)


def _lines(rows: Iterable[ClockMove], language: str) -> str:
    return "\n".join(sentence_of(as_move(row), language) for row in rows)


def _to_officers(community: Community, causes: dict[str, Cause], now: datetime) -> Iterable[Letter]:
    officers = handlers_of(community, local_day(now))
    for version, cause in sorted(causes.items()):
        moves = ClockMove.objects.of(community).filter(calendar_version=version)
        count = moves.count()
        rows = list(moves.select_related("request").order_by("after", "pk")[:MOST_LINES])
        silent = moves.filter(request__requester__has_email=False)
        unreachable = silent.values("request").distinct().count()
        for user in officers:
            with override(user.language):
                context = _list_of(community, cause, rows, user.language) | {
                    "is_cut": "1" if count > MOST_LINES else "",
                    "counted": ngettext("%(n)s deadline moved", "%(n)s deadlines moved", count)
                    % {"n": count},
                    "unreachable": _unreachable(unreachable),
                    "version": version,
                }
            yield Letter(
                community_key=community.key,
                to=user.email,
                template="information/moves",
                context=context,
                language=user.language,
                dedupe_key=f"information.moves:{version}:{user.username}"[:120],
                priority="answer",
            )


def _unreachable(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(n)s requester left no e-mail address: tell them by telephone or by post.",
        "%(n)s requesters left no e-mail address: tell them by telephone or by post.",
        count,
    ) % {"n": count}


def _list_of(
    community: Community, cause: Cause, rows: Sequence[ClockMove], language: str
) -> dict[str, str]:
    institution = community.institution.in_language(language)
    lines = [f"{row.request.reference} · {sentence_of(as_move(row), language)}" for row in rows]
    return {
        "institution": institution,
        "sender_name": institution,
        "causes": f"{cause.sentence(language)} ({cause.source_in(language)})",
        "lines": "\n".join(lines),
        "link": url_of(community, "/desk/"),
    }
