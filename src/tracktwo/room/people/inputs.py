"""Inputs that the forms of the process share: a day, an hour, one of several words, and rows of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.words import Words, say

EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)


class Day(forms.DateField):
    """A date of the calendar, year first."""

    def __init__(self, label: Words, *, required: bool = True, help: Words | None = None):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(
            label=label,
            required=required,
            widget=widget,
            input_formats=["%Y-%m-%d"],
            help_text=help or "",
            error_messages={"invalid": say("Give a date as 2026-03-31.", "请按2026-03-31的格式填写日期。")},
        )

    def validate(self, value: Any) -> None:
        """Refuse years that nobody means."""
        super().validate(value)
        if value is not None and not EARLIEST <= value <= LATEST:
            words = say("Give a year between 1990 and 2199.", "年份须在1990年至2199年之间。")
            raise ValidationError(words)  # type: ignore[arg-type]


class Hour(forms.TimeField):
    """A time of day."""

    def __init__(self, label: Words, *, required: bool = False, help: Words | None = None):
        super().__init__(
            label=label,
            required=required,
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            input_formats=["%H:%M", "%H:%M:%S"],
            help_text=help or "",
            error_messages={"invalid": say("Give a time as 14:30.", "请按14:30的格式填写时间。")},
        )


def one_of(label: Words, words: Iterable[tuple[Any, Any]], *, required: bool = True, none: Words | None = None,
           help: Words | None = None) -> forms.ChoiceField:  # fmt: skip
    """A list of which one is chosen; ``none`` says what choosing nothing is called."""
    choices = [("", none)] if none is not None else []
    return forms.ChoiceField(
        label=label, choices=[*choices, *words], required=required and none is None, help_text=help or ""
    )


class Rows:
    """The rows of a list in one form, each a small form; rows left empty are left out.

    What was sent says how many rows it has, so that nothing typed is lost where the list changed meanwhile.
    """

    def __init__(
        self,
        kind: type[forms.Form],
        name: str,
        *,
        data: Mapping[str, Any] | None = None,
        initial: Iterable[Mapping[str, Any]] = (),
        spare: int = 3,
        most: int = 30,
        **options: Any,
    ):
        self.name, self.most, self.is_bound, self.refusals = name, most, data is not None, []  # type: ignore[var-annotated]
        first = [dict(each) for each in initial][:most]
        count = min(max(len(first) + spare, 4), most) if data is None else self._sent(data)
        self.forms = [
            kind(data, prefix=f"{name}-{n}", initial=first[n] if n < len(first) else {}, **options)
            for n in range(count)
        ]
        for place, form in enumerate(self.forms, 1):
            form.fields["text"].label = say("Item {n}", "第{n}项", n=place)

    def _sent(self, data: Mapping[str, Any]) -> int:
        given = str(data.get(f"{self.name}-rows", ""))
        return min(int(given), self.most) if given.isascii() and given.isdigit() and len(given) < 4 else 0

    def __iter__(self) -> Iterator[forms.Form]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def is_valid(self) -> bool:
        """Whether every row is, and their number is one."""
        if self.is_bound and not self.forms:
            self.refusals.append(
                say("The form did not arrive whole. Open the page again.", "表单未完整送达。请重新打开页面。")
            )
            return False
        return all(form.is_valid() for form in self.forms)

    @property
    def cleaned_data(self) -> list[dict[str, Any]]:
        """The rows in which a text was given."""
        found = [form.cleaned_data for form in self.forms]
        return [row for row in found if row["text"]["en"] or row["text"]["zh"]]

    def add_error(self, _field: None, error: ValidationError) -> None:
        """What is said above the rows."""
        self.refusals.append(error.message)
