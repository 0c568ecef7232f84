"""The app `publication` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.publication"
    label = "publication"
    verbose_name = _("publication")

    def ready(self) -> None:
        """Register files, acts, the index and what the clock does with the base."""
        from infitah.core.registry import register_file_guard, register_job
        from infitah.publication import acts, operations, queries
        from infitah.searchindex.registry import register_source

        acts.name_acts()
        register_source(operations.KIND, queries.searchable_record)
        register_file_guard(operations.FILE_PREFIX, queries.file_is_visible)
        register_job(
            "publication.due", 60, operations.publish_due, has_work=operations.has_due_records
        )
        register_job(
            "publication.marks", 3600, operations.sweep_marks, has_work=operations.has_old_marks
        )
