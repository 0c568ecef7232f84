"""The app `participation` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.participation"
    label = "participation"
    verbose_name = _("participation")
