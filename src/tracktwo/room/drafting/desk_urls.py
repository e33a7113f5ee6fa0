"""Addresses of the list of texts, of the desk, of the ledger, of comparing, and of files."""

from __future__ import annotations

from django.urls import path

from tracktwo.room.drafting.views import compare, desk, files, ledger, texts, upload, word, words

TEXT = "texts/<uuid:text>"
DESK = [
    path("texts", texts.texts),
    path("texts/new", texts.new),
    path(f"{TEXT}/settings", texts.settings),
    path(f"{TEXT}/desk", desk.desk),
    path(f"{TEXT}/desk/upload", upload.upload),
    path(f"{TEXT}/desk/insert", words.insert),
    path(f"{TEXT}/desk/provisions/<str:provision>", words.write),
    path(f"{TEXT}/desk/provisions/<str:provision>/remove", words.remove),
    path(f"{TEXT}/desk/consolidate", desk.consolidate),
    path(f"{TEXT}/desk/ask", desk.ask),
    path(f"{TEXT}/desk/issue", desk.issue),
    path(f"{TEXT}/desk/discard", desk.discard),
    path(f"{TEXT}/waive", ledger.waive),
    path(f"{TEXT}/ledger", ledger.ledger),
    path(f"{TEXT}/receipt", ledger.receipt),
    path(f"{TEXT}/compare", compare.compare),
    path(f"{TEXT}/files", files.files),
    path(f"{TEXT}/files/<str:name>", files.taken),
    path(f"{TEXT}/word", word.word),
]
urlpatterns = DESK
