"""The app `design` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.design"
    label = "design"
    verbose_name = _("design")
