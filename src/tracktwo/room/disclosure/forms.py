"""Forms of confidences, holds and the leak plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.disclosure.instructions import LABELS, ORDER, USES
from tracktwo.room.disclosure.models import Instruction
from tracktwo.room.forms import Both, Line, Prose
from tracktwo.room.words import Words, say


def _choices(of: Any) -> list[tuple[str, Words]]:
    return [(str(each), LABELS[each]) for each in of]


class Instructed(forms.Form):
    """A release instruction; its condition where it has one."""

    instruction = forms.ChoiceField(
        label=say("What may the mediator do with it?", "调解人可如何使用？"),  # type: ignore[arg-type]
        choices=_choices((*ORDER, Instruction.CONDITIONAL)),
        widget=forms.RadioSelect,
        initial=Instruction.NEVER,
    )
    condition = Prose(
        say("The condition in your words", "条件（请以文字写明）"),
        max_length=1000,
        required=False,
        help=say("Only where you chose “Only on a condition”.", "仅在选择“附条件使用”时填写。"),
    )
    then = forms.ChoiceField(
        label=say("What the mediator may do once it is met", "条件成就后，调解人可如何使用"),  # type: ignore[arg-type]
        choices=[("", say("No condition", "未附条件")), *_choices(USES)],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the condition, and for what follows from it, where the instruction has one."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("instruction") == Instruction.CONDITIONAL:
            if not found.get("condition") and "condition" not in self.errors:
                self.add_error("condition", _wrong("Say the condition in words.", "请写明条件。"))
            if not found.get("then") and "then" not in self.errors:
                self.add_error(
                    "then", _wrong("Choose what may be done once it is met.", "请选择条件成就后的使用方式。")
                )
        return found


class Giving(Instructed):
    """A confidence as it is given."""

    text = Prose(say("What you tell the mediator", "告知调解人的内容"), max_length=4000)
    shared = forms.BooleanField(
        label=say("My delegation may read it too", "本与会方亦可阅读"),  # type: ignore[arg-type]
        required=False,
    )
    field_order = ("text", "instruction", "condition", "then", "shared")

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]

    def clean(self) -> dict[str, Any]:
        """Not shared where there is nobody to share with."""
        return {"shared": False} | super().clean()


class Sharing(forms.Form):
    """Whether the own delegation reads it."""

    shared = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class Use(forms.Form):
    """A use that the mediator is about to make."""

    kind = forms.ChoiceField(
        label=say("What you are about to do", "拟作何种使用"),  # type: ignore[arg-type]
        choices=_choices(USES),
        widget=forms.RadioSelect,
    )
    text = Prose(
        say("Where, with whom and for what", "场合、对象与目的"),
        max_length=1000,
        help=say(
            "The person who gave it reads this, and so does the delegation where it is shared.",
            "告知人可阅读此处内容；已共享的，其与会方亦可阅读。",
        ),
    )
    met = forms.BooleanField(
        label=say("I state that the condition is met", "本人声明条件已成就"),  # type: ignore[arg-type]
        required=False,
    )

    def __init__(self, *args: Any, conditional: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not conditional:
            del self.fields["met"]


class Reason(forms.Form):
    """Why counsel holds something back."""

    reason = Prose(
        say("Why it is held", "暂缓理由"),
        max_length=1000,
        help=say("Read by the counsel of this delegation alone.", "仅本与会方法律顾问可阅读。"),
    )


class Planned(forms.Form):
    """A holding line."""

    occasion = Both(
        say("On which occasion", "何种情形"),
        both=True,
        help=say("For example: a newspaper asks whether talks take place.", "例如：报社询问对话是否存在。"),
    )
    line = Both(say("What is said", "统一口径"), prose=True, both=True, max_length=1000)
    speaker = Both(say("Who says it", "由何人答复"), both=True)


class Seen(forms.Form):
    """The digest of a line as it was read."""

    seen = Line(max_length=64, widget=forms.HiddenInput)


def _wrong(en: str, zh: str) -> ValidationError:
    return ValidationError(say(en, zh))  # type: ignore[arg-type]
