"""The site's pages and two more: one with nothing but the frame, and one with nothing at all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from alongside.web.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    """The frame around nothing."""
    return render(request, "base.html")


def bare(request: HttpRequest) -> HttpResponse:
    """No template at all."""
    return HttpResponse("bare")


urlpatterns = [path("bench/empty/", empty, name="bench-empty"), path("bench/bare/", bare, name="bench-bare"), *site]
