"""What a page is about: in which languages it stands, what the register says of it.

Read from the page's own values, so that a page that shows no record says nothing of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.template import Variable, VariableDoesNotExist
from django.urls import reverse

from infitah.kernel.localized import LocalizedText
from infitah.website import queries
from infitah.website.rules import WHOLE_LANGUAGES, in_language


@dataclass(frozen=True, slots=True)
class Subject:
    """Where a page's values hold what it is about.

    `words` names its title, or the languages in which it stands; `changed_on` a day that the page
    knows better than the register, because acts about its parts count; `followed` what can be
    followed by mail, until `ended` holds something: no news comes after that.
    """

    words: str
    reference: str = ""
    changed_on: str = ""
    followed: str = ""  # kind of topic, a colon, and the value that names it
    ended: str = ""


# By route. A page of another route is made of the interface alone.
SUBJECTS: Final[Mapping[str, Subject]] = {
    "programme:index": Subject("page.cycle.title", followed="cycle:page.cycle.slug"),
    "programme:cycle": Subject("page.cycle.title", followed="cycle:page.cycle.slug"),
    "programme:late": Subject("cycle.title"),
    "programme:committee": Subject("cycle.title"),
    "programme:adoption": Subject("commitment.title", "commitment.reference"),
    "programme:commitment": Subject(
        "commitment.title",
        "commitment.reference",
        "page.updated_on",
        "commitment:commitment.reference",
        ended="commitment.has_ended",
    ),
    "participation:consultation": Subject(
        "consultation.name",
        followed="consultation:consultation.slug",
        ended="consultation.cancelled_at",
    ),
    "participation:theme": Subject("theme.name", "theme.reference"),
    "participation:idea": Subject(
        "idea.language",
        "idea.reference",
        followed="idea:idea.reference",
        ended="idea.withdrawn_at",
    ),
    "council:session": Subject("page.session.title", "page.session.reference"),
    "council:decision": Subject("page.item.title", "page.item.reference"),
    "publication:record": Subject("page.languages", "record.reference"),
    "publication:edition": Subject("page.languages", "record.reference"),
    "wagtail_serve": Subject("standing"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: host with its scheme, path, route, community."""

    origin: str
    path: str
    route: str
    community_key: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language in which it really stands; its code may be "x-default"."""

    code: str
    url: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the frame of a page tells of this very page."""

    alternates: tuple[Alternate, ...]
    reference: str
    register_url: str
    community_key: str
    known_change: date | None = None
    follow_url: str = ""
    is_ended: bool = False
    """No news comes any more: it cannot be followed, and the page says why."""

    def changed_on(self) -> date | None:
        """Return the day of the last change of what this page is about. One query, or none."""
        return self.known_change or queries.last_act_on(self.community_key, self.reference)


def _found(values: Mapping[str, Any], name: str) -> Any:
    try:
        return Variable(name).resolve(values) if name else None
    except VariableDoesNotExist:
        return None


def languages_of(words: object) -> tuple[str, ...]:
    """Return the languages in which a text was written, never one that only falls back."""
    if isinstance(words, LocalizedText):
        return words.languages()
    return (words,) if isinstance(words, str) else tuple(words or ())  # type: ignore[arg-type]


def facts_of(values: Mapping[str, Any], place: Place) -> PageFacts:
    """Return what a page's values tell of it: translations that exist, its record."""
    subject = SUBJECTS.get(place.route)
    if subject is None:
        return PageFacts(_alternates(WHOLE_LANGUAGES, place), "", _register_url(""), "")
    reference = str(_found(values, subject.reference) or "")
    return PageFacts(
        _alternates(languages_of(_found(values, subject.words)), place),
        reference,
        _register_url(reference),
        place.community_key,
        _found(values, subject.changed_on),
        _follow_url(subject, values),
        bool(subject.followed and _found(values, subject.ended)),
    )


def _follow_url(subject: Subject, values: Mapping[str, Any]) -> str:
    """Return where what a page is about can be followed by mail, empty where it cannot."""
    if _found(values, subject.ended):
        return ""
    kind, _colon, name = subject.followed.partition(":")
    found = _found(values, name)
    return reverse("follow", args=[f"{kind}:{found}"]) if found else ""


def _alternates(standing: tuple[str, ...], place: Place) -> tuple[Alternate, ...]:
    pages = {code: in_language(place.path, code) for code in standing}
    if "ar" in pages:
        pages["x-default"] = pages["ar"]
    return tuple(Alternate(code, f"{place.origin}{path}") for code, path in pages.items() if path)


def _register_url(reference: str) -> str:
    """Return where the acts about a record stand, else the whole register."""
    if reference:
        return f"{reverse('register:verify')}?sought={reference}"
    return reverse("register:index")
