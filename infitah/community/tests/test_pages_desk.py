"""The desk pages of the community: every page stands, acts are kept, mistakes are explained."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from infitah.community.models import (
    AccessGrant,
    Appointment,
    Axis,
    Body,
    CalendarDay,
    CalendarVersion,
    Community,
    Mandate,
    Person,
    RuleSet,
    RuleValue,
    User,
)
from infitah.community.tests.factories import BodyFactory, PersonFactory, TermFactory, log_in
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, sefrou):
    """The province's desk, as its administrator."""
    return log_in(client, sefrou.administrator, sefrou.province)


def last_act(community) -> str:
    return Entry.objects.filter(community_key=community.key).order_by("-number")[0].act


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(
    "name",
    [
        "community",
        "axes",
        "axis_add",
        "appointments",
        "appoint",
        "person_add",
        "rule_sets",
        "calendar",
        "calendar_close",
        "bodies",
        "body_add",
    ],
)
def test_pages_stand_in_both_languages(desk, sefrou, name, language):
    User.objects.update(language=language)
    answer = desk.get(reverse(f"community_desk:{name}"))
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("axis", ["transparency"]),
        ("rule", ["information.reply"]),
        ("day", ["fitr-2027-1"]),
        ("body", ["council"]),
    ],
)
def test_pages_of_one_thing_stand(desk, sefrou, name, args):
    assert desk.get(reverse(f"community_desk:{name}", args=args)).status_code == 200


@pytest.mark.parametrize("officer", ["moderator", "verifier", "commitment_owner"])
def test_without_the_right_there_is_no_page(client, sefrou, officer):
    log_in(client, getattr(sefrou, officer), sefrou.province)
    for name in ("community", "axes", "appointments", "rule_sets", "calendar", "bodies"):
        assert client.get(reverse(f"community_desk:{name}")).status_code == 404


def test_what_belongs_to_another_community_is_not_there(client, sefrou):
    log_in(client, sefrou.other_administrator, sefrou.other)
    held = Appointment.objects.get(community=sefrou.province, office="moderator")
    for name, args in [
        ("axis", ["transparency"]),
        ("appointment", [held.pk]),
        ("body", ["council"]),
    ]:
        assert client.get(reverse(f"community_desk:{name}", args=args)).status_code == 404
    grant = AccessGrant.objects.get(appointment=held)
    answer = client.post(reverse("community_desk:access_close", args=[grant.pk]))
    assert answer.status_code == 404


def community_form(community, **changes):
    form = {"accent": community.accent, "email": "", "phone": "", "cndp_number": ""}
    for name in ("name", "institution"):
        text = getattr(community, name)
        form |= {f"{name}_ar": text.ar, f"{name}_fr": text.fr, f"{name}_zgh": text.zgh}
    return form | changes


def test_the_identity_of_the_community_is_edited(desk, sefrou):
    where = reverse("community_desk:community")
    answer = desk.post(where, community_form(sefrou.province, cndp_number="A-GC-12/2026"))
    assert answer.status_code == 302
    assert Community.objects.get(key="SFR").cndp_number == "A-GC-12/2026"
    assert last_act(sefrou.province) == "community.edited"


def test_a_pale_accent_is_explained_and_everything_kept(desk, sefrou):
    where = reverse("community_desk:community")
    answer = desk.post(where, community_form(sefrou.province, accent="#FFEEEE", phone="0535"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_accent"' in page
    assert 'value="0535"' in page


def test_an_axis_is_added_moved_edited_and_closed(desk, sefrou):
    added = desk.post(
        reverse("community_desk:axis_add"),
        {"slug": "digital", "name_ar": "الرقمنة", "name_fr": "Numérisation", "colour": "#0B5E4F"},
    )
    assert added.status_code == 302
    desk.post(reverse("community_desk:axis_move", args=["digital"]), {"to": "up"})
    slugs = Axis.objects.of(sefrou.province).values_list("slug", flat=True)
    assert list(slugs) == ["transparency", "digital", "participation"]
    edited = {"name_ar": "التحول الرقمي", "colour": "#0B5E4F"}
    desk.post(reverse("community_desk:axis", args=["digital"]), edited)
    assert str(Axis.objects.get(slug="digital").name) == "التحول الرقمي"
    desk.post(reverse("community_desk:axis_close", args=["digital"]))
    assert last_act(sefrou.province) == "community.axis_closed"


def test_a_move_that_is_none_is_refused(desk, sefrou):
    where = reverse("community_desk:axis_move", args=["transparency"])
    assert desk.post(where, {"to": "sideways"}).status_code == 400


def test_somebody_is_appointed_given_access_and_dismissed(desk, sefrou):
    desk.post(reverse("community_desk:person_add"), {"name_ar": "سعاد العلوي", "sex": "female"})
    person = Person.objects.get(name={"ar": "سعاد العلوي"})
    asked = {
        "person": person.pk,
        "office": "desk_clerk",
        "act": "مقرر 12",
        "starts_on": "2026-01-05",
    }
    assert desk.post(reverse("community_desk:appoint"), asked).status_code == 302
    held = Appointment.objects.get(person=person)
    where = reverse("community_desk:access_give", args=[held.pk])
    page = desk.post(where, {"access-username": "souad", "access-email": ""})
    assert page.status_code == 200
    assert User.objects.get(username="souad").check_password(page.context["password"])
    again = desk.post(where, {"access-username": "souad"})
    assert again.status_code == 422
    grant = AccessGrant.objects.get(appointment=held)
    desk.post(reverse("community_desk:access_close", args=[grant.pk]))
    assert last_act(sefrou.province) == "community.access_closed"
    ended = {"end-ends_on": "2026-10-01", "end-reason": "نقل"}
    desk.post(reverse("community_desk:appointment_end", args=[held.pk]), ended)
    held.refresh_from_db()
    assert held.ends_on == date(2026, 10, 1)


def test_an_office_that_is_held_is_explained(desk, sefrou):
    person = PersonFactory(community=sefrou.province)
    asked = {
        "person": person.pk,
        "office": "secretary",
        "act": "مقرر 12",
        "starts_on": "2026-01-05",
    }
    answer = desk.post(reverse("community_desk:appoint"), asked)
    assert answer.status_code == 422
    assert 'href="#id_office"' in answer.content.decode()


def test_a_legal_number_is_confirmed_and_replaced(desk, sefrou, time_machine):
    time_machine.move_to("2026-11-23 09:00 +0100")
    log_in(desk, sefrou.administrator, sefrou.province)
    key = "information.urgent_reply"
    where = reverse("community_desk:rule_verify", args=[key])
    desk.post(where, {"verify-source": "الجريدة الرسمية عدد 6655"})
    assert RuleValue.objects.of(sefrou.province).get(key=key).is_verified
    change = {
        "change-value": "5",
        "change-unit": "working_days",
        "change-article": "17",
        "change-source": "BO 7600",
        "change-valid_from": "2026-12-01",
    }
    where = reverse("community_desk:rule_change", args=[key])
    assert desk.post(where, change).status_code == 302
    assert RuleValue.objects.of(sefrou.province).get(key=key, valid_to=None).value == 5
    late = desk.post(where, change | {"change-valid_from": "2020-01-01"})
    assert late.status_code == 422


def test_shipped_sources_are_read_in_the_language_of_the_officer(desk, sefrou):
    sefrou.administrator.language = "fr"
    sefrou.administrator.save()
    listed = strip_tags(desk.get(reverse("community_desk:rule_sets")).text)
    assert "dahir n° 1-18-15 du 22 février 2018" in listed and "الظهير الشريف" not in listed
    page = desk.get(reverse("community_desk:rule", args=["information.reply"])).text
    assert "formulaire officiel de la Commission" in page and "النموذج الرسمي" not in page
    day = strip_tags(desk.get(reverse("community_desk:day", args=["fixed-2026-01-11"])).text)
    assert "décret n° 2.77.169" in day
    RuleSet.objects.filter(law="31-13").update(source="الجريدة الرسمية عدد 6655")
    assert "الجريدة الرسمية عدد 6655" in desk.get(reverse("community_desk:rule_sets")).text


def test_a_holiday_is_corrected_after_seeing_what_moves(desk, sefrou, time_machine):
    time_machine.move_to("2027-02-22 09:00 +0100")
    log_in(desk, sefrou.administrator, sefrou.province)
    where = reverse("community_desk:day", args=["fitr-2027-1"])
    asked = {"date": "2027-03-10", "source": "وزارة الأوقاف، 8 مارس 2027", "change": "confirm"}
    shown = desk.post(where, asked | {"show": "1"})
    assert shown.status_code == 200
    assert shown.context["preview"].example_before.deadline.due < date(2027, 4, 1)
    moved = [(move.before, move.after) for move in shown.context["preview"].days]
    assert moved == [
        (date(2027, 3, 9), date(2027, 3, 10)),
        (date(2027, 3, 10), date(2027, 3, 11)),
    ]
    assert "الثلاثاء 9 مارس 2027" in shown.text and "الخميس 11 مارس 2027" in shown.text
    assert CalendarVersion.objects.of(sefrou.province).count() == 1
    kept = desk.post(where, asked | {"apply": "1"})
    assert kept["Location"] == reverse("community_desk:calendar") + "?year=2027"
    days = CalendarDay.objects.of(sefrou.province).filter(feast="fitr-2027")
    assert [(day.date.day, day.status) for day in days] == [(10, "confirmed"), (11, "confirmed")]
    assert last_act(sefrou.province) == "community.day_moved"


def test_each_year_of_the_calendar_is_one_link_away(desk, sefrou, time_machine):
    time_machine.move_to("2026-11-23 09:00 +0100")
    log_in(desk, sefrou.administrator, sefrou.province)
    where = reverse("community_desk:calendar")
    links = re.findall(r'href="(\?year=[^"]*)"', desk.get(where).content.decode())
    assert "?year=2027" in links
    for link in links:
        year = str(desk.get(where + link).context["year"])
        assert link.endswith(year) and year != "2026"


@pytest.mark.parametrize(("page", "name"), [("appoint", "office"), ("body_add", "kind")])
def test_what_has_to_be_chosen_is_not_chosen_beforehand(desk, page, name):
    form = desk.get(reverse(f"community_desk:{page}")).context["form"]
    assert form[name].value() is None
    assert form.fields[name].choices[0][0] == ""


def test_a_correction_without_source_is_explained(desk, sefrou):
    where = reverse("community_desk:day", args=["fitr-2027-1"])
    for button in ("show", "apply"):
        answer = desk.post(where, {"date": "2027-03-10", "source": "", button: "1"})
        assert answer.status_code == 422


def test_a_closure_is_added_after_seeing_what_moves(desk, sefrou, time_machine):
    time_machine.move_to("2026-11-23 09:00 +0100")
    log_in(desk, sefrou.administrator, sefrou.province)
    where = reverse("community_desk:calendar_close")
    asked = {"date": "2026-11-30", "name_ar": "إغلاق استثنائي", "source": "بلاغ رئاسة الحكومة"}
    shown = desk.post(where, asked | {"show": "1"})
    before = shown.context["preview"].example_before.deadline.due
    after = shown.context["preview"].example_after.deadline.due
    assert (before, after) == (date(2026, 12, 21), date(2026, 12, 22))
    assert desk.post(where, asked | {"apply": "1"}).status_code == 302
    assert desk.post(where, asked | {"apply": "1"}).status_code == 422
    assert desk.post(where, asked | {"show": "1"}).status_code == 422


def test_a_body_gets_its_seats(desk, sefrou):
    added = {"slug": "ieecag", "kind": "advisory", "name_ar": "هيئة", "created_on": "2022-01-10"}
    assert desk.post(reverse("community_desk:body_add"), added).status_code == 302
    person = PersonFactory(community=sefrou.province)
    where = reverse("community_desk:body", args=["ieecag"])
    asked = {
        "person": person.pk,
        "role": "member",
        "designation_act": "مقرر",
        "starts_on": "2022-02-01",
    }
    assert desk.post(where, asked).status_code == 302
    assert desk.post(where, asked).status_code == 422
    mandate = Mandate.objects.get(person=person)
    ending = {"ends_on": "2023-02-01", "reason": "resignation"}
    where = reverse("community_desk:mandate_end", args=[mandate.pk])
    assert desk.get(where).status_code == 200
    assert desk.post(where, ending).status_code == 302
    assert desk.get(reverse("community_desk:body", args=["ieecag"])).status_code == 200
    assert Body.objects.get(slug="ieecag").mandates.count() == 1


def test_a_seat_names_its_term_and_category_and_an_end_is_told_beside_its_field(desk, sefrou):
    body = BodyFactory(
        community=sefrou.province, slug="ieecag", kind="advisory", created_on=date(2020, 1, 1)
    )
    term = TermFactory(community=sefrou.province, starts_on=date(2021, 9, 24))
    where = reverse("community_desk:body", args=["ieecag"])
    asked = {
        "person": PersonFactory(community=sefrou.province).pk,
        "role": "president",
        "category": "المجتمع المدني",
        "term": term.pk,
        "designation_act": "مقرر",
        "starts_on": "2021-02-01",
    }
    early = desk.post(where, asked)
    assert early.status_code == 422 and "term" in early.context["form"].errors
    assert desk.post(where, asked | {"starts_on": "2021-10-01"}).status_code == 302
    mandate = Mandate.objects.get(body=body)
    assert (mandate.term, mandate.category) == (term, "civil_society")
    page = desk.get(where).text
    assert "رئيسة · المجتمع المدني" in strip_tags(page) and "civil_society" not in page
    end = reverse("community_desk:mandate_end", args=[mandate.pk])
    wrong = desk.post(end, {"ends_on": "2023-02-01", "reason": "none"})
    assert wrong.status_code == 422 and "reason" in wrong.context["form"].errors


def test_a_picked_colour_asks_for_nothing_that_html_forbids(desk):
    page = desk.get(reverse("community_desk:axis_add")).text
    picker = re.search(r'<input type="color"[^>]*>', page)
    assert picker and "required" not in picker[0] and "maxlength" not in picker[0]
    empty = {"name_ar": "محور", "slug": "new-axis", "colour": ""}
    answer = desk.post(reverse("community_desk:axis_add"), empty)
    assert answer.status_code == 422 and "colour" in answer.context["form"].errors


def test_acts_that_were_overtaken_say_so(desk, sefrou):
    """Two tabs: the second finds the thing done already, and says so."""
    desk.post(reverse("community_desk:axis_close", args=["transparency"]))
    gone = desk.post(reverse("community_desk:axis_close", args=["transparency"]))
    assert gone.status_code == 404
    only = AccessGrant.objects.get(user=sefrou.administrator)
    answer = desk.post(reverse("community_desk:access_close", args=[only.pk]), follow=True)
    only.refresh_from_db()
    assert only.closed_at is None
    assert answer.status_code == 200
    held = only.appointment
    end = {"end-ends_on": "2026-12-01", "end-reason": "نقل"}
    where = reverse("community_desk:appointment_end", args=[held.pk])
    assert desk.post(where, end).status_code == 422


def test_a_standing_account_gets_access_without_a_password(desk, sefrou):
    held = Appointment.objects.get(community=sefrou.province, office="verifier")
    where = reverse("community_desk:access_give", args=[held.pk])
    answer = desk.post(where, {"access-username": sefrou.moderator.username})
    assert answer.status_code == 302


def test_a_working_day_is_made_of_a_day_off(desk, sefrou, time_machine):
    time_machine.move_to("2026-11-23 09:00 +0100")
    log_in(desk, sefrou.administrator, sefrou.province)
    where = reverse("community_desk:day", args=["fixed-2027-11-18"])
    asked = {"date": "2027-11-18", "source": "بلاغ", "change": "cancel"}
    assert desk.post(where, asked | {"show": "1"}).status_code == 200
    assert desk.post(where, asked | {"apply": "1"}).status_code == 302
    assert desk.get(where).status_code == 200
    assert last_act(sefrou.province) == "community.day_cancelled"


def test_a_confirmation_of_a_number_needs_its_source(desk, sefrou):
    where = reverse("community_desk:rule_verify", args=["information.court"])
    assert desk.post(where, {"verify-source": ""}).status_code == 422
