"""How a text that seems to hold personal data is spoken of, before it becomes public."""

from collections.abc import Sequence
from functools import reduce
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.participation.rules import Personal

SEEN: Final[dict[Personal, Promise]] = {
    Personal.PHONE: gettext_lazy("a telephone number"),
    Personal.CARD: gettext_lazy("the number of a national card"),
    Personal.MAIL: gettext_lazy("an e-mail address"),
}


def words_of_personal(found: Sequence[Personal]) -> str:
    """Return the sentence that says what a text seems to hold, and that everybody will read it."""
    return _("This seems to hold %(what)s: everybody will read it.") % {
        "what": reduce(_joined, (str(SEEN[kind]) for kind in found))
    }


def _joined(one: str, other: str) -> str:
    return _("%(one)s and %(other)s") % {"one": one, "other": other}
