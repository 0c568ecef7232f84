"""Reads around the governor's objection: its period, who examines it anew, its life as knots."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infitah.community.models import Body
from infitah.community.queries import calendar
from infitah.council import rules
from infitah.council.models import Deliberation, Objection
from infitah.design.parts import Knot
from infitah.proceedings import queries as proceedings
from infitah.proceedings.models import VoteEvent


@dataclass(frozen=True, slots=True)
class ObjectionLaw:
    """The period of the objection in working days, its last day, and whether the letter is late."""

    law: proceedings.LegalNumber
    until: date
    is_late: bool


def objection_law(item: Deliberation) -> ObjectionLaw | None:
    """Return the period in which the governor objects, or None before the sending.

    `item.community` must be fetched. Three queries.
    """
    if item.sent_on is None:
        return None
    law = proceedings.legal_number(item.community, proceedings.OBJECTION_DAYS, item.sent_on)
    days = calendar(item.community)
    until = rules.objection_until(item.sent_on, days=law.value, calendar=days)
    made = item.objection_made
    return ObjectionLaw(law, until, is_late=made is not None and made.received_on > until)


def examining_votes(item: Deliberation) -> QuerySet[VoteEvent]:
    """Return the votes of the council since the objection that adopted nothing, newest first."""
    made = item.objection_made
    if made is None:
        return VoteEvent.objects.none()
    found = VoteEvent.objects.filter(
        community=item.community_id,
        item__sitting__session__body__kind=Body.Kind.COUNCIL,
        taken_on__gte=made.received_on,
        deliberations=None,
    )
    return found.select_related("item__sitting__session__body").order_by("-taken_on", "-pk")


def objection_knots(item: Deliberation, proof: Callable[[str, str], str]) -> Iterator[Knot]:
    """Yield the objection and what followed as knots of the life of a deliberation. No query."""
    made = item.objection_made
    if made is None:
        return
    for words, on, act, state in _steps(made):
        if on is not None:
            yield Knot(
                sentence=words,
                state=state,
                state_words=_("Recorded"),
                on=on,
                proof_url=proof(item.reference, f"council.deliberation_{act}"),
            )


def _steps(made: Objection) -> list[tuple[str, date | None, str, str]]:
    examined = made.vote.taken_on if made.vote else None
    is_kept = made.outcome == rules.Examination.KEPT
    is_annulled = made.ruling == rules.Ruling.ANNULLED
    return [
        (_("The governor objected"), made.received_on, "objected", "refused"),
        (
            _("The council examined it anew and kept it")
            if is_kept
            else _("The council examined it anew and gave it up"),
            examined,
            "examined",
            "done" if is_kept else "refused",
        ),
        (
            _("Referred to the administrative court"),
            made.referred_on,
            "referred",
            "refused",
        ),
        (
            _("Annulled by the court") if is_annulled else _("The court dismissed the request"),
            made.ruled_on,
            "ruled",
            "refused" if is_annulled else "done",
        ),
    ]
