"""What the person of a proved device follows by mail: theirs to see, and to stop, at once."""

from dataclasses import dataclass

from infitah.community.models import Participant
from infitah.community.queries import mail_address_of
from infitah.community.rules.codes import masked
from infitah.core.models import Subscriber
from infitah.core.queries import Wish, subscriber_of, wishes_of
from infitah.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Followed:
    """The address of a proved device, masked, and what it follows or followed."""

    address: str
    held: Subscriber | None = None
    wishes: tuple[Wish, ...] = ()

    @property
    def is_stopped(self) -> bool:
        return self.held is not None and self.held.stopped_at is not None

    def state_of(self, topic: str) -> str:
        """Return "followed", "stopped" (by the person, as a whole or this), or "" for neither."""
        wish = next((one for one in self.wishes if one.topic == topic), None)
        if wish is None:
            return "stopped" if self.is_stopped else ""
        return "followed" if wish.is_followed and not self.is_stopped else "stopped"

    def followed(self) -> list[str]:
        """Return the topics of which news comes."""
        return [one.topic for one in self.wishes if one.is_followed and not self.is_stopped]


def of_device(viewer: Viewer) -> Followed | None:
    """Return what the proved address of this device follows, None without one. Three queries."""
    if viewer.participant_id is None:
        return None
    person = Participant.objects.filter(
        pk=viewer.participant_id, community_id=viewer.community_id
    ).first()
    address = mail_address_of(person) if person else ""
    if not address:
        return None
    held = subscriber_of(viewer.community_key, address)
    wishes = tuple(wishes_of(held)) if held else ()
    return Followed(masked(address), held, wishes)
