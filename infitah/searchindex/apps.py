"""The app `searchindex` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchindexConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.searchindex"
    label = "searchindex"
    verbose_name = _("search index")

    def ready(self) -> None:
        """Have the worker index what is marked, and renew what an older normaliser wrote."""
        from infitah.core.registry import register_job
        from infitah.searchindex import operations

        register_job("searchindex", 0.5, operations.index_dirty, has_work=operations.has_dirty)
        register_job("searchindex.renew", 600, operations.renew_outdated)
