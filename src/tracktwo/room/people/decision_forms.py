"""The editor of the decision rule. A rule that can never be met is said here, when it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.agreement.errors import AgreementError
from tracktwo.agreement.rules import unmeetable
from tracktwo.room.forms import Line, Prose
from tracktwo.room.people.deciding import NAMING, SHARED, WEIGHING, rule_of, stands, worded
from tracktwo.room.people.inputs import one_of
from tracktwo.room.people.models import Organisation
from tracktwo.room.people.rules import DECISIONS, Rules
from tracktwo.room.words import Words, say

HEAVIEST = 1_000_000


class DecisionForm(forms.Form):
    """How it is decided, with a row for each delegation that a rule may name or weigh."""

    decision = one_of(say("The rule", "决定规则"), DECISIONS.items())
    minus = forms.IntegerField(
        label=say("For consensus minus some: how many may object", "协商一致减若干方：容许反对的方数"),
        min_value=0, max_value=50, required=False,
    )  # fmt: skip
    share = Line(
        say("The share that must accept: of each side, of all, of the others, or of those present and voting",
            "须达到的接受比例：占每一方、全体、其余各方或出席并参加表决者"),
        max_length=12, required=False,
        help=say("As a fraction or in per cent: 2/3, 60 %. For sufficient consensus, a double majority, key actors and "
                 "a supermajority.",
                 "以分数或百分比填写：2/3、60%。用于充分共识、双重多数、关键行为方与特别多数。"),
    )  # fmt: skip
    weight_share = Line(
        say("And the share of the weights, for a double majority", "双重多数：须达到的权重比例"),
        max_length=12, required=False,
    )  # fmt: skip
    written = Prose(
        say("The rule in full", "规则全文"), required=False,
        help=say("For rules that are put together from others, and to say what absence or silence means. The "
                 "reference of decision rules shows every form.",
                 "用于由多项规则组合而成的规则，或规定缺席、未作表示的含义。各种形式见决定规则参考。"),
    )  # fmt: skip

    def __init__(self, table: Sequence[Organisation], *args: Any, initial: dict[str, Any], **kwargs: Any):
        super().__init__(*args, initial=initial, **kwargs)
        self.table, self.plain_names = table, [*self.fields]
        for each in table:
            key, weight = f"key-{each.pk}", f"weight-{each.pk}"
            name = {tongue: each.name.get(tongue) or next(filter(None, each.name.values())) for tongue in ("en", "zh")}
            called = say(name["en"], name["zh"])
            self.fields[key] = forms.BooleanField(
                label=say("{name} is a key actor", "{name}为关键行为方", name=called), required=False,
                initial=str(each.pk) in initial["key_actors"],
            )  # fmt: skip
            self.fields[weight] = forms.DecimalField(
                label=say("Weight of {name}", "{name}的权重", name=called), required=False, min_value=0,
                max_value=HEAVIEST, decimal_places=6, initial=initial["weights"].get(str(each.pk)),
            )  # fmt: skip
            for field in (self.fields[key], self.fields[weight]):
                field.widget.attrs["aria-label"] = field.label

    def plain(self) -> list[Any]:
        """The fields above the table."""
        return [self[name] for name in self.plain_names]

    def delegations(self) -> list[dict[str, Any]]:
        """A row for each delegation."""
        return [
            {"organisation": each, "key": self[f"key-{each.pk}"], "weight": self[f"weight-{each.pk}"]}
            for each in self.table
        ]

    def clean(self) -> dict[str, Any]:
        """What the rule needs and nothing that it does not, and a rule that can decide."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        decision = found.get("decision")
        if decision is None or self.errors:
            return found
        self._needed("minus", decision == "consensus-minus", say("Say how many may object: 1 or more.",
                                                                 "请填写容许反对的方数，至少为1。"))  # fmt: skip
        self._needed("share", decision in SHARED, say("Say which share must accept.", "请填写须达到的比例。"))
        self._needed("weight_share", decision == "double", say("Say which share of the weights must accept.",
                                                               "请填写须达到的权重比例。"))  # fmt: skip
        self._needed("written", decision == "written", say("Write the rule out.", "请写明规则全文。"))
        if self.errors:
            return found
        rules = self.rules(Rules())
        if rules.key_actors and decision not in NAMING:
            self._wrong(
                None, say("This rule names no key actors; untick them.", "本规则不涉及关键行为方；请取消勾选。")
            )
        if rules.weights and decision not in WEIGHING:
            self._wrong(
                None, say("This rule weighs nobody; leave the weights empty.", "本规则不计权重；请将权重留空。")
            )
        if decision == "key-actors" and not rules.key_actors:
            self._wrong(None, say("Tick at least one key actor below.", "请在下方至少勾选一个关键行为方。"))
        if not self.errors:
            self._decides(rules)
        return found

    def _needed(self, name: str, wanted: bool, missing: Words) -> None:
        given = self.cleaned_data.get(name)
        if wanted and not given:
            self._wrong(name, missing)
        elif given and not wanted:
            self._wrong(name, say("The rule that you chose does not use this; leave it empty.",
                                  "所选规则不使用此项；请留空。"))  # fmt: skip

    def _decides(self, rules: Rules) -> None:
        """Say where a rule cannot be read, or can never be met at this table."""
        try:
            rule = rule_of(rules)
            never = unmeetable(rule, stands(rules, self.table)) if self.table else None
        except AgreementError as error:
            place = "written" if rules.decision == "written" else "share"
            self._wrong(
                place, say("The rule cannot be read: {why}", "无法读取该规则（原文说明：{why}）", why=str(error))
            )
            return
        if never is not None:
            self._wrong(None, worded(never))

    def _wrong(self, field: str | None, words: Words) -> None:
        self.add_error(field, ValidationError(words))  # type: ignore[arg-type]

    def rules(self, before: Rules) -> Rules:
        """The rules with this way of deciding in the place of the old."""
        given = self.cleaned_data
        weights = {str(each.pk): given.get(f"weight-{each.pk}") for each in self.table}
        return replace(
            before,
            decision=given["decision"],
            minus=given["minus"] or 0,
            share=given["share"],
            weight_share=given["weight_share"],
            written=given["written"],
            key_actors=tuple(str(each.pk) for each in self.table if given.get(f"key-{each.pk}")),
            weights={key: str(Fraction(each)) for key, each in weights.items() if each},
        )
