"""The home page: where we stand, and what is wanted of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Viewer, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.drafting.waiting import before_the_body, how_far
from tracktwo.room.people.models import Circle, Role
from tracktwo.room.people.names import ROLES
from tracktwo.room.people.wanted import wanted
from tracktwo.room.people.wishes import named
from tracktwo.room.words import Words, say

LATER = (
    say("Agreement", "达成一致"),
    say("Disclosure", "披露"),
    say("Standard", "标准"),
    say("Tests", "测试"),
)
OUTSIDE: dict[str, tuple[Words, ...]] = {
    Role.LIAISON: (
        say("You see what a disclosure gives to supporters, all of them at the same time. Nothing has been given yet.",
            "您可查看披露中提供给支持方的内容；各支持方同时收到。目前尚无披露。"),
        say("You may write to the mediator in confidence. You see neither who attends nor what anybody’s position is.",
            "您可向调解人保密告知。您看不到与会人员，也看不到任何一方的立场。"),
    ),
    Role.BRIEFED: (
        say("You see what a disclosure gives to those who are briefed. Nothing has been given yet.",
            "您可查看披露中提供给获通报者的内容。目前尚无披露。"),
    ),
    Role.AUDITOR: (
        say("You will see the shape of the record, and no content. It is kept from the first act on; its page comes "
            "with the verifiable record.",
            "您将能查看记录的结构，但看不到任何内容。记录自首项行为起即已留存；其页面随可验证的记录一并提供。"),
    ),
    Role.OPERATOR: (
        say("You run the machine; here you see nothing of the talks. What the running server could be made to read is "
            "said on the page below.",
            "您负责运行本服务器；在此看不到对话的任何内容。运行中的服务器有可能被用来读取哪些内容，见下述页面。"),
    ),
    Role.CUSTODIAN: (
        say("You keep the record. Nothing is asked of you until a record is handed over or emergency access is"
            " asked for.",
            "您负责保管记录。在移交记录或启动紧急调阅之前，无需您办理任何事项。"),
    ),
    Role.DEPOSITARY: (
        say("You keep instruments once they are adopted. None is yet.", "文书通过后由您保存。目前尚无文书。"),
    ),
}  # fmt: skip
AWAY = {
    "suspended": say("The participation of your delegation is suspended. What it told in confidence is frozen: it is "
                     "not used. The mediator can lift the suspension.",
                     "贵方的参与已暂停。贵方的保密告知已冻结，不予使用。调解人可恢复贵方的参与。"),
    "withdrew": say("Your delegation withdrew. What it told in confidence is frozen: it is not used. What others have "
                    "read cannot be unsaid.",
                    "贵方已退出。贵方的保密告知已冻结，不予使用。他方已阅知的内容无法收回。"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One of the eight steps, as far as this seat sees it."""

    words: Words
    href: str = ""
    count: Words | None = None
    state: str = ""
    """done, here, or nothing."""


@door("home.read")
def home(request: HttpRequest) -> HttpResponse:
    """Where we stand, and at most three things that wait for this seat."""
    who = viewer(request)
    if not who.may("concern.read"):
        return render(request, "people/home_outside.html", _outside(who))
    steps, lead = _stand(who)
    return render(request, "people/home.html", {"steps": steps, "lead": lead, "wanted": wanted(who)})


def _outside(who: Viewer) -> dict[str, Any]:
    away = AWAY.get(who.organisation.status) if who.organisation else None
    return {"role": ROLES[who.role], "sentences": [away] if away else OUTSIDE.get(who.role, ())}


def _stand(who: Viewer) -> tuple[list[Step], Words]:
    """The steps with counts of what this seat sees, and the sentence that says where we stand."""
    seen = visible(who)
    delegations = seen.organisations().filter(circle=Circle.DELEGATIONS).count()
    concerns = seen.concerns().filter(scope="room", withdrawn=False).count()
    soundings = seen.soundings().filter(audience="room").exclude(state="draft")
    statements = seen.statements().filter(sounding__in=soundings, withdrawn=False).count()
    texts = before_the_body(who)
    reached = 3 if texts else 2 if statements else 1 if concerns else 0
    built = (
        (
            say("Convene", "召集"),
            "/people" if who.may("roster.read") else "",
            say("{n} delegation", "{n}个与会方", "{n} delegations", n=delegations) if delegations else None,
        ),
        (
            say("Concerns", "关切"),
            "/concerns",
            say("{n} concern", "{n}项关切", "{n} concerns", n=concerns) if concerns else None,
        ),
        (
            say("Common ground", "共同点"),
            "/statements",
            say("{n} statement", "{n}条观点", "{n} statements", n=statements) if statements else None,
        ),
        (say("One text", "单一案文"), "/texts", how_far(who, texts)),
    )
    steps = [
        Step(words, href, count, "done" if place < reached else "here" if place == reached else "")
        for place, (words, href, count) in enumerate(built)
    ]
    opened = soundings.filter(state="open")
    voted = seen.statements().filter(sounding__in=opened, withdrawn=False).count()
    lead = _texts(texts, voted) if texts else _lead(reached, opened.exists(), concerns, statements)
    return [*steps, *(Step(words) for words in LATER)], lead


def _texts(texts: list[tuple[Text, Draft | None]], voted: int) -> Words:
    """That texts are before the body, and statements where people vote at the same time."""
    (text, draft), *more = texts
    if more:
        before = say(
            "{n} text is before the body", "现有{n}项案文正在审议", "{n} texts are before the body", n=len(texts)
        )
    elif draft is None:
        before = say("The text “{title}” is before the body", "案文《{title}》正在审议", title=named(text.title))
    else:
        before = say("Draft {n} of “{title}” is before the body", "《{title}》第{n}号草案正在审议",
                     n=draft.number, title=named(text.title))  # fmt: skip
    if not voted:
        return say("{before}.", "{before}。", before=before)
    return say("{before}; the room is voting on {n} statement.", "{before}；全体正就{n}条观点表态。",
               "{before}; the room is voting on {n} statements.", before=before, n=voted)  # fmt: skip


def _lead(reached: int, opened: bool, concerns: int, statements: int) -> Words:
    if reached == 2 and opened:
        return say("The room is voting; {n} statement is before it.", "全体正在表态，现有{n}条观点。",
                   "The room is voting; {n} statements are before it.", n=statements)  # fmt: skip
    if reached == 2:
        return say("Voting is closed. The common ground is under “Statements”.", "表态已结束。共同点见“观点”栏目。")
    if reached == 1:
        return say(
            "{n} concern is before the room.",
            "已有{n}项关切提交全体。",
            "{n} concerns are before the room.",
            n=concerns,
        )
    return say("The talks are being convened. Concerns come next.", "对话正在召集之中，下一步为提出关切。")
