"""The data that ship with the product: territories, Sefrou's codes, numbers of the laws.

Sources: `data/NOTICE.md` (HCP censuses, CC BY 4.0 terms; law.md 1.4, 2.1 and 2.3).
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from infitah.kernel.localized import LocalizedText

_DATA: Final = files("infitah.community") / "data"


# The sources of the shipped days off, as officers read them.
SOURCES: Final = {
    "Decree 2-77-169 of 28 February 1977 (list to be read in the Official Bulletin)": (
        "المرسوم رقم 2.77.169 بتاريخ 28 فبراير 1977 (لائحة تنتظر التحقق في الجريدة الرسمية)"
    ),
    "Amazigh new year, a day off since 2024": "رأس السنة الأمازيغية، عطلة منذ سنة 2024",
    "Decrees 2.25.1140 and 2.26.14, early 2026": "المرسومان رقم 2.25.1140 ورقم 2.26.14، بداية 2026",
    "computed by PyPI holidays 0.109, country MA": "تاريخ محسوب في انتظار الإعلان الرسمي",
    "announcement reported by the press": "إعلان رسمي نقلته الصحافة",
    "announcement reported by the press (to be verified)": (
        "إعلان نقلته الصحافة (في حاجة إلى التحقق)"
    ),
}


# The same in French, for readers; an officer's own words are shown as they were typed.
_FRENCH_SOURCES: Final = {
    "Decree 2-77-169 of 28 February 1977 (list to be read in the Official Bulletin)": (
        "décret n° 2.77.169 du 28 février 1977 (liste à vérifier au Bulletin officiel)"
    ),
    "Amazigh new year, a day off since 2024": "nouvel an amazigh, jour férié depuis 2024",
    "Decrees 2.25.1140 and 2.26.14, early 2026": "décrets n° 2.25.1140 et n° 2.26.14, début 2026",
    "computed by PyPI holidays 0.109, country MA": "date calculée, en attente de l’annonce",
    "announcement reported by the press": "annonce officielle rapportée par la presse",
    "announcement reported by the press (to be verified)": (
        "annonce rapportée par la presse (à vérifier)"
    ),
}


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory as the censuses know it; `parent` is the HCP code of the one above it."""

    hcp_code: str
    kind: str
    parent: str | None
    name: LocalizedText
    population_2014: int | None
    population_2024: int


@dataclass(frozen=True, slots=True)
class NamedCommunity:
    """What is written by hand of a community: slug, reference code, host in the demonstration."""

    hcp_code: str
    slug: str
    key: str
    host: str | None
    name_zgh: str


@dataclass(frozen=True, slots=True)
class ShippedValue:
    """One number of a law, as it ships."""

    key: str
    code: str
    label: LocalizedText
    value: int
    unit: str
    article: str
    source: LocalizedText
    mark: str


@dataclass(frozen=True, slots=True)
class ShippedLaw:
    """A law with the numbers that a community of one kind and size applies."""

    law: str
    name: LocalizedText
    source: LocalizedText
    valid_from: date
    values: tuple[ShippedValue, ...]


@cache
def territories() -> Mapping[str, Territory]:
    """Return every territory of Morocco by its HCP code; parents come before children."""
    body = json.loads(gzip.decompress((_DATA / "territories.json.gz").read_bytes()))
    return {
        row["hcp_code"]: Territory(**{**row, "name": LocalizedText.from_json(row["name"])})
        for row in body["territories"]
    }


@cache
def sefrou() -> tuple[NamedCommunity, ...]:
    """Return the region, the province and the 23 communes of Sefrou, in this order."""
    body = json.loads((_DATA / "sefrou.json").read_text(encoding="utf-8"))
    return tuple(
        NamedCommunity(
            row["hcp_code"], row["slug"], row["key"], row["host"], row.get("name_zgh", "")
        )
        for row in body["communities"]
    )


@cache
def _laws() -> list[dict[str, Any]]:
    body = json.loads((_DATA / "rules_ma.json").read_text(encoding="utf-8"))
    laws: list[dict[str, Any]] = body["laws"]
    return laws


def _is_of_size(row: Mapping[str, Any], population: int) -> bool:
    least, below = row.get("population", (0, None))
    return bool(least <= population and (below is None or population < below))


def _value(row: Mapping[str, Any]) -> ShippedValue:
    label, source = (LocalizedText.from_json(row[name]) for name in ("label", "source"))
    plain = {name: row[name] for name in ShippedValue.__slots__ if name not in ("label", "source")}
    return ShippedValue(label=label, source=source, **plain)


@cache
def _known_sources() -> Mapping[str, LocalizedText]:
    """Return the sources that ship, of days off and of laws, by their words in each language."""
    days = [LocalizedText(ar=arabic, fr=_FRENCH_SOURCES[key]) for key, arabic in SOURCES.items()]
    rows = [row["source"] for law in _laws() for row in (law, *law["values"])]
    told = [*days, *map(LocalizedText.from_json, rows)]
    return {text.text_of(language): text for text in told for language in text.languages()}


def source_words(source: str) -> str | LocalizedText:
    """Return a source as a reader takes it: a shipped one in both languages, another as typed."""
    return _known_sources().get(source, source)


def laws(kind: str, population: int) -> tuple[ShippedLaw, ...]:
    """Return the laws that a community of `kind` applies, thresholds by its `population`."""
    return tuple(
        ShippedLaw(
            law=row["law"],
            name=LocalizedText.from_json(row["name"]),
            source=LocalizedText.from_json(row["source"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            values=tuple(_value(item) for item in row["values"] if _is_of_size(item, population)),
        )
        for row in _laws()
        if kind in row.get("tiers", (kind,))
    )
