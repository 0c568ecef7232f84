"""One digest a day at most: work for those who have news, and for nobody else (programme.md 9).

The news that waits at the hour of the digest is given to that day in one statement. Then those
who follow it are taken in pieces; a piece queues its mails and marks its people in one
transaction. A process that is killed leaves whole pieces: the next one goes on with who has not
been served, so nobody is told twice and nobody is left out. A day on which nothing ran is told
with the next one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import override

from infitah.core.clock import CASABLANCA, local_day
from infitah.core.conf import DIGEST
from infitah.core.models import Follow, News, Subscriber
from infitah.core.operations.following import address_of
from infitah.core.operations.mail import queue_mail
from infitah.core.registry import Letterhead, letterhead_of, news_words
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText


def digest_instant(day: date) -> datetime:
    """Return when the digest of `day` is due: its hour in Morocco."""
    return datetime.combine(day, time(hour=DIGEST.hour), tzinfo=CASABLANCA)


def has_digests(now: datetime) -> bool:
    """Return whether news waits for a digest that is due, or is not told to all. Two look-ups."""
    due = digest_instant(local_day(now))
    if now < due:
        return False
    return News.objects.waiting(due).exists() or News.objects.being_told().exists()


def make_digests(*, now: datetime) -> bool:
    """Queue the digests that are due, a piece at a time; return whether more people may wait.

    Called by the worker, outside any transaction; each piece is one of its own.
    """
    day = local_day(now)
    due = digest_instant(day)
    if now < due:
        return False
    News.objects.waiting(due).update(digest_on=day)
    people = _unserved(DIGEST.piece)
    if not people:
        News.objects.being_told().update(told_at=now)
        return False
    _serve(people, day, now)
    return True


def _unserved(size: int) -> list[int]:
    """Return people who follow news that is being told and was not told to them. Two queries.

    The news is few and the followers many: its topics lead, by the index on topics.
    """
    news = News.objects.being_told()
    topics = list(news.values_list("topic", flat=True).distinct())
    theirs = news.filter(
        topic=OuterRef("topic"),
        community_key=OuterRef("subscriber__community_key"),
        happened_at__gte=OuterRef("since"),
    )
    never = Q(subscriber__last_digest_on=None) & Exists(theirs)
    later = Exists(theirs.filter(digest_on__gt=OuterRef("subscriber__last_digest_on")))
    found = Follow.objects.in_force().filter(never | later, topic__in=topics)
    people = found.order_by("subscriber_id").values_list("subscriber_id", flat=True)
    return list(people.distinct()[:size])


@transaction.atomic
def _serve(people: list[int], day: date, now: datetime) -> None:
    held = Subscriber.objects.select_for_update().filter(pk__in=people, stopped_at=None)
    known = {one.pk: one for one in held if one.last_digest_on is None or one.last_digest_on < day}
    for pk, news in _news_of(known):
        _queue(known[pk], news, day, now)
    Subscriber.objects.filter(pk__in=known).update(last_digest_on=day)


def _news_of(known: Mapping[int, Subscriber]) -> Iterator[tuple[int, list[News]]]:
    """Yield each of these people with what happened to what they follow. Two queries."""
    follows = Follow.objects.in_force().filter(subscriber_id__in=known)
    wanted: dict[str, list[Follow]] = defaultdict(list)
    for one in follows:
        wanted[one.topic].append(one)
    told: dict[int, dict[int, News]] = defaultdict(dict)
    for piece in News.objects.being_told().filter(topic__in=wanted):
        for one in wanted[piece.topic]:
            if _is_new_to(known[one.subscriber_id], one, piece):
                told[one.subscriber_id][piece.pk] = piece
    for pk, pieces in told.items():
        yield pk, sorted(pieces.values(), key=lambda one: (one.happened_at, one.pk), reverse=True)


def _is_new_to(person: Subscriber, one: Follow, piece: News) -> bool:
    if piece.community_key != person.community_key or piece.happened_at < one.since:
        return False
    last = person.last_digest_on
    return last is None or (piece.digest_on is not None and piece.digest_on > last)


def _queue(person: Subscriber, news: list[News], day: date, now: datetime) -> None:
    head = letterhead_of(person.community_key)
    language = person.language
    with override(language):
        stop = head.url(reverse("mails-stop", args=[person.token]), language)
        context = {
            "institution": head.institution.in_language(language),
            "sender_name": head.institution.in_language(language),
            "day": format_date(day, language),
            "count": str(len(news)),
            "lines": "\n\n".join(_grouped(news, head, language)),
            "preferences_link": head.url(reverse("mails", args=[person.token]), language),
        }
        queue_mail(
            community_key=person.community_key,
            to=address_of(person),
            template="core/digest",
            context=context,
            language=language,
            dedupe_key=f"digest:{person.pk}:{day.isoformat()}",
            priority="digest",
            unsubscribe_url=stop,
            now=now,
        )


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    title: str
    url: str


def _grouped(news: Iterable[News], head: Letterhead, language: str) -> Iterator[str]:
    """Yield the paragraphs of a digest: a heading for each kind, its news newest first."""
    groups: dict[str, list[_Line]] = {}
    for one in news:
        words = str(news_words(one.kind))
        title = LocalizedText.from_json(one.title).in_language(language)
        url = head.url(f"/{language}/{one.path}", language)
        groups.setdefault(words, []).append(_Line(words, title, url))
    for words, lines in groups.items():
        shown = lines[: DIGEST.lines_a_kind]
        body = "\n".join(f"- {one.title}\n  {one.url}" for one in shown)
        more = len(lines) - len(shown)
        yield f"{words}\n{body}" + (f"\n… +{more}" if more else "")


@transaction.atomic
def forget_news(*, now: datetime) -> int:
    """Delete news told long ago; return how many."""
    before = local_day(now) - timedelta(days=DIGEST.keep_news_days)
    gone, _rows = News.objects.filter(digest_on__lt=before).delete()
    return gone
