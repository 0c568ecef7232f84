"""Acts of many at the same time, as one process with threads; prints what each came to as JSON."""

import json
from collections.abc import Callable
from threading import Barrier, Thread

import django
from django.db import connections

django.setup()

# Models can be read only now.
from infitah.community.models import Community  # noqa: E402
from infitah.community.tests.factories import CommunityFactory  # noqa: E402
from infitah.publication import operations  # noqa: E402
from infitah.publication.models import PublishedRecord, RecordCount, RecordFacet  # noqa: E402
from infitah.publication.rules import FacetKind, Verdict  # noqa: E402
from infitah.publication.tests.factories import ASKER, BY, NOW, make_text  # noqa: E402

WRITERS = 6


def at_once(act: Callable[[int], object]) -> list[object]:
    """Return what each of the threads came to: a value, or the code of its refusal."""
    came_to: list[object] = [None] * WRITERS
    gate = Barrier(WRITERS)

    def run(number: int) -> None:
        try:
            gate.wait()
            came_to[number] = act(number)
        except operations.RecordRefused as refused:
            came_to[number] = refused.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return came_to


def publish(community: Community, number: int) -> int:
    """Publish the answer of one number; return its edition."""
    return operations.publish_record(
        community=community,
        record=make_text(f"{community.key}-2026-R-{number:04d}"),
        identity=ASKER,
        by=BY,
        now=NOW,
    ).edition


def say(community: Community, key: str) -> bool:
    """Say of the answer of number 1 that it answered."""
    return operations.count_verdict(
        community=community,
        reference=f"{community.key}-2026-R-0001",
        verdict=Verdict.ANSWERED_ME,
        key=key,
        network="10.0.0.1",
        now=NOW,
    )


def race() -> dict[str, object]:
    """Return what came of officers and readers who act at the same time."""
    community = CommunityFactory(key="RAC", slug="racing")
    same = at_once(lambda _number: publish(community, 1))
    each = at_once(lambda number: publish(community, 100 + number))
    said = at_once(lambda number: say(community, str(number % 3)))
    facets = RecordFacet.objects.of(community)
    return {
        "same": sorted(map(str, same)),
        "each": each,
        "said": sorted(map(bool, said)),
        "records": PublishedRecord.objects.of(community).count(),
        "counted": list(
            facets.filter(kind__in=[FacetKind.STATE, FacetKind.ITEM])
            .order_by("kind")
            .values_list("kind", "value", "records")
        ),
        "verdicts": list(
            RecordCount.objects.filter(record__community=community).values_list(
                "answered_me", "not_what_i_asked"
            )
        ),
    }


if __name__ == "__main__":
    print(json.dumps(race()))  # noqa: T201
