"""What keeps a record from becoming public: faults of its text, and names left in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.community.models import Community
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import has_letters
from infitah.publication import rules

LAW: Final = "31-13"


class RecordRefused(OperationRefused):
    """The record cannot become public, be put off or be taken back."""


class IdentityLeft(RecordRefused):
    """The text still names who asked; `traces` says by what, never what stands there."""

    def __init__(self, field: str, traces: Sequence[rules.Trace]) -> None:
        words = ", ".join(str(TRACES[one]) for one in traces)
        message = _("This still holds %(what)s of the person who asked: take it out first.")
        super().__init__(message % {"what": words}, code="identity", law="09-08", field=field)
        self.traces = tuple(traces)


TRACES: Final[Mapping[rules.Trace, Promise]] = {
    rules.Trace.NAME: gettext_lazy("the name"),
    rules.Trace.DOCUMENT: gettext_lazy("the number of the card"),
    rules.Trace.EMAIL: gettext_lazy("the e-mail address"),
    rules.Trace.PHONE: gettext_lazy("the telephone number"),
    rules.Trace.ADDRESS: gettext_lazy("the postal address"),
}

FAULTS: Final[Mapping[rules.Fault, Promise]] = {
    rules.Fault.TITLE: gettext_lazy("Write a title in Arabic, 200 letters at most."),
    rules.Fault.SUMMARY: gettext_lazy("Write a summary in Arabic, two lines at most."),
    rules.Fault.QUESTION: gettext_lazy("Write the question without the name of who asked."),
    rules.Fault.ANSWER: gettext_lazy("Write the answer that everybody may read."),
    rules.Fault.LANGUAGE: gettext_lazy("Choose the language of the question and of the answer."),
    rules.Fault.DAYS: gettext_lazy("The answer cannot be older than the question."),
    rules.Fault.WITHHELD: gettext_lazy(
        "Say by which ground each thing is withheld; an answer that gives everything withholds "
        "nothing."
    ),
    rules.Fault.FILES: gettext_lazy("Name each file, once; fifty at most."),
    rules.Fault.TAGS: gettext_lazy("Write eight tags at most, forty letters each at most."),
    rules.Fault.ITEMS: gettext_lazy("Choose items of the list of article 10."),
    rules.Fault.LICENCE: gettext_lazy("Choose a licence of the list."),
}


def check_reason(reason: LocalizedText, identity: rules.Identity) -> None:
    """Refuse a public reason that is not there in Arabic, is too long, or names the requester."""
    longest = max(map(len, reason.as_json().values()))
    if not has_letters(reason.ar) or longest > rules.REASON_MAX:
        raise RecordRefused(_("Write the reason: everybody can read it."), field="reason")
    traces = identity.left_in(_whole(reason))
    if traces:
        raise IdentityLeft("reason", traces)


def check_record(
    *, community: Community, record: rules.RecordText, identity: rules.Identity
) -> None:
    """Refuse what is unfit to publish, and every text or file in which the requester is named.

    One query where there are files. Raises RecordRefused, or IdentityLeft with the field.
    """
    for fault in rules.faults_of(record, rules.obligations()):
        raise RecordRefused(str(FAULTS[fault]), code=fault.value, law=LAW, field=fault.value)
    for field, text in (*_texts(record), *_file_texts(community, record)):
        traces = identity.left_in(text)
        if traces:
            raise IdentityLeft(field, traces)


def _texts(record: rules.RecordText) -> Iterator[tuple[str, str]]:
    yield "title", _whole(record.title)
    yield "summary", _whole(record.summary)
    yield "question", record.question
    yield "answer", record.answer
    for tag in record.tags:
        yield "tags", tag
    for part in record.withheld:
        yield "withheld", f"{_whole(part.sentence)}\n{part.place}"


def _file_texts(community: Community, record: rules.RecordText) -> Iterator[tuple[str, str]]:
    keys = [one.key for one in record.files]
    if not keys:
        return
    found = StoredFile.objects.filter(community_key=community.key, key__in=keys)
    kept = {
        key: (name, text) for key, name, text in found.values_list("key", "name", "extracted_text")
    }
    for one in record.files:
        yield "files", "\n".join((_whole(one.title), one.text, *kept.get(one.key, ())))
        for part in one.withheld:
            yield "files", f"{_whole(part.sentence)}\n{part.place}"


def _whole(text: LocalizedText) -> str:
    return "\n".join(text.text_of(language) for language in text.languages())
