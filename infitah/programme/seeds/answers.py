"""Themes and answers of June 2023, invented: every idea answered, as the file in `data/` says."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Final

from infitah.core.clock import CASABLANCA
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText as Text
from infitah.participation import operations
from infitah.participation.models import Consultation, Idea, IdeaAnswer, Theme
from infitah.participation.seeds import given_in
from infitah.programme.seeds.people import Cast

THEMES_AT: Final = datetime(2023, 9, 12, 10, 0, tzinfo=CASABLANCA)
ANSWERED_ON: Final = date(2023, 10, 20)
DECIDED_AT: Final = datetime(2023, 6, 27, 10, 0, tzinfo=CASABLANCA)
TAKEN_IN, LEFT_OUT = 104, 105
MODERATOR: Final = Actor("officer", "moderator", "moderator")
FROM_WORKSHOP: Final = Text(
    ar="كتبت في ورشة 8 مارس 2023 وضمت إلى فكرة مماثلة قدمت في الاستشارة؛ وجوابها جواب تلك.",
    fr="Écrite à l’atelier du 8 mars 2023 et réunie à une idée semblable de la consultation ; la "
    "réponse est celle de cette idée.",
)
FILE: Final = "answers-2023.txt"
NOTHING: Final = Text("")


@dataclass(frozen=True, slots=True)
class ToldTheme:
    """A theme of the file: its short name, its name, the reason that its ideas share."""

    slug: str
    name: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """An answer of the file; `link` is a project, or the number of the idea it is merged with."""

    number: int
    theme: str
    code: str
    link: str
    reason: Text
    other: Text

    @property
    def is_shared(self) -> bool:
        """Whether the reason of the theme is all that is said."""
        return not self.reason


def _rows() -> Iterator[list[str]]:
    text = (files("infitah.programme") / "data" / FILE).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")


def told_themes() -> list[ToldTheme]:
    """Return the themes of the file in their order."""
    rows = [row[1:] for row in _rows() if row[0] == "theme"]
    return [
        ToldTheme(slug, Text(ar=ar, fr=fr), Text(ar=why_ar, fr=why_fr))
        for slug, ar, fr, why_ar, why_fr in rows
    ]


def told_answers() -> list[ToldAnswer]:
    """Return the answers of the file, one for each idea of June 2023."""
    rows = [row for row in _rows() if row[0] != "theme"]
    return [
        ToldAnswer(int(number), theme, code, link, Text(ar=ar, fr=fr), Text(ar=by_ar, fr=by_fr))
        for number, theme, code, link, ar, fr, by_ar, by_fr in rows
    ]


def projects_of_ideas() -> dict[int, tuple[str, str]]:
    """Return, by number of the idea, the project that it was kept in, and how: main or part."""
    weights = {"kept": "main", "kept_partly": "part"}
    return {
        one.number: (one.link, weights[one.code])
        for one in told_answers()
        if one.code in weights and one.link
    }


def seed_answers(
    cast: Cast,
    consultation: Consultation,
    commitments: dict[str, str],
    notes: Mapping[Idea, int],
) -> None:
    """Arrange the ideas in themes, publish these, and answer every idea, once.

    `commitments` are references by project: what an idea was kept in; `notes` are those of the
    workshop, each with the number of the idea that it is merged with.
    """
    if IdeaAnswer.objects.filter(idea__consultation=consultation).exists():
        return
    ideas = given_in(consultation)
    _late(ideas)
    themes = _themes(cast, consultation, ideas, notes)
    told = told_answers()
    _together(cast, themes, ideas, [one for one in told if one.is_shared], commitments)
    for one in sorted(told, key=lambda one: one.code == "merged"):
        if not one.is_shared:
            operations.answer_idea(
                idea=ideas[one.number],
                answer=_text(one, one.reason, ideas, commitments),
                by=cast.by,
                now=cast.now,
                occurred_on=ANSWERED_ON,
            )
    for idea, number in notes.items():
        operations.answer_idea(
            idea=idea,
            answer=operations.AnswerText(
                code="merged", text=FROM_WORKSHOP, merged_into=ideas[number].reference
            ),
            by=cast.by,
            now=cast.now,
            occurred_on=ANSWERED_ON,
        )


def _late(ideas: dict[int, Idea]) -> None:
    """Decide, a week after closing, on the two ideas that came too late."""
    for number, decide in ((TAKEN_IN, operations.accept_late_idea), (LEFT_OUT, _left_out)):
        idea = ideas[number]
        decide(
            community_id=idea.community_id, reference=idea.reference, by=MODERATOR, now=DECIDED_AT
        )


def _left_out(*, community_id: int, reference: str, by: Actor, now: datetime) -> Idea:
    reason = "وردت بعد الإغلاق بثلاثة أيام وبعد تجميع الأفكار؛ يمكن تقديمها في الاستشارة المقبلة."
    return operations.refuse_late_idea(
        community_id=community_id, reference=reference, reason=reason, by=by, now=now
    )


def _themes(
    cast: Cast,
    consultation: Consultation,
    ideas: dict[int, Idea],
    notes: Mapping[Idea, int],
) -> dict[str, Theme]:
    members: dict[str, list[str]] = defaultdict(list)
    for one in told_answers():
        alike = [idea.reference for idea, number in notes.items() if number == one.number]
        members[one.theme] += [ideas[one.number].reference, *alike]
    made = {
        one.slug: operations.add_theme(
            consultation=consultation,
            words=operations.ThemeWords(name=one.name),
            references=members[one.slug],
            was_in=None,
            by=cast.by,
            now=THEMES_AT,
        )
        for one in told_themes()
    }
    operations.publish_themes(consultation=consultation, by=cast.by, now=THEMES_AT)
    return made


def _together(
    cast: Cast,
    themes: dict[str, Theme],
    ideas: dict[int, Idea],
    shared: list[ToldAnswer],
    commitments: dict[str, str],
) -> None:
    """Answer by theme what shares code, reason and project."""
    reasons = {one.slug: one.reason for one in told_themes()}
    alike: dict[tuple[str, str, str], list[ToldAnswer]] = defaultdict(list)
    for one in shared:
        alike[one.theme, one.code, one.link].append(one)
    for (theme, _code, _link), group in alike.items():
        by_body: dict[str, list[ToldAnswer]] = defaultdict(list)
        for one in group:
            by_body[one.other.ar].append(one)
        for same in by_body.values():
            operations.answer_theme(
                theme=themes[theme],
                answer=_text(same[0], reasons[theme], ideas, commitments),
                only=[ideas[one.number].reference for one in same],
                by=cast.by,
                now=cast.now,
                occurred_on=ANSWERED_ON,
            )


def _text(
    one: ToldAnswer, reason: Text, ideas: dict[int, Idea], commitments: dict[str, str]
) -> operations.AnswerText:
    is_merged, is_unlawful = one.code == "merged", one.code == "not_lawful"
    return operations.AnswerText(
        code=one.code,
        text=reason,
        merged_into=ideas[int(one.link)].reference if is_merged else "",
        other_body=NOTHING if is_unlawful else one.other,
        article=one.other.ar if is_unlawful else "",
        link="" if is_merged else commitments.get(one.link, ""),
    )
