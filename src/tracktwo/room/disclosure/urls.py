"""Addresses of confidences, holds and the leak plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from tracktwo.room.disclosure.views import confidences, holds, plan

urlpatterns: list[URLPattern] = [
    path("confidences", confidences.register),
    path("confidences/new", confidences.give),
    path("confidences/<uuid:confidence>", confidences.read),
    path("confidences/<uuid:confidence>/instruction", confidences.instruct),
    path("confidences/<uuid:confidence>/share", confidences.share),
    path("confidences/<uuid:confidence>/withdraw", confidences.withdraw),
    path("confidences/<uuid:confidence>/use", confidences.use),
    path("holds", holds.register),
    path("holds/<uuid:item>", holds.place),
    path("holds/<uuid:item>/release", holds.release),
    path("plan", plan.read),
    path("plan/lines/new", plan.write),
    path("plan/lines/<uuid:line>", plan.change),
    path("plan/lines/<uuid:line>/remove", plan.remove),
    path("plan/lines/<uuid:line>/agree", plan.agree),
    path("plan/lines/<uuid:line>/take-back", plan.take_back),
    path("plan/freeze", plan.freeze),
    path("plan/thaw", plan.thaw),
]
