"""What can be followed by mail, by its name: which record it is, what it is called, where it is.

A topic is a string, so that the base knows no app: "programme", "consultations",
"consultation:<slug>", "cycle:<slug>", "commitment:<reference>", "idea:<reference>".
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import queries as participation
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
    """Something that can be followed; `path` is its address after the language.

    `sentence` is what a citizen wrote, as long as anybody may read it: shown to the reader of the
    moment, never kept in news, which bear the title alone. `has_ended`: no news comes any more.
    """

    name: str
    title: str | Promise | LocalizedText
    path: str
    reference: str = ""
    sentence: str = ""
    has_ended: bool = False

    @property
    def number_beside(self) -> str:
        """The reference, where the title does not bear it already."""
        is_borne = not self.sentence and self.reference in self.words("ar")
        return "" if is_borne else self.reference

    def words(self, language: str) -> str:
        """Return the sentence with its number, else the title in a language."""
        if self.sentence:
            return f"{self.sentence} · {self.reference}"
        title = self.title
        if isinstance(title, LocalizedText):
            return title.in_language(language)
        with override(language):
            return str(title)


def topic_for(viewer: Viewer, name: str) -> Topic | None:
    """Return the topic of this name if `viewer` may see what it is about, else None.

    At most two queries.
    """
    return topics_for(viewer, [name]).get(name)


def topics_for(viewer: Viewer, names: Iterable[str]) -> dict[str, Topic]:
    """Return by name those topics of which `viewer` may see what they are about.

    One query a kind of topic, two for ideas, however many there are.
    """
    found: dict[str, Topic] = {}
    keys: dict[str, set[str]] = {}
    for name in names:
        kind, _colon, key = name.partition(":")
        if name in WHOLE:
            found[name] = Topic(name, *WHOLE[name])
        elif kind in _KINDS:
            keys.setdefault(kind, set()).add(key)
    for kind, wanted in keys.items():
        found |= {topic.name: topic for topic in _KINDS[kind](viewer, wanted)}
    return found


def _consultations(viewer: Viewer, slugs: Collection[str]) -> Iterator[Topic]:
    found = Consultation.objects.visible_to(viewer).announced().filter(slug__in=slugs)
    for slug, title, cancelled in found.values_list("slug", "name", "cancelled_at"):
        path = f"consultations/{slug}/"
        yield Topic(f"{CONSULTATION}{slug}", title, path, has_ended=cancelled is not None)


def _commitments(viewer: Viewer, references: Collection[str]) -> Iterator[Topic]:
    found = Commitment.objects.visible_to(viewer).filter(reference__in=references)
    for one in found.select_related("cycle"):
        path = f"programme/{one.cycle.slug}/commitments/{one.reference}/"
        name = f"commitment:{one.reference}"
        yield Topic(name, one.title, path, one.reference, has_ended=one.has_ended)


def _ideas(viewer: Viewer, references: Collection[str]) -> Iterator[Topic]:
    """An idea is titled by its number: words that are hidden later stand in no news."""
    said = participation.statements_of(viewer, references)
    found = Idea.objects.numbered(viewer).filter(reference__in=references)
    rows = found.values_list("reference", "consultation__slug", "withdrawn_at")
    for reference, slug, withdrawn in rows:
        title = LocalizedText(ar=f"الفكرة {reference}", fr=f"Idée {reference}")
        path, name = f"consultations/{slug}/ideas/{reference}/", f"idea:{reference}"
        words = said.get(reference, "")
        yield Topic(name, title, path, reference, words, has_ended=withdrawn is not None)


def _cycles(viewer: Viewer, slugs: Collection[str]) -> Iterator[Topic]:
    found = Cycle.objects.visible_to(viewer).filter(slug__in=slugs)
    for slug, title in found.values_list("slug", "title"):
        yield Topic(f"cycle:{slug}", title, f"programme/{slug}/")


_KINDS: Final[dict[str, Callable[[Viewer, Collection[str]], Iterator[Topic]]]] = {
    "consultation": _consultations,
    "cycle": _cycles,
    "commitment": _commitments,
    "idea": _ideas,
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
