"""The product's addresses and /bare/: a POST answered by a redirect, and nothing else done."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from infitah.config.urls import *  # noqa: F403
from infitah.config.urls import urlpatterns as of_the_product


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """Answer as a vote does, without looking anything up."""
    return HttpResponseRedirect("/ar/", status=303)


urlpatterns = [path("bare/", bare), *of_the_product]
