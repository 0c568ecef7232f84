"""Following by mail and the daily digest: work for news alone, nobody twice, nobody left out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from infitah.core import letters
from infitah.core.models import Follow, Mail, News, Subscriber
from infitah.core.operations import (
    Following,
    FollowRefused,
    end_follow,
    follow,
    forget_news,
    has_digests,
    make_digests,
    post_news,
    resume_follow,
    set_preferences,
    stop_mail,
)
from infitah.core.operations import digest as digests
from infitah.core.queries import subscriber_of
from infitah.kernel.localized import LocalizedText

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
BEFORE = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)  # 06:00 in Morocco
TITLE = LocalizedText(ar="تجديد الموقع", fr="Renouveler le site")


def person(number: int = 1, topic: str = "programme", **changes: Any) -> Subscriber:
    values: dict[str, Any] = {
        "community_key": "SFR",
        "address": f"citizen{number}@example.org",
        "topic": topic,
        "language": "ar",
        "now": EVENING - timedelta(days=1),
    }
    return follow(**{**values, **changes})[0]


def news(key: str, topic: str = "programme", at: datetime = EVENING, **changes: Any) -> None:
    values: dict[str, Any] = {
        "community_key": "SFR",
        "topic": topic,
        "kind": "programme.milestone_verified",
        "title": TITLE,
        "path": "programme/2024-2025/",
        "dedupe_key": key,
        "happened_at": at,
    }
    post_news(**{**values, **changes})


def run(now: datetime = MORNING) -> int:
    """Make digests until none is left; return how many calls did work."""
    pieces = 0
    while make_digests(now=now):
        pieces += 1
    return pieces


def texts() -> list[str]:
    return [letters.read(mail).text for mail in Mail.objects.order_by("id")]


def test_a_digest_tells_all_news_newest_first_once(sefrou) -> None:
    person()
    news("a", at=EVENING)
    news("b", at=EVENING + timedelta(hours=1), title=LocalizedText(ar="منصة الطلبات"))
    news("b", at=EVENING + timedelta(hours=1))
    assert not has_digests(BEFORE) and not make_digests(now=BEFORE)
    assert has_digests(MORNING) and run() == 1
    (text,) = texts()
    assert text.index("منصة الطلبات") < text.index("تجديد الموقع")
    assert text.count("/ar/programme/2024-2025/") == 2
    assert not has_digests(MORNING) and run() == 0
    assert Mail.objects.get().priority == Mail.Priority.DIGEST


def test_at_most_one_digest_a_day_the_rest_waits_for_tomorrow(sefrou) -> None:
    person()
    news("a")
    run()
    news("late", at=MORNING + timedelta(hours=1))
    assert run(MORNING + timedelta(hours=2)) == 0
    assert run(MORNING + timedelta(days=1)) == 1
    assert Mail.objects.count() == 2


def test_two_topics_of_one_person_make_one_mail_in_their_language(sefrou) -> None:
    person(language="fr")
    person(topic="commitment:SFR-2024-C-0001")
    news("a")
    news("a:narrow", topic="commitment:SFR-2024-C-0001")
    run()
    (text,) = texts()
    assert "Renouveler le site" in text and "/fr/programme/2024-2025/" in text


def test_who_has_no_news_costs_no_work(sefrou, django_assert_max_num_queries: Any) -> None:
    Subscriber.objects.bulk_create(
        Subscriber(
            community_key="SFR",
            address_digest=f"{n:064d}",
            address_sealed="x",
            created_at=EVENING,
        )
        for n in range(300)
    )
    Follow.objects.bulk_create(
        Follow(subscriber=one, topic="consultation:quiet", since=EVENING)
        for one in Subscriber.objects.all()
    )
    person()
    news("a")
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert run() == 1
    assert len(few) < 40
    assert Mail.objects.count() == 1
    assert Subscriber.objects.exclude(last_digest_on=None).count() == 1


def test_news_from_before_following_or_of_another_community_is_not_told(sefrou) -> None:
    person(now=EVENING + timedelta(minutes=1))
    news("before", at=EVENING)
    news("elsewhere", at=EVENING + timedelta(hours=1), community_key="SBR")
    run()
    assert not Mail.objects.exists()


def test_killed_in_the_middle_nobody_is_doubled_and_nobody_is_lost(
    sefrou, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "DIGEST", digests.DIGEST.__class__(piece=2))
    for number in range(5):
        person(number)
    news("a")
    assert make_digests(now=MORNING)  # a piece of two; then the process dies
    assert Mail.objects.count() == 2
    news("next day", at=MORNING + timedelta(hours=3))
    run(MORNING + timedelta(days=1))
    by_person = [text.count("تجديد الموقع") for text in texts()]
    # Two were served on the first day and get the second news alone, three get both at once.
    assert sorted(by_person) == [1, 1, 1, 1, 2, 2, 2]


def test_stopping_takes_one_act_and_ends_all_digests(sefrou) -> None:
    held = person()
    assert stop_mail(token=str(held.token), now=EVENING) is not None
    assert stop_mail(token="0" * 8 + "-0000-4000-8000-" + "0" * 12, now=EVENING) is None
    news("a")
    run()
    assert not Mail.objects.exists()


def test_an_ended_follow_stays_ended_whatever_form_asks(sefrou) -> None:
    held = person()
    end_follow(token=str(held.token), topic="programme", now=EVENING)
    _same, result = follow(
        community_key="SFR",
        address="citizen1@example.org",
        topic="programme",
        language="ar",
        now=EVENING,
    )
    assert result == Following.ENDED
    assert not Follow.objects.in_force().exists()
    set_preferences(
        token=str(held.token), topics=["programme"], is_stopped=False, language="fr", now=EVENING
    )
    assert Follow.objects.in_force().count() == 1


ACTS = st.lists(
    st.tuples(st.sampled_from(["follow", "end", "stop"]), st.sampled_from(["programme", "idea:X"])),
    max_size=12,
)


@settings(max_examples=25)
@given(ACTS)
def test_no_act_but_preferences_brings_back_what_was_stopped(acts: list[tuple[str, str]]) -> None:
    Subscriber.objects.all().delete()
    held = person(topic="consultations")
    token, ended, is_stopped = str(held.token), set(), False
    for act, topic in acts:
        if act == "follow":
            person(topic=topic)
        elif act == "end":
            end_follow(token=token, topic=topic, now=EVENING)
            if Follow.objects.filter(subscriber=held, topic=topic).exists():
                ended.add(topic)
        else:
            stop_mail(token=token, now=EVENING)
            is_stopped = True
        held.refresh_from_db()
        standing = set(Follow.objects.in_force().values_list("topic", flat=True))
        assert not standing & ended
        assert (held.stopped_at is not None) == is_stopped
        assert not (is_stopped and standing)


def test_resuming_what_goes_on_loses_no_news_that_waits(sefrou) -> None:
    held = person()
    news("one", at=EVENING)
    resume_follow(token=str(held.token), topic="programme", now=EVENING + timedelta(hours=1))
    run()
    assert len(texts()) == 1
    end_follow(token=str(held.token), topic="programme", now=MORNING)
    resume_follow(token=str(held.token), topic="programme", now=MORNING)
    assert Follow.objects.in_force().count() == 1


def test_the_address_is_sealed_and_found_again(sefrou) -> None:
    held = person()
    assert "citizen1" not in held.address_sealed
    assert subscriber_of("SFR", " Citizen1@Example.org ") == held
    assert subscriber_of("SBR", "citizen1@example.org") is None
    with pytest.raises(FollowRefused):
        person(topic="")


def test_news_told_long_ago_is_forgotten(sefrou) -> None:
    person()
    news("a")
    run()
    News.objects.update(digest_on=date(2024, 1, 1))
    assert forget_news(now=MORNING) == 1
