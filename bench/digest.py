"""The digest of 50,000 subscribers of whom 2 % have news: work, time, a worker killed midway."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure, at_most, stated
from bench.site import ROOT, environment, manage

SUBSCRIBERS = 50_000
SHARE = 50  # one in fifty has news: 2 %
LIMIT_SECONDS = 60.0
KILLS = 5
WORK = "digest-work"


@contextmanager
def home() -> Iterator[dict[str, str]]:
    """Yield the environment of an empty, migrated home with one community."""
    with tempfile.TemporaryDirectory(prefix="infitah-digest-") as folder:
        env = environment(Path(folder), 1)
        env["DJANGO_SETTINGS_MODULE"] = "infitah.config.settings"
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "seed", "sefrou")
        yield env


def inside(env: dict[str, str], verb: str) -> str:
    """Run a verb of this file in a process of its own; return what it printed."""
    command = [sys.executable, "-m", "bench.digest", verb]
    return subprocess.run(
        command, cwd=ROOT, env=env, check=True, capture_output=True, text=True
    ).stdout


def run() -> list[Figure]:
    """Return the figures of the digest."""
    with home() as env:
        inside(env, "fill")
        began = time.monotonic()
        queued = int(inside(env, WORK))
        seconds = time.monotonic() - began
        inside(env, "again")
        survived = _killed(env)
    wanted = SUBSCRIBERS // SHARE
    return [
        stated("digest: subscribers", SUBSCRIBERS, "people"),
        at_most("digest: mails queued beyond those with news", queued - wanted, "mails", 0),
        at_most("digest: people with news left out", wanted - queued, "people", 0),
        at_most("digest: time for all of them", seconds, "s", LIMIT_SECONDS),
        *survived,
    ]


def _killed(env: dict[str, str]) -> list[Figure]:
    """Kill the worker of the next day's digest several times, then let it end; count mails."""
    kills = 0
    for _number in range(KILLS):
        command = [sys.executable, "-m", "bench.digest", WORK]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**env, "DAY": "2"}, stdout=subprocess.PIPE
        )
        time.sleep(1.6)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()
    inside({**env, "DAY": "2"}, WORK)
    doubled, lost = (int(part) for part in inside(env, "count").split())
    return [
        stated("digest: workers killed with -9", kills, "times"),
        at_most("digest: doubled after the kills", doubled, "mails", 0),
        at_most("digest: lost after the kills", lost, "mails", 0),
    ]


# What runs inside the home -----------------------------------------------------------------------


def _fill() -> None:
    from django.db import transaction

    from infitah.core.clock import real_now
    from infitah.core.models import Follow, Subscriber
    from infitah.core.vault import lookup_digest, seal

    with transaction.atomic():
        people = []
        for number in range(SUBSCRIBERS):
            one = Subscriber(
                community_key="SFR",
                address_digest=lookup_digest("bench", str(number)),
                language="ar" if number % 2 else "fr",
                created_at=real_now(),
            )
            one.address_sealed = seal(
                f"citizen{number}@example.org",
                model="core.Subscriber",
                field="address_sealed",
                row=str(one.token),
            )
            people.append(one)
        Subscriber.objects.bulk_create(people, batch_size=2_000)
        Follow.objects.bulk_create(
            (
                Follow(
                    subscriber_id=one.pk,
                    topic="cycle:2024-2025"
                    if number % SHARE == 0
                    else f"idea:quiet-{number % 997}",
                    since=one.created_at,
                )
                for number, one in enumerate(people)
            ),
            batch_size=2_000,
        )
    _news("first")


def _news(key: str) -> None:
    from infitah.core.clock import real_now
    from infitah.core.operations import post_news
    from infitah.kernel.localized import LocalizedText

    for number in range(5):
        post_news(
            community_key="SFR",
            topic="cycle:2024-2025",
            kind="programme.milestone_verified",
            title=LocalizedText(ar=f"مرحلة {number}", fr=f"Jalon {number}"),
            path="programme/2024-2025/",
            dedupe_key=f"bench:{key}:{number}",
            happened_at=real_now(),
        )


def _work() -> None:
    from datetime import timedelta

    from infitah.core.clock import local_day, real_now
    from infitah.core.models import Mail
    from infitah.core.operations import make_digests
    from infitah.core.operations.digest import digest_instant

    days = 1 + int(os.environ.get("DAY", "0"))
    now = digest_instant(local_day(real_now()) + timedelta(days=days)) + timedelta(minutes=1)
    before = Mail.objects.filter(template="core/email/digest").count()
    while make_digests(now=now):
        pass
    print(Mail.objects.filter(template="core/email/digest").count() - before)


def _count() -> None:
    from infitah.core.models import Mail

    found = Mail.objects.filter(template="core/email/digest").values_list("dedupe_key", flat=True)
    per_person = Counter(key.split(":")[1] for key in found)
    wanted = SUBSCRIBERS // SHARE
    doubled = sum(count - 2 for count in per_person.values() if count > 2)
    lost = sum(2 - count for count in per_person.values() if count < 2)
    print(doubled, lost + 2 * (wanted - len(per_person)))


VERBS = {"fill": _fill, WORK: _work, "again": lambda: _news("second"), "count": _count}

if __name__ == "__main__":
    import django

    django.setup()
    VERBS[sys.argv[1]]()
