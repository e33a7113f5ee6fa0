"""Forms of the register, of translations and of draft statements; what each choice means is said before it is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.access import Viewer, visible
from tracktwo.room.concerns.addressing import addressed, marked
from tracktwo.room.concerns.assessing import LIKELIHOOD, SEVERITY
from tracktwo.room.concerns.outcomes import KINDS
from tracktwo.room.concerns.raising import Given, why_not
from tracktwo.room.concerns.soundings import Plan
from tracktwo.room.concerns.wording import CONCERN, EVIDENCE, PIECES, SENTENCE, STATEMENT, other, worded
from tracktwo.room.forms import Both, Prose
from tracktwo.room.words import Words, language, say

IN = [("en", say("English", "英文")), ("zh", say("Chinese", "中文"))]


class Original(forms.Form):
    """A text in one language or both, and which of them is the original."""

    limit = STATEMENT
    prose = False
    label = say("Statement", "观点")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = Both(self.label, prose=self.prose, max_length=self.limit)
        self.fields["original"] = forms.ChoiceField(
            label=say("Which is the original, if you give both?", "如两种语言都填写，以哪种为原文？"),
            choices=IN,
            initial=language(),
            widget=forms.RadioSelect,
        )

    def body(self) -> dict[str, Any]:
        """What was written, as the room keeps it."""
        return worded(self.cleaned_data["text"], self.cleaned_data["original"])


class StatementForm(Original):
    """A statement that is put to the vote."""


class RaiseForm(Original):
    """A concern, what supports it, to whom it goes, and its marks."""

    limit = CONCERN
    prose = True
    label = say("Your concern", "您的关切")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        themes = [(str(each.id), named(each.name)) for each in visible(viewer).themes()]
        self.fields["theme"] = forms.ChoiceField(label=say("Theme", "主题"), choices=themes)
        for number in range(1, PIECES + 1):
            self.fields[f"evidence{number}"] = Both(
                say("Evidence {n}", "依据{n}", n=number),
                prose=True, required=False, max_length=EVIDENCE,
            )  # fmt: skip
        self.fields["to"] = forms.ChoiceField(
            label=say("To whom", "向谁提出"), choices=addressed(viewer), widget=forms.RadioSelect
        )
        self.fields["marks"] = forms.MultipleChoiceField(
            label=say("Marks", "标注"), choices=marked(viewer), required=False, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["theme", "text", "original"])

    @property
    def evidence(self) -> list[Any]:
        """The fields of evidence, which the page folds away."""
        return [self[f"evidence{number}"] for number in range(1, PIECES + 1)]

    def clean(self) -> dict[str, Any]:
        """Refuse what the rules, or the way that it would take, do not allow."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        reason = why_not(self.viewer, found.get("to", ""), found.get("marks") or [])
        if reason is not None:
            raise ValidationError(reason)  # type: ignore[arg-type]
        return found

    def given(self) -> Given:
        """What the author gives."""
        found = self.cleaned_data
        evidence = [found[f"evidence{number}"] for number in range(1, PIECES + 1)]
        evidence = [each for each in evidence if each["en"] or each["zh"]]
        return Given(found["theme"], self.body(), evidence, found["to"], tuple(found["marks"]))


def named(name: dict[str, str]) -> Words:
    """A name as words, the same in both languages where one is missing."""
    return say(name["en"] or name["zh"], name["zh"] or name["en"])


def _scale(words: tuple[Words, ...]) -> list[tuple[str, Words]]:
    return [(str(n), say("{n} · {words}", "{n} · {words}", n=n, words=each)) for n, each in enumerate(words, 1)]


class AssessForm(forms.Form):
    """How severe and how likely."""

    severity = forms.TypedChoiceField(
        label=say("Severity", "严重性"), choices=_scale(SEVERITY), coerce=int, widget=forms.RadioSelect
    )
    likelihood = forms.TypedChoiceField(
        label=say("Likelihood", "可能性"), choices=_scale(LIKELIHOOD), coerce=int, widget=forms.RadioSelect
    )


class OutcomeForm(forms.Form):
    """What became of a concern."""

    kind = forms.ChoiceField(label=say("It became", "处理结果"), choices=list(KINDS.items()))
    text = Both(say("In a sentence", "用一句话说明"), prose=True, max_length=SENTENCE)


class ThemeForm(forms.Form):
    """What a theme is called."""

    name = Both(say("Name", "名称"), both=True, max_length=80)


class TranslateForm(forms.Form):
    """What a text says in its other language."""

    def __init__(self, body: dict[str, Any], limit: int, *args: Any, **kwargs: Any) -> None:
        wanted = other(body)
        super().__init__(*args, initial={"text": body[wanted]}, **kwargs)
        label = say("In English", "英文译文") if wanted == "en" else say("In Chinese", "中文译文")
        self.fields["text"] = Prose(label, max_length=limit)
        self.fields["text"].widget.attrs["lang"] = "en" if wanted == "en" else "zh-Hans"


class SoundingForm(forms.Form):
    """How statements are put to the vote."""

    title = Both(say("Title", "标题"), max_length=120)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("room", say("The room", "全体与会者"))]
        if viewer.may("wide.edit"):
            choices.append(("wide", say("People beyond the table", "与会方以外的人士")))
        self.fields["audience"] = forms.ChoiceField(
            label=say("Who is asked", "征询对象"), choices=choices, initial="room", widget=forms.RadioSelect
        )
        self.fields["shown_open"] = forms.BooleanField(
            label=say("Show results while voting is open, moving on only when enough people on every side have voted;"
                      " otherwise once it is closed",
                      "表态期间即公布结果，且仅当各方均有足够人数表态后才更新；否则在结束后公布"), required=False,
        )  # fmt: skip
        self.fields["heads_see"] = forms.BooleanField(
            label=say("Heads of delegation see how far their delegates have come, as voters are told beforehand",
                      "团长可见本方代表的表态进度；表态人在首次表态前会被告知"), required=False,
        )  # fmt: skip

    def plan(self) -> Plan:
        """How the sounding is to be held."""
        found = self.cleaned_data
        return Plan(found["title"], found["audience"], found["shown_open"], found["heads_see"])
