"""Mails read tolerantly: Arabic of every age, machines told from people, nothing hostile hurts."""

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.information.rules.mail import (
    Joined,
    MailKind,
    MailNote,
    case_tag,
    headers,
    markup,
    own_words,
    read_mail,
    references_in,
    tagged,
    tags_in,
)
from infitah.information.tests import mails
from infitah.information.tests.mails import HOSTILE, OURS, OWN, SENDER, WORDS, made, raw
from infitah.kernel.text import clean_text


def read(content: bytes, **more):
    return read_mail(content, OURS, **more)


# --- Text and headers --------------------------------------------------------


def test_arabic_of_windows_is_read() -> None:
    mail = read(mails.windows_1256())
    assert (mail.sender, mail.sender_name) == ("youssef@example.ma", "يوسف")
    assert (mail.subject, mail.text) == ("طلب وثيقة من الجماعة", WORDS)
    assert (mail.kind, mail.may_be_answered) == (MailKind.MESSAGE, True)


def test_utf8_in_base64_is_read_though_its_letters_are_cut() -> None:
    mail = read(mails.utf8_base64())
    assert (mail.subject, mail.text) == ("نسخة من الميزانية", WORDS)
    assert mail.sender == SENDER


def test_a_good_mail_is_read_whole() -> None:
    mail = read(made(files=(("تقرير.pdf", "application/pdf", b"%PDF-1.7"),)))
    assert (mail.sender, mail.sender_name) == (SENDER, "أمينة الصفريوية")
    assert (mail.subject, mail.text) == ("طلب معلومات", WORDS)
    assert mail.message_id == "<1.mail@example.ma>"
    assert [(one.name, one.content) for one in mail.files] == [("تقرير.pdf", b"%PDF-1.7")]
    assert mail.notes == ()


@pytest.mark.parametrize("charset", ["us-ascii", "utf-8", "x-unknown", "", "punycode", "zlib"])
def test_a_wrong_charset_loses_no_letter(charset: str) -> None:
    mail = read(raw(f"Content-Type: text/plain; charset={charset}", body=WORDS.encode("cp1256")))
    assert mail.text == WORDS
    mail = read(raw(f"Content-Type: text/plain; charset={charset}", body=WORDS))
    assert mail.text == WORDS


def test_french_of_windows_is_read_without_its_charset() -> None:
    assert read(raw(body="Où est l’arrêté à jour ?".encode("cp1252"))).text == (
        "Où est l’arrêté à jour ?"
    )


def test_raw_letters_in_headers_are_read() -> None:
    mail = read(raw("Subject: طلب".encode(), "From: سعيد <said@example.ma>".encode(), body="x"))
    assert (mail.subject, mail.sender_name, mail.sender) == ("طلب", "سعيد", "said@example.ma")


def test_of_html_alone_the_text_is_taken_and_nothing_runs() -> None:
    html = (
        "<html><head><style>p{}</style><title>t</title></head><body dir=rtl><p>أريد&nbsp;نسخة</p>"
        "<script>alert(1)</script><ul><li>أولا</li><li>ثانيا</li></ul>"
        '<a href="javascript:alert(1)">هنا</a> <a href="https://example.ma/a?b=1&amp;c=2">هناك</a>'
        '<img src="https://tracker.example.ma/x.gif" onerror=alert(1)></body></html>'
    )
    mail = read(raw("Content-Type: text/html; charset=utf-8", body=html))
    assert mail.text == (
        "أريد نسخة\n\n- أولا\n\n- ثانيا\n\nهنا هناك (https://example.ma/a?b=1&c=2)"
    )
    assert mail.notes == (MailNote.HTML_ONLY,)


def test_of_two_versions_the_plain_one_is_taken() -> None:
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nnur text\r\n"
        "--b\r\nContent-Type: text/html\r\n\r\n<b>html</b>\r\n--b--\r\n"
    )
    mail = read(raw("Content-Type: multipart/alternative; boundary=b", body=body))
    assert (mail.text, mail.files, mail.notes) == ("nur text", (), ())


def test_a_mail_within_the_mail_is_a_text_with_its_files() -> None:
    inner = made("الرسالة الداخلية", subject="أصل", files=(("a.pdf", "application/pdf", b"%PDF-"),))
    body = b"--b\r\n\r\nforwarded\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    mail = read(raw("Content-Type: multipart/mixed; boundary=b", body=body + b"\r\n--b--\r\n"))
    assert mail.text == "forwarded"
    assert [one.name for one in mail.files] == ["أصل.txt", "a.pdf"]
    assert "الرسالة الداخلية" in mail.files[0].content.decode()


def test_no_header_is_smuggled_into_a_line() -> None:
    mail = read(HOSTILE["injection"])
    assert mail.subject == "x Bcc: victim@example.ma"
    assert mail.sender == "a@b.ma"
    assert "\n" not in mail.sender_name


def test_the_address_is_the_one_in_brackets() -> None:
    mail = read(raw('From: "president@sefrou.ma" <other@example.ma>', body="x"))
    assert (mail.sender, mail.sender_name) == ("other@example.ma", "president@sefrou.ma")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\r\nb.pdf", "x" * 5000, "\u202efdp.exe", ""]
)
def test_hostile_file_names_are_kept_short_and_on_one_line(name: str) -> None:
    content = raw(
        "Content-Type: application/octet-stream",
        f"Content-Disposition: attachment; filename={name!r}",
        body="x",
    )
    (one,) = read(content).files
    assert one.name and len(one.name) <= headers.LONGEST_NAME
    assert len(one.name.splitlines()) == 1 and "\u202e" not in one.name


def test_of_many_files_the_first_thirty_are_kept_and_the_others_named() -> None:
    files = tuple((f"{n}.txt", "text/csv", b"x") for n in range(40))
    found = read(made(files=files)).files
    assert len(found) == 40
    assert [one.is_over for one in found] == [False] * 30 + [True] * 10
    many = read(made(files=tuple((f"{n}.txt", "text/csv", b"x") for n in range(90))))
    assert len(many.files) == 60 and many.notes == (MailNote.CUT,)


def test_what_is_locked_is_told_without_opening_it() -> None:
    plain = BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "x")
    locked = bytearray(plain.getvalue())
    locked[6] |= 1
    assert not Joined("a.zip", plain.getvalue()).is_locked
    assert Joined("a.zip", bytes(locked)).is_locked
    assert Joined("a.pdf", b"%PDF-1.7 trailer << /Encrypt 5 0 R >>").is_locked
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert Joined("a.docx", office).is_locked
    assert not Joined("a", b"").is_locked


def test_a_zip_bomb_is_never_unpacked() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 50_000_000)
    started = time.monotonic()
    (one,) = read(made(files=(("bomb.zip", "application/zip", bomb.getvalue()),))).files
    assert one.content == bomb.getvalue()
    assert time.monotonic() - started < 2


def test_an_encrypted_mail_says_so() -> None:
    body = (
        "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
        '--b\r\nContent-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n'
        "-----BEGIN PGP MESSAGE-----\r\n--b--\r\n"
    )
    mail = read(raw("Content-Type: multipart/encrypted; boundary=b", body=body))
    assert mail.notes == (MailNote.ENCRYPTED,)


def test_of_a_mail_that_is_not_whole_the_headers_are_read() -> None:
    head = raw("From: a@b.ma", "Subject: كبير")
    assert read(head, is_whole=False).notes == (MailNote.TOO_LARGE,)
    mail = read(head, is_whole=False, is_stuck=True)
    assert (mail.subject, mail.sender, mail.notes) == ("كبير", "a@b.ma", (MailNote.STUCK,))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_mail_hurts(name: str) -> None:
    started = time.process_time()
    mail = read(HOSTILE[name])
    assert time.process_time() - started < 10, "hostile mails cost no more than large ones"
    assert len(mail.fingerprint) == 64
    for text in (mail.sender, mail.sender_name, mail.subject, mail.message_id):
        assert len(text.splitlines()) <= 1 and "\0" not in text
    assert "\0" not in mail.text and clean_text(mail.text) == mail.text.strip()


@given(st.binary(max_size=3000))
def test_any_bytes_are_read(content: bytes) -> None:
    assert len(read(content).fingerprint) == 64
    read(content, is_whole=False)


PIECES = st.sampled_from(
    [
        b"From: ", b"To: ", b"Subject: ", b"Content-Type: ", b"multipart/mixed; boundary=b",
        b"multipart/report; report-type=delivery-status; boundary=b", b"message/rfc822",
        b"message/delivery-status", b"text/html", b"text/plain; charset=", b"windows-1256",
        b"Content-Transfer-Encoding: base64", b"quoted-printable", b"\r\n", b"\n", b"\r\n\r\n",
        b"--b", b"--b--", b"=?utf-8?B?", b"?=", b"<a@b.ma>", b";", b"=", b"\"", b"(", b"\x00",
        b"\xd8\xb7", b"\xff", b"filename*0*=", b"Message-ID: <", b">", b"Action: failed",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_any_order_of_the_pieces_of_mails_is_read(some: list[bytes]) -> None:
    mail = read(b"".join(some))
    assert len(mail.fingerprint) == 64 and "\n" not in mail.subject


@given(st.text(max_size=200))
def test_a_header_comes_back_as_it_was_encoded(text: str) -> None:
    plain = headers.clean_line(text.replace("?", "")).replace("=", "")
    for charset in ("utf-8", "utf-16"):
        coded = headers.binascii.b2a_base64(plain.encode(charset), newline=False).decode()
        if len(coded) < headers.LONGEST - 100:
            assert headers.words(f"=?{charset}?b?{coded}?=") == plain


@given(st.text(alphabet=st.characters(exclude_characters="<>&\r\0"), max_size=300))
def test_html_without_tags_says_what_it_says(text: str) -> None:
    kept = " ".join(clean_text(text).split())
    assert " ".join(markup.text_of(text).split()) == kept


# --- Machines ----------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; type=x"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"Return_Path": "<>"},
        {"List_Id": "<news.example.ma>"},
        {"X_Autoreply": "yes"},
        {"sender": OWN},
        {"sender": f"Sefrou <{OWN.replace('@', '+x@')}>"},
    ],
)
def test_what_a_machine_sent_is_no_message_and_gets_no_answer(header: dict[str, str]) -> None:
    mail = read(made(**header))
    assert (mail.kind, mail.may_be_answered) == (MailKind.AUTO_REPLY, False)


def test_our_own_mail_that_comes_back_is_known() -> None:
    echo = raw(f"From: {SENDER}", f"Message-ID: {mails.OUR_ID}", body="x")
    assert (read(echo).kind, read(echo).may_be_answered) == (MailKind.AUTO_REPLY, False)


@pytest.mark.parametrize(
    "header",
    [
        {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
        {"sender": "no-reply@example.ma"},
        {"sender": "MAILER-DAEMON@example.ma"},
        {"sender": "ne-pas-repondre@example.ma"},
    ],
)
def test_what_may_be_a_person_is_sorted_but_not_answered(header: dict[str, str]) -> None:
    mail = read(made(**header))
    assert (mail.kind, mail.may_be_answered) == (MailKind.MESSAGE, False)


def test_auto_submitted_no_is_a_person() -> None:
    assert read(made(Auto_Submitted="no")).may_be_answered


# --- Bounces -----------------------------------------------------------------


def test_a_bounce_of_postfix_is_read() -> None:
    mail = read(mails.postfix_bounce())
    assert (mail.kind, mail.may_be_answered, mail.files) == (MailKind.BOUNCE, False, ())
    bounce = mail.bounce
    assert bounce is not None and bounce.is_final
    assert bounce.recipients == (SENDER,)
    assert bounce.returned == (mails.OUR_ID,)
    assert bounce.status == "5.1.1" and "User unknown" in bounce.diagnosis
    assert "could not be delivered" in mail.text


def test_a_bounce_of_exchange_is_read() -> None:
    mail = read(mails.exchange_bounce())
    bounce = mail.bounce
    assert mail.kind is MailKind.BOUNCE and bounce is not None
    assert (bounce.recipients, bounce.returned) == ((SENDER,), (mails.OUR_ID,))
    assert bounce.status == "5.1.10"


def test_a_mail_that_is_only_late_did_not_bounce() -> None:
    mail = read(mails.postfix_bounce(action="delayed"))
    assert mail.kind is MailKind.AUTO_REPLY
    assert mail.bounce is not None and not mail.bounce.is_final


def test_a_bounce_of_exim_is_read() -> None:
    content = raw(
        "Return-path: <>",
        "From: Mail Delivery System <Mailer-Daemon@example.ma>",
        f"X-Failed-Recipients: {SENDER}",
        "Auto-Submitted: auto-replied",
        body=f"unrouteable address\n\n----\n\nMessage-ID: {mails.OUR_ID}\nTo: x\n",
    )
    bounce = read(content).bounce
    assert bounce is not None and bounce.is_final
    assert (bounce.recipients, bounce.returned) == ((SENDER,), (mails.OUR_ID,))


# --- To which case -----------------------------------------------------------


def test_an_address_carries_the_case_and_its_token() -> None:
    token = "0123456789abcdef0123"
    address = tagged(OWN, case_tag("SFR-2026-R-0042", token))
    assert address == f"talabat+sfr-2026-r-0042.{token}@sefrou.example.ma"
    (tag,) = tags_in([SENDER, address.upper()], OWN)
    assert (tag.reference, tag.token) == ("SFR-2026-R-0042", token)
    (tag,) = tags_in([OWN.replace("@", "+sfr@")], OWN)
    assert (tag.community, tag.reference) == ("SFR", "")
    assert tags_in([OWN, address.replace("sefrou", "fes"), "x+sfr@example.ma"], OWN) == []
    assert tagged("a" * 40 + "@b.ma", case_tag("SFR-2026-R-0042", token)) == ""


@given(st.text(max_size=60))
def test_any_tag_is_read_or_left(tag: str) -> None:
    for one in tags_in([OWN.replace("@", f"+{tag}@")], OWN):
        assert one.community or (one.reference and len(one.token) == 20)


def test_references_are_found_as_people_write_them() -> None:
    assert references_in("Re: طلب SFR-2026-R-0042") == ["SFR-2026-R-0042"]
    assert references_in("رقم sfr–٢٠٢٦–r–٤٢ و SFR-2026-R-0007") == [
        "SFR-2026-R-0042",
        "SFR-2026-R-0007",
    ]
    assert references_in("XSFR-2026-I-0042 SFR-2026-R-") == []


def test_only_the_own_words_of_an_answer_are_taken() -> None:
    for quoted in (
        "Le lun. 2 mars 2026 à 09:30, Province de Sefrou <x@y.ma> a écrit :\n> ancien",
        "On Mon, Mar 2, 2026 at 9:30 AM Sefrou\n<x@y.ma> wrote:\n> old",
        "في الإثنين 2 مارس 2026، كتب إقليم صفرو <x@y.ma>:\n> قديم",
        "-----Message d'origine-----\nDe : Province\nEnvoyé : lundi\nancien",
        "De : Province <x@y.ma>\nEnvoyé : lundi 2 mars\nÀ : moi\nancien",
        "من: إقليم صفرو\nتاريخ الإرسال: الإثنين\nقديم",
        "> tout en haut\n> ancien",
    ):
        assert own_words(f"سنة 2025 فقط\n\n{quoted}") == "سنة 2025 فقط", quoted
    assert own_words("> only quoted words") == "> only quoted words"
    assert own_words("De : rien de tel\nje demande") == "De : rien de tel\nje demande"


def test_a_mail_that_comes_by_two_ways_is_known_and_another_is_not() -> None:
    one = made()
    assert read(b"Received: by a\r\n" + one).fingerprint == read(one).fingerprint
    assert read(one.replace(b"\r\n", b"\n")).fingerprint == read(one).fingerprint
    # Another mail under the same Message-ID is another mail: nobody can hide one with it.
    assert read(made("شيء آخر تماما")).fingerprint != read(one).fingerprint
