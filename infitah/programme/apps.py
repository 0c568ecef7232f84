"""The app `programme` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.programme"
    label = "programme"
    verbose_name = _("programme")
