"""The app `ledger` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.ledger"
    label = "ledger"
    verbose_name = _("register of acts")

    def ready(self) -> None:
        """Register the daily anchor, the entry of a restore, and the register's own acts."""
        from infitah.core.registry import register_after_restore, register_job
        from infitah.ledger import operations, queries, rules

        register_job(
            "ledger.daily_heads",
            300,
            operations.sign_daily_heads,
            has_work=queries.has_registers_without_head_of_today,
        )
        register_after_restore(operations.record_restore)
        rules.register_family("register", _("The register itself"))
        rules.register_act("register.restored", _("The data were restored from a backup"))
        rules.register_act(
            "register.openings_erased", _("Personal data behind entries were erased")
        )
