"""Where a request really came from, behind the proxies that the operator trusts."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def _is_trusted(address: str) -> bool:
    try:
        known = ip_address(address)
        networks = [ip_network(one, strict=False) for one in settings.ENVIRONMENT.trusted_proxies]
    except ValueError:
        return False
    return any(known in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def client_address(request: HttpRequest) -> str:
    """Return the address of the client: the last one that no trusted proxy has written.

    `X-Forwarded-For` counts only as far as `INFITAH_TRUSTED_PROXIES` (addresses or networks)
    vouch for it, read from the right: what stands further left anybody may have typed.
    """
    address = str(request.META.get("REMOTE_ADDR") or "")
    forwarded = request.headers.get("X-Forwarded-For", "")
    for hop in reversed([one.strip() for one in forwarded.split(",") if one.strip()]):
        if not _is_trusted(address) or not _is_address(hop):
            break
        address = hop
    return address if _is_address(address) else "127.0.0.1"
