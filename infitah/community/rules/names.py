"""How a community is called, keyed and coloured: institution names, reference codes, contrast."""

import re

from infitah.kernel.localized import LocalizedText

KEY_FORM = re.compile(r"[A-Z]{3}")
SLUG_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COLOUR_FORM = re.compile(r"#[0-9a-fA-F]{6}")
HOST_FORM = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")

PAPER = "#FFFDF8"  # the page's colour in the light theme (look.md)
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3

_ARABIC = {
    "region": "مجلس جهة {name}",
    "province": "المجلس الإقليمي {of_name}",
    "prefecture": "مجلس عمالة {name}",
    "commune": "جماعة {name}",
}
_FRENCH = {
    "region": "Conseil de la région {name}",
    "province": "Conseil provincial {of_name}",
    "prefecture": "Conseil préfectoral {of_name}",
    "commune": "Commune {of_name}",
}
_VOWELS = "AEIOUYÉÈÊÂÎÔÛaeiouyéèêâîôû"


def institution_name(kind: str, name: LocalizedText) -> LocalizedText:
    """Return the institution's name of a territory: المجلس الإقليمي لصفرو, Commune d'Azzaba."""
    arabic = name.ar
    of_arabic = f"لل{arabic[2:]}" if arabic.startswith("ال") else f"ل{arabic}"
    french = name.in_language("fr") if not name.fr else name.fr
    of_french = f"d’{french}" if french[:1] in _VOWELS else f"de {french}"
    return LocalizedText(
        ar=_ARABIC[kind].format(name=arabic, of_name=of_arabic),
        fr=_FRENCH[kind].format(name=french, of_name=of_french) if name.fr else "",
    )


def _luminance(colour: str) -> float:
    def channel(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(colour[start : start + 2]) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_readable(colour: str) -> bool:
    """Return whether text of this colour can be read on our paper (4.5 : 1)."""
    return bool(COLOUR_FORM.fullmatch(colour)) and contrast(colour, PAPER) >= TEXT_CONTRAST
