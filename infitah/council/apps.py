"""The app `council` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules.acts import register_act, register_family


class CouncilConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.council"
    label = "council"
    verbose_name = _("council")

    def ready(self) -> None:
        from infitah.council import queries
        from infitah.proceedings.queries import register_convening, register_session_acts
        from infitah.searchindex.registry import register_source

        register_source(queries.KIND, queries.searchable_deliberation)
        register_convening("council", "council_meetings:convene")
        register_session_acts(queries.session_acts)
        register_family("council", _("The council"))
        register_act("council.deliberation_adopted", _("Deliberation adopted"))
        register_act("council.deliberation_completed", _("Text of a deliberation completed"))
        register_act("council.deliberation_sent", _("Deliberation sent to the governor"))
        register_act("council.deliberation_posted", _("Deliberation posted at the seat"))
        register_act("council.deliberation_visa_recorded", _("Visa of a deliberation recorded"))
        register_act("council.deliberation_in_force", _("Deliberation in force"))
        register_act("council.deliberation_objected", _("Objection of the governor recorded"))
        register_act("council.deliberation_examined", _("Deliberation examined anew"))
        register_act("council.deliberation_referred", _("Deliberation referred to the court"))
        register_act("council.deliberation_ruled", _("Ruling on a deliberation recorded"))
