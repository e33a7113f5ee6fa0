"""The decision rule of the rules of procedure, as the library of agreement reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from tracktwo.agreement.positions import Position, Stand
from tracktwo.agreement.rules import Rule, parse_rule, parse_rule_text
from tracktwo.agreement.sentences import Sentence
from tracktwo.room.access import Viewer, visible
from tracktwo.room.people.models import Circle, Organisation
from tracktwo.room.people.rules import Rules
from tracktwo.room.words import Words, say

SHARED = ("sufficient", "double", "key-actors", "supermajority")
"""Rules that need a share."""
WEIGHING = ("double", "written")
"""Rules that may weigh delegations."""
NAMING = ("key-actors", "written")
"""Rules that may name key actors."""


def rule_of(rules: Rules) -> Rule:
    """The decision rule; AgreementError where it cannot be read."""
    if rules.decision == "written":
        return parse_rule_text(rules.written)
    forms: dict[str, dict[str, Any]] = {
        "unanimity": {"form": "unanimity"},
        "consensus": {"form": "consensus"},
        "consensus-minus": {"form": "consensus", "minus": rules.minus},
        "sufficient": {"form": "sufficient-consensus", "each-side": {"at-least": rules.share}},
        "double": {
            "form": "double-majority", "count": {"at-least": rules.share}, "weight": {"at-least": rules.weight_share},
        },
        "key-actors": {"form": "key-actors", "others": {"at-least": rules.share}},
        "supermajority": {"form": "majority", "at-least": rules.share, "of": "voting"},
    }  # fmt: skip
    return parse_rule(forms[rules.decision])


def stands(
    rules: Rules,
    table: Iterable[Organisation],
    said: Mapping[str, Position] | None = None,
    present: Collection[str] | None = None,
) -> list[Stand]:
    """How every delegation at the table stands: what it ``said``, by id, and who is ``present`` (all, where None)."""
    positions = said or {}
    found = []
    for each in table:
        identifier = str(each.pk)
        found.append(
            Stand(
                identifier,
                called(each.name),
                positions.get(identifier, "no-record"),
                present is None or identifier in present,
                each.side.mark if each.side else "",
                Fraction(rules.weights.get(identifier, "0")),
                identifier in rules.key_actors,
            )
        )
    return found


def table(viewer: Viewer) -> list[Organisation]:
    """The delegations whom a rule may name, by side and identifier."""
    rows = visible(viewer).organisations().filter(circle=Circle.DELEGATIONS)
    rows = rows.exclude(status=Organisation.Status.WITHDREW)
    return sorted(rows, key=lambda each: (each.side.mark if each.side else "~", str(each.pk)))


def seated(viewer: Viewer) -> list[Organisation]:
    """Those of them who decide: not who is suspended."""
    return [each for each in table(viewer) if each.status != Organisation.Status.SUSPENDED]


def named(organisations: Iterable[Organisation], rules: Rules) -> list[tuple[Organisation, bool, str]]:
    """Those whom the rule names or weighs: whether as a key actor, and with which weight."""
    rows = ((each, str(each.pk) in rules.key_actors, rules.weights.get(str(each.pk), "")) for each in organisations)
    return [row for row in rows if row[1] or row[2]]


def called(name: Mapping[str, str]) -> Sentence:
    """A name in both languages, each in the other where one is missing."""
    return Sentence(name.get("en") or name.get("zh", ""), name.get("zh") or name.get("en", ""))


def worded(sentence: Sentence) -> Words:
    """A sentence of the library as the room says it."""
    return say(sentence.en, sentence.zh)
