"""Streamlining: a draft made shorter by somebody who is trusted with it, and the check that nothing alive was lost.

Whoever streamlines says in a table of sources from which provisions each new one is made. What stood in several of them
need stand only once in what they became. Everything else must still be there, or be named in the table as dropped, with
the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from tracktwo.text.drafts import LANGUAGES, Draft
from tracktwo.text.errors import TextError
from tracktwo.text.living import Living, Mark, Word, folded, living, named
from tracktwo.text.marked import Language
from tracktwo.text.variants import Variant, unmatched, variants

Kind = Literal["provision", "option", "words", "holder", "placeholder", "note"]


@dataclass(frozen=True, slots=True)
class Source:
    """From which provisions of the old draft a new one is made."""

    provision: str
    """The id of the new one."""
    of: tuple[str, ...]
    """The ids of the old ones; none, if it is new."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a person confirms was left out. TextError where no reason is given."""

    provision: str
    """The id of the old provision in which it stood; of an option, of that with which it begins."""
    language: Language
    kind: Kind
    what: str
    """The words; the name of the holder; the label of the option; what the placeholder or the note says; nothing of a
    whole provision."""
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise TextError(f"It is not said why “{self.what}” was dropped from provision {self.provision!r}.")


@dataclass(frozen=True, slots=True)
class Table:
    """The table of sources.

    A provision that it does not name, and that has its id from the old draft, is made of itself.
    """

    sources: tuple[Source, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the old draft that is not in the new one."""

    kind: Kind
    provision: str
    """The id of the old provision."""
    language: Language
    start: int
    """Where it stood, in characters from the beginning of the body."""
    end: int
    what: str
    """The words; the name of the holder; the label of the option; what the placeholder or the note says."""
    detail: str = ""
    """Of words: “bracketed” where they stood in a bracket. Of a holder: its stance, and the words that are still there
    but no longer held."""


def lost(old: Draft, new: Draft, table: Table, *, parties: Collection[str] = ()) -> tuple[Loss, ...]:
    """What was lost, in the order of the old draft, English before Chinese.

    - words, in brackets and outside: of each source, those that stand in what was made of it less often than in it;
    - holders, by name and stance: those that stand behind nothing any more, or behind fewer of the words that remain;
    - options: those of which nothing was made, with all they say, and those that are no option of their own any more,
      unless another says the same;
    - placeholders and marks of notes, by what they say;
    - provisions of which nothing was made in a language.

    What the table names as dropped is not among them. TextError if the table names what is not in the drafts.
    """
    made = _made(old, new, table)
    found = [loss for language in LANGUAGES for loss in _lost(old, new, table, made, language, parties)]
    whole = {
        (each.kind, each.provision, each.language) for each in table.dropped if each.kind in {"provision", "option"}
    }
    places = old.places
    kept = [loss for loss in found if (loss.kind, loss.provision, loss.language) not in whole]
    return tuple(sorted(kept, key=lambda loss: (places[loss.provision], loss.language, loss.start)))


def _lost(
    old: Draft,
    new: Draft,
    table: Table,
    made: Mapping[str, Sequence[str]],
    language: Language,
    parties: Collection[str],
) -> Iterator[Loss]:
    """What was lost in one language."""
    after: dict[str, list[str]] = {}
    for provision in new.provisions:
        if (body := provision[language]) is not None:
            for source in made[provision.id]:
                after.setdefault(source, []).append(body)
    labels, labels_then = new.labels, old.labels
    options, whole = _options(old, new, made, language)
    yield from options
    for provision in old.provisions:
        body = provision[language]
        if body is None or provision.id in whole or body in after.get(provision.id, ()):
            continue
        if provision.id not in after:
            yield Loss("provision", provision.id, language, 0, len(body), body)
            continue
        dropped = [each for each in table.dropped if (each.provision, each.language) == (provision.id, language)]
        was = living(body, labels=labels_then, parties=parties)
        now = _together(living(each, labels=labels, parties=parties) for each in after[provision.id])
        yield from _missing(provision.id, language, body, was, now, dropped)


def _made(old: Draft, new: Draft, table: Table) -> dict[str, tuple[str, ...]]:
    """Of each new provision, the old ones from which it is made."""
    before, after = old.places, new.places
    made: dict[str, tuple[str, ...]] = {each: (each,) if each in before else () for each in after}
    named_: set[str] = set()
    for source in table.sources:
        if source.provision not in after:
            raise TextError(f"The table of sources names {source.provision!r}, which the new draft does not have.")
        if source.provision in named_:
            raise TextError(f"The table of sources names {source.provision!r} twice.")
        named_.add(source.provision)
        made[source.provision] = source.of
    told = [each for source in table.sources for each in source.of] + [each.provision for each in table.dropped]
    for each in told:
        if each not in before:
            raise TextError(f"The table of sources names {each!r}, which the old draft does not have.")
    return made


def _options(
    old: Draft, new: Draft, made: Mapping[str, Sequence[str]], language: Language
) -> tuple[list[Loss], set[str]]:
    """The options that are lost, and all provisions of those of which nothing was made."""
    there = {source for each, of in made.items() if new[each][language] is not None for source in of}
    options = variants(old, language)
    whole: set[str] = set()
    found = []
    for option in options:
        if there.isdisjoint(option.provisions) and option.provisions[0] not in whole:
            whole.update(option.provisions)
            found.append(_option(old, option, language, "\n".join(_bodies(old, option, language))))
    partly = [option for option in options if option.provisions[0] not in whole]
    gone = unmatched(partly, variants(new, language), made)
    kept = {(each.series, _said(old, each, language)) for each in partly if each not in gone}
    lost_ = [each for each in gone if (each.series, _said(old, each, language)) not in kept]
    return [*found, *(_option(old, option, language, "") for option in lost_)], whole


def _bodies(draft: Draft, option: Variant, language: Language) -> list[str]:
    return [draft[each][language] or "" for each in option.provisions]


def _said(draft: Draft, option: Variant, language: Language) -> tuple[str, ...]:
    """The words of an option, without its label."""
    return tuple(word.text for body in _bodies(draft, option, language) for word in living(body).words)


def _option(draft: Draft, option: Variant, language: Language, detail: str) -> Loss:
    first = option.provisions[0]
    return Loss("option", first, language, 0, len(draft[first][language] or ""), option.label, detail)


def _together(parts: Iterable[Living]) -> Living:
    """What is alive in several provisions."""
    parts = list(parts)
    return Living(
        tuple(word for part in parts for word in part.words),
        tuple(held for part in parts for held in part.held),
        tuple(mark for part in parts for mark in part.placeholders),
        tuple(mark for part in parts for mark in part.notes),
    )


def _missing(
    provision: str, language: Language, body: str, was: Living, now: Living, dropped: Sequence[Dropped]
) -> Iterator[Loss]:
    """What of one provision is not in what was made of it."""
    gone = was.counted - now.counted
    confirmed = Counter(word for each in dropped if each.kind == "words" for word in folded(each.what))
    for start, end, bracketed in _runs(body, was, now, gone - confirmed):
        detail = "bracketed" if bracketed else ""
        yield Loss("words", provision, language, start, end, body[start:end], detail)
    released = Counter(each.what for each in dropped if each.kind == "holder")
    for holder in dict.fromkeys(held.holder for held in was.held):
        mine = [held for held in was.held if held.holder == holder]
        theirs = sum(held.holder == holder for held in now.held)
        free = was.of(holder) - now.of(holder) - gone - confirmed
        short = len(mine) > theirs if holder.stance == "deletes" else not theirs or bool(free)
        if short and not released[holder.name]:
            place = next((held for held in mine if set(held.words) & set(free)), mine[0])
            detail = f"{holder.stance}: {', '.join(sorted(free))}" if free else holder.stance
            yield Loss("holder", provision, language, place.start, place.end, holder.name, detail)
    for kind, before, after in (("placeholder", was.placeholders, now.placeholders), ("note", was.notes, now.notes)):
        yield from _marks(kind, provision, language, before, after, dropped)  # type: ignore[arg-type]


def _runs(body: str, was: Living, now: Living, gone: Counter[str]) -> Iterator[tuple[int, int, bool]]:
    """Where the words that are gone stood, neighbours together: those of which comparison finds no counterpart."""
    before, after = [word.text for word in was.words], [word.text for word in now.words]
    left = Counter(gone)
    run: list[Word] = []
    for code in Indel.opcodes(before, after) if gone else ():
        for word in was.words[code.src_start : code.src_end] if code.tag == "delete" else ():
            if not left[word.text]:
                continue
            left[word.text] -= 1
            if run and (word.bracket != run[-1].bracket or any(map(str.isalnum, body[run[-1].end : word.start]))):
                yield run[0].start, run[-1].end, run[0].bracket is not None
                run = []
            run.append(word)
    if run:
        yield run[0].start, run[-1].end, run[0].bracket is not None


def _marks(
    kind: Literal["placeholder", "note"],
    provision: str,
    language: Language,
    before: Sequence[Mark],
    after: Sequence[Mark],
    dropped: Sequence[Dropped],
) -> Iterator[Loss]:
    left = Counter(mark.text for mark in after)
    left += Counter(named(each.what) for each in dropped if each.kind == kind)
    for mark in before:
        if left[mark.text]:
            left[mark.text] -= 1
        else:
            yield Loss(kind, provision, language, mark.start, mark.end, mark.text)
