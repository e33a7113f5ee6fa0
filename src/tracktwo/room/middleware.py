"""What every request passes: who asks, in which language, and that the answer is never more than it should be."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.utils import timezone

from tracktwo.room import answers
from tracktwo.room.access import Absent, Refused, Viewer, whoever
from tracktwo.room.people.models import Account, Seat
from tracktwo.room.remembered import Remembered, own
from tracktwo.room.words import LANGUAGES, reading

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
_seen: Remembered[tuple[Account | None, Seat | None]] = Remembered()


def headers(respond: Answer) -> Answer:
    """Nothing is kept, referred or embedded, and nothing comes from elsewhere; static files alone may be kept."""
    always = {
        "Content-Security-Policy": build_policy(),
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self),"
        " publickey-credentials-create=(self)",
    }
    on_static = {name.lower(): (name, value) for name, value in always.items()}
    on_pages = on_static | {"cache-control": ("Cache-Control", "no-store")}

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        # as response[name] = value would, which looks at every letter of every one of them each time
        response.headers._store.update(on_static if request.path.startswith("/static/") else on_pages)
        return response

    return middleware


def same_origin(respond: Answer) -> Answer:
    """Refuse what another site sends on a reader's behalf, by Sec-Fetch-Site or, where it is missing, Origin.

    Every browser sends one of them with a form. A token in the page would make two pages that show the same differ.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            site, origin = request.META.get("HTTP_SEC_FETCH_SITE"), request.META.get("HTTP_ORIGIN")
            here = site == "same-origin" if site else origin == f"{request.scheme}://{request.get_host()}"
            if not here:
                return HttpResponseForbidden(answers.foreign(), content_type="text/html; charset=utf-8")
        return respond(request)

    return middleware


def viewer(respond: Answer) -> Answer:
    """Find out who asks: ``request.account`` and, with a seat that is active today, ``request.viewer``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.account = request.viewer = None  # type: ignore[attr-defined]
        session = request.session
        if session.get("account"):
            account, seat = _whoever(session["account"], session.get("generation"), session.get("seat"))
            if account is None:
                session.flush()
            else:
                request.account = account  # type: ignore[attr-defined]
                today = timezone.localdate()
                if seat is not None and seat.active_on(today):
                    request.viewer = Viewer(account, seat, today)  # type: ignore[attr-defined]
        return respond(request)

    return middleware


def _whoever(*asked: Any) -> tuple[Account | None, Seat | None]:
    """What :func:`whoever` says as the database stands now, in rows of this request's own."""
    account, seat = _seen.get(asked, lambda: whoever(*asked))
    seat = own(seat)
    return (own(account) if seat is None else seat.account), seat


def reader(respond: Answer) -> Answer:
    """The reader's language: the account's choice, else the session's, else what the browser asks for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        account = request.account  # type: ignore[attr-defined]
        wanted = account.language if account else request.session.get("language") or _preferred(request)
        with reading("zh" if wanted == "zh" else "en"):
            return respond(request)

    return middleware


def _preferred(request: HttpRequest) -> str:
    for part in request.headers.get("Accept-Language", "").split(","):
        name = part.split(";")[0].strip().lower()[:2]
        if name in LANGUAGES:
            return name
    return LANGUAGES[0]


class Answers:
    """Turns Absent and Refused into pages."""

    def __init__(self, respond: Answer) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Respond."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for what was raised; None for what is an error of ours."""
        if isinstance(exception, Absent):
            return answers.absent(request)
        if isinstance(exception, Refused):
            return answers.refused(request, exception)
        return None


def once(respond: Answer) -> Answer:
    """A form that is sent twice acts once: the second gets the answer of the first.

    The same form twice in a row, from one session, is a double click or a reload; nothing in between came from there.
    """
    waiting: WeakValueDictionary[str, _Turn] = WeakValueDictionary()

    def middleware(request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if request.method in SAFE or key is None:
            return respond(request)
        turn = waiting.setdefault(key, _Turn())
        with turn.lock:
            return _answered(respond, request)

    return middleware


class _Turn:
    def __init__(self) -> None:
        self.lock = threading.Lock()


def _answered(respond: Answer, request: HttpRequest) -> HttpResponse:
    sent = _what(request)
    last = request.session.get("sent")
    if last and last[0] == sent:
        return HttpResponseRedirect(last[1], status=303)
    key = request.session.session_key
    response = respond(request)
    if request.session.session_key != key or not request.session.exists(key):
        return response  # signed in or out meanwhile: this session is over, and nothing is kept for it
    if response.status_code == 303:
        request.session["sent"] = (sent, response["Location"])
    else:
        request.session.pop("sent", None)
    return response


def _what(request: HttpRequest) -> str:
    """What was sent, as a hash. A form with files is longer than any other may be, and is never held as a whole."""
    sent = hashlib.sha256(request.get_full_path().encode() + b"\0")
    if request.content_type != "multipart/form-data":
        sent.update(request.body)
        return sent.hexdigest()
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise RequestDataTooBig
    for name, values in request.POST.lists():
        sent.update(repr((name, values)).encode())
    for name, files in request.FILES.lists():
        for file in files:
            sent.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                sent.update(chunk)
            file.seek(0)
    return sent.hexdigest()
