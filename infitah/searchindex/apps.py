"""The app `searchindex` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchindexConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.searchindex"
    label = "searchindex"
    verbose_name = _("searchindex")
