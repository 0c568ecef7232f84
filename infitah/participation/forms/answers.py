"""Forms of answers: one idea, or the ideas of a theme with a line for each."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.forms.fields import WrittenField
from infitah.participation.models import Idea, IdeaAnswer
from infitah.participation.operations import AnswerText, words_of_fault
from infitah.participation.operations.answer_checks import stated_of
from infitah.participation.queries import AnswerView
from infitah.participation.rules import AnswerPart

Label = str | Promise


def _written(
    label: Label, language: str, *, most: int, rows: int = 0, hint: Label = ""
) -> WrittenField:
    attributes = {"lang": language, "dir": "auto"}
    counted = {**attributes, "rows": rows, "data-counter": ""}
    return WrittenField(
        label=label,
        help_text=hint,
        most=most,
        is_line=not rows,
        required=False,
        validators=[MaxLengthValidator(most)],
        widget=forms.Textarea(counted) if rows else forms.TextInput(attributes),
    )


LINES = {"ar": _("Line for this idea alone, in Arabic"), "fr": _("The same line in French")}
LINES_OF = {
    "ar": _("Line for %(reference)s alone, in Arabic"),
    "fr": _("Line for %(reference)s alone, in French"),
}


def line_field(language: str, reference: str = "", *, rows: int = 2) -> WrittenField:
    """Return the field of a line for one idea alone, in Arabic or in French."""
    label = LINES_OF[language] % {"reference": reference} if reference else LINES[language]
    return _written(label, language, most=rules.PERSONAL_MAX, rows=rows)


class AnswerWordsForm(forms.Form):
    """What every answer states: its code, its reason, and what goes with some codes only."""

    code = forms.ChoiceField(
        label=_("Answer"),
        choices=IdeaAnswer.Code.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one answer from the list."),
            "invalid_choice": _("Choose one answer from the list."),
        },
    )
    text_ar = WrittenField(
        label=_("Why, in Arabic"),
        help_text=_(
            "A whole sentence: everybody reads it, and it is mailed to the author, where there is "
            "an address."
        ),
        most=rules.ANSWER_MAX,
        least=rules.ANSWER_MIN,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "ar", "dir": "auto", "data-counter": ""}),
        error_messages={"required": _("Write the reason in Arabic: everybody reads it.")},
    )
    text_fr = _written(_("Why, in French"), "fr", most=rules.ANSWER_MAX, rows=4)
    merged_into = WrittenField(
        label=_("Number of the idea that it joins"),
        help_text=_("With the answer “merged with another idea” only."),
        most=rules.LINK_MAX,
        is_line=True,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    other_body_ar = _written(
        _("The body in charge, in Arabic"),
        "ar",
        most=rules.BODY_MAX,
        hint=_("With the answer “in the power of another body” only."),
    )
    other_body_fr = _written(_("The body in charge, in French"), "fr", most=rules.BODY_MAX)
    article = WrittenField(
        label=_("Article of law"),
        help_text=_("With the answer “not lawful” only: the law and its article."),
        most=rules.ARTICLE_MAX,
        is_line=True,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    link = WrittenField(
        label=_("Number or address of what exists"),
        help_text=_(
            "A commitment, a document, a page: where the author can see it. With an answer that "
            "leads somewhere only."
        ),
        most=rules.LINK_MAX,
        is_line=True,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    SOME = ("merged_into", "other_body_ar", "other_body_fr", "article", "link")
    PLACES = {
        AnswerPart.TEXT: "text_ar",
        AnswerPart.TEXT_FR: "text_fr",
        AnswerPart.PERSONAL: "personal_ar",
        AnswerPart.OTHER_BODY: "other_body_ar",
    }

    def first(self) -> list[forms.BoundField]:
        """Return the fields that every answer has."""
        return [self[name] for name in self.fields if name not in self.SOME]

    def some(self) -> list[forms.BoundField]:
        """Return the fields that go with some answers only."""
        return [self[name] for name in self.SOME]

    def field_of(self, name: str | None) -> str | None:
        """Return the field beside which an error of this part of the answer stands."""
        found = self.PLACES.get(AnswerPart(name), name) if name in set(AnswerPart) else name
        return found if found in self.fields else None

    def personal(self) -> LocalizedText:
        """Return the line for the one idea; none where many are answered together."""
        return LocalizedText("")

    def answer(self) -> AnswerText:
        """Return what was stated, for the act."""
        values = self.cleaned_data
        return AnswerText(
            code=values.get("code", ""),
            text=LocalizedText(ar=values.get("text_ar", ""), fr=values.get("text_fr", "")),
            personal_line=self.personal(),
            merged_into=values.get("merged_into", ""),
            other_body=LocalizedText(
                ar=values.get("other_body_ar", ""), fr=values.get("other_body_fr", "")
            ),
            article=values.get("article", ""),
            link=values.get("link", ""),
        )

    def clean(self) -> dict[str, Any]:
        """Say of every part at once what its answer lacks; the act looks again."""
        if "code" in self.cleaned_data:
            faults = rules.faults_of_answer(self.cleaned_data["code"], stated_of(self.answer()))
            for part, fault in faults.items():
                name = self.field_of(str(part))
                if name not in self.errors:
                    self.add_error(name, words_of_fault(part, fault))
        return self.cleaned_data


class AnswerForm(AnswerWordsForm):
    """An answer to one idea, with a line for it alone."""

    personal_ar = line_field("ar")
    personal_fr = line_field("fr")

    field_order = ["code", "text_ar", "text_fr", "personal_ar", "personal_fr"]

    def personal(self) -> LocalizedText:
        """Return the line for this idea alone."""
        values = self.cleaned_data
        return LocalizedText(ar=values.get("personal_ar", ""), fr=values.get("personal_fr", ""))

    @staticmethod
    def initial_of(answer: AnswerView) -> dict[str, str]:
        """Return the values of an answer that is corrected."""
        texts = {"text": answer.text, "personal": answer.personal_line}
        texts["other_body"] = answer.other_body
        words = {
            f"{name}_{language}": text.text_of(language)
            for name, text in texts.items()
            for language in ("ar", "fr")
        }
        target = answer.merged_into.reference if answer.merged_into else ""
        plain = {"code": answer.code, "article": answer.article, "link": answer.link}
        return {**words, **plain, "merged_into": target}


class ThemeAnswerForm(AnswerWordsForm):
    """One answer for the ideas of a theme: which of them, and a line for each."""

    def __init__(
        self, *args: Any, ideas: Sequence[Idea], changed: Sequence[Idea] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.ideas, self.changed = list(ideas), list(changed)
        for idea in [*self.ideas, *self.changed]:
            self.fields[f"take_{idea.pk}"] = forms.BooleanField(
                label=_("Answer %(reference)s so") % {"reference": idea.reference},
                required=False,
                initial=True,
            )
            for language in ("ar", "fr"):
                self.fields[f"line_{language}_{idea.pk}"] = line_field(
                    language, idea.reference, rows=0
                )

    def first(self) -> list[forms.BoundField]:
        """Return the fields that the answer to all of them has."""
        return [self[name] for name in ("code", "text_ar", "text_fr")]

    def rows(self) -> list[tuple[Idea, list[forms.BoundField]]]:
        """Return the ideas that wait, each with its tick and its line."""
        return self._rows(self.ideas)

    def changed_rows(self) -> list[tuple[Idea, list[forms.BoundField]]]:
        """Return the ideas that changed meanwhile, with the line that was typed for them."""
        return [(idea, fields[1:]) for idea, fields in self._rows(self.changed)]

    def _rows(self, ideas: Iterable[Idea]) -> list[tuple[Idea, list[forms.BoundField]]]:
        names = ("take", "line_ar", "line_fr")
        return [(idea, [self[f"{name}_{idea.pk}"] for name in names]) for idea in ideas]

    def only(self) -> set[str]:
        """Return the references of the ideas that were ticked, changed ones too."""
        return {
            idea.reference
            for idea in [*self.ideas, *self.changed]
            if self.cleaned_data.get(f"take_{idea.pk}")
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a line for an idea that is not ticked: the line would be lost."""
        values = super().clean()
        for idea in self.ideas:
            take, *lines = (f"{name}_{idea.pk}" for name in ("take", "line_ar", "line_fr"))
            if not values.get(take) and any(values.get(line) for line in lines):
                self.add_error(
                    take, _("A line is written for this idea: tick it, or take the line out.")
                )
        return values

    def lines(self) -> dict[str, LocalizedText]:
        """Return the lines that were typed, by reference."""
        values = self.cleaned_data
        made = {
            idea.reference: LocalizedText(
                ar=values.get(f"line_ar_{idea.pk}", ""), fr=values.get(f"line_fr_{idea.pk}", "")
            )
            for idea in self.ideas
        }
        return {reference: line for reference, line in made.items() if line}
