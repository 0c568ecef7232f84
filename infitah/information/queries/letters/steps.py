"""The letters of the office on its way to an answer: each tells one act, its reason and its days.

Law 31-13, arts. 9, 14, 16, 17 and 19. None names the requester unless the caller passes the name;
the letter to a third party has no place for it.
"""

from django.utils.translation import gettext as _

from infitah.information import rules
from infitah.information.models import RequestAct
from infitah.information.queries.desk_words import RULINGS
from infitah.information.queries.letters.case import Told
from infitah.information.queries.letters.paper import (
    Facts,
    Row,
    by_law,
    citation,
    due_words,
    filed_words,
    follow_url,
    officer_of,
    officer_words,
    star_note,
)
from infitah.information.queries.letters.remedies import rights
from infitah.kernel.dates import format_date


def about(known: Told, language: str) -> str:
    """Return the subject line of a letter: the request, its day, its title."""
    request = known.request
    values = {
        "reference": request.reference,
        "day": format_date(request.received_on, language),
        "title": request.public_title,
    }
    if not request.public_title:
        return _("your request %(reference)s of %(day)s") % values
    return _("your request %(reference)s of %(day)s about “%(title)s”") % values


def due_facts(known: Told, case: rules.Case, language: str) -> Facts:
    """Return the last day of the answer, how it is counted, and the later day that may come."""
    clock = known.reply(case)
    deadline = clock.due.deadline
    counted = _("%(length)s from the day after the filing, %(day)s; %(article)s")
    if case.reopened_on is not None:
        counted = _(
            "%(length)s from the day after the request was opened again, %(day)s; %(article)s"
        )
    rows = [
        (_("Answer due"), format_date(deadline.due, language, weekday=True)),
        (
            _("How it is counted"),
            counted
            % {
                "length": due_words(clock.due),
                "day": format_date(deadline.received, language),
                "article": citation(clock.due.article),
            },
        ),
    ]
    if deadline.due_latest != deadline.due:
        moved = _("A day off that is not announced yet may move it to %(day)s.")
        latest = format_date(deadline.due_latest, language, weekday=True)
        rows.append((_("Not certain yet"), moved % {"day": latest}))
    return rows


def _notes(rows: Facts) -> list[str]:
    return star_note([value for _label, value in rows])


def acknowledgement(known: Told, act: RequestAct, language: str) -> tuple[str, Row]:
    """Say that a request came, since when it counts, who answers it and by when (art. 14)."""
    request, case = known.request, known.until(act.position)
    officer = officer_of(request.community, act.occurred_on)
    due = due_facts(known, case, language)
    return _("Acknowledgement of receipt"), {
        "paragraphs": [
            _("The council has received your request and has taken it in hand."),
            _("To follow the request, with its number and code: %(address)s")
            % {"address": follow_url(request, language)},
        ],
        "after": _notes(due),
        "facts": [
            (_("Serial number"), request.reference),
            (_("Filed on"), filed_words(request, language)),
            (_("Information asked for"), request.text),
            (_("Officer in charge"), officer_words(officer, language)),
            *due,
        ],
    }


def urgency_refused(known: Told, act: RequestAct, language: str) -> tuple[str, Row]:
    """Say why a request is treated as an ordinary one, and its days (art. 17)."""
    due = due_facts(known, known.until(act.position), language)
    return _("Your request is treated as an ordinary one"), {
        "paragraphs": [
            _("You asked for an urgent answer. The council does not find the case of the law:"),
            act.words,
            _("The ordinary period counts from the day on which you filed the request."),
        ],
        "facts": due,
        "after": _notes(due),
    }


def clarification(known: Told, act: RequestAct, language: str) -> tuple[str, Row]:
    """Ask what is meant; the period runs on."""
    due = due_facts(known, known.until(act.position), language)
    return _("A question about your request"), {
        "paragraphs": [
            _("To find the right documents, the council asks you:"),
            act.words,
            _("Answer on the page of your request, by mail, or at the counter: %(address)s")
            % {"address": follow_url(known.request, language)},
            _("The period runs on while we wait for you."),
        ],
        "facts": due,
        "after": _notes(due),
    }


def extension(known: Told, act: RequestAct, language: str) -> tuple[str, Row]:
    """Tell the one extension before the period ends: ground, reason, new day (art. 16)."""
    before = known.reply(known.until(act.position - 1))
    due = due_facts(known, known.until(act.position), language)
    ground = by_law(known.wordings, f"X.{act.facts['ground']}", language)
    facts = [
        (_("Ground of the law"), f"{ground} ({citation('31-13:16')})"),
        (_("Reason"), act.words),
        (_("Day before the extension"), format_date(before.due.deadline.due, language)),
        *due,
    ]
    return _("The period of the answer is extended"), {
        "paragraphs": [
            _(
                "The council cannot answer within the first period. As the law allows once, it is "
                "extended:"
            ),
        ],
        "facts": facts,
        "after": [
            _("Without an answer by the end of the new day, silence counts as a refusal."),
            *_notes(facts),
        ],
    }


def transfer(known: Told, act: RequestAct, language: str) -> tuple[str, Row]:
    """Say to which institution a request was passed on."""
    facts = [
        (_("Institution that holds the information"), str(act.facts.get("institution", ""))),
        (_("Number there"), str(act.facts.get("number", ""))),
        (_("Passed on"), format_date(act.occurred_on, language)),
    ]
    return _("Your request was passed on"), {
        "paragraphs": [
            _("The council does not hold this information. It passed your request on:"),
            *([act.words] if act.words else []),
            _("Your receipt stays good, and the day on which you filed the request counts on."),
        ],
        "facts": [(label, value) for label, value in facts if value],
    }


def consultation(known: Told, act: RequestAct, language: str) -> tuple[str, Row]:
    """Ask a third party whether what it gave may be given; who asked is not said (arts. 9, 16)."""
    party, _line, words = act.note.partition("\n")
    request = known.request
    values = {"reference": request.reference, "title": request.public_title}
    subject = (
        _("request for information %(reference)s")
        if not request.public_title
        else (_("request for information %(reference)s about “%(title)s”"))
    )
    return _("Consultation of a third party"), {
        "recipient": party,
        "subject": subject % values,
        "paragraphs": words.splitlines(),
        "proof_label": "",
        "proof": "",
        "after": [
            _(
                "Answer with your reasons. The council decides by the law alone; the name of who "
                "asked is told to nobody."
            ),
        ],
    }


def ruling(known: Told, act: RequestAct, language: str) -> tuple[str, Row]:
    """Answer a complaint to the head of the institution, with what is still open (art. 19)."""
    case = known.until(act.position)
    filed = case.remedies.head_filed or act.occurred_on
    words = RULINGS[rules.Ruling(str(act.facts["ruling"]))]
    return _("Answer to your complaint"), {
        "facts": [
            (_("Complaint of"), format_date(filed, language)),
            (_("Decision on the complaint"), str(words)),
            (_("Reason"), act.words),
        ],
        **rights(_("If you do not agree"), known, case, language, act.occurred_on),
    }
