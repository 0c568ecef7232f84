"""Driver of feedparser: an address in, JSON with `faults` out."""

import json
import re
import sys

import feedparser


def faults(seen):
    if seen.bozo:
        yield f"bozo: {seen.bozo_exception}"
    if seen.version != "atom10":
        yield f"version {seen.version!r} is not atom10"
    if not seen.entries:
        yield "no entry"
    if not re.search("[\u0600-\u06ff]", seen.feed.get("title", "")):
        yield f"the title is not Arabic: {seen.feed.get('title')!r}"
    identifiers = [entry.get("id") for entry in seen.entries]
    if None in identifiers or len(set(identifiers)) != len(identifiers):
        yield "identifiers are missing or double"
    for entry in seen.entries:
        if not entry.get("title") or not entry.get("updated_parsed") or not entry.get("link"):
            yield f"an entry lacks title, date or link: {entry.get('id')}"


json.dump({"faults": list(faults(feedparser.parse(sys.argv[1])))}, sys.stdout)
