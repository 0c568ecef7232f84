"""What every page's frame needs: menu, languages, footer."""

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, object]:
    """Return the frame of a page."""
    return {}
