"""The answer of a letter as everybody may read it: it speaks of a request, not to who asked."""

from itertools import takewhile
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.prepared import answer_words, partial_words, refusal_words

CUT: Final = ("، ", ", ")


def public_words(found: DeskCase, answer: str) -> str:
    """Return an answer without the opening by which its letter speaks to the requester.

    One that was made ready is said anew; of another only the opening goes.
    """
    ready = [
        answer_words(found, has_files=True),
        answer_words(found, has_files=False),
        partial_words(found),
        refusal_words(found),
    ]
    with override(found.request.language):
        plain = [
            _("The council gives the information asked for. The documents are joined."),
            _("The council gives this information:"),
            _("The council gives the information asked for, except what is named with its ground."),
            _("The council cannot give what was asked for, for the reason named."),
        ]
    for letter, public in zip(ready, plain, strict=True):
        if answer.startswith(letter):
            return public + answer.removeprefix(letter)
    return answer.removeprefix(_opening(ready)).strip()


def _opening(ready: list[str]) -> str:
    """Return the words by which all answers made ready begin, up to the last comma."""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*ready, strict=False))
    shared = "".join(signs[0] for signs in same)
    ends = [shared.rfind(sign) + len(sign) for sign in CUT if sign in shared]
    return shared[: max(ends, default=0)]
