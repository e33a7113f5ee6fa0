"""What every template finds: who reads, in which language, and where the reader may go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from tracktwo.room.words import TAGS, Words, language, say

PLACES: tuple[tuple[str, str, Words], ...] = (
    ("/", "home.read", say("Home", "首页")),
    ("/concerns", "concern.read", say("Concerns", "关切")),
    ("/statements", "sounding.read", say("Statements", "观点")),
    ("/texts", "text.read", say("Texts", "案文")),
    ("/meetings", "meeting.read", say("Meetings", "会议")),
    ("/people", "roster.read", say("People", "与会各方")),
    ("/confidences", "confidence.read", say("Confidences", "保密告知")),
    ("/holds", "hold.place", say("Holds", "暂缓")),
    ("/plan", "plan.read", say("Leak plan", "泄露应对")),
    ("/rules", "rules.read", say("Rules", "议事规则")),
    ("/console", "console.read", say("Console", "控制台")),
)


def room(request: HttpRequest) -> dict[str, Any]:
    """``request``, ``viewer``, ``account``, ``lang``, ``tag`` (of HTML) and ``places`` with the present one marked."""
    viewer = getattr(request, "viewer", None)
    lang = language()
    here = request.path
    places = [
        {"href": href, "words": words, "here": here == href or (href != "/" and here.startswith(f"{href}/"))}
        for href, action, words in PLACES
        if viewer is not None and viewer.may(action)
    ]
    return {
        "request": request,
        "viewer": viewer,
        "account": getattr(request, "account", None),
        "lang": lang,
        "tag": TAGS[lang],
        "places": places,
    }
