"""How long after its day an act was entered in the register, in words; and why, where known."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from infitah.kernel.dates import format_date, local_day
from infitah.ledger import rules
from infitah.ledger.models import Entry

MONTH: Final = 30
YEAR: Final = 365


def words(facts: rules.EntryFacts | None) -> str:
    """Return both days of an act that was entered afterwards, the length between them and why.

    Empty for an act that was entered on its day. At most one query.
    """
    if facts is None or not facts.is_entered_afterwards:
        return ""
    language, entered = get_language() or "ar", local_day(facts.recorded_at)
    told = _("Entered in the register %(later)s: the act is of %(day)s, its entry of %(entered)s.")
    said = told % {
        "later": later(facts.occurred_on, entered),
        "day": format_date(facts.occurred_on, language),
        "entered": format_date(entered, language),
    }
    return f"{said} {_reason(facts)}".strip()


def later(day: date, entered: date) -> str:
    """Return how much later `entered` is than `day`, in whole years, months or days."""
    days = (entered - day) // timedelta(days=1)
    if days >= YEAR:
        before = (entered.month, entered.day) < (day.month, day.day)
        years = max(entered.year - day.year - before, 1)
        return ngettext("%(count)s year later", "%(count)s years later", years) % {"count": years}
    if days >= 2 * MONTH:
        months = days // MONTH
        told = ngettext("%(count)s month later", "%(count)s months later", months)
        return told % {"count": months}
    return ngettext("%(count)s day later", "%(count)s days later", days) % {"count": days}


def _reason(facts: rules.EntryFacts) -> str:
    """Return why, of what happened before the register began; "" of anything else."""
    own = Entry.objects.of(facts.community).order_by("number")
    began = own.values_list("recorded_at", flat=True).first()
    if began is None or facts.occurred_on >= local_day(began):
        return ""
    return _("It happened before this register began: history was written in afterwards.")
