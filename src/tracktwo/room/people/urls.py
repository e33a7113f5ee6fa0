"""Addresses of signing in, of the home page, and of who is there."""

from __future__ import annotations

from django.urls import URLPattern

from tracktwo.room.people.process_urls import PROCESS
from tracktwo.room.people.signing_urls import SIGNING

urlpatterns: list[URLPattern] = [*SIGNING, *PROCESS]
