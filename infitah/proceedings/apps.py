"""The app `proceedings` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules.acts import register_act, register_family


class ProceedingsConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.proceedings"
    label = "proceedings"
    verbose_name = _("proceedings")

    def ready(self) -> None:
        register_family("proceedings", _("Sessions and meetings"))
        register_act("proceedings.convened", _("Body convened"))
        register_act("proceedings.sitting_planned", _("Sitting planned"))
        register_act("proceedings.sitting_changed", _("Planned sitting changed"))
        register_act("proceedings.sitting_cancelled", _("Planned sitting cancelled"))
        register_act("proceedings.item_added", _("Item put on the agenda"))
        register_act("proceedings.item_corrected", _("Item of an agenda corrected"))
        register_act("proceedings.roll_called", _("Roll called"))
        register_act("proceedings.voted", _("Vote taken"))
        register_act("proceedings.vote_corrected", _("Record of a vote corrected"))
        register_act("proceedings.vote_struck", _("Record of a vote struck"))
        register_act("proceedings.roll_corrected", _("Roll call corrected"))
        register_act("proceedings.convocation_corrected", _("Day of a convocation corrected"))
        register_act("proceedings.past_sitting_entered", _("Past sitting entered afterwards"))
        register_act("proceedings.closed", _("Session closed"))
        register_act("proceedings.cancelled", _("Session cancelled"))
        register_act("proceedings.minutes_written", _("Minutes written"))
        register_act("proceedings.minutes_sent", _("Minutes sent to the members"))
        register_act("proceedings.minutes_approved", _("Minutes approved"))
        register_act("proceedings.minutes_published", _("Minutes published"))
