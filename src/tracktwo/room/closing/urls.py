"""The addresses of closing."""

from __future__ import annotations

from django.urls import path

from tracktwo.room.closing.views import board, outlook

_TEXT = "texts/<uuid:text>"

urlpatterns = [
    path(f"{_TEXT}/positions", board.positions),
    path(f"{_TEXT}/outlook", outlook.outlook),
]
