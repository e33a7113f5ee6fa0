"""How numbers and sentences are said in one language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tracktwo.opinion.report.markup import Html, text
from tracktwo.opinion.report.words import WORDS

Language = Literal["en", "zh"]
Share = Mapping[str, float]


def whole(share: float) -> int:
    """Per cent as a whole number, half up."""
    return math.floor(share * 100 + 0.5)


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in one language."""

    lang: Language

    def __call__(self, key: str, **values: object) -> str:
        """Say it as plain text."""
        return self._form(key, values).format_map({k: self.number(v) for k, v in values.items()})

    def html(self, key: str, **values: object) -> Html:
        """Say it as markup: values that are not markup are escaped."""
        written = {k: v if isinstance(v, Html) else text(self.number(v)) for k, v in values.items()}
        return Html(text(self._form(key, values)).format_map(written))

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        forms = WORDS[self.lang][key].split("|")
        return forms[0] if values.get("n") == 1 else forms[-1]

    def number(self, value: object) -> str:
        """A whole number with its thousands marked; anything else as it is."""
        return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)

    def decimal(self, value: float, digits: int = 2) -> str:
        """A number with so many decimals and a true minus sign."""
        return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")

    def percent(self, share: float) -> str:
        """A share in per cent."""
        return self("percent", x=whole(share))

    def setting(self, share: float) -> str:
        """A share that somebody set, with as many decimals as it has."""
        return self("percent", x=f"{share * 100:.10g}")

    def chance(self, probability: float) -> str:
        """A probability in per cent, never rounded up to a bound that it does not reach."""
        if probability > 0.99:
            return self("over", x=99)
        return self("under", x=1) if probability < 0.01 else self("percent", x=math.floor(probability * 100 + 1e-9))

    def small(self, probability: float) -> str:
        """A small probability in per cent, with a decimal below ten."""
        if probability < 0.001:
            return self("under", x="0.1")
        return self("percent", x=f"{probability * 100:.1f}" if probability < 0.1 else whole(probability))

    def between(self, share: Share) -> str:
        """An interval in words."""
        return self("between", low=whole(share["low"]), high=whole(share["high"]))

    def listed(self, things: Sequence[object]) -> Html:
        """Things one after the other: a, b and c."""
        parts = [text(thing) for thing in things]
        if len(parts) < 2:
            return Html("".join(parts))
        return Html(text(self("comma")).join(parts[:-1]) + text(self("and")) + parts[-1])

    def prose(self, sentences: Sequence[object]) -> Html:
        """Sentences one after the other, as the language sets them."""
        return Html(("" if self.lang == "zh" else " ").join(text(sentence) for sentence in sentences))

    def pick(self, texts: Mapping[str, str]) -> tuple[str, str] | None:
        """Language and text: in this language, else in one that is not named, else in the first by name."""
        for language in (self.lang, *sorted(k for k in texts if _base(k) == self.lang), "", *sorted(texts)):
            if texts.get(language):
                return language, texts[language]
        return None

    def others(self, texts: Mapping[str, str]) -> list[tuple[str, str]]:
        """The same in the other languages, in the order of their names."""
        first = self.pick(texts)
        return [(k, texts[k]) for k in sorted(texts) if texts[k] and first and k != first[0]]


def _base(language: str) -> str:
    return language.split("-")[0]


def known(document: Mapping[str, Any]) -> bool:
    """Whether a document is of the form that this package reads."""
    return document.get("schema") == "tracktwo/opinion/1"
