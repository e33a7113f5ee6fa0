"""What a paragraph of a Word file says as characters of a draft, whose marks of emphasis Word does not show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from tracktwo.room.drafting.redlines import shown
from tracktwo.text.drafts import Provision
from tracktwo.text.marked import Language, Paragraph, Run
from tracktwo.text.merging import spans

HAN = re.compile("[\u3400-\u9fff]")


def settled(paragraph: Paragraph, accepted: Collection[str]) -> tuple[Run, ...]:
    """The runs of a paragraph with the changes of some accepted and those of all others refused."""
    runs = []
    for run in paragraph.runs:
        if run.change == "insert":
            stays = run.author in accepted and not (run.withdrawn and run.withdrawn in accepted)
        else:
            stays = run.change is None or run.author not in accepted
        if stays and run.text:
            runs.append(replace(run, change=None, author="", withdrawn="", comments=()))
    return tuple(runs)


def words(runs: Iterable[Run]) -> str:
    """The characters of some runs."""
    return "".join(run.text for run in runs)


def source(runs: Sequence[Run]) -> str:
    """Runs as characters of a draft: in one line, emphasis marked, and nothing taken for a mark that is none."""
    parts = []
    for strong, emphasis, text in _styles(runs):
        text = _in_one_line(text)
        text = re.sub(r"[*]|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)", r"\\\g<0>", text)
        marks = "*" * (emphasis + 2 * strong)
        inner = text.strip()
        if marks and inner:
            start = text.find(inner)
            text = f"{text[:start]}{marks}{inner}{marks}{text[start + len(inner) :]}"
        parts.append(text)
    return "".join(parts).strip()


def _in_one_line(text: str) -> str:
    """Words that were broken into lines: with a space between, but for Han characters."""

    def instead(found: re.Match[str]) -> str:
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        return "" if HAN.match(before) and HAN.match(after) else " "

    return re.sub(r"\s*[\r\n\x0b]+\s*", instead, text)


def _styles(runs: Sequence[Run]) -> list[tuple[bool, bool, str]]:
    found: list[tuple[bool, bool, str]] = []
    for run in runs:
        if found and found[-1][:2] == (run.strong, run.emphasis):
            found[-1] = (run.strong, run.emphasis, found[-1][2] + run.text)
        else:
            found.append((run.strong, run.emphasis, run.text))
    return found


def body(provision: Provision, of: Language, wanted: str, runs: Sequence[Run], labels: Collection[str]) -> str:
    """The body of a provision that shows the words ``wanted``, its number among them.

    What does not change keeps its characters, marks of emphasis among them; where that cannot be, it is made of the
    runs anew.
    """
    lead, old, wanted = provision.lead(of), provision[of] or "", wanted.strip()
    before = says(lead, old, labels)
    if before == wanted:
        return old
    number = before[: len(before) - len(says("", old, labels))]
    for keeping in (False, True):
        made = _carried(number, old, before, wanted, keeping)
        if says(lead, made, labels).strip() == wanted:
            return made
    made = source(runs)
    plain = number.strip()
    return made.removeprefix(plain).lstrip() if plain and made.startswith(plain) else made


def says(lead: str, body: str, labels: Collection[str]) -> str:
    """What a provision shows, its number among it."""
    return words(shown(lead, body, labels).runs) if body.strip() else ""


def _carried(number: str, old: str, before: str, wanted: str, keeping: bool) -> str:
    """The changes between what is shown, in the characters of the body; marks between what goes are kept or go too."""
    places = _places(before[len(number) :], old)
    parts, at = [], 0
    for span in spans(before, wanted):
        start, end = max(span.start - len(number), 0), max(span.end - len(number), 0)
        if span.end < len(number) or (span.start < len(number) and span.end <= len(number)):
            continue  # the number alone
        text = span.text
        left = places[start] if start < end else (places[start - 1] + 1 if start else places[0] if places else 0)
        right = places[end - 1] + 1 if start < end else left
        gone = old[left:right]
        if keeping:
            there = {places[each] - left for each in range(start, end)}
            gone = "".join(each for place, each in enumerate(gone) if place not in there)
            text += gone
        parts += [old[at:left], text]
        at = right
    return "".join([*parts, old[at:]]).strip()


def _places(text: str, old: str) -> list[int]:
    """Where in the body each character that is shown stands; those that only show a line's end stand with the next."""
    places, at = [], 0
    for character in text:
        found = old.find(character, at)
        if character == " " and found != at:
            line = re.compile(r"[ \t]*\r?\n[ \t]*").match(old, at)
            if line:
                places.append(at)
                at = line.end()
                continue
        if found < 0:
            places.append(min(at, max(len(old) - 1, 0)))
            continue
        places.append(found)
        at = found + 1
    return places
