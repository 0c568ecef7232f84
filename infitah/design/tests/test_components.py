"""Components: plain values in, the promised HTML out."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from infitah.design import components
from infitah.design.parts import Bar, Counted, Fact, Knot, Option
from infitah.kernel.localized import LocalizedText

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><img src=x onerror=alert(1)>'


def rendered(source: str, language: str = "ar", **context: Any) -> str:
    with override(language):
        return Template("{% load design %}" + source).render(Context(context))


def tree(html: str) -> Any:
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def words(html: str) -> str:
    return " ".join("".join(tree(html).itertext()).split())


KNOTS = [
    Knot("فكرة", "done", on=date(2023, 6, 14), who="مواطنة", url="/i/", proof_url="/p/"),
    {"sentence": "التزام", "state": "late", "on": None},
]


def test_thread_is_an_ordered_list_that_says_each_state() -> None:
    html = rendered("{% thread knots label='سلسلة' %}", knots=KNOTS)
    items = tree(html).findall(".//ol[@class='thread']/li")
    assert [item.get("class") for item in items] == ["knot knot-done", "knot knot-late"]
    assert "منجز ومؤكد" in words(html) and "متأخر" in words(html)
    assert "لم يحدد التاريخ بعد" in words(html)
    assert tree(html).find(".//a[@class='proof']").get("href") == "/p/"
    assert "تقييده في السجل" in words(html) and "إثبات" not in words(html)


@pytest.mark.parametrize(("language", "sign"), [("ar", ":"), ("fr", "\u00a0:"), ("zgh", "\u00a0:")])
def test_a_colon_has_the_space_of_its_language(language: str, sign: str) -> None:
    assert rendered("a{% colon %} b", language) == f"a{sign} b"


BARE_COLON = re.compile(r"(?:\}\}|%\}|</[a-z]+>):(?=[ {])")


def test_no_template_writes_a_bare_colon_after_a_value() -> None:
    apps = Path(components.__file__).parents[1]
    pages = [one for one in apps.rglob("templates/**/*.html") if "email" not in one.parts]
    bare = [
        f"{page.name}: {line.strip()[:80]}"
        for page in pages
        for line in page.read_text().splitlines()
        if BARE_COLON.search(
            re.sub(r"\{% (?:blocktranslate|translate).*?%\}[^%]*\{% end", "", line)
        )
    ]
    assert len(pages) > 50
    assert not bare


PAGE = (
    "{% extends 'design/page.html' %}{% block title %}{% localized title %}{% endblock %}"
    "{% block description %}{% localized text %}{% endblock %}"
)


def test_title_and_description_of_a_page_are_plain_and_short() -> None:
    title = LocalizedText(ar="برنامج 2024-2025 <b>")
    text = LocalizedText(ar='"قال" <i>المجلس</i> ' + "كلمة " * 60)
    with override("fr"):
        source = Template(PAGE.replace("{% block", "{% load design %}{% block", 1))
        html = source.render(Context({"title": title, "text": text}))
    page = html5lib.parse(html, namespaceHTMLElements=False)
    assert page.find(".//title").text.strip() == "برنامج 2024-2025 <b>"
    said = page.find(".//meta[@name='description']").get("content")
    assert said.startswith('"قال" <i>المجلس</i> كلمة') and said.endswith("كلمة…")
    assert len(said) <= 161


def test_a_page_without_its_own_description_says_what_the_site_is_for() -> None:
    with override("ar"):
        html = Template("{% extends 'design/page.html' %}").render(Context())
    said = html5lib.parse(html, namespaceHTMLElements=False).find(".//meta[@name='description']")
    assert said.get("content").startswith("ما التزم به المجلس")


def test_thread_takes_no_markup_from_its_values() -> None:
    html = rendered("{% thread knots %}", knots=[Knot(HOSTILE, "done", who=HOSTILE, url=HOSTILE)])
    assert tree(html).find(".//img") is None


def test_summary_of_a_thread_has_five_knots_around_the_present() -> None:
    knots = [Knot(str(n), "done" if n < 5 else "to_come") for n in range(9)]
    html = rendered("{% thread knots summary=True %}", knots=knots)
    shown = [item.find("span[@class='knot-words']").text for item in tree(html).iter("li")]
    assert shown == ["0", "4", "5", "6", "8"]
    assert "5 · قادم" in words(html)


@pytest.mark.parametrize("done", range(10))
@pytest.mark.parametrize("total", range(10))
def test_summary_keeps_order_ends_and_length(done: int, total: int) -> None:
    knots = [{"n": n, "state": "done" if n < done else "to_come"} for n in range(total)]
    chosen = [one["n"] for one in components.chosen_knots(knots)]
    assert chosen == sorted(set(chosen)) and len(chosen) == min(total, 5)
    if total:
        assert chosen[0] == 0 and chosen[-1] == total - 1
        assert min(done, total - 1) in chosen


@pytest.mark.parametrize(
    ("days", "language", "said"),
    [
        (0, "ar", "اليوم آخر يوم في الأجل"),
        (1, "ar", "بقي يوم واحد"),
        (2, "ar", "بقي يومان"),
        (3, "ar", "بقيت 3 أيام"),
        (15, "ar", "بقي 15 يوما"),
        (100, "ar", "بقي 100 يوم"),
        (-1, "ar", "متأخر بيوم واحد"),
        (-34, "ar", "متأخر بـ 34 يوما"),
        (-1, "fr", "En retard de 1 jour"),
        (12, "fr", "12 jours restants"),
    ],
)
def test_days_left_are_said_in_words(days: int, language: str, said: str) -> None:
    with override(language):
        assert components.days_sentence(days) == said


def test_clock_shows_how_it_was_counted_and_marks_estimates() -> None:
    counted = [Counted(date(2026, 11, 18), "عيد الاستقلال"), Counted(date(2026, 12, 15), "x", True)]
    html = rendered(
        "{% deadline due 15 counted=counted %}", due=date(2026, 12, 15), counted=counted
    )
    assert "الثلاثاء 15 دجنبر 2026" in words(html)
    assert words(html).count("تقديري") == 2
    assert len(tree(html).findall(".//details//li")) == 2


@pytest.mark.parametrize(
    ("met_on", "state"), [(date(2026, 12, 15), "done"), (date(2026, 12, 16), "late")]
)
def test_clock_that_was_met_says_whether_in_time(met_on: date, state: str) -> None:
    assert components.deadline(date(2026, 12, 15), met_on=met_on)["state"] == state


def test_clock_numbers_no_line_twice_and_ends_with_the_last_day() -> None:
    counted = [
        Counted(date(2026, 11, 18), "عيد الاستقلال: لا يحتسب", source="المرسوم 2-04-426"),
        Counted(date(2026, 11, 19), "يوم العمل 1، وهو آخر يوم للجواب", ends=True),
    ]
    html = rendered("{% deadline due counted=counted %}", due=date(2026, 11, 19), counted=counted)
    lines = tree(html).findall(".//details//li")
    assert [one.get("class") for one in lines] == [None, "is-due"]
    assert "المصدر: المرسوم 2-04-426" in words(html)


class SampleForm(forms.Form):
    title = forms.CharField(label="العنوان", help_text="في جملة", max_length=140)
    note = forms.CharField(label="ملاحظة", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(label="كيف؟", widget=forms.RadioSelect, choices=[("a", "أ")])
    agreed = forms.BooleanField(label="موافق")
    kind = forms.ChoiceField(label="نوع", choices=[("a", "Conseil"), ("b", "مجلس")])


def test_field_wires_label_hint_and_error() -> None:
    html = rendered("{% fields form %}", form=SampleForm({"title": ""}))
    control = tree(html).find(".//input[@id='id_title']")
    assert control.get("aria-describedby") == "id_title-hint id_title-error"
    assert control.get("aria-invalid") == "true" and control.get("dir") == "auto"
    assert tree(html).find(".//label[@for='id_title']").text.strip() == "العنوان"
    for name in ("id_title-hint", "id_title-error"):
        assert tree(html).find(f".//*[@id='{name}']") is not None
    assert html.index('id="id_title-error"') < html.index('id="id_title"')


def test_a_list_stands_as_the_page_does_and_each_choice_by_its_text() -> None:
    html = rendered("{% field form.kind %}", "fr", form=SampleForm())
    assert tree(html).find(".//select").get("dir") is None
    assert [one.get("dir") for one in tree(html).iter("option")] == ["auto", "auto"]
    assert [one.get("lang") for one in tree(html).iter("option")] == [None, "ar"]


def test_optional_fields_say_so_and_others_carry_no_asterisk() -> None:
    html = rendered("{% fields form %}", form=SampleForm())
    assert words(html).count("(اختياري)") == 1 and "*" not in words(html)


def test_error_summary_links_to_each_field() -> None:
    form = SampleForm({"title": ""})
    form.add_error(None, "خطأ عام")
    html = rendered("{% error_summary form %}", form=form)
    links = [link.get("href") for link in tree(html).iter("a")]
    assert links == ["#id_title", "#id_way_0", "#id_agreed", "#id_kind"]
    assert tree(html).find("div").get("tabindex") == "-1"
    assert "خطأ عام" in words(html) and "؟:" not in words(html)
    assert rendered("{% error_summary form %}", form=SampleForm()).strip() == ""


def test_what_was_typed_is_kept_and_escaped() -> None:
    html = rendered("{% fields form %}", form=SampleForm({"title": HOSTILE, "way": HOSTILE}))
    assert tree(html).find(".//img") is None
    assert tree(html).find(".//input[@id='id_title']").get("value") == HOSTILE


def test_table_names_its_columns_and_aligns_numbers() -> None:
    html = rendered(
        "{% table 'جدول' heads rows numeric='2' %}", heads=["باب", "مبلغ"], rows=[["أ", 14250000]]
    )
    assert [cell.get("scope") for cell in tree(html).iter("th")] == ["col", "col", "row"]
    cell = tree(html).find(".//td")
    assert cell.get("class") == "numeric" and "14\u202f250\u202f000" in html


def test_bars_are_shares_of_the_greatest_and_the_table_says_the_same() -> None:
    html = rendered("{% bar_chart 'جماعات' bars %}", bars=[Bar("صفرو", 1304), Bar("المنزل", 652)])
    widths = [shape.get("width") for shape in tree(html).iter(f"{SVG}rect")]
    assert widths == ["1000", "500"]
    assert "1\u202f304" in html and "صفرو" in words(html)


def test_empty_charts_do_not_break() -> None:
    assert rendered("{% bar_chart 'x' bars %}", bars=[Bar("a", 0)])
    assert rendered("{% waffle 'x' bars %}", bars=[])


@pytest.mark.parametrize(("counts", "cells"), [((5, 2, 3), 10), ((0, 4), 4), ((999, 1), 101)])
def test_waffle_shows_each_thing_once_and_no_part_vanishes(
    counts: tuple[int, ...], cells: int
) -> None:
    parts = [Bar(str(n), count, state="done") for n, count in enumerate(counts)]
    assert len(components.waffle("x", parts)["cells"]) == cells


def test_card_figure_filters_pager_and_the_rest() -> None:
    html = rendered(
        "{% card title url='/x/' state='late' facts=facts reference='SFR-2024-C-0003' %}"
        "{% figure 17 title definition=title url='/list/' %}{% filters groups %}"
        "{% pager '' '/next/' %}{% empty_state title %}{% facts facts %}{% status 'claimed' %}"
        "{% notice 'attention' title %}{% callout 'late' %}<p>x</p>{% endcallout %}"
        "{% reference 'SFR-2024-C-0003' %}{% tags tags %}{% timeline entries %}",
        title=LocalizedText("عنوان"),
        facts=[Fact("المصلحة", "الميزانية"), ("الأجل", HOSTILE)],
        groups=[{"label": "المحور", "options": [Option("الكل", "?", 128, True)]}],
        tags=["الميزانية"],
        entries=[{"on": date(2023, 6, 14), "sentence": "لقاء"}],
    )
    made = tree(html)
    assert made.find(".//img") is None
    assert made.find(".//h3/a").get("href") == "/x/"
    assert made.find(".//a[@aria-current]") is not None
    assert made.find(".//a[@rel='next']") is not None
    assert made.find(".//a[@rel='prev']") is None
    assert made.find(".//button[@data-copy]").get("data-copy") == "SFR-2024-C-0003"
    for said in ("معلن ولم يؤكد بعد", "تنبيه", "ما الذي يحتسب", "متأخر"):
        assert said in words(html)


def test_a_state_without_a_star_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        rendered("{% status 'nonsense' %}")
