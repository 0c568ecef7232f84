"""The app `information` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InformationConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.information"
    label = "information"
    verbose_name = _("access to information")

    def ready(self) -> None:
        """Give the register the names of the acts, and the worker what is erased in time."""
        from infitah.core.registry import register_job
        from infitah.information import acts, operations

        acts.name_acts()
        register_job(
            "information.drafts",
            600,
            operations.erase_drafts,
            has_work=operations.has_drafts_to_erase,
        )
        register_job(
            "information.purge",
            3600,
            operations.purge_requesters,
            has_work=operations.has_requesters_to_purge,
        )
