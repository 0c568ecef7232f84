"""By which way an answer and its notices reach who asks, in words, before it is sent."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.information.models import InformationRequest

Access = InformationRequest.Access
ANSWERS: Final[dict[str, str | Promise]] = {
    Access.EMAIL: gettext_lazy("The answer is sent to your e-mail address."),
    Access.COPY: gettext_lazy("A paper copy of the answer is kept for you at the counter."),
    Access.ELECTRONIC: gettext_lazy(
        "An electronic copy of the answer is handed to you at the counter."
    ),
    Access.CONSULT: gettext_lazy("You are told where and when you can read the documents."),
    Access.POST: gettext_lazy("The answer is posted to the address that you wrote."),
}


class Ways(NamedTuple):
    """How the answer comes, and how one hears of each step before."""

    answer: str
    notices: str


def ways_of(access: str, email: str) -> Ways:
    """Return by which way the answer comes and how its steps are told. No query."""
    notices = (
        _("Each step is told by e-mail, and stands on the page of your request.")
        if email
        else _(
            "You gave no e-mail address, so nothing is sent to you meanwhile: each step, and that "
            "the answer has come, stands on the page of your request, which opens with the number "
            "and the code of the receipt. You can also ask at the counter."
        )
    )
    return Ways(str(ANSWERS[access]), notices)
