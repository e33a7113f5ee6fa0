"""``tracktwo opinion``: groups and common ground from votes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click

from tracktwo.cli.group import main
from tracktwo.cli.speaking import Language, printed, progressing, refusals


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

    with refusals(), progressing() as progress:
        document = analysed(source, progress=progress, **options)
        written = rendered(document, lang, json_=json_, html=html, csv=csv)
        _refuse_overwriting(written, [source, *(options[name] for name in ("sides", "groups", "statements"))])
        write(written)
    if json_ == "-":
        printed(json_text(document))
    else:
        printed(summary(document, lang) + "\n" + "".join(f"{path}\n" for path in written))


def analysed(
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
    """Read the votes, analyse them, and give the document that may be shown."""
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


def rendered(
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


def write(files: dict[Path, bytes]) -> None:
    """Write all the files, or none."""
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
