"""``tracktwo text``: what a draft holds, how far it is, how it reads, and what changed."""

from __future__ import annotations

import sys
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


def _read(file: str, parties: str = "") -> Document:
    from tracktwo.text import files
    from tracktwo.text.documents import read

    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    return read(files.decoded(content), parties={each.strip() for each in parties.split(",") if each.strip()})


def _written(json_: str | None, document: dict[str, Any], said: Any) -> None:
    """Write the JSON where it was asked for; print it, or what is said of it."""
    from tracktwo.writing import json_text, write_together

    if json_ == "-":
        printed(json_text(document))
        return
    if json_:
        write_together({Path(json_): json_text(document).encode("utf-8", "surrogatepass")})
    printed(said())
