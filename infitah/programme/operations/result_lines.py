"""What the mail to an author says of the commitment from their idea, so that it alone is enough.

Each function gives sentences in the language that is active when it is called.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.council.models import Deliberation
from infitah.council.queries import vote_sentence
from infitah.design.direction import in_page_language, page_language
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText
from infitah.programme.models import CommitmentIdea, Evidence, Milestone
from infitah.programme.rules.progress import TOLD_DONE


def of_adoption(link: CommitmentIdea, deliberation: Deliberation) -> list[str]:
    """Return number, deliberation, vote and first milestone of an adopted commitment. One query."""
    commitment = link.commitment
    lines = [_("Number of the commitment: %(number)s") % {"number": commitment.reference}]
    if link.weight == CommitmentIdea.Weight.PART:
        lines.append(_("A part of your idea was kept in it: its page says which."))
    lines += [_adopted_by(deliberation), *_next_of(commitment.milestones.all())]
    return lines


def of_refusal(reason: LocalizedText) -> list[str]:
    """Return why a commitment was not adopted, or was withdrawn, as a sentence."""
    return [_("Why: %(reason)s") % {"reason": in_page_language(reason)}] if reason else []


def of_done(milestone: Milestone) -> list[str]:
    """Return what was done of a commitment, on what evidence, and what remains. Two queries."""
    commitment = milestone.commitment
    lines = [
        _("The commitment: %(title)s, %(number)s")
        % {"title": in_page_language(commitment.title), "number": commitment.reference}
    ]
    if milestone.done_on:
        lines.append(_("Done on: %(day)s") % {"day": _day(milestone.done_on)})
    lines += [
        _("The evidence: %(title)s") % {"title": in_page_language(one.title)}
        for one in _confirmed(milestone)
    ]
    steps = list(commitment.milestones.all())
    done = sum(one.state == Milestone.State.VERIFIED for one in steps)
    return [*lines, _share(done, len(steps)), *_next_of(steps)]


def _confirmed(milestone: Milestone) -> Iterable[Evidence]:
    return milestone.evidence.filter(verified_on__isnull=False).order_by("pk")


def _share(done: int, count: int) -> str:
    words = ngettext(
        "Done and confirmed so far: %(done)s of %(count)s milestone",
        "Done and confirmed so far: %(done)s of %(count)s milestones",
        count,
    )
    return words % {"done": done, "count": count}


def _adopted_by(deliberation: Deliberation) -> str:
    values = {"day": _day(deliberation.adopted_on), "number": deliberation.reference}
    told = _("Decision of the council: %(number)s, of %(day)s") % values
    return f"{told}. {vote_sentence(deliberation.vote)}."


def _next_of(milestones: Iterable[Milestone]) -> list[str]:
    open_ones = [one for one in milestones if one.step.state not in TOLD_DONE]
    if not open_ones:
        return []
    first = min(open_ones, key=lambda one: (one.announced_end, one.number))
    values = {"title": in_page_language(first.title), "day": _day(first.announced_end)}
    return [_("What comes next: %(title)s, announced for %(day)s") % values]


def _day(day: date) -> str:
    return format_date(day, page_language())
