"""What the commands say: results, progress, and a sentence for what cannot be."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import click

USAGE, SLOW = 2, 2.0
"""Exit code for bad input or usage; seconds after which progress is shown."""
Language = Literal["en", "zh"]


def printed(text: str) -> None:
    """Print in UTF-8; what standard output cannot take ends with a sentence."""
    try:
        click.echo(text.encode("utf-8", "replace"), nl=False)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        click.echo(f"tracktwo: standard output cannot be written: {error.strerror}.", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(USAGE)


@contextmanager
def refusals() -> Iterator[None]:
    """Bad input ends with a sentence and exit code 2."""
    from tracktwo.agreement.errors import AgreementError
    from tracktwo.opinion import InputError
    from tracktwo.text.errors import TextError

    try:
        yield
    except (AgreementError, InputError, TextError) as error:
        click.echo(f"tracktwo: {error}", err=True)
        sys.exit(USAGE)
    except OSError as error:
        click.echo(f"tracktwo: {error.filename or 'the disk'}: {error.strerror or error}.", err=True)
        sys.exit(USAGE)


@contextmanager
def progressing() -> Iterator[Callable[[str, float], None]]:
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
