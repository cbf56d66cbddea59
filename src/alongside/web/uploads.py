"""What is too large is refused before it is read: a body of 200 MB fills neither the memory nor the disk."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class UploadLimit:
    """Answers 413 to a body larger than `settings.MOST_UPLOAD` bytes. It stands before all that reads the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A body without a length is none: the server hands on as much as was announced."""
        length, most = request.headers.get("Content-Length", ""), settings.MOST_UPLOAD
        if length.isdecimal() and int(length) > most:
            return render(request, "413.html", {"megabytes": most // 1_000_000}, status=413)
        return self.get_response(request)
