"""The rules of procedure are changed, and what the talks are called and are for."""

from __future__ import annotations

from tracktwo.room.access import Refused, Viewer, visible
from tracktwo.room.acts import act
from tracktwo.room.people.models import Process
from tracktwo.room.people.rules import Rules
from tracktwo.room.people.rules import rules as read
from tracktwo.room.words import say

BOUND = ("k", "by_delegation", "voters")
"""What cannot change while votes are being cast: it was said before the first vote."""


WORDS = ("name", "code_name", "mandate", "custody")


def describe(viewer: Viewer, given: dict[str, dict[str, str]]) -> None:
    """Say anew what the talks are called, what they are for, and how what is written here is kept."""
    with act(viewer, "process.edit") as leaf:
        process = Process.objects.select_for_update().get(pk=viewer.process.pk)
        for name in WORDS:
            setattr(process, name, given[name])
        process.save(update_fields=[*WORDS])
        leaf.commits("process", process.id, {name: given[name] for name in WORDS})


def change_rules(viewer: Viewer, wanted: Rules) -> None:
    """Put new rules in the place of the old; refused where people are voting under what would change."""
    with act(viewer, "rules.edit") as leaf:
        process = Process.objects.select_for_update().get(pk=viewer.process.pk)
        before = read(process.rules)
        changed = any(getattr(before, name) != getattr(wanted, name) for name in BOUND)
        if changed and visible(viewer).soundings().filter(state="open").exists():
            raise Refused(
                say("Who votes, the least number and results by delegation were said before the first vote. A mediator "
                    "can change them once voting is closed.",
                    "由谁表态、最少人数以及是否按与会方显示，均已在首次表态前告知。调解人可在表态结束后变更。")
            )  # fmt: skip
        process.rules = wanted.data()
        process.save(update_fields=["rules"])
        leaf.commits("rules", process.id, process.rules)
