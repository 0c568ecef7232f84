"""The sentences that say what an answer lacks, the same at the form and at the act."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.participation import rules
from infitah.participation.rules import AnswerFault, AnswerPart

MISSING: Mapping[str, Promise] = {
    AnswerPart.TEXT: gettext_lazy("Write the reason in Arabic: everybody reads it."),
    AnswerPart.MERGED_INTO: gettext_lazy("Write the number of the idea that this one joins."),
    AnswerPart.OTHER_BODY: gettext_lazy("Name in Arabic the body in whose power it is."),
    AnswerPart.ARTICLE: gettext_lazy("Name the article of law that stands against it."),
}
UNEXPECTED: Mapping[str, Promise] = {
    AnswerPart.MERGED_INTO: gettext_lazy(
        "An idea is named only where two are merged: clear this, or choose that answer."
    ),
    AnswerPart.OTHER_BODY: gettext_lazy(
        "A body is named only where the power is another body's: clear this, or choose that answer."
    ),
    AnswerPart.ARTICLE: gettext_lazy(
        "An article is named only where it is not lawful: clear this, or choose that answer."
    ),
    AnswerPart.LINK: gettext_lazy(
        "With this answer nothing exists to lead to: clear this, or choose another answer."
    ),
}
MOST: Mapping[str, int] = {
    AnswerPart.TEXT: rules.ANSWER_MAX,
    AnswerPart.TEXT_FR: rules.ANSWER_MAX,
    AnswerPart.PERSONAL: rules.PERSONAL_MAX,
    AnswerPart.OTHER_BODY: rules.BODY_MAX,
    AnswerPart.ARTICLE: rules.ARTICLE_MAX,
    AnswerPart.LINK: rules.LINK_MAX,
    AnswerPart.MERGED_INTO: rules.LINK_MAX,
}


def words_of_fault(part: AnswerPart | str, fault: AnswerFault) -> str:
    """Return the sentence that tells an officer what to mend in `part`. No query."""
    match fault:
        case AnswerFault.UNKNOWN:
            return _("Choose one answer from the list.")
        case AnswerFault.MISSING:
            return str(MISSING[part])
        case AnswerFault.UNEXPECTED:
            return str(UNEXPECTED[part])
        case AnswerFault.SHORT:
            return _("Write the reason as a sentence of at least %(n)s characters.") % {
                "n": rules.ANSWER_MIN
            }
        case AnswerFault.NO_ADDRESS:
            return _(
                "Write a number such as SFR-2024-C-0001, or an address that begins with https."
            )
    return _("This is too long: write at most %(n)s characters.") % {"n": MOST[part]}
