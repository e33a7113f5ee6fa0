"""What a concern or a statement says, in one language or both, and how its translation stands."""

from __future__ import annotations

from typing import Any

from tracktwo.room.words import LANGUAGES, Language, Words, say

CONCERN, STATEMENT, EVIDENCE, SENTENCE = 2000, 280, 500, 500
"""Characters at most, in each language."""
PIECES = 4
"""Pieces of evidence at most; with CONCERN and EVIDENCE this is what Waiting.content is padded to."""
TRANSLATION: dict[str, Words] = {
    "given": say("Written in both languages", "两种语言均为原文"),
    "needed": say("Translation needed", "待翻译"),
    "draft": say("Translation is a draft, not yet reviewed", "译文为草稿，尚未审校"),
    "reviewed": say("Translation reviewed", "译文已审校"),
}
"""How a translation stands."""
MARKS: dict[str, Words] = {
    "sensitive": say("Competitively sensitive", "竞争性敏感信息"),
    "controlled": say("Controlled technical data", "受管制技术数据"),
}
"""What an item may be marked as."""


def worded(text: dict[str, str], original: str) -> dict[str, Any]:
    """The body of what somebody wrote; where one language is missing the other is the original."""
    given = [each for each in LANGUAGES if text[each]]
    if len(given) == 1:
        return {"en": text["en"], "zh": text["zh"], "original": given[0], "translation": "needed"}
    return {"en": text["en"], "zh": text["zh"], "original": original, "translation": "given"}


def other(body: dict[str, Any]) -> Language:
    """The language that the original is not in."""
    return "en" if body["original"] == "zh" else "zh"


def whole(body: dict[str, Any]) -> bool:
    """Whether it is there in both languages."""
    return bool(body["en"] and body["zh"])
