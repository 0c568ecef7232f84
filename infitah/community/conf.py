"""Options of the community app, with defaults."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommunityOptions:
    """Where the session is read, which pages need no second factor, what is an alias."""

    officer_paths: tuple[str, ...] = ("/desk/", "/admin/", "/files/")
    guarded_paths: tuple[str, ...] = ("/desk/", "/admin/")
    citizen_path: str = "mine"
    device_cookie: str = "device"
    enrolment_view: str = "mfa_index"
    demonstration_aliases: tuple[str, ...] = ("127.0.0.1", "[::1]")


OPTIONS = CommunityOptions()
