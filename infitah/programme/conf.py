"""Options of the programme, with defaults."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class ProgrammeOptions:
    """Sizes, lives and limits; (number, seconds) for what one network or commitment may do."""

    owner_cookie: str = "owner"  # the device on which an owner took up a link
    owner_cookie_life: timedelta = timedelta(days=60)
    evidence_bytes: int = 10 * 1024 * 1024
    links_at_once: int = 20
    links_per_network: tuple[int, int] = (10, 3600)
    links_per_commitment: tuple[int, int] = (3, 3600)
    words_per_network: tuple[int, int] = (60, 3600)
    uploads_per_network: tuple[int, int] = (60, 3600)
    captures_at_once: int = 5


OPTIONS = ProgrammeOptions()
