"""Forms of the two languages, of one-texts, of concepts and of contact groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.access import Refused
from tracktwo.room.drafting.proposing import ACTIONS, Given
from tracktwo.room.drafting.stored import Passage
from tracktwo.room.forms import Both, Line, Prose
from tracktwo.room.words import LANGUAGES, Words, say

Choices = Iterable[tuple[str, Words]]
REASON, CRITICISM, CONCEPT, PROVISION, ROWS = 1000, 4000, 4000, 20_000, 200
"""Characters at most; rows of a term table at most."""
WITHIN = ("MOD", "(MOD)", "SUP", "NOC", "ADD")
"""What is proposed within a contact group: not that something be moved, for its part stands where it stands."""


def refusing(form: forms.Form, refused: Refused) -> Any:
    """The form with what could not be done, so that nothing that was typed is lost."""
    form.add_error(None, ValidationError(refused.words, code="refused"))  # type: ignore[arg-type]
    return form


def status_of(form: forms.Form) -> int:
    """How a page with a form answers: out of turn, wrong, or as asked."""
    if form.has_error("__all__", "refused"):
        return 409
    return 422 if form.errors else 200


class NoteForm(forms.Form):
    """Why two languages do not say the same."""

    reason = Prose(say("What does each language say?", "两种语言各自说了什么？"), max_length=REASON)


class TermForm(forms.Form):
    """A row of a term table; empty where there is none."""

    en = Line(say("English", "英文"), max_length=200, required=False)
    zh = Line(say("Chinese", "中文"), max_length=200, required=False)
    note = Line(say("Note", "备注"), max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = str(field.label)
            if name != "note":
                field.widget.attrs["lang"] = "zh-Hans" if name == "zh" else "en"

    @property
    def row(self) -> tuple[str, str, str]:
        """What was given."""
        found = self.cleaned_data
        return found["en"], found["zh"], found["note"]


class TableForm(forms.Form):
    """A term table as CSV."""

    csv = Prose(
        say("The table", "术语表"), max_length=40_000,
        help=say(
            "The first row is en,zh,note. Words that are alike stand in one cell, separated by semicolons; a cell with "
            "commas stands in quotes.",
            "第一行为en,zh,note。同义词写在同一格内，以分号隔开；格内有逗号的，须加引号。",
        ),
    )  # fmt: skip


class CriticiseForm(forms.Form):
    """What a delegation tells the mediator about a one-text."""

    provision = forms.ChoiceField(label=say("On what", "针对"), required=False)
    words = Prose(
        say("Your criticism", "您的批评"), max_length=CRITICISM,
        help=say(
            "Say what is wrong and why it matters to you, rather than other words for it: the mediator drafts.",
            "请说明问题所在及其为何重要，不必另拟文字：由调解人起草。",
        ),
    )  # fmt: skip

    def __init__(self, provisions: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = say("The whole draft", "整份草案")
        self.fields["provision"].choices = [("", whole), *provisions]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """One yes or no to a whole draft."""

    value = forms.ChoiceField(
        label=say("Does your delegation accept this draft as a whole?", "贵方是否接受整份草案？"),
        choices=[("yes", say("Yes", "是")), ("no", say("No", "否"))],
        widget=forms.RadioSelect,
    )


class ConceptForm(forms.Form):
    """A concept of a few sentences."""

    title = Both(say("What it is called", "名称"), max_length=120)
    body = Both(say("The concept, in a few sentences", "用几句话说明此概念"), prose=True, max_length=CONCEPT)


class GroupForm(forms.Form):
    """A contact group: who works on what."""

    name = Both(say("What the group is called", "联络组名称"), max_length=120)
    facilitator = forms.ChoiceField(label=say("Who facilitates it", "召集人"))
    members = forms.MultipleChoiceField(label=say("Members", "成员"), widget=forms.CheckboxSelectMultiple)
    provisions = forms.MultipleChoiceField(
        label=say("The provisions it works on", "所讨论的条款"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, facilitators: Choices, members: Choices, provisions: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facilitator"].choices = [("", say("Choose", "请选择")), *facilitators]  # type: ignore[attr-defined]
        self.fields["members"].choices = list(members)  # type: ignore[attr-defined]
        self.fields["provisions"].choices = list(provisions)  # type: ignore[attr-defined]


class WithinForm(forms.Form):
    """A proposal on a provision within a contact group."""

    action = forms.ChoiceField(
        label=say("What you propose", "提案类型"), choices=[(each, ACTIONS[each]) for each in WITHIN],
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = Both(
        say("The words", "文字"), prose=True, required=False, max_length=PROVISION,
        help=say(
            "As they are to read; a language that you leave as it is stays. For a new provision, give all its words.",
            "写明修改后的文字；未改动的语言保持不变。增加条款时，写明新条款的文字。",
        ),
    )  # fmt: skip
    label = Line(say("Number of a new provision", "新条款的编号"), max_length=20, required=False)
    why = Both(say("Why", "理由"), prose=True, required=False, max_length=REASON)

    def __init__(self, passage: Passage, *args: Any, **kwargs: Any) -> None:
        self.before = {each: passage.provision[each] or "" for each in LANGUAGES}
        super().__init__(*args, initial={"action": "MOD", "words": self.before}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for words where words are proposed."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("action") not in {"MOD", "(MOD)", "ADD"} or "words" in self.errors:
            return found
        words = found.get("words") or {"en": "", "zh": ""}
        new = [each for each in LANGUAGES if words[each].strip() not in {"", self.before[each].strip()}]
        if not new:
            self._wrong(say("The words are as they were. Change them in one language at least, or choose NOC.",
                            "文字未作改动。请至少修改一种语言的文字，或选择NOC。"))  # fmt: skip
        elif any("\n\n" in words[each].strip() for each in new):
            self._wrong(say("A provision is one paragraph: take out the empty line, or propose a second provision.",
                            "一个条款即一个段落：请去掉空行，或另提一个条款。"))  # fmt: skip
        return found

    def _wrong(self, words: Words) -> None:
        self.add_error("words", ValidationError(words))  # type: ignore[arg-type]

    def given(self, provision: str) -> Given:
        """The proposal: on a provision, or for a new one after it."""
        found = self.cleaned_data
        words = {each: text for each, text in found["words"].items() if text.strip() != self.before[each].strip()}
        en, zh = words.get("en") or None, words.get("zh") or None
        if found["action"] == "ADD":
            return Given("ADD", None, en, zh, provision, found["label"], found["why"])
        return Given(found["action"], provision, en, zh, None, "", found["why"])


class ReportForm(forms.Form):
    """What a contact group tells the room."""

    report = Both(say("The report, in a sentence", "用一句话报告"), prose=True, both=True, max_length=REASON)
    chosen = forms.MultipleChoiceField(
        label=say("Proposals that go to the room", "提交全体的提案"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    agreed = forms.MultipleChoiceField(
        label=say("Provisions agreed in the group", "组内议定的条款"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=say(
            "Only those in which no bracket is open can be chosen.", "仅可选择没有未决方括号的条款。"
        ),
    )  # fmt: skip

    def __init__(self, proposals: Choices, provisions: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = list(proposals)  # type: ignore[attr-defined]
        self.fields["agreed"].choices = list(provisions)  # type: ignore[attr-defined]
        for name in ("chosen", "agreed"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]
