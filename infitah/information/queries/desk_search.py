"""How requests read in the word index: private there, for the officers' own search alone."""

from collections.abc import Iterator

from django.urls import reverse

from infitah.information import rules
from infitah.information.models import InformationRequest
from infitah.information.queries.desk_queue import shortened
from infitah.searchindex.registry import SearchableText


def searchable_request(community_key: str, reference: str) -> Iterator[SearchableText]:
    """Yield a request for the officers' search; nothing of one that was withdrawn. One query."""
    found = InformationRequest.objects.filter(community__key=community_key, reference=reference)
    for request in found.exclude(phase=rules.Phase.WITHDRAWN):
        yield SearchableText(
            language=request.language,
            title=request.public_title or shortened(request.text),
            body=f"{request.text}\n{request.period}\n{request.place}",
            url=reverse("information_desk:case", args=[reference]),
            is_public=False,
        )
