"""The addresses of the room; each view says which right it asks for (doors.py)."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("tracktwo.room.concerns.urls")),  # first, because votes come by the thousand
    path("", include("tracktwo.room.people.urls")),
    path("", include("tracktwo.room.disclosure.urls")),
]
handler400 = "tracktwo.room.answers.bad"
handler403 = "tracktwo.room.answers.absent"
handler404 = "tracktwo.room.answers.absent"
handler500 = "tracktwo.room.answers.broken"
