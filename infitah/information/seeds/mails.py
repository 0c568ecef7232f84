"""Mails of the demonstration: some to sort, an answer to a question, a machine's, one come back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from infitah.community.models import Community
from infitah.core.models import Mail
from infitah.core.operations.inbox import Arrived
from infitah.core.viewer import Actor
from infitah.information.models import IncomingMail, InformationRequest, RequestAct
from infitah.information.operations import mail_in, mail_sorting
from infitah.information.operations.contacts import mail_address_of
from infitah.information.operations.letters import queue_told
from infitah.information.queries.mail_in import ours
from infitah.information.rules import ActKind, Party

OFFICER: Final = Actor("officer", "information_officer", "information_officer")


@dataclass(frozen=True, slots=True)
class Written:
    """A mail as it came `ago` days before today; its sender is invented, at example.org."""

    ago: int
    sender: str
    name: str
    subject: str
    text: str
    headers: str = ""

    @property
    def content(self) -> bytes:
        return (
            f"From: {self.name} <{self.sender}@example.org>\r\n"
            f"Subject: {self.subject}\r\n"
            f"Message-ID: <{self.sender}.{self.ago}@example.org>\r\n"
            f"{self.headers}"
            "Content-Type: text/plain; charset=utf-8\r\n\r\n"
            f"{self.text}\r\n"
        ).encode()


TO_SORT: Final = (
    Written(
        3,
        "h.benali",
        "حسناء بنعلي",
        "طلب الحصول على معلومات",
        "السلام عليكم،\n\nأرغب في الحصول على برنامج صيانة الطرق القروية بجماعة البهاليل "
        "لسنتي 2025 و2026، مع المبالغ المرصودة لكل طريق.\n\nمع الشكر الجزيل.\nحسناء",
    ),
    Written(
        2,
        "k.alami",
        "Karim Alami",
        "Re: {reference}",
        "Bonjour,\n\nPouvez-vous me dire où en est la demande {reference} ? Je n’ai pas encore "
        "reçu de réponse.\n\nCordialement,\nKarim Alami",
    ),
    Written(
        1,
        "stage",
        "Nadia",
        "Demande de stage",
        "Bonjour, je suis étudiante et je cherche un stage de deux mois dans vos services.",
    ),
)
ANSWER: Final = Written(
    1,
    "citizen7",
    "مصطفى",
    "جوابا على سؤالكم",
    "أعني الطريق التي تؤدي إلى دوار أيت خلفون، وأريد محضر التسلم المؤقت لأشغالها.",
)
MACHINE: Final = Written(
    2,
    "news",
    "نشرة",
    "نشرة الأسبوع",
    "أخبار الأسبوع.",
    "List-Id: <news.example.org>\r\nPrecedence: bulk\r\n",
)

RETURNED: Final = """From: Mail Delivery System <MAILER-DAEMON@example.org>\r
To: no-reply@{domain}\r
Subject: Undelivered Mail Returned to Sender\r
Auto-Submitted: auto-replied\r
Message-ID: <returned.{key}@example.org>\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary="part"\r
\r
--part\r
Content-Type: text/plain; charset=us-ascii\r
\r
I'm sorry to have to inform you that your message could not be delivered.\r
\r
--part\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mail.example.org\r
\r
Final-Recipient: rfc822; {to}\r
Action: failed\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address rejected: User unknown\r
\r
--part\r
Content-Type: text/rfc822-headers\r
\r
To: {to}\r
Message-ID: <{key}@{domain}>\r
\r
--part--\r
"""
"""What a server writes that does not know an address (RFC 3464)."""


def seed_mails(community: Community, *, now: datetime) -> None:
    """Put the mails of the demonstration where they belong; a second time adds nothing."""
    if IncomingMail.objects.of(community).exists():
        return
    cases = InformationRequest.objects.of(community)
    owed = cases.unanswered().order_by("-pk").first()
    waiting = cases.filter(turn=Party.REQUESTER, due_on__isnull=False).order_by("pk").first()
    for one in (*TO_SORT, MACHINE):
        _take_written(one, owed.reference if owed is not None else "", now)
    _come_back(community, now)
    if waiting is None:
        return
    answer = _take_written(ANSWER, "", now)
    if answer is not None:
        mail_sorting.attach_mail(
            community=community,
            pk=answer.pk,
            reference=waiting.reference,
            by=OFFICER,
            now=now,
        )


def _take_written(one: Written, reference: str, now: datetime) -> IncomingMail | None:
    content = one.content.replace(b"{reference}", reference.encode())
    return _take(content, now - timedelta(days=one.ago), now)


def _take(content: bytes, came: datetime, now: datetime) -> IncomingMail | None:
    """Take a mail in as the worker does; return it."""
    keep = mail_in.take_in(Arrived(1, len(content), came, content, True), now=now)
    with transaction.atomic():
        keep()
    return IncomingMail.objects.order_by("-pk").first()


def _come_back(community: Community, now: datetime) -> None:
    """Tell of a receipt that left yesterday and came back: the office telephones or writes."""
    filed = RequestAct.objects.filter(kind=ActKind.SUBMITTED, request__requester__has_email=True)
    owed = filed.filter(request__in=InformationRequest.objects.of(community).unanswered())
    act = owed.select_related("request__community", "request__requester").order_by("-pk").first()
    left = now - timedelta(days=1)
    mail = queue_told(act, None, left) if act is not None else None
    if act is None or mail is None:
        return
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, sent_at=left)
    to = mail_address_of(act.request.requester, act.request)
    report = RETURNED.format(to=to, key=mail.key, domain=ours().domain)
    _take(report.encode(), left + timedelta(minutes=2), now)
