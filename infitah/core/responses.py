"""The one shape of machine errors (`interfaces.md`), and the plain pages before any page."""

from collections.abc import Mapping

from django.http import HttpResponse, JsonResponse

PLAIN = {
    "too_large": "الطلب أكبر مما تقبله هذه الخدمة. / La demande dépasse la taille acceptée.",
    "other_origin": ("لم يرسل هذا الطلب من هذا الموقع. / Cette demande ne vient pas de ce site."),
}


def error_json(
    status: int,
    code: str,
    message: str,
    *,
    law: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> JsonResponse:
    """Return `{"error": {"code", "message", "law", "fields"}}` with `status`."""
    body = {"code": code, "message": message, "law": law, "fields": dict(fields or {})}
    return JsonResponse({"error": body}, status=status, json_dumps_params={"ensure_ascii": False})


def plain_error(status: int, code: str) -> HttpResponse:
    """Return a sentence without a page, for what is refused before a page can be made."""
    return HttpResponse(PLAIN[code], status=status, content_type="text/plain; charset=utf-8")
