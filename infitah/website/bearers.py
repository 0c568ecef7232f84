"""What bears a fingerprint, or the reference of evidence: each app answers for its own things.

Whoever may not see a thing is answered as if it were not there: every app asks its own rule of
what a reader sees, and a thing without a page that the reader may open is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.core import queries as core
from infitah.core.clock import local_day
from infitah.core.models import StoredFile
from infitah.core.viewer import Viewer
from infitah.council import queries as council
from infitah.information.queries import figures as information
from infitah.kernel.references import Reference
from infitah.ledger.queries import Bearer, acts_stating
from infitah.participation.models import DocumentText
from infitah.proceedings import queries as proceedings
from infitah.programme import queries as programme
from infitah.publication import queries as publication
from infitah.website import addresses, verdicts

MOST: Final = 6
"""Bearers of one hash that are told, and acts about each that are judged."""

KINDS: Final[dict[str, Promise]] = {
    "evidence": pgettext_lazy("bears a fingerprint", "Evidence of a milestone"),
    "version": pgettext_lazy("bears a fingerprint", "Wording of a commitment"),
    "programme": pgettext_lazy("bears a fingerprint", "List of the adopted commitments"),
    "report": pgettext_lazy("bears a fingerprint", "Contents of a report"),
    "deliberation": pgettext_lazy("bears a fingerprint", "Text of a deliberation"),
    "minutes": pgettext_lazy("bears a fingerprint", "Text of the minutes"),
    "text": pgettext_lazy("bears a fingerprint", "Text put to the public"),
    "record": pgettext_lazy("bears a fingerprint", "Published answer to a request"),
    "file": pgettext_lazy("bears a fingerprint", "File of this site"),
}


@dataclass(frozen=True, slots=True)
class Borne:
    """A thing with its kind in words, and the verdict on each act that states its hash."""

    thing: Bearer
    kind: Promise
    acts: tuple[verdicts.JudgedAct, ...]


def of_hash(viewer: Viewer, sha256: str) -> list[Borne]:
    """Return what bears a hash of 64 hexadecimal letters; empty if nothing that `viewer` may see.

    At most 14 queries for each act of at most MOST things.
    """
    found = [one for ask in ASKED for one in ask(viewer, sha256)]
    if not found:
        found = _files(viewer, sha256)
    return [_judged(viewer, one) for one in found[:MOST]]


def of_reference(viewer: Viewer, text: str) -> Borne | None:
    """Return the evidence that a reference names, None for anything else."""
    try:
        reference = Reference.parse(text)
    except ValueError:
        return None
    if not reference.suffix:
        return None
    found = programme.evidence_named(viewer, str(reference))
    return _judged(viewer, found) if found is not None else None


def _judged(viewer: Viewer, thing: Bearer) -> Borne:
    rows = acts_stating(viewer.community_key, thing.subjects, thing.mark)
    return Borne(thing, KINDS[thing.kind], tuple(verdicts.judged(rows[:MOST], viewer)))


def _minutes(viewer: Viewer, sha256: str) -> list[Bearer]:
    found = []
    for one in proceedings.minutes_of_hash(viewer, sha256):
        reference = one.session.reference
        if one.published_on is not None and addresses.of_reference(reference, viewer):
            found.append(
                Bearer(
                    kind="minutes",
                    title=one.session.title,
                    reference=reference,
                    address=reverse("permanent", args=[reference]),
                    since=one.published_on,
                    subjects=(reference,),
                    mark=sha256,
                    sha256=sha256,
                )
            )
    return found


def _texts(viewer: Viewer, sha256: str) -> list[Bearer]:
    found = DocumentText.objects.visible_to(viewer).filter(sha256=sha256)
    return [
        Bearer(
            kind="text",
            title=one.title,
            reference=one.subject,
            address=reverse(
                "participation:text-version",
                args=[one.consultation.slug, one.subject, one.number],
            ),
            since=local_day(one.published_at),
            subjects=(one.subject,),
            mark=sha256,
            sha256=sha256,
            number=one.number,
        )
        for one in found.select_related("consultation").order_by("pk")
    ]


def _files(viewer: Viewer, sha256: str) -> list[Bearer]:
    """Return the files of things whose page `viewer` may open; a file alone says too little."""
    found = ((one, _subject(one)) for one in core.files_of_hash(viewer, sha256))
    return [
        _of_file(one, subject) for one, subject in found if addresses.of_reference(subject, viewer)
    ]


def _subject(stored: StoredFile) -> str:
    return stored.subject.rpartition(":")[2]


def _of_file(stored: StoredFile, subject: str) -> Bearer:
    return Bearer(
        kind="file",
        title=stored.name,
        reference=addresses.number_of(subject),
        address=reverse("files:file", args=[stored.key, stored.name]),
        since=local_day(stored.bound_at or stored.staged_at),
        subjects=(subject,),
        mark=stored.sha256,
        sha256=stored.sha256,
    )


ASKED: Final[tuple[Callable[[Viewer, str], list[Bearer]], ...]] = (
    programme.bearers_of_hash,
    information.report_bearers,
    council.bearers_of_hash,
    publication.bearers_of_hash,
    _minutes,
    _texts,
)
NOTHING: Final = _("Nothing that this community shows here has this fingerprint.")
