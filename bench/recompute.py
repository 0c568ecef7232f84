"""10,000 open requests and 2,500 answered ones counted anew by one closure; telling both sides."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure, at_most, stated
from bench.site import ROOT, environment, manage

REQUESTS = 12_500  # of which four in five are not answered, the others may be complained about
LIMIT_SECONDS = 5.0
LIMIT_PIECE = 1.0


@contextmanager
def home() -> Iterator[dict[str, str]]:
    """Yield the environment of a migrated home with one community."""
    with tempfile.TemporaryDirectory(prefix="infitah-recompute-") as folder:
        env = environment(Path(folder), 1)
        env["DJANGO_SETTINGS_MODULE"] = "infitah.config.settings"
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "seed", "sefrou")
        yield env


def inside(env: dict[str, str], verb: str) -> dict[str, float]:
    """Run a verb of this file in a process of its own; return the figures that it printed."""
    command = [sys.executable, "-m", "bench.recompute", verb]
    told = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def run() -> list[Figure]:
    """Return the figures of counting anew."""
    with home() as env:
        filled = inside(env, "fill")
        closed = inside(env, "close")
        told = inside(env, "tell")
    moved = closed["moved"]
    return [
        stated("recompute: open requests", filled["open"], "requests"),
        at_most("recompute: the act that closes a day", closed["seconds"], "s", LIMIT_SECONDS),
        stated("recompute: processor time of the act", closed["processor"], "s"),
        stated("recompute: clocks that it moved", moved, "clocks"),
        stated("recompute: statements of the act", closed["statements"], "statements"),
        at_most("recompute: requests that differ from their acts", closed["differ"], "requests", 0),
        at_most("recompute: moves untold afterwards", told["untold"], "moves", 0),
        stated("recompute: mails queued", told["mails"], "mails"),
        stated("recompute: telling all of them", told["seconds"], "s", "by the worker"),
        at_most("recompute: longest piece, the write lock held", told["longest"], "s", LIMIT_PIECE),
    ]


# What runs inside the home -----------------------------------------------------------------------


def _fill() -> None:
    """Write open requests of every kind, received on the last 40 days, as their acts would."""
    from datetime import timedelta

    from django.db import transaction

    from infitah.community.models import Community
    from infitah.core.clock import local_day, real_now
    from infitah.information.models import InformationRequest, RequestAct, Requester
    from infitah.information.operations.replay import recount

    now = real_now()
    today, community = local_day(now), Community.objects.get(key="SFR")
    with transaction.atomic():
        requests = [
            _request(community, number, today - timedelta(days=1 + number % 40), now)
            for number in range(REQUESTS)
        ]
        InformationRequest.objects.bulk_create(requests, batch_size=500)
        acts, people = [], []
        for number, request in enumerate(requests):
            acts += list(_acts(request, number, today, now))
            people.append(_person(request, number))
        RequestAct.objects.bulk_create(acts, batch_size=500)
        Requester.objects.bulk_create(people, batch_size=500)
    recount(now=now)
    made = InformationRequest.objects.of(community).filter(number__gt=50_000)
    _print({"open": made.unanswered().count()})


def _request(community: object, number: int, received_on: object, now: object) -> object:
    from infitah.information.models import InformationRequest

    return InformationRequest(
        community=community,
        reference=f"SFR-2019-R-{50_001 + number}",
        year=2019,
        number=50_001 + number,
        token=f"bench-{number}",
        code_digest="0" * 64,
        channel="web",
        language="ar" if number % 2 else "fr",
        text="نسخة من محضر الدورة",
        access="copy",
        received_at=now,
        received_on=received_on,
        phase="received",
        remedy="none",
        turn="officer",
        changed_at=now,
    )


def _acts(request: object, number: int, today: object, now: object) -> Iterator[object]:
    from datetime import timedelta

    from infitah.information.models import RequestAct

    received = request.received_on  # type: ignore[attr-defined]
    lives: tuple[tuple[tuple[str, int, dict[str, object]], ...], ...] = (
        (("registered", 0, {}),),
        (("registered", 0, {}), ("clarification_asked", 1, {})),
        (("registered", 0, {}), ("tasked", 0, {}), ("extended", 1, {})),
        (("registered", 0, {}), ("decided", 1, {"outcome": "full", "withheld": False})),
        (
            ("registered", 0, {}),
            ("decided", 1, {"outcome": "partial", "withheld": True}),
            ("second_read", 1, {}),
            ("delivered", 1, {}),
        ),
    )
    told = [("submitted", 0, {"urgent": False}), *lives[number % len(lives)]]
    for position, (kind, days, facts) in enumerate(told, start=1):
        yield RequestAct(
            community_id=request.community_id,  # type: ignore[attr-defined]
            request=request,
            position=position,
            kind=kind,
            occurred_on=min(received + timedelta(days=days), today),  # type: ignore[type-var]
            recorded_at=now,
            by_kind="officer",
            facts=facts,
        )


def _person(request: object, number: int) -> object:
    from infitah.core.vault import seal
    from infitah.information.models import Requester

    contact = json.dumps({"email": f"citizen{number}@example.org", "phone": ""})
    return Requester(
        community_id=request.community_id,  # type: ignore[attr-defined]
        request=request,
        status="citizen",
        has_email=bool(number % 2),
        contact_sealed=seal(
            contact,
            model="information.Requester",
            field="contact_sealed",
            row=request.token,  # type: ignore[attr-defined]
        ),
    )


def _close() -> None:
    """Close the offices on a day to come, and compare every request with its acts afterwards."""
    from datetime import timedelta

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from infitah.community.models import Community
    from infitah.community.operations import add_closure
    from infitah.core.clock import local_day, real_now
    from infitah.core.viewer import Actor
    from infitah.information.operations.refresh import refresh_requests
    from infitah.information.operations.replay import replay
    from infitah.kernel.localized import LocalizedText

    community, now = Community.objects.get(key="SFR"), real_now()
    on = local_day(now) + timedelta(days=3)
    while on.isoweekday() > 5:
        on += timedelta(days=1)
    began, worked = time.monotonic(), time.process_time()
    with CaptureQueriesContext(connection) as seen:
        moved = add_closure(
            community=community,
            on=on,
            name=LocalizedText(ar="إغلاق استثنائي", fr="Fermeture exceptionnelle"),
            source="بلاغ رئاسة الحكومة",
            by=Actor("officer", "administrator", "administrator"),
            now=now,
        )
    seconds, processor = time.monotonic() - began, time.process_time() - worked
    while refresh_requests(now=now):
        pass
    differ = len(replay(now=now, sample=2 * REQUESTS).differing)
    _print(
        {
            "seconds": seconds,
            "processor": processor,
            "moved": len(moved),
            "statements": len(seen),
            "differ": differ,
        }
    )


def _tell() -> None:
    from infitah.core.clock import real_now
    from infitah.core.models import Mail
    from infitah.information.models import ClockMove
    from infitah.information.operations.telling_moves import tell_moves

    now, longest, whole = real_now(), 0.0, time.monotonic()
    is_more = True
    while is_more:
        began = time.monotonic()
        is_more = tell_moves(now=now)
        longest = max(longest, time.monotonic() - began)
    _print(
        {
            "seconds": time.monotonic() - whole,
            "longest": longest,
            "untold": ClockMove.objects.untold().count(),
            "mails": Mail.objects.filter(template__startswith="information/email/move").count(),
        }
    )


def _print(figures: dict[str, float]) -> None:
    print(json.dumps(figures))


VERBS = {"fill": _fill, "close": _close, "tell": _tell}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    import django

    django.setup()
    VERBS[sys.argv[1]]()
