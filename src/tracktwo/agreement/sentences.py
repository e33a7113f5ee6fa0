"""What people read, in both languages of the talks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same words in English and in Chinese; neither is the default."""

    en: str
    zh: str

    def __getitem__(self, language: Language) -> str:
        if language not in ("en", "zh"):
            raise KeyError(language)
        return self.en if language == "en" else self.zh

    def named(self, **values: Sentence | str | int) -> Sentence:
        """Fill the names in braces, each in its language."""
        return Sentence(
            self.en.format(
                **{name: value.en if isinstance(value, Sentence) else value for name, value in values.items()}
            ),
            self.zh.format(
                **{name: value.zh if isinstance(value, Sentence) else value for name, value in values.items()}
            ),
        )


def listed(sentences: list[Sentence]) -> Sentence:
    """Name several in a row: "A, B and C", 甲、乙和丙."""
    if len(sentences) < 2:
        return sentences[0] if sentences else Sentence("", "")
    *first, last = sentences
    return Sentence(
        f"{', '.join(each.en for each in first)} and {last.en}", f"{'、'.join(each.zh for each in first)}和{last.zh}"
    )
