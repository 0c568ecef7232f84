"""The pages of help that the one box leads to, with their names and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.information.rules import help_topics
from infitah.information.rules.help_topics import topics_of

# A topic: the route of its page, the place on it, its name, one sentence.
PAGES: Final[Mapping[str, tuple[str, str, Promise, Promise]]] = {
    help_topics.REMEDIES: (
        "information:remedies",
        "",
        _("No answer, or a refusal: what you can do"),
        _("What silence means, the three steps that the law gives, and until when."),
    ),
    help_topics.FOLLOW: (
        "information:follow",
        "",
        _("Follow my request"),
        _("With the number and the code of the receipt: what happened, and what comes next."),
    ),
    help_topics.DEADLINE: (
        "calculator:deadline",
        "",
        _("Deadline calculator"),
        _("The last day for the answer and for each step after it, counted day by day."),
    ),
    help_topics.FORM: (
        "information:form",
        "",
        _("The model form, empty (PDF)"),
        _("To be printed, filled in and handed in or sent by post."),
    ),
    help_topics.RIGHT: (
        "information:index",
        "#right",
        _("Your right, in three sentences"),
        _("Who may ask, within how many days the council answers, and what follows."),
    ),
    help_topics.OFFICER: (
        "information:index",
        "#officers",
        _("Who answers you"),
        _("Who handles requests for information, and how to reach them."),
    ),
    help_topics.LOG: (
        "publication:log",
        "",
        _("Published answers"),
        _("Every answer that was published, to be looked through by words and by year."),
    ),
    help_topics.FIGURES: (
        "information:figures",
        "",
        _("Figures of access to information"),
        _("How many requests came, how many were answered in time, and the list behind each."),
    ),
    help_topics.PROACTIVE: (
        "publication:transparency",
        "",
        _("What the law asks to publish without being asked"),
        _("Item by item of article 10: what is published, and how fresh it is."),
    ),
}


@dataclass(frozen=True, slots=True)
class Help:
    """A page of help: where it stands, its name, what it tells."""

    url: str
    name: Promise
    sentence: Promise


def help_for(question: str) -> list[Help]:
    """Return the pages of help that a question asks for, the surest first. No query."""
    pages = (PAGES[topic] for topic in topics_of(question))
    return [
        Help(f"{reverse(route)}{place}", name, sentence) for route, place, name, sentence in pages
    ]
