"""Options of publication, with defaults."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicationOptions:
    """Sizes and limits; (number, seconds) for what one network may send."""

    page_size: int = 20
    newest_in_feed: int = 50
    tags_shown: int = 24
    verdicts_per_network: tuple[int, int] = (60, 3600)


OPTIONS = PublicationOptions()
