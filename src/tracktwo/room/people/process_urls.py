"""Addresses of the process: where it stands, who is there, when it meets, by which rules, and who can see what."""

from __future__ import annotations

from django.urls import path

from tracktwo.room.people.views import console, home, meetings, roster, rounds, rules, visibility

ROSTER = [
    path("people", roster.roster),
    path("people/sides/new", roster.side),
    path("people/sides/<uuid:identifier>", roster.side),
    path("people/organisations/new", roster.organisation),
    path("people/organisations/<uuid:identifier>", roster.organisation),
    *(path(f"people/organisations/<uuid:identifier>/{how}", roster.stand, {"how": how}) for how in roster.STANDINGS),
    path("people/seats/new", roster.new_seat),
    path("people/seats/<uuid:identifier>", roster.seat),
    *(path(f"people/seats/<uuid:identifier>/{how}", roster.hold, {"how": how}) for how in roster.HOLDINGS),
]
MEETINGS = [
    path("meetings", meetings.meetings),
    path("meetings/rounds/new", rounds.round_),
    path("meetings/rounds/<uuid:identifier>", rounds.round_),
    path("meetings/rounds/<uuid:identifier>/open", rounds.open_round),
    path("meetings/rounds/<uuid:identifier>/close", rounds.close_round),
    path("meetings/new", meetings.edit),
    path("meetings/<uuid:identifier>", meetings.meeting),
    path("meetings/<uuid:identifier>/edit", meetings.edit),
    path("meetings/<uuid:identifier>/agenda", meetings.agenda),
    path("meetings/<uuid:identifier>/actions", meetings.actions),
    path("meetings/<uuid:identifier>/list", meetings.invite),
    path("meetings/<uuid:identifier>/papers/new", meetings.edit_paper),
    path("meetings/<uuid:identifier>/papers/<uuid:paper>", meetings.read_paper),
    path("meetings/<uuid:identifier>/papers/<uuid:paper>/edit", meetings.edit_paper),
    path("meetings/<uuid:identifier>/papers/<uuid:paper>/remove", meetings.remove_paper),
    path("meetings/<uuid:identifier>/clear", meetings.clear),
    path("meetings/<uuid:identifier>/stop", meetings.stop),
    path("meetings/<uuid:identifier>/resume", meetings.resume),
]
OVERVIEW = [
    path("", home.home),
    path("console", console.console),
    path("console/present", console.present_section),
    path("visibility", visibility.visibility),
    path("rules", rules.rules),
    path("rules/edit", rules.edit),
    path("rules/decision", rules.decide),
    path("process/edit", rules.describe),
]
PROCESS = [*ROSTER, *MEETINGS, *OVERVIEW]
