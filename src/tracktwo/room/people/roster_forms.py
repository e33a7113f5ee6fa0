"""Forms of the roster: sides, organisations, seats."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.forms import Both, Line
from tracktwo.room.people.inputs import Day, one_of
from tracktwo.room.people.models import Circle, Organisation
from tracktwo.room.people.names import CAPACITY, CIRCLES, ROLES, STYLED
from tracktwo.room.words import say


class SideForm(forms.Form):
    """A side and its letter."""

    mark = Line(
        say("Letter", "字母"), max_length=1,
        help=say("One capital letter, by which the side is known in print too.", "一个大写字母，打印时也以此区分。"),
    )  # fmt: skip
    name = Both(say("Name of the side", "该方名称"))

    def clean_mark(self) -> str:
        """A to Z."""
        mark: str = self.cleaned_data["mark"].upper()
        if not ("A" <= mark <= "Z" and len(mark) == 1):
            raise ValidationError(say("Give one letter from A to Z.", "请填写A至Z中的一个字母。"))  # type: ignore[arg-type]
        return mark


class OrganisationForm(forms.Form):
    """An organisation and the circle in which it stands."""

    name = Both(say("Name of the organisation", "单位名称"))
    circle = one_of(say("Circle", "参与类别"), CIRCLES.items())
    side = forms.ChoiceField(
        label=say("Side", "所属方"), required=False,
        help_text=say("For those at the table only.", "仅与会者填写。"),
    )  # fmt: skip
    styled = one_of(say("How it wishes to be called", "自选称谓"), STYLED.items())
    reason = Both(
        say("Why it stays away, if it said so", "未与会的缘由（如其说明）"),
        prose=True, required=False, max_length=1000,
        help=say("For those who are briefed but do not attend.", "仅用于获通报而不与会者。"),
    )  # fmt: skip
    joined = forms.BooleanField(label=say("Joined after the talks had begun", "对话开始后加入"), required=False)
    since = Day(say("Since", "起始日期"), required=False)

    def __init__(self, *args: Any, sides: list[Any], joining: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        none = ("", say("none", "无"))
        self.fields["side"].choices = [none, *((str(side.id), _side(side)) for side in sides)]  # type: ignore[attr-defined]
        if not joining:
            del self.fields["joined"]

    def clean(self) -> dict[str, Any]:
        """A side for those at the table, and for nobody else."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        at_table = found.get("circle") == Circle.DELEGATIONS
        if at_table and not found.get("side"):
            self.add_error("side", _words("Say to which side the delegation belongs.", "请指明该与会方属于哪一方。"))
        if not at_table and found.get("side"):
            self.add_error("side", _words("Only those at the table belong to a side.", "只有与会者才有所属方。"))
        reason = found.get("reason") or {}
        if found.get("circle") != Circle.BRIEFED and (reason.get("en") or reason.get("zh")):
            words = "Only those who are briefed have a reason to stay away.", "只有仅获通报者才填写未与会的缘由。"
            self.add_error("reason", _words(*words))
        return found


class SeatForm(forms.Form):
    """A seat of an organisation, or of the mediator's people."""

    name = Both(
        say("Name", "姓名"), help=say("In its own order, surname first where it is so.", "按其本来的姓名顺序填写。")
    )
    role = one_of(say("Role", "角色"), ())
    capacity = one_of(say("Capacity", "身份"), CAPACITY.items())
    begins = Day(say("From", "自"))
    ends = Day(say("Until", "至"), required=False, help=say("Leave empty for no end.", "无截止日期则留空。"))

    def __init__(self, *args: Any, roles: list[Any], capacities: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not capacities:
            del self.fields["capacity"]
        self.fields["role"].choices = [(role, ROLES[role]) for role in roles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("ends") and found.get("begins") and found["ends"] < found["begins"]:
            self.add_error("ends", _words("The seat would end before it begins.", "席位的截止日期早于起始日期。"))
        return found


def organisation_data(organisation: Organisation) -> dict[str, Any]:
    """What an organisation's form begins with."""
    return {
        "name": organisation.name,
        "circle": organisation.circle,
        "side": str(organisation.side_id or ""),
        "styled": organisation.styled,
        "reason": organisation.reason,
        "since": organisation.since,
    }


def _side(side: Any) -> str:
    return f"{side.mark} · {side.name.get('en') or ''} {side.name.get('zh') or ''}".strip()


def _words(en: str, zh: str) -> ValidationError:
    return ValidationError(say(en, zh))  # type: ignore[arg-type]
