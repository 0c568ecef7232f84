"""The app `core` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.core"
    label = "core"
    verbose_name = _("core")

    def ready(self) -> None:
        """Register the checks and the periodic work of the base."""
        from infitah.core import checks, files, worker  # noqa: F401
        from infitah.core.operations import counting, delivery, digest, events
        from infitah.core.registry import register_job

        register_job("mail", 0.5, delivery.send_due_mail, has_work=delivery.has_due_mail)
        register_job("mail.erase", 3600, delivery.erase_old_mail)
        register_job("events", 0.5, events.dispatch_events, has_work=events.has_events)
        register_job("events.forget", 24 * 3600, events.forget_events)
        register_job("digests", 20, digest.make_digests, has_work=digest.has_digests)
        register_job("news.forget", 24 * 3600, digest.forget_news)
        register_job("files.sweep", 3600, files.sweep)
        register_job("files.rescan", 60, files.rescan, has_work=files.has_unscanned)
        register_job("attempts.sweep", 3600, counting.sweep_attempts)
        register_job("tasks.abandoned", 15, worker.take_up_abandoned, has_work=worker.has_abandoned)
        register_job("tasks.forget", 24 * 3600, worker.forget_tasks)
