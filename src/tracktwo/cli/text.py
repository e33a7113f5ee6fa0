"""``tracktwo text``: what a draft holds, how far it is, how it reads, and what changed."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracktwo.cli.group import main
from tracktwo.cli.speaking import printed, refusals

if TYPE_CHECKING:
    from tracktwo.text.documents import Document

JSON = click.option("--json", "json_", metavar="FILE|-", help="Write what was found as JSON.")
PARTIES = click.option("--parties", metavar="NAME,…", default="", help="Names that may hold a bracket: [Name: …].")


@main.group()
def text() -> None:
    """The negotiating text: its brackets, its progress, its readings, and what changed.

    FILE is plain text or Markdown (UTF-8, UTF-16 or GB 18030), Word (.docx), or - for standard input.
    """


@text.command()
@click.argument("file", metavar="FILE")
@PARTIES
@JSON
def parse(file: str, parties: str, json_: str | None) -> None:
    """What a draft holds: its provisions, and every bracket with its kind and its holders."""
    from tracktwo.text import data
    from tracktwo.text.telling import outline

    with refusals():
        document = _read(file, parties)
        _written(json_, data.parsed(document), lambda: outline(document))


@text.command()
@click.argument("file", metavar="FILE")
@JSON
def progress(file: str, json_: str | None) -> None:
    """How far a draft is: brackets, their depth, the share of words in them, and where they do not match."""
    from tracktwo.text import data
    from tracktwo.text.progress import progress as counted
    from tracktwo.text.telling import figures

    with refusals():
        found = counted(_read(file))
        _written(json_, data.counted(found), lambda: figures(found))


@text.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--brackets",
    type=click.Choice(["negotiated", "lifted", "dropped"]),
    default="negotiated",
    show_default=True,
    help="Of every bracket, its words without it, or neither.",
)
@click.option("--lift", "lifted", metavar="LINE:N", multiple=True, help="Lift the Nth bracket of a paragraph.")
@click.option("--drop", "dropped", metavar="LINE:N", multiple=True, help="Drop the Nth bracket of a paragraph.")
@click.option(
    "--option", "options", metavar="LINE", type=int, multiple=True, help="Choose the option that begins there."
)
@PARTIES
@JSON
def reading(
    file: str,
    brackets: str,
    lifted: tuple[str, ...],
    dropped: tuple[str, ...],
    options: tuple[int, ...],
    parties: str,
    json_: str | None,
) -> None:
    """What a draft would say: with its brackets lifted or dropped, and with options chosen.

    LINE is the first line of a paragraph; N counts its brackets as they open, from 1 (tracktwo text parse shows them).
    """
    from tracktwo.text import data
    from tracktwo.text.readings import reading as read_as

    every: Any = None if brackets == "negotiated" else brackets
    with refusals():
        single: Any = {_place(each): "lifted" for each in lifted} | {_place(each): "dropped" for each in dropped}
        said = read_as(_read(file, parties), every, single=single, options=options, parties=_names(parties))
        _written(json_, data.said(said, every), lambda: said)


@text.command()
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@JSON
def compare(before: str, after: str, json_: str | None) -> None:
    """What changed between two drafts: by words in English, by characters in Chinese."""
    from tracktwo.text import data
    from tracktwo.text.changes import changes
    from tracktwo.text.telling import redline

    with refusals():
        found = changes(_read(before), _read(after))
        _written(json_, data.changed(found), lambda: redline(found))


@text.command()
@click.argument("file", metavar="FILE")
@click.argument("out", metavar="OUT…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--beside", metavar="FILE", help="The same draft in the other language, to stand beside it.")
@click.option("--title", default="", help="Of the text.")
@click.option("--number", type=click.IntRange(1), default=1, show_default=True, help="Of the draft, in Akoma Ntoso.")
@click.option("--date", "issued", type=click.DateTime(["%Y-%m-%d"]), help="Of the draft, in Akoma Ntoso.")
@click.option("--body", default="", help="Who drafts the text, in Akoma Ntoso.")
@JSON
def convert(
    file: str,
    out: tuple[Path, ...],
    beside: str | None,
    title: str,
    number: int,
    issued: datetime | None,
    body: str,
    json_: str | None,
) -> None:
    """Write a draft as Word (.docx), PDF (.pdf), Markdown (.md) or Akoma Ntoso (.xml): OUT says which by its ending."""
    from tracktwo.text import data, files
    from tracktwo.writing import write_together

    with refusals():
        document, about = _read(file), files.About(title, number, issued.date() if issued else None, body)
        other = _read(beside) if beside else None
        written = {path: files.written(document, path, about, other) for path in out}
        write_together(written)
        _written(json_, data.converted(written), lambda: "".join(f"{path}\n" for path in written))


def _place(given: str) -> tuple[int, int]:
    """A paragraph's first line, and which of its brackets, from 0."""
    from tracktwo.text.errors import TextError

    line, _, number = given.partition(":")
    if not (line.isdecimal() and number.isdecimal() and int(number)):
        raise TextError(f"{given} is no place. Write LINE:N, as 113:2 for the second bracket of line 113.")
    return int(line), int(number) - 1


def _names(parties: str) -> frozenset[str]:
    return frozenset(each.strip() for each in parties.split(",") if each.strip())


def _read(file: str, parties: str = "") -> Document:
    from tracktwo.text import files
    from tracktwo.text.documents import read

    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    return read(files.source(content), parties=_names(parties))


def _written(json_: str | None, document: dict[str, Any], said: Any) -> None:
    """Write the JSON where it was asked for; print it, or what is said of it."""
    from tracktwo.writing import json_text, write_together

    if json_ == "-":
        printed(json_text(document))
        return
    if json_:
        write_together({Path(json_): json_text(document).encode("utf-8", "surrogatepass")})
    printed(said())
