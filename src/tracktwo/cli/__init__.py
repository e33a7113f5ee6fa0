"""The command line: parses, calls, prints. What is heavy is imported inside the commands."""

from __future__ import annotations

from tracktwo.cli.group import main
from tracktwo.cli.opinion import opinion
from tracktwo.cli.room import admin, demo, doctor, serve
from tracktwo.cli.text import text

__all__ = ["admin", "demo", "doctor", "main", "opinion", "serve", "text"]
