"""Who is here: in memory alone, in two states, for the mediator. Nothing is written, and no time is told."""

from __future__ import annotations

from tracktwo.room import sessions

HERE_SECONDS = 5 * 60
"""Seconds after which somebody who asked for nothing is no longer here."""


def present_seats() -> set[str]:
    """The seats that are here: those from which a page was asked for within five minutes."""
    return {str(data["seat"]) for data in sessions.present(within=HERE_SECONDS) if data.get("seat")}
