"""Addresses of signing in, of the home page, and of who is there."""

from __future__ import annotations

from django.urls import URLPattern, path

from tracktwo.room.people.views import roster

ROSTER = [
    path("people", roster.roster),
    path("people/sides/new", roster.side),
    path("people/sides/<uuid:identifier>", roster.side),
    path("people/organisations/new", roster.organisation),
    path("people/organisations/<uuid:identifier>", roster.organisation),
    *(path(f"people/organisations/<uuid:identifier>/{how}", roster.stand, {"how": how}) for how in roster.STANDINGS),
    path("people/seats/new", roster.new_seat),
    path("people/seats/<uuid:identifier>", roster.seat),
    *(path(f"people/seats/<uuid:identifier>/{how}", roster.hold, {"how": how}) for how in roster.HOLDINGS),
]
urlpatterns: list[URLPattern] = [*ROSTER]
