"""The votes of the sample talks, drawn with a fixed seed and written as a Polis-like export.

``python -m tracktwo.demo.sample FOLDER`` writes the four files that stand in ``talks/``. Every person, delegation and
side is invented. Only :class:`random.Random` is drawn from, whose stream Python promises to keep between versions.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from tracktwo.demo.statements import SENTENCES, Leaning

SEED = 53
OPENED = 1_772_442_000_000
"""Monday 2 March 2026, 09:00 UTC, in milliseconds."""
COMMENTS = (
    *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated"),
    *("comment-body-en", "comment-body-zh"),
)
TOPIC = {"en": "Frontier AI safety: sample talks", "zh": "前沿人工智能安全对话（示例）"}


class Delegation(NamedTuple):
    """An invented organisation at the table."""

    key: str
    side: str
    size: int
    en: str
    zh: str


SIDES = {"alder": ("Alder side", "桤木方"), "beech": ("Beech side", "榉木方")}
DELEGATIONS = (
    Delegation("quill", "alder", 8, "Quill Laboratory", "羽笔实验室"),
    Delegation("lantern", "alder", 6, "Lantern School of Public Policy", "灯火公共政策学院"),
    Delegation("kestrel", "alder", 4, "Kestrel Centre for Machine Safety", "红隼机器安全中心"),
    Delegation("cloudberry", "beech", 7, "Cloudberry Academy of Computing", "云莓计算科学院"),
    Delegation("nine-bridges", "beech", 7, "Nine Bridges Institute of Governance", "九桥治理研究院"),
    Delegation("sandglass", "beech", 4, "Sandglass Laboratory", "沙漏实验室"),
)


class Person(NamedTuple):
    """A delegate and the two things that shape the votes: the side, and the school of thought that cuts across it."""

    id: int
    delegation: Delegation
    evaluate_first: bool


class Vote(NamedTuple):
    """A row of ``votes.csv``."""

    time: int
    statement: int
    person: int
    vote: int


def people() -> list[Person]:
    """Seat the 36 delegates: in every delegation about half would evaluate first and half would research first."""
    seats = [delegation for delegation in DELEGATIONS for _ in range(delegation.size)]
    return [Person(i, delegation, i % 2 == 0) for i, delegation in enumerate(seats)]


def chances(leaning: Leaning, person: Person) -> tuple[float, float]:
    """Give the probabilities that the person agrees and passes; otherwise the person disagrees."""
    holds = {
        "side A": person.delegation.side == "alder",
        "side B": person.delegation.side == "beech",
        "evaluate first": person.evaluate_first,
        "research first": not person.evaluate_first,
    }
    if leaning in holds:
        if leaning.startswith("side"):
            return (0.76, 0.08) if holds[leaning] else (0.25, 0.1)
        return (0.93, 0.04) if holds[leaning] else (0.07, 0.07)
    return {
        "all agree": (0.94, 0.03),
        "all disagree": (0.015, 0.035),
        "open": (0.45, 0.2),
        "leaning yes": (0.72, 0.12),
        "late": (0.6, 0.2),
    }[leaning]


def seen(random: Random, person: Person, statement: int) -> bool:
    """Whether the person voted on the statement: two came late, one statement was put last, 6 % were skipped."""
    if SENTENCES[statement].leaning == "late":
        return person.id in (2, 9, 20, 31)
    if person.id in (17, 35):
        return statement < (5 if person.id == 17 else 3)
    return random.random() >= 0.06


def draw(seed: int = SEED) -> list[Vote]:
    """Draw the votes, in time order, with five that their person later changed."""
    random = Random(seed)  # noqa: S311 (a sample, not a secret)
    votes = []
    for person in people():
        time = OPENED + random.randrange(0, 5_400_000)
        for statement, sentence in enumerate(SENTENCES):
            agree, passed = chances(sentence.leaning, person)
            chance = random.random()
            value = 1 if chance < agree else 0 if chance < agree + passed else -1
            time += random.randrange(8_000, 45_000)
            if seen(random, person, statement):
                votes.append(Vote(time, statement, person.id, value))
    for vote in random.sample(votes, 5):
        first = 0 if vote.vote else 1
        votes.append(vote._replace(time=vote.time - random.randrange(1_000, 7_000), vote=first))
    return sorted(votes)


def write(folder: Path, seed: int = SEED) -> None:
    """Write ``votes.csv``, ``comments.csv``, ``sides.csv`` and ``summary.csv`` into ``folder``, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    votes, persons = draw(seed), people()
    _table(
        folder / "votes.csv",
        ("timestamp", "datetime", "comment-id", "voter-id", "vote"),
        ((v.time, _written(v.time), v.statement, v.person, v.vote) for v in votes),
    )
    _table(
        folder / "comments.csv",
        COMMENTS,
        _comments(votes),
    )
    _table(
        folder / "sides.csv",
        ("participant", "delegation", "side", "delegation-en", "delegation-zh", "side-en", "side-zh"),
        (
            (person.id, d.key, d.side, d.en, d.zh, *SIDES[d.side])
            for person, d in ((person, person.delegation) for person in persons)
        ),
    )
    summary = {
        **{f"topic-{language}": topic for language, topic in TOPIC.items()},
        "voters": len({v.person for v in votes}),
        "voters-in-conv": len({v.person for v in votes}),
        "commenters": len(persons),
        "comments": len(SENTENCES),
    }
    _table(folder / "summary.csv", None, summary.items())


def _comments(votes: Sequence[Vote]) -> Iterable[tuple[object, ...]]:
    """Rows of ``comments.csv``; its totals count changed votes too, as those of Polis do."""
    for i, sentence in enumerate(SENTENCES):
        time = OPENED - 3_600_000 * 24 + i * 97_000
        values = [v.vote for v in votes if v.statement == i]
        yield time, _written(time), i, i * 7 % 36, values.count(1), values.count(-1), 1, sentence.en, sentence.zh


def _written(milliseconds: int) -> str:
    """Write a moment as Polis does."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%a %b %d %H:%M:%S UTC %Y")


def _table(path: Path, header: tuple[str, ...] | None, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if header:
            writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
