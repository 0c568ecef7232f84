"""Fingerprints and files: what of this community bears them, to the byte, and since when."""

import hashlib
import io
import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from infitah.core import files
from infitah.core.conf import FILES
from infitah.core.operations import bind_file
from infitah.council.tests.factories import adopted
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation.operations import TextGiven, publish_text
from infitah.participation.rules.texts import ParagraphWords
from infitah.participation.tests.factories import make_consultation
from infitah.programme.conf import OPTIONS
from infitah.programme.models import Commitment, CommitmentVersion, Evidence
from infitah.programme.tests.claims import claimed, staged
from infitah.programme.tests.factories import BY, NOW, OWNER, adopted_programme
from infitah.website.rules import fingerprint_in

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}
PUBLIC = {"is_public": True, "now": NOW}
DIGEST = "0f" * 32


def asked(client, sought, host="localhost"):
    return client.get("/ar/verify/", {"sought": sought}, HTTP_HOST=host)


def given(client, content, host="localhost"):
    data = {"file": SimpleUploadedFile("saved.bin", content)}
    return client.post("/ar/verify/", data, HTTP_SEC_FETCH_SITE="same-origin", HTTP_HOST=host)


def told(answer):
    """The one thing that an answer tells."""
    assert answer.status_code == 200
    return answer.context["borne"][0].thing


@pytest.fixture
def programme(sefrou):
    cycle, (commitment,) = adopted_programme(sefrou)
    return cycle, commitment


@pytest.fixture
def evidence(programme):
    """Evidence that is a file, deposited by the owner of a milestone."""
    claimed(programme[1], OWNER, kind="file", url="", file=(kept := staged()), sha256=kept.sha256)
    return Evidence.objects.get()


@pytest.mark.parametrize(
    "typed",
    [
        DIGEST,
        DIGEST.upper(),
        f"SHA-256 {DIGEST}",
        f"sha256:{DIGEST}",
        f"{DIGEST[:30]} {DIGEST[30:]}",
        f"  {DIGEST}  text.json",
    ],
)
def test_a_fingerprint_is_read_however_it_was_pasted(typed):
    assert fingerprint_in(typed) == DIGEST


@pytest.mark.parametrize("typed", ["", "47/2023", DIGEST[1:], f"{DIGEST}0", "SFR-2023-C-0002-E2"])
def test_what_is_no_fingerprint_is_left_alone(typed):
    assert fingerprint_in(typed) == ""


def test_the_hash_of_a_deliberation_and_its_text_lead_to_it(client, sefrou):
    item = adopted(sefrou.council)
    digest = item.versions.get().sha256
    answer = asked(client, f"{digest[:20]} {digest[20:]}".upper())
    assert told(answer).reference == item.reference
    assert f'href="/ar/council/decisions/{item.reference}/"' in answer.text
    number = Entry.objects.get(act="council.deliberation_adopted").number
    assert f'href="/ar/register/{number}/"' in answer.text and "سليم" in answer.text
    text = client.get(f"/ar/council/decisions/{item.reference}/text.json", **HOST).content
    assert told(given(client, text)).reference == item.reference


def test_the_hash_of_a_programme_and_its_list_lead_to_it(client, programme):
    cycle, _commitment = programme
    assert told(asked(client, cycle.sha256)).kind == "programme"
    lines = client.get(f"/ar/programme/{cycle.slug}/programme.txt", **HOST).content
    answer = given(client, lines)
    assert told(answer).kind == "programme" and answer.context["borne"][0].acts


def test_a_deliberation_says_which_hash_is_its_own_and_which_it_quotes(client, programme):
    cycle, _commitment = programme
    item = cycle.deliberation
    page = client.get(f"/ar/council/decisions/{item.reference}/", **HOST).text
    own, quoted = page.index("بصمة هذا النص"), page.index("أما البصمة المذكورة داخل النص")
    assert own < page.index(item.versions.get().sha256) < quoted
    assert cycle.sha256 in page[quoted:] and 'href="/ar/verify/"' in page[quoted:]
    assert 'href="/ar/verify/"' in client.get(f"/ar/programme/{cycle.slug}/", **HOST).text


def test_a_wording_as_json_leads_to_its_versions(client, programme):
    cycle, commitment = programme
    path = f"/ar/programme/{cycle.slug}/commitments/{commitment.reference}/versions/"
    version = commitment.versions.latest("number")
    text = client.get(f"{path}{version.number}.json", **HOST).content
    answer = given(client, text)
    assert told(answer).number == version.number and f'href="{path}"' in answer.text


def test_a_file_of_evidence_is_known_to_the_byte(client, evidence):
    content = files.path_of(evidence.file).read_bytes()
    answer = given(client, content)
    assert told(answer).reference == evidence.reference
    assert "ملفكم هو نفسه المعروض هنا" in answer.text and f"#{evidence.reference}" in answer.text
    assert hashlib.sha256(content).hexdigest() in answer.text
    assert told(asked(client, evidence.sha256)).reference == evidence.reference


def test_one_byte_more_is_said_to_be_another_file_with_its_hash(client, evidence):
    content = files.path_of(evidence.file).read_bytes() + b"\n"
    before = set(files.root().rglob("*"))
    answer = given(client, content)
    assert answer.status_code == 422 and answer.context["form"].errors["file"]
    assert hashlib.sha256(content).hexdigest() in answer.text
    assert "لا يحمل شهادة" not in answer.text and "notice-refused" not in answer.text
    assert set(files.root().rglob("*")) == before  # nothing of it is kept


def test_another_community_knows_nothing_of_it(client, sefrou, evidence):
    content = files.path_of(evidence.file).read_bytes()
    assert given(client, content, sefrou.other.host).status_code == 422
    assert asked(client, evidence.sha256, sefrou.other.host).status_code == 422
    assert asked(client, evidence.reference, sefrou.other.host).status_code == 422


def test_private_wordings_and_evidence_of_drafts_are_as_if_unknown(client, sefrou, evidence):
    held = evidence.milestone.commitment
    CommitmentVersion.objects.filter(commitment=held).update(is_public=False)
    digest = held.versions.values_list("sha256", flat=True)[0]
    assert asked(client, digest).status_code == 422
    Commitment.objects.filter(pk=held.pk).update(state=Commitment.State.DRAFTED)
    assert asked(client, evidence.sha256).status_code == 422
    assert asked(client, evidence.reference).status_code == 422


def test_a_text_put_to_the_public_is_known_with_its_version(client, sefrou):
    second = make_consultation(sefrou.province, slug="second", takes_ideas=False, round_number=2)
    body = LocalizedText(ar="نشر الميزانية كل سنة", fr="Publier le budget chaque année")
    text = publish_text(
        consultation=second,
        given=TextGiven("SFR-2023-C-0001", body, [ParagraphWords("problem", body, body)]),
        by=BY,
        now=datetime(2023, 6, 8, 10, tzinfo=UTC),
    )
    thing = told(asked(client, text.sha256))
    assert (thing.kind, thing.number) == ("text", text.number)
    assert client.get(thing.address, **HOST, follow=True).status_code == 200


def test_a_document_of_a_deliberation_is_known_as_a_file_of_this_site(client, sefrou):
    item = adopted(sefrou.council)
    kept = staged(b"letter of the governor", "letter.txt")
    bind_file(key=str(kept.key), community_key="SFR", subject=item.reference, **PUBLIC)
    thing = told(asked(client, kept.sha256))
    assert thing.kind == "file" and thing.reference == item.reference
    bound = type(kept).objects.filter(pk=kept.pk)
    bound.update(is_public=False)
    assert asked(client, kept.sha256).status_code == 422
    bound.update(is_public=True, subject="SFR-2023-D-9999")
    assert asked(client, kept.sha256).status_code == 422


def test_an_unknown_hash_is_answered_beside_the_field(client, sefrou):
    answer = asked(client, DIGEST.upper())
    assert answer.status_code == 422 and answer.context["form"].errors["sought"]
    assert DIGEST in answer.text and f'value="{DIGEST.upper()}"' in answer.text


def test_every_file_that_evidence_may_be_can_be_checked(client, sefrou):
    assert FILES.max_bytes >= OPTIONS.evidence_bytes
    large = io.BytesIO(b"%PDF-1.7 " + b"x" * (3 * 1024 * 1024)).getvalue()
    answer = given(client, large)
    assert hashlib.sha256(large).hexdigest() in answer.text
    too_large = given(client, b"x" * (FILES.max_bytes + 1))
    assert too_large.status_code == 422 and "10" in too_large.context["form"].errors["file"][0]


def test_the_reference_of_evidence_leads_to_the_acts_that_name_it(client, evidence):
    for sought in (evidence.reference, evidence.reference.lower(), f" {evidence.reference} "):
        answer = asked(client, sought)
        assert told(answer).reference == evidence.reference
    claims = Entry.objects.filter(subject=evidence.milestone.reference).order_by("number")
    naming = [one.number for one in claims if f'"{evidence.reference}"' in one.canonical]
    assert naming and [one.number for one in answer.context["borne"][0].acts] == naming
    assert re.search(rf'href="\?sought=%23{naming[0]}"', answer.text)
    assert asked(client, f"{evidence.reference}9").status_code == 422


def test_a_hash_is_answered_in_a_bounded_number_of_queries(
    client, evidence, django_assert_max_num_queries
):
    asked(client, evidence.sha256)
    with django_assert_max_num_queries(45):
        asked(client, evidence.sha256)
    with django_assert_max_num_queries(20):
        asked(client, DIGEST)
