"""What may be done in participation: one function an act, each written to the register."""

from infitah.participation.operations.answer_checks import AnswerRefused, AnswerText
from infitah.participation.operations.answer_completion import (
    LEAVES_NOTHING,
    look_whether_answered,
)
from infitah.participation.operations.answer_letters import tell_result
from infitah.participation.operations.answer_words import words_of_fault
from infitah.participation.operations.answers import answer_idea, answer_theme, correct_answer
from infitah.participation.operations.appeal_links import (
    appeal_token,
    case_of_token,
)
from infitah.participation.operations.ballots import (
    Ballot,
    cast_vote,
    vote_on_statement,
    write_ballots,
)
from infitah.participation.operations.case_book import (
    CaseRefused,
)
from infitah.participation.operations.case_bulk import HIDDEN as HIDDEN_TOGETHER
from infitah.participation.operations.case_bulk import BulkDone, decide_cases, tell_hidden
from infitah.participation.operations.cases import (
    Ruling,
    appeal,
    close_cases,
    decide_appeal,
    decide_case,
    fault_of_case,
    has_cases_to_close,
    undo_decision,
)
from infitah.participation.operations.clock import has_clock_work, keep_time
from infitah.participation.operations.clustering import (
    RunRefused,
    compute_runs,
    has_runs_to_compute,
    request_run,
)
from infitah.participation.operations.comment_moderation import (
    hide_comment,
    publish_comment,
    restore_comment,
)
from infitah.participation.operations.consultation_texts import (
    ConsultationRefused,
    ConsultationText,
    TopicText,
)
from infitah.participation.operations.consultations import (
    announce_consultation,
    cancel_consultation,
    check_edit,
    create_consultation,
    edit_consultation,
    record_closing,
    record_opening,
)
from infitah.participation.operations.conversation import (
    CommentRefused,
    CommentText,
    check_comment,
    check_words,
    comment,
    reply_as_office,
    withdraw_comment,
)
from infitah.participation.operations.conversation_pending import (
    perform_comment,
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
from infitah.participation.operations.flags import (
    Flagger,
    FlagRefused,
    flag_text,
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
from infitah.participation.operations.importing import (
    Checked,
    ImportRefused,
    Taken,
    check_import,
    import_ideas,
)
from infitah.participation.operations.letters import (
    follows_by_mail,
    reference_of_token,
    send_my_links,
    withdraw_token,
)
from infitah.participation.operations.mistyped import withdraw_desk_idea, withdraw_note
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
from infitah.participation.operations.notes import (
    Note,
    NotesRefused,
    RowFault,
    check_notes,
    enter_notes,
)
from infitah.participation.operations.pending import (
    Done,
    PendingActRefused,
    PendingKind,
    PerformAct,
    act_now_or_later,
    ask_code_for_act,
    begin_act,
    confirm_act,
    pending_kind,
    perform_act,
    purge_acts,
    register_pending_act,
)
from infitah.participation.operations.personal_words import words_of_personal
from infitah.participation.operations.proof import Given, ask_code, confirm_and_submit
from infitah.participation.operations.receipts import (
    has_receipts_to_send,
    send_receipt,
    send_receipts,
)
from infitah.participation.operations.seen import RecordChanged
from infitah.participation.operations.texts import TextGiven, TextRefused, publish_text
from infitah.participation.operations.theme_guards import ThemeRefused, ThemeWords
from infitah.participation.operations.themes import (
    add_theme,
    merge_themes,
    move_ideas,
    order_themes,
    publish_themes,
    remove_from_theme,
    rename_theme,
)
from infitah.participation.operations.voice import (
    UNKNOWN,
    Held,
    Statement,
    VoiceRefused,
    check_support,
    check_vote,
    support_idea,
    take_back_support,
)
from infitah.participation.operations.voice_counts import (
    count_comments,
)
from infitah.participation.operations.voice_pending import (
    perform_support,
    perform_vote,
    shown_of_statement,
    shown_of_vote,
)
from infitah.participation.operations.voice_register import (
    VoiceSet,
    close_voices,
    commit_day,
    commit_voices,
    has_voices_to_commit,
    voice_set,
)
from infitah.participation.operations.workshops import (
    WorkshopRefused,
    WorkshopText,
    cancel_workshop,
    create_workshop,
    edit_workshop,
    remove_table,
)

__all__ = [
    "HIDDEN_TOGETHER",
    "LEAVES_NOTHING",
    "UNKNOWN",
    "AnswerRefused",
    "AnswerText",
    "Arrival",
    "Ballot",
    "BulkDone",
    "CaseRefused",
    "Checked",
    "CommentRefused",
    "CommentText",
    "ConsultationRefused",
    "ConsultationText",
    "Done",
    "DraftRefused",
    "DraftText",
    "FlagRefused",
    "Flagger",
    "Given",
    "Held",
    "IdeaRefused",
    "IdeaText",
    "ImportRefused",
    "ModerationRefused",
    "ModerationRuleRefused",
    "Note",
    "NotesRefused",
    "PendingActRefused",
    "PendingKind",
    "PerformAct",
    "RecordChanged",
    "RowFault",
    "Ruling",
    "RunRefused",
    "Statement",
    "Taken",
    "TextGiven",
    "TextRefused",
    "ThemeRefused",
    "ThemeWords",
    "TopicText",
    "VoiceRefused",
    "VoiceSet",
    "WorkshopRefused",
    "WorkshopText",
    "accept_late_idea",
    "act_now_or_later",
    "add_rule",
    "add_theme",
    "announce_consultation",
    "answer_idea",
    "answer_theme",
    "appeal",
    "appeal_token",
    "ask_code",
    "ask_code_for_act",
    "begin_act",
    "cancel_consultation",
    "cancel_workshop",
    "case_of_token",
    "cast_vote",
    "check_comment",
    "check_edit",
    "check_import",
    "check_notes",
    "check_support",
    "check_vote",
    "check_words",
    "close_cases",
    "close_rule",
    "close_voices",
    "comment",
    "commit_day",
    "commit_voices",
    "compute_runs",
    "confirm_act",
    "confirm_and_submit",
    "correct_answer",
    "count_comments",
    "create_consultation",
    "create_workshop",
    "decide_appeal",
    "decide_case",
    "decide_cases",
    "draft_idea",
    "edit_consultation",
    "edit_workshop",
    "enter_idea",
    "enter_idea_at_desk",
    "enter_notes",
    "erase_names",
    "fault_of_case",
    "flag_text",
    "follows_by_mail",
    "has_cases_to_close",
    "has_clock_work",
    "has_names_to_erase",
    "has_receipts_to_send",
    "has_runs_to_compute",
    "has_voices_to_commit",
    "hide_comment",
    "hide_idea",
    "import_ideas",
    "keep_time",
    "look_whether_answered",
    "merge_themes",
    "move_ideas",
    "name_of",
    "name_of_author",
    "note_code",
    "order_themes",
    "pending_kind",
    "perform_act",
    "perform_comment",
    "perform_support",
    "perform_vote",
    "publish_comment",
    "publish_idea",
    "publish_text",
    "publish_themes",
    "purge_acts",
    "purge_drafts",
    "receive_visitor",
    "record_closing",
    "record_opening",
    "reference_of_token",
    "refuse_late_idea",
    "register_pending_act",
    "remove_from_theme",
    "remove_table",
    "rename_theme",
    "reply_as_office",
    "request_run",
    "restore_comment",
    "restore_idea",
    "reword_rule",
    "send_my_links",
    "send_receipt",
    "send_receipts",
    "shown_of_statement",
    "shown_of_vote",
    "submit_idea",
    "support_idea",
    "take_back_support",
    "tell_hidden",
    "tell_result",
    "undo_decision",
    "voice_set",
    "vote_on_statement",
    "withdraw_comment",
    "withdraw_desk_idea",
    "withdraw_idea",
    "withdraw_note",
    "withdraw_rule",
    "withdraw_token",
    "words_of_fault",
    "words_of_personal",
    "write_ballots",
]
