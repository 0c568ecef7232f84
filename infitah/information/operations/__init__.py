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
from infitah.information.operations.purging import has_requesters_to_purge, purge_requesters
from infitah.information.operations.remedies import complain, rule_on_complaint

__all__ = [
    "Answer",
    "Arrival",
    "Asked",
    "Contact",
    "DraftGone",
    "Entry",
    "Filed",
    "From",
    "RequestRefused",
    "Said",
    "Sending",
    "Sent",
    "Standing",
    "Typed",
    "WithholdingRefused",
    "ask_clarification",
    "check_text",
    "clarify",
    "code_digest",
    "complain",
    "decide",
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
    "purge_requesters",
    "read_second",
    "refuse_urgency",
    "register_request",
    "rule_on_complaint",
    "send_back",
    "send_request",
    "standing_of",
    "typed_of",
    "withdraw",
]
