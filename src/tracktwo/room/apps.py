"""The one Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Its models stand in the folders that a mediator thinks in; see models.py."""

    name = "tracktwo.room"
    label = "room"

    def ready(self) -> None:
        """Before any form is made."""
        from tracktwo.room.forms import say_what_is_missing

        say_what_is_missing()
