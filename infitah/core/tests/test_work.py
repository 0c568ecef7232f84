"""Events, jobs, tasks and the worker (decisions E20)."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from infitah.core import clock, queries, registry, worker
from infitah.core.jobs import Timetable, acquire, release
from infitah.core.models import JobLock, Outbox
from infitah.core.operations import dispatch_events, post_event
from infitah.core.operations.events import forget_events, has_events
from infitah.core.registry import RegisteredJob
from infitah.core.tests.conftest import NOW, ROOT

CALLS: list[str] = []


@task()
def note(text: str) -> None:
    CALLS.append(text)


@task()
def fail() -> None:
    CALLS.append("fail")
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def clean_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave only what a test registers itself."""
    monkeypatch.setattr(registry, "HANDLERS", {})
    saved = dict(registry.JOBS)
    registry.JOBS.clear()
    CALLS.clear()
    yield
    registry.JOBS.clear()
    registry.JOBS.update(saved)


# --- Events ------------------------------------------------------------------


def post(key: str = "1", kind: str = "idea.given") -> None:
    post_event(
        kind=kind,
        community_key="SFR",
        subject="SFR-2026-I-0001",
        payload={"axis": 3},
        dedupe_key=key,
        now=NOW,
    )


@pytest.mark.django_db
def test_an_event_is_posted_once_and_handled_once() -> None:
    registry.register_handler("idea.given", lambda *, event, now: CALLS.append(event.subject))
    post()
    post()
    assert has_events(NOW)
    assert dispatch_events(now=NOW) is False
    dispatch_events(now=NOW)
    assert CALLS == ["SFR-2026-I-0001"]
    assert not has_events(NOW)


@pytest.mark.django_db
def test_an_event_that_nobody_awaits_is_done() -> None:
    post()
    dispatch_events(now=NOW)
    assert Outbox.objects.get().handled_at == NOW


@pytest.mark.django_db
def test_a_failing_handler_leaves_no_trace_and_is_tried_later() -> None:
    def writes_then_fails(*, event: Outbox, now: Any) -> None:
        post("written", kind="other")
        if not CALLS:
            CALLS.append("failed")
            raise ZeroDivisionError("once")

    registry.register_handler("idea.given", writes_then_fails)
    post()
    post("2", kind="free")
    dispatch_events(now=NOW)
    assert Outbox.objects.filter(handled_at=NOW).count() == 1  # the other one was not held up
    event = Outbox.objects.get(dedupe_key="1")
    assert (event.tries, event.last_error) == (1, "ZeroDivisionError: once")
    assert not Outbox.objects.filter(dedupe_key="written").exists()
    dispatch_events(now=NOW + timedelta(seconds=1))
    assert not Outbox.objects.filter(dedupe_key="written").exists()
    dispatch_events(now=NOW + timedelta(seconds=2))
    assert Outbox.objects.filter(dedupe_key="written").exists()


@pytest.mark.django_db
def test_events_are_given_up_after_ten_tries_and_shown_as_ill() -> None:
    post()
    Outbox.objects.update(tries=10)
    assert not has_events(NOW)
    parts = {part.name: part for part in queries.health(NOW)}
    assert (parts["events"].is_well, parts["events"].detail) == (False, "1 given up")


@pytest.mark.django_db
def test_handled_events_are_forgotten_after_a_month() -> None:
    post()
    dispatch_events(now=NOW)
    assert forget_events(now=NOW + timedelta(days=29)) == 0
    assert forget_events(now=NOW + timedelta(days=31)) == 1


# --- Jobs --------------------------------------------------------------------


def job(name: str = "sweep", **more: Any) -> RegisteredJob:
    return RegisteredJob(name, 60, lambda *, now: CALLS.append(name), **more)


@pytest.mark.django_db
def test_a_job_runs_in_one_process_at_a_time_and_when_it_is_due() -> None:
    sweep = job()
    assert acquire(sweep, "a", NOW)
    assert not acquire(sweep, "b", NOW + timedelta(seconds=90))
    release(sweep, "b")
    assert not acquire(sweep, "b", NOW + timedelta(seconds=90))
    release(sweep, "a")
    assert not acquire(sweep, "b", NOW + timedelta(seconds=30))
    assert acquire(sweep, "b", NOW + timedelta(seconds=60))


@pytest.mark.django_db
def test_the_lock_of_a_dead_process_expires() -> None:
    sweep = job()
    assert acquire(sweep, "dead", NOW)
    assert not acquire(sweep, "b", NOW + timedelta(seconds=599))
    assert acquire(sweep, "b", NOW + timedelta(seconds=601))


@pytest.mark.django_db
def test_one_failing_job_does_not_stop_the_others() -> None:
    def fails(*, now: Any) -> None:
        raise ZeroDivisionError

    registry.register_job("first", 60, fails)
    registry.register_job("second", 60, lambda *, now: CALLS.append("second"))
    assert Timetable("a").run_due() is False
    assert CALLS == ["second"]
    assert JobLock.objects.get(name="first").holder == ""


@pytest.mark.django_db
def test_a_job_with_more_to_do_runs_again_at_once() -> None:
    def several(*, now: Any) -> bool:
        CALLS.append("x")
        return len(CALLS) < 3

    registry.register_job("several", 60, several)
    timetable = Timetable("a")
    assert [timetable.run_due() for _ in range(4)] == [True, True, False, False]
    assert len(CALLS) == 3


@pytest.mark.django_db
def test_where_nothing_waits_the_lock_is_not_even_asked_for(
    django_assert_num_queries: Any,
) -> None:
    registry.register_job("idle", 60, job().run, has_work=lambda now: False)
    with django_assert_num_queries(0):
        Timetable("a").run_due()
    assert not CALLS


# --- Tasks -------------------------------------------------------------------


@pytest.fixture
def queue(settings: Any, db: None) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.usefixtures("queue")
def test_the_worker_runs_a_task() -> None:
    note.enqueue("hello")
    one = worker.Worker("w")
    assert one.work_once() is True
    assert one.work_once() is False
    assert CALLS == ["hello"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


@pytest.mark.usefixtures("queue")
def test_a_failed_task_is_tried_again_later_and_at_last_left() -> None:
    fail.enqueue()
    one = worker.Worker("w")
    for tries in range(1, 6):
        one.work_once()
        result = DBTaskResult.objects.get()
        assert len(result.worker_ids) == tries
        if tries < 5:
            assert result.status == TaskResultStatus.READY
            assert result.run_after > clock.real_now()
            assert one.work_once() is False
            DBTaskResult.objects.update(run_after=get_date_max())
    assert result.status == TaskResultStatus.FAILED
    assert "ZeroDivisionError" in result.traceback
    assert worker.backoff(1) < worker.backoff(2) < worker.backoff(4) == worker.backoff(9)


@pytest.mark.usefixtures("queue")
def test_a_task_may_ask_for_fewer_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RETRIES", {fail.module_path: 1})
    fail.enqueue()
    worker.Worker("w").work_once()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


@pytest.mark.usefixtures("queue")
def test_the_task_of_a_dead_worker_is_taken_up_and_that_of_a_living_one_is_not() -> None:
    note.enqueue("left")
    note.enqueue("busy")
    left, busy = DBTaskResult.objects.order_by("enqueued_at")
    worker.beat("dead")
    JobLock.objects.update(expires_at=clock.real_now() - timedelta(seconds=1))
    worker.beat("alive")
    left.claim("dead")
    busy.claim("alive")
    assert worker.has_abandoned(NOW)
    assert worker.take_up_abandoned(now=NOW) == 1
    assert not worker.has_abandoned(NOW)
    left.refresh_from_db()
    busy.refresh_from_db()
    assert (left.status, busy.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    worker.retire("alive")
    assert worker.has_abandoned(NOW)


@pytest.mark.usefixtures("queue")
def test_a_task_that_kills_its_worker_each_time_is_given_up() -> None:
    note.enqueue("deadly")
    result = DBTaskResult.objects.get()
    result.worker_ids = ["a", "b", "c", "d"]
    result.claim("e")
    worker.take_up_abandoned(now=NOW)
    result.refresh_from_db()
    assert result.status == TaskResultStatus.FAILED
    assert "worker died" in result.traceback


@pytest.mark.usefixtures("queue")
def test_old_tasks_and_workers_are_forgotten_but_the_last_worker_is_known() -> None:
    note.enqueue("old")
    worker.Worker("w").work_once()
    long_ago = clock.real_now() - timedelta(days=30)
    DBTaskResult.objects.update(finished_at=long_ago)
    for name in ("first", "last"):
        worker.beat(name)
    JobLock.objects.filter(name="worker:first").update(last_run_at=long_ago)
    JobLock.objects.update(expires_at=long_ago)
    assert worker.forget_tasks(now=NOW) == 1
    assert [lock.holder for lock in JobLock.objects.all()] == ["last"]


def test_a_service_runs_beside_the_work_and_is_started_again_when_it_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served = threading.Event()

    def serve(stopping: threading.Event) -> None:
        CALLS.append("serve")
        if len(CALLS) == 1:
            raise OSError
        served.set()
        stopping.wait(10)

    monkeypatch.setattr(registry, "SERVICES", {})
    registry.register_service("answers", serve)
    monkeypatch.setattr(worker, "SERVICES", registry.SERVICES)
    monkeypatch.setattr(worker, "WORK", replace(worker.WORK, service_pause_seconds=0.01))
    one = worker.Worker("w")
    (thread,) = one._start_services()
    assert served.wait(10)
    one.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert CALLS == ["serve", "serve"]


@pytest.mark.processes
def test_the_worker_shows_that_it_lives_and_stops_at_once(
    file_environment: dict[str, str],
) -> None:
    command = [sys.executable, "-m", "infitah.config.cli", "worker"]
    running = subprocess.Popen(command, env=file_environment, cwd=ROOT)
    path = file_environment["DATABASE_URL"].removeprefix("sqlite://")
    end = time.monotonic() + 30
    while not _beats(path) and time.monotonic() < end:
        time.sleep(0.1)
    assert _beats(path) == 1
    asked = time.monotonic()
    running.send_signal(signal.SIGTERM)
    assert running.wait(10) == 0
    assert time.monotonic() - asked < 3


def _beats(path: str) -> int:
    with closing(sqlite3.connect(path)) as line:
        query = "SELECT count(*) FROM core_joblock WHERE name LIKE 'worker:%'"
        return int(line.execute(query).fetchone()[0])


# --- Health ------------------------------------------------------------------


@pytest.mark.django_db
def test_health_names_the_part_that_is_ill() -> None:
    def ill(now: Any) -> dict[str, str]:
        return {part.name: part.detail for part in queries.health(now) if not part.is_well}

    now = clock.real_now()
    assert ill(now) == {"worker": "no worker was ever seen"}
    worker.beat("w")
    assert ill(now) == {}
    assert ill(now + timedelta(minutes=1)) == {"worker": "last seen 60 s ago"}


@pytest.mark.usefixtures("queue")
def test_a_task_that_waits_too_long_is_ill() -> None:
    worker.beat("w")
    note.enqueue("x")
    late = clock.real_now() + timedelta(minutes=6)
    parts = {part.name: part.is_well for part in queries.health(late)}
    assert parts["tasks"] is False


@pytest.mark.usefixtures("queue")
def test_metrics_speak_the_format_of_prometheus() -> None:
    worker.beat("w")
    note.enqueue("x")
    text = "".join(queries.metrics(clock.real_now()))
    assert 'infitah_part_up{part="database"} 1\n' in text
    assert 'infitah_tasks{state="ready"} 1\n' in text
