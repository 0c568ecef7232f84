"""What the doctor says of meaning: on and answering, still loading, absent, or off."""

from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec

from django.conf import settings

from infitah.core.diagnosis import Finding
from infitah.searchindex import encoder
from infitah.searchindex.meaning import client
from infitah.searchindex.models import TextMeaning

NAME = "meaning"


def meaning(_now: datetime) -> Iterator[Finding]:
    """Yield how closeness in meaning is doing; words alone answer wherever it is not well."""
    if not settings.ENVIRONMENT.meaning:
        yield Finding(NAME, "well", "off: words alone answer (INFITAH_MEANING=off)")
    elif find_spec(encoder.MODULE) is None:
        mend = "Install the locked dependencies again, or set INFITAH_MEANING=off."
        yield Finding(NAME, "warning", f"{encoder.PACKAGE} is not installed", mend)
    elif not client.is_answering():
        mend = "It loads some seconds after the worker's start; else see the log of the worker."
        yield Finding(NAME, "warning", "the worker does not answer: words alone do", mend)
    else:
        waiting = TextMeaning.objects.filter(revision=None).count()
        yield Finding(NAME, "well", f"the worker answers; {waiting} texts wait to be encoded")
