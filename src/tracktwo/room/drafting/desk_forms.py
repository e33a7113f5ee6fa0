"""Forms of the desk: a text's name and mode, words pasted or in files, a provision."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.drafting import receiving
from tracktwo.room.drafting.models import Mode
from tracktwo.room.drafting.refusals import said
from tracktwo.room.forms import Both, Line, Prose, require_plain
from tracktwo.room.words import Words, say
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language, Marked

PASTED = 400_000
"""Characters of a text that may be pasted, or be in a file."""
BODY = 20_000
"""Characters of one provision."""
MODES: dict[str, Words] = {
    Mode.BRACKETED: say("Bracketed", "带方括号的案文"),
    Mode.ONE_TEXT: say("One-text", "单一案文"),
    Mode.CONCEPTUAL: say("Conceptual", "概念性案文"),
}
MEANS: dict[str, Words] = {
    Mode.BRACKETED: say(
        "Rolling text: delegations propose changes in their own name, and what is not agreed stands in brackets.",
        "滚动案文：各方具名提出修改，未达成一致的文字置于方括号内。",
    ),
    Mode.ONE_TEXT: say(
        "The mediator drafts. Delegations tell the mediator in private what is wrong with it, and are asked for one "
        "yes or no at the end.",
        "由调解人起草；各方仅私下向调解人提出批评，最后就全文作一次“是”或“否”的答复。",
    ),
    Mode.CONCEPTUAL: say(
        "Ideas of a few sentences come before words: those that no other delegation echoes lapse.",
        "先议概念，后定文字：每项概念仅数句；无其他与会方呼应者即失效。",
    ),
}
"""What a mode means for who reads the text."""
TONGUES: dict[Language, Words] = {"en": say("English", "英文"), "zh": say("Chinese", "中文")}


class OneOf(forms.ChoiceField):
    """One of several, with what is wrong said in both languages."""

    def validate(self, value: str) -> None:
        """Refuse what is none of them."""
        forms.Field.validate(self, value)
        if value and not self.valid_value(value):
            raise _words("Choose one of these.", "请从中选择一项。")


class TextForm(forms.Form):
    """What a text is called, and how it is negotiated."""

    title = Both(say("Title", "标题"))

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not fixed:
            choices = [(each, say("{name}. {means}", "{name}。{means}", name=MODES[each], means=MEANS[each]))
                       for each in (Mode.BRACKETED, Mode.ONE_TEXT, Mode.CONCEPTUAL)]  # fmt: skip
            self.fields["mode"] = OneOf(
                label=say("How it is negotiated", "谈判方式"), choices=choices, widget=forms.RadioSelect,
                help_text=say("It can be changed until the first draft is issued.", "首份草案印发前可以更改。"),
            )  # fmt: skip


class Pasted(Prose):
    """A text of many provisions, as it stands: spaces at its beginning say how deep the first one is."""

    def __init__(self, label: Words, **kwargs: Any):
        super().__init__(label, max_length=PASTED, required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """With spaces for tabs, and one kind of line end."""
        return cleaned(super().to_python(value))


def cleaned(text: str) -> str:
    """A text without what editors leave in it: tabs, page ends, marks of byte order, bullets of a symbol font."""
    for old, new in _LEFT.items():
        text = text.replace(old, new)
    return unicodedata.normalize("NFC", text)


_LEFT = {
    "\r\n": "\n", "\r": "\n", "\t": "    ", "\f": "\n\n", "\v": "\n", "\u2028": "\n", "\u2029": "\n\n", "\ufeff": "",
    "\u200b": "", "\u00ad": "", "\uf0b7": "•", "\uf0a7": "•",
}  # fmt: skip


class Filed(forms.FileField):
    """A file, read: marked paragraphs of Word, or characters."""

    widget = forms.FileInput

    def __init__(self, label: Words, *, required: bool = False, help: Words | None = None, word: bool = False):
        accepted = ".docx" if word else ".docx,.md,.txt"
        super().__init__(
            label=label, required=required, help_text=help or "", widget=forms.FileInput(attrs={"accept": accepted}),
            error_messages={
                "required": say("Choose a file.", "请选择文件。"),
                "empty": say("The file is empty; choose the file again.", "该文件为空。请重新选择文件。"),
                "invalid": say("Choose a file.", "请选择文件。"),
            },
        )  # fmt: skip
        self.word = word

    def clean(self, data: Any, initial: Any = None) -> Marked | str | None:
        """What the file holds."""
        given = super().clean(data, initial)
        if given is None or given is False:
            return None
        try:
            found = receiving.opened(given.read())
        except TextError as error:
            raise ValidationError(said(error)) from None  # type: ignore[arg-type]
        if self.word and not isinstance(found, Marked):
            words = say("The file is not a Word file; save it as .docx.", "该文件不是Word文件。请另存为.docx。")
            raise ValidationError(words)  # type: ignore[arg-type]
        return found


class UploadForm(forms.Form):
    """The words of a working draft in one language or both, pasted or in files."""

    en = Pasted(say("English, pasted", "粘贴英文"))
    zh = Pasted(say("Chinese, pasted", "粘贴中文"))
    file_en = Filed(say("English, as a file", "英文文件"))
    file_zh = Filed(say("Chinese, as a file", "中文文件"))
    file_both = Filed(
        say("Both in one Word file", "含两种语言的Word文件"),
        help=say("A table of two columns, such as the Word file in which a draft is taken away.",
                 "两栏表格，如从本系统下载的草案Word文件。"),
        word=True,
    )  # fmt: skip
    origin = OneOf(
        label=say("Where both are given, in which was it written first?", "如两种语言均提供，原文是哪种语言？"),
        choices=list(TONGUES.items()),
        initial="en",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for of in LANGUAGES:
            attributes = {"lang": "en" if of == "en" else "zh-Hans", "rows": "12"}
            self.fields[of].widget.attrs.update(attributes)

    def clean(self) -> dict[str, Any]:
        """Each language from one source, and one language at least."""
        given = super().clean() or {}
        both = given.get("file_both")
        if isinstance(both, Marked) and len(both.languages) < 2 and not self.errors:
            one = _words("Only one language is in this file. Choose it as the file of that language.",
                         "该文件只有一种语言。请在相应语言一栏提供。")  # fmt: skip
            self.add_error("file_both", one)
        for of in LANGUAGES:
            sources = [bool((given.get(of) or "").strip()), given.get(f"file_{of}") is not None, both is not None]
            if sum(sources) > 1:
                twice = say("The {of} is given twice. Paste it, or give one file.",
                            "{of}文本重复提供。请粘贴，或只提供一个文件。", of=TONGUES[of])  # fmt: skip
                self.add_error(None, ValidationError(twice))  # type: ignore[arg-type]
        if not self.errors and not any(_there(given.get(each)) for each in self._sources):
            self.add_error(None, _words("Paste a text, or choose a file.", "请粘贴文本，或选择文件。"))
        return given

    _sources = ("en", "zh", "file_en", "file_zh", "file_both")


def _there(given: Any) -> bool:
    return bool(given.strip()) if isinstance(given, str) else given is not None


def _words(en: str, zh: str, **values: Any) -> ValidationError:
    return ValidationError(say(en, zh, **values))  # type: ignore[arg-type]


def require_text(texts: Mapping[Language, str]) -> None:
    """ValidationError where a text is too long, or holds characters that deceive."""
    for of, text in texts.items():
        if len(text) > PASTED:
            raise _words(
                "The {of} has {has} characters; at most {most} are taken.",
                "{of}文本现有{has}个字符，上限为{most}个字符。",
                of=TONGUES[of], has=len(text), most=PASTED,
            )  # fmt: skip
        try:
            require_plain(text)
        except ValidationError as error:
            raise ValidationError([*error.messages]) from None


class ProvisionForm(forms.Form):
    """The words of a provision in both languages."""

    words = Both(say("Words", "文字"), prose=True, max_length=BODY)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """The hash of the working draft as the page showed it."""


class InsertForm(ProvisionForm):
    """A new provision: its number, and behind which it stands."""

    label = Line(say("Number, if it has one", "编号（如有）"), required=False, max_length=30,
                 help=say("As it is written: 3bis. or (c) or 第三条之二",
                          "按原样填写，如3bis.、(c)、第三条之二"))  # fmt: skip
    origin = OneOf(
        label=say("If it is given in both, in which was it written first?", "如两种语言均填写，原文是哪种语言？"),
        choices=list(TONGUES.items()), initial="en", widget=forms.RadioSelect,
    )  # fmt: skip
    after = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("label", "words", "origin", "after", "seen")


class WordForm(forms.Form):
    """A delegation's Word file, and the draft on which it is based."""

    on = OneOf(label=say("On which draft is it based?", "以哪一号草案为基础？"))
    file = Filed(say("Your Word file", "贵方的Word文件"), required=True, word=True)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(str(each), say("Draft {n}", "第{n}号草案", n=each)) for each in reversed(numbers)]
        self.fields["on"].choices = choices  # type: ignore[attr-defined]
