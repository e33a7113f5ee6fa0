"""Addresses of concordance and terms, of one-texts, of concepts and of contact groups."""

from __future__ import annotations

from django.urls import path

from tracktwo.room.drafting.views import concepts, concordance, groups, one_text, terms

urlpatterns = [
    path("texts/<uuid:text>/concordance", concordance.concordance),
    path("texts/<uuid:text>/concordance/<str:provision>/review", concordance.review),
    path("texts/<uuid:text>/concordance/<str:provision>/note", concordance.note),
    path("texts/<uuid:text>/concordance/<str:provision>/withdraw", concordance.withdraw),
    path("texts/<uuid:text>/terms", terms.terms),
    path("texts/<uuid:text>/criticise", one_text.criticise),
    path("texts/<uuid:text>/criticisms", one_text.criticisms),
    path("texts/<uuid:text>/criticisms/<uuid:criticism>/withdraw", one_text.withdraw),
    path("texts/<uuid:text>/ask", one_text.ask),
    path("texts/<uuid:text>/close-asking", one_text.close_asking),
    path("texts/<uuid:text>/answer", one_text.answer),
    path("texts/<uuid:text>/concepts/new", concepts.new),
    path("texts/<uuid:text>/concepts/open", concepts.begin),
    path("texts/<uuid:text>/concepts/lapse", concepts.lapse),
    path("texts/<uuid:text>/concepts/<uuid:proposal>/echo", concepts.echo),
    path("texts/<uuid:text>/concepts/<uuid:proposal>/take-back", concepts.take_back),
    path("texts/<uuid:text>/concepts/<uuid:proposal>/withdraw", concepts.withdraw),
    path("texts/<uuid:text>/groups", groups.groups),
    path("texts/<uuid:text>/groups/new", groups.new),
    path("texts/<uuid:text>/groups/<uuid:group>", groups.group),
    path("texts/<uuid:text>/groups/<uuid:group>/propose", groups.propose_within),
    path("texts/<uuid:text>/groups/<uuid:group>/report", groups.report),
    path("texts/<uuid:text>/groups/<uuid:group>/proposals/<uuid:proposal>/withdraw", groups.withdraw_within),
]
