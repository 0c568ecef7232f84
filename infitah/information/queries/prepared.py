"""Texts made ready for the officer, in the language of the requester; each can be changed."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.information import rules
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.words import EXCEPTIONS
from infitah.kernel.dates import format_date
from infitah.kernel.text import clean_line

WORDS_IN_TITLE: Final = 14
_NUMBERS: Final = re.compile(r"\b[A-Za-z]{0,2}\s?\d{5,}\b|\+?\d[\d .\-]{7,}\d|\S+@\S+")
_OPENINGS: Final = re.compile(
    r"^(?:السلام عليكم[^،.\n]*[،.\n]\s*|المرجو (?:منكم )?|أرجو (?:منكم )?|أطلب (?:منكم )?|أريد |"
    r"أود (?:الحصول على |معرفة )?|(?:الحصول على )|(?:تمكيني من |مدي ب|موافاتي ب)|"
    r"(?:bonjour|madame|monsieur)[^.\n]*[,.\n]\s*|je (?:souhaite|voudrais|demande)(?: obtenir| "
    r"avoir| recevoir)?\s+)",
    re.IGNORECASE,
)


def proposed_title(text: str) -> str:
    """Return a title from what is asked: its first sentence, without greetings and numbers.

    A name of a person cannot be told from other words here: the act refuses the requester's own.
    """
    line = clean_line(_NUMBERS.sub(" ", text))
    for _turn in range(3):
        line = _OPENINGS.sub("", line, count=1).strip()
    sentence = re.split(r"[.؟?!\n؛;]", line, maxsplit=1)[0].strip(" ،,:-")
    words = sentence.split()
    return " ".join(words[:WORDS_IN_TITLE])


def without_numbers(text: str) -> str:
    """Return a text whose card numbers, telephones and addresses are left out by a sign."""
    return _NUMBERS.sub("[…]", text)


def extension_words(found: DeskCase) -> str:
    """Return the reason of an extension as the requester reads it (law 31-13, art. 16)."""
    with override(found.request.language):
        if found.open_tasks:
            return _(
                "The service that holds the documents has been asked for them and needs more time "
                "to gather them."
            )
        return _("Preparing a whole answer takes longer than the first period.")


def urgency_words(found: DeskCase) -> str:
    """Return why a request is treated as an ordinary one (law 31-13, art. 17)."""
    with override(found.request.language):
        return _(
            "What is asked does not serve to protect the life, the safety or the freedom of "
            "persons. It is answered as an ordinary request; the period counts from the day on "
            "which you filed it."
        )


def clarification_words(found: DeskCase) -> str:
    """Return the beginning of a question to the requester."""
    with override(found.request.language):
        return _("So that the right documents can be found, please say which period you mean.")


def transfer_words(found: DeskCase) -> str:
    """Return why a request is passed on to who holds the information."""
    with override(found.request.language):
        return _(
            "The information that you ask for is held by another community; you need not ask again."
        )


def third_party_words(found: DeskCase) -> str:
    """Return what a third party is asked (law 31-13, arts. 9 and 16)."""
    with override(found.request.language):
        return _(
            "A request for information concerns documents that you gave. Please say by "
            "%(day)s whether they may be given, and which part not, with the reason. Title of the "
            "request: %(title)s"
        ) % {
            "day": _day(found, _half_way(found)),
            "title": found.request.public_title or proposed_title(found.request.text),
        }


def task_words(found: DeskCase, *, is_clean: bool) -> str:
    """Return what a service is asked: what the requester wrote, unless it names them."""
    request = found.request
    title = request.public_title or proposed_title(request.text)
    lines = [request.text if is_clean else title, request.period, request.place]
    return "\n".join(line for line in lines if line)


def _half_way(found: DeskCase) -> date:
    left = max(found.days_left, 0)
    return date.fromordinal(found.today.toordinal() + left // 2)


def _day(found: DeskCase, day: date) -> str:
    return format_date(day, found.request.language)


def _values(found: DeskCase) -> dict[str, str]:
    request = found.request
    return {
        "reference": request.reference,
        "day": _day(found, request.received_on),
        "title": request.public_title or proposed_title(request.text),
    }


def answer_words(found: DeskCase, *, has_files: bool) -> str:
    """Return the answer as it reads when everything that was asked is given."""
    with override(found.request.language):
        if has_files:
            return _(
                "In answer to your request number %(reference)s of %(day)s about “%(title)s”, "
                "the council gives you the information asked for. The documents are joined to "
                "this answer."
            ) % _values(found)
        return _(
            "In answer to your request number %(reference)s of %(day)s about “%(title)s”, "
            "the council gives you this information:"
        ) % _values(found)


WAYS: Final = {
    "email": rules.Delivery.EMAIL,
    "copy": rules.Delivery.COUNTER,
    "electronic": rules.Delivery.COUNTER,
    "consult": rules.Delivery.CONSULTED,
    "post": rules.Delivery.POST,
}


def proposed_delivery(found: DeskCase) -> str:
    """Return the way of delivery that the requester asked for, as far as it is open."""
    if found.request.channel == "chafafiya":
        return rules.Delivery.CHAFAFIYA.value
    way = WAYS.get(found.request.access, rules.Delivery.COUNTER)
    if way is rules.Delivery.EMAIL and not found.person.has_email:
        way = rules.Delivery.COUNTER
    return way.value


def partial_words(found: DeskCase) -> str:
    """Return the answer as it reads when a part of what was asked is withheld."""
    with override(found.request.language):
        return _(
            "In answer to your request number %(reference)s of %(day)s about “%(title)s”, "
            "the council gives you the information asked for, except what is named below with its "
            "ground."
        ) % _values(found)


def refusal_words(found: DeskCase) -> str:
    """Return the answer as it reads when nothing is given."""
    with override(found.request.language):
        return _(
            "In answer to your request number %(reference)s of %(day)s about “%(title)s”, "
            "the council cannot give you what you asked for, for the reason named below."
        ) % _values(found)


def words_for(found: DeskCase, *, gives: bool, withholds: bool, has_files: bool) -> str:
    """Return the answer that fits what is given and withheld."""
    if not withholds:
        return answer_words(found, has_files=has_files)
    return partial_words(found) if gives else refusal_words(found)


def is_untouched(found: DeskCase, words: str) -> bool:
    """Return whether an answer is one of those made ready: then it may follow what is decided."""
    ready = (
        answer_words(found, has_files=True),
        answer_words(found, has_files=False),
        partial_words(found),
        refusal_words(found),
    )
    return " ".join(words.split()) in {" ".join(one.split()) for one in ready}


def parts_of_boxes(boxes: Mapping[str, str], found: DeskCase) -> list[dict[str, str]]:
    """Return a withheld part for each exception that boxes were drawn under, its reason begun.

    `boxes` says for each code where its boxes stand. Harm and interest are a person's to weigh, and
    so is the limb, where the exception has more than one.
    """
    with override(found.request.language):
        return [
            {
                "ground": rules.RefusalGround.EXCEPTION.value,
                "exception": code,
                "limb": _only_limb(code, found),
                "reason": _("%(name)s (%(where)s)") % {"name": EXCEPTIONS[code], "where": where},
            }
            for code, where in boxes.items()
            if code in EXCEPTIONS
        ]


def _only_limb(code: str, found: DeskCase) -> str:
    """Return the limb of an exception that has a single one, else ""."""
    limbs = [
        key
        for key, one in found.told.wordings.items()
        if key.startswith(f"{code}.") and one.is_offered
    ]
    return limbs[0] if len(limbs) == 1 else ""
