"""What can be followed by mail, by its name: which record it is, what it is called, where it is.

A topic is a string, so that the base knows no app: "programme", "consultations",
"consultation:<slug>", "cycle:<slug>", "commitment:<reference>", "idea:<reference>".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Consultation, Idea
from infitah.programme.models import Commitment, Cycle

WHOLE: Final[dict[str, tuple[str | Promise, str]]] = {
    "programme": (_("Everything about the openness programme"), "programme/"),
    "consultations": (_("Every consultation: opening, closing, themes, answers"), "consultations/"),
}
CYCLE: Final = "-programme-"
CONSULTATION: Final = "consultation:"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that can be followed; `path` is its address after the language."""

    name: str
    title: str | Promise | LocalizedText
    path: str
    reference: str = ""

    def words(self, language: str) -> str:
        """Return the title in a language."""
        title = self.title
        if isinstance(title, LocalizedText):
            return title.in_language(language)
        with override(language):
            return str(title)


def topic_for(viewer: Viewer, name: str) -> Topic | None:
    """Return the topic of this name if `viewer` may see what it is about, else None. One query."""
    if name in WHOLE:
        words, path = WHOLE[name]
        return Topic(name, words, path)
    kind, _colon, key = name.partition(":")
    find = _KINDS.get(kind)
    return find(viewer, name, key) if find else None


def _consultation(viewer: Viewer, name: str, slug: str) -> Topic | None:
    found = Consultation.objects.visible_to(viewer).announced().filter(slug=slug)
    title = found.values_list("name", flat=True).first()
    return Topic(name, title, f"consultations/{slug}/") if title else None


def _commitment(viewer: Viewer, name: str, reference: str) -> Topic | None:
    found = Commitment.objects.visible_to(viewer).filter(reference=reference)
    row = found.values_list("title", "cycle__slug").first()
    if row is None:
        return None
    return Topic(name, row[0], f"programme/{row[1]}/commitments/{reference}/", reference)


def _idea(viewer: Viewer, name: str, reference: str) -> Topic | None:
    """An idea is named by its number: words that are hidden later stand in no preference."""
    found = Idea.objects.numbered(viewer).filter(reference=reference)
    slug = found.values_list("consultation__slug", flat=True).first()
    if slug is None:
        return None
    title = LocalizedText(ar=f"الفكرة {reference}", fr=f"Idée {reference}")
    return Topic(name, title, f"consultations/{slug}/ideas/{reference}/", reference)


def _cycle(viewer: Viewer, name: str, slug: str) -> Topic | None:
    title = Cycle.objects.visible_to(viewer).filter(slug=slug).values_list("title", flat=True)
    found = title.first()
    return Topic(name, found, f"programme/{slug}/") if found else None


_KINDS: Final[dict[str, Callable[[Viewer, str, str], Topic | None]]] = {
    "consultation": _consultation,
    "cycle": _cycle,
    "commitment": _commitment,
    "idea": _idea,
}


def topics_of_subject(subject: str, family: str) -> tuple[str, ...]:
    """Return under which topics an act on `subject` of the register is news; the narrowest first.

    `family` is the app of the act: the whole to which the thing belongs.
    """
    whole = {"participation": "consultations", "programme": "programme"}.get(family, "")
    if subject.startswith(CONSULTATION):
        return (subject, "consultations")
    if CYCLE in subject:
        return (f"cycle:{subject.split(CYCLE, 1)[1]}", "programme")
    parts = subject.split("/", 1)[0].split("-")
    if len(parts) >= 4 and parts[2] in {"C", "I"}:
        kind = "commitment" if parts[2] == "C" else "idea"
        narrow = f"{kind}:{'-'.join(parts[:4])}"
        # What happens to one idea is news for who follows it, not for everybody.
        return (narrow, whole) if kind == "commitment" else (narrow,)
    return (whole,) if whole else ()
