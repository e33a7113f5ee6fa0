"""The running room: one process answers the browsers, writes, and takes its owner's commands."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from tracktwo.room import keys as room_keys
from tracktwo.room.house import House, HouseError, migrated, opened
from tracktwo.room.keys import Keys

THREADS = 24
"""Requests answered at once; those that vote wait together for one write to the disk."""

PATIENCE = 10
"""Seconds in which the worker may end what it began, when it is told to stop."""


def serve(
    home: House,
    keys: Keys,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    names: tuple[str, ...] = (),
    certificate: tuple[Path, Path] | None = None,
    behind_https: bool = False,
    demo: bool = False,
    first: Callable[[], object] | None = None,
    started: Callable[[], object] | None = None,
) -> None:
    """Serve the room in a folder until it is told to stop.

    ``names`` are the host names it answers to besides its own address. ``certificate`` is a file of certificates and
    one of the key, in PEM. The keys travel to the worker through the memory of processes, never through a file.

    The worker opens the room: nothing of Django is set up in this process, since its settings depend on what is given
    here. ``first`` is called in the worker once the tables are up to date, ``started`` once it answers; both are
    functions of a module, or partial ones.
    """
    from granian import Granian
    from granian.constants import Interfaces

    multiprocessing.set_start_method("spawn", force=True)  # a fork would keep settings that were read before
    environment = {
        "TRACKTWO_HOME": str(home.folder),
        "TRACKTWO_HOSTS": ",".join(dict.fromkeys([*names, host, "localhost", "127.0.0.1", "[::1]"])),
        "TRACKTWO_SECURE": "1" if certificate or behind_https else "0",
        "TRACKTWO_DEMO": "1" if demo else "0",
    }
    server = Granian(
        "tracktwo.room.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=512,
        workers_kill_timeout=PATIENCE,
        log_enabled=False,
        log_access=False,
        ssl_cert=certificate[0] if certificate else None,
        ssl_key=certificate[1] if certificate else None,
    )
    # a closed terminal ends it: a second worker could not write beside the first
    server.signal_handler_reload = server.signal_handler_interrupt  # type: ignore[method-assign]
    tell = partial(_tell, started, host, port)
    server.serve(target_loader=partial(_load, keys, environment, first, tell), wrap_loader=False)


def _load(
    keys: Keys,
    environment: dict[str, str],
    first: Callable[[], object] | None,
    tell: Callable[[], object],
) -> Callable[..., Any]:
    """In the worker: take the lock, open the room, listen to the owner, and give the application."""
    _follow_parent()
    os.environ.update(environment)
    room_keys.install(keys)
    home = House(Path(environment["TRACKTWO_HOME"]))
    stack = ExitStack()
    _kept.append(stack)
    try:
        stack.enter_context(home.locked())  # until the process ends
        opened(home)
        migrated()
        if first is not None:
            first()
        application = _application()
        if hasattr(socket, "AF_UNIX"):
            from tracktwo.room.control import listen

            listen(home.socket)
    except HouseError as error:
        print(f"tracktwo: {error}", file=sys.stderr)
        sys.exit(2)
    atexit.register(os._exit, 0)  # not through the end of an interpreter whose threads still wait for requests
    tell()
    return application


def _tell(started: Callable[[], object] | None, host: str, port: int) -> None:
    """Call ``started`` as soon as somebody would be answered there."""

    def wait() -> None:
        while not _answers(_ANY.get(host, host), port):
            time.sleep(0.02)
        if started is not None:
            started()

    threading.Thread(target=wait, name="started", daemon=True).start()


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), 1).close()
    except OSError:
        return False
    return True


_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (where it is reached that is reached everywhere)


def _application() -> Callable[..., Any]:
    """The application with all its addresses: so that the first who asks does not wait for them."""
    from django.db import connections
    from django.urls import get_resolver

    from tracktwo.room.wsgi import application

    get_resolver().check()
    connections.close_all()
    return application


def _follow_parent() -> None:
    """Be told to stop by the process that was started, and by it alone; where it is killed, do not stay behind.

    Ctrl-C reaches all processes of a group, and Granian's worker can hang when it is told twice at a time.
    """
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()


_kept: list[ExitStack] = []


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nothing listens to now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def require_free(host: str, port: int) -> None:
    """HouseError where the address cannot be listened to."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise HouseError(f"{host}:{port} cannot be listened to: {reason}. Choose another with --port.") from None
