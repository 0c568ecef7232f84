"""The worker: takes tasks, runs periodic jobs, and shows that it lives (decisions E20).

django-tasks-db leaves a task of a killed worker RUNNING for ever. Here each worker keeps a lease
by a heartbeat; a task whose worker holds none any more is taken up again. A task that fails is
tried again later. Tasks are therefore run at least once and must be idempotent.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from infitah.core import clock
from infitah.core.conf import WORK
from infitah.core.jobs import Timetable
from infitah.core.models import JobLock
from infitah.core.queries.health import WORKER
from infitah.core.registry import RETRIES, SERVICES, Service

logger = logging.getLogger("infitah.worker")


def beat(worker_id: str) -> None:
    """Renew the lease of a worker."""
    now = clock.real_now()
    JobLock.objects.update_or_create(
        name=f"{WORKER}{worker_id}",
        defaults={
            "holder": worker_id,
            "last_run_at": now,
            "expires_at": now + timedelta(seconds=WORK.lease_seconds),
        },
    )


def retire(worker_id: str) -> None:
    """End the lease of a worker that stops cleanly: it stays as the last one seen."""
    JobLock.objects.filter(name=f"{WORKER}{worker_id}").update(expires_at=clock.real_now())


def backoff(tries: int) -> timedelta:
    """Return how long a task waits after its `tries`-th failure."""
    steps = WORK.backoff_seconds
    return timedelta(seconds=steps[min(tries, len(steps)) - 1])


def try_again(result: DBTaskResult) -> bool:
    """Put a task back in the queue, later; return False where its tries are used up."""
    tries = len(result.worker_ids)
    if tries >= RETRIES.get(result.task_path, WORK.tries):
        return False
    return bool(
        DBTaskResult.objects.filter(pk=result.pk, status=result.status).update(
            status=TaskResultStatus.READY,
            run_after=clock.real_now() + backoff(tries),
            finished_at=None,
        )
    )


def _abandoned() -> list[DBTaskResult]:
    now = clock.real_now()
    leases = JobLock.objects.filter(name__startswith=WORKER, expires_at__gt=now)
    living = set(leases.values_list("holder", flat=True))
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return [one for one in running if not one.worker_ids or one.worker_ids[-1] not in living]


def has_abandoned(_now: datetime) -> bool:
    """Return whether a task runs in the name of a worker that holds no lease. Two queries."""
    return bool(_abandoned())


def take_up_abandoned(*, now: datetime) -> int:
    """Put back the tasks whose worker holds no lease any more; return how many.

    A task that took its worker with it too often is marked as failed.
    """
    taken = _abandoned()
    for result in taken:
        if not try_again(result):
            result.set_failed(RuntimeError("Its worker died each time that it ran."))
        logger.warning("Task %s was left by a dead worker.", result.pk)
    return len(taken)


def forget_tasks(*, now: datetime) -> int:
    """Delete tasks that ended well and workers that ended long ago; return how many tasks."""
    before = clock.real_now() - timedelta(days=WORK.keep_tasks_days)
    gone, _rows = DBTaskResult.objects.successful().filter(finished_at__lt=before).delete()
    workers = JobLock.objects.filter(name__startswith=WORKER).order_by("-last_run_at")
    newest = workers.values_list("pk", flat=True).first()
    workers.filter(expires_at__lt=before).exclude(pk=newest or 0).delete()
    return gone


class Worker(TaskRunner):
    """Runs tasks and jobs one after the other until it is told to stop."""

    def __init__(self, worker_id: str = "") -> None:
        super().__init__(
            queue_names=["default"],
            interval=WORK.longest_wait,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id or get_random_string(16),
            excluded_queue_names=[],
        )
        self.timetable = Timetable(self.worker_id)
        self.stopping = threading.Event()

    def stop(self) -> None:
        """Stop after what is being done now."""
        self.running = False
        self.stopping.set()

    def run(self) -> None:
        """Work until told to stop; wait longer and longer while nothing is to be done."""
        heart = threading.Thread(target=self._keep_beating, name="heartbeat", daemon=True)
        beat(self.worker_id)
        heart.start()
        services = self._start_services()
        wait = WORK.shortest_wait
        try:
            while self.running:
                worked = self.work_once()
                wait = WORK.shortest_wait if worked else min(wait * 1.5, WORK.longest_wait)
                if not worked:
                    self.stopping.wait(wait)
        finally:
            self.stopping.set()
            for thread in (heart, *services):
                thread.join(timeout=1)
            retire(self.worker_id)
            connection.close()

    def work_once(self) -> bool:
        """Run one task and the jobs that are due; return whether there may be more to do."""
        close_old_connections()
        try:
            had_task = self._run_one_task()
            left_work = self.timetable.run_due()
        except DatabaseError:
            logger.exception("The database did not answer; trying again.")
            connection.close()
            return False
        return had_task or left_work

    def _run_one_task(self) -> bool:
        # One look without the write lock first: an idle worker must not disturb writers.
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not ready.exists():
            return False
        with exclusive_transaction(ready.db):
            result = ready.get_locked()
            if result is None:
                return False
            result.claim(self.worker_id)
        self.run_task(result)
        result.refresh_from_db()
        if result.status == TaskResultStatus.FAILED:
            try_again(result)
        return True

    def _start_services(self) -> list[threading.Thread]:
        threads = [
            threading.Thread(target=self._keep_serving, args=(serve,), name=name, daemon=True)
            for name, serve in SERVICES.items()
        ]
        for thread in threads:
            thread.start()
        return threads

    def _keep_serving(self, serve: Service) -> None:
        while not self.stopping.is_set():
            try:
                serve(self.stopping)
                return
            except Exception:  # a service of any app must not stop the worker
                logger.exception("A service failed; starting it again.")
                self.stopping.wait(WORK.service_pause_seconds)

    def _keep_beating(self) -> None:
        while not self.stopping.wait(WORK.beat_seconds):
            try:
                beat(self.worker_id)
            except DatabaseError:
                logger.exception("The heartbeat could not be written.")
                connection.close()
        connection.close()
