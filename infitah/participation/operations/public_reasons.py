"""Reasons that everybody reads in the register: a sentence, no less and no more."""

from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused
from infitah.participation import rules


def checked_public_reason(
    reason: str, refused: type[OperationRefused], *, too_short: str = ""
) -> str:
    """Return a reason for the public register, without space around it.

    Raises `refused` beside the field "reason" for less than a sentence, in the words of
    `too_short` where given, and for more than the register takes.
    """
    said = reason.strip()
    if len(said) < rules.REASON_MIN:
        sentence = _("Write the reason in a sentence: it stands in the public register.")
        raise refused(too_short or sentence, field="reason")
    if len(said) > rules.REASON_MAX:
        raise refused(
            _("The reason has %(n)s characters: %(most)s at most.")
            % {"n": len(said), "most": rules.REASON_MAX},
            field="reason",
        )
    return said
