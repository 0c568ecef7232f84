"""What every page's frame needs: menu, languages, footer, community."""

from django.http import HttpRequest

from infitah.website.chrome import Chrome, of_request


def chrome(request: HttpRequest) -> dict[str, Chrome | object]:
    """Return the frame of a page; no query, no session, no user (decisions D12)."""
    return {"chrome": of_request(request), "community": getattr(request, "community", None)}
