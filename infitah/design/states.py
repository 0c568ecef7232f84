"""The states of a knot and of a status: five stars and the words that go with them."""

from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

State = Literal["to_come", "under_way", "done", "late", "refused", "claimed"]

WORDS: Final[dict[str, Promise]] = {
    "to_come": _("To come"),
    "under_way": _("Under way"),
    "done": _("Done and confirmed"),
    "late": _("Late"),
    "refused": _("Refused"),
    "claimed": _("Claimed, not yet confirmed"),
}

NOTICES: Final[dict[str, Promise]] = {
    "info": _("Information"),
    "attention": _("Attention"),
    "late": _("Late"),
    "refused": _("Not done"),
    "estimate": _("Estimate"),
    "done": _("Done"),
}


def words_of(state: str) -> str:
    """Return the state in words. Raises KeyError for a state that has no star."""
    return str(WORDS[state])


def notice_of(kind: str) -> str:
    """Return the word that opens a notice. Raises KeyError for an unknown kind."""
    return str(NOTICES[kind])
