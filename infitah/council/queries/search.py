"""How deliberations read in the word index: public, in each language of their title."""

from typing import Final

from infitah.council.models import DeliberationVersion
from infitah.searchindex.registry import SearchableText

KIND: Final = "deliberation"


def searchable_deliberation(community_key: str, subject: str) -> list[SearchableText]:
    """Return what the index holds of a deliberation: its title and its newest text. One query."""
    versions = DeliberationVersion.objects.filter(
        deliberation__community__key=community_key, deliberation__reference=subject
    )
    newest = versions.select_related("deliberation").order_by("-number").first()
    if newest is None:
        return []
    item = newest.deliberation
    return [
        SearchableText(
            language=language,
            title=item.title.text_of(language),
            body=newest.text.text_of(language),
            url=f"/{language}/council/decisions/{subject}/",
            is_public=True,
            dated_on=item.adopted_on,
        )
        for language in item.title.languages()
    ]
