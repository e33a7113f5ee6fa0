"""The addresses of the drafting page."""

from __future__ import annotations

from django.urls import path

from tracktwo.room.drafting.views import brackets, page, proposals

_PROVISION = "texts/<uuid:text>/provisions/<str:provision>"
_BRACKET = f"{_PROVISION}/brackets/<str:bracket>"
_PROPOSAL = "texts/<uuid:text>/proposals/<uuid:proposal>"

urlpatterns = [
    path("texts/<uuid:text>", page.text),
    path("texts/<uuid:text>/drafts/<int:number>", page.draft),
    path(_PROVISION, page.provision),
    path(f"{_PROVISION}/position", page.position),
    path(f"{_PROVISION}/light", page.light),
    path(f"{_PROVISION}/propose", proposals.propose),
    path(_BRACKET, brackets.bracket),
    path(f"{_BRACKET}/hold", brackets.hold),
    path(f"{_BRACKET}/let-go", brackets.let_go),
    path(f"{_BRACKET}/say", brackets.say_fate),
    path(f"{_BRACKET}/take-back", brackets.take_back),
    path(f"{_BRACKET}/call", brackets.call),
    path(f"{_BRACKET}/fine", brackets.fine),
    path(f"{_BRACKET}/conclude", brackets.conclude),
    path(f"{_BRACKET}/reopen", brackets.reopen),
    path(f"{_BRACKET}/assign", brackets.assign),
    path(f"{_BRACKET}/confirm", brackets.confirm),
    path("texts/<uuid:text>/add", proposals.add),
    path("texts/<uuid:text>/proposals", proposals.proposals),
    path(f"{_PROPOSAL}/withdraw", proposals.withdraw),
    path(f"{_PROPOSAL}/confirm", proposals.confirm),
    path(f"{_PROPOSAL}/decide", proposals.decide),
]
