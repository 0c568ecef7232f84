"""The tool that keeps the catalogues catches what a reader would stumble over."""

import gettext
import re
import sys
from pathlib import Path

import polib
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tools"))

from catalogues import compiled, faults, sources, stores

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
title = _("Opening")
many = ngettext("%(count)s idea", "%(count)s ideas", 3)
month = pgettext("month", "May")
left_alone = _(title)
"""
PAGE = """
{% load i18n %}{% trans "50% done" %}{{ x|default:_("None yet") }}
{% blocktranslate trimmed with name=x %}Given by
  {{ name }}{% endblocktranslate %}
{% blocktranslate count n=n %}One day{% plural %}{{ n }} days{% endblocktranslate %}
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "infitah" / "shop"
    (folder / "templates" / "shop").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "__init__.py").write_text(CODE)
    (folder / "tests" / "test_x.py").write_text('gettext("Only a test")')
    (folder / "templates" / "shop" / "page.html").write_text(PAGE)
    return folder


def translated(app: Path, language: str, **changes: str) -> None:
    """Write a whole catalogue, with some texts changed."""
    catalogue, _ = stores.merged(app, language, sources.read_app(app).messages)
    for entry in catalogue:
        text = changes.get(entry.msgid.split()[0], entry.msgid.replace("Given by", "X"))
        if entry.msgid_plural:
            for form in entry.msgstr_plural:
                entry.msgstr_plural[form] = changes.get("plural", entry.msgid_plural)
        else:
            entry.msgstr = text
    path = stores.store(app, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def faults_of(app: Path) -> list[str]:
    return faults.of_app(app, sources.read_app(app))


def test_code_and_templates_are_read(app: Path) -> None:
    found = sources.read_app(app)
    assert found.faults == []
    assert sorted(found.messages.values()) == [
        sources.Message("", "%(count)s idea", "%(count)s ideas"),
        sources.Message("", "50%% done"),
        sources.Message("", "Given by %(name)s"),
        sources.Message("", "None yet"),
        sources.Message("", "One day", "%(n)s days"),
        sources.Message("", "Opening"),
        sources.Message("month", "May"),
    ]


def test_a_whole_catalogue_has_no_fault(app: Path) -> None:
    translated(app, "ar")
    translated(app, "fr")
    assert faults_of(app) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Opening": ""}, "not translated: 'Opening'"),
        ({"Opening": "سنة ٢٠٢٤"}, "eastern digits"),
        ({"Given": "من %(nom)s"}, "placeholders differ"),
        ({"Given": "من"}, "placeholders differ"),
        ({"Given": "من %(name)s %s"}, "has no name"),
        ({"Opening": "فتح "}, "ends with space"),
        ({"plural": ""}, "not translated"),
        ({"plural": "أيام"}, "placeholders differ"),
    ],
)
def test_each_fault_is_told(app: Path, changes: dict[str, str], said: str) -> None:
    translated(app, "fr")
    translated(app, "ar", **changes)
    assert any(said in fault and "shop/ar" in fault for fault in faults_of(app))


@pytest.mark.parametrize("text", ["La page n'existe pas", "l'%(name)s", "jusqu'au «mot»"])
def test_french_has_one_apostrophe(app: Path, text: str) -> None:
    translated(app, "ar")
    translated(app, "fr", Opening=text)
    assert [one for one in faults_of(app) if "one apostrophe" in one]
    translated(app, "fr", Opening="La page n’existe pas, « l’ouverture », 5' et 'x'")
    assert not [one for one in faults_of(app) if "one apostrophe" in one]


def test_the_catalogues_of_the_product_have_no_typed_apostrophe() -> None:
    for app in stores.apps():
        told = faults.of_app(app, sources.Found())
        assert not [one for one in told if "one apostrophe" in one], app.name


def test_fuzzy_obsolete_and_short_plurals_are_told(app: Path) -> None:
    translated(app, "fr")
    translated(app, "ar")
    path = stores.store(app, "ar")
    catalogue = polib.pofile(str(path))
    catalogue.find("Opening").flags.append("fuzzy")
    del catalogue.find("One day").msgstr_plural[5]
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="ذهب", obsolete=True))
    catalogue.save(str(path))
    told = "\n".join(faults_of(app))
    assert "fuzzy: 'Opening'" in told
    assert "6 plural forms are wanted: 'One day'" in told
    assert "obsolete: 'Gone'" in told


def test_one_text_in_two_apps_is_translated_in_one_way(app: Path) -> None:
    other = app.parent / "house"
    other.mkdir()
    (other / "__init__.py").write_text(CODE)
    translated(app, "ar")
    translated(other, "ar")
    assert faults.between([app, other]) == []
    translated(other, "ar", Opening="فتح")
    (told,) = faults.between([app, other])
    assert "ar: translated in 2 ways, give it a context: 'Opening' (shop / house)" in told


def test_stale_catalogues_are_told(app: Path) -> None:
    translated(app, "ar")
    translated(app, "fr")
    (app / "__init__.py").write_text(CODE.replace("Opening", "Closing"))
    told = "\n".join(faults_of(app))
    assert "not in the catalogue, run extract shop: 'Closing'" in told
    assert "no source says it any more, run extract shop: 'Opening'" in told


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('_(f"idea {x}")', "is put together"),
        ('_("idea " + x)', "is put together"),
        ('_("idea {}".format(x))', "is put together"),
        ('_("idea %s" % x)', "is put together"),
        ('_("idea %s")', "has no name"),
        ('_("idea {0}")', "has no name"),
        ('ngettext("a", "b", 1); ngettext("a", "c", 1)', "another plural"),
    ],
)
def test_texts_that_cannot_be_translated_are_told(app: Path, code: str, said: str) -> None:
    (app / "__init__.py").write_text(code)
    assert any(said in fault for fault in faults_of(app))


def test_extraction_keeps_what_is_translated_and_guesses_nothing(app: Path) -> None:
    translated(app, "ar", Opening="افتتاح")
    (app / "__init__.py").write_text(CODE.replace("Opening", "Openings") + 'a = _("Opening")')
    catalogue, lost = stores.merged(app, "ar", sources.read_app(app).messages)
    assert lost == []
    assert catalogue.find("Opening").msgstr == "افتتاح"
    assert catalogue.find("Openings").msgstr == ""
    assert not any(entry.fuzzy or entry.occurrences for entry in catalogue)
    assert [stores.key(entry) for entry in catalogue] == sorted(map(stores.key, catalogue))


def test_amazigh_is_filled_with_french(
    app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = tmp_path / "infitah" / "core"
    core.mkdir()
    (core / "__init__.py").touch()
    monkeypatch.setattr(stores, "root", lambda: tmp_path / "infitah")
    translated(app, "fr", Opening="Ouverture")
    amazigh = stores.headed("zgh")
    amazigh.append(polib.POEntry(msgid="May", msgctxt="month", msgstr="ⵎⴰⵢⵢⵓ"))
    stores.store(app, "zgh").parent.mkdir(parents=True)
    amazigh.save(str(stores.store(app, "zgh")))
    assert compiled.compile_all() == 4
    assert compiled.compile_all() == 0
    with stores.store(app, "zgh", "mo").open("rb") as stream:
        shop = gettext.GNUTranslations(stream)
    assert shop.gettext("Opening") == "Ouverture"
    assert shop.pgettext("month", "May") == "ⵎⴰⵢⵢⵓ"
    with stores.store(core, "zgh", "mo").open("rb") as stream:
        django = gettext.GNUTranslations(stream)
    assert django.gettext("This field is required.") == "Ce champ est obligatoire."


@pytest.mark.parametrize(
    ("written", "set_in"),
    [
        ("Pourquoi ? Voici : « non »", "Pourquoi\xa0? Voici\xa0: «\xa0non\xa0»"),
        ("fait à 35 %% par %(who)s", "fait à 35\xa0%% par %(who)s"),
        ("sans signe", "sans signe"),
    ],
)
def test_french_marks_never_begin_a_line(written: str, set_in: str) -> None:
    assert compiled.french_spaces(written) == set_in


def test_a_french_mark_without_its_space_is_a_fault(app: Path) -> None:
    translated(app, "fr", Opening="Ouverture: demain")
    assert [one for one in faults_of(app) if "before : ; ! ?" in one]
    translated(app, "fr", Opening="Ouverture : 9:30")
    assert not [one for one in faults_of(app) if "before : ; ! ?" in one]


LAW_BY_HYPHEN = re.compile(r"(?<![\w./-])\d{2,3}-\d{2}(?![\w-])")
LAW_BY_POINT = re.compile(r"(?<![\w.,-])\d{2,3}\.\d{2}(?![\w.])")


@pytest.mark.parametrize(("language", "wrong"), [("ar", LAW_BY_HYPHEN), ("fr", LAW_BY_POINT)])
def test_laws_are_numbered_in_one_way(language: str, wrong: re.Pattern[str]) -> None:
    """Arabic writes القانون 31.13, French « loi n° 31-13 »."""
    texts = [
        (app.name, text)
        for app in stores.apps()
        for entry in stores.load(app, language)
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    ]
    assert [(app, text) for app, text in texts if wrong.search(text)] == []


@pytest.mark.parametrize(
    "path", ["participation/data/consultations.json", "programme/data/answers-2023.txt"]
)
def test_laws_in_arabic_stories_are_numbered_as_in_messages(path: str) -> None:
    text = (stores.root() / path).read_text(encoding="utf-8")
    assert (
        re.findall(r"(?:القانون|القانون التنظيمي|القوانين التنظيمية|رقم) \d{2,3}-\d{2}", text) == []
    )
