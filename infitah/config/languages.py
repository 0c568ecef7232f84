"""The three languages: Arabic first, French, Standard Moroccan Amazigh in Tifinagh."""

from pathlib import Path

from django.conf.locale import LANG_INFO

# Django and Wagtail do not know `zgh`; without this entry pages of Wagtail answer 500.
LANG_INFO["zgh"] = {
    "bidi": False,
    "code": "zgh",
    "name": "Standard Moroccan Amazigh",
    "name_local": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
}

LANGUAGES = [("ar", "العربية"), ("fr", "Français"), ("zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ")]


def locale_paths() -> list[Path]:
    """Return the catalogues that override Django's months and Wagtail's odd words (B6, B7)."""
    root = Path(__file__).parent.parent
    return [root / "core" / "locale", root / "config" / "locale"]
