"""What is laid on the desk: a text pasted or in files, and whose tracked changes in them are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from tracktwo.room.drafting import receiving
from tracktwo.room.drafting.desk_forms import PASTED, TONGUES, cleaned, require_text
from tracktwo.room.drafting.receiving import Hand
from tracktwo.room.drafting.refusals import said
from tracktwo.room.drafting.stored import Names, Whole
from tracktwo.room.words import say
from tracktwo.text.documents import read
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.errors import TextError
from tracktwo.text.files import language
from tracktwo.text.marked import Language, Marked

FILES = ("file_en", "file_zh", "file_both")
ANSWERS = ("accept", "leave")


@dataclass
class Incoming:
    """Words for the working draft, before it is known whose changes in them are taken."""

    pasted: dict[Language, str]
    word: dict[str, Marked]
    """Word files by the fields in which they came."""
    origin: Language

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Incoming:
        """From a form that was valid. ValidationError where a file is not in its language."""
        pasted: dict[Language, str] = {}
        word: dict[str, Marked] = {}
        for of in LANGUAGES:
            text = given[of] if (given[of] or "").strip() else None
            filed = given[f"file_{of}"]
            if isinstance(filed, str):
                text = cleaned(filed)
            if text is not None:
                _require_language(language(read(text)), of)
                pasted[of] = text
            if isinstance(filed, Marked):
                word[f"file_{of}"] = _in(filed, of)
        if given["file_both"] is not None:
            word["file_both"] = given["file_both"]
        return cls(pasted, word, given["origin"])

    @classmethod
    def again(cls, sent: Mapping[str, str]) -> Incoming:
        """From the form that asks whose changes are taken. ValidationError where it was tampered with."""
        try:
            word = {each: receiving.again(sent[each]) for each in FILES if sent.get(each)}
        except TextError as error:
            raise ValidationError(said(error)) from None  # type: ignore[arg-type]
        pasted: dict[Language, str] = {of: cleaned(sent[of][:PASTED]) for of in LANGUAGES if sent.get(of, "").strip()}
        return cls(pasted, word, "zh" if sent.get("origin") == "zh" else "en")

    @property
    def hidden(self) -> dict[str, str]:
        """As the second form keeps it; nothing is stored in between."""
        pasted: dict[str, str] = dict(self.pasted.items())
        files = {field: receiving.kept(each) for field, each in self.word.items()}
        return pasted | files | {"origin": self.origin}

    def hands(self, names: Names) -> list[Hand]:
        """Whoever changed or remarked upon something in the files."""
        found: dict[str, Hand] = {}
        for each in self.word.values():
            for hand in receiving.hands(each, names):
                known = found.get(hand.name)
                found[hand.name] = hand if known is None else Hand(
                    hand.name, hand.organisation, known.changes + hand.changes, known.comments + hand.comments
                )  # fmt: skip
        return list(found.values())

    def texts(self, base: Whole | None, accepted: set[str]) -> dict[Language, str]:
        """The text in each language, with the changes of some. ValidationError for what cannot be kept."""
        made = dict(self.pasted)
        for field, marked in self.word.items():
            for of, text in receiving.texts(marked, base, accepted).items():
                if field in ("file_both", f"file_{of}"):
                    made[of] = cleaned(text)
        if not any(text.strip() for text in made.values()):
            raise ValidationError(say("There are no words in it.", "其中没有文字。"))  # type: ignore[arg-type]
        require_text(made)
        return made


def _in(filed: Marked, of: Language) -> Marked:
    """A file in one language. ValidationError where it is in both, or in the other."""
    if len(filed.languages) > 1:
        words = say("The file in {of} holds both languages. Choose it as the Word file with both.",
                    "{of}文件含有两种语言。请在“含两种语言的Word文件”一栏选择。", of=TONGUES[of])  # fmt: skip
        raise ValidationError(words)  # type: ignore[arg-type]
    _require_language(filed.languages[0], of)
    return filed


def _require_language(found: Language, of: Language) -> None:
    if found != of:
        words = say("What was given as {of} is {found}. Give it as {found}.",
                    "作为{of}提供的内容是{found}，请改在{found}一栏提供。",
                    of=TONGUES[of], found=TONGUES[found])  # fmt: skip
        raise ValidationError(words)  # type: ignore[arg-type]


def accepted(sent: Mapping[str, str], hands: list[Hand]) -> set[str] | None:
    """Whose changes are taken; None where that was not said of everybody who changes something."""
    answers = {each.name: sent.get(each.field) for each in hands if each.changes}
    if any(answer not in ANSWERS for answer in answers.values()):
        return None
    return {name for name, answer in answers.items() if answer == "accept"}
