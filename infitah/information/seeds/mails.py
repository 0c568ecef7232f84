"""Mails of the demonstration: some to sort, one that answers a question, one of a machine."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from infitah.community.models import Community
from infitah.core.operations.inbox import Arrived
from infitah.core.viewer import Actor
from infitah.information.models import IncomingMail, InformationRequest
from infitah.information.operations import mail_in, mail_sorting
from infitah.information.rules import Party

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


def seed_mails(community: Community, *, now: datetime) -> None:
    """Put the mails of the demonstration where they belong; a second time adds nothing."""
    if IncomingMail.objects.of(community).exists():
        return
    cases = InformationRequest.objects.of(community)
    owed = cases.unanswered().order_by("-pk").first()
    waiting = cases.filter(turn=Party.REQUESTER, due_on__isnull=False).order_by("pk").first()
    for one in (*TO_SORT, MACHINE):
        _take(one, owed.reference if owed is not None else "", now)
    if waiting is None:
        return
    answer = _take(ANSWER, "", now)
    if answer is not None:
        mail_sorting.attach_mail(
            community=community,
            pk=answer.pk,
            reference=waiting.reference,
            by=OFFICER,
            now=now,
        )


def _take(one: Written, reference: str, now: datetime) -> IncomingMail | None:
    """Take a mail in as the worker does; return it."""
    content = one.content.replace(b"{reference}", reference.encode())
    came = now - timedelta(days=one.ago)
    keep = mail_in.take_in(Arrived(1, len(content), came, content, True), now=now)
    with transaction.atomic():
        keep()
    return IncomingMail.objects.order_by("-pk").first()
