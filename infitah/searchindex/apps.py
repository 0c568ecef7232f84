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
        from infitah.core.diagnosis import register_look
        from infitah.core.registry import register_job, register_service
        from infitah.searchindex import diagnosis, operations
        from infitah.searchindex.meaning import service

        register_job("searchindex", 0.5, operations.index_dirty, has_work=operations.has_dirty)
        register_job("searchindex.renew", 600, operations.renew_outdated)
        register_job("searchindex.vocabulary", 300, operations.renew_vocabulary)
        register_job("meaning", 0.5, operations.encode_waiting, has_work=operations.has_unencoded)
        register_job("meaning.renew", 60, operations.renew_vectors)
        register_service("meaning", service.serve)
        register_look(diagnosis.meaning)
