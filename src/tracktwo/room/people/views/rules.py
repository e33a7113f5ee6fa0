"""The rules of procedure in words, and their editor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.agreement.rules import wording
from tracktwo.room.access import visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.people import rules_acts as acts
from tracktwo.room.people.deciding import named, rule_of, table, worded
from tracktwo.room.people.decision_forms import DecisionForm
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
    who = viewer(request)
    found = who.rules
    page = {
        "rules": found,
        "few": found.k < SAFE,
        "voters": VOTERS[found.voters],
        "decision": DECISIONS[found.decision],
        "wording": [worded(each) for each in wording(rule_of(found))],
        "named": named(visible(who).organisations(), found),
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
def decide(request: HttpRequest) -> HttpResponse:
    """Change how it is decided."""
    who = viewer(request)
    form = DecisionForm(table(who), sent(request), initial=who.rules.data())
    return fill(
        request,
        form,
        lambda _: acts.change_rules(who, form.rules(who.rules)),
        lambda _: RULES,
        heading=say("How it is decided", "如何作出决定"),
        back=RULES,
        template="people/decision_edit.html",
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
        lambda _: acts.change_rules(who, form.rules(who.rules)),
        lambda _: RULES,
        heading=say("Change the rules of procedure", "修改议事规则"),
        back=RULES,
        template="people/rules_edit.html",
        columns=[*COLUMNS.values()],
    )
