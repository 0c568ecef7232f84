"""The receipt as a sheet and as a proof: what it says, whom it never names, verified off-line."""

import json
from datetime import UTC, date, datetime

import pytest

from infitah.information import rules
from infitah.information.queries import letters
from infitah.information.queries.letters.case import told
from infitah.information.queries.receipts import short_token
from infitah.information.tests import sheets
from infitah.information.tests.asked import PERSON, TEXT, arrival, file
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText

pytestmark = pytest.mark.django_db
FIRST_AR = (TEXT, "الخميس 5 مارس 2026", "رمز تتبع الطلب", "التوقيع والطابع", "اعتبر السكوت رفضا")
FIRST_FR = ("jeudi 5 mars 2026", "Signature et cachet", "le silence vaut refus")
LETTERHEAD = LocalizedText(
    ar="المملكة المغربية\nوزارة الداخلية\nعمالة إقليم صفرو",
    fr="Royaume du Maroc\nMinistère de l’Intérieur\nProvince de Sefrou",
)


def sheet(filed, language="ar", **more):
    return letters.receipt_pdf(filed.request, language, **more)


def test_the_receipt_says_in_arabic_all_that_counts(sefrou):
    made = sheet(file(sefrou, period="سنة 2026", place="صفرو"))
    said = sheets.words(made)
    assert "SFR-2026-R-0001" in sheets.shown(made)
    assert "http://localhost:8000/ar/information/follow/" in sheets.shown(made)
    assert "infitahverifySFR-2026-R-0001.pdf--keysinfitah.json" in sheets.shown(made)
    for piece in (
        *("وصل إيداع طلب الحصول على المعلومات", "المجلس الإقليمي لصفرو"),
        *("2 مارس 2026 على الساعة 09:30", "في هذا الموقع", TEXT, "سنة 2026"),
        *("الأربعاء 1 أبريل 2026", "20 يوم عمل", "المادة 16 من القانون رقم 31.13"),
        *("فاطمة الزهراء", "اعتبر السكوت رفضا"),
    ):
        assert piece in said, piece


def test_the_receipt_says_in_french_all_that_counts(sefrou):
    said = sheets.words(sheet(file(sefrou, urgent_case="life"), "fr"))
    for piece in (
        *("Récépissé d’une demande d’accès à l’information", "SFR-2026-R-0001"),
        *("urgente, pour protéger la vie des personnes", "jeudi 5 mars 2026"),
        *("3 jours calendaires*", "article 17 de la loi nº 31-13", "au Bulletin officiel"),
        "Conseil provincial de Sefrou",
    ):
        assert piece in said, piece


@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_the_dates_of_the_remedies_are_those_of_the_rules(sefrou, language):
    filed = file(sefrou)
    said = sheets.words(sheet(filed, language))
    known = told(filed.request)
    ahead = rules.ladder(known.case, known.law, known.days)
    N = rules.ClockName
    ends = {name: clock.ends_on for name, clock in ahead.items()}
    assert ends == {
        N.REPLY: date(2026, 4, 1),
        N.HEAD_WINDOW: date(2026, 4, 29),
        N.HEAD_REPLY: date(2026, 5, 14),
        N.CDAI_WINDOW: date(2026, 6, 13),
        N.CDAI_REPLY: date(2026, 7, 13),
        N.COURT_WINDOW: date(2026, 9, 11),
    }
    for name in (N.HEAD_WINDOW, N.CDAI_WINDOW, N.COURT_WINDOW):
        assert sheets.says_day(said, ends[name], language)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_nobody_is_named_unless_the_caller_passes_the_name(sefrou, language):
    filed = file(sefrou, email="amina@example.org")
    made = sheet(filed, language)
    everything = sheets.words(made) + made.decode("latin-1")
    everything += b"".join(sheets.carried(made).values()).decode()
    for private in (*PERSON.name.split(), PERSON.document, "زنقة", "amina@example.org"):
        assert private not in everything
    named = sheet(filed, language, requester=PERSON.name)
    assert PERSON.name in sheets.words(named)
    opened = json.loads(sheets.carried(named)["SFR-2026-R-0001.json"])["openings"]
    assert opened["name"]["value"] == PERSON.name and set(opened) == {"name", "text"}


def test_what_came_by_post_has_a_day_and_no_invented_hour(sefrou):
    midnight = datetime(2026, 3, 2, tzinfo=UTC)  # 00:00 in Casablanca too, in Ramadan
    filed = file(sefrou, came=arrival("post", at=midnight))
    said = sheets.words(sheet(filed, "fr"))
    assert "2 mars 2026" in said and "00:00" not in said


def test_the_code_stands_only_where_it_is_known(sefrou):
    filed = file(sefrou)
    assert filed.code in sheets.shown(sheet(filed, code=filed.code))
    assert "رمز تتبع الطلب" not in sheets.words(sheet(filed))


@pytest.mark.parametrize(
    ("channel", "is_stamped"), [("desk", True), ("post", True), ("web", False)]
)
def test_what_is_handed_out_has_a_place_for_the_stamp(sefrou, channel, is_stamped):
    made = sheet(file(sefrou, came=arrival(channel)))
    assert ("التوقيع والطابع" in sheets.words(made)) is is_stamped
    assert "فاطمة الزهراء" in sheets.words(made) and sheets.pages(made) == 1


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_under_a_long_letterhead_what_counts_stays_on_the_first_sheet(sefrou, language):
    sefrou.province.letterhead = LETTERHEAD
    sefrou.province.save()
    filed = file(sefrou, came=arrival("desk"), urgent_case="life", period="2026", place="صفرو")
    filed.request.community.refresh_from_db()
    made = sheet(filed, language, code=filed.code, requester=PERSON.name)
    first = sheets.words(made, page=0)
    for piece in {"ar": FIRST_AR, "fr": FIRST_FR}[language]:
        assert piece in first, piece
    assert filed.code in sheets.shown(made) and sheets.pages(made) <= 2


def test_the_qr_verifies_the_filing_and_opens_nothing(sefrou):
    filed = file(sefrou)
    (address,) = sheets.codes(sheet(filed))
    token = short_token(filed.request)
    assert address.endswith(f"/ar/verify/?sought=SFR-2026-R-0001&t={token}")
    assert filed.request.token not in address and filed.code not in address


def test_sheet_and_proof_are_verified_off_line(sefrou, tmp_path):
    filed = file(sefrou)
    proof = letters.receipt_json(filed.request)
    for name, content in (("a.pdf", sheet(filed)), ("a.json", proof)):
        code, said = sheets.verified(tmp_path, name, content)
        assert code == 0 and "information.submitted SFR-2026-R-0001, 2026-03-02" in said
        assert sheets.verified(tmp_path, name, content, with_keys=False)[0] == 1
    assert sheets.verified(tmp_path, "b.json", proof.replace(b"2026-03-02", b"2026-03-01"))[0] == 2
    changed = proof.replace(TEXT.encode(), b"x" * 30)
    assert sheets.verified(tmp_path, "c.json", changed)[0] == 2


def test_hostile_and_enormous_words_stay_words(sefrou):
    hostile = '#panic("x") $x$ <b> \\ [y] ' + "نص طويل جدا " * 300
    made = sheet(file(sefrou, text=hostile[:4000]))
    assert '#panic("x")$x$<b>' in sheets.shown(made) and sheets.pages(made) > 1


def test_an_uncertain_day_off_is_told(sefrou):
    filed = file(sefrou, came=arrival(on=date(2026, 2, 27)))
    clock = told(filed.request).reply(told(filed.request).case)
    said = sheets.words(sheet(filed, "fr"))
    latest = format_date(clock.due.deadline.due_latest, "fr", weekday=True)
    moved = clock.due.deadline.due != clock.due.deadline.due_latest
    assert (f"peut le reporter au {latest}" in said) is moved


def test_sheets_are_drawn_with_few_queries(sefrou, django_assert_max_num_queries):
    filed = file(sefrou)
    with django_assert_max_num_queries(40):
        sheet(filed)


def test_the_page_tells_the_words_that_a_receipt_proves_to_be_compared(sefrou, client):
    """A sheet can be painted over: the machine proves the joined text, and says to compare."""
    content = letters.receipt_json(file(sefrou).request)
    page = client.post("/ar/verify/", {"pasted": content.decode()}).content.decode()
    assert TEXT in page and "قارنوا هذه الكلمات" in page
    forged = content.decode().replace(TEXT, f"{TEXT} كله")
    told = client.post("/ar/verify/", {"pasted": forged}).content.decode()
    assert "غير سليم" in told and "قارنوا هذه الكلمات" not in told
