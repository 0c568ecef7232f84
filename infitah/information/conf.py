"""Options of access to information, with defaults."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InformationOptions:
    """Sizes, lives and limits; (number, seconds) for what one network address may do."""

    device_cookie: str = "device"  # the name that the community app reads (community.conf)
    follow_tries: tuple[int, int] = (20, 3600)
    suggestions_per_network: tuple[int, int] = (120, 3600)
    # Automatic answers to mails: to one address, and in all; so no two machines write for ever.
    mail_answers: tuple[int, int] = (1, 86_400)
    mail_answers_in_all: tuple[int, int] = (200, 86_400)
    keep_set_aside_days: int = 90
    # Day of the deliberation of the CNDP that the model form cites; its number is a legal wording.
    cndp_deliberated_on: date = date(2019, 5, 31)
    # Rows of the register made while one waits, else by the worker; sheets are drawn in memory.
    most_exported_at_once: int = 2000
    most_printed_at_once: int = 200
    most_printed: int = 600
    most_export_bytes: int = 500 * 1024 * 1024
    export_days: int = 7
    # Files for the commission: documents beyond these are left to the worker; life of what it made.
    most_bundle_bytes_at_once: int = 8 * 1024 * 1024
    bundle_hours: int = 24


OPTIONS = InformationOptions()
