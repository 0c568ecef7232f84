"""What can be done to a request for information; each act in one transaction."""

from infitah.information.operations.casework import RequestRefused, Said, Standing, standing_of
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

__all__ = [
    "Arrival",
    "Asked",
    "Contact",
    "Filed",
    "RequestRefused",
    "Said",
    "Standing",
    "ask_clarification",
    "clarify",
    "code_digest",
    "extend",
    "file_request",
    "refuse_urgency",
    "register_request",
    "standing_of",
    "withdraw",
]
