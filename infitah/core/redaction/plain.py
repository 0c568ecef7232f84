"""The values of redaction as plain lists and words, and back: what passes between two processes."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from infitah.core.redaction import refusals
from infitah.core.redaction.refusals import PdfRefused, RedactionFailed, TooManyPages
from infitah.core.redaction.values import (
    Box,
    Document,
    Echo,
    Fault,
    Kind,
    PageOutcome,
    PageShown,
    Problem,
    Progress,
    Proposal,
    Reason,
    Rect,
    Redacted,
    Report,
    Step,
    Treatment,
)

Plain = Mapping[str, Any]
_BY_CODE: Final = {
    "not_pdf": refusals.not_pdf,
    "encrypted": refusals.encrypted,
    "damaged": refusals.damaged,
    "too_large": refusals.too_large,
    "too_demanding": refusals.too_demanding,
    "box": refusals.bad_box,
    "code": refusals.bad_code,
}


def box_of(plain: Plain) -> Box:
    return Box(plain["page"], Rect(**plain["rect"]), plain["code"])


def document_of(plain: Plain) -> Document:
    return Document(tuple(PageShown(**page) for page in plain["pages"]), plain["sha256"])


def proposal_of(plain: Plain) -> Proposal:
    rects = tuple(Rect(**rect) for rect in plain["rects"])
    return Proposal(plain["page"], Kind(plain["kind"]), plain["text"], rects, plain["is_sure"])


def progress_of(plain: Plain) -> Progress:
    return Progress(Step(plain["step"]), plain["done"], plain["total"])


def redacted_of(plain: Plain, content: bytes) -> Redacted:
    pages = tuple(
        PageOutcome(
            page["number"],
            Treatment(page["treatment"]),
            tuple(Reason(reason) for reason in page["reasons"]),
            page["words_kept"],
            page["words_lost"],
        )
        for page in plain["pages"]
    )
    return Redacted(content, plain["sha256"], pages, _report_of(plain["report"]))


def _report_of(plain: Plain) -> Report:
    echoes = tuple(
        Echo(echo["text"], tuple((page, Rect(**rect)) for page, rect in echo["places"]))
        for echo in plain["echoes"]
    )
    problems = tuple(_problem_of(problem) for problem in plain["problems"])
    return Report(problems, plain["words_covered"], echoes, tuple(plain["engines"]))


def _problem_of(plain: Plain) -> Problem:
    return Problem(Fault(plain["fault"]), plain["page"], plain["detail"])


def refusal_as_plain(refused: PdfRefused) -> dict[str, Any]:
    """Return a refusal by its code; its sentence is made where its reader is known."""
    problems = refused.problems if isinstance(refused, RedactionFailed) else ()
    limit = refused.limit if isinstance(refused, TooManyPages) else 0
    return {"code": refused.code, "limit": limit, "problems": [asdict(one) for one in problems]}


def refusal_of(plain: Plain) -> PdfRefused:
    if plain["code"] == "redaction_failed":
        return RedactionFailed([_problem_of(problem) for problem in plain["problems"]])
    if plain["code"] == "too_many_pages":
        return refusals.too_many_pages(plain["limit"])
    return _BY_CODE.get(plain["code"], refusals.too_demanding)()
