"""From the form of a word to the act: the same for the link of a mail and for the desk."""

from datetime import datetime

from infitah.core.clock import local_day
from infitah.kernel.localized import LocalizedText
from infitah.participation.rules import language_of
from infitah.programme import forms, operations
from infitah.programme.models import Evidence
from infitah.programme.rules.updates import Standing


def evidence_of(form: forms.WordForm, now: datetime) -> operations.EvidenceGiven | None:
    """Return the file of a word as evidence, None without one or where nothing is said done.

    One sentence names the evidence and says what a photograph shows; where it is not in Arabic it
    stands in both languages as it was written.
    """
    kept, data = form.kept, form.cleaned_data
    if kept is None or data["standing"] != Standing.DONE or not data.get("milestone"):
        return None
    sentence = data["title"]
    is_arabic = language_of(sentence, "ar") == "ar"
    return operations.EvidenceGiven(
        kind=Evidence.Kind.FILE,
        title=LocalizedText(ar=sentence, fr="" if is_arabic else sentence),
        sha256=kept.sha256,
        captured_on=local_day(now),
        file=kept,
        alt=sentence if kept.media_type.startswith("image/") else "",
    )


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
