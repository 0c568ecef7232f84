"""What of the council bears a hash: the texts of its deliberations."""

from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.council.models import Deliberation, DeliberationVersion
from infitah.ledger.queries import Bearer


def bearers_of_hash(viewer: Viewer, sha256: str) -> list[Bearer]:
    """Return the deliberations whose text, as it is or was, bears this hash. One query."""
    found = DeliberationVersion.objects.filter(
        deliberation__in=Deliberation.objects.visible_to(viewer), sha256=sha256
    )
    return [
        Bearer(
            kind="deliberation",
            title=one.deliberation.title,
            reference=one.deliberation.reference,
            address=reverse("council:decision", args=[one.deliberation.reference]),
            since=one.made_on,
            subjects=(one.deliberation.reference,),
            mark=sha256,
            sha256=sha256,
        )
        for one in found.select_related("deliberation").order_by("pk")
    ]
