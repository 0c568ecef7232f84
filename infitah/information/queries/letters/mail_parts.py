"""What every mail to a requester is made of: subject, sentences, facts, what follows."""

from collections.abc import Callable
from dataclasses import dataclass

from infitah.design.text import colon
from infitah.information.models import RequestAct
from infitah.information.queries.letters.case import Told
from infitah.information.queries.letters.paper import Facts, star_note


@dataclass(frozen=True, slots=True)
class MailWords:
    """A mail in words of one language; `facts` are labels with values."""

    headline: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    after: tuple[str, ...] = ()

    def lines(self) -> str:
        """Return the facts, a line each."""
        return "\n".join(f"{label}{colon()} {value}" for label, value in self.facts)


Saying = Callable[[Told, RequestAct, str], MailWords]


def numbered(known: Told) -> dict[str, str]:
    """Return the number of a request, to be put into a sentence."""
    return {"reference": known.request.reference}


def noted(rows: Facts) -> tuple[str, ...]:
    """Return the line that explains a star, where a fact bears one."""
    return tuple(star_note([value for _label, value in rows]))
