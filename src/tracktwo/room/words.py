"""The room's words, each said in both languages where it is said: neither is the default, none can be missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, Language] = ("en", "zh")
TAGS = {"en": "en", "zh": "zh-Hans"}
"""What each language is called in HTML (BCP 47)."""
_reader: ContextVar[Language] = ContextVar("reader", default="en")


def language() -> Language:
    """The language of the reader."""
    return _reader.get()


@contextmanager
def reading(wanted: Language) -> Iterator[None]:
    """Within, ``wanted`` is the language of the reader."""
    before = _reader.set(wanted)
    try:
        yield
    finally:
        _reader.reset(before)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages, with places for values in braces; as text, in the reader's language."""

    en: str
    zh: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)
    plural: str | None = None
    """The English for any ``n`` but one."""

    def with_(self, **values: Any) -> Words:
        """The same sentence with its places filled."""
        return Words(self.en, self.zh, self.values | values, self.plural)

    def said(self, wanted: Language) -> str:
        """The sentence in one language."""
        text = self.zh if wanted == "zh" else self.en
        if wanted == "en" and self.plural is not None and self.values.get("n") != 1:
            text = self.plural
        if not self.values:
            return text
        values = {k: v.said(wanted) if isinstance(v, Words) else v for k, v in self.values.items()}
        return text.format(**values)

    def __str__(self) -> str:
        return self.said(language())


def say(en: str, zh: str, plural: str | None = None, **values: Any) -> Words:
    """A sentence in both languages."""
    return Words(en, zh, values, plural)
