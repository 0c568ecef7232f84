"""Options of participation, with defaults."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class ParticipationOptions:
    """Sizes, lives and limits; (number, seconds) for what one network address may do."""

    device_cookie: str = "device"  # the name that the community app reads (community.conf)
    attachment_bytes: int = 5 * 1024 * 1024
    withdraw_link_life: timedelta = timedelta(days=400)
    similar_shown: int = 5
    links_per_network: tuple[int, int] = (10, 3600)
    links_per_address: tuple[int, int] = (3, 3600)
    ideas_in_a_letter: int = 50
    uploads_per_network: tuple[int, int] = (60, 3600)
    receipts_at_once: int = 20
    comments_per_person: tuple[int, int] = (30, 3600)
    flags_per_network: tuple[int, int] = (30, 3600)


OPTIONS = ParticipationOptions()
