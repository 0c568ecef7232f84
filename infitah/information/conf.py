"""Options of access to information, with defaults."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InformationOptions:
    """Sizes, lives and limits; (number, seconds) for what one network address may do."""

    device_cookie: str = "device"  # the name that the community app reads (community.conf)
    follow_tries: tuple[int, int] = (20, 3600)


OPTIONS = InformationOptions()
