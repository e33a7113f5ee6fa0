"""Addresses of signing in, of the home page, and of who is there."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
