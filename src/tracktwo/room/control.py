"""The owner's commands to a running room, through a socket in its folder that nobody else can open.

One line of JSON asks, one answers: {"command": …, "with": {…}} and {"said": …} or {"refused": sentence}. Commands are
the functions of admin.py; where no room runs, the command line calls them itself under the lock.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from pathlib import Path
from typing import Any

from tracktwo.room.house import HouseError

LONGEST = 1 << 20
SECONDS = 30


def listen(path: Path) -> None:
    """Answer at ``path`` from a thread of this process, for as long as it lives."""
    path.unlink(missing_ok=True)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        server.bind(str(path))
    except OSError as error:
        raise HouseError(f"{path} cannot be listened to: {error}.") from None
    finally:
        os.umask(before)
    server.listen(4)
    threading.Thread(target=_accept, args=(server,), name="control", daemon=True).start()


def _accept(server: socket.socket) -> None:
    while True:
        connection, _ = server.accept()
        with connection:
            connection.settimeout(SECONDS)
            try:
                if _same_user(connection):
                    asked = json.loads(_line(connection))
                    connection.sendall(json.dumps(_answer(asked)).encode() + b"\n")
            except (OSError, ValueError):
                continue  # whoever asked went away, or asked for nothing that could be read


def _same_user(connection: socket.socket) -> bool:
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # the file's permissions are the guard there
    _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return user in (0, os.getuid())


def _answer(asked: Any) -> dict[str, Any]:
    from django.db import close_old_connections

    from tracktwo.room import admin

    try:
        command = admin.COMMANDS[asked["command"]]
        return {"said": command(**asked.get("with", {}))}
    except (KeyError, TypeError):
        return {"refused": "The running room does not know this command; it may be of another version."}
    except HouseError as error:
        return {"refused": str(error)}
    finally:
        close_old_connections()


def _line(connection: socket.socket) -> bytes:
    received = b""
    while not received.endswith(b"\n"):
        part = connection.recv(65536)
        if not part or len(received) > LONGEST:
            raise ValueError("no whole line")
        received += part
    return received


def ask(path: Path, command: str, **given: Any) -> Any:
    """What the running room says to a command; ConnectionError where none runs, HouseError where it refuses."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(SECONDS)
        try:
            connection.connect(str(path))
        except OSError as error:
            raise ConnectionError(str(error)) from None
        connection.sendall(json.dumps({"command": command, "with": given}).encode() + b"\n")
        answer = json.loads(_line(connection))
    if "refused" in answer:
        raise HouseError(answer["refused"])
    return answer["said"]
