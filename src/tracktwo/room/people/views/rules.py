"""The rules of procedure in words, and their editor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.doors import door, viewer
from tracktwo.room.people import rules_acts as acts
from tracktwo.room.people.names import LANGUAGES_SPOKEN
from tracktwo.room.people.rules import DECISIONS, FORMATS
from tracktwo.room.people.rules_forms import COLUMNS, SAFE, VOTERS, ProcessForm, RulesForm, first
from tracktwo.room.people.signing import fresh_door
from tracktwo.room.people.views.pages import fill, sent
from tracktwo.room.words import say

RULES = "/rules"


@door("rules.read")
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in words."""
    found = viewer(request).rules
    page = {
        "rules": found,
        "few": found.k < SAFE,
        "voters": VOTERS[found.voters],
        "decision": DECISIONS[found.decision],
        "languages": [LANGUAGES_SPOKEN[each] for each in found.languages],
        "columns": [*COLUMNS.values()],
        "table": [
            {"format": words, "cells": [getattr(found.formats[name], column) for column in COLUMNS]}
            for name, words in FORMATS.items()
        ],
    }
    return render(request, "people/rules.html", page)


@door("process.edit", "GET", "POST")
@fresh_door
def describe(request: HttpRequest) -> HttpResponse:
    """Change what the talks are called and are for."""
    who = viewer(request)
    form = ProcessForm(sent(request), initial={name: getattr(who.process, name) for name in acts.WORDS})
    return fill(
        request,
        form,
        lambda given: acts.describe(who, given),
        lambda _: "/",
        heading=say("Names, mandate, custody", "名称、授权与保管"),
        back="/",
    )


@door("rules.edit", "GET", "POST")
@fresh_door
def edit(request: HttpRequest) -> HttpResponse:
    """Change the rules."""
    who = viewer(request)
    form = RulesForm(sent(request), initial=first(who.rules))
    return fill(
        request,
        form,
        lambda _: acts.change_rules(who, form.rules()),
        lambda _: RULES,
        heading=say("Change the rules of procedure", "修改议事规则"),
        back=RULES,
        template="people/rules_edit.html",
        columns=[*COLUMNS.values()],
    )
