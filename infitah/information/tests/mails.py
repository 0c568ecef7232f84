"""Mails for tests, written by us as programs of the wild write them; every person is invented."""

from base64 import b64encode
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

from infitah.information.rules.mail import Ours

OWN = "talabat@sefrou.example.ma"
DOMAIN = "sefrou.example.ma"
OURS = Ours(frozenset({OWN, f"no-reply@{DOMAIN}"}), DOMAIN)
SENDER = "amina@example.ma"
WORDS = "السلام عليكم، أرغب في الحصول على نسخة من محضر دورة يناير 2026."
KEY = "3f1c2a44-9d1e-4b5e-8f00-1234567890ab"
OUR_ID = f"<{KEY}@{DOMAIN}>"


def made(
    text: str = WORDS,
    *,
    subject: str = "طلب معلومات",
    sender: str = f"أمينة الصفريوية <{SENDER}>",
    to: str = OWN,
    files: tuple[tuple[str, str, bytes], ...] = (),
    number: str = "1",
    **more: str,
) -> bytes:
    """Return a mail as a good program writes it; `more` are headers (`in_reply_to`)."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = "Mon, 02 Mar 2026 09:30:00 +0000"
    message["Message-ID"] = f"<{number}.mail@example.ma>"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, kind, content in files:
        main, _slash, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def raw(*lines: str | bytes, body: str | bytes = b"") -> bytes:
    """Return a mail of these header lines and this body."""
    head = b"\r\n".join(one if isinstance(one, bytes) else one.encode() for one in lines)
    return head + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())


def windows_1256() -> bytes:
    """An old Outlook: Arabic of Windows, header and body."""
    subject = Header("طلب وثيقة من الجماعة", "windows-1256").encode()
    return raw(
        f"From: =?windows-1256?B?{b64encode('يوسف'.encode('cp1256')).decode()}?= <youssef@example.ma>",
        f"To: {OWN}",
        f"Subject: {subject}",
        "Message-ID: <old-1@example.ma>",
        "MIME-Version: 1.0",
        'Content-Type: text/plain; charset="windows-1256"',
        "Content-Transfer-Encoding: 8bit",
        body=WORDS.encode("cp1256"),
    )


def utf8_base64() -> bytes:
    """A telephone: everything in base64, the letters of the subject cut between two words."""
    whole = "نسخة من الميزانية".encode()
    cut = [b64encode(whole[:9]).decode(), b64encode(whole[9:]).decode()]
    return raw(
        f"From: <{SENDER}>",
        f"To: <{OWN}>",
        f"Subject: =?UTF-8?B?{cut[0]}?=",
        f" =?UTF-8?B?{cut[1]}?=",
        "Message-ID: <phone-1@example.ma>",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: base64",
        body=b64encode(WORDS.encode()),
    )


def postfix_bounce(to: str = SENDER, returned: str = OUR_ID, *, action: str = "failed") -> bytes:
    status = "5.1.1" if action == "failed" else "4.4.1"
    return raw(
        "Return-Path: <>",
        "From: MAILER-DAEMON@mail.example.ma (Mail Delivery System)",
        f"To: no-reply@{DOMAIN}",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "Message-ID: <20260302.AAA@mail.example.ma>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status;",
        '\tboundary="B/1"',
        body=f"""This is a MIME-encapsulated message.

--B/1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.ma.

I'm sorry to have to inform you that your message could not be delivered.

--B/1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.ma
X-Postfix-Queue-ID: AAA

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address rejected:
    User unknown

--B/1
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: no-reply@{DOMAIN}
To: {to}
Subject: =?utf-8?b?2LfZhNio?=
Message-ID: {returned}

--B/1--
""",
    )


def exchange_bounce(to: str = SENDER, returned: str = OUR_ID) -> bytes:
    """Exchange: HTML, the original inside, its own words, no empty lines where others have them."""
    return raw(
        "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.ma>",
        f"To: <{OWN}>",
        "Subject: Undeliverable: =?utf-8?B?2LfZhNio?=",
        "Message-ID: <5a1d@EX01.example.ma>",
        "X-MS-Exchange-Message-Is-Ndr:",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type="delivery-status"; boundary="_9B0_"',
        body=f"""--_9B0_
Content-Type: multipart/alternative; boundary="_alt_"

--_alt_
Content-Type: text/plain; charset="us-ascii"

Delivery has failed to these recipients or groups:
{to}
The email address you entered couldn't be found.

--_alt_
Content-Type: text/html; charset="us-ascii"

<html><body><p><b>Delivery has failed</b></p></body></html>

--_alt_--

--_9B0_
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.example.ma

Final-recipient: RFC822;{to.upper()}
Action: failed
Status: 5.1.10
Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found

--_9B0_
Content-Type: message/rfc822

From: <no-reply@{DOMAIN}>
To: <{to}>
Message-ID: {returned}
Subject: test
Content-Type: text/plain

the whole letter
--_9B0_--
""",
    )


def out_of_office() -> bytes:
    return made(
        "أنا في عطلة إلى غاية 15 مارس.",
        subject="Automatic reply: طلبكم",
        number="ooo",
        Auto_Submitted="auto-replied",
        X_Auto_Response_Suppress="All",
        In_Reply_To=OUR_ID,
    )


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "no headers": b"\r\n\r\njust text",
    "no end of headers": b"From: a@b.ma\r\nSubject: x",
    "nuls": b"From: a@b.ma\x00\r\nSubject: \x00\x00\r\n\r\n\x00\x00body\x00",
    "empty id": raw("From: a@b.ma", "Message-ID: <>", body="x"),
    "open quote": raw('From: "', 'To: "', "Subject: =?utf-8?B?", body="x"),
    "wrong base64": raw("From: a@b.ma", "Content-Transfer-Encoding: base64", body="%%%%=*="),
    "half base64 word": raw("Subject: =?utf-8?B?2LfZhNi?= =?utf-8?B?A?=", body="x"),
    "unknown charset": raw("Content-Type: text/plain; charset=x-klingon", body="نص"),
    "slow charset": raw("Content-Type: text/plain; charset=punycode", body="x" * 200_000),
    "charset that is none": raw("Content-Type: text/plain; charset=zlib", body="نص"),
    "charset star": raw("Content-Type: text/plain; charset*=nonsense'ar'%D9%86", body="نص"),
    "huge from": raw(b"From: " + b"a," * 100_000, body="x"),
    "nested comments": raw("From: " + "(" * 50_000, body="x"),
    "many headers": raw(*[f"X-{n}: y" for n in range(50_000)], body="x"),
    "huge content type": raw("Content-Type: text/plain; " + "a*0=b;" * 50_000, body="x"),
    "no boundary": raw("Content-Type: multipart/mixed", body="--x\r\n\r\ny\r\n--x--"),
    "empty boundary": raw('Content-Type: multipart/mixed; boundary=""', body="--\r\n\r\ny"),
    "boundary never met": raw("Content-Type: multipart/mixed; boundary=q", body="text\r\n" * 9),
    "deep": b"".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode()
        for n in range(5_000)
    ),
    "mail in mail": b"Content-Type: message/rfc822\r\n\r\n" * 5_000,
    "a million parts": raw(
        "Content-Type: multipart/mixed; boundary=b", body=b"\n--b\n" * 1_000_000
    ),
    "only html": raw("Content-Type: text/html", body="<a " * 60_000),
    "report without report": raw(
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        body="--b\r\nContent-Type: message/delivery-status\r\n\r\n\r\n--b--",
    ),
    "uuencoded": raw("Content-Transfer-Encoding: x-uuencode", body="begin 644 x\n#0V%T\n`\nend\n"),
    "injection": raw(
        "Subject: =?utf-8?Q?x=0D=0ABcc:_victim@example.ma?=",
        "From: =?utf-8?Q?a=0D=0ATo:_b@c.ma?= <a@b.ma>",
        body="x",
    ),
}
