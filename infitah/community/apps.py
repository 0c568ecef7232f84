"""The app `community` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.community"
    label = "community"
    verbose_name = _("community")
