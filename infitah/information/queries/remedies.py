"""What may be done when no answer comes, or a refusal: the law's steps, as it stands on a day.

Law 31-13, arts. 16 to 21. The periods are legal numbers, the sentences are wordings: both with
their dates, articles and the mark "to be verified".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from infitah.community.models import Community
from infitah.community.models.law import amount_in_words
from infitah.community.queries.law import RuleMissing, rules
from infitah.community.rules.deadlines import (
    REMEDIES,
    REPLY,
    REPLY_EXTENSION,
    URGENT_EXTENSION,
    URGENT_REPLY,
    LegalNumber,
)
from infitah.information.queries.wordings import wordings
from infitah.information.rules.wordings import Wording
from infitah.kernel.localized import LocalizedText

PERIODS: Final = (REPLY, REPLY_EXTENSION, URGENT_REPLY, URGENT_EXTENSION, *REMEDIES)
# What each step is called, the period in which it is taken, the one in which it is answered.
STEPS: Final = (
    ("head", "information.complaint", "information.complaint_answer"),
    ("cdai", "information.commission", "information.commission_answer"),
    ("court", "information.court", ""),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A period in the page's language, such as "20 working days", with its article and mark."""

    length: str
    law: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the law, with its article and mark."""

    text: LocalizedText
    law: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Remedy:
    """One step: what the law says of it, until when it is taken, and answered; None unknown."""

    key: str
    said: Said
    window: Told | None
    answer: Told | None


@dataclass(frozen=True, slots=True)
class Remedies:
    """Everything that the page tells. The periods are None on a day before the law."""

    reply: Told | None
    extension: Told | None
    urgent: Told | None
    urgent_extension: Told | None
    silence: Said
    written: Said
    steps: tuple[Remedy, ...]

    @property
    def is_doubtful(self) -> bool:
        """Whether anything told is still to be verified."""
        periods = [self.reply, self.extension, self.urgent, self.urgent_extension]
        periods += [one for step in self.steps for one in (step.window, step.answer)]
        said = [self.silence, self.written, *(step.said for step in self.steps)]
        known = [one.is_verified for one in periods if one is not None]
        return not all([*known, *(one.is_verified for one in said)])


def remedies(community: Community, today: date) -> Remedies:
    """Return the steps that follow a silence or a refusal, by the law of `today`. Two queries."""
    periods = _periods(community, today)
    texts = wordings(community, today)
    return Remedies(
        reply=periods.get(REPLY),
        extension=periods.get(REPLY_EXTENSION),
        urgent=periods.get(URGENT_REPLY),
        urgent_extension=periods.get(URGENT_EXTENSION),
        silence=_said(texts["remedies.silence"]),
        written=_said(texts["remedies.written"]),
        steps=tuple(
            Remedy(key, _said(texts[f"remedies.{key}"]), periods.get(window), periods.get(answer))
            for key, window, answer in STEPS
        ),
    )


def head_answer(community: Community, today: date) -> Told | None:
    """Return how long the president has to answer a complaint. One query."""
    return _periods(community, today).get("information.complaint_answer")


def _periods(community: Community, today: date) -> Mapping[str, Told]:
    try:
        return {one.key: _told(one) for one in rules(community, PERIODS, today)}
    except RuleMissing:
        return {}


def _told(number: LegalNumber) -> Told:
    length = amount_in_words(number.value, number.unit)
    return Told(length, number.citation, number.is_verified)


def _said(wording: Wording) -> Said:
    """Return a wording as a sentence of its own."""
    ar, fr = wording.text.text_of("ar"), wording.text.text_of("fr")
    sentence = LocalizedText(
        ar=f"{ar}." if ar else "", fr=f"{fr[:1].upper()}{fr[1:]}." if fr else ""
    )
    return Said(sentence, wording.article, wording.is_certain)
