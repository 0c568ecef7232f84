"""How tests of the acts count and act."""

from infitah.core.models import Generation
from infitah.publication import operations
from infitah.publication.models import RecordFacet
from infitah.publication.rules import FacetKind
from infitah.publication.tests.factories import ASKER, BY, NOW, REASON, REFERENCE


def counted(community, kind: FacetKind) -> dict[str, int]:
    rows = RecordFacet.objects.of(community).filter(kind=kind, records__gt=0)
    return dict(rows.values_list("value", "records"))


def generation(community) -> int:
    found = Generation.objects.filter(community_key=community.key, kind="publication").first()
    return found.number if found else 0


def publish(community, text, identity=ASKER, **more):
    return operations.publish_record(
        community=community, record=text, identity=identity, by=BY, now=NOW, **more
    )


def withdraw(community, *, reason=REASON, **more):
    return operations.withdraw_record(
        community=community,
        reference=REFERENCE,
        reason=reason,
        identity=ASKER,
        by=BY,
        now=NOW,
        **more,
    )
