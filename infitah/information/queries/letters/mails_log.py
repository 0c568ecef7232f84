"""What the requester is told by mail of the public log: published, put off, taken back (art. 10).

Neither the question nor its title stands in them, nor who asked.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from infitah.community.queries import url_of
from infitah.information.models import RequestAct
from infitah.information.queries.letters.case import Told
from infitah.information.queries.letters.mail_parts import MailWords, numbered
from infitah.information.queries.letters.paper import Facts
from infitah.kernel.dates import format_date
from infitah.publication.models import PublishedRecord


def published(known: Told, act: RequestAct, language: str) -> MailWords:
    return MailWords(
        _("%(reference)s: the answer is published") % numbered(known),
        (
            _(
                "Everybody can read the question and its answer now, without your name. It helps "
                "those who ask the same."
            ),
        ),
        (
            (_("Day of publication"), format_date(act.occurred_on, language)),
            *_record_address(known),
        ),
    )


def _record_address(known: Told) -> Facts:
    """Return the lasting address of the published answer; none once it was withdrawn. One query."""
    community = known.request.community
    records = PublishedRecord.objects.of(community).published().current()
    found = records.filter(reference=known.request.reference).first()
    return [(_("Lasting address"), url_of(community, found.get_absolute_url()))] if found else []


def put_off(known: Told, act: RequestAct, language: str) -> MailWords:
    """Say that the publication waits: of which answer, why, until when; the answer itself stays."""
    until = date.fromisoformat(str(act.facts["until"]))
    delivered = known.until(act.position).delivered_on or act.occurred_on
    return MailWords(
        _("%(reference)s: the publication of your answer is put off") % numbered(known),
        (
            _(
                "You have your answer, and nothing changes for you. The council puts off the day "
                "on which everybody can read the question and its answer, without your name."
            ),
        ),
        (
            (_("Answer delivered on"), format_date(delivered, language)),
            (_("Reason, as everybody reads it"), _reason(act, language)),
            (_("Public from"), format_date(until, language, weekday=True)),
            (_("List of what is put off"), _page(known, "publication:deferred")),
        ),
        (_("On that day it becomes public by itself; the council may publish it sooner."),),
    )


def taken_back(known: Told, act: RequestAct, language: str) -> MailWords:
    """Say that the answer left the log, and why; what was given to the requester stays."""
    return MailWords(
        _("%(reference)s: the answer was taken back from the public log") % numbered(known),
        (
            _(
                "The council took the question and its answer back from the published answers. "
                "The answer that you were given stays yours, and on the page of your request."
            ),
        ),
        (
            (pgettext("an answer", "Taken back on"), format_date(act.occurred_on, language)),
            (_("Reason, as everybody reads it"), _reason(act, language)),
        ),
    )


def _reason(act: RequestAct, language: str) -> str:
    """Return a public reason in the language of the mail, else in Arabic: that one is always."""
    return str(act.facts.get(f"reason_{language}", act.words))


def _page(known: Told, name: str) -> str:
    return url_of(known.request.community, reverse(name))
