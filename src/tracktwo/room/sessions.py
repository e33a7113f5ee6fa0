"""Sessions in memory alone: who signed in when is never on the disk. A restart signs everybody out."""

from __future__ import annotations

import threading
import time
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

MOST = 100_000
"""Sessions that are kept; past that the longest idle of those in which nobody is signed in is given up."""
_kept: dict[str, tuple[float, dict[str, Any]]] = {}
_lock = threading.Lock()


def _idle(since: float) -> bool:
    return time.monotonic() - since > settings.SESSION_IDLE_SECONDS


class SessionStore(SessionBase):
    """A session that ends when it was idle too long (``SESSION_IDLE_SECONDS``)."""

    polling = False
    """Whether a page asks by itself: nobody need be there, so that the session grows idle all the same."""

    def load(self) -> dict[str, Any]:
        with _lock:
            since, data = _kept.get(self.session_key or "", (0.0, None))
            if data is None or _idle(since):
                _kept.pop(self.session_key or "", None)
                self._session_key = None
                return {}
            if not self.polling:
                _kept.pop(str(self.session_key))  # so that the longest idle stands first
                _kept[str(self.session_key)] = (time.monotonic(), data)
            return dict(data)

    def exists(self, session_key: str | None) -> bool:
        return session_key in _kept

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)
        with _lock:
            if must_create and self.session_key in _kept:
                raise CreateError
            if not must_create and self.session_key not in _kept:
                return None  # ended meanwhile: what was signed out stays out
            before = _kept.pop(self.session_key, None)
            since = before[0] if before and self.polling else time.monotonic()
            _kept[self.session_key] = (since, dict(data))
            if len(_kept) > MOST:
                del _kept[_least_missed()]
        return None

    def delete(self, session_key: str | None = None) -> None:
        with _lock:
            _kept.pop(session_key or self.session_key or "", None)

    @classmethod
    def clear_expired(cls) -> None:
        with _lock:
            for key in [key for key, (since, _) in _kept.items() if _idle(since)]:
                del _kept[key]


def _least_missed() -> str:
    return next((key for key, (_, data) in _kept.items() if "account" not in data), next(iter(_kept)))


class Sessions(SessionMiddleware):
    """Django's, told by the page (room.js) when it is the page that asks and not its reader."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.polling = "HTTP_ROOM_POLL" in request.META  # type: ignore[attr-defined]


def end_all(account: str) -> None:
    """End every session of an account."""
    with _lock:
        for key in [key for key, (_, data) in _kept.items() if data.get("account") == account]:
            del _kept[key]


def present(within: float | None = None) -> list[dict[str, Any]]:
    """What is known of the sessions that are not idle, or that were used ``within`` so many seconds."""
    least = time.monotonic() - (settings.SESSION_IDLE_SECONDS if within is None else within)
    with _lock:
        return [dict(data) for since, data in _kept.values() if since >= least]
