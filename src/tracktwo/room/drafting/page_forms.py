"""Forms of the drafting page: a proposal, a position, other words in a bracket, the chair's question and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.drafting.bracket_acts import CALLED, FATES
from tracktwo.room.drafting.position_acts import VALUES
from tracktwo.room.drafting.proposing import ACTIONS, Given
from tracktwo.room.drafting.stored import Passage
from tracktwo.room.forms import Both, Line, Prose
from tracktwo.room.people.inputs import Day
from tracktwo.room.words import Words, say

Choices = Iterable[tuple[str, Words | str]]
PROVISION, REASON, NOTE = 20_000, 1000, 1000
"""Characters at most."""
ON_ONE = ("MOD", "(MOD)", "SUP", "MOVE", "NOC")
BEGINNING = "beginning"
_BREAKS = say("A provision is one paragraph: take out the empty line, or propose a second provision.",
              "一个条款即一个段落：请去掉空行，或另提一个条款。")  # fmt: skip


class Opened(forms.Form):
    """A form in an article, of which several may be open: its fields are named after the provision."""

    def __init__(self, provision: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{self.__class__.__name__.lower()}-{provision}-%s", **kwargs)


class ProposeForm(Opened):
    """A proposal on a provision."""

    action = forms.ChoiceField(
        label=say("What you propose", "提案类型"), choices=[(each, ACTIONS[each]) for each in ON_ONE],
        widget=forms.RadioSelect, initial="MOD",
    )  # fmt: skip
    body = Both(
        say("The words as they are to read", "修改后的文字"), prose=True, required=False, max_length=PROVISION,
        help=say("Change the words where you would change them: others see what you take out and put in. A language "
                 "that you leave as it is stays. For SUP, MOVE and NOC the words are not used.",
                 "请直接修改文字：他人将看到增删之处。未改动的语言保持不变。SUP、MOVE与NOC不涉及文字。"),
    )  # fmt: skip
    after = forms.ChoiceField(label=say("For MOVE: after which provision", "MOVE：置于哪一条之后"), required=False)
    why = Both(say("Why", "理由"), prose=True, required=False, max_length=REASON)

    def __init__(self, passage: Passage, provisions: Choices, *args: Any, **kwargs: Any) -> None:
        given = passage.provision
        initial = {"body": {"en": given.en or "", "zh": given.zh or ""}}
        super().__init__(given.id, *args, initial=initial, **kwargs)
        self.passage = passage
        self.fields["after"].choices = [  # type: ignore[attr-defined]
            ("", say("Choose", "请选择")), (BEGINNING, say("At the beginning", "置于开头")),
            *(each for each in provisions if each[0] != given.id),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for what the action needs."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        action, body = found.get("action"), found.get("body") or {"en": "", "zh": ""}
        if action in {"MOD", "(MOD)"}:
            if not any(_changed(body[each], self.passage.provision[each]) for each in ("en", "zh")):  # type: ignore[index]
                self._wrong("body", say("The words are as they were. Change them in one language at least, or choose "
                                        "NOC.", "文字未作改动。请至少修改一种语言的文字，或选择NOC。"))  # fmt: skip
            if any(_parted(each) for each in body.values()):
                self._wrong("body", _BREAKS)
        if action == "MOVE" and not found.get("after"):
            self._wrong("after", say("Choose the provision after which it is to stand.", "请选择置于哪一条之后。"))
        return found

    def _wrong(self, field: str, words: Words) -> None:
        if field not in self.errors:
            self.add_error(field, ValidationError(words))  # type: ignore[arg-type]

    def given(self) -> Given:
        """The proposal."""
        found = self.cleaned_data
        amends = found["action"] in {"MOD", "(MOD)"}
        body = found["body"] if amends else {"en": None, "zh": None}
        after = found["after"] if found["action"] == "MOVE" and found["after"] != BEGINNING else None
        return Given(found["action"], self.passage.provision.id, body["en"], body["zh"], after, "", found["why"])


class AddForm(Opened):
    """A proposal for a provision that is not there yet."""

    after = forms.ChoiceField(label=say("After which provision", "置于哪一条之后"))
    label = Line(say("Its number", "编号"), max_length=20, required=False)
    body = Both(say("Its words", "条款文字"), prose=True, max_length=PROVISION)
    why = Both(say("Why", "理由"), prose=True, required=False, max_length=REASON)

    def __init__(self, provisions: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__("new", *args, **kwargs)
        first: tuple[str, Words | str] = (BEGINNING, say("At the beginning", "置于开头"))
        self.fields["after"].choices = [first, *provisions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One paragraph in each language."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if any(_parted(each) for each in (found.get("body") or {}).values()):
            self.add_error("body", ValidationError(_BREAKS))  # type: ignore[arg-type]
        return found

    def given(self) -> Given:
        """The proposal."""
        found = self.cleaned_data
        after = None if found["after"] == BEGINNING else found["after"]
        body = {each: words or None for each, words in found["body"].items()}
        return Given("ADD", None, body["en"], body["zh"], after, found["label"], found["why"])


class PositionForm(Opened):
    """A position of the own delegation."""

    value = forms.ChoiceField(
        label=say("Position of your delegation", "贵方立场"), choices=[*VALUES.items()], widget=forms.RadioSelect
    )
    note = Both(say("Note", "说明"), prose=True, required=False, max_length=NOTE)


class NarrowForm(Opened):
    """Other words in a bracket, in each language in which it is there."""

    def __init__(self, provision: str, there: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(provision, *args, initial=dict(there), **kwargs)
        labels = {
            "en": say("The new words in English", "新的英文文字"),
            "zh": say("The new words in Chinese", "新的中文文字"),
        }
        for tongue, label in labels.items():
            if tongue in there:
                field = Prose(label, max_length=PROVISION)
                field.widget.attrs["lang"] = "en" if tongue == "en" else "zh-Hans"
                self.fields[tongue] = field


class CallForm(Opened):
    """The chair's question whether anybody objects."""

    fate = forms.ChoiceField(
        label=say("What would be done", "拟如何处理"), choices=[each for each in FATES.items() if each[0] in CALLED],
        widget=forms.RadioSelect,
    )  # fmt: skip
    until = Day(say("Until which day", "截至日期"))

    def __init__(self, provision: str, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(provision, *args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        """Today or later."""
        found: date = self.cleaned_data["until"]
        if found < self.today:
            raise ValidationError(
                say("That day is over. Name today or a later day.", "该日期已过。请选择今天或以后的日期。")
            )  # type: ignore[arg-type]
        return found


class AssignForm(Opened):
    """Delegations that the chair names as holders."""

    organisations = forms.MultipleChoiceField(
        label=say("Who else holds it", "另有哪些持有方"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, provision: str, parties: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(provision, *args, **kwargs)
        self.fields["organisations"].choices = list(parties)  # type: ignore[attr-defined]


def _changed(wanted: str, before: str | None) -> bool:
    return bool(wanted.strip()) and wanted.strip() != (before or "").strip()


def _parted(body: str) -> bool:
    """Whether an empty line stands in it."""
    return any(not line.strip() for line in body.strip().split("\n")) and bool(body.strip())
