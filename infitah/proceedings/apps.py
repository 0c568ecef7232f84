"""The app `proceedings` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceedingsConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.proceedings"
    label = "proceedings"
    verbose_name = _("proceedings")
