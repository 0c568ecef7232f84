"""Pages edited in Wagtail's back office: published, moved, deleted, translated."""

from django.urls import reverse
from wagtail.models import Locale, Page

from infitah.website.models import HomePage, StandardPage
from infitah.website.tests.factories import BACK_OFFICE, edit, generation, page_below

pytestmark = BACK_OFFICE


def page_form(page, **more):
    return {
        "title": page.title,
        "slug": page.slug,
        "summary": "",
        "intro": "null",
        "body-count": "0",
        "review_by": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "action-publish",
    } | more


def test_an_editor_edits_and_publishes_a_page_of_the_community(editor, sefrou):
    page = StandardPage.objects.get(slug="ours")
    before = generation(sefrou.province)
    answer = editor.post(edit(page), page_form(page, title="عنوان جديد"))
    assert answer.status_code == 302, answer.context["form"].errors
    page.refresh_from_db()
    assert page.live and page.title == "عنوان جديد"
    assert generation(sefrou.province) > before


def test_an_editor_adds_a_page_whose_address_is_spelled_from_its_title(editor, homes):
    mine, _theirs = homes
    address = reverse("wagtailadmin_pages:add", args=["website", "standardpage", mine.pk])
    blank = StandardPage(title="ميزانية الجماعة", slug="")
    for slug in ("mizania-al-jamaa", "mizania-al-jamaa-2"):
        answer = editor.post(address, page_form(blank))
        assert answer.status_code == 302, answer.context["form"].errors
        assert StandardPage.objects.filter(slug=slug, live=True).exists()


def test_a_first_level_page_may_not_take_an_address_of_an_app(editor, homes):
    mine, _theirs = homes
    ours = StandardPage.objects.get(slug="ours")
    add = "website", "standardpage"
    blank = StandardPage(title="البرنامج", slug="programme")
    answer = editor.post(reverse("wagtailadmin_pages:add", args=[*add, mine.pk]), page_form(blank))
    assert answer.status_code == 200
    assert answer.context["form"].errors["slug"] == ["هذا العنوان مخصص لقسم من أقسام الموقع."]
    answer = editor.post(reverse("wagtailadmin_pages:add", args=[*add, ours.pk]), page_form(blank))
    assert answer.status_code == 302
    deeper = StandardPage.objects.get(slug="programme")
    assert not deeper.permissions_for_user(answer.wsgi_request.user).can_move_to(mine)
    copy = reverse("wagtailadmin_pages:copy", args=[deeper.pk])
    form = {
        "new_title": "نسخة",
        "new_slug": "programme",
        "new_parent_page": mine.pk,
        "publish_copies": "on",
    }
    answer = editor.post(copy, form)
    assert answer.status_code == 200
    assert answer.context["form"].errors["new_slug"]


def test_a_home_can_be_changed_but_neither_deleted_nor_hidden(editor, homes):
    mine, _theirs = homes
    assert editor.get(edit(mine)).status_code == 200
    for name in ("delete", "unpublish", "move", "copy"):
        answer = editor.post(reverse(f"wagtailadmin_pages:{name}", args=[mine.pk]))
        assert answer.status_code in {302, 404}, name
    editor.post(f"/admin/bulk/wagtailcore/page/delete/?id={mine.pk}&next=/admin/")
    editor.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={mine.pk}&next=/admin/")
    assert HomePage.objects.live().filter(pk=mine.pk).exists()


def test_unpublishing_deleting_and_bulk_acts_make_kept_pages_stale(editor, homes, sefrou):
    mine, _theirs = homes
    for title, name in (("أولى", "unpublish"), ("ثانية", "delete")):
        page = page_below(mine, title, slug=name)
        before = generation(sefrou.province)
        editor.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert generation(sefrou.province) > before
    page = page_below(mine, "ثالثة", slug="third")
    before = generation(sefrou.province)
    editor.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}&next=/admin/")
    assert not StandardPage.objects.live().filter(pk=page.pk).exists()
    assert generation(sefrou.province) > before


def test_a_translation_is_made_as_a_draft_with_its_missing_parents(editor):
    ours = StandardPage.objects.get(slug="ours")
    below = page_below(ours, "فرعية", slug="below")
    address = reverse("website_translate", args=[below.pk, "fr"])
    assert editor.get(address).status_code == 200
    answer = editor.post(address)
    draft = below.get_translation(Locale.objects.get(language_code="fr"))
    assert answer["Location"] == edit(draft)
    assert not draft.live and not Page.objects.get(pk=draft.get_parent().pk).live
    again = editor.post(address)
    assert again["Location"] == edit(draft)


def test_a_page_of_another_community_is_not_translated(editor):
    theirs = StandardPage.objects.get(slug="theirs")
    assert editor.post(reverse("website_translate", args=[theirs.pk, "fr"])).status_code == 404
