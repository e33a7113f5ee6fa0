"""The one Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Its models stand in the folders that a mediator thinks in; see models.py."""

    name = "tracktwo.room"
    label = "room"
