"""How tests read the pages of the log."""

import re

from django.test import Client

from infitah.publication.tests.factories import REFERENCE

LOG = "/ar/information/log/"
ONE = f"{LOG}{REFERENCE}/"


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def listed(text: str) -> list[str]:
    """Return the numbers of the answers of a list, in order."""
    places = text.split('<h3 class="card-title"><a href="')[1:]
    return [place.split('"')[0].rstrip("/").rpartition("/")[2] for place in places]


def counts_of(text: str) -> dict[str, str]:
    """Return the counts beside the outcomes that the log may be narrowed to."""
    found = re.findall(r'outcome=(\w+)#list">[^<]*<span class="count"><bdi[^>]*>(\d+)', text)
    return dict(found)
