"""The file for the commission: whole, indexed, numbered, verifiable; no more than one may see."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from infitah.core import files
from infitah.core.viewer import Viewer
from infitah.information import operations, queries, rules
from infitah.information.operations import third_party
from infitah.information.queries import letters
from infitah.information.tests import given, sheets
from infitah.information.tests.asked import PERSON
from infitah.information.tests.lettered import (
    WITHHELD,
    complained,
    decided,
    delivered,
    does,
    extended,
    registered,
    ruled,
)
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


def bearer(sefrou, request):
    return Viewer("SFR", sefrou.province.pk, tokens=frozenset({request.token}))


def bundle(sefrou, request, language="ar", **more):
    return letters.bundle(request, language, viewer=bearer(sefrou, request), today=TODAY, **more)


def bound(sefrou, request, language="ar", **more):
    return bundle(sefrou, request, language, **more).bound()


def whole_case(sefrou):
    """Return a request that went through an extension, a partial answer and a complaint."""
    request = registered(sefrou, email="amina@example.org")
    extended(request)
    decided(request)
    given.give(request, "minutes.pdf", given.plain(3), title="محضر الدورة العادية")
    given.give(request, "scan.png", given.picture())
    delivered(request)
    complained(request)
    ruled(request)
    request.refresh_from_db()
    return request


def bookmarks(made):
    document = pypdfium2.PdfDocument(made)
    found = [(one.get_title(), one.get_dest().get_index() + 1) for one in document.get_toc()]
    document.close()
    return found


def texts(made):
    document = pypdfium2.PdfDocument(made)
    found = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_each_part_has_its_bookmark_its_page_and_its_hash(sefrou, language):
    request = whole_case(sefrou)
    file = bundle(sefrou, request, language)
    made = bound(sefrou, request, language)
    marks = bookmarks(made)[3:]  # the front has three of its own
    front = sheets.shown(made)
    first = sheets.pages(file.front) + 1
    assert len(marks) == len(file.parts) == 9
    for part, (title, page) in zip(file.parts, marks, strict=True):
        assert title.endswith(part.title) and page == first
        assert part.sha256 in front
        first += part.pages
    assert first - 1 == file.pages == sheets.pages(made)


def test_every_page_bears_its_number_over_all(sefrou):
    made = bound(sefrou, whole_case(sefrou), "fr")
    pages = texts(made)
    for number, text in enumerate(pages, start=1):
        assert text.endswith(f"SFR-2026-R-0001 · {number} / {len(pages)}"), number


def test_the_parts_stand_in_the_order_of_the_acts(sefrou):
    titles = [one.title for one in bundle(sefrou, whole_case(sefrou), "fr").parts]
    assert titles == [
        "Plainte auprès de la Commission du droit d’accès à l’information",
        "La demande et son récépissé",
        "Accusé de réception",
        "Prorogation du délai de réponse",
        "Réponse : les informations sont communiquées en partie".replace(" :", "\u00a0:"),
        "Plainte auprès du président du conseil",
        "Réponse à votre plainte",
        "محضر الدورة العادية",
        "scan.png",
    ]


def test_the_acts_stand_with_number_and_hash_of_their_entries(sefrou):
    request = whole_case(sefrou)
    made = bound(sefrou, request, "fr")
    front = sheets.shown(made)
    told = [act for act in request.acts.all() if act.kind not in queries.following.INWARD]
    entries = {one.number: bytes(one.leaf_hash).hex() for one in entries_of(request)}
    assert len(told) == 7
    for act in told:
        assert entries[act.register_number] in front
    hidden = request.acts.get(kind="second_read")
    assert entries[hidden.register_number] not in front


def entries_of(request):
    return Entry.objects.filter(community_key="SFR", subject=request.reference)


def test_the_words_of_bound_documents_are_still_found(sefrou):
    request = whole_case(sefrou)
    given.give(request, "form.pdf", given.with_form())
    given.give(request, "turned.pdf", given.plain(1, rotate=90, size=(842, 1191)))
    said = " ".join(texts(bound(sefrou, request, "fr")))
    for number in (1, 2, 3):
        assert f"Sheet {number} of the minutes" in said
    assert "Budget 1250000" in said and WITHHELD.reason in said


def office():
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def test_what_has_no_pages_is_joined_with_its_hash(sefrou):
    request = whole_case(sefrou)
    kept = [
        given.give(request, "locked.pdf", given.locked()),
        given.give(request, "broken.pdf", b"%PDF-1.7\nnothing of a document"),
        given.give(request, "table.csv", "السنة,المبلغ\n2026,12\n".encode()),
        given.give(request, "note.docx", office()),
    ]
    made = bound(sefrou, request, "fr")
    carried = sheets.carried(made)
    front = sheets.shown(made)
    for number, one in enumerate(kept, start=1):
        assert carried[f"{number}-{one.file.name}"] == content_of(one)
        assert one.file.sha256 in front


def content_of(one):
    return files.content(one.file)


def test_the_bundle_is_verified_off_line(sefrou, tmp_path):
    code, said = sheets.verified(tmp_path, "cdai.pdf", bound(sefrou, whole_case(sefrou)))
    assert code == 0 and "information.submitted SFR-2026-R-0001" in said


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_nobody_is_named_unless_the_caller_passes_the_name(sefrou, language):
    request = whole_case(sefrou)
    made = bound(sefrou, request, language)
    everything = " ".join(texts(made)) + b"".join(sheets.carried(made).values()).decode()
    for private in (*PERSON.name.split(), PERSON.document, "زنقة", "amina@"):
        assert private not in everything
    named = bound(sefrou, request, language, requester=PERSON.name)
    assert PERSON.name in texts(named)[0] and PERSON.name in texts(named)[3]


def test_only_what_its_bearer_may_see_is_in_it(sefrou):
    request = registered(sefrou)
    does(
        third_party.consult_third_party,
        request,
        date(2026, 3, 9),
        party="شركة سرية",
        words="هل يسلم العقد",
    )
    given.give(request, "source.pdf", given.paper("وثيقة داخلية"), is_given=False)
    given.give(request, "proof.pdf", given.paper("وصل بريدي"), is_given=False, role="proof")
    decided(request)
    does(operations.send_back, request, date(2026, 3, 25), note="ملاحظة داخلية")
    said = " ".join(texts(bound(sefrou, request)))
    for inside in ("شركة سرية", "هل يسلم العقد", "وثيقة داخلية", "وصل بريدي", "ملاحظة داخلية"):
        assert inside not in said, inside
    told = str(queries.following.SAID["third_party_consulted"])
    assert told in said  # that somebody was consulted is told, not whom


def test_a_complaint_to_the_commission_that_was_filed_takes_the_place_of_the_draft(sefrou):
    request = whole_case(sefrou)
    does(
        operations.complain,
        request,
        date(2026, 4, 9),
        level=rules.ActKind.COMPLAINED_CDAI,
        words="أطلب من اللجنة دراسة شكايتي",
    )
    titles = [one.title for one in bundle(sefrou, request).parts]
    assert titles.count("شكاية إلى لجنة الحق في الحصول على المعلومات") == 1
    assert "أطلب من اللجنة دراسة شكايتي" in " ".join(texts(bound(sefrou, request)))


def test_the_front_names_every_body_that_was_turned_to(sefrou):
    request = whole_case(sefrou)
    more = {"words": "أطلب الإنصاف"}
    level = {"level": rules.ActKind.COMPLAINED_CDAI}
    does(operations.complain, request, date(2026, 4, 9), **level, **more)
    level = {"level": rules.ActKind.CDAI_DECIDED, "ruling": "rejected"}
    does(operations.rule_on_complaint, request, date(2026, 4, 10), **level, **more)
    front = texts(bound(sefrou, request, "fr"))[0]
    for piece in ("Réponse du président 8 avril 2026", "Réponse de la Commission 10 avril 2026"):
        assert piece in front
    assert "Dernière décision la plainte est rejetée" in front


def test_silence_alone_makes_a_file(sefrou):
    request = registered(sefrou)
    made = bound(sefrou, request, "fr")
    assert "vaut refus depuis le 2 avril 2026" in texts(made)[0]


def test_a_large_one_tells_its_progress_and_is_left_to_the_worker(sefrou):
    request = whole_case(sefrou)
    assert bundle(sefrou, request).is_small
    given.give(request, "long.pdf", given.plain(40))
    large = bundle(sefrou, request)
    steps = list(large.steps())
    assert not large.is_small
    done = [one.done for one in steps]
    assert done == sorted(done) and len(steps) == len(large.parts) + 1
    assert steps[-1].content and not any(one.content for one in steps[:-1])
    assert steps[-1].done == steps[-1].pages == large.pages


def test_endless_documents_are_joined_and_not_set_in(sefrou, monkeypatch):
    monkeypatch.setitem(letters.bundle.__globals__, "MOST_PAGES", 12)
    request = whole_case(sefrou)
    given.give(request, "long.pdf", given.plain(40))
    made = bound(sefrou, request)
    assert "1-long.pdf" in sheets.carried(made) and sheets.pages(made) < 20


def test_the_same_case_gives_the_same_bytes(sefrou):
    request = whole_case(sefrou)
    assert bound(sefrou, request) == bound(sefrou, request)


def test_it_is_drawn_with_few_queries(sefrou, django_assert_max_num_queries):
    request = whole_case(sefrou)
    with django_assert_max_num_queries(130):
        bound(sefrou, request)
