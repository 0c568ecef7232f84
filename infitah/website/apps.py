"""The app `website` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

MINUTE = 60


class WebsiteConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.website"
    label = "website"
    verbose_name = _("website")

    def ready(self) -> None:
        """Register the acts, the clock of pages, and what follows from acts of `community`."""
        from infitah.core.registry import register_handler, register_job, register_news
        from infitah.ledger.queries import register_titles
        from infitah.ledger.rules.acts import register_act, register_family
        from infitah.participation.operations import register_pending_act
        from infitah.publication.queries import register_asking
        from infitah.website import addresses, operations

        register_titles(addresses.titles_of)
        register_asking("information:ask", "text")
        register_family("website", _("Website"))
        register_act("website.strip_set", _("Emergency strip set"))
        register_act("website.strip_ended", _("Emergency strip ended"))
        register_job(
            "website.schedule",
            MINUTE,
            operations.keep_schedule,
            has_work=operations.has_scheduled,
        )
        register_job(
            "website.news", 10, operations.read_register, has_work=operations.has_fresh_acts
        )
        for kind, words in operations.NEWS.items():
            register_news(kind, words)
        register_pending_act(
            operations.FOLLOW,
            operations.perform_follow,
            asked=_("The mails begin as soon as your address is confirmed."),
            done=_("Your address is confirmed, and a mail about it is on its way."),
            shown=operations.shown_of_follow,
        )
        register_handler("community.founded", operations.on_founded)
        register_handler("community.access_granted", operations.on_access_changed)
        register_handler("community.access_closed", operations.on_access_changed)
