"""A room as its owner opens it: ``tracktwo admin create``, then ``tracktwo serve``; empty but for one invitation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from tracktwo.room.serving import free_port

TRACKTWO = [sys.executable, "-c", "from tracktwo.cli import main; main()"]
NAMED = {
    "--name-en": "Talks on frontier systems",
    "--name-zh": "前沿系统对话",
    "--code-name-en": "Heron",
    "--code-name-zh": "白鹭",
    "--mediator": "Ingrid Aas",
}


@dataclass(frozen=True)
class Served:
    """A room that is open, and its mediator's invitation."""

    url: str
    link: str
    code: str


@contextmanager
def served() -> Iterator[Served]:
    """The real server in processes of its own, with a folder, keys and a database of its own."""
    with TemporaryDirectory(prefix="talks-") as folder, _database() as database:
        environment = {**os.environ, **database, "TRACKTWO_HOME": str(Path(folder) / "room")}
        named = [part for pair in NAMED.items() for part in pair]
        command = [*TRACKTWO, "admin", "create", "--plain-keys", *named]
        made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        path, code = re.findall(r"/i/\S+|(?<=: )[A-Z2-9]{4}-[A-Z2-9]{4}", made.stdout)[::2]
        port = free_port()
        command = [*TRACKTWO, "serve", "--port", str(port)]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            assert f":{port}/" in server.stdout.readline()
            try:
                yield Served(f"http://127.0.0.1:{port}", path, code)
            finally:
                server.terminate()
                try:
                    server.wait(10)
                except subprocess.TimeoutExpired:
                    server.kill()


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """Where PostgreSQL is used, a database that only this room writes to."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield {}
        return
    import psycopg

    name = f"talks_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
