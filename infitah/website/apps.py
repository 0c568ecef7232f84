"""The app `website` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.website"
    label = "website"
    verbose_name = _("website")
