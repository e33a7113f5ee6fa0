"""Doors: every view declares the right that it asks for; an address without one fails the tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from tracktwo.room.access import RIGHTS, Absent, Viewer

View = Callable[..., HttpResponse]


def door(action: str, *methods: str) -> Callable[[View], View]:
    """Let in seats that have the right ``action``, with the methods named (default GET); all others find nothing.

    The view is called with the request, and finds whoever looks in ``request.viewer``.
    """
    if action not in RIGHTS:
        raise ValueError(f"no right is called {action!r}")
    return _declared(action, methods, lambda request: request.viewer is not None and request.viewer.may(action))


def open_door(reason: str, *methods: str) -> Callable[[View], View]:
    """Let in everybody, signed in or not; ``reason`` says why that betrays nothing."""
    return _declared(f"open: {reason}", methods, lambda request: True)


def _declared(policy: str, methods: tuple[str, ...], lets_in: Callable[[Any], bool]) -> Callable[[View], View]:
    allowed = methods or ("GET",)

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not lets_in(request):
                raise Absent
            method = "GET" if request.method == "HEAD" else request.method
            if method not in allowed:
                return HttpResponseNotAllowed([*allowed])
            return view(request, *args, **kwargs)

        inner.policy = policy  # type: ignore[attr-defined]
        inner.methods = allowed  # type: ignore[attr-defined]
        return inner

    return wrap


def viewer(request: HttpRequest) -> Viewer:
    """Whoever looks; Absent where nobody is signed in."""
    found: Viewer | None = request.viewer  # type: ignore[attr-defined]
    if found is None:
        raise Absent
    return found
