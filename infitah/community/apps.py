"""The app `community` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules.acts import register_act, register_family

ACTS = {
    "founded": _("Community founded"),
    "edited": _("Identity of the community edited"),
    "axis_added": _("Axis added"),
    "axis_edited": _("Axis edited"),
    "axes_ordered": _("Axes put in order"),
    "axis_closed": _("Axis closed"),
    "principle_added": _("Principle added"),
    "unit_added": _("Unit added"),
    "unit_edited": _("Unit edited"),
    "unit_closed": _("Unit closed"),
    "person_added": _("Office holder added"),
    "person_edited": _("Record of an office holder corrected"),
    "person_closed": _("Record of an office holder closed"),
    "person_erased": _("Name of an office holder erased"),
    "term_opened": _("Term opened"),
    "term_closed": _("Term closed"),
    "body_added": _("Body created"),
    "body_edited": _("Body edited"),
    "body_closed": _("Body closed"),
    "composition_set": _("Composition rule set"),
    "mandate_opened": _("Seat given"),
    "mandate_ended": _("Mandate ended"),
    "appointed": _("Appointment made"),
    "appointment_ended": _("Appointment ended"),
    "absence_entered": _("Absence of an office holder entered"),
    "absence_ended": _("Absence of an office holder ended"),
    "access_granted": _("Access to the desk opened"),
    "access_closed": _("Access to the desk closed"),
    "rule_set": _("Legal number changed"),
    "rule_verified": _("Legal number confirmed"),
    "day_confirmed": _("Day off confirmed"),
    "day_moved": _("Day off moved"),
    "day_cancelled": _("Day off cancelled"),
    "day_added": _("Exceptional closure added"),
    "participant_proved": _("Identity seen at the desk"),
    "identity_read": _("Identity read"),
    "identities_purged": _("Identities erased on schedule"),
}
HOUR = 3600


class CommunityConfig(AppConfig):
    """Registers checks and registry entries, nothing else."""

    name = "infitah.community"
    label = "community"
    verbose_name = _("community")

    def ready(self) -> None:
        """Register the checks, the names of the acts and the purge of identities."""
        from infitah.community import checks, operations, queries
        from infitah.core.registry import register_job, register_letterhead

        checks.register_checks()
        register_letterhead(queries.letterhead_of)
        register_job("community.purge", HOUR, operations.purge_identities)
        register_family("community", _("Community and offices"))
        for name, label in ACTS.items():
            register_act(f"community.{name}", label)
