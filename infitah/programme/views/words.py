"""From the form of a word to the act: the same for the link of a mail and for the desk."""

from datetime import datetime

from infitah.community.models import Community
from infitah.kernel.localized import LocalizedText
from infitah.participation.rules import language_of
from infitah.programme import forms, operations
from infitah.programme.models import Evidence
from infitah.programme.rules.updates import Standing


def evidence_of(
    form: forms.WordForm, community: Community, now: datetime
) -> operations.EvidenceGiven | None:
    """Return the file or address of a word as evidence, None where nothing is said to be done.

    One sentence names the evidence and says what a photograph shows; where it is not in Arabic it
    stands in both languages as it was written. Beside an address, the file is its capture. Raises
    EvidenceRefused for an address of another site without one.
    """
    kept, data = form.kept, form.cleaned_data
    url = data.get("url", "")
    is_done = data["standing"] == Standing.DONE and data.get("milestone")
    if not is_done or (kept is None and not url):
        return None
    sentence = data["title"]
    is_arabic = language_of(sentence, "ar") == "ar"
    asked = operations.EvidenceAsked(
        kind=Evidence.Kind.URL if url else Evidence.Kind.FILE,
        title=LocalizedText(ar=sentence, fr="" if is_arabic else sentence),
        url=url,
        file=kept,
        alt=sentence if kept and kept.media_type.startswith("image/") else "",
    )
    return operations.prepare_evidence(community=community, asked=asked, now=now)


def word_of(
    form: forms.WordForm, evidence: operations.EvidenceGiven | None, interface: str
) -> operations.Word:
    """Return what the owner says, as the operation takes it."""
    data = form.cleaned_data
    return operations.Word(
        standing=data["standing"],
        note=data["note"],
        language=language_of(data["note"], interface),
        milestone=data.get("milestone", ""),
        done_on=data.get("on"),
        evidence=evidence,
    )
