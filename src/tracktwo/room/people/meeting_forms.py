"""Forms of rounds and meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.forms import Both
from tracktwo.room.people.inputs import Day, Hour, one_of
from tracktwo.room.people.rules import FORMATS
from tracktwo.room.words import say


class RoundForm(forms.Form):
    """A time and a place."""

    number = forms.IntegerField(label=say("Number", "轮次"), min_value=1, max_value=999)
    title = Both(say("Title", "名称"))
    place = Both(say("Place", "地点"), required=False)
    begins = Day(say("First day", "开始日期"))
    ends = Day(say("Last day", "结束日期"))

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("begins") and found.get("ends") and found["ends"] < found["begins"]:
            self.add_error("ends", _words("The round would end before it begins.", "本轮的结束日期早于开始日期。"))
        return found


class MeetingForm(forms.Form):
    """One sitting in one format."""

    round = one_of(say("Round", "所属轮次"), ())
    format = one_of(say("Format", "会议形式"), FORMATS.items())
    title = Both(say("Title", "名称"))
    day = Day(say("Day", "日期"))
    hour = Hour(say("Hour, at the place", "时间（当地）"))
    offline = forms.BooleanField(
        label=say("Held without the room and entered afterwards", "未使用本系统举行，事后补录"), required=False
    )

    def __init__(self, *args: Any, rounds: list[Any], today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rounds, self.today = {str(each.id): each for each in rounds}, today
        self.fields["round"].choices = [  # type: ignore[attr-defined]
            (key, say("Round {n}", "第{n}轮", n=each.number)) for key, each in self.rounds.items()
        ]

    def clean(self) -> dict[str, Any]:
        """It is held within its round; what is entered afterwards was held."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        day, within = found.get("day"), self.rounds.get(found.get("round", ""))
        if day and within and not within.begins <= day <= within.ends:
            words = "The day lies outside the round, {a} to {b}.", "该日期不在本轮期间（{a}至{b}）。"
            self.add_error("day", _words(*words, a=within.begins, b=within.ends))
        if day and found.get("offline") and day > self.today:
            self.add_error("offline", _words("Its day has not come yet.", "该日期尚未到来。"))
        return found


class AgendaItem(forms.Form):
    """A row of the agenda."""

    text = Both(required=False, max_length=400)


class ActionItem(forms.Form):
    """Something to be done after a meeting."""

    text = Both(required=False, max_length=400)
    owner = forms.ChoiceField(label=say("Who does it", "负责方"), required=False)
    due = Day(say("By", "期限"), required=False)
    done = forms.BooleanField(label=say("Done", "已完成"), required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", say("the mediator’s people", "调解方")), *owners]  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """A paper before a meeting."""

    title = Both(say("Title", "标题"))
    body = Both(say("Text", "正文"), prose=True, max_length=20_000)


class ListForm(forms.Form):
    """Who is invited: whole delegations, and seats."""

    organisations = forms.MultipleChoiceField(required=False)
    seats = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, organisations: list[str], seats: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = [(each, each) for each in organisations]  # type: ignore[attr-defined]
        self.fields["seats"].choices = [(each, each) for each in seats]  # type: ignore[attr-defined]


def _words(en: str, zh: str, **values: Any) -> ValidationError:
    return ValidationError(say(en, zh, **values))  # type: ignore[arg-type]
