"""Themes of the register: a first set that every process begins with, and those that it adds."""

from __future__ import annotations

from typing import Any

from tracktwo.room.access import Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.concerns.models import Theme
from tracktwo.room.people.models import Process
from tracktwo.room.words import say

FIRST = (
    say("Misinformation", "错误信息"),
    say("Disinformation", "虚假信息"),
    say("Threats to social cohesion", "对社会凝聚力的威胁"),
    say("Loss of control", "失控"),
    say("Misuse", "滥用"),
    say("Concentration of power", "权力集中"),
    say("Research and standards", "研究与标准"),
)
"""The themes that a process begins with, in an order that ranks nothing."""


def first_themes(process: Process) -> list[Theme]:
    """Give a new process its first themes; within the act that creates it."""
    rows = [
        Theme(process=process, name={"en": words.en, "zh": words.zh}, place=place) for place, words in enumerate(FIRST)
    ]
    return Theme.objects.bulk_create(rows)


def add_theme(viewer: Viewer, name: dict[str, str]) -> Theme:
    """Add a theme after the others."""
    with act(viewer, "concern.edit") as leaf:
        last = visible(viewer).themes().last()
        theme = Theme.objects.create(process=viewer.process, name=name, place=last.place + 1 if last else 0)
        leaf.commits("theme", theme.id, name)
    return theme


def rename_theme(viewer: Viewer, theme: object, name: dict[str, str]) -> Theme:
    """Call a theme something else."""
    with act(viewer, "concern.edit") as leaf:
        row: Theme = one(visible(viewer).themes(), theme)
        row.name = name
        row.save(update_fields=["name"])
        leaf.commits("theme", row.id, name)
    return row


def move_theme(viewer: Viewer, theme: object, steps: int) -> None:
    """Move a theme up (negative) or down among the others; at the ends it stays."""
    with act(viewer, "concern.edit") as leaf:
        row: Theme = one(visible(viewer).themes(), theme)
        order: list[Any] = [each for each in visible(viewer).themes() if each.pk != row.pk]
        place = next(i for i, each in enumerate(visible(viewer).themes()) if each.pk == row.pk)
        order.insert(min(max(place + steps, 0), len(order)), row)
        for number, each in enumerate(order):
            each.place = number
        Theme.objects.bulk_update(order, ["place"])
        leaf.commits("themes", viewer.process.id, [str(each.id) for each in order])
