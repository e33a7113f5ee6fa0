"""``tracktwo serve``, ``demo``, ``admin`` and ``doctor``: the room."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracktwo.cli.group import main
from tracktwo.cli.opinion import analysed, rendered, write
from tracktwo.cli.speaking import USAGE, Language, printed, progressing, refusals

if TYPE_CHECKING:
    from tracktwo.room.house import House
    from tracktwo.room.keys import Keys

HOME = click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Folder of the room.")
KEYS = click.option(
    "--keys", "keys_path", type=click.Path(path_type=Path), help="File of the keys, if kept elsewhere than there."
)
PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.File(encoding="utf-8"),
    help="Read the passphrase of the keys from here (- for standard input) instead of asking.",
)


@main.command()
@HOME
@KEYS
@PASSPHRASE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen to.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen to.")
@click.option("--name", "names", multiple=True, help="Host name that the room answers to; may be given again.")
@click.option("--certificate", type=click.Path(exists=True, path_type=Path), help="Certificates for HTTPS (PEM).")
@click.option("--certificate-key", type=click.Path(exists=True, path_type=Path), help="Their key (PEM).")
@click.option("--behind-https", is_flag=True, help="A proxy in front of the room speaks HTTPS.")
def serve(
    home: Path | None,
    keys_path: Path | None,
    passphrase_file: Any,
    certificate: Path | None,
    certificate_key: Path | None,
    **options: Any,
) -> None:
    """Open the room: serve it to browsers until stopped."""
    with _sentences():
        from tracktwo.room.house import HouseError
        from tracktwo.room.serving import require_free
        from tracktwo.room.serving import serve as serving

        if (certificate is None) != (certificate_key is None):
            raise HouseError("Give --certificate and --certificate-key together.")
        place, keys = _unlocked(home, keys_path, passphrase_file)
        require_free(options["host"], options["port"])
        with place.locked():
            pass  # where another holds it, that is said here
        pair = (certificate, certificate_key) if certificate and certificate_key else None
        scheme = "https" if pair or options["behind_https"] else "http"
        shown = options["names"][0] if options["names"] else options["host"]
        said = f"The room is open at {scheme}://{shown}:{options['port']}/ — stop it with Ctrl-C."
        serving(place, keys, certificate=pair, started=partial(_say, said), **options)


@main.command()
@click.option("--lang", type=click.Choice(["en", "zh"]), help="The report only in this language; otherwise in both.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Folder of the report."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen to; otherwise a free one.")
@click.option("--report-only", is_flag=True, help="Write the report, and open no room.")
@click.option("--room-only", is_flag=True, help="Open the room, and write no report.")
def demo(lang: Language | None, out: Path, port: int, report_only: bool, room_only: bool) -> None:
    """Show the sample talks: 36 fictional delegates, 40 statements on AI safety.

    Writes the report of their votes, then opens a room of their own on this machine alone, in which you may sit on any
    seat. Its database is made anew and thrown away in the end.
    """
    if not room_only:
        _sample_report(lang, out)
    if not report_only:
        with _sentences():
            _sample_room(port)


@main.command()
@HOME
def doctor(home: Path | None) -> None:
    """See whether this machine can keep what a room promises."""
    from tracktwo.room.doctor import findings
    from tracktwo.room.house import house

    ill = False
    for finding in findings(house(home)):
        ill |= finding.well is False
        click.echo(str(finding))
    sys.exit(1 if ill else 0)


@main.group()
def admin() -> None:
    """Create a room, its process and its first mediator."""


@admin.command("create")
@HOME
@KEYS
@PASSPHRASE
@click.option("--plain-keys", is_flag=True, help="Keys without a passphrase, for media that are kept elsewhere.")
@click.option("--name-en", prompt="What the talks are called among those in them, in English", help="In English.")
@click.option("--name-zh", prompt="The same in Chinese", help="In Chinese.")
@click.option("--code-name-en", prompt="What they are called where others may look, in English", help="In English.")
@click.option("--code-name-zh", prompt="The same in Chinese", help="In Chinese.")
@click.option("--mediator", prompt="Name of the first mediator", help="Name of the first mediator.")
def create(home: Path | None, keys_path: Path | None, passphrase_file: Any, plain_keys: bool, **named: str) -> None:
    """Create keys, database, process and first mediator, and print the mediator's invitation."""
    with _sentences():
        place, keys = _made(home, keys_path, passphrase_file, plain_keys)
        _invitation(_commanded(place, keys, "create", **named))


@admin.command("invite")
@HOME
@KEYS
@PASSPHRASE
def invite(home: Path | None, keys_path: Path | None, passphrase_file: Any) -> None:
    """Invite the mediator again, who lost the way to sign in. Through the running room, if there is one."""
    with _sentences():
        from tracktwo.room.control import ask
        from tracktwo.room.house import house

        place = house(home)
        try:
            said = ask(place.socket, "invite")
        except ConnectionError:
            place, keys = _unlocked(home, keys_path, passphrase_file)
            said = _commanded(place, keys, "invite")
        _invitation(said)


def _invitation(said: dict[str, str]) -> None:
    printed(
        f"Invitation of the mediator, once, within 72 hours:\n  {said['path']}\n"
        f"  after the address of the room, as in http://127.0.0.1:8000{said['path']}\n"
        f"Code, to be given by another way: {said['code']}\n"
    )


def _commanded(place: House, keys: Keys, command: str, **given: str) -> Any:
    """Run a command here, under the lock, since no room runs."""
    from tracktwo.room import keys as room_keys
    from tracktwo.room.house import migrated, opened

    room_keys.install(keys)
    with place.locked():
        opened(place)
        migrated()
        from tracktwo.room.admin import COMMANDS

        return COMMANDS[command](**given)


def _made(home: Path | None, keys_path: Path | None, passphrase_file: Any, plain: bool) -> tuple[House, Keys]:
    """The folder, and new keys in it or, where there are some, those."""
    from tracktwo.room.house import house
    from tracktwo.room.keys import Keys
    from tracktwo.room.keys import write as write_keys

    place = house(home).prepared()
    path = keys_path or place.keys
    if path.exists():
        return _unlocked(home, keys_path, passphrase_file)
    keys = Keys.new()
    write_keys(path, keys, None if plain else _passphrase(passphrase_file, new=True))
    _say(f"Keys: {path}. Without them nobody can read the room, and nobody can restore them: keep a copy elsewhere.")
    return place, keys


def _unlocked(home: Path | None, keys_path: Path | None, passphrase_file: Any) -> tuple[House, Keys]:
    """The folder and its keys, opened with their passphrase."""
    from tracktwo.room import keys as room_keys
    from tracktwo.room.house import HouseError, house

    place = house(home)
    path = keys_path or place.keys
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HouseError(
            f"{path} cannot be read: {error.strerror}. tracktwo admin create makes a room and its keys."
        ) from None
    needed = content.startswith(b"age-encryption.org/")
    keys = room_keys.read(content, _passphrase(passphrase_file, new=False) if needed else None)
    room_keys.install(keys)
    return place.prepared(), keys


def _passphrase(given: Any, *, new: bool) -> str:
    from tracktwo.room.house import HouseError

    if given is not None:
        text = given.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        text = click.prompt("Passphrase of the keys", hide_input=True, confirmation_prompt=new, err=True)
    else:
        raise HouseError("The keys are under a passphrase: type it on a terminal, or give --passphrase-file.")
    if new and len(text) < 12:
        raise HouseError("A passphrase has 12 characters or more; six words drawn by chance are good.")
    return str(text)


def _sample_report(lang: Language | None, out: Path) -> None:
    from importlib.resources import as_file, files

    from tracktwo.opinion.summary import summary

    wanted: tuple[Language, ...] = ("en", "zh")
    with refusals(), as_file(files("tracktwo.demo") / "talks") as talks, progressing() as progress:
        document = analysed(str(talks), sides=talks / "sides.csv", delegations=True, progress=progress)
        written: dict[Path, bytes] = {}
        for each in wanted if lang is None else (lang,):
            written |= rendered(document, each, html=out / f"sample-talks-{each}.html")
        write(written)
    printed(summary(document, lang or "en") + "\n" + "".join(f"{path}\n" for path in written))


def _sample_room(port: int) -> None:
    from tempfile import TemporaryDirectory

    from tracktwo.room.house import House
    from tracktwo.room.keys import Keys
    from tracktwo.room.serving import free_port, require_free
    from tracktwo.room.serving import serve as serving

    port = port or free_port()
    require_free("127.0.0.1", port)
    said = f"The sample room is open at http://127.0.0.1:{port}/ — stop it with Ctrl-C; nothing of it is kept."
    with TemporaryDirectory(prefix="tracktwo-") as folder:
        place = House(Path(folder))
        serving(place, Keys.new(), port=port, demo=True, first=_furnished, started=partial(_say, said))


def _furnished() -> None:
    from tracktwo.demo.room import furnish

    furnish()


def _say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


@contextmanager
def _sentences() -> Iterator[None]:
    """What keeps a room from opening ends with a sentence and exit code 2."""
    from tracktwo.room.house import HouseError
    from tracktwo.room.keys import KeysError

    try:
        yield
    except (HouseError, KeysError) as error:
        click.echo(f"tracktwo: {error}", err=True)
        sys.exit(USAGE)
    except OSError as error:
        click.echo(f"tracktwo: {error.filename or 'the disk'}: {error.strerror or error}.", err=True)
        sys.exit(USAGE)
