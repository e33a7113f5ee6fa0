"""A provision in a line: its number and its first words, for lists and choices."""

from __future__ import annotations

import re

from tracktwo.room.drafting.stored import Passage
from tracktwo.room.words import LANGUAGES, Words, say
from tracktwo.text.marked import Language

WORDS, HAN = 60, 28
"""Characters of English and of Chinese that are shown at most."""


def briefly(passage: Passage) -> Words:
    """Its number and first words, in the reader's language where it is there in both."""
    return say(_line(passage, "en"), _line(passage, "zh"))


def numbered(passage: Passage) -> Words:
    """Its number alone, as each language writes it; empty where it has none."""
    en, zh = (passage.blocks[each].label if each in passage.blocks else "" for each in LANGUAGES)
    return say(en or zh, zh or en)


def clipped(text: str, most: int) -> str:
    """Some words in one line, cut where they are too long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _line(passage: Passage, wanted: Language) -> str:
    block = passage.blocks.get(wanted) or next(iter(passage.blocks.values()), None)
    if block is None:
        return passage.provision.label
    plain = "".join(piece.text for piece in block.prose.pieces if piece.kind not in {"style", "note"})
    words = clipped(plain, HAN if re.search(r"[\u3400-\u9fff]", plain) else WORDS)
    label = block.label or passage.provision.label
    return words if not label or plain.startswith(label) else f"{label} {words}"
