"""An adopted programme as a document that anybody verifies: texts, hashes, the binding act."""

from infitah.council.models import Deliberation
from infitah.ledger.models import Entry
from infitah.ledger.queries import receipt_document
from infitah.ledger.rules import Bound, Part, Quotation
from infitah.ledger.rules.bound import lines
from infitah.programme.models import Adoption, Commitment, Cycle

ACTS = ("programme.adopted", "programme.imported")


def adoptions(cycle: Cycle) -> list[Adoption]:
    """Return what a cycle's deliberation adopted, in the order of the references. One query."""
    found = Adoption.objects.filter(
        version__commitment__cycle=cycle, deliberation=cycle.deliberation_id
    )
    ordered = found.select_related("version__commitment").order_by("version__commitment__reference")
    return list(ordered)


def bound_programme(cycle: Cycle) -> Bound | None:
    """Return an adopted programme with the receipt of its adoption, or None before it.

    12 queries. `cycle.community` and `cycle.deliberation` must be fetched. A programme entered
    afterwards is bound too, without a quotation: its deliberation never saw the hash.
    """
    bound = adoptions(cycle)
    subject = f"{cycle.community.key}-programme-{cycle.slug}"
    entries = Entry.objects.of(cycle.community.key).filter(subject=subject, act__in=ACTS)
    number = entries.order_by("-number").values_list("number", flat=True).first()
    if cycle.deliberation is None or not bound or number is None:
        return None
    return Bound(
        sha256=cycle.sha256,
        parts=tuple(
            Part(one.version.commitment.reference, one.version.sha256, one.version.content)
            for one in bound
        ),
        receipt=receipt_document(cycle.community.key, number),
        quoted_in=_quotation(cycle.deliberation, cycle.sha256),
        about=_about(cycle, cycle.deliberation),
    )


def _quotation(deliberation: Deliberation, digest: str) -> Quotation | None:
    version = deliberation.versions.latest("number")
    quoted = Quotation(deliberation.reference, version.sha256, version.text.as_json())
    return quoted if quoted.quotes(digest) else None


def _about(cycle: Cycle, deliberation: Deliberation) -> dict[str, object]:
    rejected = cycle.commitments.filter(state=Commitment.State.REJECTED).order_by("reference")
    return {
        "community": cycle.community.key,
        "institution": cycle.community.institution.as_json(),
        "programme": cycle.slug,
        "title": cycle.title.as_json(),
        "from": cycle.starts_on.isoformat(),
        "until": cycle.ends_on.isoformat(),
        "deliberation": {
            "reference": deliberation.reference,
            "number": deliberation.number,
            "year": deliberation.year,
            "adopted_on": deliberation.adopted_on.isoformat(),
            "state": deliberation.state,
        },
        "rejected": [one.reference for one in rejected],
        "is_imported": cycle.is_imported,
    }


def hash_lines(cycle: Cycle) -> str:
    """Return the list whose SHA-256 is the programme's: a reference and a hash a line. One query.

    Empty before the adoption.
    """
    return lines((one.version.commitment.reference, one.version.sha256) for one in adoptions(cycle))
