"""Where many requests stand at once, read off their acts and written in few statements.

`casework.project` does the same for one request inside the act that changes it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Final

from django.db.models import QuerySet

from infitah.information import rules
from infitah.information.models import InformationRequest, RequestAct
from infitah.information.operations.casework import Standing, columns_of

FOLLOWED: Final = (
    *("due_on", "due_latest", "reply_due_on", "silent_from", "working_days"),
    *("turn", "turn_by", "refresh_on"),
)
"""Columns that the days off or the day itself decide."""

PIECE: Final = 500
Values = tuple[object, ...]


def cases_of(requests: QuerySet[InformationRequest]) -> Iterator[tuple[int, rules.Case]]:
    """Yield the key of each request with the fold of its acts. One query."""
    acts = RequestAct.objects.filter(request__in=requests).order_by("request_id", "position")
    rows = acts.values_list("request_id", "kind", "occurred_on", "facts")
    for key, some in groupby(rows.iterator(chunk_size=2000), key=itemgetter(0)):
        told = [rules.Act(rules.ActKind(kind), on, facts) for _key, kind, on, facts in some]
        yield key, rules.fold(told)


def values_of(standing: Standing, names: Sequence[str] = FOLLOWED) -> Values:
    """Return the columns of `names` of a request that stands so. No query."""
    columns = columns_of(standing)
    return tuple(columns[name] for name in names)


class Columns:
    """New values of columns for many requests: those that become alike are written together."""

    def __init__(self, names: Sequence[str] = FOLLOWED) -> None:
        self._names = names
        self._keys: dict[Values, list[int]] = defaultdict(list)

    def set(self, key: int, values: Values) -> None:
        """Have the request of `key` get `values`."""
        self._keys[values].append(key)

    def __len__(self) -> int:
        return sum(map(len, self._keys.values()))

    def write(self, **more: datetime) -> None:
        """Write them, one statement for each 500 requests that become alike; `more` beside them."""
        for values, keys in self._keys.items():
            new: Mapping[str, object] = dict(zip(self._names, values, strict=True))
            for start in range(0, len(keys), PIECE):
                some = InformationRequest.objects.filter(pk__in=keys[start : start + PIECE])
                some.update(**new, **more)
