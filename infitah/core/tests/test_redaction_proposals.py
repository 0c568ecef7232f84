"""Boxes are proposed where a page seems to name or reach a person, in both scripts."""

from collections.abc import Sequence

import pytest

from infitah.core import redaction
from infitah.core.redaction import Box, Kind, Proposal
from infitah.core.tests.hostile import scripts
from infitah.core.tests.hostile.recovery import recovered
from infitah.core.tests.hostile.sheets import Sheet, one_page

RIB = "007780000123400000567842"
NAMES = ("زبيدة المكناسية", "Zoubida Meknassi")


def shown(*lines: str) -> bytes:
    rows = " ".join(f"({line}) Tj 0 -22 Td" for line in lines)
    return one_page(f"BT /F 11 Tf 20 140 Td {rows} ET")


def found(content: bytes, names: Sequence[str] = ()) -> list[tuple[Kind, str]]:
    return [(one.kind, one.text) for one in redaction.proposals(content, names)]


def covered(content: bytes, proposals: Sequence[Proposal]) -> bytes:
    boxes = [Box(one.page, rect, "E03") for one in proposals for rect in one.rects]
    return redaction.burn(content, boxes).content


def test_the_invented_account_has_its_key():
    assert int(RIB) % 97 == 0


def test_each_kind_is_proposed_in_french_text():
    content = shown(
        "Carte AB123456 de M. Zoubida Meknassi",
        "tel. 06 12 34 56 78",
        f"RIB {RIB}",
        "z.m@example.org",
    )
    assert found(content, NAMES) == [
        (Kind.CARD, "AB123456"),
        (Kind.NAME, "Zoubida Meknassi"),
        (Kind.PHONE, "06 12 34 56 78"),
        (Kind.ACCOUNT, RIB),
        (Kind.MAIL, "z.m@example.org"),
    ]


@pytest.mark.parametrize("label", ["RIB", "R.I.B :", "Compte bancaire"])
def test_an_account_in_its_groups_is_proposed_whatever_its_key(label):
    content = shown(f"{label} 011 640 0000012345678901 23")
    assert found(content) == [(Kind.ACCOUNT, "011 640 0000012345678901 23")]


@pytest.mark.parametrize("label", ["ر.ب.ه", "رقم الحساب البنكي"])
def test_an_account_is_proposed_in_an_arabic_line(label):
    content = scripts.compiled(scripts.RTL + f"{label}: 011 640 0000012345678901 23")
    proposals = redaction.proposals(content)
    assert {one.kind for one in proposals} == {Kind.ACCOUNT}
    assert not list(recovered(covered(content, proposals), "0000012345678901"))


@pytest.mark.parametrize(
    "line",
    [
        "هاتف 06 12 34 56 78 للجميع",
        "هاتف 0612345678",
        "هاتف ٠٦١٢٣٤٥٦٧٨",
        "هاتف 212612345678+",
        "هاتف 05-35-66-00-00",
    ],
)
def test_a_telephone_is_proposed_in_an_arabic_line(line):
    kinds = {kind for kind, _text in found(scripts.compiled(scripts.RTL + line))}
    assert kinds == {Kind.PHONE}


def test_cards_and_names_are_proposed_in_an_arabic_line():
    content = scripts.compiled(scripts.RTL + "السيدة زبيدة المكناسية بطاقتها AB123456 صفرو")
    proposals = redaction.proposals(content, NAMES)
    assert {one.kind for one in proposals} == {Kind.NAME, Kind.CARD}
    left = covered(content, proposals)
    assert not list(recovered(left, "زبيدة")) and not list(recovered(left, "AB123456"))


def test_what_is_proposed_lies_where_it_is_shown():
    content = shown("tel. 0612345678")
    (proposal,) = redaction.proposals(content)
    (rect,) = proposal.rects
    assert proposal.page == 1 and proposal.is_sure
    assert 0.1 < rect.left < 0.16 and 0.24 < rect.top < 0.31 and 0.28 < rect.right < 0.4
    assert not list(recovered(covered(content, [proposal]), "0612345678"))


def test_a_number_over_two_lines_has_a_place_on_each():
    content = shown("telephone 06 12 34", "56 78 de la commune")
    (proposal,) = redaction.proposals(content)
    assert proposal.kind is Kind.PHONE and len(proposal.rects) == 2
    assert proposal.rects[0].bottom < proposal.rects[1].bottom


def test_a_part_of_a_name_is_proposed_as_unsure():
    content = shown("Zoubida Meknassi", "Mme Meknassi")
    whole, part = redaction.proposals(content, NAMES)
    assert whole.is_sure and not part.is_sure and part.text == "Meknassi"


def test_pages_are_told_apart_and_turned_ones_are_read():
    sheet = Sheet()
    sheet.page("BT /F 11 Tf 20 100 Td (AB123456) Tj ET")
    sheet.page("BT /F 11 Tf 20 100 Td (CD654321) Tj ET", Rotate=90)
    first, second = redaction.proposals(sheet.saved())
    assert (first.page, second.page) == (1, 2)
    (rect,) = second.rects
    assert rect.height * 300 > 3 * rect.width * 200


def test_nothing_is_proposed_where_nothing_is_personal():
    assert found(shown("Budget de 50000 dirhams", "SFR-2026-R-0042 du 13/11/2023"), NAMES) == []


def test_each_kind_has_a_name_for_the_desk():
    assert len({kind.label for kind in Kind}) == len(Kind)
