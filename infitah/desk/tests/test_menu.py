"""Which entry of the menu is marked: that of the work, wherever its page stands."""

import pytest
from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.desk.menu import menu_of

OFFICER = frozenset(
    {"programme.edit", "commitment.edit", "progress.report", "evidence.confirm", "report.publish"}
)


@pytest.mark.parametrize(
    ("path", "rights", "marked"),
    [
        ("milestones/SFR-2023-C-0001-M1/confirm/", OFFICER, "to_confirm"),
        ("milestones/SFR-2023-C-0001-M1/confirm/", {"evidence.confirm"}, "to_confirm"),
        ("milestones/SFR-2023-C-0001-M1/confirm/", {"progress.report"}, "index"),
        ("milestones/SFR-2023-C-0001-M1/claim/", OFFICER, "index"),
        ("reports/SFR-2024-M-0001/", OFFICER, "cycles"),
        ("cycles/2024-2025/reports/preview/", OFFICER, "cycles"),
        ("before-council/SFR-2023-C-0001/amendments/", OFFICER, "cycles"),
        ("findings/3/", OFFICER, "overview"),
        ("carrying-out/SFR-2023-C-0001/word/", OFFICER, "overview"),
    ],
)
def test_a_page_marks_the_entry_of_its_work(path: str, rights: set[str], marked: str) -> None:
    viewer = Viewer("SFR", 1, rights=frozenset(rights))
    groups = menu_of(viewer, f"/desk/programme/{path}")
    current = [one.url for group in groups for one in group.entries if one.is_current]
    assert current == [reverse(f"programme_desk:{marked}")]
