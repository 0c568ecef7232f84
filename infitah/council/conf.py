"""Options of the council, with defaults."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CouncilOptions:
    """Sizes and limits; (number, seconds) for what one network may send."""

    letter_bytes: int = 10 * 1024 * 1024
    uploads_per_network: tuple[int, int] = (60, 3600)


OPTIONS = CouncilOptions()
