"""The terms of a council: opened and closed by their dates (LO 111-14, 112-14, 113-14)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community, Term
from infitah.community.operations.acts import lock, record, subject
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules import JSON


class TermRefused(OperationRefused):
    """The term cannot be opened or closed so."""


@transaction.atomic
def open_term(
    *,
    community: Community,
    name: LocalizedText,
    starts_on: date,
    source: str,
    by: Actor,
    now: datetime,
) -> Term:
    """Return a new term of the council; the term that ran ends where it starts.

    Raises TermRefused without an Arabic name, or if it starts before the end of another one.
    """
    community = lock(community)
    if not name.ar:
        raise TermRefused(_("The Arabic name is required."), field="name")
    last = Term.objects.of(community).order_by("-starts_on").first()
    if last is not None and starts_on <= last.starts_on:
        raise TermRefused(_("A later term exists already."), field="starts_on")
    if last is not None and last.ends_on is not None and starts_on < last.ends_on:
        raise TermRefused(_("The term before it had not ended on that day."), field="starts_on")
    if last is not None and last.ends_on is None:
        last.ends_on = starts_on
        last.save(update_fields=["ends_on"])
    term = Term.objects.create(community=community, name=name, starts_on=starts_on, source=source)
    public: dict[str, JSON] = {
        "name": name.as_json(),
        "starts_on": starts_on.isoformat(),
        "source": source,
    }
    record(community, "term_opened", _about(term), by=by, now=now, public=public)
    return term


@transaction.atomic
def close_term(*, term: Term, ends_on: date, by: Actor, now: datetime) -> Term:
    """End a term: `ends_on` is the first day without it. Its mandates end by their own acts.

    Raises TermRefused if it has ended or ends before it starts.
    """
    community = lock(term.community)
    term = Term.objects.of(community).select_related("community").get(pk=term.pk)
    if term.ends_on is not None:
        raise TermRefused(_("This term has ended already."))
    if ends_on <= term.starts_on:
        raise TermRefused(_("A term ends after it starts."), field="ends_on")
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    public = {"ends_on": ends_on.isoformat()}
    record(community, "term_closed", _about(term), by=by, now=now, public=public)
    return term


def _about(term: Term) -> str:
    return subject(term.community, "term", term.starts_on.isoformat())
