"""The app `core` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.core"
    label = "core"
    verbose_name = _("core")
