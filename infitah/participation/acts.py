"""The sentences by which the public register names the acts of participation."""

from django.utils.translation import gettext_lazy as _

from infitah.ledger.rules import register_act, register_family
from infitah.participation import operations

SENTENCES = {
    "consultation_announced": _("A consultation was announced"),
    "consultation_cancelled": _("A consultation was cancelled before it opened, with the reason"),
    "consultation_edited": _("An announced consultation was changed"),
    "consultation_extended": _("The last day of an announced consultation was put later"),
    "consultation_opened": _("A consultation opened"),
    "consultation_closed": _("A consultation closed"),
    "text_published": _("A draft text was put to the public"),
    "text_corrected": _("A text put to the public was corrected, with the reason"),
    "idea_submitted": _("An idea was given"),
    "idea_withdrawn": _("An idea was withdrawn by its author"),
    "note_withdrawn": _("A note of a workshop, typed wrongly, was taken back by the service"),
    "desk_idea_withdrawn": _("An idea of a visitor, typed wrongly, was taken back by the service"),
    "workshop_announced": _("A workshop was announced"),
    "workshop_edited": _("A workshop was changed"),
    "workshop_table_removed": _("A table without notes was taken out of a workshop"),
    "workshop_cancelled": _("A workshop was cancelled, with the reason"),
    "notes_entered": _("The notes of a table of a workshop were typed in"),
    "import_begun": _("Importing the ideas of a consultation began"),
    "ideas_imported": _("The ideas of a consultation were imported"),
    "idea_published": _("An idea was read and published"),
    "idea_hidden": _("An idea was hidden under a rule"),
    "idea_restored": _("A hidden idea was shown again"),
    "late_idea_accepted": _("A late idea was taken in"),
    "late_idea_refused": _("A late idea was not taken in"),
    "comment_given": _("A comment was given"),
    "comment_withdrawn": _("A comment was withdrawn by its author"),
    "comment_published": _("A comment was read and published"),
    "comment_hidden": _("A comment was hidden under a rule"),
    "comment_restored": _("A hidden comment was shown again"),
    "case_opened": _("A text was flagged by readers: a case was opened"),
    "case_kept": _("A flagged text was left as it is"),
    "case_reopened": _("The decision on a flagged text was undone"),
    "appeal_given": _("An author appealed against the hiding of a text"),
    "appeal_refused": _("An appeal was refused: the text stays hidden"),
    "idea_answered": _("An idea was answered"),
    "answer_corrected": _("An answer to an idea was corrected"),
    "consultation_answered": _("All ideas of a consultation were answered"),
    "clustering_requested": _("A computation of groups or themes was asked for"),
    "groups_computed": _("Groups of opinion were computed"),
    "themes_proposed": _("Themes were proposed by a computation"),
    "theme_added": _("A theme was added"),
    "theme_renamed": _("A theme was named"),
    "theme_ideas_moved": _("Ideas were put in a theme"),
    "theme_ideas_removed": _("Ideas were taken out of a theme"),
    "themes_merged": _("A theme was merged into another one"),
    "themes_ordered": _("The themes were put in order"),
    "themes_published": _("The themes of a consultation were published"),
    "rule_added": _("A moderation rule was put in force"),
    "rule_reworded": _("A moderation rule was worded anew"),
    "rule_closed": _("A moderation rule was closed"),
    "rule_withdrawn": _("A moderation rule was withdrawn before it began"),
    "voices_committed": _("The votes and supports of a day were committed"),
    "voices_closed": _("The votes and supports of a closed consultation were committed"),
}


def name_acts() -> None:
    """Give the register the names of these acts and of their family."""
    register_family("participation", _("Consultations and ideas"))
    for act, sentence in SENTENCES.items():
        register_act(f"participation.{act}", sentence)


def open_doors() -> None:
    """Give the door of proof the kinds of voices that may wait for a code."""
    operations.register_pending_act(
        "vote",
        operations.perform_vote,
        asked=_("Your vote is counted as soon as your address is confirmed."),
        done=_("Your vote is counted"),
        shown=operations.shown_of_vote,
        named=operations.named_of_vote,
    )
    operations.register_pending_act(
        "support",
        operations.perform_support,
        asked=_("Your support is counted as soon as your address is confirmed."),
        done=_("Your support is counted"),
        shown=operations.shown_of_statement,
        named=operations.named_of_support,
    )
    operations.register_pending_act(
        "comment",
        operations.perform_comment,
        asked=_("Your comment takes its number as soon as your address is confirmed."),
        done=_("Your comment was received"),
        named=operations.named_of_comment,
    )
