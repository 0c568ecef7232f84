"""What a request seems to be besides a request for information: said once, never a block.

The law lets anybody ask anything (law 31-13, arts. 3 and 14); the words below only save a person
twenty working days where another counter answers at once. Words in, kinds out.
"""

import re
from enum import StrEnum
from typing import Final

from infitah.kernel import arabic
from infitah.kernel.text import western_digits


class Notice(StrEnum):
    """What the text seems to be or to hold."""

    CARD = "card"
    PERSONAL = "personal"
    COMPLAINT = "complaint"
    PERMIT = "permit"
    OTHER_OFFICE = "other_office"


_CARD: Final = re.compile(r"(?<![^\W_])(?:[A-Za-z]{1,2}|[A-Z]{1,2}[ \-])\d{5,6}(?![^\W_])")
_SIGNS: Final[dict[Notice, tuple[str, ...]]] = {
    Notice.PERSONAL: (
        "عقد ازديادي",
        "عقد الازدياد",
        "نسخة موجزة",
        "شهادة السكنى",
        "شهادة الحياة",
        "ملفي الشخصي",
        "الحالة المدنية الخاصة بي",
        "acte de naissance",
        "extrait de naissance",
        "certificat de résidence",
        "mon dossier personnel",
        "mon état civil",
    ),
    Notice.COMPLAINT: (
        "أشتكي",
        "أتقدم بشكاية",
        "أتظلم",
        "شكاية ضد",
        "je me plains",
        "je porte plainte",
        "plainte contre",
        "réclamation contre",
    ),
    Notice.PERMIT: (
        "رخصتي",
        "طلب رخصة بناء",
        "أريد رخصة",
        "الحصول على رخصة",
        "mon permis",
        "obtenir un permis",
        "obtenir une autorisation",
    ),
    Notice.OTHER_OFFICE: (
        "وزارة",
        "المحكمة",
        "الدرك الملكي",
        "الأمن الوطني",
        "المحافظة العقارية",
        "الضمان الاجتماعي",
        "الأكاديمية الجهوية",
        "ministère",
        "tribunal",
        "gendarmerie",
        "sûreté nationale",
        "conservation foncière",
        "académie régionale",
    ),
}


def _plain(text: str) -> str:
    return f" {' '.join(arabic.normalise(text).split())} "


_FORMS: Final = {kind: tuple(_plain(sign) for sign in signs) for kind, signs in _SIGNS.items()}


def notices_of(text: str) -> tuple[Notice, ...]:
    """Return what `text` seems to be or to hold, in the order of Notice; linear in its length.

    Whole words only, after Arabic normalising, so that spelling does not matter.
    """
    words = _plain(re.sub(r"[^\w]+", " ", text))
    found = {kind for kind, signs in _FORMS.items() if any(sign in words for sign in signs)}
    if _CARD.search(western_digits(text)):
        found.add(Notice.CARD)
    return tuple(kind for kind in Notice if kind in found)
