"""The app `desk` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.desk"
    label = "desk"
    verbose_name = _("desk")
