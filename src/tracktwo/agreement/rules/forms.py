"""The forms of decision rules, as data.

Every form says what each kind of standing means that is neither yes nor no (:class:`Meaning`). Support and no objection
are always yes, an objection is always no; the rest is read as the rule says, by default as the definition has it from
which the form is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from tracktwo.agreement.errors import AgreementError

Reading = Literal["yes", "no", "not-counted"]
READINGS: tuple[Reading, ...] = get_args(Reading)
Kind = Literal["absence", "abstention", "silence", "ad-referendum", "not-participating", "no-record"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Base = Literal["members", "participating", "present", "voting"]
BASES: tuple[Base, ...] = get_args(Base)
Measure = Literal["count", "weight"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a standing counts as that is neither a yes nor an objection.

    ``absence`` is that of a delegation away from the room, ``abstention`` standing aside, ``silence`` saying nothing
    though present and asked, ``no_record`` that nothing is known of a delegation which is present: not being asked is
    no silence. ``in_writing`` says whether the position that a delegation left in writing counts when it is absent; if
    not, or if it left none, it is absent and nothing else.
    """

    absence: Reading = "not-counted"
    abstention: Reading = "not-counted"
    silence: Reading = "not-counted"
    ad_referendum: Reading = "not-counted"
    not_participating: Reading = "not-counted"
    no_record: Reading = "not-counted"
    in_writing: bool = False

    def of(self, kind: Kind) -> Reading:
        """What one kind counts as."""
        return {
            "absence": self.absence,
            "abstention": self.abstention,
            "silence": self.silence,
            "ad-referendum": self.ad_referendum,
            "not-participating": self.not_participating,
            "no-record": self.no_record,
        }[kind]


VOTED = Meaning()
"""Who neither accepts nor objects is not counted (rule 86 of the United Nations General Assembly)."""
UNOBJECTED = Meaning(no_record="no")
"""Only an objection of somebody present counts (note 1 to Article IX of the WTO Agreement); but as long as nothing is
known of a delegation that sits there, nobody can say that it does not object."""
CONSENTED = Meaning("no", "no", "no", "no", "not-counted", "no", in_writing=True)
"""Whoever takes part must consent (Article 9, paragraph 1, of the Vienna Convention on the Law of Treaties)."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many of a group must accept: a share of a base, a number, or both.

    ``share`` is reached (``more_than``: exceeded) by those who accept out of the base ``of``: ``members`` are all
    delegations, ``participating`` all but those who do not participate, ``present`` those in the room, ``voting`` those
    who accept or object; in the last two stands too whoever counts from afar. ``number`` is the least number (of
    weight: the least sum). ``by`` counts heads or weights. A share is met by nobody's acceptance never.
    """

    share: Fraction | None = None
    more_than: bool = False
    number: Fraction | None = None
    of: Base = "members"
    by: Measure = "count"


@dataclass(frozen=True, slots=True)
class Blocking:
    """A minority that does not accept blocks only from so many members on.

    Either ``members``, or the fewest of the base whose weights together exceed the share ``over``; and ``plus`` more.
    With fewer the majority counts as reached (Article 16, paragraph 4, of the Treaty on European Union; Article 238,
    paragraph 3, of the Treaty on the Functioning of the European Union).
    """

    members: int = 0
    over: Fraction | None = None
    plus: int = 0


@dataclass(frozen=True, slots=True)
class Unanimity:
    """Every participating delegation accepts."""

    meaning: Meaning = CONSENTED
    quorum: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Consensus:
    """Nobody present objects, or no more than ``minus``; the consent of those named in ``without`` is not needed."""

    minus: int = 0
    without: tuple[str, ...] = ()
    meaning: Meaning = UNOBJECTED
    quorum: Threshold | None = None


@dataclass(frozen=True, slots=True)
class SufficientConsensus:
    """A threshold is met on each side, and those of ``overall`` over all delegations.

    ``sides`` names the sides; where it is empty they are those that the delegations sit on, and there must be two.
    """

    each_side: Threshold
    sides: tuple[str, ...] = ()
    overall: tuple[Threshold, ...] = ()
    meaning: Meaning = VOTED
    quorum: Threshold | None = None


@dataclass(frozen=True, slots=True)
class DoubleMajority:
    """A threshold of heads and one of weights, both met by those who accept."""

    count: Threshold
    weight: Threshold
    blocking: Blocking | None = None
    meaning: Meaning = VOTED
    quorum: Threshold | None = None


@dataclass(frozen=True, slots=True)
class KeyActors:
    """No key actor objects, and a threshold of the others, or of all together, is met.

    ``actors`` are ids; where it is empty the key actors are the delegations so marked.
    """

    others: Threshold | None = None
    overall: Threshold | None = None
    actors: tuple[str, ...] = ()
    meaning: Meaning = UNOBJECTED
    quorum: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Majority:
    """One threshold over all delegations, such as two thirds of those present and voting."""

    threshold: Threshold
    meaning: Meaning = VOTED
    quorum: Threshold | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of several rules adopts the text; AgreementError if there is none."""

    rules: tuple[Rule, ...]
    quorum: Threshold | None = None

    def __post_init__(self) -> None:
        _some(self.rules)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several rules adopts the text, tried in their order: consensus, failing which two thirds.

    AgreementError if there is none.
    """

    rules: tuple[Rule, ...]
    quorum: Threshold | None = None

    def __post_init__(self) -> None:
        _some(self.rules)


def _some(rules: tuple[Rule, ...]) -> None:
    if not rules:
        raise AgreementError("A rule that joins others needs at least one; give it rules.")


Rule: TypeAlias = Unanimity | Consensus | SufficientConsensus | DoubleMajority | KeyActors | Majority | AllOf | AnyOf
"""A quorum, where there is one, is of delegations present among all; it never depends on what they say."""
