"""What an officer states of a consultation, and what of it cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infitah.community.models import Axis
from infitah.core.errors import OperationRefused
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules

NOTHING = LocalizedText("")
TAKEN = ("takes_ideas", "takes_votes", "takes_comments")
"""What people may do in a consultation: give ideas, vote on statements, comment."""


class ConsultationRefused(OperationRefused):
    """The consultation cannot be prepared or changed so."""


@dataclass(frozen=True, slots=True)
class TopicText:
    """What a consultation says and asks about one axis; `facts` and `documents` one a line."""

    axis: Axis
    question: LocalizedText
    context: LocalizedText = NOTHING
    facts: LocalizedText = NOTHING
    documents: LocalizedText = NOTHING


@dataclass(frozen=True, slots=True)
class ConsultationText:
    """Everything that an officer states about a consultation; days are local, both included.

    Without a short name (`slug`) one is spelled from the name.
    """

    slug: str
    name: LocalizedText
    introduction: LocalizedText
    first_day: date
    last_day: date
    round_number: int = 1
    topics: Sequence[TopicText] = ()
    counts_after_closing: bool = False
    is_premoderated: bool = False
    is_demonstration: bool = False
    takes_ideas: bool = True
    takes_votes: bool = True
    takes_comments: bool = True


def check_text(text: ConsultationText) -> None:
    """Refuse a consultation that cannot be, by its first fault. Raises ConsultationRefused."""
    check_days(text.first_day, text.last_day)
    check_taken(text.takes_ideas, text.takes_votes, text.takes_comments)
    if text.takes_ideas and not text.topics:
        raise ConsultationRefused(
            _("Choose at least one axis and write its question."), field="axes"
        )
    for topic in text.topics:
        if not topic.question:
            raise ConsultationRefused(
                _("Write the question of the axis %(axis)s.") % {"axis": topic.axis.name},
                field="axes",
            )
        check_context(topic)
        check_documents(topic)


def check_days(first_day: date, last_day: date) -> None:
    """Refuse days in the wrong order. Raises ConsultationRefused."""
    if last_day < first_day:
        raise ConsultationRefused(
            _("The last day comes before the first, %(day)s. Put a later last day.")
            % {"day": format_date(first_day, get_language() or "ar")},
            field="last_day",
        )


def words_of_first_day(day: date) -> str:
    """Return why the first day of an open consultation stays, and which day it is."""
    return _("It is open since %(day)s: this first day cannot change any more.") % {
        "day": format_date(day, get_language() or "ar")
    }


def check_taken(takes_ideas: bool, takes_votes: bool, takes_comments: bool) -> None:
    """Refuse a consultation in which nobody can do anything. Raises ConsultationRefused."""
    if not (takes_ideas or takes_votes or takes_comments):
        raise ConsultationRefused(
            _("It takes nothing: let people give ideas, vote or comment."), field="takes_ideas"
        )


def check_context(topic: TopicText) -> None:
    """Refuse a context that is longer than people read. Raises ConsultationRefused."""
    for language in topic.context.languages():
        if rules.word_count(topic.context.text_of(language)) > rules.CONTEXT_WORDS:
            raise ConsultationRefused(
                _("The context of the axis %(axis)s has more than %(most)s words. Shorten it.")
                % {"axis": topic.axis.name, "most": rules.CONTEXT_WORDS},
                field=f"context_{language}_{topic.axis.pk}",
            )


def check_documents(topic: TopicText) -> None:
    """Refuse a line that names no document. Raises ConsultationRefused."""
    for language in topic.documents.languages():
        wrong = rules.wrong_line(topic.documents.text_of(language))
        if wrong:
            raise ConsultationRefused(
                _("“%(line)s” names no document: write a title, | and an address with https.")
                % {"line": wrong[:60]},
                field=f"documents_{language}_{topic.axis.pk}",
            )
