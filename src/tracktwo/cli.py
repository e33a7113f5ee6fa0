"""The command line: parses, calls, prints."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """Software for confidential talks."""
