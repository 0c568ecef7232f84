"""The sentences by which the public register names the acts of participation."""

from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules import register_act, register_family

SENTENCES = {
    "consultation_announced": _("A consultation was announced"),
    "consultation_edited": _("An announced consultation was changed"),
    "consultation_opened": _("A consultation opened"),
    "consultation_closed": _("A consultation closed"),
    "idea_submitted": _("An idea was given"),
    "idea_withdrawn": _("An idea was withdrawn by its author"),
    "idea_published": _("An idea was read and published"),
    "idea_hidden": _("An idea was hidden under a rule"),
    "idea_restored": _("A hidden idea was shown again"),
    "late_idea_accepted": _("A late idea was taken in"),
    "late_idea_refused": _("A late idea was not taken in"),
    "rule_added": _("A moderation rule was put in force"),
    "rule_reworded": _("A moderation rule was worded anew"),
    "rule_closed": _("A moderation rule was closed"),
    "rule_withdrawn": _("A moderation rule was withdrawn before it began"),
}


def name_acts() -> None:
    """Give the register the names of these acts and of their family."""
    register_family("participation", _("Consultations and ideas"))
    for act, sentence in SENTENCES.items():
        register_act(f"participation.{act}", sentence)
