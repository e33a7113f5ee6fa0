"""One server to a room, and one sentence for whoever comes second."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from room import kept

from tracktwo.room.house import House
from tracktwo.room.serving import free_port

COMMAND = [sys.executable, "-c", "from tracktwo.cli import main; main()"]
CREATE = ("admin", "create", "--plain-keys", "--name-en", "Talks", "--name-zh", "对话", "--code-name-en", "Heron",
          "--code-name-zh", "白鹭", "--mediator", "Mediator")  # fmt: skip
TAKEN = "is already open in another process.\n"


def tracktwo(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], env=kept.environment(), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A room that was created."""
    folder = tmp_path_factory.mktemp("served") / "room"
    made = tracktwo(*CREATE, "--home", str(folder))
    assert made.returncode == 0, made.stderr
    return House(folder)


@contextmanager
def served(home: House, *more: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The room, open in a group of processes of its own: its port, and the process that was started."""
    port = free_port()
    command = [*COMMAND, "serve", "--home", str(home.folder), "--port", str(port), *more]
    with subprocess.Popen(
        command, env=kept.environment(), stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert "The room is open at" in process.stdout.readline()
        try:
            yield port, process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)


def status(port: int, path: str = "/sign-in", host: str = "127.0.0.1") -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status


def taken(home: House) -> bool:
    """Whether a process holds the lock."""
    try:
        with home.locked():
            return False
    except Exception:
        return True


def gone(home: House, port: int) -> bool:
    """Whether nothing is left of a server, or is soon."""
    for _ in range(200):
        try:
            status(port)
        except OSError:
            if not taken(home):
                return True
        time.sleep(0.02)
    return False


def test_it_answers_once_it_says_that_it_is_open_and_to_its_names_alone(home: House) -> None:
    with served(home, "--name", "room.example") as (port, _):
        answers = {host: status(port, host=host) for host in ("127.0.0.1", "room.example", "elsewhere.example")}
    assert answers == {"127.0.0.1": 200, "room.example": 200, "elsewhere.example": 400}


def test_a_second_server_is_refused_and_the_first_goes_on(home: House) -> None:
    with served(home) as (port, _):
        second = tracktwo("serve", "--home", str(home.folder), "--port", str(free_port()))
        assert (second.returncode, second.stdout) == (2, "")
        assert second.stderr.endswith(TAKEN)
        assert status(port) == 200


def test_the_owner_is_refused_where_the_running_room_cannot_be_asked(home: House) -> None:
    with served(home):
        home.socket.unlink()
        for command in (("admin", "invite"), CREATE):
            refused = tracktwo(*command, "--home", str(home.folder))
            assert (refused.returncode, refused.stdout) == (2, "")
            assert refused.stderr.endswith(TAKEN)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_whatever_a_terminal_sends_to_all_its_processes_ends_it(home: House, name: str) -> None:
    with served(home) as (port, process):
        assert status(port) == 200
        os.killpg(process.pid, getattr(signal, name))
        assert process.wait(60) == 0
    assert gone(home, port)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals of POSIX")
def test_no_worker_stays_behind_a_process_that_was_killed(home: House) -> None:
    with served(home) as (port, process):
        assert taken(home)
        process.kill()
        process.wait(60)
    assert gone(home, port)


def test_a_folder_whose_name_is_too_long_for_a_socket_is_refused_in_a_sentence(home: House, tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.parent.mkdir()
    deep.symlink_to(home.folder)
    refused = tracktwo("serve", "--home", str(deep), "--port", str(free_port()))
    assert refused.returncode != 0
    assert refused.stderr.startswith("tracktwo: ")
    assert "Traceback" not in refused.stderr
