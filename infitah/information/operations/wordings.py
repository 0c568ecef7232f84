"""Changing and confirming the wordings of the law: dated, by a named person, in the register.

A request keeps the wording of its day of receipt: a change holds from today on, a confirmation for
all days of the text that it confirms.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.information.models import LegalText
from infitah.information.rules.wordings import SHIPPED, Source, Wording
from infitah.information.rules.wordings.kinds import BULLETIN, QUESTIONS
from infitah.kernel.localized import LocalizedText
from infitah.ledger import operations as ledger
from infitah.ledger.rules import JSON

KIND: Final = "information"
LIMB_MOST: Final = 40
TEXT_MOST: Final = 1000
UNREAD: Final = frozenset({BULLETIN.ar, BULLETIN.fr, QUESTIONS.ar, QUESTIONS.fr})
"""Sources that say themselves that the text is still to be read."""

IN_FORCE: Final = date(2019, 3, 12)
"""The day from which law 31-13 holds: a shipped text is confirmed for every day since."""


class WordingRefused(OperationRefused):
    """The wording cannot be changed or confirmed so."""


@dataclass(frozen=True, slots=True)
class NewWording:
    """A wording from today on, with where it was read."""

    text: LocalizedText
    article: str
    source: str
    is_offered: bool = True


def _known(key: str) -> Wording:
    if key not in SHIPPED:
        raise WordingRefused(_("No page or letter quotes a sentence of this code."))
    return SHIPPED[key]


def _check(key: str, new: NewWording) -> None:
    if not new.text.ar:
        raise WordingRefused(_("The Arabic text is required."), field="text")
    if not new.source:
        raise WordingRefused(_("Name the text in which you read it."), field="source")
    is_limb = key.startswith("E") and "." in key
    most = LIMB_MOST if is_limb else TEXT_MOST
    if any(len(new.text.text_of(language)) > most for language in new.text.languages()):
        raise WordingRefused(
            _("This is longer than %(most)s characters.") % {"most": most}, field="text"
        )


@transaction.atomic
def change_wording(
    *, community: Community, key: str, new: NewWording, by: Actor, now: datetime
) -> LegalText:
    """Let a wording hold from today on; it is to be verified until somebody confirms it.

    Requests of before keep theirs. Changing it twice in a day leaves the last one. Raises
    WordingRefused for an unknown code, without Arabic text or source, or for a text too long.
    """
    _known(key)
    _check(key, new)
    today, current = local_day(now), _open(community, key)
    if current is not None and current.valid_from == today:
        row = current
        row.confirmed_by, row.confirmed_on = "", None
    else:
        if current is not None:
            current.valid_to = today
            current.save(update_fields=["valid_to"])
        row = LegalText(community=community, key=key, valid_from=today)
    row.wording, row.article, row.source = new.text, new.article, new.source
    row.is_offered, row.mark = new.is_offered, LegalText.Mark.TO_VERIFY
    row.save()
    public: dict[str, JSON] = {
        "key": key,
        "text": new.text.as_json(),
        "article": new.article,
        "source": new.source,
        "offered": new.is_offered,
        "valid_from": today.isoformat(),
    }
    _record(community, "wording_changed", key, public, by=by, now=now)
    return row


@transaction.atomic
def confirm_wording(
    *, community: Community, key: str, source: str, by: Actor, now: datetime
) -> LegalText:
    """Make a wording certain: a named person has read it in the official text that `source` names.

    Raises WordingRefused for an unknown code, without a source, or where it is certain already.
    """
    shipped = _known(key)
    if not source or source in UNREAD:
        raise WordingRefused(_("Name the official text in which you read it."), field="source")
    row = _open(community, key) or _kept(community, shipped)
    if row.mark == LegalText.Mark.CHECKED or row.confirmed_on is not None:
        raise WordingRefused(_("This wording is confirmed already."))
    row.source, row.confirmed_by, row.confirmed_on = source, by.key, local_day(now)
    row.save()
    public: dict[str, JSON] = {"key": key, "text": row.wording.as_json(), "source": source}
    _record(community, "wording_confirmed", key, public, by=by, now=now)
    return row


def _open(community: Community, key: str) -> LegalText | None:
    """Return the community's text of a key that holds now, locked until the act ends."""
    held = LegalText.objects.select_for_update().of(community)
    return held.filter(key=key, valid_to=None).first()


def _kept(community: Community, shipped: Wording) -> LegalText:
    """Return a shipped wording as a row of the community, since the law holds; not saved yet."""
    return LegalText(
        community=community,
        key=shipped.key,
        wording=shipped.text,
        article=shipped.article,
        source=_in_arabic(shipped.source),
        mark=shipped.mark,
        valid_from=IN_FORCE,
    )


def _in_arabic(source: Source) -> str:
    return source.ar if isinstance(source, LocalizedText) else source


def _record(
    community: Community,
    act: str,
    key: str,
    public: dict[str, JSON],
    *,
    by: Actor,
    now: datetime,
) -> None:
    ledger.record(
        community_key=community.key,
        act=f"information.{act}",
        subject=f"{community.key}/wording/{key}",
        by=by,
        public=public,
        occurred_on=local_day(now),
        now=now,
    )
    bump(community.key, KIND)
