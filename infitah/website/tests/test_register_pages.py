"""The register as people and programs read it."""

import io
import json
from datetime import date

import feedparser
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from infitah.core import keys
from infitah.ledger import operations, queries, rules
from infitah.ledger.tests.factories import NOW, OFFICER, make_entries, make_entry

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


@pytest.fixture(autouse=True)
def _world(sefrou):
    """Every page belongs to a community of this world."""


@pytest.fixture
def first():
    """The number of the first entry that a test writes: the world has acts of its own."""
    return queries.size("SFR")


def get(client, path):
    return client.get(path, **HOST)


def post(client, **data):
    return client.post("/ar/verify/", data, HTTP_SEC_FETCH_SITE="same-origin", **HOST)


def uploaded(content, name="proof.json"):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return SimpleUploadedFile(name, raw)


@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_the_register_lists_its_acts(client, language, first):
    make_entry()
    make_entry(occurred_on=date(2023, 6, 12), act="council.session_held", by=OFFICER)
    make_entry(community_key="FES", subject="FES-2026-I-0001")
    response = get(client, f"/{language}/register/")
    page = response.content.decode()
    assert response.status_code == 200
    assert f"/{language}/register/{first}/" in page
    assert f"/{language}/register/{first + 1}/" in page
    assert "FES-2026" not in page
    assert "Set-Cookie" not in response.headers


def test_the_list_goes_on_and_back(client, first):
    make_entries(60)
    page = get(client, "/ar/register/").content.decode()
    assert f"?before={first + 10}" in page
    older = get(client, f"/ar/register/?before={first + 10}").content.decode()
    assert f"/ar/register/{first + 9}/" in older
    assert f"?after={first + 9}" in older
    assert get(client, "/ar/register/?before=x&family=nothing").status_code == 200
    assert get(client, f"/ar/register/?before={'9' * 40}").status_code == 200


def test_the_list_is_filtered_by_kind(client):
    make_entry(subject="SFR-2026-I-0001")
    make_entry(act="council.session_held", subject="SFR-2026-S-0001")
    page = get(client, "/ar/register/?family=participation").content.decode()
    assert "SFR-2026-I-0001" in page
    assert "SFR-2026-S-0001" not in page


@pytest.mark.parametrize("count", [5, 40])
def test_the_list_costs_the_same_at_any_size(client, count, django_assert_max_num_queries):
    get(client, "/ar/register/")
    make_entries(count)
    with django_assert_max_num_queries(9):
        get(client, "/ar/register/")


def test_an_entry_shows_its_text_and_its_way_to_the_root(client, first):
    make_entries(5)
    make_entry(private={"name": "سر لا ينشر"}, by=OFFICER)
    make_entry()
    response = get(client, f"/ar/register/{first + 5}/")
    page = response.content.decode()
    receipt = queries.receipt("SFR", first + 5)
    assert response.status_code == 200
    assert "participation.idea_submitted" in page
    for step in receipt["path"]:
        assert step in page
    assert receipt["head"]["root"] in page
    assert f"/register/SFR/{first + 5}.json" in page
    assert "سر لا ينشر" not in page
    assert "f.alaoui" not in page


def test_what_is_not_in_the_register_is_not_found(client, first):
    assert get(client, f"/ar/register/{first}/").status_code == 404
    assert get(client, f"/ar/register/{10**30}/").status_code == 404


def test_a_receipt_is_downloaded_and_verifies(client, first):
    make_entries(3)
    response = get(client, f"/register/SFR/{first + 1}.json")
    document = rules.read_document(response.content)
    known = rules.Pinned(keys.public_keys())
    assert rules.verdict(document, known).outcome is rules.Outcome.INTACT_KNOWN_KEY
    assert "openings" not in response.json()
    for path in (f"/register/FES/{first}.json", f"/register/SFR/{first + 3}.json"):
        missing = get(client, path)
        assert missing.status_code == 404
        assert missing.json()["error"]["code"] == "not_in_register"


def test_consistency_is_proved_between_any_two_sizes(client, first):
    make_entries(6)
    response = get(client, f"/register/SFR/consistency/{first + 2}/{first + 6}.json")
    proof = rules.read_document(response.content)
    assert rules.verdict(proof, rules.Pinned(keys.public_keys())).is_intact
    assert get(client, "/register/SFR/consistency/6/2.json").status_code == 404
    assert get(client, "/register/SFR/consistency/0/2.json").status_code == 404
    assert get(client, f"/register/SFR/consistency/1/{10**30}.json").status_code == 404


def test_roots_of_every_community_are_published(client):
    make_entries(2)
    make_entries(1, community_key="FES")
    operations.sign_daily_heads(now=NOW)
    make_entries(1)
    roots = rules.read_document(get(client, "/register/roots.json").content)
    assert {head.head.community for head in roots.heads} >= {"SFR", "FES"}
    known = rules.Pinned(keys.public_keys())
    assert rules.verdict(roots, known).outcome is rules.Outcome.INTACT_KNOWN_KEY
    year = roots.heads[0].head.time.year
    one = rules.read_document(get(client, f"/register/SFR/roots/{year}.json").content)
    assert len(one.heads) == 1
    assert get(client, "/register/SFR/roots/2001.json").status_code == 404
    assert get(client, f"/register/SFR/roots/{10**9}.json").status_code == 404


def test_the_keys_of_the_installation_can_be_pinned(client):
    content = get(client, "/.well-known/infitah.json").content
    assert rules.read_keys(content) == keys.public_keys()


def test_daily_roots_are_a_feed(client):
    make_entries(2)
    operations.sign_daily_heads(now=NOW)
    feed = feedparser.parse(io.BytesIO(get(client, "/feeds/register.atom").content))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert len(feed.entries) == 1
    root = queries.anchors("SFR")[0].as_json()["root"]
    assert root in feed.entries[0].summary


@pytest.mark.parametrize("language", ["ar", "fr", "zgh"])
def test_the_verification_page_stands(client, language):
    response = get(client, f"/{language}/verify/")
    assert response.status_code == 200
    assert 'enctype="multipart/form-data"' in response.content.decode()


def test_the_verification_page_is_not_of_receipts_alone(client):
    text = client.get("/ar/verify/", headers={"host": "localhost"}).text
    ask = text[text.index('id="ask"') : text.index("</main>")]
    assert "اختياري" not in ask and "<button>تحققوا</button>" in ask
    assert "يكفي واحد منها" in ask and "أو أي ملف: وصل أو تقرير أو إثبات" in ask


def test_a_receipt_is_judged(client, first):
    make_entries(3)
    receipt = queries.receipt("SFR", first + 1)
    good = post(client, file=uploaded(receipt))
    assert good.status_code == 200
    assert good.context["verdict"].outcome is rules.Outcome.INTACT_KNOWN_KEY
    receipt["entry"] = receipt["entry"].replace("digitisation", "digitization")
    bad = post(client, file=uploaded(receipt))
    assert bad.status_code == 200
    assert bad.context["verdict"].outcome is rules.Outcome.NOT_INTACT
    page = bad.content.decode()
    assert "notice-refused" in page
    assert "غير سليم" in page
    assert "لا تؤدي شهادة التقييد إلى الجذر الموقع" in page


def test_a_receipt_of_another_key_is_said_to_be_so(client, monkeypatch, first):
    make_entries(1)
    receipt = queries.receipt("SFR", first)
    known = keys.public_keys()
    monkeypatch.setattr(keys, "public_keys", lambda: {})
    answer = post(client, file=uploaded(receipt))
    assert answer.context["verdict"].outcome is rules.Outcome.INTACT_UNKNOWN_KEY
    assert known


@pytest.mark.parametrize(
    "content", [b"{}", b"", b"\xff\xfe", b"%PDF-1.7 nothing", b"x" * (2 * 1024 * 1024 + 1)]
)
def test_what_is_no_receipt_gets_a_sentence_and_422(client, content):
    response = post(client, file=uploaded(content, "receipt.pdf"), sought="SFR-2026-I-0001")
    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert 'value="SFR-2026-I-0001"' in page


def test_an_empty_form_and_an_unknown_reference_get_422(client):
    assert post(client).status_code == 422
    response = post(client, sought="SFR-2026-I-9999")
    assert response.status_code == 422
    assert 'value="SFR-2026-I-9999"' in response.content.decode()


def test_a_reference_a_number_or_a_hash_gets_a_verdict(client, first):
    entry = make_entry(subject="SFR-2026-I-0042")
    leaf = bytes(entry.leaf_hash)
    for sought in (
        "sfr-2026-i-0042",
        str(first),
        leaf.hex(),
        leaf.hex()[:12].upper(),
        rules.base64_text(leaf),
    ):
        response = post(client, sought=sought)
        assert response.status_code == 200, sought
        assert response.context["verdict"].outcome is rules.Outcome.INTACT_KNOWN_KEY
        assert f'href="/ar/register/{first}/"' in response.content.decode()
    make_entry(subject="SFR-2026-I-0042", act="participation.idea_withdrawn")
    several = client.get("/ar/verify/?sought=SFR-2026-I-0042", **HOST)
    assert several.status_code == 200
    assert f"/ar/register/{first + 1}/" in several.content.decode()


def test_a_form_of_another_site_is_refused(client):
    response = client.post("/ar/verify/", {"sought": "0"}, HTTP_SEC_FETCH_SITE="cross-site", **HOST)
    assert response.status_code == 403


def test_the_answer_is_never_kept(client):
    assert "no-store" in post(client, sought="x").headers["Cache-Control"]
