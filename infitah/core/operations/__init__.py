"""What the base does for every app, inside the transaction of the act that asks."""

from infitah.core.operations.counting import bump, next_reference, within_limit
from infitah.core.operations.events import post_event

__all__ = ["bump", "next_reference", "post_event", "within_limit"]
