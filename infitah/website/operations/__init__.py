"""What may be done to the website: homes and their editors, the strip, the age of kept pages."""

from infitah.website.operations.editors import (
    keep_language,
    make_editors,
    on_access_changed,
    sync_editor,
)
from infitah.website.operations.following import KIND as FOLLOW
from infitah.website.operations.following import (
    perform_follow,
    resume_on_device,
    send_preferences,
    shown_of_follow,
)
from infitah.website.operations.homes import create_homes, on_founded, refresh, translate_page
from infitah.website.operations.news import NEWS, has_fresh_acts, read_register
from infitah.website.operations.schedule import has_scheduled, keep_schedule
from infitah.website.operations.strips import StripRefused, end_strip, set_strip

__all__ = [
    "FOLLOW",
    "NEWS",
    "StripRefused",
    "create_homes",
    "end_strip",
    "has_fresh_acts",
    "has_scheduled",
    "keep_language",
    "keep_schedule",
    "make_editors",
    "on_access_changed",
    "on_founded",
    "perform_follow",
    "read_register",
    "refresh",
    "resume_on_device",
    "send_preferences",
    "set_strip",
    "shown_of_follow",
    "sync_editor",
    "translate_page",
]
