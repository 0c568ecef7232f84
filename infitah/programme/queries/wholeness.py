"""What a draft still needs before it is put to the public or validated: parts, weights, origin."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Body
from infitah.core.viewer import Viewer
from infitah.proceedings.queries import DeskAct
from infitah.programme.models import Commitment, Cycle
from infitah.programme.queries.paragraphs import HEADINGS
from infitah.programme.rules import linter, paragraphs, progress, states
from infitah.programme.rules.paragraphs import Part

FORMS = {Part.PROBLEM: "what", Part.DESCRIPTION: "what"}
"""The part of the desk's form in which a text is written, where it is not that of the result."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a draft needs: by what name, in a sentence, where the desk mends it."""

    code: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Unready:
    """A draft that cannot be validated as it stands, with all that it needs."""

    commitment: Commitment
    needs: tuple[Need, ...]


def needs_of(commitment: Commitment) -> tuple[Need, ...]:
    """Return all that keeps a draft from being validated, empty for a whole one. Two queries.

    None where milestones and ideas were fetched before. programme.md 10 and 12.17.
    """
    named = {"reference": commitment.reference}
    found = []
    said = {name: getattr(commitment, name).as_json() for name in paragraphs.NEEDED}
    unwritten = [Part(name) for name in paragraphs.missing(said)]
    if unwritten:
        parts = _(", ").join(str(HEADINGS[part]) for part in unwritten)
        words = _("%(reference)s is not written to the end. Missing in Arabic: %(parts)s.")
        at = ("part", FORMS.get(unwritten[0], "result"))
        found.append(_need(commitment, "parts", words % {**named, "parts": parts}, *at))
    if not progress.are_weights_whole(one.weight for one in commitment.milestones.all()):
        words = _("The weights of the milestones of %(reference)s must sum to 100.")
        found.append(_need(commitment, "weights", words % named, "commitment_milestones"))
    if not linter.has_origin(len(commitment.source_ideas.all()), commitment.reason_without_idea):
        words = _("Link %(reference)s to an idea of citizens, or say why it grew from none.")
        found.append(_need(commitment, "origin", words % named, "ideas"))
    return tuple(found)


def _need(commitment: Commitment, code: str, words: str, page: str, *more: str) -> Need:
    at = reverse(f"programme_desk:{page}", args=[commitment.reference, *more])
    return Need(code, words, at)


def unready_of(cycle: Cycle) -> list[Unready]:
    """Return the drafts of a cycle that cannot be validated as they stand. Three queries."""
    drafts = cycle.commitments.filter(state__in=[state.value for state in states.DRAFT_STATES])
    rows = drafts.order_by("position", "pk").prefetch_related("milestones", "source_ideas")
    found = (Unready(one, needs_of(one)) for one in rows)
    return [one for one in found if one.needs]


def before_meeting(body: Body, viewer: Viewer) -> Sequence[DeskAct]:
    """Return what has to be written before a committee can validate, each with where it is mended.

    Who may not write drafts is led to what stands before the committee. Three queries a cycle of
    the committee, and one.
    """
    preparing = Cycle.objects.visible_to(viewer).filter(committee=body, state=Cycle.State.PREPARING)
    return [
        DeskAct(need.sentence, _address(cycle, need, viewer))
        for cycle in preparing
        for one in unready_of(cycle)
        for need in one.needs
    ]


def _address(cycle: Cycle, need: Need, viewer: Viewer) -> str:
    if viewer.may("commitment.edit"):
        return need.url
    return reverse("programme_desk:validation", args=[cycle.slug])
