"""The moderators' queue: 5,000 flagged comments hidden in one act, and a page of the queue."""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import Figure, at_most, stated

CASES = 5_000
LIMIT_S = 3.0  # programme.md 12, no. 16
PAGE_MS = 100.0
NOW = datetime(2023, 6, 14, 10, 0, tzinfo=UTC)


def run() -> list[Figure]:
    """Return the figures of the queue, measured in a fresh process and a home of its own."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as home:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "infitah.config.settings",
            "INFITAH_HOME": home,
            "INFITAH_MEANING": "off",
            "DATABASE_URL": f"sqlite://{Path(home) / 'moderation.sqlite3'}",
        }
        command = [sys.executable, "-m", "bench.moderation"]
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    together, processor, page, single = json.loads(done.stdout.splitlines()[-1])
    return [
        at_most(f"{CASES} cases hidden in one act", together, "s", LIMIT_S),
        stated("the same in time of the processor", processor, "s", "where others run beside it"),
        at_most("a page of the queue among them", page, "ms", PAGE_MS),
        stated("one case hidden by itself", single, "ms", "with its entry and its letter"),
    ]


def _fill(community: object, idea: object, rule: object) -> None:
    from django.db import connection

    from infitah.community.models import Participant
    from infitah.community.tests.factories import ParticipantFactory
    from infitah.participation.models import Comment, Flag, ModerationCase
    from infitah.participation.operations.conversation import count_comments

    authors: list[Participant] = [ParticipantFactory(community=community) for _n in range(50)]
    common = {"community": community, "consultation": idea.consultation, "idea": idea}
    comments = Comment.objects.bulk_create(
        Comment(
            **common,
            author=authors[number % 50],
            number=number,
            text=f"تعليق مختلق رقم {number}",
            language="ar",
            submitted_at=NOW,
        )
        for number in range(1, CASES + 2)
    )
    with connection.cursor() as cursor:
        count_comments(cursor, comments[0], len(comments))
    cases = ModerationCase.objects.bulk_create(
        ModerationCase(community=community, comment=one, origin="flags", opened_at=NOW, due_at=NOW)
        for one in comments
    )
    Flag.objects.bulk_create(
        Flag(
            community=community,
            comment=case.comment,
            case=case,
            rule=rule,
            flagger=str(case.pk),
            network=str(case.pk % 3),
            flagged_at=NOW,
        )
        for case in cases
    )


def _measured() -> tuple[float, float, float, float]:
    from infitah.community.tests.world import make_sefrou
    from infitah.core.viewer import Actor, Viewer
    from infitah.participation import operations, queries
    from infitah.participation.operations import Ruling
    from infitah.participation.tests.factories import make_consultation, make_idea, make_rule

    world = make_sefrou()
    province, by = world.province, Actor("officer", "moderator", "moderator")
    rule = make_rule(province, 2)
    idea = make_idea(make_consultation(province, world.axis), world.axis)
    _fill(province, idea, rule)
    viewer = Viewer(province.key, province.pk, rights=frozenset({"idea.read", "idea.hide"}))
    ruling = Ruling(rule, "يتضمن رقم هاتف شخص آخر")
    times = []
    for _again in range(5):
        start = time.perf_counter()
        queries.case_queue(viewer=viewer, now=NOW)
        times.append(time.perf_counter() - start)
    first, *others = queries.waiting_case_ids(viewer=viewer, limit=CASES + 1)
    start = time.perf_counter()
    operations.decide_case(community_id=province.pk, case_id=first, ruling=ruling, by=by, now=NOW)
    single = time.perf_counter() - start
    start, busy = time.perf_counter(), time.process_time()
    done = operations.decide_cases(
        community=province, case_ids=others, ruling=ruling, by=by, now=NOW
    )
    together, processor = time.perf_counter() - start, time.process_time() - busy
    if len(done.decided) != CASES:
        raise RuntimeError(f"Only {len(done.decided)} were decided.")
    return together, processor, min(times) * 1000, single * 1000


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, stdout=io.StringIO())
    print(json.dumps(_measured()))
