"""Mails that tell authors what became of their idea; queued within the act that decides it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from infitah.community.queries import url_of
from infitah.design.text import law
from infitah.kernel.dates import format_date, local_day
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import Idea, IdeaAnswer
from infitah.participation.operations.letters import queue_letter
from infitah.participation.queries.answers import what_next
from infitah.participation.rules import ResultKind


def tell_answer(*, answer: IdeaAnswer, now: datetime) -> bool:
    """Queue the mail that answers an author, once a number; return whether they have an address.

    It says all by itself: number, sentence, answer, reason, what comes next, how to ask again.
    """
    idea = answer.idea
    if idea.author is None:
        return False
    language = language_of(idea)
    with override(language):
        more = _answer_in_words(answer, language)
    key = f"idea.answer:{idea.reference}:{answer.number}"
    return queue_letter(idea, "participation/answered", dedupe_key=key, now=now, more=more)


def language_of(idea: Idea) -> str:
    """Return the language in which the author of an idea is written to."""
    wanted = idea.author.language if idea.author else ""
    return wanted if wanted in {"ar", "fr", "zgh"} else "ar"


def _answer_in_words(answer: IdeaAnswer, language: str) -> dict[str, str]:
    target = answer.merged_into
    return {
        "answer": str(answer.get_code_display()),
        "reason": answer.text.in_language(language),
        "personal": answer.personal_line.in_language(language),
        "other_body": answer.other_body.in_language(language),
        "article": unescape(strip_tags(law(answer.article))),
        "merged_reference": target.reference if target else "",
        "merged_statement": target.statement if target else "",
        "what_next": what_next(answer.code),
        "next_link": _next_link(answer, language),
        "answered": format_date(answer.answered_on, language),
        "is_corrected": "1" if answer.number > 1 else "",
    }


def _next_link(answer: IdeaAnswer, language: str) -> str:
    """Return the absolute address that shows what comes next, empty where the page itself does."""
    community = answer.idea.community
    if answer.merged_into is not None:
        start = f"/{language}/consultations/{answer.idea.consultation.slug}"
        return url_of(community, f"{start}/ideas/{answer.merged_into.reference}/")
    if answer.link.startswith(("http://", "https://")) or not answer.link:
        return answer.link
    if answer.link.startswith("/"):
        return url_of(community, f"/{language}/{rules.path_without_language(answer.link)}")
    return url_of(community, f"/d/{answer.link}")


Words = Callable[[], tuple[str, str]]


def _linked() -> tuple[str, str]:
    return (
        _("Your idea %(reference)s entered a draft commitment"),
        _("The follow-up committee used your idea to write this draft commitment."),
    )


def _adopted() -> tuple[str, str]:
    return (
        _("Your idea %(reference)s became a commitment of the council"),
        _("The council adopted the commitment that grew from your idea."),
    )


def _not_adopted() -> tuple[str, str]:
    return (
        _("The commitment from your idea %(reference)s was not adopted"),
        _("The council did not adopt the commitment that grew from your idea. Its page tells why."),
    )


def _done() -> tuple[str, str]:
    return (
        _("What grew from your idea %(reference)s is done"),
        _("It was done, with evidence, and a second person confirmed it."),
    )


def _withdrawn() -> tuple[str, str]:
    return (
        _("The commitment from your idea %(reference)s was withdrawn"),
        _("The council withdrew the commitment that grew from your idea. Its page tells why."),
    )


def _taken_up() -> tuple[str, str]:
    return (
        _("Your idea %(reference)s is taken up by the new cycle"),
        _("It was left for the next cycle. That cycle is in preparation, and your idea is in it."),
    )


RESULTS: Mapping[str, Words] = {
    ResultKind.LINKED: _linked,
    ResultKind.ADOPTED: _adopted,
    ResultKind.NOT_ADOPTED: _not_adopted,
    ResultKind.DONE: _done,
    ResultKind.WITHDRAWN: _withdrawn,
    ResultKind.TAKEN_UP: _taken_up,
}
"""Subject and first sentence of the mail of each result."""


Lines = Callable[[], Sequence[str]]


def tell_result(
    *,
    idea: Idea,
    title: LocalizedText,
    path: str,
    kind: str,
    now: datetime,
    details: Lines | None = None,
) -> bool:
    """Queue the mail that tells an author what their idea led to, once for each kind and page.

    `title` names it (a commitment, a milestone), `path` is its page on this site, with or without
    the language; `kind` is a ResultKind; `details` are called in the language of the author and
    give the sentences that say the rest, so that the mail alone is enough. False where nobody
    can be told: no address, or an idea that was taken back or is hidden. Three queries where
    idea, author, consultation, axis and community are loaded together. Raises ValueError for an
    unknown kind.
    """
    words = RESULTS[ResultKind(kind)]
    if idea.author is None or idea.state in {Idea.State.WITHDRAWN, Idea.State.HELD}:
        return False
    language, page = language_of(idea), rules.path_without_language(path)
    with override(language):
        subject, sentence = words()
        lines = details() if details else ()
    more = {
        "details": "\n".join(lines),
        "headline": subject % {"reference": idea.reference},
        "sentence": sentence,
        "title": title.in_language(language),
        "result_link": url_of(idea.community, f"/{language}/{page}"),
    }
    short = hashlib.sha256(page.encode()).hexdigest()[:16]
    key = f"idea.result:{idea.reference}:{kind}:{short}"
    return queue_letter(idea, "participation/result", dedupe_key=key, now=now, more=more)


def tell_merged_in(*, target: Idea, count: int, now: datetime) -> bool:
    """Tell the author of an idea that others were merged with it, once a day at most."""
    if target.author is None:
        return False
    language = language_of(target)
    with override(language):
        more = {
            "headline": _("Other ideas were merged with your idea %(reference)s")
            % {"reference": target.reference},
            "sentence": ngettext(
                "%(n)s idea that asks for the same was merged with yours. You stay its author, "
                "and the page of your number names all of them.",
                "%(n)s ideas that ask for the same were merged with yours. You stay its author, "
                "and the page of your number names all of them.",
                count,
            )
            % {"n": count},
            "title": "",
            "details": "",
            "result_link": "",
        }
    key = f"idea.merged_in:{target.reference}:{local_day(now):%Y-%m-%d}"
    return queue_letter(target, "participation/result", dedupe_key=key, now=now, more=more)
