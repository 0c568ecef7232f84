"""Running what is due by the clock, in one process at a time (decisions E20).

The right to run is one conditional UPDATE of a `JobLock`; the lock of a process that died expires.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db.models import Q

from infitah.core import clock
from infitah.core.models import JobLock
from infitah.core.registry import JOBS, RegisteredJob

logger = logging.getLogger("infitah.jobs")


def acquire(job: RegisteredJob, holder: str, now: datetime) -> bool:
    """Take the right to run `job` if it is due and nobody runs it, at the true instant `now`."""
    JobLock.objects.get_or_create(name=job.name)
    free = Q(expires_at=None) | Q(expires_at__lt=now)
    # A hair of tolerance: the process's own clock of intervals is not the wall clock.
    due = Q(last_run_at=None) | Q(last_run_at__lte=now - timedelta(seconds=job.every_seconds * 0.9))
    return bool(
        JobLock.objects.filter(free, due, name=job.name).update(
            holder=holder,
            expires_at=now + timedelta(seconds=job.lease_seconds),
            last_run_at=now,
        )
    )


def release(job: RegisteredJob, holder: str) -> None:
    """Give the right back, if it is still held."""
    JobLock.objects.filter(name=job.name, holder=holder).update(holder="", expires_at=None)


class Timetable:
    """When each job is looked at next in this process, so that the database is asked seldom."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        self._next: dict[str, float] = {}

    def run_due(self) -> bool:
        """Run every job that is due; return whether one of them left work behind."""
        left = [self._run(job) for job in list(JOBS.values()) if self._is_due(job)]
        return any(left)  # every job had its turn first

    def _is_due(self, job: RegisteredJob) -> bool:
        return time.monotonic() >= self._next.get(job.name, 0.0)

    def _run(self, job: RegisteredJob) -> bool:
        self._next[job.name] = time.monotonic() + job.every_seconds
        try:
            if job.has_work is not None and not job.has_work(clock.now()):
                return False
            if not acquire(job, self.holder, clock.real_now()):
                return False
            try:
                has_more = job.run(now=clock.now()) is True
            finally:
                release(job, self.holder)
        except Exception:  # one job of any app must not stop the others
            logger.exception("The job %s failed.", job.name)
            return False
        if has_more:
            self._next[job.name] = 0.0
            JobLock.objects.filter(name=job.name).update(last_run_at=None)
        return has_more
