"""Camps that are known before any vote: declared sides with their delegations, and groups given from outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tracktwo.opinion.analysis import Integers, Sides
from tracktwo.opinion.reading.identifiers import in_order
from tracktwo.opinion.reading.records import ragged, table
from tracktwo.opinion.reading.sources import Source, file, shown
from tracktwo.opinion.reading.statements import clean, translations
from tracktwo.opinion.reading.table import NAMES, plain
from tracktwo.opinion.votes import InputError, Votes

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A camp as one row names it."""

    key: str
    names: Names


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a list of participants, and where its columns stand."""

    source: Source
    names: list[str]
    rows: list[tuple[int, list[str]]]
    participant: int

    def place(self, row: int, column: str) -> str:
        return f"{self.source.name}, row {row}, column {shown(column)}"


def read_sides(path: str | Path, votes: Votes) -> Sides:
    """The sides and delegations declared in a CSV file with a row for each participant.

    Columns: participant, side, and if wanted delegation; ``side-en``, ``side-zh``, ``delegation-en`` and so on (BCP 47
    tags) give the names by language, with or without a plain ``side`` or ``delegation`` beside them. Sides and
    delegations stand in the order of their names, delegations side by side. People who are listed without a vote are
    passed over, and with them a delegation of which nobody voted; people who voted without being listed belong to no
    side.

    Raises InputError where a column is missing, a side is empty, a participant is listed twice differently, a
    delegation is on two sides, a camp is named in two ways, or nobody on a side has voted.
    """
    listed = _read(path)
    side_columns = _name_columns(listed, "side")
    delegation_columns = translations(listed.names, "delegation")
    if not side_columns:
        raise InputError(f'{listed.source.name}, row 1: no column "side"; name one, or side-en and side-zh.')
    people: dict[str, tuple[int, _Listed, _Listed]] = {}
    home: dict[str, tuple[int, str]] = {}
    for row, record in listed.rows:
        side = _listed(record, side_columns)
        delegation = _listed(record, delegation_columns)
        if not side.key:
            raise InputError(f"{listed.place(row, 'side')}: the side is empty; take out people who have none.")
        _enter(people, listed, row, record, side, delegation)
        _enter_delegation(home, listed, row, side, delegation)
    _require_known(listed, people, votes)
    voted = set(map(str, votes.participants.tolist()))
    sides = _consistent(listed, "side", ((row, side) for row, side, _ in people.values()))
    delegations = _consistent(listed, "delegation", ((row, d) for row, _, d in people.values() if d.key))
    _require_voters(listed, sides, {side.key for who, (_, side, _) in people.items() if who in voted})
    present = {d.key for who, (_, _, d) in people.items() if who in voted}
    side_order = in_order(list(sides))
    place = {key: i for i, key in enumerate(side_order)}
    delegation_order = sorted(in_order(list(present - {""})), key=lambda key: place[home[key][1]])
    return Sides(
        _labels(votes, {who: side.key for who, (_, side, _) in people.items()}, side_order),
        _labels(votes, {who: delegation.key for who, (_, _, delegation) in people.items()}, delegation_order),
        tuple(sides[key] for key in side_order),
        tuple(delegations[key] for key in delegation_order),
    )


def read_groups(path: str | Path, votes: Votes) -> tuple[Integers, tuple[str, ...]]:
    """The group of each of n people, −1 where none is given, and the names of the groups, from a CSV file.

    Columns: participant and group (also ``group-id``); a blank group is none. Groups are ordered by name, as numbers
    where all names are integers. Raises InputError as ``read_sides``.
    """
    listed = _read(path)
    found = [j for j, name in enumerate(listed.names) if plain(name) in {"group", "group-id"}]
    if len(found) != 1:
        raise InputError(f'{listed.source.name}, row 1: needs one column "group".')
    people: dict[str, tuple[int, _Listed, _Listed]] = {}
    nothing = _Listed("", {})
    for row, record in listed.rows:
        _enter(people, listed, row, record, _listed(record, {"": found[0]}), nothing)
    _require_known(listed, people, votes)
    own = {who: group.key for who, (_, group, _) in people.items()}
    present = {own.get(who, "") for who in map(str, votes.participants.tolist())} - {""}
    if not present:
        raise InputError(f"{listed.place(2, listed.names[found[0]])}: nobody who voted is in a group.")
    names = in_order(list(present))
    return _labels(votes, own, names), tuple(names)


def _read(path: str | Path) -> _Table:
    source = file(Path(path))
    names, rows = table(source)
    own = [plain(name) for name in names]
    found = [j for usual in NAMES["participant"] for j, name in enumerate(own) if name == usual]
    if not found or own.count(own[found[0]]) > 1:
        raise InputError(f'{source.name}, row 1: needs one column "participant".')
    for row, record in rows:
        if len(record) != len(names):
            raise InputError(ragged(source, row, record, len(names)))
    if not rows:
        raise InputError(f"{source.name} lists nobody.")
    return _Table(source, names, rows, found[0])


def _name_columns(listed: _Table, base: str) -> dict[str, int]:
    columns = translations(listed.names, base)
    for name in {plain(listed.names[j]) for j in columns.values()}:
        if [plain(own) for own in listed.names].count(name) > 1:
            raise InputError(f"{listed.source.name}, row 1: two columns are called {shown(name)}; rename one of them.")
    return columns


def _listed(record: Sequence[str], columns: Mapping[str, int]) -> _Listed:
    """A camp by its plain name, or else by its first name in the order of the languages' tags."""
    names = {tag: " ".join(clean(record[j]).split()) for tag, j in sorted(columns.items())}
    names = {tag: name for tag, name in names.items() if name}
    return _Listed(next(iter(names.values()), ""), names)


def _enter(
    people: dict[str, tuple[int, _Listed, _Listed]],
    listed: _Table,
    row: int,
    record: Sequence[str],
    first: _Listed,
    second: _Listed,
) -> None:
    """Note where a participant belongs; InputError where an earlier row says otherwise."""
    who = record[listed.participant].strip()
    column = listed.names[listed.participant]
    if not who:
        raise InputError(f"{listed.place(row, column)}: the participant is empty.")
    before = people.setdefault(who, (row, first, second))
    if (before[1], before[2]) != (first, second):
        raise InputError(
            f"{listed.place(row, column)}: participant {shown(who)} is listed in row {before[0]} as well, differently; "
            "keep one of the rows."
        )


def _enter_delegation(
    home: dict[str, tuple[int, str]], listed: _Table, row: int, side: _Listed, delegation: _Listed
) -> None:
    """Note the side of a delegation; InputError where an earlier row has it on another."""
    if not delegation.key:
        return
    before = home.setdefault(delegation.key, (row, side.key))
    if before[1] != side.key:
        raise InputError(
            f"{listed.place(row, 'side')}: delegation {shown(delegation.key)} is on side {shown(side.key)} here and on "
            f"side {shown(before[1])} in row {before[0]}; a delegation is on one side."
        )


def _require_known(listed: _Table, people: Mapping[str, object], votes: Votes) -> None:
    if not people.keys() & set(map(str, votes.participants.tolist())):
        column = listed.names[listed.participant]
        raise InputError(
            f"{listed.place(listed.rows[0][0], column)}: nobody listed has voted; the ids must be those of the votes, "
            f"such as {shown(votes.participants[0])}."
        )


def _require_voters(listed: _Table, sides: Mapping[str, Names], voting: set[str]) -> None:
    for side in in_order(list(sides)):
        if side not in voting:
            raise InputError(
                f"{listed.source.name}: nobody on side {shown(side)} has voted, so nothing can be common to every "
                "side; take its rows out to go on without it."
            )


def _consistent(listed: _Table, what: str, camps: Iterable[tuple[int, _Listed]]) -> dict[str, Names]:
    """The names of each camp; InputError where two rows name the same camp differently."""
    found: dict[str, tuple[int, Names]] = {}
    for row, camp in camps:
        before = found.setdefault(camp.key, (row, camp.names))
        if before[1] != camp.names:
            raise InputError(
                f"{listed.place(row, what)}: {what} {shown(camp.key)} is named differently in row {before[0]}; "
                "use the same names in every row."
            )
    return {key: names for key, (_, names) in found.items()}


def _labels(votes: Votes, own: Mapping[str, str], order: Sequence[str]) -> Integers:
    """(n,) place of each person's camp in the order; −1 where there is none."""
    place = {key: i for i, key in enumerate(order)}
    return np.array([place.get(own.get(str(who), ""), -1) for who in votes.participants.tolist()], dtype=np.int64)
