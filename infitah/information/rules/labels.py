"""The clocks in the words of those who wait for them: one name each, in Arabic and French."""

from collections.abc import Mapping
from typing import Final

from infitah.information.rules.clocks import ClockName
from infitah.kernel.localized import LocalizedText

CLOCK_LABELS: Final[Mapping[ClockName, LocalizedText]] = {
    ClockName.REPLY: LocalizedText(ar="الجواب عن الطلب", fr="Réponse à la demande"),
    ClockName.HEAD_WINDOW: LocalizedText(
        ar="الشكاية إلى رئيس المجلس", fr="Plainte au président du conseil"
    ),
    ClockName.HEAD_REPLY: LocalizedText(
        ar="جواب رئيس المجلس عن الشكاية", fr="Réponse du président du conseil à la plainte"
    ),
    ClockName.CDAI_WINDOW: LocalizedText(
        ar="الشكاية إلى لجنة الحق في الحصول على المعلومات",
        fr="Plainte à la Commission du droit d’accès à l’information",
    ),
    ClockName.CDAI_REPLY: LocalizedText(
        ar="جواب لجنة الحق في الحصول على المعلومات",
        fr="Réponse de la Commission du droit d’accès à l’information",
    ),
    ClockName.COURT_WINDOW: LocalizedText(
        ar="الطعن أمام المحكمة الإدارية", fr="Recours devant le tribunal administratif"
    ),
}
