"""What a Polis server hands to its own pages: votes, statements and the outcome of its mathematics, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

import numpy as np

from tracktwo.opinion.reading.ballots import Ballots, last_votes
from tracktwo.opinion.reading.identifiers import Labelled
from tracktwo.opinion.reading.moments import Moments
from tracktwo.opinion.reading.sources import Files, Source, shown
from tracktwo.opinion.reading.statements import clean, moderation, truth
from tracktwo.opinion.votes import InputError, Statement, Votes

PARTICIPANT = ("pid", "participant_id")
STATEMENT = ("tid", "statement_id")
MODERATED = ("mod", "moderated")
TIME = ("modified", "created")


def is_blobs(files: Files) -> bool:
    """Whether the files are JSON of a Polis server."""
    return files.find("votes.json") is not None


def read_blobs(files: Files, *, statements: Sequence[Statement] = ()) -> Votes:
    """The votes of ``votes.json`` with the statements of ``comments.json``.

    Inside Polis agreement is −1, but tools that copy its data turn it round and keep the form. So the sign is told by
    the counts of agreement that ``comments.json`` gives for each statement, or ``math-pca2.json`` for each group, and
    is Polis' own where there are none.

    Two dialects of keys are read (pid, tid, mod; participant_id, statement_id, moderated), numbers also as strings.
    Statements that ``math-pca2.json`` lists under ``meta-tids`` are about the person; the others under ``mod-out`` are
    moderated out. ``statements`` take the place of ``comments.json``. InputError names the entry.
    """
    cast, comments, outcome = (files.find(name) for name in ("votes.json", "comments.json", "math-pca2.json"))
    if cast is None:
        raise InputError(f"{files.name} holds no votes.json.")
    entries = _entries(cast)
    sentences = _entries(comments) if comments is not None else []
    mathematics = _object(outcome) if outcome is not None else {}
    ballots = _ballots(cast, entries, agree=_sign(entries, sentences, mathematics))
    described = list(statements) or (_statements(comments, sentences) if comments is not None else [])
    if outcome is not None:
        described = _judged(described, outcome, mathematics, [str(label) for label in ballots.statements.labels])
    conversation = files.find("conversation.json")
    return last_votes(ballots, statements=described, title=_title(conversation) if conversation is not None else {})


def load(source: Source) -> Any:
    """The value of a JSON file in UTF-8; InputError where it is none, or repeats a key within an object."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise InputError(f"{source.name}: the key {shown(twice)} stands twice in one object.")
        return value

    def constant(name: str) -> NoReturn:
        raise InputError(f"{source.name}: {name} is no number in JSON.")

    try:
        return json.loads(source.read().decode("utf-8-sig"), object_pairs_hook=unique, parse_constant=constant)
    except InputError:
        raise
    except UnicodeDecodeError as error:
        raise InputError(f"{source.name} is not UTF-8 (byte {error.start + 1:,}); save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        where = f"row {error.lineno}, column {error.colno}"
        raise InputError(f"{source.name}, {where}: not JSON ({error.msg}).") from None
    except RecursionError:
        raise InputError(f"{source.name}: nested too deeply for a file of Polis.") from None
    except ValueError:
        raise InputError(f"{source.name}: holds a number of thousands of digits.") from None


def _entries(source: Source) -> list[dict[str, Any]]:
    value = load(source)
    if not isinstance(value, list):
        raise InputError(f"{source.name}: a list is expected, one entry each.")
    for number, entry in enumerate(value, 1):
        if not isinstance(entry, dict):
            raise InputError(f"{source.name}, entry {number}: an object with keys is expected.")
    return value


def _object(source: Source) -> dict[str, Any]:
    value = load(source)
    if not isinstance(value, dict):
        raise InputError(f"{source.name}: an object with keys is expected.")
    return value


def _text(value: Any, place: str) -> str:
    """A number or string as text, a whole number without its point; "" for null. InputError for anything else."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise InputError(f"{place}: a number or a string is expected.")


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _key(source: Source, entries: Sequence[Mapping[str, Any]], names: Iterable[str]) -> str:
    """The one of several keys that the first entry has."""
    names = list(names)
    found = [name for name in names if entries and name in entries[0]]
    if entries and not found:
        raise InputError(f"{source.name}, entry 1: no key {' or '.join(shown(name) for name in names)}.")
    return found[0] if found else names[0]


def _column(source: Source, entries: Sequence[Mapping[str, Any]], key: str) -> list[str]:
    return [
        _text(entry.get(key), f"{source.name}, entry {number}, column {shown(key)}")
        for number, entry in enumerate(entries, 1)
    ]


def _sign(
    entries: Sequence[Mapping[str, Any]], sentences: Sequence[Mapping[str, Any]], mathematics: Mapping[str, Any]
) -> int:
    """The vote that means agreement: 1 or −1, whichever the statements' own counts of agreement go with."""
    weight = 0.0
    for leaning in (_leaning_of_sentences(sentences), _leaning_of_groups(mathematics)):
        for entry in entries:
            own = next((entry[key] for key in STATEMENT if key in entry), None)
            weight += leaning.get(str(own), 0.0) * _number_or_nothing(entry.get("vote"))
        if weight:
            break
    return 1 if weight > 0 else -1


def _leaning_of_sentences(sentences: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Statement to agreements less disagreements, as ``comments.json`` counts them."""
    found = {}
    for sentence in sentences:
        own = next((sentence[key] for key in STATEMENT if key in sentence), None)
        agrees, disagrees = (_number_or_nothing(sentence.get(key)) for key in ("agree_count", "disagree_count"))
        found[str(own)] = agrees - disagrees
    return found


def _leaning_of_groups(mathematics: Mapping[str, Any]) -> dict[str, float]:
    """Statement to agreements less disagreements, as the mathematics counts them over its groups."""
    found: dict[str, float] = {}
    groups = mathematics.get("group-votes")
    for group in groups.values() if isinstance(groups, dict) else ():
        votes = group.get("votes") if isinstance(group, dict) else None
        for statement, counts in votes.items() if isinstance(votes, dict) else ():
            if isinstance(counts, dict):
                difference = _number_or_nothing(counts.get("A")) - _number_or_nothing(counts.get("D"))
                found[statement] = found.get(statement, 0.0) + difference
    return found


def _number_or_nothing(value: Any) -> float:
    """A number for weighing the sign; what is none weighs nothing, and is refused where it is read."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return number if abs(number) < 1e9 else 0.0


def _ballots(source: Source, entries: Sequence[Mapping[str, Any]], *, agree: int) -> Ballots:
    who, what, vote = (_key(source, entries, names) for names in (PARTICIPANT, STATEMENT, ("vote",)))
    numbers = np.arange(1, len(entries) + 1)
    times = None
    timed = [name for name in TIME if entries and name in entries[0]]
    if timed:
        moments = Moments(source.name, timed[0], unit="entry")
        moments.add(_column(source, entries, timed[0]), numbers)
        times = moments.times()
    participants, statements, votes = (Labelled.of(_column(source, entries, key)) for key in (who, what, vote))
    return Ballots(
        source.name,
        participants,
        statements,
        votes,
        times=times,
        rows=numbers,
        columns=(who, what, vote),
        unit="entry",
        agree=agree,
    )


def _statements(source: Source, entries: Sequence[Mapping[str, Any]]) -> list[Statement]:
    own, moderated = (
        _key(source, entries, STATEMENT),
        next((name for name in MODERATED if entries and name in entries[0]), MODERATED[0]),
    )
    found: dict[str, Statement] = {}
    for number, entry in enumerate(entries, 1):
        place = f"{source.name}, entry {number}"
        values = {
            key: _text(
                int(value) if isinstance(value := entry.get(key), bool) else value, f"{place}, column {shown(key)}"
            )
            for key in (own, "txt", moderated, "is_meta")
        }
        if not values[own].strip():
            raise InputError(f"{place}: the statement has no id.")
        body = clean(values["txt"])
        statement = Statement(
            values[own].strip(),
            {"": body} if body else {},
            moderation(values[moderated], f"{place}, column {shown(moderated)}"),
            truth(values["is_meta"], f"{place}, column {shown('is_meta')}"),
        )
        if found.setdefault(statement.id, statement) != statement:
            raise InputError(f"{place}: statement {shown(statement.id)} is listed twice, differently.")
    return list(found.values())


def _judged(
    statements: Sequence[Statement], outcome: Source, mathematics: Mapping[str, Any], voted: Sequence[str]
) -> list[Statement]:
    """The statements with what the server's mathematics says of them."""
    listed: dict[str, set[str]] = {}
    for key in ("meta-tids", "mod-out"):
        ids = mathematics.get(key) or []
        if not isinstance(ids, list):
            raise InputError(f"{outcome.name}, key {shown(key)}: a list is expected.")
        listed[key] = {_text(one, f"{outcome.name}, key {shown(key)}") for one in ids}
    known = {statement.id: statement for statement in statements}
    for one in voted:
        known.setdefault(one, Statement(one))
    return [
        Statement(
            s.id,
            s.text,
            -1 if s.id in listed["mod-out"] - listed["meta-tids"] and not s.meta else s.moderated,
            s.meta or s.id in listed["meta-tids"],
        )
        for s in known.values()
    ]


def _title(source: Source) -> dict[str, str]:
    value = load(source)
    topic = value.get("topic") if isinstance(value, dict) else None
    return {"": clean(topic)} if isinstance(topic, str) and clean(topic) else {}
