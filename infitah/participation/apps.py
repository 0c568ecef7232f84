"""The app `participation` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.participation"
    label = "participation"
    verbose_name = _("participation")

    def ready(self) -> None:
        """Register the receipts and the clock with the worker, files, acts and the index."""
        from infitah.core.registry import (
            register_export,
            register_file_guard,
            register_handler,
            register_job,
        )
        from infitah.participation import acts, operations, queries
        from infitah.participation.management.exporting import IdeasExport
        from infitah.searchindex.registry import register_source

        acts.name_acts()
        register_export("ideas", IdeasExport())
        register_source(queries.KIND, queries.searchable_idea)
        register_file_guard(queries.FILE_PREFIX, queries.file_is_visible)
        register_handler(operations.HIDDEN_TOGETHER, operations.tell_hidden)
        for act in operations.LEAVES_NOTHING:
            register_handler(f"participation.{act}", operations.look_whether_answered)
        register_job(
            "participation.receipts",
            0.5,
            operations.send_receipts,
            has_work=operations.has_receipts_to_send,
        )
        register_job(
            "participation.names",
            3600,
            operations.erase_names,
            has_work=operations.has_names_to_erase,
        )
        register_job(
            "participation.clock", 20, operations.keep_time, has_work=operations.has_clock_work
        )
        register_job(
            "participation.voices",
            60,
            operations.commit_voices,
            has_work=operations.has_voices_to_commit,
        )
        register_job(
            "participation.clustering",
            2,
            operations.compute_runs,
            has_work=operations.has_runs_to_compute,
            lease_seconds=180,
        )
        register_job(
            "participation.cases",
            600,
            operations.close_cases,
            has_work=operations.has_cases_to_close,
        )
        acts.open_doors()
