"""Fields of the room's forms: text without characters that deceive, in one language or both, with limits said first."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from tracktwo.room.words import TAGS, Words, language, say

DECEIVING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff\u2028\u2029")
"""Bidirectional overrides and marks, and separators that are seen as nothing."""


MISSING = say("Fill this in.", "请填写此项。")
ONE_MISSING = say("Write it in one language at least.", "请至少用一种语言填写。")


def say_what_is_missing() -> None:
    """Give the fields of every form the room's words for what was left out, in place of Django's."""
    for kind, words in (
        (forms.Field, MISSING),
        (forms.ChoiceField, say("Choose one.", "请选择一项。")),
        (forms.MultipleChoiceField, say("Choose one at least.", "请至少选择一项。")),
        (forms.BooleanField, say("Tick this to go on.", "请勾选此项后继续。")),
    ):
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), "required": words}


class Described(forms.BoundField):
    """A field of a form whose input is described by its limit too."""

    @property
    def aria_describedby(self) -> str | None:
        """The hint, the limit and the error, where there are any."""
        found = super().aria_describedby
        limited = getattr(self.field, "max_length", None) or getattr(self.field, "limit", None)
        if found is None or (limited or 0) < 2 or not self.auto_id or self.is_hidden:
            return found
        return f"{found} {self.auto_id}_limit".strip()


class Renderer(TemplatesSetting):
    """Forms are rendered by the room's own templates."""

    bound_field_class = Described
    form_template_name = "room/form.html"
    field_template_name = "room/field.html"


def require_plain(value: str, *, lines: bool = True) -> None:
    """ValidationError for control characters and those that turn the direction of text."""
    for place, character in enumerate(value, 1):
        kind = unicodedata.category(character)
        fine = character == "\n" and lines
        if not fine and (kind in {"Cc", "Cs", "Co", "Cn"} or character in DECEIVING):
            name = f"U+{ord(character):04X}"
            words = say("The character {name} at place {place} cannot be used; delete it.",
                        "第{place}个字符（{name}）不能使用；请将其删除。", name=name, place=place)  # fmt: skip
            raise ValidationError(words)  # type: ignore[arg-type]


class Line(forms.CharField):
    """One line of text; ``max_length`` is said in advance."""

    lines = False

    def __init__(self, label: Words | str = "", *, max_length: int = 200, help: Words | None = None, **kwargs: Any):
        kwargs.setdefault("help_text", help or "")
        super().__init__(label=label, max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """Normalise to NFC, with one kind of line end."""
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", text)

    def validate(self, value: str) -> None:
        """Refuse what is too long, and what cannot be seen."""
        super().validate(value)
        if self.max_length is not None and len(value) > self.max_length:
            words = say("It has {has} characters; at most {most} are taken. Shorten it.",
                        "现有{has}字，上限为{most}字，请删减。", has=len(value), most=self.max_length)  # fmt: skip
            raise ValidationError(words)  # type: ignore[arg-type]
        require_plain(value, lines=self.lines)


class Prose(Line):
    """Several lines of text."""

    lines = True
    widget = forms.Textarea

    def __init__(self, label: Words | str = "", *, max_length: int = 4000, **kwargs: Any):
        super().__init__(label, max_length=max_length, **kwargs)


class BothWidget(forms.MultiWidget):
    """Two inputs side by side, one in each language."""

    template_name = "room/both.html"

    def __init__(self, each: type[forms.Widget] = forms.TextInput, attrs: Any = None):
        super().__init__({"en": each(attrs={"lang": "en"}), "zh": each(attrs={"lang": "zh-Hans"})}, attrs)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The reader's language stands first, as it does on every page."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        own = TAGS[language()]
        context["widget"]["subwidgets"].sort(key=lambda each: each["attrs"]["lang"] != own)
        return context

    def decompress(self, value: Any) -> list[str]:
        """From {"en", "zh"}."""
        return [value.get("en", ""), value.get("zh", "")] if value else ["", ""]


class Both(forms.MultiValueField):
    """A text in English, Chinese or both, as {"en", "zh"}; one is enough unless ``both``."""

    def __init__(self, label: Words | str = "", *, prose: bool = False, both: bool = False, required: bool = True,
                 max_length: int = 0, help: Words | None = None):  # fmt: skip
        self.both = both
        kind, limit = (Prose, max_length or 4000) if prose else (Line, max_length or 200)
        fields = (kind(max_length=limit, required=False), kind(max_length=limit, required=False))
        widget = BothWidget(forms.Textarea if prose else forms.TextInput)
        for each, field in zip(widget.widgets, fields, strict=True):
            each.attrs["maxlength"] = str(limit)
            each.is_required = field.required
        super().__init__(
            fields, label=label, widget=widget, required=required, require_all_fields=False, help_text=help or "",
            error_messages={"required": ONE_MISSING},
        )  # fmt: skip
        self.limit = limit

    def compress(self, data_list: list[str]) -> dict[str, str]:
        """As {"en", "zh"}, empty where nothing was given."""
        en, zh = [*(data_list or []), "", ""][:2]
        return {"en": en or "", "zh": zh or ""}

    def clean(self, value: Any) -> dict[str, str]:
        """Ask for one language at least, or for both."""
        found: dict[str, str] = super().clean(value) or {"en": "", "zh": ""}
        if self.required and not (found["en"] or found["zh"]):
            raise ValidationError(ONE_MISSING)  # type: ignore[arg-type]
        if self.both and bool(found["en"]) != bool(found["zh"]):
            raise ValidationError(say("Write it in both languages.", "请用两种语言填写。"))  # type: ignore[arg-type]
        return found
