"""The app `desk` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules.acts import register_act, register_family


class DeskConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.desk"
    label = "desk"
    verbose_name = _("desk")

    def ready(self) -> None:
        register_family("desk", _("Accounts of officers"))
        register_act("desk.access_reset", _("Lost access of an officer opened anew"))
