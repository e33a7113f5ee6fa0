"""Addresses of voting, of results, and of consultations beyond the table."""

from __future__ import annotations

from django.urls import path

from tracktwo.room.concerns.views import results, voting, wide

urlpatterns = [
    path("statements/<uuid:sounding>/vote", voting.vote_page),
    path("statements/<uuid:sounding>/open", voting.open_page),
    path("statements/<uuid:sounding>/close", voting.close_page),
    path("statements/<uuid:sounding>/votes", voting.votes_page),
    path("statements/<uuid:sounding>/results", results.results_page),
    path("statements/<uuid:sounding>/wide", wide.copy_page),
    path("statements/<uuid:sounding>/audience", wide.audience_page),
    path("statements/<uuid:sounding>/links/<str:handle>", wide.links_page),
    path("w/open/<str:sounding>", wide.begin_page),
    path("w/<str:link>", wide.guest_page),
    path("w/<str:link>/vote", wide.guest_vote_page),
    path("w/<str:link>/votes", wide.guest_votes_page),
    path("w/<str:link>/results", wide.guest_results_page),
]
