"""Fields that every form shares: what is typed comes in clean, or comes back whole."""

import pytest
from django import forms

from infitah.core.errors import OperationRefused
from infitah.design.entry import LineField, LinesField, LocalizedForm, carried_out, in_languages
from infitah.kernel.text import MAX_PASTE


class Typed(forms.Form):
    line = LineField(max_length=12, required=False)
    lines = LinesField(max_length=20, required=False)


class Named(LocalizedForm):
    texts = {"name": in_languages("name", is_required=False)}
    reason = LineField(required=False)


def test_what_is_typed_is_cleaned_before_it_is_measured() -> None:
    form = Typed({"line": "  ﺍﻟﻤﺠﻠﺲ\u200f  \n واحد ", "lines": "أول\r\n\r\n\r\n\r\nثان\u200b"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"line": "المجلس واحد", "lines": "أول\n\nثان"}


def test_the_browser_cuts_nothing_and_a_longer_text_comes_back_whole() -> None:
    form = Typed({"line": "ص" * 13})
    assert form.errors["line"] and "ص" * 13 in str(form["line"])
    assert "maxlength" not in str(form["line"]) + str(form["lines"])
    assert 'dir="auto"' in str(form["line"])


@pytest.mark.parametrize("text", ["ص" * (MAX_PASTE + 1), "caf\ufffd"])
def test_what_cannot_be_read_or_has_no_measure_is_refused_by_one_sentence(text: str) -> None:
    assert len(Typed({"line": text}).errors["line"]) == 1


@pytest.mark.parametrize(
    ("name", "field"),
    [("name", "name_ar"), ("reason", "reason"), ("name_fr", "name_fr"), ("x", None), (None, None)],
)
def test_a_refusal_stands_beside_its_field(name: str | None, field: str | None) -> None:
    form = Named({"name_ar": "اسم"})

    def refuse() -> None:
        raise OperationRefused("no", field=name)

    assert not carried_out(form, refuse)
    assert form.errors == {field or "__all__": ["no"]}


@pytest.mark.parametrize("returned", ["record", None, 0])
def test_an_act_that_was_not_refused_is_true_whatever_it_returns(returned: object) -> None:
    done = carried_out(Named({"name_ar": "اسم"}), lambda: returned)
    assert done and done.record == returned
    assert carried_out(Typed({"line": "ص" * 13}), lambda: returned) is None
    assert carried_out(Named(), lambda: returned) is None


class Placed(forms.Form):
    line = LineField(required=False)

    def field_of(self, name: str | None) -> str | None:
        return "line" if name == "elsewhere" else None


def test_a_form_may_say_where_a_refusal_stands() -> None:
    form = Placed({"line": "سطر"})

    def refuse() -> None:
        raise OperationRefused("no", field="elsewhere")

    assert not carried_out(form, refuse) and form.errors == {"line": ["no"]}
