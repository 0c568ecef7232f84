"""How confirmed evidence reads in the word index: documents, and data, that show what was done."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import override

from infitah.programme.models import Commitment, Evidence
from infitah.programme.queries.commitments import url_of
from infitah.searchindex.registry import SearchableText

KINDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "document": (Evidence.Kind.FILE, Evidence.Kind.URL),
    "dataset": (Evidence.Kind.DATASET,),
}
"""Kinds of the index, and the evidence that each holds."""


def kind_in_index(evidence: Evidence) -> str:
    """Return under which kind evidence is indexed, "" for what stands there as itself."""
    return next((kind for kind, held in KINDS_OF.items() if evidence.kind in held), "")


def evidence_source(kind: str) -> Callable[[str, str], list[SearchableText]]:
    """Return what says how confirmed evidence of a kind of the index reads."""

    def searchable_evidence(community_key: str, subject: str) -> list[SearchableText]:
        """Return evidence in each language of its title, with what it shows. One query.

        Nothing until a second person confirmed it, and while its commitment is not public.
        """
        found = Evidence.objects.filter(
            community__key=community_key,
            reference=subject,
            kind__in=KINDS_OF[kind],
            verified_on__isnull=False,
            milestone__commitment__in=Commitment.objects.published(),
        )
        one = found.select_related("milestone__commitment__cycle").first()
        return [] if one is None else [_text(one, code) for code in one.title.languages()]

    return searchable_evidence


def _text(one: Evidence, language: str) -> SearchableText:
    milestone = one.milestone
    shown = (milestone.title, milestone.commitment.title)
    with override(language):
        address = url_of(milestone.commitment)
    return SearchableText(
        language=language,
        title=one.title.text_of(language),
        body="\n\n".join(filter(None, (one.alt, *(text.text_of(language) for text in shown)))),
        url=f"{address}#{one.reference}",
        is_public=True,
        dated_on=one.verified_on,
    )
