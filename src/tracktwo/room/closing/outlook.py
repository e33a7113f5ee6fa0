"""Where agreement stands and what stands in its way: for who chairs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tracktwo.agreement.rules import Rule, Verdict, decide
from tracktwo.room.drafting.shown import Party, Sheet
from tracktwo.room.drafting.standings import UNDECIDED
from tracktwo.room.people.deciding import rule_of, seated, stands, worded
from tracktwo.room.people.models import Organisation
from tracktwo.room.words import Words


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A provision that cannot be agreed now, and why."""

    provision: str
    label: str
    brackets: int
    holders: tuple[Party, ...]
    """Of those brackets."""
    reason: Words | None
    """Why the rule is not met; None where it is, or where nobody has spoken yet."""
    changes: tuple[Words, ...]
    """The smallest changes that would meet it."""
    unspoken: bool
    """Whether no delegation has taken a position."""


@dataclass(frozen=True, slots=True)
class Burden:
    """What waits for one delegation."""

    party: Party
    brackets: int
    objections: int
    pending: int
    """Positions that wait for its own side's approval."""
    silent: int
    """Provisions on which it has said nothing."""


@dataclass
class Outlook:
    """The latest draft under the decision rule, as positions stand and with every delegation in the room."""

    sheet: Sheet

    @cached_property
    def rule(self) -> Rule:
        """The rule of the talks."""
        return rule_of(self.sheet.viewer.rules)

    @cached_property
    def parties(self) -> list[Party]:
        """The delegations at the table, by side."""
        return self.sheet.called([str(each.pk) for each in self._table])

    @cached_property
    def _table(self) -> list[Organisation]:
        return seated(self.sheet.viewer)

    def verdict(self, provision: str) -> Verdict:
        """What the rule says of a provision."""
        said = {str(each.organisation_id): each.content["value"] for each in self.sheet.positions.get(provision, [])}
        return decide(self.rule, stands(self.sheet.viewer.rules, self._table, said))

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """The provisions that cannot be agreed now, in the order of the draft."""
        found = []
        for provision in self.sheet.provisions:
            if self.sheet.standing(provision).light == "plenary":
                continue
            verdict = self.verdict(provision)
            holders = self._holders(provision)
            brackets = self.sheet.undecided(provision)
            if verdict.adopted and not brackets:
                continue
            unspoken = not self.sheet.positions.get(provision)
            told = not verdict.adopted and not unspoken
            reason = worded(verdict.reason) if told else None
            changes = tuple(worded(each.sentence) for each in verdict.changes) if told else ()
            label = self.sheet.label(provision)
            found.append(Obstacle(provision, label, brackets, holders, reason, changes, unspoken))
        return found

    @property
    def ready(self) -> int:
        """How many provisions could be agreed now, or are agreed."""
        return len(self.sheet.provisions) - len(self.obstacles)

    def _holders(self, provision: str) -> tuple[Party, ...]:
        holders = {
            holder
            for _, each in self.sheet.brackets(provision)
            if each.state in UNDECIDED
            for holder in each.holders or {}
        }
        return tuple(self.sheet.called(holders))

    @cached_property
    def burdens(self) -> list[Burden]:
        """What waits for each delegation, by side: the order says nothing."""
        return [self._burden(each) for each in self.parties]

    def _burden(self, party: Party) -> Burden:
        held = sum(
            each.state in UNDECIDED and party.id in (each.holders or {})
            for provision in self.sheet.provisions
            for _, each in self.sheet.brackets(provision)
        )
        values = [
            each.content["value"]
            for provision in self.sheet.provisions
            for each in self.sheet.positions.get(provision, [])
            if str(each.organisation_id) == party.id
        ]
        silent = len(self.sheet.provisions) - len(values)
        return Burden(party, held, values.count("object"), values.count("ad-referendum"), silent)

    @property
    def unreviewed(self) -> int:
        """How many provisions are not concordant in both languages yet."""
        stages = (
            self.sheet.standing(each).checked(self.sheet.whole.passages[each]).stage for each in self.sheet.provisions
        )
        return sum(stage != "concordant" for stage in stages)
