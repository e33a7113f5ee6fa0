"""What delegations say of a text when a decision is taken."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from tracktwo.agreement.sentences import Sentence

Position = Literal[
    "support", "no-objection", "stand-aside", "ad-referendum", "object", "not-participating", "no-record"
]
POSITIONS: tuple[Position, ...] = get_args(Position)
NAMES: dict[Position, Sentence] = {
    "support": Sentence("support", "支持"),
    "no-objection": Sentence("no objection", "不反对"),
    "stand-aside": Sentence("stand aside", "不阻拦"),
    "ad-referendum": Sentence("reserve ad referendum", "待核准"),
    "object": Sentence("object", "反对"),
    "not-participating": Sentence("not participating", "不参加"),
    "no-record": Sentence("no record", "无记录"),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """How one delegation stands when a decision is taken.

    ``id`` tells delegations apart, ``name`` is what people read, ``side`` the side it sits on ("" for none), ``weight``
    its weight in rules that count one (a share in per cent, an assessed contribution; at least 0) and ``key`` whether
    the rule's adopters named it a key actor. Who is absent may have left a position in writing; the rule says whether
    that counts.
    """

    id: str
    name: Sentence
    position: Position = "no-record"
    present: bool = True
    side: str = ""
    weight: Fraction = Fraction(0)
    key: bool = False
