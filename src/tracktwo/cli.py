"""The command line: parses, calls, prints. What is heavy is imported inside the commands."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import click

from tracktwo import __version__

USAGE, SLOW = 2, 2.0
"""Exit code for bad input or usage; seconds after which progress is shown."""
Language = Literal["en", "zh"]


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from tracktwo.opinion import passes

    how = "compiled" if passes.compiled else "NumPy reference; no C compiler was found when tracktwo was installed"
    click.echo(f"tracktwo {__version__}\npasses over votes: {how}")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Say which version."
)
def main() -> None:
    """Software for confidential talks: from the first concern to a tested AI system."""


@main.command()
@click.argument("source", metavar="SOURCE")
@click.option(
    "--method",
    type=click.Choice(["tracktwo", "polis"]),
    default="tracktwo",
    show_default=True,
    help="The product's own, or the Polis pipeline exactly.",
)
@click.option("--sides", type=click.Path(path_type=Path), help="CSV: participant, delegation, side.")
@click.option("--groups", default="auto", show_default=True, help="A number, auto, none, or a CSV: participant, group.")
@click.option(
    "--threshold", type=float, default=0.6, show_default=True, help="Agree share that common ground must pass."
)
@click.option(
    "--suppress-below",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="Show no count of fewer people; 1 lifts it.",
)
@click.option(
    "--delegations", is_flag=True, help="Results by delegation too, where your rules of procedure allow them."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Where random draws start.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Of summary and report.")
@click.option(
    "--columns", metavar="ROLE=NAME,…", help="Names of a table's columns: participant, statement, vote, timestamp."
)
@click.option("--statements", type=click.Path(path_type=Path), help="CSV of the statements' texts, for a long table.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report to this file.")
@click.option("--json", "json_", metavar="FILE|-", help="Write the results as JSON.")
@click.option("--csv", type=click.Path(path_type=Path), help="Write tables into this folder.")
def opinion(
    source: str, json_: str | None, html: Path | None, csv: Path | None, lang: Language, **options: Any
) -> None:
    """Groups and common ground from votes.

    SOURCE is a Polis export (folder or zip), a folder of the JSON of a Polis server, a long table of votes (CSV or
    Parquet), or - for standard input.
    """
    from tracktwo.opinion.summary import summary
    from tracktwo.writing import json_text

    with _refusals(), _progress() as progress:
        document = _opinion(source, progress=progress, **options)
        written = _rendered(document, lang, json_=json_, html=html, csv=csv)
        _refuse_overwriting(written, [source, *(options[name] for name in ("sides", "groups", "statements"))])
        _write(written)
    if json_ == "-":
        _print(json_text(document))
    else:
        _print(summary(document, lang) + "\n" + "".join(f"{path}\n" for path in written))


@main.command()
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Only this language; otherwise both.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Folder to write to."
)
def demo(lang: Language | None, out: Path) -> None:
    """Analyse the sample talks: 36 fictional delegates, 40 statements on AI safety."""
    from importlib.resources import as_file, files

    from tracktwo.opinion.summary import summary

    wanted: tuple[Language, ...] = ("en", "zh")
    with _refusals(), as_file(files("tracktwo.demo") / "talks") as talks, _progress() as progress:
        document = _opinion(str(talks), sides=talks / "sides.csv", delegations=True, progress=progress)
        written: dict[Path, bytes] = {}
        for each in wanted if lang is None else (lang,):
            written |= _rendered(document, each, html=out / f"sample-talks-{each}.html")
        _write(written)
    _print(summary(document, lang or "en") + "\n" + "".join(f"{path}\n" for path in written))


def _opinion(
    source: str,
    *,
    progress: Callable[[str, float], None],
    method: Literal["tracktwo", "polis"] = "tracktwo",
    sides: Path | None = None,
    groups: str = "auto",
    threshold: float = 0.6,
    suppress_below: int = 5,
    delegations: bool = False,
    seed: int = 0,
    columns: str | None = None,
    statements: Path | None = None,
) -> dict[str, Any]:
    from tracktwo.opinion import InputError, analyse, read, read_groups, read_sides, require_analysable
    from tracktwo.opinion.publication import publish

    if not 0 < threshold < 1:
        raise InputError(f"--threshold is {threshold}; it must lie between 0 and 1.")
    votes = read(source, columns=_columns(columns), statements=statements, progress=progress)
    require_analysable(votes)
    wanted: Any = groups
    names: tuple[str, ...] = ()
    if groups.isdecimal() and len(groups) < 10:
        wanted = int(groups)
    elif groups not in {"auto", "none"}:
        _require_groups(groups)
        wanted, names = read_groups(groups, votes)
    analysis = analyse(
        votes,
        method=method,
        sides=read_sides(sides, votes) if sides else None,
        groups=wanted,
        group_names=names,
        threshold=threshold,
        seed=seed,
        progress=progress,
    )
    return publish(analysis, suppress_below=suppress_below, delegations=delegations)


def _rendered(
    document: dict[str, Any],
    lang: Language,
    *,
    json_: str | None = None,
    html: Path | None = None,
    csv: Path | None = None,
) -> dict[Path, bytes]:
    """The files asked for; all are rendered before any is written, so that what fails leaves nothing behind."""
    from tracktwo.opinion import InputError
    from tracktwo.opinion.csv_export import tables
    from tracktwo.opinion.report import report
    from tracktwo.writing import json_text

    files = {} if csv is None else tables(document, csv)
    texts = [] if html is None else [(html, report(document, lang))]
    if json_ is not None and json_ != "-":
        texts.append((Path(json_), json_text(document)))
    for path, text in texts:
        if any(os.path.realpath(path) == os.path.realpath(other) for other in files):
            raise InputError(f"{path} is to be written twice; give each output a file of its own.")
        files[path] = text.encode()
    return files


def _write(files: dict[Path, bytes]) -> None:
    from tracktwo.opinion import InputError
    from tracktwo.writing import write_together

    try:
        write_together(files)
    except OSError as error:
        raise InputError(f"{error.filename} cannot be written: {error.strerror}. Nothing was written.") from None


def _refuse_overwriting(files: dict[Path, bytes], inputs: list[Any]) -> None:
    """InputError where an output would replace what was read."""
    from tracktwo.opinion import InputError

    read = {Path(os.path.realpath(each)) for each in inputs if each is not None}
    for path, content in files.items():
        place = Path(os.path.realpath(path))
        if place in read or (place.parent in read and place.is_file() and not _begins(place, content[:30])):
            raise InputError(f"{path} belongs to what was read, and would be replaced; write to another file.")


def _begins(path: Path, beginning: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(beginning)) == beginning


def _require_groups(groups: str) -> None:
    from tracktwo.opinion import InputError

    if not os.path.lexists(groups):
        raise InputError(f"--groups is {groups!r}, which is neither auto, none, a number nor a file.")


def _print(text: str) -> None:
    """Print in UTF-8; what standard output cannot take ends with a sentence."""
    try:
        click.echo(text.encode("utf-8", "replace"), nl=False)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        click.echo(f"tracktwo: standard output cannot be written: {error.strerror}.", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(USAGE)


def _columns(given: str | None) -> dict[str, str] | None:
    from tracktwo.opinion import InputError

    if given is None:
        return None
    columns = {}
    for part in given.split(","):
        role, equals, name = part.partition("=")
        if not equals or not name.strip():
            raise InputError(f"--columns: {part!r} is not ROLE=NAME, as in participant=who,statement=item,vote=answer.")
        if role.strip() in columns:
            raise InputError(f"--columns: {role.strip()!r} is named twice.")
        columns[role.strip()] = name.strip()
    return columns


@contextmanager
def _refusals() -> Iterator[None]:
    """Bad input ends with a sentence and exit code 2."""
    from tracktwo.opinion import InputError

    try:
        yield
    except InputError as error:
        click.echo(f"tracktwo: {error}", err=True)
        sys.exit(USAGE)
    except OSError as error:
        click.echo(f"tracktwo: {error.filename or 'the disk'}: {error.strerror or error}.", err=True)
        sys.exit(USAGE)


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """What takes longer than two seconds says on standard error how far it is.

    On a terminal that is one line, cleared in the end; elsewhere, in a log, a line for each stage.
    """
    began, width, last = time.monotonic(), 0, ""

    def show(stage: str, share: float) -> None:
        nonlocal width, last
        if time.monotonic() - began <= SLOW:
            return
        line = f"{stage} {share:4.0%}"
        if sys.stderr.isatty():
            click.echo("\r" + line.ljust(width), err=True, nl=False)
            width = len(line)
        elif stage != last:
            click.echo(line, err=True)
        last = stage

    try:
        yield show
    finally:
        if width:
            click.echo("\r" + " " * width + "\r", err=True, nl=False)
