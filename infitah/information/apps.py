"""The app `information` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InformationConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.information"
    label = "information"
    verbose_name = _("access to information")

    def ready(self) -> None:
        """Give the register the names of the acts."""
        from infitah.information import acts

        acts.name_acts()
