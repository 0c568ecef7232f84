"""The app `council` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.council"
    label = "council"
    verbose_name = _("council")
