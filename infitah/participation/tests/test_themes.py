"""Themes arranged by people: acts, refusals, the register, the desk and the public pages."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import ParticipantFactory, log_in
from infitah.core.models import Outbox
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation import operations, queries
from infitah.participation.models import ClusterRun, Idea, Theme, ThemeIdea
from infitah.participation.operations import ThemeRefused, ThemeWords
from infitah.participation.tests.factories import AFTER, BY, DURING, make_consultation, make_idea

pytestmark = pytest.mark.django_db

ROADS = ThemeWords(
    LocalizedText(ar="الطرق والمسالك", fr="Routes et pistes"),
    LocalizedText(ar="تريد هذه الأفكار طرقا سالكة في كل فصل."),
)
WATER = ThemeWords(LocalizedText(ar="الماء الصالح للشرب", fr="Eau potable"))
STATEMENTS = (
    ("ar", "تهيئة المسالك القروية المقطوعة بسبب الثلوج"),
    ("fr", "Réparer la route entre Sefrou et Imouzzer"),
    ("ar", "ربط الدواوير بشبكة الماء الصالح للشرب"),
    ("ar", "إحداث مكتبة متنقلة تزور المدارس القروية"),
)
DESK = "/desk/participation/consultations/june/themes/"
PUBLIC = "/ar/consultations/june/themes/"


@pytest.fixture(autouse=True)
def _after():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def june(sefrou):
    """A closed consultation with four ideas, two of them by one person."""
    made = make_consultation(sefrou.province, sefrou.axis, sefrou.second_axis)
    author = ParticipantFactory(community=sefrou.province)
    for place, (_language, statement) in enumerate(STATEMENTS):
        giver = author if place < 2 else None
        make_idea(made, sefrou.axis, statement, author=giver)
    return made


@pytest.fixture
def numbers(june):
    return list(Idea.objects.order_by("position").values_list("reference", flat=True))


@pytest.fixture
def roads(june, numbers):
    return operations.add_theme(
        consultation=june, words=ROADS, references=numbers[:2], by=BY, now=AFTER
    )


@pytest.fixture
def water(june, numbers, roads):
    return operations.add_theme(
        consultation=june, words=WATER, references=numbers[2:3], by=BY, now=AFTER
    )


def moved(june, references, to, was_in, now=AFTER):
    return operations.move_ideas(
        consultation=june, references=references, to=to, was_in=was_in, by=BY, now=now
    )


def published(june):
    return operations.publish_themes(consultation=june, by=BY, now=AFTER)


def ideas_of(theme):
    return list(theme.placings.order_by("idea__position").values_list("idea__reference", flat=True))


def last_entry():
    return Entry.objects.latest("number")


# --- Acts -------------------------------------------------------------------------
def test_a_theme_is_added_with_a_number_and_its_ideas(roads, numbers):
    assert (roads.reference, roads.is_edited, roads.published_at) == ("SFR-2023-T-0001", True, None)
    assert ideas_of(roads) == numbers[:2]
    entry = last_entry()
    assert (entry.act, entry.subject) == ("participation.theme_added", roads.reference)
    # Its words stand in clear once it is public, not before.
    assert "name" not in entry.facts.public and entry.facts.public["ideas"] == numbers[:2]


def test_the_second_of_two_officers_sees_what_changed(roads):
    seen = roads.changed_at
    later = AFTER + timedelta(minutes=1)
    operations.rename_theme(theme=roads, words=WATER, seen=seen, by=BY, now=later)
    with pytest.raises(ThemeRefused, match="الماء الصالح للشرب") as refused:
        operations.rename_theme(theme=roads, words=ROADS, seen=seen, by=BY, now=later)
    assert refused.value.code == "changed"
    roads.refresh_from_db()
    assert roads.name == WATER.name and last_entry().act == "participation.theme_renamed"


def test_the_same_words_again_change_nothing(roads):
    count = Entry.objects.count()
    operations.rename_theme(theme=roads, words=ROADS, seen=roads.changed_at, by=BY, now=AFTER)
    assert Entry.objects.count() == count


def test_ideas_move_and_are_taken_out(june, roads, water, numbers):
    later = AFTER + timedelta(minutes=1)
    assert moved(june, numbers[1:2], water.reference, roads.reference, later) == 1
    assert ideas_of(water) == numbers[1:3] and ideas_of(roads) == numbers[:1]
    roads.refresh_from_db()
    assert roads.changed_at == later
    assert last_entry().facts.public["ideas"] == numbers[1:2]
    operations.remove_from_theme(
        consultation=june, references=numbers[1:3], was_in=water.reference, by=BY, now=later
    )
    assert ideas_of(water) == [] and last_entry().act == "participation.theme_ideas_removed"


@pytest.mark.parametrize(
    ("which", "to", "was_in", "field"),
    [
        ([], "T1", "", "ideas"),  # nothing chosen
        ([3], "SFR-2023-T-0099", "", "to"),  # no such theme
        ([3], "T2", "T1", "ideas"),  # it is in no theme
        ([0, 3], "T2", "", "ideas"),  # one of them is elsewhere: none moves
    ],
)
def test_moves_that_are_refused(june, roads, water, numbers, which, to, was_in, field):
    names = {"T1": roads.reference, "T2": water.reference}
    before = list(ThemeIdea.objects.values_list("theme", "idea"))
    with pytest.raises(ThemeRefused) as refused:
        moved(
            june,
            [numbers[place] for place in which],
            names.get(to, to),
            names.get(was_in, was_in),
        )
    assert refused.value.field == field
    assert list(ThemeIdea.objects.values_list("theme", "idea")) == before


def test_merging_keeps_ideas_authors_and_the_address(june, roads, water, numbers):
    published(june)
    target = operations.merge_themes(
        theme=roads, into=water.reference, seen=roads.changed_at, by=BY, now=AFTER
    )
    assert target == water and ideas_of(water) == numbers[:3]
    assert Idea.objects.exclude(author=None).count() == 2
    entry = last_entry()
    assert entry.facts.public["into"] == water.reference
    assert entry.facts.public["name"] == ROADS.name.as_json()
    roads.refresh_from_db()
    assert roads.merged_into == water and roads.reference == "SFR-2023-T-0001"
    for into, field in ((roads.reference, None), (water.reference, None)):
        with pytest.raises(ThemeRefused) as refused:
            operations.merge_themes(theme=roads, into=into, seen=roads.changed_at, by=BY, now=AFTER)
        assert refused.value.field == field  # it is merged already
    water.refresh_from_db()
    with pytest.raises(ThemeRefused) as refused:
        operations.merge_themes(
            theme=water, into=water.reference, seen=water.changed_at, by=BY, now=AFTER
        )
    assert refused.value.field == "into"


def test_an_idea_placed_later_is_in_its_theme_from_that_day(june, roads, numbers):
    published(june)
    later = AFTER + timedelta(days=3)
    moved(june, numbers[3:4], roads.reference, "", now=later)
    viewer, days = Viewer("sefrou", june.community_id), {}
    for number in (numbers[0], numbers[3]):
        page = queries.idea_page(viewer=viewer, slug="june", reference=number)
        theme = queries.theme_of_idea(viewer=viewer, idea=page.idea)
        knots = queries.thread_of(page, theme=theme)
        days[number] = [knot.on for knot in knots if knot.reference == roads.reference]
    assert days == {numbers[0]: [AFTER], numbers[3]: [later]}


def test_themes_are_put_in_order(june, roads, water):
    order = [water.reference, roads.reference]
    operations.order_themes(consultation=june, references=order, by=BY, now=AFTER)
    standing = Theme.objects.order_by("position")
    assert list(standing.values_list("reference", flat=True)) == order
    count = Entry.objects.count()
    operations.order_themes(consultation=june, references=order, by=BY, now=AFTER)
    assert Entry.objects.count() == count
    with pytest.raises(ThemeRefused) as refused:
        operations.order_themes(consultation=june, references=order[:1], by=BY, now=AFTER)
    assert refused.value.code == "changed"


@pytest.mark.parametrize(
    ("name", "field"),
    [(LocalizedText(fr="Routes"), "name_ar"), (LocalizedText(ar="ط" * 121), "name_ar")],
)
def test_a_theme_needs_an_arabic_name_of_some_length(june, roads, name, field):
    with pytest.raises(ThemeRefused) as refused:
        operations.add_theme(consultation=june, words=ThemeWords(name), by=BY, now=AFTER)
    assert refused.value.field == field


def test_nothing_is_arranged_before_closing(june):
    with pytest.raises(ThemeRefused):
        operations.add_theme(consultation=june, words=ROADS, by=BY, now=DURING)
    with pytest.raises(ThemeRefused):
        operations.publish_themes(consultation=june, by=BY, now=DURING)


def test_publishing_tells_who_follows_and_can_go_on(june, roads, water, numbers):
    empty = operations.add_theme(
        consultation=june, words=ThemeWords(LocalizedText(ar="فارغ")), by=BY, now=AFTER
    )
    assert published(june) == 2
    june.refresh_from_db()
    empty.refresh_from_db()
    assert june.themes_published_at == AFTER and empty.published_at is None
    entry = last_entry()
    assert (entry.act, entry.subject) == ("participation.themes_published", "consultation:june")
    assert entry.facts.public["ideas_without_theme"] == 1
    assert [one["reference"] for one in entry.facts.public["themes"]] == [
        roads.reference,
        water.reference,
    ]
    event = Outbox.objects.get(kind="participation.themes_published")
    assert event.payload == {"consultation": "june", "themes": 2}
    with pytest.raises(ThemeRefused):
        published(june)
    moved(june, numbers[3:], empty.reference, "")
    assert published(june) == 1


# --- At the desk, without a script ------------------------------------------------
def test_an_officer_arranges_and_publishes_themes(focal, june, numbers):
    added = focal.post(f"{DESK}add/", {"name_ar": "الطرق والمسالك", "name_fr": "Routes"})
    assert added.status_code == 302
    theme = Theme.objects.get()
    page = focal.get(DESK)
    assert page.status_code == 200 and numbers[0] in page.content.decode()
    placed = focal.post(f"{DESK}place/", {"ideas": numbers[:3], "to": theme.reference})
    assert placed.status_code == 302 and ideas_of(theme) == numbers[:3]
    at = f"/desk/participation/themes/{theme.reference}/"
    assert focal.get(at).status_code == 200
    out = focal.post(f"{at}move/", {"ideas": numbers[2:3], "to": "none"})
    assert out.status_code == 302 and ideas_of(theme) == numbers[:2]
    theme.refresh_from_db()
    words = {"name_ar": "طرق سالكة", "seen": theme.changed_at.isoformat()}
    assert focal.post(f"{at}rename/", words).status_code == 302
    assert focal.post(f"{DESK}publish/").status_code == 302
    june.refresh_from_db()
    assert june.themes_published_at is not None
    again = focal.post(f"{DESK}publish/")
    assert again.status_code == 422 and "ليس هناك ما ينشر" in again.content.decode()


def test_a_refused_name_keeps_what_was_typed_and_shows_what_stands(focal, roads):
    at = f"/desk/participation/themes/{roads.reference}/rename/"
    old = (roads.changed_at - timedelta(minutes=5)).isoformat()
    typed = {"name_ar": "مسالك الجبل", "summary_ar": "كلام مكتوب", "seen": old}
    answer = focal.post(at, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "مسالك الجبل" in page and "كلام مكتوب" in page and "الطرق والمسالك" in page
    assert roads.changed_at.isoformat() in page  # sent again it goes through
    assert focal.post(at, typed | {"seen": roads.changed_at.isoformat()}).status_code == 302
    for wrong in ({"name_ar": ""}, {"name_ar": "اسم", "seen": "yesterday"}):
        assert focal.post(at, typed | wrong).status_code == 422


def test_what_is_refused_stays_ticked(focal, june, roads, numbers):
    nowhere = focal.post(f"{DESK}place/", {"ideas": numbers[3:], "to": ""})
    page = nowhere.content.decode()
    assert nowhere.status_code == 422 and "اختاروا موضوعا" in page
    assert f'id="idea-{numbers[3]}" checked' in page
    none = focal.post(f"{DESK}place/", {"to": roads.reference})
    assert none.status_code == 422 and "اختاروا فكرة واحدة على الأقل" in none.content.decode()
    elsewhere = focal.post(f"{DESK}place/", {"ideas": numbers[:1], "to": roads.reference})
    assert elsewhere.status_code == 422 and numbers[0] in elsewhere.content.decode()


def test_order_and_merging_at_the_desk(focal, june, roads, water):
    places = {roads.reference: 2, water.reference: 1}
    assert focal.post(f"{DESK}order/", places).status_code == 302
    assert focal.post(f"{DESK}order/", places | {water.reference: "x"}).status_code == 422
    at = f"/desk/participation/themes/{roads.reference}/"
    merge = {"into": water.reference, "seen": roads.changed_at.isoformat()}
    assert focal.post(f"{at}merge/", merge | {"into": roads.reference}).status_code == 422
    asked = focal.post(f"{at}merge/", merge).content.decode()
    assert "لا يمكن التراجع" in asked and water.name.ar in asked and 'name="sure"' in asked
    assert focal.get(at).status_code == 200  # nothing is done before it is asked again
    done = focal.post(f"{at}merge/", merge | {"sure": "1"})
    assert done.url == f"/desk/participation/themes/{water.reference}/"
    assert focal.get(at).url == f"/desk/participation/themes/{water.reference}/"


def test_published_themes_are_not_proposed_again(focal, june, roads):
    runs = "/desk/participation/consultations/june/runs/"
    assert runs in focal.get(DESK).content.decode()
    published(june)
    assert runs not in focal.get(DESK).content.decode()


def test_computations_are_asked_for_at_the_desk(focal, june, sefrou):
    at = "/desk/participation/consultations/june/runs/"
    page = focal.get(at)
    assert page.status_code == 200 and "لم يحسب شيء بعد" in page.content.decode()
    few = focal.post(f"{at}text/", {"text-breadth": "fine", "text-seed": "4"})
    assert few.status_code == 422 and "10" in few.content.decode()
    wrong = focal.post(f"{at}opinion/", {"opinion-seed": "many"})
    assert wrong.status_code == 422 and 'value="many"' in wrong.content.decode()
    assert focal.post(f"{at}opinion/", {"opinion-seed": "4"}).status_code == 302
    assert ClusterRun.objects.get().seed == 4
    assert "ينتظر" in focal.get(at).content.decode()
    operations.compute_runs(now=AFTER)
    assert "40" in focal.get(at).content.decode()
    ClusterRun.objects.update(p_value=0.01, stability=1.0)
    page = focal.get(at).content.decode()
    assert "تعطي الصدفة وحدها مثل ذلك في 1 % من الحالات" in page and ">p " not in page


def test_only_who_edits_consultations_arranges_themes(sefrou, june, roads):
    moderator = log_in(Client(), sefrou.moderator, sefrou.province)
    for path in (DESK, f"/desk/participation/themes/{roads.reference}/"):
        assert moderator.get(path).status_code == 404
    other = log_in(Client(), sefrou.other_officer, sefrou.other)
    assert other.get(f"/desk/participation/themes/{roads.reference}/").status_code == 404


def test_desk_pages_take_few_queries_however_many_themes(
    focal, june, roads, water, django_assert_max_num_queries
):
    with django_assert_max_num_queries(21):
        focal.get(DESK)
    with django_assert_max_num_queries(21):
        focal.get(f"/desk/participation/themes/{roads.reference}/")


# --- Public pages -----------------------------------------------------------------
def test_themes_are_nowhere_before_they_are_published(visitor, june, roads, numbers):
    for path in (PUBLIC, f"{PUBLIC}{roads.reference}/", f"/d/{roads.reference}"):
        assert visitor.get(path).status_code == 404
    for path in ("/ar/consultations/june/", f"/ar/consultations/june/ideas/{numbers[0]}/"):
        assert "الطرق والمسالك" not in visitor.get(path).content.decode()


def test_a_published_theme_shows_ideas_of_all_languages(visitor, june, roads, water, numbers):
    published(june)
    page = visitor.get(PUBLIC).content.decode()
    assert "الطرق والمسالك" in page and numbers[3] in page and "فكرتان" in page
    theme = visitor.get(f"{PUBLIC}{roads.reference}/").content.decode()
    assert STATEMENTS[0][1] in theme and 'lang="fr"' in theme and STATEMENTS[1][1] in theme
    assert "من شخص واحد" in theme and "لم يجب عنها بعد" in theme
    french = visitor.get(f"/fr/consultations/june/themes/{roads.reference}/").content.decode()
    assert "Routes et pistes" in french and "d’une personne" in french
    idea = visitor.get(f"/ar/consultations/june/ideas/{numbers[0]}/").content.decode()
    assert f"{PUBLIC}{roads.reference}/" in idea
    short = visitor.get(f"/d/{roads.reference}")
    assert short.status_code == 302 and short.url == f"{PUBLIC}{roads.reference}/"


def test_the_address_of_a_merged_theme_leads_on(visitor, june, roads, water):
    published(june)
    operations.merge_themes(
        theme=roads, into=water.reference, seen=roads.changed_at, by=BY, now=AFTER
    )
    answer = visitor.get(f"{PUBLIC}{roads.reference}/")
    assert answer.status_code == 302 and answer.url == f"{PUBLIC}{water.reference}/"
    assert "الطرق والمسالك" not in visitor.get(PUBLIC).content.decode()


def test_what_is_hidden_leaves_its_theme(visitor, sefrou, june, roads, water, numbers):
    published(june)
    operations.withdraw_idea(
        community_id=sefrou.province.pk,
        reference=numbers[1],
        author_id=Idea.objects.get(reference=numbers[1]).author_id,
        by=BY,
        now=AFTER,
    )
    theme = visitor.get(f"{PUBLIC}{roads.reference}/").content.decode()
    assert STATEMENTS[1][1] not in theme and "فكرة واحدة" in theme


def test_public_pages_take_few_queries(visitor, june, roads, water, django_assert_max_num_queries):
    published(june)
    visitor.get(PUBLIC)
    for path, most in ((PUBLIC, 14), (f"{PUBLIC}{roads.reference}/", 14)):
        with django_assert_max_num_queries(most):
            visitor.get(path)
