"""Noting what happened to a topic, to be told once in the next digest."""

from datetime import datetime

from infitah.core.models import News
from infitah.kernel.localized import LocalizedText


def post_news(
    *,
    community_key: str,
    topic: str,
    kind: str,
    title: LocalizedText,
    path: str,
    dedupe_key: str,
    happened_at: datetime,
    reference: str = "",
) -> None:
    """Note a piece of news once; a second one with the same key changes nothing. One statement.

    `path` is the address after the language, without a leading slash. No mail is queued here:
    who follows the topic reads it in the next digest, at most one a day.
    """
    News.objects.bulk_create(
        [
            News(
                community_key=community_key,
                topic=topic,
                kind=kind,
                title=title.as_json(),
                path=path,
                reference=reference,
                dedupe_key=dedupe_key,
                happened_at=happened_at,
            )
        ],
        ignore_conflicts=True,
    )
