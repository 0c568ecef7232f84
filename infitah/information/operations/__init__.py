"""What can be done to a request for information; each act in one transaction."""

from infitah.information.operations.casework import RequestRefused, Said, Standing, standing_of
from infitah.information.operations.deciding import (
    Answer,
    WithholdingRefused,
    decide,
    defer_publication,
    deliver,
    read_second,
    send_back,
)
from infitah.information.operations.drafts import (
    DraftGone,
    From,
    Sending,
    Sent,
    Typed,
    check_text,
    erase_drafts,
    has_drafts_to_erase,
    keep_what,
    keep_who,
    send_request,
    typed_of,
)
from infitah.information.operations.entering import Entry, enter_request
from infitah.information.operations.files import (
    accept_findings,
    add_files,
    name_file,
    remove_file,
)
from infitah.information.operations.filing import (
    Arrival,
    Asked,
    Contact,
    Filed,
    code_digest,
    file_request,
)
from infitah.information.operations.handling import (
    ask_clarification,
    clarify,
    extend,
    refuse_urgency,
    register_request,
    withdraw,
)
from infitah.information.operations.identities import ReadRequester, read_requester
from infitah.information.operations.publishing import (
    defer_answer,
    publish_answer,
    take_back_answer,
)
from infitah.information.operations.purging import has_requesters_to_purge, purge_requesters
from infitah.information.operations.remedies import complain, rule_on_complaint
from infitah.information.operations.tasks import (
    answer_by_link,
    ask_service,
    cancel_task,
    note_service_answer,
    renew_link,
)
from infitah.information.operations.third_party import consult_third_party, third_party_answered
from infitah.information.operations.transfers import pass_on

__all__ = [
    "Answer",
    "Arrival",
    "Asked",
    "Contact",
    "DraftGone",
    "Entry",
    "Filed",
    "From",
    "ReadRequester",
    "RequestRefused",
    "Said",
    "Sending",
    "Sent",
    "Standing",
    "Typed",
    "WithholdingRefused",
    "accept_findings",
    "add_files",
    "answer_by_link",
    "ask_clarification",
    "ask_service",
    "cancel_task",
    "check_text",
    "clarify",
    "code_digest",
    "complain",
    "consult_third_party",
    "decide",
    "defer_answer",
    "defer_publication",
    "deliver",
    "enter_request",
    "erase_drafts",
    "extend",
    "file_request",
    "has_drafts_to_erase",
    "has_requesters_to_purge",
    "keep_what",
    "keep_who",
    "name_file",
    "note_service_answer",
    "pass_on",
    "publish_answer",
    "purge_requesters",
    "read_requester",
    "read_second",
    "refuse_urgency",
    "register_request",
    "remove_file",
    "renew_link",
    "rule_on_complaint",
    "send_back",
    "send_request",
    "standing_of",
    "take_back_answer",
    "third_party_answered",
    "typed_of",
    "withdraw",
]
