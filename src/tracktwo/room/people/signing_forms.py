"""Forms of signing in, of invitations and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracktwo.room.forms import Line
from tracktwo.room.people.passwords import LONGEST, NAME, SHORTEST, name_mark, normal, require_strong
from tracktwo.room.words import Words, say

CODE = say("Code", "验证码")
NEEDED = say("Fill this in.", "请填写此项。")


class Entry(forms.CharField):
    """A line of which no limit is told: what is too long for it is simply wrong."""

    def __init__(self, label: Words, *, longest: int = LONGEST, help: Words | str = "", **attrs: Any) -> None:
        self.longest = longest
        secret = attrs.pop("secret", False)
        kind = forms.PasswordInput if secret else forms.TextInput
        attrs = {"autocapitalize": "none", "spellcheck": "false"} | attrs
        super().__init__(label=label, help_text=help, strip=not secret, widget=kind(attrs=attrs))
        self.error_messages["required"] = NEEDED  # type: ignore[assignment]

    def to_python(self, value: Any) -> str:
        """Cut what is far too long."""
        return super().to_python(value)[: self.longest + 1]


def _code(help: Words) -> Entry:
    return Entry(CODE, longest=64, help=help, autocomplete="one-time-code", inputmode="numeric")


def _password() -> Entry:
    return Entry(say("Password", "密码"), secret=True, autocomplete="current-password")


class Entered(forms.Form):
    """A form whose mistakes are told in a sentence, without a heading."""

    template_name = "people/entry_form.html"


class SignIn(Entered):
    """Name and password."""

    name = Entry(say("Name", "登录名"), autocomplete="username")
    password = _password()


class SecondFactor(Entered):
    """A code of the authenticator, or a recovery code."""

    code = _code(
        say(
            "Six digits from your authenticator, or one of your recovery codes.",
            "身份验证器中的六位数字，或一个恢复码。",
        )
    )


class Confirm(Entered):
    """Password and code, given afresh."""

    password = _password()
    code = SecondFactor.base_fields["code"]


class InvitationCode(Entered):
    """The code that was given by another way."""

    code = Entry(
        say("Invitation code", "邀请码"),
        longest=64,
        help=say("Eight letters and digits, given to you apart from the link.", "八位字母与数字，与链接分开告知。"),
        autocomplete="off",
        autocapitalize="characters",
    )


class NewPassword(Entered):
    """A new password, twice."""

    password = Entry(
        say("New password", "新密码"),
        help=say("At least {n} characters. Several words are easier to keep than signs.",
                 "至少{n}个字符。几个词比符号更易记忆。", n=SHORTEST),
        secret=True,
        autocomplete="new-password",
    )  # fmt: skip
    again = Entry(say("New password, again", "再次输入新密码"), secret=True, autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        """Both are the same, and strong."""
        found: dict[str, Any] = super().clean() or {}
        password = found.get("password")
        if password:
            try:
                require_strong(password, found.get("name", ""))
            except ValidationError as error:
                self.add_error("password", error)
            if found.get("again") and found["again"] != password:
                self.add_error("again", say("The two are not the same.", "两次输入不一致。"))  # type: ignore[arg-type]
        return found


class Join(NewPassword):
    """The name and the password of a new account."""

    name = Line(
        say("Name to sign in with", "登录名"),
        max_length=NAME[1],
        help=say("Nobody sees it, and the room keeps only a mark of it. Choose one that others would not guess.",
                 "他人看不到，本系统亦只保存其标记。请选择他人不易猜到的名称。"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": NEEDED},
    )  # fmt: skip
    field_order = ("name", "password", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = say("Password", "密码")  # type: ignore[assignment]
        self.fields["again"].label = say("Password, again", "再次输入密码")  # type: ignore[assignment]

    def clean_name(self) -> str:
        """As it is compared."""
        name = normal(self.cleaned_data["name"])
        if len(name) < NAME[0]:
            words = say("It needs at least {n} characters.", "至少需要{n}个字符。", n=NAME[0])
            raise ValidationError(words)  # type: ignore[arg-type]
        self.cleaned_data["mark"] = name_mark(name)
        return name


class FirstCode(Entered):
    """The first code of a new authenticator."""

    code = _code(say("Six digits that the authenticator shows now.", "身份验证器当前显示的六位数字。"))


class PasskeyName(forms.Form):
    """What the owner calls a passkey."""

    name = Line(
        say("What you call it", "名称"),
        max_length=40,
        required=False,
        help=say("So that you know it again, such as “Laptop”.", "便于辨认，例如“笔记本电脑”。"),
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False)


class Language(forms.Form):
    """English or Chinese."""

    language = forms.ChoiceField(choices=[("en", "English"), ("zh", "中文")])
