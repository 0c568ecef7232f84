"""What may be done in participation: one function an act, each written to the register."""

from infitah.participation.operations.clock import has_clock_work, keep_time
from infitah.participation.operations.consultations import (
    ConsultationRefused,
    ConsultationText,
    TopicText,
    announce_consultation,
    create_consultation,
    edit_consultation,
    record_closing,
    record_opening,
)
from infitah.participation.operations.desk import name_of_author, receive_visitor
from infitah.participation.operations.drafts import (
    DraftRefused,
    DraftText,
    draft_idea,
    name_of,
    note_code,
    purge_drafts,
)
from infitah.participation.operations.ideas import (
    Arrival,
    IdeaRefused,
    IdeaText,
    enter_idea,
    enter_idea_at_desk,
    erase_names,
    has_names_to_erase,
    submit_idea,
    withdraw_idea,
)
from infitah.participation.operations.letters import (
    reference_of_token,
    send_my_links,
    withdraw_token,
)
from infitah.participation.operations.moderation import (
    ModerationRefused,
    accept_late_idea,
    hide_idea,
    publish_idea,
    refuse_late_idea,
    restore_idea,
)
from infitah.participation.operations.moderation_rules import (
    ModerationRuleRefused,
    add_rule,
    close_rule,
    reword_rule,
    withdraw_rule,
)
from infitah.participation.operations.proof import Given, ask_code, confirm_and_submit
from infitah.participation.operations.receipts import (
    has_receipts_to_send,
    send_receipt,
    send_receipts,
)

__all__ = [
    "Arrival",
    "ConsultationRefused",
    "ConsultationText",
    "DraftRefused",
    "DraftText",
    "Given",
    "IdeaRefused",
    "IdeaText",
    "ModerationRefused",
    "ModerationRuleRefused",
    "TopicText",
    "accept_late_idea",
    "add_rule",
    "announce_consultation",
    "ask_code",
    "close_rule",
    "confirm_and_submit",
    "create_consultation",
    "draft_idea",
    "edit_consultation",
    "enter_idea",
    "enter_idea_at_desk",
    "erase_names",
    "has_clock_work",
    "has_names_to_erase",
    "has_receipts_to_send",
    "hide_idea",
    "keep_time",
    "name_of",
    "name_of_author",
    "note_code",
    "publish_idea",
    "purge_drafts",
    "receive_visitor",
    "record_closing",
    "record_opening",
    "reference_of_token",
    "refuse_late_idea",
    "restore_idea",
    "reword_rule",
    "send_my_links",
    "send_receipt",
    "send_receipts",
    "submit_idea",
    "withdraw_idea",
    "withdraw_rule",
    "withdraw_token",
]
