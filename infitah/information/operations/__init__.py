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
from infitah.information.operations.remedies import complain, rule_on_complaint

__all__ = [
    "Answer",
    "Arrival",
    "Asked",
    "Contact",
    "Filed",
    "RequestRefused",
    "Said",
    "Standing",
    "WithholdingRefused",
    "ask_clarification",
    "clarify",
    "code_digest",
    "complain",
    "decide",
    "defer_publication",
    "deliver",
    "extend",
    "file_request",
    "read_second",
    "refuse_urgency",
    "register_request",
    "rule_on_complaint",
    "send_back",
    "standing_of",
    "withdraw",
]
