"""Mails that came in as the desk shows them: shelves by keyset, one opened, those of a case."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Count, Prefetch, Q

from infitah.core import vault
from infitah.core.queries import inbox_silent_since
from infitah.core.viewer import Viewer
from infitah.information.models import IncomingFile, IncomingMail, IncomingMailQuerySet
from infitah.information.rules import Party
from infitah.information.rules.mail import own_words

MODEL: Final = "information.IncomingMail"
FILE_PREFIX: Final = "mail:"
PAGE: Final = 30
OF_CASE: Final = 20
MOST_COUNTED: Final = 1000
State, Kind = IncomingMail.State, IncomingMail.Kind

SHELVES: Final[dict[str, Q]] = {
    "": Q(state=State.TO_SORT),
    "matched": Q(state=State.MATCHED),
    "entered": Q(state=State.ENTERED),
    "aside": Q(state=State.SET_ASIDE, handled_by__gt=""),
    "machines": Q(state=State.SET_ASIDE, handled_by=""),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What the seals of a mail hold; "" once it was erased."""

    sender: str = ""
    name: str = ""
    subject: str = ""
    message_id: str = ""
    diagnosis: str = ""


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail in a list: from whom, about what, with how many files, perhaps of which case."""

    mail: IncomingMail
    head: Opened
    files: int
    reference: str


@dataclass(frozen=True, slots=True)
class MailPage:
    """A page of a shelf; `after` goes on, "" at the end."""

    shelf: str
    rows: tuple[MailRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """A mail with everything that its page shows."""

    mail: IncomingMail
    head: Opened
    text: str
    files: tuple[IncomingFile, ...]
    reference: str

    @property
    def own_words(self) -> str:
        """The text without the mails quoted below it."""
        return own_words(self.text)

    @property
    def may_clarify(self) -> bool:
        """Whether its case waits for what the requester says."""
        request = self.mail.request
        is_of_case = self.mail.state == State.MATCHED and not self.mail.is_clarification
        is_message = self.mail.kind == Kind.MESSAGE
        return (
            is_of_case
            and is_message
            and request is not None
            and request.turn == Party.REQUESTER
            and request.due_on is not None
        )

    @property
    def came_back(self) -> bool:
        return self.mail.kind == Kind.BOUNCE and self.mail.state == State.MATCHED


def _plain(mail: IncomingMail, field: str) -> str:
    return vault.unseal(getattr(mail, field), model=MODEL, field=field, row=str(mail.key))


def opened(mail: IncomingMail) -> Opened:
    """Return who wrote a mail and about what. No query."""
    told = _plain(mail, "head_sealed")
    return Opened(**json.loads(told)) if told else Opened()


def shelf_page(*, viewer: Viewer, shelf: str, after: str) -> MailPage:
    """Return a page of the mails of a shelf: those to sort the oldest first. Two queries."""
    shelf = shelf if shelf in SHELVES else ""
    found: IncomingMailQuerySet = IncomingMail.objects.visible_to(viewer).filter(SHELVES[shelf])
    start = int(after) if after.isdecimal() and len(after) < 19 else 0
    if shelf:
        found = found.order_by("-pk")
        found = found.filter(pk__lt=start) if start else found
    else:
        found = found.order_by("pk").filter(pk__gt=start)
    listed = list(found.select_related("request")[: PAGE + 1])
    shown, goes_on = listed[:PAGE], len(listed) > PAGE
    files = IncomingFile.objects.filter(mail__in=shown).values_list("mail_id")
    joined = dict(files.annotate(count=Count("pk")))
    rows = tuple(
        MailRow(
            one, opened(one), joined.get(one.pk, 0), one.request.reference if one.request else ""
        )
        for one in shown
    )
    return MailPage(shelf, rows, str(shown[-1].pk) if goes_on else "")


def opened_mail(*, viewer: Viewer, pk: int) -> OpenedMail | None:
    """Return a mail for its page, None where the viewer may not read it. Two queries."""
    files = Prefetch("files", IncomingFile.objects.select_related("file"))
    known = IncomingMail.objects.visible_to(viewer).select_related("request")
    mail = known.filter(pk=pk).prefetch_related(files).first()
    return _opened_mail(mail) if mail is not None else None


def _opened_mail(mail: IncomingMail) -> OpenedMail:
    reference = mail.request.reference if mail.request is not None else ""
    text = _plain(mail, "text_sealed")
    return OpenedMail(mail, opened(mail), text, tuple(mail.files.all()), reference)


def mails_of(*, viewer: Viewer, request_id: int) -> tuple[OpenedMail, ...]:
    """Return the mails that belong to a case, the newest first. Two queries."""
    files = Prefetch("files", IncomingFile.objects.select_related("file"))
    mine = IncomingMail.objects.visible_to(viewer).filter(
        request_id=request_id, state__in=[State.MATCHED, State.ENTERED]
    )
    listed = mine.select_related("request").prefetch_related(files).order_by("-pk")
    return tuple(_opened_mail(mail) for mail in listed[:OF_CASE])


def file_is_visible(viewer: Viewer, subject: str) -> bool:
    """Return whether the viewer may open the files of a mail. One query."""
    pk = subject.removeprefix(FILE_PREFIX)
    return pk.isdecimal() and IncomingMail.objects.visible_to(viewer).filter(pk=int(pk)).exists()


def to_sort_count(viewer: Viewer) -> int:
    """Return how many mails wait to be sorted, up to MOST_COUNTED. One query."""
    waiting = IncomingMail.objects.visible_to(viewer).to_sort()
    return waiting[:MOST_COUNTED].count()


def to_sort(viewer: Viewer, most: int) -> Iterable[tuple[IncomingMail, Opened]]:
    """Return the mails that wait longest. One query."""
    waiting = IncomingMail.objects.visible_to(viewer).to_sort().order_by("pk")
    return [(mail, opened(mail)) for mail in waiting[:most]]


def is_read_here() -> bool:
    """Return whether a mailbox is set up. No query."""
    return settings.ENVIRONMENT.imap is not None


def silent_since() -> datetime | None:
    """Return since when the mailbox does not answer, None while it does. One query at most."""
    return inbox_silent_since()
