"""Names and passwords as they are kept: a name as a keyed hash, a password hashed by scrypt."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from django.contrib.auth import password_validation as validation
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError

from tracktwo.room.keys import current
from tracktwo.room.words import Words, say

SHORTEST, LONGEST = 12, 200
"""Characters of a password."""
NAME = (3, 64)
"""Characters of a name to sign in with."""


def normal(name: str) -> str:
    """A name as it is compared: without case, width and surplus spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def name_mark(name: str) -> UUID:
    """What an account is found by."""
    return current().mark("account", normal(name).encode("utf-8", "replace"))


def hashed(password: str) -> str:
    """What is kept of a password (scrypt)."""
    return str(make_password(typed(password)))


def typed(password: str) -> str:
    """A password as it is hashed: the same from every keyboard."""
    return unicodedata.normalize("NFKC", password)


_WEAK = {
    "password_too_short": say("It needs at least {n} characters.", "至少需要{n}个字符。", n=SHORTEST),
    "password_too_common": say("Many people use this one; choose another.", "该密码过于常见，请另选一个。"),
    "password_entirely_numeric": say("It needs more than digits.", "不能只用数字。"),
}
_VALIDATORS = (
    validation.MinimumLengthValidator(SHORTEST),
    validation.CommonPasswordValidator(),
    validation.NumericPasswordValidator(),
)


def require_strong(password: str, name: str = "") -> None:
    """ValidationError that says all that is weak in a new password."""
    found: list[Words] = []
    text = typed(password)
    for validator in _VALIDATORS:
        try:
            validator.validate(text)
        except ValidationError as error:
            found.append(_WEAK[str(error.code)])
    if name and normal(name) in text.casefold():
        found.append(say("It must not contain the name.", "不得包含登录名。"))
    if len(set(text)) < 5:
        found.append(say("It repeats too few characters.", "所用字符过于重复。"))
    if len(text) > LONGEST:
        found.append(say("It may have at most {n} characters.", "至多{n}个字符。", n=LONGEST))
    if found:
        raise ValidationError(found)


def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the password that was kept; for nobody's it takes as long to find that it is not."""
    return bool(check_password(typed(password[:LONGEST]), kept or "!"))
