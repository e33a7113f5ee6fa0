"""The editor of the rules of procedure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.forms import Both
from tracktwo.room.people.inputs import one_of
from tracktwo.room.people.names import LANGUAGES_SPOKEN
from tracktwo.room.people.rules import AXES, FORMATS, Format, Rules
from tracktwo.room.words import Words, say

SAFE = 5
"""The least number below which a result begins to say how one person voted."""
VOTERS = {
    "seat": say("each seat for itself", "每个席位各自表态"),
    "delegation": say("each delegation as one, after deliberating among itself", "每个与会方经内部商议后作为一体表态"),
}
REPORT_BACK = say("Does it report back to the plenary?", "是否向全体会议汇报？")
COLUMNS: dict[str, Words] = {**AXES, "report_back": REPORT_BACK}


class ProcessForm(forms.Form):
    """What the talks are called and are for, and how what is written here is kept."""

    name = Both(say("What the talks are called among those who are in them", "与会者之间对本对话的称呼"), both=True)
    code_name = Both(
        say("What they are called where somebody may look over a shoulder", "可能被旁人看到之处的代称"), both=True,
        help=say("It stands at the head of every page.", "显示于每一页的页首。"),
    )  # fmt: skip
    mandate = Both(say("The mandate", "授权"), prose=True, required=False)
    custody = Both(
        say("Where the server stands, under whose law, who holds the keys, what is kept until when",
            "服务器位于何处、受何地法律管辖、密钥由谁持有、哪些内容保留至何时"),
        prose=True, required=False,
        help=say("It is shown before anybody signs in: name neither the talks nor those in them.",
                 "登录之前即会显示：请勿提及对话及其参与者。"),
    )  # fmt: skip


class RulesForm(forms.Form):
    """The rules, with one row of checkboxes for each format."""

    k = forms.IntegerField(
        label=say("The least number of people a side that a result may be about", "结果所涉每一方的最少人数"),
        min_value=1, max_value=50,
        help_text=say("Between 1 and 50. Below 5, readers may work out from a result how one person voted; below 2, "
                      "every result says it.",
                      "1至50。低于5时，读者可能由结果推知个人表态；低于2时，结果即等于个人表态。"),
    )  # fmt: skip
    by_delegation = forms.BooleanField(
        label=say("Results may also be shown by delegation", "结果可按与会方显示"), required=False,
        help_text=say("Otherwise by side only.", "否则仅按各方显示。"),
    )  # fmt: skip
    voters = one_of(
        say("Who votes on statements", "由谁对观点表态"), VOTERS.items(),
        help=say("Neither this, nor the least number, nor results by delegation change while voting is open.",
                 "表态进行期间，本项、最少人数以及是否按与会方显示均不得变更。"),
    )  # fmt: skip
    batch = forms.IntegerField(
        label=say("Unattributed concerns go to the room at least so many at once", "不具名关切每批最少项数"),
        min_value=2, max_value=20,
        help_text=say("Between 2 and 20. A single one would be linked to whoever was just here.",
                      "2至20。若单独提交，易与刚刚在线者相联系。"),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=say("Languages of the talks", "对话语文"), choices=[*LANGUAGES_SPOKEN.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    press_line = Both(
        say("Press line", "对外口径"), prose=True, required=False, max_length=1000,
        help=say("What anybody may say if asked. In both languages, or empty.",
                 "被问及时任何人可作的答复。须两种语言齐备，或留空。"),
    )  # fmt: skip
    controlled_data = forms.BooleanField(
        label=say("Items marked as controlled technical data are taken", "接受标为受管制技术数据的内容"),
        required=False,
        help_text=say("Refused unless this is ticked.", "未勾选则一律拒收。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plain_names = [*self.fields]
        for name, words in FORMATS.items():
            for axis, question in COLUMNS.items():
                label = say("{name}: {question}", "{name}：{question}", name=words, question=question)
                field = forms.BooleanField(label=label, required=False)
                field.widget.attrs["aria-label"] = label
                self.fields[f"{name}-{axis}"] = field

    def plain(self) -> list[Any]:
        """The fields above the table."""
        return [self[name] for name in self.plain_names]

    def table(self) -> list[dict[str, Any]]:
        """A row for each format: its name, and a checkbox for each column."""
        return [
            {"format": words, "boxes": [self[f"{name}-{axis}"] for axis in COLUMNS]} for name, words in FORMATS.items()
        ]

    def clean_press_line(self) -> dict[str, str]:
        """In both languages, or empty."""
        line: dict[str, str] = self.cleaned_data["press_line"]
        if bool(line["en"]) != bool(line["zh"]):
            raise _words(
                "Write the press line in both languages, or leave both empty.", "对外口径须两种语言齐备，或均留空。"
            )
        return line

    def rules(self, before: Rules) -> Rules:
        """The rules as they were ticked; how it is decided stays as it was."""
        given = self.cleaned_data
        formats = {name: Format(**{axis: given[f"{name}-{axis}"] for axis in COLUMNS}) for name in FORMATS}
        names = ("k", "by_delegation", "voters", "batch", "press_line", "controlled_data")
        rest = {name: given[name] for name in names}
        return replace(before, **rest, languages=tuple(given["languages"]), formats=formats)


def first(rules: Rules) -> dict[str, Any]:
    """What the editor begins with."""
    axes = {f"{name}-{axis}": getattr(rules.formats[name], axis) for name in FORMATS for axis in COLUMNS}
    return rules.data() | axes


def _words(en: str, zh: str) -> ValidationError:
    return ValidationError(say(en, zh))  # type: ignore[arg-type]
