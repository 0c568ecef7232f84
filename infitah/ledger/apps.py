"""The app `ledger` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.ledger"
    label = "ledger"
    verbose_name = _("ledger")
