"""Addresses of the register, of statements and of results."""

from __future__ import annotations

from django.urls import path

from tracktwo.room.concerns.views import raising, register, statements, translations

urlpatterns = [
    path("concerns", register.concerns),
    path("concerns/raise", raising.raise_concern),
    path("concerns/sent", raising.sent),
    path("concerns/waiting", raising.waiting),
    path("concerns/waiting/<uuid:given>/withdraw", raising.take_back),
    path("concerns/release", raising.release),
    path("concerns/themes", register.themes),
    path("concerns/themes/<uuid:given>", register.theme),
    path("concerns/themes/<uuid:given>/move", register.move_theme),
    path("concerns/<uuid:given>", register.concern),
    path("concerns/<uuid:given>/assess", register.assess),
    path("concerns/<uuid:given>/outcomes", register.add_outcome),
    path("concerns/<uuid:given>/outcomes/<uuid:outcome>/remove", register.remove_outcome),
    path("concerns/<uuid:given>/withdraw", register.withdraw),
    path("concerns/<uuid:given>/statement", statements.draw),
    path("translations", translations.translations),
    path("translations/<str:kind>/<uuid:given>", translations.translation),
    path("translations/<str:kind>/<uuid:given>/review", translations.review),
    path("statements", statements.soundings),
    path("statements/new", statements.new),
    path("statements/<uuid:given>", statements.sounding),
    path("statements/<uuid:given>/settings", statements.settings),
    path("statements/<uuid:given>/discard", statements.discard),
    path("statements/<uuid:given>/write", statements.write),
    path("statements/<uuid:given>/edit/<uuid:which>", statements.statement),
    path("statements/<uuid:given>/edit/<uuid:which>/remove", statements.remove),
]
