"""The decision on one page: the words, the files that leave, each part withheld with its law."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from infitah.design.direction import in_page_language
from infitah.design.entry import Label, LineField, LinesField, needed_if, of_row
from infitah.information import rules
from infitah.information.forms.desk_acts import words_field
from infitah.information.queries.words import EXCEPTIONS, GROUNDS, OUTCOMES
from infitah.information.rules.wordings import Wording

MOST_PARTS: Final = 30
LIMB: Final = re.compile(r"E\d\d\.\d+")
PART: Final = re.compile(r"part-(\d+)-(\w+)")
PART_FIELDS: Final = ("ground", "exception", "limb", "reason", "harm", "interest", "place")
MOST: Final = 2000
Typed = Mapping[str, Any]


Law = Mapping[str, Wording]
"""The wordings of the law on the day of receipt, by key."""


def _part_fields(law: Law) -> dict[str, forms.Field]:
    """Return the fields of one withheld part; what each needs is judged by the act alone."""
    exception = _("the ground is R2")
    fields: dict[str, forms.Field] = {
        "ground": forms.ChoiceField(
            label=_("Ground"),
            choices=[("", _("Choose the ground")), *_offered(law, GROUNDS)],
            required=False,
        ),
        "exception": forms.ChoiceField(
            label=_("Exception of article 7"),
            choices=[("", _("None")), *_offered(law, EXCEPTIONS)],
            required=False,
        ),
        "limb": forms.ChoiceField(
            label=_("Limb of the article"),
            choices=[("", _("None")), *_limbs(law)],
            required=False,
        ),
        "reason": _lines(_("Reason, as the requester reads it")),
        "harm": _lines(_("Harm that giving it would do")),
        "interest": _lines(_("Public interest in knowing, weighed")),
        "place": LineField(
            label=_("Where it is published or kept"), required=False, max_length=300
        ),
    }
    for name in ("exception", "limb", "harm", "interest"):
        needed_if(fields[name], exception)
    needed_if(fields["place"], _("the ground is R3 or R7"))
    for name in ("ground", "reason"):
        fields[name].is_one_way = True  # type: ignore[attr-defined]
    return fields


def _offered(law: Law, names: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return codes with their names, without those that the community offers no more."""
    return [
        (code, f"{code} · {in_page_language(words)}")
        for code, words in names.items()
        if code not in law or law[code].is_offered
    ]


def _limbs(law: Law) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the limbs of article 7 under the exception that each belongs to, in their order."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, one in sorted(law.items()):
        if LIMB.fullmatch(key) and one.is_offered:
            limb = (key, f"{key} · {in_page_language(one.text)}")
            groups.setdefault(key.partition(".")[0], []).append(limb)
    return [
        (f"{code} · {in_page_language(EXCEPTIONS.get(code, code))}", some)
        for code, some in groups.items()
    ]


def _lines(label: Any) -> LinesField:
    return LinesField(
        label=label,
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecideForm(forms.Form):
    """Words, files, and as many withheld parts as `parts` says; each part is a row of fields."""

    words = words_field(
        _("Answer to the requester"),
        help_text=_("It becomes a letter with the remedies and their days."),
        required=_("Write the answer."),
        rows=6,
    )
    given = forms.MultipleChoiceField(
        label=_("Files that are given"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("One of the files may not leave yet: see what stands beside it.")
        },
    )
    gives = forms.BooleanField(
        label=_("The words themselves give what was asked, or a part of it"), required=False
    )

    def __init__(
        self,
        *args: Any,
        files: Sequence[tuple[int, str]],
        law: Law,
        parts: int = 0,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.parts = max(0, min(parts, MOST_PARTS))
        self.fields["given"].choices = [(str(pk), title) for pk, title in files]  # type: ignore[attr-defined]
        if not files:
            self.fields.pop("given")
        for number in range(self.parts):
            row = _now("Withheld part %(number)s") % {"number": number + 1}
            for name, field in _part_fields(law).items():
                self.fields[f"part-{number}-{name}"] = of_row(field, row)

    outcome = ""
    """What the decision comes to as it stands, computed; "" where it is none yet."""

    def outcome_words(self) -> Label:
        """Return what the decision comes to, in words."""
        return OUTCOMES.get(self.outcome, "")

    def rows(self) -> Iterator[tuple[int, list[BoundField]]]:
        """Yield the withheld parts with their numbers from 1."""
        for number in range(self.parts):
            yield number + 1, [self[f"part-{number}-{name}"] for name in PART_FIELDS]

    def head(self) -> list[BoundField]:
        """Return the fields that are no part's."""
        return [self[name] for name in self.fields if not name.startswith("part-")]

    def chosen_files(self) -> list[int]:
        """Return the keys of the files that are given."""
        return [int(one) for one in self.cleaned_data.get("given", ())]

    def withheld(self) -> list[rules.Withholding]:
        """Return the parts as they were typed; each has its ground once the form is valid."""
        return [self._withholding(number) for number in range(self.parts)]

    def _withholding(self, number: int) -> rules.Withholding:
        typed = {name: self.cleaned_data[f"part-{number}-{name}"] for name in PART_FIELDS}
        ground = rules.RefusalGround(typed.pop("ground"))
        return rules.Withholding(ground, **typed)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for number in range(self.parts):
            name = f"part-{number}-ground"
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _("Choose the ground, or take this part away."))
            self._check_limb(number)
        return values

    def _check_limb(self, number: int) -> None:
        """Refuse a limb of another exception than the one that was chosen."""
        exception = self.cleaned_data.get(f"part-{number}-exception", "")
        limb = self.cleaned_data.get(f"part-{number}-limb", "")
        if limb and exception and not limb.startswith(f"{exception}."):
            self.add_error(
                f"part-{number}-limb", _("This limb belongs to another exception of article 7.")
            )

    def say_lacks(self, lacks: Sequence[Sequence[rules.Lack]]) -> None:
        """Say beside each field what a part lacks to be lawful."""
        for number, some in enumerate(lacks):
            for lack in some:
                self.add_error(f"part-{number}-{lack.value}", LACKS[lack])

    def field_of(self, name: str | None) -> str | None:
        """Return the field beside which a refusal stands."""
        wanted = "given" if name == "files" else name
        return wanted if wanted in self.fields else None


LACKS: Final = {
    rules.Lack.EXCEPTION: _("Choose the exception of article 7."),
    rules.Lack.LIMB: _("Name the limb of the article."),
    rules.Lack.REASON: _("Write the reason: nothing is refused without it."),
    rules.Lack.HARM: _("Write the harm that giving it would do."),
    rules.Lack.INTEREST: _("Write which public interest was weighed."),
    rules.Lack.PLACE: _("Write where it can be found."),
}


def typed_parts(data: Typed, prefix: str) -> list[dict[str, str]]:
    """Return the withheld parts as they were typed, whatever they are, in their order."""
    found: dict[int, dict[str, str]] = {}
    for key in data:
        match = PART.fullmatch(key.removeprefix(f"{prefix}-"))
        if match and match[2] in PART_FIELDS and len(match[1]) < 4:
            found.setdefault(int(match[1]), {})[match[2]] = str(data[key])
    return [found[number] for number in sorted(found)][:MOST_PARTS]


def initial_of(parts: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return withheld parts as the initial values of the form."""
    return {
        f"part-{number}-{name}": value
        for number, part in enumerate(parts)
        for name, value in part.items()
    }
