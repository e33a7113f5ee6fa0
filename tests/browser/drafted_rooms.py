"""A room with a text on the table, open on this machine for a browser: ``drafted_rooms.py en|zh small|large``.

A process of its own, which says on one line of JSON where it is, where its text is, and with which cookies people are
signed in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import make_server

from playwright.sync_api import Browser, BrowserContext

PEOPLE = ("mediator", "quill head", "quill alternate", "cloudberry head", "sandglass delegate", "observer")
TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class DraftedRoom:
    """A room that is open, with a text."""

    url: str
    language: str
    text: str
    cookies: dict[str, str]

    def context(self, browser: Browser, who: str, **options: Any) -> BrowserContext:
        """A browser in which that seat is signed in."""
        context = browser.new_context(**{"base_url": self.url, **options})
        context.add_cookies([{"name": "room", "value": self.cookies[who], "url": self.url}])
        return context


@contextmanager
def drafted_room(language: str, size: str) -> Iterator[DraftedRoom]:
    """The room, whose people read in that language."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["PYTHONPATH"] = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    command = [sys.executable, __file__, language, size]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            if not said:
                raise RuntimeError("the room did not open; its process says why")
            yield DraftedRoom(language=language, **json.loads(said))
        finally:
            process.stdin.close()


def _serve(language: str, size: str) -> None:
    from tracktwo.room import keys
    from tracktwo.room.house import House, migrated, opened

    with tempfile.TemporaryDirectory() as folder:
        keys.install(keys.Keys.new())
        opened(House(Path(folder) / "room").prepared())
        migrated()
        from opened_rooms import _Server, _Silent
        from room.drafted import issued, negotiated
        from room.talks import begun

        from tracktwo.room.wsgi import application

        talks = begun()
        if size == "large":
            from benchmarks.drafting import files

            found = issued(talks, *files())
        else:
            found = negotiated(talks)
        cookies = {who: talks.client(who, language=language).cookies["room"].value for who in PEOPLE}
        server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent)
        Thread(target=server.serve_forever, daemon=True).start()
        told = {"url": f"http://127.0.0.1:{server.server_port}", "text": found.address, "cookies": cookies}
        print(json.dumps(told), flush=True)
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    _serve(*sys.argv[1:])
