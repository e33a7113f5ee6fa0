"""The sample room, open on this machine for a browser: with a session for one person of each role.

``python tests/browser/opened_rooms.py en`` serves it until its input ends, and says on one line of JSON where it is,
and with which cookie each role is signed in. A process of its own, so that the room has its own keys, database and
sessions.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from urllib.parse import urljoin, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import Browser, BrowserContext, Error, Page, Response

IDENTIFIER = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[\w-]{40,}"
    r"|(?<=/provisions/)\w+|(?<=/brackets/)[\d-]+|(?<=provision=)\w+|(?<=after=)\w+|\d+"
)
NOWHERE = "/no-such-place"
KEPT = ("ERR_ABORTED", "Download is starting")
"""How a browser says that an address led to a file to keep, which is no page, and no fault."""
PLACES = ("/", "/sign-in", "/concerns", "/statements", "/texts", "/meetings", "/people", "/confidences", "/holds",
          "/plan", "/rules", "/console", "/visibility", "/account", "/translations", NOWHERE)  # fmt: skip
STATES = {"/texts/*": 6, "/statements/*": 4, "/statements/*/results": 3, "/concerns/*": 2, "/people/seats/*": 2}
"""How many pages of one kind are looked at, where they look different from state to state."""


@dataclass(frozen=True)
class Room:
    """A room that is open."""

    url: str
    language: str
    cookies: dict[str, str]
    beyond: list[str] = field(default_factory=list)
    """The pages of somebody beyond the table."""
    broken: list[str] = field(default_factory=list)
    """Links that led to no page."""

    def context(self, browser: Browser, role: str | None = None, **options: Any) -> BrowserContext:
        """A browser in which somebody of that role is signed in, or nobody."""
        locale = "zh-CN" if self.language == "zh" else "en-GB"
        context = browser.new_context(**{"locale": locale, "base_url": self.url, **options})
        if role is not None:
            context.add_cookies([{"name": "room", "value": self.cookies[role], "url": self.url}])
        return context

    def addresses(self, page: Page, alike: dict[str, int] | None = None) -> Iterator[str]:
        """Walk every link from the places on, and give the path of each while the page is open.

        One page of each kind, or as many as STATES says; ``alike`` counts them, by kind.
        """
        alike = {} if alike is None else alike
        waiting, met = [*PLACES], {*PLACES}
        while waiting:
            path = waiting.pop(0)
            kind = IDENTIFIER.sub("*", path)
            if path not in PLACES and alike.get(kind, 0) >= STATES.get(kind, 1):
                continue
            alike[kind] = alike.get(kind, 0) + 1
            answer = self._opened(page, path)
            if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            if answer.status == 404 and path in PLACES and path != NOWHERE:
                continue  # not a place of this role
            if answer.status >= 400 and path != NOWHERE:
                self.broken.append(f"{answer.status} {path}")
                continue
            landed = urlsplit(page.url).path
            if landed != urlsplit(path).path:  # led elsewhere, as to signing in
                waiting += [landed] * (landed not in met)
                met.add(landed)
                continue
            yield path
            for href in page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))"):
                parts = urlsplit(urljoin(page.url, href))
                found = parts.path + (f"?{parts.query}" if parts.query and not parts.query.startswith("next=") else "")
                if f"{parts.scheme}://{parts.netloc}" == self.url and found not in met:
                    met.add(found)
                    waiting.append(found)

    def _opened(self, page: Page, path: str) -> Response | None:
        try:
            return page.goto(self.url + path)
        except Error as error:
            if not any(each in str(error) for each in KEPT):
                self.broken.append(f"{path}: {error}".splitlines()[0])
            return None


@contextmanager
def room(language: str) -> Iterator[Room]:
    """The sample room, whose people read in that language."""
    command = [sys.executable, __file__, language]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}  # a database of its own
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            if not said:
                raise RuntimeError("the room did not open; its process says why")
            yield Room(language=language, **json.loads(said))
        finally:
            process.stdin.close()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


def _sessions(language: str) -> dict[str, str]:
    from django.utils import timezone

    from tracktwo.room.people.models import Account, Seat
    from tracktwo.room.sessions import SessionStore

    Account.objects.update(language=language)
    cookies: dict[str, str] = {}
    for seat in Seat.objects.select_related("account").exclude(account=None).order_by("organisation__side__mark"):
        account = seat.account
        if seat.role not in cookies and account is not None and seat.active_on(timezone.localdate()):
            session = SessionStore()
            session.update({"account": str(account.id), "generation": account.generation, "seat": str(seat.id)})
            session["fresh"] = timezone.now().timestamp()
            session.create()
            cookies[seat.role] = str(session.session_key)
    return cookies


def _beyond() -> list[str]:
    from tracktwo.room.concerns import wide
    from tracktwo.room.concerns.models import Sounding

    sounding = Sounding.objects.get(audience="wide", state="open")
    return [f"/w/open/{sounding.pk}", *(f"/w/{wide.begun(sounding.pk)}/{page}" for page in ("vote", "votes"))]


def _serve(language: str) -> None:
    from tracktwo.room import keys
    from tracktwo.room.house import House, migrated, opened

    with tempfile.TemporaryDirectory() as folder:
        keys.install(keys.Keys.new())
        opened(House(Path(folder) / "room").prepared())
        migrated()
        from tracktwo.demo.room import furnish
        from tracktwo.room.wsgi import application

        furnish()
        server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent)
        Thread(target=server.serve_forever, daemon=True).start()
        opened_ = {"url": f"http://127.0.0.1:{server.server_port}", "cookies": _sessions(language), "beyond": _beyond()}
        print(json.dumps(opened_), flush=True)
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    _serve(sys.argv[1])
