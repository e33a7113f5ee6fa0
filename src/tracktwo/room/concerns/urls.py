"""Addresses of the register, of statements and of results."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
